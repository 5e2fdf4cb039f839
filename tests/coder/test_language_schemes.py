"""TIGER and ClearNLP trees as Universal Dependencies."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from processors.coder.language.schemes import SchemeMapper, scheme_of

# word, UPOS, head, label in the official scheme; head and label in UD
TIGER = {
    "preposition, auxiliary, separable verb": [
        ("Putin", "PROPN", 1, "sb", 4, "nsubj"),
        ("hat", "AUX", 1, "ROOT", 4, "aux"),
        ("mit", "ADP", 4, "mo", 3, "case"),
        ("Modi", "PROPN", 2, "nk", 4, "obl"),
        ("gesprochen", "VERB", 1, "oc", 4, "ROOT"),
    ],
    "particle and object": [
        ("Er", "PRON", 1, "sb", 1, "nsubj"),
        ("ruft", "VERB", 1, "ROOT", 1, "ROOT"),
        ("ihn", "PRON", 1, "oa", 1, "obj"),
        ("an", "ADP", 1, "svp", 1, "compound:prt"),
    ],
    "passive with modal": [
        ("Waffen", "NOUN", 1, "sb", 2, "nsubj"),
        ("sollen", "AUX", 1, "ROOT", 2, "aux"),
        ("geliefert", "VERB", 3, "oc", 2, "ROOT"),
        ("werden", "AUX", 1, "oc", 2, "aux"),
    ],
    "copula and coordination": [
        ("Kiew", "PROPN", 3, "sb", 4, "nsubj"),
        ("und", "CCONJ", 0, "cd", 2, "cc"),
        ("Riga", "PROPN", 1, "cj", 0, "conj"),
        ("sind", "AUX", 3, "ROOT", 4, "cop"),
        ("bereit", "ADV", 3, "pd", 4, "ROOT"),
    ],
    "noun with article, adjective and prepositional phrase": [
        ("Das", "DET", 2, "nk", 2, "det"),
        ("lange", "ADJ", 2, "nk", 2, "amod"),
        ("Treffen", "NOUN", 2, "ROOT", 2, "ROOT"),
        ("in", "ADP", 2, "mnr", 4, "case"),
        ("Wien", "PROPN", 3, "nk", 2, "nmod"),
    ],
}
CLEARNLP = {
    "preposition, object, auxiliary": [
        ("Xi", "PROPN", 2, "nsubj", 2, "nsubj"),
        ("has", "AUX", 2, "aux", 2, "aux"),
        ("sent", "VERB", 2, "ROOT", 2, "ROOT"),
        ("arms", "NOUN", 2, "dobj", 2, "obj"),
        ("to", "ADP", 2, "prep", 5, "case"),
        ("Iran", "PROPN", 4, "pobj", 2, "obl"),
    ],
    "passive with agent": [
        ("Plans", "NOUN", 2, "nsubjpass", 2, "nsubj"),
        ("were", "AUX", 2, "auxpass", 2, "aux"),
        ("drawn", "VERB", 2, "ROOT", 2, "ROOT"),
        ("by", "ADP", 2, "agent", 4, "case"),
        ("NATO", "PROPN", 3, "pobj", 2, "obl"),
    ],
    "copula": [
        ("Talks", "NOUN", 1, "nsubj", 2, "nsubj"),
        ("are", "AUX", 1, "ROOT", 2, "cop"),
        ("possible", "ADJ", 1, "acomp", 2, "ROOT"),
    ],
    "noun with prepositional phrase and coordination": [
        ("Talks", "NOUN", 0, "ROOT", 0, "ROOT"),
        ("between", "ADP", 0, "prep", 2, "case"),
        ("Oslo", "PROPN", 1, "pobj", 0, "nmod"),
        ("and", "CCONJ", 2, "cc", 4, "cc"),
        ("Rome", "PROPN", 2, "conj", 2, "conj"),
    ],
    "clause under a preposition": [
        ("He", "PRON", 1, "nsubj", 1, "nsubj"),
        ("left", "VERB", 1, "ROOT", 1, "ROOT"),
        ("without", "ADP", 1, "prep", 3, "mark"),
        ("signing", "VERB", 2, "pcomp", 1, "advcl"),
        ("it", "PRON", 3, "dobj", 3, "obj"),
    ],
}


def mapped(rows, scheme: str) -> list[tuple[int, str]]:
    words, pos, heads, deps = (list(column) for column in list(zip(*rows, strict=True))[:4])
    doc = Doc(Vocab(), words=words, pos=pos, heads=heads, deps=deps)
    return [(token.head.i, token.dep_) for token in SchemeMapper(scheme)(doc)]


@pytest.mark.parametrize("name", TIGER)
def test_tiger_trees_become_ud(name):
    assert mapped(TIGER[name], "tiger") == [row[4:] for row in TIGER[name]]


@pytest.mark.parametrize("name", CLEARNLP)
def test_clearnlp_trees_become_ud(name):
    assert mapped(CLEARNLP[name], "clearnlp") == [row[4:] for row in CLEARNLP[name]]


def test_a_scheme_is_known_by_its_labels():
    assert scheme_of(["sb", "oa", "nk", "punct"]) == "tiger"
    assert scheme_of(["nsubj", "dobj", "pobj"]) == "clearnlp"
    assert scheme_of(["nsubj", "obj", "obl"]) == "ud"
