"""Lemmas and compounds."""

import pytest

from processors.coder.language import compound_parts, parse
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
