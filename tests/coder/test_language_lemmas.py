"""Lemmas and compounds."""

import pytest

from processors.coder.language import compound_parts, parse
from processors.coder.language.capitals import Capitals, seen_features, style_of
from processors.coder.language.english import english_lemma
from processors.coder.language.german import german_lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("angerufen", "anrufen"),
        ("ausgesetzt", "aussetzen"),
        ("abzusagen", "absagen"),
        ("eingestellt", "einstellen"),
        ("getroffen", "treffen"),
        ("verhandelt", "verhandeln"),
        ("habe", "haben"),
        ("werde", "werden"),
        ("könne", "können"),
        ("liefere", "liefern"),
        ("sprach", "sprechen"),
        ("drohte", "drohen"),
    ],
)
def test_german_participles_zu_infinitives_and_konjunktiv_become_infinitives(form, lemma):
    assert german_lemma(form, "VERB") == lemma


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("Verhandlungen", "NOUN", "Verhandlung"),
        ("Raketenangriffe", "NOUN", "Raketenangriff"),
        ("Außenministern", "NOUN", "Außenminister"),
        ("ukrainischen", "ADJ", "ukrainisch"),
        ("geplante", "ADJ", "geplant"),
        ("sauberer", "ADJ", "sauber"),
        ("EU", "PROPN", "EU"),
        ("REDE", "NOUN", "Rede"),
        ("Berliner", "ADJ", "Berliner"),
        ("Pekinger", "ADJ", "Pekinger"),
        ("Politischer", "ADJ", "politisch"),
        ("betroffen", "ADJ", "betreffen"),
        ("unbeantwortet", "ADJ", "unbeantwortet"),
        ("bekannt", "ADJ", "bekannt"),
    ],
)
def test_german_nouns_and_adjectives_lose_their_endings(form, pos, lemma):
    assert german_lemma(form, pos) == lemma


def test_a_german_name_loses_its_genitive_only():
    assert german_lemma("Trumps", "PROPN", genitive=True) == "Trump"
    assert german_lemma("Mars", "PROPN") == "Mars"
    assert german_lemma("Paris", "PROPN", genitive=True) == "Paris"


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("met", "VERB", "meet"),
        ("talks", "NOUN", "talk"),
        ("'s", "AUX", "be"),
        ("armies", "NOUN", "army"),
        ("Putin", "PROPN", "Putin"),
    ],
)
def test_english_forms_are_reduced_by_part_of_speech(form, pos, lemma):
    assert english_lemma(form, pos, plural=form.endswith("s")) == lemma


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Waffenlieferungsstopp", ("Waffe", "Lieferung", "Stopp")),
        ("Friedensgespräche", ("Frieden", "Gespräch")),
        ("US-Angriff", ("US", "Angriff")),
        ("Luftangriffe", ("Luft", "Angriff")),
        ("Raketenlieferung", ("Rakete", "Lieferung")),
        ("Telefonat", ("Telefonat",)),
        ("NATO", ("NATO",)),
    ],
)
def test_german_compounds_come_apart(word, parts):
    assert compound_parts(word) == parts


@pytest.mark.parametrize(
    ("sentence", "verb", "lemma", "particle"),
    [
        ("Der Präsident rief seinen Kollegen an.", "rief", "anrufen", "an"),
        ("Washington setzt die Lieferung aus.", "setzt", "aussetzen", "aus"),
        ("Die Delegation brach die Gespräche ab.", "brach", "abbrechen", "ab"),
    ],
)
def test_a_separated_particle_joins_its_verb(sentence, verb, lemma, particle):
    token = next(t for t in next(iter(parse([sentence], "de"))) if t.text == verb)
    assert (token.lemma_, token._.particle) == (lemma, particle)


@pytest.mark.parametrize(
    ("lang", "sentence", "verb"),
    [
        ("de", "Die Lieferungen wurden ausgesetzt.", "ausgesetzt"),
        ("en", "The shipments were suspended.", "suspended"),
    ],
)
def test_the_participle_of_a_passive_bears_its_voice(lang, sentence, verb):
    token = next(t for t in next(iter(parse([sentence], lang))) if t.text == verb)
    assert token.morph.get("Voice") == ["Pass"]


def test_an_active_perfect_is_no_passive():
    token = next(t for t in next(iter(parse(["Die Armee hat die Stadt erobert."], "de"))) if t.text == "erobert")
    assert token.morph.get("Voice") == []


@pytest.mark.parametrize(
    ("sentence", "word", "lemma"),
    [
        ("Oil Prices Rise As Talks Stall", "Prices", "price"),
        ("The Ministry of Defense said so.", "Ministry", "Ministry"),
        ("He met Zelenskyy in Kyiv.", "Kyiv", "Kyiv"),
        ("Talks were held in Geneva.", "Talks", "talk"),
        ("She knows it better than I do.", "better", "well"),
    ],
)
def test_an_english_lemma_has_a_capital_where_the_word_is_a_name(sentence, word, lemma):
    token = next(t for t in next(iter(parse([sentence], "en"))) if t.text == word)
    assert token.lemma_ == lemma


def test_capitals_are_weighed_by_the_words_and_by_what_is_seen_of_them():
    seen = seen_features("NOUN", "", "PROPN", "compound", "PROPN")
    words = ["Fish", "Street"]
    plain = Capitals({}, {"1": -1.0}, {})
    by_words = Capitals({"w=fish": 2.0}, {"1": -1.0, "w": 1.0}, {})
    by_tags = Capitals({}, {"1": -1.0, "hp=PROPN": 1.5}, {})
    assert [c.decide(words, 0, style_of(words), seen) for c in (plain, by_words, by_tags)] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("OIL PRICES FALL AGAIN TODAY", "shout"),
        ("Oil Prices Fall Again Today", "title"),
        ("The price of oil fell again on Friday", "low"),
        ("So what", "none"),
    ],
)
def test_the_style_of_a_sentence_is_told_by_its_longer_words(text, style):
    assert style_of(text.split()) == style
