"""The German and English name sets as sentences with BIO labels over PER, LOC, ORG, MISC."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import places
import spacy
from spacy.tokens import Doc

from processors.coder.language.sentences import split_sentences

# GermEval: only whole names count; "deutsch" (LOCderiv) and "deutsch-französisch" (LOCpart) are none.
_GERMEVAL = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "MISC"}
# SmartData also marks stops, routes, dates, triggers: those are no names of the news.
_SMARTDATA = {
    "person": "PER",
    "location": "LOC",
    "location-city": "LOC",
    "location-street": "LOC",
    "organization": "ORG",
    "organization-company": "ORG",
}


@dataclass(slots=True)
class Named:
    """Words of one sentence and their BIO labels ("B-PER", "O", ...)."""

    words: list[str]
    labels: list[str]


def _columns(lines: Iterable[str], word: int, label: int, sep: str | None = None) -> Iterator[Named]:
    words: list[str] = []
    labels: list[str] = []
    for line in [*lines, ""]:
        if line.startswith(("#", "-DOCSTART-")):
            continue
        cells = line.rstrip("\n").split(sep)
        if len(cells) <= max(word, label):
            if words:
                yield Named(words, labels)
            words, labels = [], []
            continue
        words.append(cells[word])
        labels.append(cells[label])


def _mapped(named: Named, table: dict[str, str]) -> Named:
    labels = [f"{label[:1]}-{table[label[2:]]}" if label[2:] in table else "O" for label in named.labels]
    return Named(named.words, _repaired(labels))


def _repaired(labels: list[str]) -> list[str]:
    """`labels` with every I- that continues nothing turned into a B-."""
    out: list[str] = []
    for label in labels:
        before = out[-1] if out else "O"
        out.append("B" + label[1:] if label.startswith("I-") and before[2:] != label[2:] else label)
    return out


def _germeval(part: str) -> list[Named]:
    with gzip.open(places.name_sets() / f"de_germeval_{part}.tsv.gz", "rt", encoding="utf-8") as lines:
        return [_mapped(n, _GERMEVAL) for n in _columns(lines, 1, 2, "\t")]


def germeval_test() -> list[Named]:
    """The measured end of GermEval 2014 test."""
    return _germeval("test")[-places.GERMEVAL_HELD_OUT :]


def germeval_training() -> list[Named]:
    """GermEval 2014 dev, and test without its measured end."""
    return _germeval("dev") + _germeval("test")[: -places.GERMEVAL_HELD_OUT]


def smartdata_training() -> list[Named]:
    """DFKI SmartData v1 train: German news, its documents split and tokenised as the pipelines do."""
    with gzip.open(places.name_sets() / "de_smartdata_v1_train.json.gz", "rt", encoding="utf-8") as lines:
        documents = list(_json_values(lines.read()))
    tokenizer = spacy.blank("de").tokenizer
    found = []
    for document in documents:
        text = document["text"]["string"] if isinstance(document["text"], dict) else document["text"]
        mentions = ((document.get("conceptMentions") or {}).get("array")) or []
        spans = [
            (m["span"]["start"], m["span"]["end"], _SMARTDATA[m["type"]]) for m in mentions if m["type"] in _SMARTDATA
        ]
        for start, end in split_sentences(text, "de"):
            doc = tokenizer(text[start:end])
            inside = [(a - start, b - start, kind) for a, b, kind in spans if start <= a and b <= end]
            found.append(Named([t.text for t in doc], _bio(doc, inside)))
    return found


def _json_values(text: str) -> Iterator[dict[str, Any]]:
    decoder, position = json.JSONDecoder(), 0
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        yield value
        while position < len(text) and text[position].isspace():
            position += 1


def _bio(doc: Doc, spans: list[tuple[int, int, str]]) -> list[str]:
    labels = ["O"] * len(doc)
    for start, end, kind in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span or ():
            labels[token.i] = ("B-" if token.i == span.start else "I-") + kind
    return labels


def german_training() -> list[Named]:
    """All German gold sentences for training names."""
    return germeval_training() + smartdata_training()


def europarl(lang: str) -> list[Named]:
    """Europarl NER test, which is only measured."""
    with gzip.open(places.name_sets() / f"{lang}-europarl.test.conll02.gz", "rt", encoding="utf-8") as lines:
        return [Named(n.words, _repaired(n.labels)) for n in _columns(lines, 0, 1)]
