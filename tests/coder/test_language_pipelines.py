"""Loading pipelines: the shipped ones, and those that the settings name."""

import pytest
import spacy

from processors.coder.language import load_language, parse, shipped_languages
from processors.coder.language.pipelines import MODELS
from processors.errors import CoderError

MAX_BYTES = 30_000_000
UD = {
    "ROOT",
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nummod",
    "obj",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "vocative",
    "xcomp",
}


def test_german_and_english_are_shipped():
    assert shipped_languages() == ("de", "en")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_shipped_pipeline_loads_with_plain_spacy_and_annotates_everything(lang):
    nlp = spacy.load(MODELS / f"{lang}_eventwire")
    text = {
        "de": "Der Kanzler sprach in Wien. Danach flog er ab.",
        "en": "The chancellor spoke in Vienna. Then he left.",
    }
    doc = nlp(text[lang])
    assert [len(list(doc.sents)), doc[1].pos_, doc[1].lemma_] == [
        2,
        "NOUN",
        {"de": "Kanzler", "en": "chancellor"}[lang],
    ]
    assert doc[2].morph.get("Tense") == ["Past"]
    assert {token.dep_ for token in doc} <= UD


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_shipped_pipeline_is_small_and_brings_card_and_licence(lang):
    folder = MODELS / f"{lang}_eventwire"
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) <= MAX_BYTES
    assert "Attribution-ShareAlike 4.0" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert "CC BY-SA" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_both_languages_use_ud_relations_without_subtypes(lang):
    # The empty label is of arcs that training left open.
    assert set(load_language(lang).get_pipe("parser").labels) <= UD | {"dep", ""}
    texts = ["Trump: Putin will reden.", "The talks in Geneva were called off, three officials said."]
    assert {token.dep_ for doc in parse(texts, lang) for token in doc} <= UD


def test_every_sentence_becomes_one_document_with_one_root_in_order():
    texts = ["Kiew meldet Angriffe.", "Trump: Putin will reden. Oder nicht?", "Neue Sanktionen gegen Belarus"]
    docs = list(parse(texts, "de"))
    assert [doc.text for doc in docs] == texts
    assert [len(list(doc.sents)) for doc in docs] == [1, 1, 1]


def test_a_language_without_a_pipeline_is_a_clear_error():
    with pytest.raises(CoderError, match=r"no pipeline for language 'fr'.*coder\.pipelines.*de, en"):
        load_language("fr")


def test_a_pipeline_that_cannot_be_found_is_named(tmp_path):
    with pytest.raises(CoderError, match="nowhere"):
        load_language("de", str(tmp_path / "nowhere"))


def test_a_pipeline_of_another_language_is_refused():
    with pytest.raises(CoderError, match="is for language 'en', not 'de'"):
        load_language("de", str(MODELS / "en_eventwire"))


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    spacy.blank("de").to_disk(tmp_path / "blank")
    with pytest.raises(CoderError, match="has no parser"):
        load_language("de", str(tmp_path / "blank"))


@pytest.fixture(scope="module")
def tiger(tmp_path_factory):
    """A pipeline with TIGER labels, as the official German ones have, trained on two sentences."""
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("de")
    nlp.add_pipe("morphologizer")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    gold = [
        Doc(nlp.vocab, ["Er", "traf", "sie", "in", "Wien"], pos=["PRON", "VERB", "PRON", "ADP", "PROPN"],
            heads=[1, 1, 1, 1, 3], deps=["sb", "ROOT", "oa", "mo", "nk"]),
        Doc(nlp.vocab, ["Er", "rief", "sie", "an"], pos=["PRON", "VERB", "PRON", "ADP"],
            heads=[1, 1, 1, 1], deps=["sb", "ROOT", "oa", "svp"]),
    ]  # fmt: skip
    examples = [Example(Doc(nlp.vocab, [t.text for t in doc]), doc) for doc in gold]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline") / "de_tiger"
    nlp.to_disk(folder)
    return str(folder)


def test_a_pipeline_with_tiger_labels_comes_out_as_ud_with_joined_verbs(tiger):
    met, called = parse(["Er traf sie in Wien", "Er rief sie an"], "de", tiger)
    assert [(t.dep_, t.head.text) for t in met] == [
        ("nsubj", "traf"), ("ROOT", "traf"), ("obj", "traf"), ("case", "Wien"), ("obl", "traf"),
    ]  # fmt: skip
    assert called[1].lemma_ == "anrufen"
