"""A small transformer that reads a text's sentences together and judges each candidate by them: is it an event, of
which status, and who of those named has which role in it.

The linear models see the features around one trigger, the forests a few numbers on all candidates; what the words
mean, and who acts on whom, is seen here. It is the lower half of multilingual-e5-small (Wang et al. 2024,
"Multilingual E5 text embeddings"; six layers of 384), its vocabulary reduced to German and English, trained further on
annotated texts by training/coder/reader.py, and told beside each word whether somebody is named there and of which
types the word is a trigger. No parse is needed. Its layers are in layers.py, all else is applied with numpy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from processors.coder.analysis import KIND, TYPES, Candidate, Party, Sentence
from processors.coder.layers import Layers
from processors.coder.pieces import Pieces

WIDTH, HEADS, LAYERS = 384, 12, 6
# The numbers of the pieces before a text and after a sentence.
START, END = 1, 2
# So many pieces are read together; a longer text is read in parts.
TOGETHER = 256
_TRIGGERS = 3
# How far a party stands from the trigger: steps of two words up to fourteen after it and before it; the sentence
# before; the first sentence.
_STEP, _FARTHEST, _BEFORE, _FIRST = 2, 15, 16, 17
DISTANCES = 18


@dataclass(slots=True)
class Part:
    """Consecutive sentences of a text: per piece its number, and the kind of who is named there and up to three types
    of triggers (0: none); where the words of each sentence begin, by the sentence's `id`."""

    pieces: list[int]
    marks: list[list[int]]
    begins: dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says of a candidate: the chance of an event, of each of STATUSES, and for each id of those named
    near it the chances of actor, recipient and neither."""

    chance: float
    status: tuple[float, ...]
    roles: dict[str, tuple[float, float, float]]


def parts(sentences: Iterable[Sentence], pieces: Pieces) -> list[Part]:
    """The sentences that have words, as they are read together."""
    out: list[Part] = []
    for sentence in sentences:
        if not sentence.words:
            continue
        cut = [pieces.of(word.text) for word in sentence.words]
        length = sum(map(len, cut)) + 1
        if not out or len(out[-1].pieces) + length > TOGETHER:
            out.append(Part([START], [[0] * (1 + _TRIGGERS)], {}))
        part, begins = out[-1], []
        for numbers, mark in zip(cut, _marks(sentence), strict=True):
            begins.append(min(len(part.pieces), TOGETHER - 1))
            part.pieces.extend(numbers)
            part.marks.extend([mark] * len(numbers))
        part.pieces.append(END)
        part.marks.append([0] * (1 + _TRIGGERS))
        part.begins[id(sentence)] = begins
        del part.pieces[TOGETHER:], part.marks[TOGETHER:]
    return out


def _marks(sentence: Sentence) -> list[list[int]]:
    out = [[0] * (1 + _TRIGGERS) for _ in sentence.words]
    for party in sentence.parties:
        for place in range(party.words[0], party.words[1] + 1):
            out[place][0] = KIND.get(party.kind, len(KIND)) + 1
    for found in sentence.found:
        number = TYPES[found.rule.type] + 1
        for place in found.words:
            row = out[place]
            if number not in row[1:] and 0 in row[1:]:
                row[row.index(0, 1)] = number
    return out


def place_of(candidate: Candidate, part: Part) -> list[int]:
    """A candidate as numbers: where its first and its last word begin in the part, and its type."""
    begins, words = part.begins[id(candidate.sentence)], candidate.found.words
    return [begins[words[0]], begins[words[-1]], TYPES[candidate.found.rule.type]]


def pairs_of(candidate: Candidate, part: Part) -> list[tuple[Party, list[int]]]:
    """Each party near a candidate, with where its first and last word begin and how far it stands from the trigger."""
    out = []
    for sentence in (candidate.sentence, *candidate.others):
        begins = part.begins.get(id(sentence), [])
        for party in sentence.parties if begins else ():
            far = _distance(candidate, sentence, party)
            out.append((party, [begins[party.words[0]], begins[party.words[1]], far]))
    return out


def _distance(candidate: Candidate, sentence: Sentence, party: Party) -> int:
    if sentence is not candidate.sentence:
        return _BEFORE if sentence.index == candidate.sentence.index - 1 else _FIRST
    gap = party.words[0] - candidate.head
    return min(abs(gap), _FARTHEST) // _STEP + (8 if gap < 0 else 0)


@dataclass(frozen=True, slots=True)
class Reader:
    """The weights, by name, the layers and the vocabulary; `judge` applies them."""

    weights: dict[str, Any]
    layers: Layers
    pieces: Pieces

    def judge(self, texts: Iterable[tuple[Sequence[Sentence], Sequence[Candidate]]]) -> list[list[Reading]]:
        """What it says of each candidate of some texts. Read are the sentences of the candidates and those beside them
        whose parties may be meant."""
        texts = list(texts)
        out: dict[int, Reading] = {}
        for sentences, candidates in texts:
            wanted = {id(one) for each in candidates for one in (each.sentence, *each.others)}
            for part in parts((one for one in sentences if id(one) in wanted), self.pieces):
                if mine := [one for one in candidates if id(one.sentence) in part.begins]:
                    out.update(zip(map(id, mine), self._judge(part, mine), strict=True))
        return [[out[id(one)] for one in candidates] for _, candidates in texts]

    def _judge(self, part: Part, mine: Sequence[Candidate]) -> list[Reading]:
        import numpy as np

        near = [pairs_of(one, part) for one in mine]
        places = np.array([place_of(one, part) for one in mine])
        pairs = np.array([[n, *place] for n, named in enumerate(near) for _, place in named], int).reshape(-1, 4)
        asked, at = np.unique(np.concatenate([places[:, :2].ravel(), pairs[:, 1:3].ravel()]), return_inverse=True)
        places[:, :2], pairs[:, 1:3] = at[: 2 * len(places)].reshape(-1, 2), at[2 * len(places) :].reshape(-1, 2)
        seen = self.layers(self._vectors(np.array(part.pieces), np.array(part.marks)), asked)
        chances, statuses, roles = (each.tolist() for each in self._heads(seen, places, pairs))
        odds = iter(roles)
        return [
            Reading(chance, tuple(status), _by_id([(party, next(odds)) for party, _ in named]))
            for chance, status, named in zip(chances, statuses, near, strict=True)
        ]

    def _vectors(self, pieces: Any, marks: Any) -> Any:
        """What the layers begin with, for each piece of a part."""
        w = self.weights
        x = unpacked(w["word"][pieces], w["word_scale"][pieces]) + w["place"][: len(pieces)] + w["kind"][marks[:, 0]]
        return _normed(x + w["trigger"][marks[:, 1:]].sum(axis=1), w["start_gain"], w["start_bias"])

    def _heads(self, x: Any, places: Any, pairs: Any) -> tuple[Any, Any, Any]:
        """The chances of candidates (rows of `place_of`): event, and each status; and of pairs (the candidate's row,
        then as in `pairs_of`) each role."""
        import numpy as np

        w = self.weights
        seen = np.concatenate([x[places[:, 0]], x[places[:, 1]], w["type"][places[:, 2]]], axis=1)
        hidden = _gelu(seen @ w["seen"] + w["seen_bias"])
        event = 1 / (1 + np.exp(-(hidden @ w["event"] + w["event_bias"])[:, 0]))
        named = np.concatenate([x[pairs[:, 1]], x[pairs[:, 2]]], axis=1) @ w["named"]
        both = _gelu((seen @ w["does"])[pairs[:, 0]] + named + w["far"][pairs[:, 3]])
        role = _gelu(both @ w["both"] + w["both_bias"]) @ w["role"] + w["role_bias"]
        return event, _softmax(hidden @ w["status"] + w["status_bias"]), _softmax(role)


def _by_id(named: Iterable[tuple[Party, Sequence[float]]]) -> dict[str, tuple[float, float, float]]:
    """Somebody named twice has the role of where they are likeliest to have one."""
    out: dict[str, tuple[float, float, float]] = {}
    for party, (actor, recipient, neither) in named:
        for name in party.ids:
            if name not in out or neither < out[name][2]:
                out[name] = (actor, recipient, neither)
    return out


def unpacked(packed: Any, scale: Any) -> Any:
    """Vectors of four bits a value, in blocks of 32 with a scale each: the low halves of 16 bytes, then the high."""
    import numpy as np

    blocks = packed.reshape(*packed.shape[:-1], -1, 16)
    values = np.concatenate([blocks & 15, blocks >> 4], axis=-1).astype(np.float32) - 8
    return (values * scale[..., None].astype(np.float32)).reshape(*packed.shape[:-1], -1)


def _softmax(x: Any) -> Any:
    import numpy as np

    x = np.exp(x - x.max(axis=-1, keepdims=True)) if len(x) else x
    return x / x.sum(axis=-1, keepdims=True)


def _gelu(x: Any) -> Any:
    import numpy as np

    inner = x * x
    inner *= 0.044715 * 0.7978845608
    inner += 0.7978845608
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= 0.5
    return inner


def _normed(x: Any, gain: Any, bias: Any) -> Any:
    import numpy as np

    x = x - x.mean(axis=1, keepdims=True)
    return x / np.sqrt((x * x).mean(axis=1, keepdims=True) + 1e-12) * gain + bias


def reader(stored: Any) -> Reader:
    """The reader of a file of weights."""
    import numpy as np

    weights: dict[str, Any] = {}
    for name in stored:
        if name.startswith("reader_"):
            value = stored[name]
            weights[name.removeprefix("reader_")] = value.astype(np.float32) if value.dtype == np.float16 else value
    layers = Layers(weights, LAYERS, HEADS)
    kept = {name: value for name, value in weights.items() if not name[:1].isdigit()}  # The layers have the others.
    return Reader(kept, layers, pieces_of(kept.pop("pieces"), kept.pop("chances")))


def pieces_of(names: Any, chances: Any) -> Pieces:
    """The vocabulary as it is stored: names on lines, in bytes, and log chances."""
    pairs = zip(bytes(names).decode().split("\n"), chances.tolist(), strict=True)
    return Pieces({name: (number, chance) for number, (name, chance) in enumerate(pairs)})
