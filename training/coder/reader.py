"""Trains the reader of processors/coder/reader.py further from what it starts from, with PyTorch on the processor."""

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from processors.coder.analysis import Candidate, Sentence
from processors.coder.pieces import Pieces
from processors.coder.reader import DISTANCES, HEADS, LAYERS, WIDTH, Reader, pairs_of, parts, place_of, reader, unpacked
from processors.records import EVENT_TYPES, STATUSES
from training.coder.base import Base
from training.coder.second import role_label

SEEN, TYPE = 192, 32
RATE, HEAD_RATE, DECAY, WARMING = 2e-4, 1e-3, 0.01, 100
DROP, DROP_SEEN = 0.1, 0.2
BATCH = 3072  # pieces in a batch
SWAPPED = 0.4  # the share of samples whose names are exchanged against others
# How much a step counts for: about what a batch holds of candidates, of events and of parties of events.
PER_EVENT, PER_STATUS, PER_ROLE = 200, 200, 290
FREQUENT = 60_000  # so many of the first pieces of the vocabulary, the frequent ones, are kept if they are Latin
_LATIN = re.compile(r"▁?[A-Za-zÀ-ɏ'’.-]+")


@dataclass(slots=True)
class Sample:
    """A part of a text of a language: its pieces and marks as of `Part`; of each candidate in it place and type,
    whether it is an event (1, 0, or -1 where the annotation has it by other words), and the place in STATUSES or -1; of
    each pair with a party the candidate's row, places and distance, and the role or -1."""

    text: int
    language: str
    pieces: np.ndarray
    marks: np.ndarray
    places: np.ndarray
    event: np.ndarray
    status: np.ndarray
    pairs: np.ndarray
    role: np.ndarray


def kept_pieces(whole: Base, texts: Iterable[str]) -> set[str]:
    """The pieces of the base that German and English need: those of the words of `texts`, and frequent Latin ones."""
    known = {
        piece: (n, float(chance)) for n, (piece, chance) in enumerate(zip(whole.pieces, whole.chances, strict=True))
    }
    cut = Pieces(known)
    words = {word for text in texts for word in re.findall(r"\w+|[^\w\s]", text)}
    out = {whole.pieces[number] for word in words for number in cut.of(word)}
    out |= {piece for piece in whole.pieces[:FREQUENT] if _LATIN.fullmatch(piece)}
    return {piece for piece in out | {"▁"} if "\n" not in piece}


def samples(
    text: int,
    language: str,
    sentences: Sequence[Sentence],
    candidates: Sequence[Candidate],
    found: Sequence[tuple[dict[str, Any] | None, bool]],
    pieces: Pieces,
) -> Iterator[Sample]:
    """A text, taken apart; `found` is what `matched` says of each candidate."""
    for part in parts(sentences, pieces):
        mine = [n for n, one in enumerate(candidates) if id(one.sentence) in part.begins]
        if not mine:
            continue
        pairs, roles = [], []
        for row, number in enumerate(mine):
            event = found[number][0]
            for party, place in pairs_of(candidates[number], part):
                pairs.append([row, *place])
                roles.append(min(role_label(event, name) for name in party.ids) if event and party.ids else -1)
        events = [found[number] for number in mine]
        yield Sample(
            text,
            language,
            np.array(part.pieces),
            np.array(part.marks),
            np.array([place_of(candidates[number], part) for number in mine]),
            np.array([1 if event else -1 if told else 0 for event, told in events]),
            np.array([STATUSES.index(event["status"]) if event else -1 for event, _ in events]),
            np.array(pairs, int).reshape(-1, 4),
            np.array(roles, int),
        )


def _names(one: Sample) -> Iterator[tuple[int, int, int]]:
    """Where somebody is named: the places of the first piece and behind the last, and the kind."""
    kinds = one.marks[:, 0]
    edges = np.flatnonzero(np.diff(kinds, prepend=-1, append=-1)).tolist()
    for begin, end in itertools.pairwise(edges):
        if kinds[begin]:
            yield begin, end, int(kinds[begin])


class Swapping:
    """Exchanges names against others of their kind, language and number of pieces: who does what is to be read from the
    sentence, not from who usually does it."""

    def __init__(self, many: Iterable[Sample], rng: np.random.Generator) -> None:
        self.rng = rng
        pool: dict[tuple[str, int, int], dict[tuple[int, ...], None]] = {}
        for one in many:
            for begin, end, kind in _names(one):
                pool.setdefault((one.language, kind, end - begin), {})[tuple(one.pieces[begin:end].tolist())] = None
        self.pool = {key: list(names) for key, names in pool.items()}

    def __call__(self, one: Sample) -> Sample:
        """The sample, in a share of SWAPPED with other names, the same one for the same."""
        if self.rng.random() >= SWAPPED:
            return one
        pieces, new = one.pieces.copy(), {}
        for begin, end, kind in _names(one):
            names = self.pool[one.language, kind, end - begin]
            old = tuple(one.pieces[begin:end].tolist())
            pieces[begin:end] = new.setdefault(old, names[self.rng.integers(len(names))])
        return replace(one, pieces=pieces)


class Encoder(nn.Module):
    """The lower layers of the base with their weights to be trained, under the names of `processors.coder.reader`."""

    def __init__(self, whole: Base) -> None:
        super().__init__()
        start: dict[str, Any] = {
            "place": whole.tensors["emb.pos"].reshape(-1, WIDTH) + whole.tensors["emb.type"][:WIDTH],
            "start_gain": whole.tensors["emb.ln.w"], "start_bias": whole.tensors["emb.ln.b"],
        }  # fmt: skip
        for n in range(LAYERS):
            of = {name[len(f"l{n}.") :]: value for name, value in whole.tensors.items() if name.startswith(f"l{n}.")}
            start |= {
                f"{n}_mix": np.concatenate([of["q.w"], of["k.w"], of["v.w"]], 1),
                f"{n}_mix_bias": np.concatenate([of["q.b"], of["k.b"], of["v.b"]]),
                f"{n}_out": of["ao.w"], f"{n}_out_bias": of["ao.b"], f"{n}_seen_gain": of["aln.w"],
                f"{n}_seen_bias": of["aln.b"], f"{n}_up": of["fi.w"], f"{n}_up_bias": of["fi.b"],
                f"{n}_down": of["fo.w"], f"{n}_down_bias": of["fo.b"], f"{n}_gain": of["oln.w"],
                f"{n}_bias": of["oln.b"],
            }  # fmt: skip
        self.register(start)

    def register(self, weights: dict[str, Any]) -> None:
        """Adds weights to be trained."""
        for name, value in weights.items():
            self.register_parameter(f"w_{name}", nn.Parameter(torch.as_tensor(value).float().clone()))

    def __getitem__(self, name: str) -> Tensor:
        return self.get_parameter(f"w_{name}")

    def drop(self, x: Tensor, share: float = DROP) -> Tensor:
        """Dropout, in training."""
        return functional.dropout(x, share, self.training)

    def linear(self, x: Tensor, name: str) -> Tensor:
        """The product with a matrix, and its bias."""
        return x @ self[name] + self[f"{name}_bias"]

    def encoded(self, x: Tensor, hidden: Tensor) -> Tensor:
        """What the layers make of the vectors of pieces, texts × pieces × width; `hidden` is added to what attention
        sees, -1e9 behind the end of a text."""

        def normed(x: Tensor, name: str) -> Tensor:
            return functional.layer_norm(x, (WIDTH,), self[f"{name}_gain"], self[f"{name}_bias"], 1e-12)

        texts, length, _ = x.shape
        x = self.drop(normed(x + self["place"][:length], "start"))
        for n in range(LAYERS):
            query, key, value = self.linear(x, f"{n}_mix").view(texts, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=hidden)
            seen = seen.transpose(1, 2).reshape(texts, length, WIDTH)
            x = normed(x + self.drop(self.linear(seen, f"{n}_out")), f"{n}_seen")
            x = normed(x + self.drop(self.linear(_gelu(self.linear(x, f"{n}_up")), f"{n}_down")), f"{n}")
        return x


def _gelu(x: Tensor) -> Tensor:
    return functional.gelu(x, approximate="tanh")


class Net(Encoder):
    """The reader with its weights to be trained; the vectors of the pieces (`fixed`) stay as they are."""

    def __init__(self, whole: Base, fixed: dict[str, np.ndarray], seed: int = 0) -> None:
        super().__init__(whole)
        torch.manual_seed(seed)
        self.fixed = fixed

        def normal(*shape: int, scale: float) -> Tensor:
            return torch.randn(*shape) * scale

        heads = {
            "kind": torch.zeros(20, WIDTH), "trigger": torch.zeros(len(EVENT_TYPES) + 1, WIDTH),
            "type": normal(len(EVENT_TYPES), TYPE, scale=0.3), "far": normal(DISTANCES, SEEN, scale=0.1),
            "seen": normal(2 * WIDTH + TYPE, SEEN, scale=0.03), "seen_bias": torch.zeros(SEEN),
            "event": normal(SEEN, 1, scale=0.05), "event_bias": torch.zeros(1),
            "status": normal(SEEN, len(STATUSES), scale=0.05), "status_bias": torch.zeros(len(STATUSES)),
            "does": normal(2 * WIDTH + TYPE, SEEN, scale=0.03), "named": normal(2 * WIDTH, SEEN, scale=0.03),
            "both": normal(SEEN, SEEN, scale=0.05), "both_bias": torch.zeros(SEEN),
            "role": normal(SEEN, 3, scale=0.05), "role_bias": torch.zeros(3),
        }  # fmt: skip
        self.heads = [f"w_{name}" for name in heads]
        self.register(heads)

    def forward(self, one: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of event, status and role."""
        texts, length, _ = one["words"].shape
        marks = one["marks"]
        x = one["words"] + self["kind"][marks[..., 0]]
        for column in range(1, marks.shape[2]):
            x = x + self["trigger"][marks[..., column]]
        x = self.drop(self.encoded(x, one["hidden"])).reshape(texts * length, WIDTH)
        places, pairs = one["places"], one["pairs"]
        candidate = torch.cat([x[places[:, 0]], x[places[:, 1]], self["type"][places[:, 2]]], 1)
        hidden = self.drop(_gelu(self.linear(candidate, "seen")), DROP_SEEN)
        party = torch.cat([x[pairs[:, 1]], x[pairs[:, 2]]], 1) @ self["named"]
        both = self.drop(_gelu((candidate @ self["does"])[pairs[:, 0]] + party + self["far"][pairs[:, 3]]), DROP_SEEN)
        return (
            self.linear(hidden, "event")[:, 0],
            self.linear(hidden, "status"),
            self.linear(_gelu(self.linear(both, "both")), "role"),
        )

    def batch(self, group: Sequence[Sample], weight: np.ndarray) -> dict[str, Tensor]:
        """Samples side by side, padded at their ends."""
        length = max(len(one.pieces) for one in group)
        pieces = np.zeros((len(group), length), np.int64)
        marks = np.zeros((len(group), length, group[0].marks.shape[1]), np.int64)
        hidden = np.full((len(group), 1, 1, length), -1e9, np.float32)
        places, pairs, count = [], [], 0
        for row, one in enumerate(group):
            pieces[row, : len(one.pieces)], marks[row, : len(one.pieces)] = one.pieces, one.marks
            hidden[row, ..., : len(one.pieces)] = 0
            places.append(one.places + np.array([row * length, row * length, 0]))
            pairs.append(one.pairs + np.array([count, row * length, row * length, 0]))
            count += len(one.places)
        columns = {
            "words": unpacked(self.fixed["word"][pieces], self.fixed["word_scale"][pieces]),
            "marks": marks, "hidden": hidden, "places": np.concatenate(places), "pairs": np.concatenate(pairs),
            "event": np.concatenate([one.event for one in group]),
            "status": np.concatenate([one.status for one in group]),
            "role": np.concatenate([one.role for one in group]),
            "weight": np.concatenate([np.full(len(one.event), weight[one.text], np.float32) for one in group]),
            "role_weight": np.concatenate([np.full(len(one.role), weight[one.text], np.float32) for one in group]),
        }  # fmt: skip
        return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in columns.items()}


def groups(lengths: np.ndarray, rng: np.random.Generator | None) -> list[list[int]]:
    """Numbers of texts of about the same length (in pieces) together, a batch each; at random where `rng` is given."""
    order = np.argsort(lengths if rng is None else lengths * rng.uniform(0.9, 1.1, len(lengths)))
    out: list[list[int]] = [[]]
    longest = 0
    for number in order.tolist():
        longest = max(longest, int(lengths[number]))
        if out[-1] and longest * (len(out[-1]) + 1) > BATCH:
            out.append([])
            longest = int(lengths[number])
        out[-1].append(number)
    if rng is not None:
        rng.shuffle(out)
    return out


def _loss(net: Net, one: dict[str, Tensor]) -> Tensor:
    event, status, role = net(one)
    told, known, seen = one["event"] >= 0, one["status"] >= 0, one["role"] >= 0
    first = functional.binary_cross_entropy_with_logits(event[told], one["event"][told].float(), reduction="none")
    second = functional.cross_entropy(status[known], one["status"][known], reduction="none")
    third = functional.cross_entropy(role[seen], one["role"][seen], reduction="none")
    return (
        (first * one["weight"][told]).sum() / PER_EVENT
        + (second * one["weight"][known]).sum() / PER_STATUS
        + (third * one["role_weight"][seen]).sum() / PER_ROLE
    )


def train(net: Net, many: Sequence[Sample], weight: np.ndarray, epochs: int, seed: int = 0, rate: float = 1.0) -> None:
    """Trains the net in place, each sample weighing by its text's `weight`, from `rate` times the usual rates on."""
    rng = np.random.default_rng(seed)
    swapped = Swapping(many, rng)
    torch.manual_seed(seed)
    heads = [net.get_parameter(name) for name in net.heads]
    body = [value for name, value in net.named_parameters() if name not in net.heads]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate * RATE}, {"params": heads, "lr": rate * HEAD_RATE}], weight_decay=DECAY
    )
    lengths = np.array([len(one.pieces) for one in many])
    steps = epochs * len(groups(lengths, np.random.default_rng(0)))

    def share(step: int) -> float:
        return min((step + 1) / WARMING, max(0.02, 0.5 * (1 + math.cos(math.pi * step / (steps * 1.02)))))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    net.train()
    for epoch in range(epochs):
        for number, group in enumerate(groups(lengths, rng)):
            loss = _loss(net, net.batch([swapped(many[n]) for n in group], weight))
            improve(net, loss, optimizer, schedule)
            if number % 50 == 0:
                print(f"epoch {epoch + 1} of {epochs}, batch {number}: loss {float(loss):.3f}", flush=True)


def improve(
    net: Encoder, loss: Tensor, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler
) -> None:
    """One step down the slope of the loss, no longer than 1."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def packed(net: Net) -> dict[str, np.ndarray]:
    """The weights as arrays to store, for `processors.coder.reader.reader`: the large matrices in eight bits."""
    out = {f"reader_{name}": value for name, value in net.fixed.items()}
    for name, value in net.named_parameters():
        key, array = f"reader_{name.removeprefix('w_')}", value.detach().numpy()
        if re.fullmatch(r"w_\d_(mix|out|up|down)", name):
            scale = np.abs(array).max(axis=0) / 127
            out[key], out[f"{key}_scale"] = np.round(array / scale).astype(np.int8), scale.astype(np.float32)
        else:
            out[key] = array.astype(np.float16)
    return out


def applied(net: Net) -> Reader:
    """The reader as it will be used, in eight bits."""
    return reader(packed(net))
