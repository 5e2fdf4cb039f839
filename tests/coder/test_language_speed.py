"""The faster parts of the shipped pipelines give what plain spaCy gives, but for rounding."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from processors.coder.language import graphs, load_language, speed
from processors.coder.language.pipelines import MODELS

TEXTS = {
    "de": [
        "Der Kanzler rief den Präsidenten an, weil die Lieferung ausgesetzt wurde.",
        "Die NATO und Polen berieten in Warschau über Raketen für Kiew.",
        "Ja.",
        "Kremlsprecher Peskow wies die Vorwürfe aus Washington am Montag zurück",
    ],
    "en": [
        "The chancellor called the president because the shipment was suspended.",
        "NATO and Poland didn't discuss missiles for Kyiv in Warsaw.",
        "Yes.",
        "Kremlin spokesman Peskov rejected the accusations from Washington on Monday",
    ],
}


LONG = {
    "de": "Der Minister sagte, die Lieferung werde fortgesetzt, sobald der Streit beigelegt sei; " * 9
    + "er kam nicht.",
    "en": "The minister said the shipment would go on once the dispute was settled, and he left; " * 9 + "she stayed.",
}
BATCHES = [slice(None), slice(1), slice(2, 3), slice(None, None, -1)]


def texts(lang):
    """Texts of very different lengths, with empty ones between."""
    return ["", *TEXTS[lang], LONG[lang], "", "!", *TEXTS[lang][::-1], ""]


def annotations(docs):
    return [[(t.text, t.pos_, str(t.morph), t.head.i, t.dep_, t.ent_iob_, t.ent_type_) for t in doc] for doc in docs]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_faster_parts_annotate_nearly_as_plain_spacy_does(lang):
    plain = spacy.load(MODELS / f"{lang}_eventwire", exclude=["lemmatizer"])
    quick = load_language(lang)
    own = ["eventwire_labels", "eventwire_lemmas"]
    for batch_size in (1, 3, 64):
        found = annotations(quick.pipe(texts(lang), batch_size=batch_size, disable=own))
        wanted = annotations(plain.pipe(texts(lang), batch_size=64))
        assert [len(doc) for doc in found] == [len(doc) for doc in wanted]
        # Where two readings are equally likely, eight bits may decide otherwise.
        pairs = [pair for ours, theirs in zip(found, wanted, strict=True) for pair in zip(ours, theirs, strict=True)]
        assert sum(ours != theirs for ours, theirs in pairs) <= 0.02 * len(pairs)


# How a processor without VNNI is served is tried on all; the other way only where it is this processor's own.
@pytest.mark.parametrize("exact", [graphs.exact(), False])
@pytest.mark.parametrize(("eight", "apart"), [(False, 1e-4), (True, 0.2)])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_vectors_are_those_of_plain_spacy(monkeypatch, lang, eight, apart, exact):
    monkeypatch.setattr(graphs, "exact", lambda: exact)
    plain, quick = (spacy.load(MODELS / f"{lang}_eventwire") for _ in range(2))
    speed.quicken(quick, eight=eight)
    docs = [plain.make_doc(text) for text in texts(lang)]
    for part in BATCHES:
        found, wanted = (nlp.get_pipe("tok2vec").predict(docs[part]) for nlp in (quick, plain))
        for ours, theirs in zip(found, wanted, strict=True):
            assert ours.shape == theirs.shape
            assert ours == pytest.approx(theirs, abs=apart)


@pytest.mark.parametrize(("eight", "apart"), [(False, 1e-4), (True, 0.2)])
def test_the_name_finders_own_vectors_are_those_of_plain_spacy(eight, apart):
    plain, quick = (spacy.load(MODELS / "de_eventwire") for _ in range(2))
    speed.quicken(quick, eight=eight)
    docs = [plain.make_doc(text) for text in texts("de") if text]
    found, wanted = (nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].predict(docs) for nlp in (quick, plain))
    for ours, theirs in zip(found, wanted, strict=True):
        assert ours == pytest.approx(theirs, abs=apart)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_text_has_the_same_vectors_in_every_batch(lang):
    quick = load_language(lang)
    docs = [quick.make_doc(text) for text in texts(lang) if text]
    tok2vec = quick.get_pipe("tok2vec")
    for doc, vectors in zip(docs, tok2vec.predict(docs), strict=True):
        assert tok2vec.predict([doc])[0] == pytest.approx(vectors, abs=1e-4)


@pytest.mark.parametrize(("lang", "name"), [("de", "parser"), ("de", "ner"), ("en", "parser")])
def test_moves_are_scored_as_plain_spacy_does(lang, name):
    plain, quick = spacy.load(MODELS / f"{lang}_eventwire"), load_language(lang)
    docs = list(plain.pipe(texts(lang)[1:6]))
    model, scorer = plain.get_pipe(name).model, quick.get_pipe(name).scores_of
    tables = scorer.tables(model.get_ref("tok2vec").layers[0].predict(docs))
    count = sum(map(len, docs))
    places = np.random.default_rng(2).integers(-1, count, (50, scorer.places)).astype(np.int32)
    step = model.predict(docs)
    wanted = step.vec2scores.predict(step.state2vec.predict(places))
    assert scorer(tables, places) == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize("kept", [2, 12, 1000])
def test_embeddings_are_right_when_the_store_runs_over(monkeypatch, kept):
    monkeypatch.setattr(speed, "KEPT_WORDS", kept)
    nlp = spacy.load(MODELS / "en_eventwire")
    embed = nlp.get_pipe("tok2vec").model.layers[0]
    speed.quicken(nlp)
    store = nlp.get_pipe("tok2vec").model.layers[0]
    for texts in (TEXTS["en"], TEXTS["en"][::-1], TEXTS["de"]):
        docs = [nlp.make_doc(text) for text in texts]
        for ours, plain in zip(store.predict(docs), embed.predict(docs), strict=True):
            assert ours == pytest.approx(plain, abs=1e-5)


def test_a_word_is_kept_apart_by_its_norm():
    nlp = load_language("en")
    plain, normed = Doc(nlp.vocab, words=["no"]), Doc(nlp.vocab, words=["no"])
    normed[0].norm_ = "number"
    store = nlp.get_pipe("tok2vec").model.layers[0]
    one, other = store.predict([plain, normed])
    assert (one != other).any()
