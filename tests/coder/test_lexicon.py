"""The lexicon says what it matches, checks itself, and names file and line where it is wrong."""

from pathlib import Path

import pytest

from processors.coder.check import check_lexicons
from processors.coder.lexicon import lexicon_languages, lexicon_path, read_lexicon
from processors.coder.triggers import Matcher
from processors.errors import ConfigError
from processors.records import EVENT_TYPES
from processors.settings import ROOT

SMALL = """language: de
frames:
  act: {actor: [subject], recipient: [object]}
rules:
- id: meet
  type: leader_meeting
  triggers: ["treffen"]
  match: ["Sie treffen sich."]
  not: ["Er schläft."]
"""


def written(folder: Path, text: str) -> Path:
    path = lexicon_path("de", folder)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(matcher: Matcher, sentence: str) -> set[str]:
    return {one.rule.type for one in matcher.find(matcher.words(sentence, 0, len(sentence)))}


def test_every_example_of_the_shipped_lexicons_does_what_it_says() -> None:
    rules, examples, problems = check_lexicons(ROOT / "config")
    assert problems == []
    assert rules > 50
    assert examples > 150


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_event_type_has_a_rule_in_each_language(language: str) -> None:
    lexicon = read_lexicon(lexicon_path(language))
    assert {rule.type for rule in lexicon.rules} == set(EVENT_TYPES)
    assert language in lexicon_languages()


@pytest.mark.parametrize(
    ("broken", "key", "line"),
    [
        (("leader_meeting", "leader_meetings"), "type", 6),
        (('  not: ["Er schläft."]\n', ""), "not", 5),
        (("triggers:", "trigger:"), "trigger", 7),
        (('["treffen"]\n', '["treffen"]\n  frame: nobody\n'), "frame", 5),
    ],
)
def test_a_wrong_rule_is_named_by_file_line_and_key(
    tmp_path: Path, broken: tuple[str, str], key: str, line: int
) -> None:
    path = written(tmp_path, SMALL.replace(*broken))
    with pytest.raises(ConfigError) as caught:
        read_lexicon(path)
    assert f"{path}:{line}" in str(caught.value)
    assert key in str(caught.value)


def test_an_example_that_is_not_matched_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("Sie treffen sich.", "Sie reden."))
    assert check_lexicons(tmp_path)[2] == [f"{path}:8: rules.0.match (meet): 'Sie reden.' is not matched"]


def test_a_rule_added_to_the_file_is_used(tmp_path: Path) -> None:
    matcher = Matcher(read_lexicon(written(tmp_path, SMALL)))
    assert found(matcher, "Morgen treffen sie sich.") == {"leader_meeting"}


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Washington setzt die Lieferung von Raketen vorerst aus.", "arms_delivery_pause"),
        ("Der Minister rief seinen Kollegen am Abend an.", "leader_call"),
        ("Die Waffenlieferungen wurden auf Eis gelegt.", "arms_delivery_pause"),
        ("Bei Drohnenangriffen wurden Häuser zerstört.", "attack"),
        ("Das Friedensgespräch endete ohne Ergebnis.", "negotiation"),
    ],
)
def test_german_particles_compounds_and_fixed_phrases_are_found(sentence: str, type_: str) -> None:
    matcher = Matcher(read_lexicon(lexicon_path("de")))
    assert type_ in found(matcher, sentence)


def test_a_particle_counts_only_at_the_end_of_its_clause() -> None:
    matcher = Matcher(read_lexicon(lexicon_path("de")))
    assert "leader_call" not in found(matcher, "Er rief an der Haltestelle laut.")


def test_in_german_a_capital_tells_the_noun_from_the_verb() -> None:
    matcher = Matcher(read_lexicon(lexicon_path("de")))
    nouns = {one.trigger for one in matcher.find(matcher.words("Ein Treffen ist geplant.", 0, 24))}
    assert "Treffen" in nouns
    assert "treffen" not in nouns


def test_topics_of_a_type_that_does_not_exist_are_named(tmp_path: Path) -> None:
    path = tmp_path / "en.yaml"
    path.write_text("language: en\nframes: {}\nrules: []\nabout:\n  relations:\n    telegram: [about]\n", "utf-8")
    with pytest.raises(ConfigError, match=r"en\.yaml:5.*'telegram' is no event type"):
        read_lexicon(path)


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("beschossen", "beschießen"),
        ("abgefeuert", "abfeuern"),
        ("abgefangen", "abfangen"),
        ("festgenommene", "festnehmen"),
        ("entführt", "entführen"),
        ("aussetzte", "aussetzen"),
        ("erwarten", "erwarten"),
        ("einschalten", "einschalten"),
        ("russischen", "russisch"),
        ("gratuliert", "gratulieren"),
        ("gefoltert", "foltern"),
        ("misshandelte", "misshandeln"),
        ("begnadigt", "begnadigen"),
        ("annektierten", "annektieren"),
        ("erschoss", "erschießen"),
        ("brach", "brechen"),
        ("heute", "heute"),
        ("gerecht", "gerecht"),
        ("gelten", "gelten"),
        ("siebte", "siebte"),
    ],
)
def test_forms_of_verbs_that_the_dictionary_lacks_are_known_as_their_verbs(form: str, verb: str) -> None:
    assert Matcher(read_lexicon(lexicon_path("de"))).look_up(form)[1] == verb


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Washington is freezing Russian assets.", "sanctions"),
        ("The crew is guilty of hijacking a tanker.", "coercion"),
        ("The president is thanking Poland.", "support"),
        ("Russia annexed the region.", "coercion"),
        ("The ministry is cancelling the treaty.", "diplomatic_break"),
        ("Erdogan was travelling on to Baku.", "leader_meeting"),
    ],
)
def test_english_forms_that_the_dictionary_has_as_nouns_or_misspells_are_known_as_verbs(
    sentence: str, type_: str
) -> None:
    matcher = Matcher(read_lexicon(lexicon_path("en")))
    assert type_ in {found.rule.type for found in matcher.find(matcher.words(sentence, 0, len(sentence)))}


@pytest.mark.parametrize(
    ("language", "sentence", "type_", "said"),
    [
        ("en", "The navy ordered attack helicopters.", "attack", False),
        ("en", "The navy attacked the helicopters.", "attack", True),
        ("en", "Air defences shot down two drones.", "attack", True),
        ("de", "Die Armee räumt Fehler ein.", "troop_withdrawal", False),
        ("de", "Die Armee räumt die Stadt.", "troop_withdrawal", True),
        ("en", "Norway and Chad struck an agreement on fish.", "attack", False),
        ("en", "Israel struck a base hours after an agreement was signed.", "attack", True),
        ("en", "Macron shot down Orban's idea.", "attack", False),
        ("en", "Macron shot down Orban's idea.", "rejection", True),
        ("en", "Poland backed out of the summit.", "support", False),
        ("en", "Poland backed Latvia.", "support", True),
        ("en", "The premier attacked Brussels verbally.", "attack", False),
        ("en", "The premier attacked Brussels verbally.", "accusation", True),
        ("en", "Ankara seized on the remark.", "coercion", False),
        ("en", "The king fired his foreign minister.", "attack", False),
        ("en", "The ship fired its missiles at the foreign minister.", "attack", True),
        ("en", "The envoy met with fierce criticism.", "leader_meeting", False),
        ("en", "The company withdrew from the market.", "troop_withdrawal", False),
        ("en", "Putin's friend came.", "support", False),
        ("de", "Der Premier griff Brüssel scharf an.", "attack", False),
        ("de", "Der Premier griff Brüssel scharf an.", "accusation", True),
        ("de", "Die Armee griff die Stadt an, was Paris scharf verurteilte.", "attack", True),
        ("de", "Der Minister traf den Ton.", "leader_meeting", False),
    ],
)
def test_the_first_word_of_an_idiom_is_no_trigger(language: str, sentence: str, type_: str, said: bool) -> None:
    assert (type_ in found(Matcher(read_lexicon(lexicon_path(language))), sentence)) == said


@pytest.mark.parametrize(
    ("language", "sentence", "type_", "said"),
    [
        ("en", "Poland has sent tanks, not missiles, to Estonia.", "arms_delivery_pause", False),
        ("en", "Poland, not Latvia, sent tanks to Estonia.", "arms_delivery_pause", False),
        ("en", "Poland not only sent tanks to Estonia.", "arms_delivery_pause", False),
        ("en", "Poland will not send tanks to Estonia.", "arms_delivery_pause", True),
        ("en", "Everybody, Poland too, not accept a peace that is imposed.", "rejection", True),
        ("en", "Poland decided, not to send tanks for now.", "arms_delivery_pause", True),
        ("de", "Polen will nicht nur Panzer liefern.", "rejection", False),
        ("de", "Polen will Panzer liefern, nicht Raketen.", "rejection", False),
        ("de", "Polen will keine Panzer und nicht Munition liefern.", "rejection", True),
    ],
)
def test_a_negator_that_does_not_negate_the_verb_is_part_of_no_trigger(
    language: str, sentence: str, type_: str, said: bool
) -> None:
    assert (type_ in found(Matcher(read_lexicon(lexicon_path(language))), sentence)) == said


@pytest.mark.parametrize(
    ("language", "sentence", "said"),
    [
        ("en", "There were no casualties.", False),
        ("en", "There were no immediate reports of deaths or injuries.", False),
        ("en", "Nobody was killed or wounded.", False),
        ("en", "There were no talks and many casualties.", True),
        ("en", "Nobody knows who killed him.", True),
        ("de", "Dabei wurde niemand getötet.", False),
        ("de", "Es gab keine Toten.", False),
        ("de", "Es gab Tote.", True),
    ],
)
def test_harm_that_was_done_to_nobody_is_no_trigger(language: str, sentence: str, said: bool) -> None:
    assert ("attack" in found(Matcher(read_lexicon(lexicon_path(language))), sentence)) == said


@pytest.mark.parametrize(
    ("language", "sentence", "type_"),
    [
        ("en", "An earthquake struck the island.", "attack"),
        ("en", "England meet Italy in the semi-final.", "leader_meeting"),
        ("de", "Frankreich trifft im Viertelfinale auf Italien.", "leader_meeting"),
        ("de", "Die Polizei nahm einen Belgier wegen Diebstahls fest.", "coercion"),
        ("de", "Bei dem Busunglück wurden drei Belgier getötet.", "attack"),
    ],
)
def test_disasters_matches_and_crimes_are_no_events(language: str, sentence: str, type_: str) -> None:
    assert type_ not in found(Matcher(read_lexicon(lexicon_path(language))), sentence)


def test_an_idiom_leaves_triggers_that_say_all_of_it(tmp_path: Path) -> None:
    text = SMALL.replace('["treffen"]', '["treffen", "treffen … Minister"]').replace(
        "rules:", 'idioms: ["treffen … Minister"]\nmutual: ["einander"]\nrules:'
    )
    matcher = Matcher(read_lexicon(written(tmp_path, text)))
    words = matcher.words("Sie treffen heute Minister", 0, 26)
    assert [one.words for one in matcher.find(words)] == [(1, 3)]
    assert matcher.said("mutual", matcher.words("Sie treffen einander", 0, 20)) == [(2,)]


def test_a_member_of_a_class_is_one_word(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("frames:", 'classes: {arms: [Panzer, "air defence"]}\nframes:'))
    with pytest.raises(ConfigError, match=r"classes\.arms: 'air defence' is more than one word"):
        read_lexicon(path)


@pytest.mark.parametrize("key", ["idioms", "mutual", "peaceful"])
def test_a_word_class_that_is_not_there_is_named_with_its_line(tmp_path: Path, key: str) -> None:
    path = written(tmp_path, SMALL.replace("rules:", f'{key}:\n- "treffen @nobody"\nrules:'))
    with pytest.raises(ConfigError, match=f"de.yaml:5: {key}.0: there is no word class @nobody"):
        read_lexicon(path)
