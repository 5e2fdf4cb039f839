"""The faster parts of the shipped pipelines give what plain spaCy gives."""

import pytest
import spacy
from spacy.tokens import Doc

from processors.coder.language import load_language, speed
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


def annotations(docs):
    return [[(t.text, t.pos_, str(t.morph), t.head.i, t.dep_, t.ent_iob_, t.ent_type_) for t in doc] for doc in docs]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_faster_parts_annotate_as_plain_spacy_does(lang):
    plain = spacy.load(MODELS / f"{lang}_eventwire", exclude=["lemmatizer"])
    quick = load_language(lang)
    own = ["eventwire_labels", "eventwire_lemmas"]
    for batch_size in (1, 3, 64):
        docs = quick.pipe(TEXTS[lang], batch_size=batch_size, disable=own)
        assert annotations(docs) == annotations(plain.pipe(TEXTS[lang], batch_size=64))


@pytest.mark.parametrize("kept", [2, 12, 1000])
def test_embeddings_are_right_when_the_store_runs_over(monkeypatch, kept):
    monkeypatch.setattr(speed, "KEPT_WORDS", kept)
    nlp = spacy.load(MODELS / "en_eventwire")
    embed = nlp.get_pipe("tok2vec").model.layers[0]
    speed.keep_embeddings(nlp)
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
