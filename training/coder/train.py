"""Trains the coder's learned layer on annotated texts.

usage: python -m training.coder.train --gold FILE... --base e5-small-q4.bin --output models/coder.npz

Each language has its linear models and forests, trained on the texts of all: words are features of their language,
rules, relations and cues of all; its own texts weigh more. The reader is one for all.

The reader is trained on half of the texts first, and reads the other half: from what it and the linear models (by
folds) say of texts that they never saw the forests learn, by folds again; their predictions choose the thresholds and
calibrate the confidence. Then the reader is trained on, on all texts.
"""

import argparse
import json
import pickle
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from processors.coder.analysis import Sentence
from processors.coder.coding import Description, describe, judge, parse_sentences, proposals, read, tools
from processors.coder.context import event_row, role_rows, status_row, worth
from processors.coder.model import BITS, Linear, Models, bucket
from processors.coder.reader import Reading, pieces_of
from processors.coder.trees import Forest
from processors.records import STATUSES
from training.coder import reader as net_of
from training.coder.base import base, vocabulary
from training.coder.gold import matched, read_gold, read_labels
from training.coder.own import demo_rows, own_rows, pair_rows, sense_rows, sentence_rows, wire_rows
from training.coder.second import (
    ROLES,
    Labelled,
    event_forest,
    labelled,
    packed,
    role_forest,
    role_label,
    status_forest,
)
from training.coder.thresholds import calibration, calibration_table, scores, tuned, type_offsets
from training.coder.weights import READ_WEIGHTS, influence, kind_of, trust_of

FOLDS = 4
HALF_EPOCHS, ALL_EPOCHS, ALL_RATE = 3, 2, 0.6  # of the reader's training, on half of the texts and then on all


def analysed(rows: list[dict[str, Any]]) -> list[list[Sentence]]:
    """Every text's sentences, those with a trigger parsed."""
    out: list[list[Sentence]] = [[] for _ in rows]
    for language in sorted({row["lang"] for row in rows}):
        kit = tools(language)
        numbers = [number for number, row in enumerate(rows) if row["lang"] == language]
        for number in numbers:
            row = rows[number]
            out[number] = read(row["text"], date.fromisoformat(row["date"][:10]) if row.get("date") else None, kit)
        parse_sentences([one for number in numbers for one in out[number] if one.found], language)
    return out


def described(rows: list[dict[str, Any]], texts: list[list[Sentence]]) -> list[list[Description]]:
    """Every text's candidates with their features."""
    out = []
    for row, sentences in zip(rows, texts, strict=True):
        kit = tools(row["lang"])
        out.append([describe(proposal, kit) for proposal in proposals(sentences, kit)])
    return out


def matrix(rows: list[list[str]]) -> sparse.csr_matrix:
    """Hashed features as a sparse matrix."""
    indptr, indices = [0], []
    for row in rows:
        indices += [bucket(feature) for feature in row]
        indptr.append(len(indices))
    return sparse.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), shape=(len(rows), 1 << BITS))


class Examples:
    """Training examples of the three models, each with the text that it is from."""

    def __init__(self, rows: list[dict[str, Any]], texts: list[list[Description]], rest_weight: float = 0.0) -> None:
        self.event: tuple[list, list, list, list] = ([], [], [], [])
        self.status: tuple[list, list, list, list] = ([], [], [], [])
        self.role: tuple[list, list, list, list] = ([], [], [], [])
        for number, (row, text) in enumerate(zip(rows, texts, strict=True)):
            trust = trust_of(row)
            for one in text:
                event, present = matched(one, row["events"])
                if event is not None or not present:
                    self._add(self.event, one.event, int(event is not None), trust, number)
                else:
                    self._add(self.event, one.event, 0, trust * rest_weight, number)
                if event is not None:
                    self._describe(one, event, trust, number)

    def _describe(self, one: Description, event: dict[str, Any], trust: float, number: int) -> None:
        self._add(self.status, one.status, STATUSES.index(event["status"]), trust, number)
        for name, (_here, features) in one.roles.items():
            self._add(self.role, features, role_label(event, name), trust, number)

    @staticmethod
    def _add(store: tuple, features: list[str], label: int, weight: float, number: int) -> None:
        for column, value in zip(store, (features, label, weight, number), strict=True):
            column.append(value)


def fit(
    store: tuple, keep: np.ndarray, classes: tuple[str, ...], strength: float, cached: dict, factor: np.ndarray
) -> Linear:
    """A logistic regression over the examples of the texts in `keep`, each weighing by its text's `factor`."""
    if id(store) not in cached:
        x = matrix(store[0])
        # What was seen once teaches nothing about other texts.
        columns = np.flatnonzero(np.bincount(x.indices, minlength=1 << BITS) > 1)
        cached[id(store)] = (x[:, columns], columns, np.array(store[1]), np.array(store[2]), np.array(store[3]))
    x, columns, y, weight, text = cached[id(store)]
    chosen = np.isin(text, keep) & (weight > 0)
    model = LogisticRegression(C=strength, max_iter=100, solver="lbfgs", tol=2e-3)
    model.fit(x[chosen], y[chosen], sample_weight=(weight * factor[text])[chosen])
    if len(classes) > 1 and len(model.classes_) != len(classes):
        raise ValueError(f"a fold has only the classes {model.classes_}")
    weights = np.zeros((1 << BITS, len(classes)), np.float32)
    weights[columns] = model.coef_.T
    return Linear(classes, weights, model.intercept_.astype(np.float32))


STRENGTH = {
    "de": {"event": 0.2, "status": 0.15, "role": 0.2},
    "en": {"event": 0.2, "status": 0.1, "role": 0.1},
}


def first_models(
    examples: Examples, keep: np.ndarray, cached: dict, language: str, factor: np.ndarray
) -> dict[str, Linear]:
    """The first judgement of a language over the texts in `keep`."""
    strength = STRENGTH[language]
    return {
        "event": fit(examples.event, keep, ("yes",), strength["event"], cached, factor),
        "status": fit(examples.status, keep, STATUSES, strength["status"], cached, factor),
        "role": fit(examples.role, keep, ROLES, strength["role"], cached, factor),
    }


def fold_numbers(rows: list[dict[str, Any]], folds: int) -> np.ndarray:
    """A fold for each text; texts made from one frame are in the same."""
    groups = [row["id"].rsplit("-", 1)[0] if row.get("own") else row["id"] for row in rows]
    shuffled = np.random.default_rng(7).permutation(len(rows)) % folds
    return np.array([shuffled[number] for number in map({g: n for n, g in enumerate(groups)}.get, groups)])


def readings(
    rows: list, texts: list[list[Description]], sentences: list, path: Path
) -> tuple[net_of.Net, dict[int, list[Reading]]]:
    """The reader, and what it said of the candidates of half of the texts, by number, when it had not seen them."""
    whole = base(path)
    fixed = vocabulary(whole, net_of.kept_pieces(whole, (row["text"] for row in rows)))
    net, pieces = net_of.Net(whole, fixed), pieces_of(fixed["pieces"], fixed["chances"])
    many = [
        sample
        for number, (row, text) in enumerate(zip(rows, texts, strict=True))
        for sample in net_of.samples(
            number, row["lang"], sentences[number], [one.candidate for one in text],
            [matched(one, row["events"]) for one in text], pieces,
        )
    ]  # fmt: skip
    weight = np.array([trust_of(row) * READ_WEIGHTS[kind_of(row)] for row in rows], np.float32)
    held = fold_numbers(rows, FOLDS) % 2 == 0
    net_of.train(net, [one for one in many if not held[one.text]], weight, HALF_EPOCHS)
    half = net_of.applied(net)
    those = np.flatnonzero(held).tolist()
    read = half.judge((sentences[number], [one.candidate for one in texts[number]]) for number in those)
    out = dict(zip(those, read, strict=True))
    net_of.train(net, many, weight, ALL_EPOCHS, rate=ALL_RATE)
    return net, out


def first_judgements(
    rows: list, texts: list, read: dict[int, list[Reading]], examples: Examples, cached: dict, language: str
) -> list[list[Labelled]]:
    """The candidates of the texts that were read, judged by a language's models that never saw the text."""
    numbers, factor = fold_numbers(rows, FOLDS), influence(rows, language)
    out: list[list[Labelled]] = [[] for _ in rows]
    for fold in sorted({int(numbers[number]) for number in read}):
        models = Models(**first_models(examples, np.flatnonzero(numbers != fold), cached, language, factor),
                        **NO_SECOND, settings={})  # fmt: skip
        for number in sorted(number for number in read if numbers[number] == fold):
            row = rows[number]
            pairs = [
                (judge(one, models, None, reading), matched(one, row["events"]))
                for one, reading in zip(texts[number], read[number], strict=True)
            ]
            pairs = [pair for pair in pairs if worth(pair[0].chance, pair[0].read)]
            out[number] = labelled(
                [one for one, _ in pairs], [found for _, found in pairs],
                number, trust_of(row) * float(factor[number]), row["lang"],
            )  # fmt: skip
    return out


NO_SECOND: dict[str, Any] = {"second_event": None, "second_status": None, "second_role": None, "reader": None}


def second_models(texts: list[list[Labelled]]) -> dict[str, Forest]:
    """The second judgement, trained on the first's of texts that it never saw; in place, each text's candidates get the
    second judgement of forests that never saw the text."""
    numbers = np.random.default_rng(3).permutation(len(texts)) % FOLDS
    everything = [each for text in texts for each in text]
    rest = [[each for each in everything if numbers[each.number] != fold] for fold in range(FOLDS)]
    held = [[each for each in everything if numbers[each.number] == fold] for fold in range(FOLDS)]
    out = {"second_role": role_forest(everything), "second_status": status_forest(everything)}
    roles, statuses = [], []
    for fold in range(FOLDS):
        roles.append(_second_roles(role_forest(rest[fold]), held[fold]))
        rows = [status_row(each.one, each.near, each.language) for each in held[fold]]
        statuses.append(status_forest(rest[fold]).probabilities(np.array(rows)))
    for fold in range(FOLDS):
        for each, odds in zip(held[fold], roles[fold], strict=True):
            each.one.roles = odds
    out["second_event"] = event_forest(everything)
    chances = [
        event_forest(rest[fold]).probabilities(
            np.array([event_row(each.one, each.near, each.language) for each in held[fold]])
        )
        for fold in range(FOLDS)
    ]
    for fold in range(FOLDS):
        for each, status, chance in zip(held[fold], statuses[fold], chances[fold], strict=True):
            each.one.status, each.one.chance = dict(zip(STATUSES, status.tolist(), strict=True)), float(chance[0])
    return out


def _second_roles(model: Forest, many: list[Labelled]) -> list[dict[str, dict[str, float]]]:
    rows = [row for each in many for row in role_rows(each.one, each.near, each.language)]
    odds = iter(model.probabilities(np.array(rows)))
    return [{name: dict(zip(ROLES, next(odds).tolist(), strict=True)) for name in each.one.roles} for each in many]


def save(path: Path, models: dict[str, Models], net: dict[str, np.ndarray]) -> None:
    """Writes the weights that matter as 16-bit floats, and the reader's, `net`, as they are."""
    settings = {
        "classes": {"event": ["yes"], "status": list(STATUSES), "role": list(ROLES)},
        "languages": {language: one.settings for language, one in models.items()},
    }
    stored: dict[str, Any] = {"settings": json.dumps(settings)}
    for language, one in models.items():
        for name in ("event", "status", "role"):
            linear: Linear = getattr(one, name)
            rows = np.flatnonzero(np.abs(linear.weights).max(axis=1) > 0.004)
            stored[f"{language}_{name}_rows"] = rows.astype(np.uint32)
            stored[f"{language}_{name}_weights"] = linear.weights[rows].astype(np.float16)
            stored[f"{language}_{name}_bias"] = linear.bias
            stored |= packed(getattr(one, f"second_{name}"), f"{language}_second_{name}")
    np.savez_compressed(path, **stored, **net)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", required=True, nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, help="the folder of the texts that labels_de.jsonl, labels_en.jsonl name")
    parser.add_argument("--base", required=True, type=Path, help="what the reader starts from: training/coder/base.py")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--cache", type=Path, help="keep the analysed texts here between runs")
    parser.add_argument("--by-type", action="store_true")
    args = parser.parse_args()
    rows = [row for path in args.gold for row in read_gold(path)] + (read_labels(args.texts) if args.texts else [])
    rows += own_rows("de") + own_rows("en") + demo_rows() + wire_rows() + sense_rows() + pair_rows()
    rows += sentence_rows()
    started = time.time()
    sentences = _cached(args.cache, rows)
    texts = described(rows, sentences)
    print(f"{len(rows)} texts, {sum(map(len, texts))} candidates, {time.time() - started:.0f} s", flush=True)
    net, read = readings(rows, texts, sentences, args.base)
    print(f"read, {time.time() - started:.0f} s", flush=True)
    examples, cached = Examples(rows, texts), {}
    languages = sorted({row["lang"] for row in rows})
    held, second = {}, {}
    for language in languages:
        found = first_judgements(rows, texts, read, examples, cached, language)
        second[language] = second_models(found)
        held[language] = [[each.one for each in text] for text in found]
        print(f"{language}: judged twice, {time.time() - started:.0f} s", flush=True)
    judged = [held[row["lang"]][number] for number, row in enumerate(rows) if number in read]
    rows_read = [row for number, row in enumerate(rows) if number in read]
    settings = {language: tuned(rows_read, judged, language) for language in languages}
    offsets = type_offsets(rows_read, judged, settings)
    print(offsets)
    for language in languages:
        settings[language]["types"] = offsets
        settings[language]["calibration"] = calibration(rows_read, judged, settings[language], language)
        shown = {k: v for k, v in settings[language].items() if k not in ("types", "calibration")}
        print(language, shown, f"{time.time() - started:.0f} s")
        print(scores(rows_read, judged, settings[language], language).report(by_type=args.by_type))
        print("the same, weighted:")
        print(scores(rows_read, judged, settings[language], language, weighted=True).report())
        print("confidence:", calibration_table(rows_read, judged, settings[language], language), flush=True)
    if args.output:
        everything, final = np.arange(len(rows)), net_of.applied(net)
        save(
            args.output,
            {
                language: Models(
                    **first_models(examples, everything, cached, language, influence(rows, language)),
                    **second[language],
                    reader=final,
                    settings=settings[language],
                )
                for language in languages
            },
            net_of.packed(net),
        )


def _cached(path: Path | None, rows: list[dict[str, Any]]) -> list[list[Sentence]]:
    if path and path.exists():
        return list(pickle.loads(path.read_bytes()))
    texts = analysed(rows)
    if path:
        path.write_bytes(pickle.dumps(texts))
    return texts


if __name__ == "__main__":
    main()
