"""A small convolutional net that reads the words of a text in their order and judges each candidate by them.

The linear models see the features around one trigger, the forests a few numbers on all candidates; what comes before
and after whom, and what the rest of the text is about, is seen here. Per word: hashed form, lemma and ending, shape,
whether somebody is named (the kind, not who: a name teaches nothing about the next), and which types it is a trigger
of. Three gated convolutions (words 1, 2 and 4 apart; Dauphin et al. 2017, "Language modeling with gated convolutional
networks") make of each word a vector; a candidate is judged by those of its trigger, the means of the eight words
before and after it, and the largest values in its part of the text. No parse is needed. Trained by
training/coder/reader.py.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from processors.coder.analysis import KIND, TYPES, Candidate, Sentence
from processors.coder.triggers import Word

# The sizes of the tables for forms, lemmas and endings; number 0 is nothing or somebody named, 1 a rare word.
TABLES = (32768, 16384, 4096)
COLUMNS = 9
# So many words are read together; a longer text is read in parts.
TOGETHER = 256
BESIDE = 8
DILATIONS = (1, 2, 4)
_TRIGGERS = 3
_LATEST = 5


@dataclass(slots=True)
class Part:
    """Consecutive sentences of a text: a row of numbers per word and one after each sentence, and where in them the
    sentences begin, by `id`."""

    words: list[list[int]]
    begins: dict[int, int]


def parts(sentences: Sequence[Sentence], language: str) -> list[Part]:
    """The sentences of a text that have words, as the net reads them."""
    out: list[Part] = []
    for sentence in sentences:
        if not sentence.words:
            continue
        if not out or len(out[-1].words) + len(sentence.words) >= TOGETHER:
            out.append(Part([], {}))
        out[-1].begins[id(sentence)] = len(out[-1].words)
        out[-1].words.extend(_rows(sentence, language))
    return out


def _rows(sentence: Sentence, language: str) -> Iterator[list[int]]:
    kinds = [0] * len(sentence.words)
    for party in sentence.parties:
        for place in range(party.words[0], party.words[1] + 1):
            kinds[place] = KIND.get(party.kind, len(KIND)) + 1
    triggers: list[list[int]] = [[] for _ in sentence.words]
    for found in sentence.found:
        number = TYPES[found.rule.type] + 1
        for place in found.words:
            if number not in triggers[place]:
                triggers[place].append(number)
    index = min(sentence.index, _LATEST)
    for word, kind, types in zip(sentence.words, kinds, triggers, strict=True):
        form = word.lower or word.text
        hashed = [
            0 if kind else _hash(language + value, size)
            for value, size in zip((form, word.lemma or form, form[-3:]), TABLES, strict=True)
        ]
        yield [*hashed, _shape(word), kind, *(types + [0] * _TRIGGERS)[:_TRIGGERS], index]
    yield [1, 1, 1, 0, 0, 0, 0, 0, index]


def _hash(value: str, size: int) -> int:
    return zlib.crc32(value.encode()) % (size - 2) + 2


def _shape(word: Word) -> int:
    text = word.text
    if text.isupper() and len(text) > 1:
        return 1
    if text[:1].isupper():
        return 2
    if text.isdigit():
        return 3
    if text[:1].isalpha():
        return 4
    return 5 if any(char.isdigit() for char in text) else 6


def place_of(candidate: Candidate, part: Part) -> list[int]:
    """A candidate as numbers: the places of its first and last word in the part, its type, how many words it has."""
    begin, words = part.begins[id(candidate.sentence)], candidate.found.words
    return [begin + words[0], begin + words[-1], TYPES[candidate.found.rule.type], min(len(words), 3)]


@dataclass(frozen=True, slots=True)
class Reader:
    """The weights, by name; `judge` applies them."""

    weights: dict[str, Any]

    def judge(
        self, sentences: Sequence[Sentence], candidates: Sequence[Candidate], language: str
    ) -> list[tuple[float, list[float]]]:
        """For each candidate of a text the chance that it is an event, and that of each status."""
        import numpy as np

        out: dict[int, tuple[float, list[float]]] = {}
        for part in parts(sentences, language):
            mine = [one for one in candidates if id(one.sentence) in part.begins]
            if not mine:
                continue
            vectors = self._vectors(np.array(part.words))
            chances, statuses = self._heads(vectors, np.array([place_of(one, part) for one in mine]))
            for one, chance, status in zip(mine, chances.tolist(), statuses.tolist(), strict=True):
                out[id(one)] = (chance, status)
        return [out[id(one)] for one in candidates]

    def _vectors(self, words: Any) -> Any:
        """Of each word (a row of `words`) a vector."""
        import numpy as np

        w = self.weights
        triggers = w["trigger"][words[:, 5]] + w["trigger"][words[:, 6]] + w["trigger"][words[:, 7]]
        columns = [w["form"][words[:, 0]], w["lemma"][words[:, 1]], w["ending"][words[:, 2]], w["shape"][words[:, 3]],
                   w["kind"][words[:, 4]], triggers, w["index"][words[:, 8]]]  # fmt: skip
        x = _normed(np.concatenate(columns, axis=1) @ w["in"] + w["in_bias"])
        for number, apart in enumerate(DILATIONS):
            padded = np.pad(x, ((apart, apart), (0, 0)))
            near = np.concatenate([padded[: -2 * apart], x, padded[2 * apart :]], axis=1)
            value, gate = np.split(near @ w[f"conv{number}"] + w[f"conv{number}_bias"], 2, axis=1)
            x = _normed(x + value / (1 + np.exp(-gate)))
        return x

    def _heads(self, x: Any, places: Any) -> tuple[Any, Any]:
        """The chances of candidates (rows of `place_of`): event, and each status."""
        import numpy as np

        w, first, last = self.weights, places[:, 0], places[:, 1]
        sums = np.concatenate([np.zeros((1, x.shape[1]), x.dtype), np.cumsum(x, axis=0)])

        def mean(begin: Any, end: Any) -> Any:
            return (sums[end] - sums[begin]) / np.maximum(end - begin, 1)[:, None]

        before = mean(np.maximum(first - BESIDE, 0), first)
        after = mean(last + 1, np.maximum(np.minimum(last + 1 + BESIDE, len(x)), last + 1))
        whole = np.broadcast_to(x.max(axis=0), before.shape)
        kind, count = w["type"][places[:, 2]], w["count"][places[:, 3]]
        seen = np.concatenate([x[first], x[last], before, after, whole, kind, count], axis=1)
        hidden = np.maximum(seen @ w["seen"] + w["seen_bias"], 0)
        event = 1 / (1 + np.exp(-(hidden @ w["event"] + w["event_bias"])[:, 0]))
        status = np.exp(hidden @ w["status"] + w["status_bias"])
        return event, status / status.sum(axis=1, keepdims=True)


def _normed(x: Any) -> Any:
    import numpy as np

    x = x - x.mean(axis=1, keepdims=True)
    return x / np.sqrt((x * x).mean(axis=1, keepdims=True) + 1e-5)


def reader(stored: Any) -> Reader:
    """The net of a file of weights."""
    import numpy as np

    weights = {name[len("reader_") :]: stored[name] for name in stored if name.startswith("reader_")}
    out = {name: value.astype(np.float32) for name, value in weights.items() if not name.endswith("_rows")}
    for name, size in zip(("form", "lemma", "ending"), TABLES, strict=True):
        # Rare words, which have no row of their own, are read as number 1.
        table = np.repeat(out[name][1:2], size, axis=0)
        table[weights[f"{name}_rows"]] = out[name]
        out[name] = table
    return Reader(out)
