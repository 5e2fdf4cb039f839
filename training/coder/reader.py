"""Trains the net of processors/coder/reader.py, with JAX on the processor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from processors.coder.analysis import Candidate, Sentence
from processors.coder.reader import BESIDE, COLUMNS, DILATIONS, TABLES, TOGETHER, Reader, parts, place_of
from processors.records import EVENT_TYPES, STATUSES

WIDTH, SEEN = 64, 96
EPOCHS, RATE, DECAY = 7, 3e-3, 1e-4
DROP, DROP_WORD, DROP_SEEN = 0.25, 0.12, 0.3
BATCH = 6144  # words in a batch
LENGTHS = (40, 112, TOGETHER)
STATUS_WEIGHT = 0.5


@dataclass(slots=True)
class Sample:
    """A part of a text with the candidates in it: `places` as of `place_of`, `event` 1 for an event, 0 for none, -1
    where the annotation has it by other words, `status` a place in STATUSES or -1, `numbers` the candidates' places
    among those of the text."""

    text: int
    words: np.ndarray
    places: np.ndarray
    event: np.ndarray
    status: np.ndarray
    numbers: np.ndarray


def samples(
    text: int,
    sentences: Sequence[Sentence],
    candidates: Sequence[Candidate],
    found: Sequence[tuple[dict[str, Any] | None, bool]],
    language: str,
) -> Iterator[Sample]:
    """A text, taken apart; `found` is what `matched` says of each candidate."""
    for part in parts(sentences, language):
        mine = [n for n, one in enumerate(candidates) if id(one.sentence) in part.begins]
        if mine:
            events = [found[n] for n in mine]
            yield Sample(
                text,
                np.array(part.words, np.int32)[:TOGETHER],
                np.minimum(np.array([place_of(candidates[n], part) for n in mine], np.int32), TOGETHER - 1),
                np.array([1 if event else -1 if told else 0 for event, told in events], np.int32),
                np.array([STATUSES.index(event["status"]) if event else -1 for event, _ in events], np.int32),
                np.array(mine, np.int32),
            )


Weights = dict[str, jax.Array]


def _started(seed: int) -> Weights:
    keys = iter(jax.random.split(jax.random.PRNGKey(seed), 40))

    def normal(*shape: int, scale: float = 0.1) -> jax.Array:
        return jax.random.normal(next(keys), shape) * scale

    out = {
        "form": normal(TABLES[0], 48), "lemma": normal(TABLES[1], 48), "ending": normal(TABLES[2], 16),
        "shape": normal(8, 8), "kind": normal(20, 16), "trigger": normal(len(EVENT_TYPES) + 1, 32),
        "index": normal(6, 8), "type": normal(len(EVENT_TYPES), 24), "count": normal(4, 4),
    }  # fmt: skip
    read = 48 + 48 + 16 + 8 + 16 + 32 + 8
    out |= {"in": normal(read, WIDTH, scale=read**-0.5), "in_bias": jnp.zeros(WIDTH)}
    for number in range(len(DILATIONS)):
        out[f"conv{number}"] = normal(3 * WIDTH, 2 * WIDTH, scale=(3 * WIDTH) ** -0.5)
        out[f"conv{number}_bias"] = jnp.zeros(2 * WIDTH)
    out |= {"seen": normal(5 * WIDTH + 24 + 4, SEEN, scale=0.06), "seen_bias": jnp.zeros(SEEN)}
    out |= {"event": normal(SEEN, 1), "event_bias": jnp.zeros(1)}
    return out | {"status": normal(SEEN, len(STATUSES)), "status_bias": jnp.zeros(len(STATUSES))}


def _normed(x: jax.Array) -> jax.Array:
    x = x - x.mean(-1, keepdims=True)
    return x / jnp.sqrt((x * x).mean(-1, keepdims=True) + 1e-5)


def _dropped(x: jax.Array, key: jax.Array | None, share: float) -> jax.Array:
    return x if key is None else x * jax.random.bernoulli(key, 1 - share, x.shape) / (1 - share)


def _scores(
    w: Weights, words: jax.Array, places: jax.Array, key: jax.Array | None = None
) -> tuple[jax.Array, jax.Array]:
    """Logits of event and status: `words` (texts, length, COLUMNS), `places` (candidates, text and `place_of`)."""
    keys = jax.random.split(key, 3) if key is not None else [None] * 3
    there = ((words[..., 0] > 0) | (words[..., 4] > 0))[..., None]
    if key is not None:
        kept = jax.random.bernoulli(keys[0], 1 - DROP_WORD, words.shape[:2])[..., None]
        words = jnp.concatenate([words[..., :3] * kept, words[..., 3:]], -1)
    triggers = w["trigger"][words[..., 5]] + w["trigger"][words[..., 6]] + w["trigger"][words[..., 7]]
    columns = [w["form"][words[..., 0]], w["lemma"][words[..., 1]], w["ending"][words[..., 2]],
               w["shape"][words[..., 3]], w["kind"][words[..., 4]], triggers, w["index"][words[..., 8]]]  # fmt: skip
    x = _dropped(_normed(jnp.concatenate(columns, -1) @ w["in"] + w["in_bias"]), keys[1], DROP) * there
    for number, apart in enumerate(DILATIONS):
        padded = jnp.pad(x, ((0, 0), (apart, apart), (0, 0)))
        near = jnp.concatenate([padded[:, : -2 * apart], x, padded[:, 2 * apart :]], -1)
        value, gate = jnp.split(near @ w[f"conv{number}"] + w[f"conv{number}_bias"], 2, -1)
        x = _normed(x + value * jax.nn.sigmoid(gate)) * there
    whole = jnp.where(there, x, -1e4).max(1)
    sums = jnp.concatenate([jnp.zeros((x.shape[0], 1, x.shape[2])), jnp.cumsum(x, 1)], 1)
    text, first, last = places[:, 0], places[:, 1], places[:, 2]

    def mean(begin: jax.Array, end: jax.Array) -> jax.Array:
        return (sums[text, end] - sums[text, begin]) / jnp.maximum(end - begin, 1)[:, None]

    length = there[..., 0].sum(1)[text]
    before = mean(jnp.maximum(first - BESIDE, 0), first)
    after = mean(last + 1, jnp.maximum(jnp.minimum(last + 1 + BESIDE, length), last + 1))
    seen = jnp.concatenate([x[text, first], x[text, last], before, after, whole[text], w["type"][places[:, 3]],
                            w["count"][places[:, 4]]], -1)  # fmt: skip
    hidden = _dropped(jax.nn.relu(seen @ w["seen"] + w["seen_bias"]), keys[2], DROP_SEEN)
    return (hidden @ w["event"] + w["event_bias"])[:, 0], hidden @ w["status"] + w["status_bias"]


def _batches(many: Sequence[Sample], weight: np.ndarray, rng: np.random.Generator | None) -> list[tuple[Any, ...]]:
    """Samples of about the same length together, padded: words, places, event, status, weight, and the samples."""
    order = np.arange(len(many)) if rng is None else rng.permutation(len(many))
    room = BATCH // 6
    groups: list[tuple[int, list[int]]] = []
    for low, length in zip((0, *LENGTHS), LENGTHS, strict=False):
        group: list[int] = []
        used = 0
        for number in order:
            if not low < len(many[number].words) <= length:
                continue
            if group and (len(group) == BATCH // length or used + len(many[number].places) > room):
                groups.append((length, group))
                group, used = [], 0
            group.append(int(number))
            used += len(many[number].places)
        if group:
            groups.append((length, group))
    if rng is not None:
        rng.shuffle(groups)
    return [(*_padded(length, room, [many[n] for n in group], weight), group) for length, group in groups]


def _padded(length: int, room: int, group: Sequence[Sample], weight: np.ndarray) -> tuple[Any, ...]:
    words = np.zeros((BATCH // length, length, COLUMNS), np.int32)
    places = np.zeros((room, 5), np.int32)
    event, status = np.full(room, -1, np.int32), np.full(room, -1, np.int32)
    weights, at = np.zeros(room, np.float32), 0
    for row, one in enumerate(group):
        words[row, : len(one.words)] = one.words
        count = min(len(one.places), room - at)
        here = slice(at, at + count)
        places[here, 0], places[here, 1:] = row, one.places[:count]
        event[here], status[here], weights[here] = one.event[:count], one.status[:count], weight[one.text]
        at += count
    return words, places, event, status, weights


def trained(many: Sequence[Sample], weight: np.ndarray, seed: int = 0) -> Reader:
    """The net, trained on some samples, each weighing by its text's `weight`."""
    known = _known(many)
    many = [_reduced(one, known) for one in many]
    weight = weight / np.average([weight[one.text] for one in many], weights=[len(one.places) for one in many])
    rng = np.random.default_rng(seed)
    steps = EPOCHS * len(_batches(many, weight, np.random.default_rng(0)))
    plan = optax.warmup_cosine_decay_schedule(0.0, RATE, min(100, steps // 4), steps)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(plan, weight_decay=DECAY))
    weights = _started(seed)
    state = optimizer.init(weights)

    def loss(w: Weights, key: jax.Array, *batch: jax.Array) -> jax.Array:
        words, places, event, status, each = batch
        chance, which = _scores(w, words, places, key)
        first = optax.sigmoid_binary_cross_entropy(chance, jnp.maximum(event, 0)) * each * (event >= 0)
        second = optax.softmax_cross_entropy_with_integer_labels(which, jnp.maximum(status, 0)) * each * (status >= 0)
        return first.sum() / 300 + STATUS_WEIGHT * second.sum() / 150

    @jax.jit
    def step(w: Weights, state: Any, key: jax.Array, *batch: jax.Array) -> tuple[Weights, Any]:
        updates, state = optimizer.update(jax.grad(loss)(w, key, *batch), state, w)
        return optax.apply_updates(w, updates), state

    key = jax.random.PRNGKey(seed)
    for _ in range(EPOCHS):
        for *batch, _group in _batches(many, weight, rng):
            key, now = jax.random.split(key)
            weights, state = step(weights, state, now, *batch)
    # Words that were too rare to have a row of their own are read as number 1.
    out = {name: np.asarray(value) for name, value in weights.items()}
    for name, rows in zip(("form", "lemma", "ending"), known, strict=True):
        out[name] = np.where(rows[:, None], out[name], out[name][1])
    return Reader(out)


def _known(many: Sequence[Sample]) -> list[np.ndarray]:
    """Which rows of the tables are of words seen twice."""
    out = []
    for column, size in enumerate(TABLES):
        counts = np.bincount(np.concatenate([one.words[:, column] for one in many]), minlength=size)
        counts[:2] = 2
        out.append(counts > 1)
    return out


def _reduced(one: Sample, known: list[np.ndarray]) -> Sample:
    words = one.words.copy()
    for column, rows in enumerate(known):
        words[:, column] = np.where(rows[words[:, column]], words[:, column], 1)
    return Sample(one.text, words, one.places, one.event, one.status, one.numbers)


def packed(net: Reader) -> dict[str, np.ndarray]:
    """The weights as arrays to store, for `processors.coder.reader.reader`."""
    out: dict[str, np.ndarray] = {}
    for name, value in net.weights.items():
        if name in ("form", "lemma", "ending"):
            rows = np.flatnonzero((value != value[1]).any(axis=1) | (np.arange(len(value)) == 1))
            rows = np.union1d(rows, [0])
            out[f"reader_{name}_rows"] = rows.astype(np.uint16)
            value = value[rows]
        out[f"reader_{name}"] = value.astype(np.float16)
    return out


_judge = jax.jit(_scores)


def judged(net: Reader, many: Sequence[Sample]) -> Iterator[tuple[Sample, np.ndarray, np.ndarray]]:
    """Of each sample the chances of its candidates: event, and each status."""
    weights = {name: jnp.asarray(value) for name, value in net.weights.items()}
    ones = np.ones(max(one.text for one in many) + 1)
    for words, places, _event, _status, _weight, group in _batches(many, ones, None):
        chance, which = _judge(weights, words, places)
        chances, statuses = np.asarray(jax.nn.sigmoid(chance)), np.asarray(jax.nn.softmax(which))
        at = 0
        for number in group:
            count = min(len(many[number].places), len(chances) - at)
            yield many[number], chances[at : at + count], statuses[at : at + count]
            at += count
