"""Weights for the capitals of English lemmas (processors/coder/language/capitals.py): `tables(annotator)`.

Two steps, so that the tagger's word is trusted as far as it deserves: EWT's training portion weighs the words, and
EWT's dev portion, parsed by a pipeline that was not trained on it, weighs what the pipeline says against them. How a
word is written elsewhere comes from the word probabilities of `spacy-lookups-data` (MIT).
"""

import gzip
import json
from collections import Counter
from importlib import resources
from typing import Any

import conllu
import numpy as np
import places
import spacy
from conllu import Sentence
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from processors.coder.language.capitals import CONTENT, WIDEST, Capitals, has_capital, seen_features, style_of

WORDS, SEEN = "en_ewt-ud-train", "en_ewt-ud-dev"
# Logarithms of word probabilities: rarer words are left out, and count as this rare.
RAREST, FLOOR = -16.5, -17.5
SMALLEST = 0.02
STRENGTH, SEEN_STRENGTH = 1.0, 0.05
FOLDS = 10
Rows = list[dict[str, float]]


def written_elsewhere() -> dict[str, int]:
    """Of each lower-case word how much more frequent it is with a capital (a rounded logarithm)."""
    packed = resources.files("spacy_lookups_data").joinpath("data", "en_lexeme_prob.json.gz").read_bytes()
    found: dict[str, float] = json.loads(gzip.decompress(packed))
    best: dict[str, float] = {}
    for word, probability in found.items():
        best[word.lower()] = max(best.get(word.lower(), FLOOR), probability)
    ratios = {}
    for lower, probability in best.items():
        if probability > RAREST and lower.isalpha():
            written = (max(found.get(word, FLOOR), FLOOR) for word in (lower.capitalize(), lower))
            ratio = round(next(written) - next(written))
            ratios[lower] = max(-WIDEST, min(WIDEST, ratio))
    return ratios


def fitted(rows: Rows, labels: list[bool], strength: float) -> dict[str, float]:
    """Weights of a logistic regression; a feature that is seen once is left out."""
    seen = Counter(name for row in rows for name in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{n: v for n, v in row.items() if seen[n] > 1} for row in rows])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=strength, max_iter=1000, solver="liblinear").fit(matrix, labels)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    weights["1"] = weights.get("1", 0.0) + float(model.intercept_[0])
    return {name: round(float(weight), 3) for name, weight in weights.items() if abs(weight) > SMALLEST}


def cases(sentence: Sentence) -> list[tuple[int, bool]]:
    """Places at which the choice arises, and what gold says."""
    return [
        (i, has_capital(sentence.lemmas[i]))
        for i, form in enumerate(sentence.words)
        if sentence.pos[i] in CONTENT and has_capital(form)
    ]


def word_features(capitals: Capitals, words: list[str], place: int) -> dict[str, float]:
    """The features that `Capitals.of_words` sums, each with the value 1: it is run on a table that only notes them."""
    noted: dict[str, float] = {}

    class Noting(dict[str, float]):
        def get(self, name: str, default: Any = None) -> Any:
            noted[name] = 1.0
            return default

    watched = Capitals({}, {}, {})
    watched.words, watched.ratios = Noting(), capitals.ratios
    watched.of_words(words, place, style_of(words))
    return noted


def seen_row(capitals: Capitals, doc: Doc, words: list[str], place: int) -> dict[str, float]:
    """The features that `Capitals.decide` sums."""
    token, score = doc[place], capitals.of_words(words, place, style_of(words))
    before = doc[place - 1].pos_ if place else ""
    after = doc[place + 1].pos_ if place + 1 < len(doc) else ""
    names = seen_features(token.pos_, before, after, token.dep_, token.head.pos_)
    return {"1": 1.0, "w": score, f"w {names[0]}": score, **dict.fromkeys(names, 1.0)}


def tables(annotator: str) -> dict[str, dict[str, Any]]:
    """The tables that ship: `words`, `seen`, `ratios`; `annotator` is a pipeline that EWT dev was kept out of."""
    empty = Capitals({}, {}, written_elsewhere())
    rows, labels = [], []
    for sentence in conllu.read(places.treebanks() / f"{WORDS}.conllu.gz", merge=False):
        for place, label in cases(sentence):
            rows.append(word_features(empty, sentence.words, place))
            labels.append(label)
    capitals = Capitals(fitted(rows, labels, STRENGTH), {}, empty.ratios)
    dev = list(conllu.read(places.treebanks() / f"{SEEN}.conllu.gz", merge=False))
    nlp = spacy.load(annotator)
    docs = nlp.pipe(Doc(nlp.vocab, words=s.words, spaces=s.spaces) for s in dev)
    rows, labels = [], []
    for sentence, doc in zip(dev, docs, strict=True):
        for place, label in cases(sentence):
            rows.append(seen_row(capitals, doc, sentence.words, place))
            labels.append(label)
    report(rows, labels)
    return {"words": capitals.words, "seen": fitted(rows, labels, SEEN_STRENGTH), "ratios": capitals.ratios}


def report(rows: Rows, labels: list[bool]) -> None:
    """Print the accuracy on dev, one part after the other held out."""
    right, size = 0, len(rows)
    for part in range(FOLDS):
        held = set(range(part * size // FOLDS, (part + 1) * size // FOLDS))
        others = [i for i in range(size) if i not in held]
        weights = fitted([rows[i] for i in others], [labels[i] for i in others], SEEN_STRENGTH)
        right += sum((sum(weights.get(n, 0) * v for n, v in rows[i].items()) > 0) == labels[i] for i in held)
    print(f"capitals: {size} cases on dev, {100 * right / size:.1f} % right")
