"""Trains the coder's learned layer on annotated texts.

usage: python -m training.coder.train --language de --gold FILE... --output models/coder_de.npz [--report]

Out-of-fold predictions (5 folds over texts) choose the thresholds and calibrate the confidence.
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

from processors.coder.coding import Description, described, judge, read_many, tools
from processors.coder.merge import merged
from processors.coder.model import BITS, Linear, Models, bucket
from processors.records import STATUSES
from training.coder.gold import matched, read_gold
from training.coder.score import Scores

FOLDS = 5
ROLES = ("actor", "recipient", "none")


def analysed(rows: list[dict[str, Any]], language: str) -> list[list[Description]]:
    """Every text's candidates with their features."""
    kit = tools(language)
    texts = [(row["text"], date.fromisoformat(row["date"][:10]) if row.get("date") else None) for row in rows]
    return [described(sentences, kit) for sentences in read_many(texts, kit)]


def matrix(rows: list[list[str]]) -> sparse.csr_matrix:
    """Hashed features as a sparse matrix."""
    indptr, indices = [0], []
    for row in rows:
        indices += [bucket(feature) for feature in row]
        indptr.append(len(indices))
    return sparse.csr_matrix((np.ones(len(indices), np.float32), indices, indptr), shape=(len(rows), 1 << BITS))


class Examples:
    """Training examples of the three models, each with the text that it is from."""

    def __init__(self, rows: list[dict[str, Any]], texts: list[list[Description]], rest_weight: float = 0.3) -> None:
        self.event: tuple[list, list, list, list] = ([], [], [], [])
        self.status: tuple[list, list, list, list] = ([], [], [], [])
        self.role: tuple[list, list, list, list] = ([], [], [], [])
        for number, (row, text) in enumerate(zip(rows, texts, strict=True)):
            trust = 0.6 if row.get("arguable") else 1.0
            for one in text:
                event, present = matched(one, row["events"])
                if event is not None or not present:
                    self._add(self.event, one.event, int(event is not None), trust, number)
                else:
                    self._add(self.event, one.event, 1, trust * rest_weight, number)
                if event is not None:
                    self._describe(one, event, row, trust, number)

    def _describe(self, one: Description, event: dict[str, Any], row: dict[str, Any], trust: float, number: int) -> None:
        self._add(self.status, one.status, STATUSES.index(event["status"]), trust, number)
        here = {name for party, same, _ in one.roles if same for name in party.ids}
        for party, same, features in one.roles:
            if not same and here & set(party.ids):
                continue
            label = 0 if set(party.ids) & set(event["actors"]) else 1 if set(party.ids) & set(event["recipients"]) else 2
            self._add(self.role, features, label, trust, number)

    @staticmethod
    def _add(store: tuple, features: list[str], label: int, weight: float, number: int) -> None:
        for column, value in zip(store, (features, label, weight, number), strict=True):
            column.append(value)


def fit(store: tuple, keep: np.ndarray | None, classes: tuple[str, ...], strength: float, cached: dict) -> Linear:
    """A logistic regression over the examples of the texts in `keep` (all where None)."""
    if id(store) not in cached:
        cached[id(store)] = (matrix(store[0]), np.array(store[1]), np.array(store[2]), np.array(store[3]))
    x, y, weight, text = cached[id(store)]
    chosen = np.ones(len(y), bool) if keep is None else np.isin(text, keep)
    model = LogisticRegression(C=strength, max_iter=150, solver="lbfgs", tol=1e-3)
    model.fit(x[chosen], y[chosen], sample_weight=weight[chosen])
    coefficients = model.coef_.T.astype(np.float32)
    if len(classes) > 1 and coefficients.shape[1] != len(classes):
        raise ValueError(f"a fold has only the classes {model.classes_}")
    return Linear(classes, coefficients, model.intercept_.astype(np.float32))


STRENGTH = {"event": 0.08, "status": 0.08, "role": 0.08}


def trained(examples: Examples, keep: np.ndarray | None, settings: dict[str, Any], cached: dict) -> Models:
    """The three models over the texts in `keep`."""
    return Models(
        event=fit(examples.event, keep, ("yes",), STRENGTH["event"], cached),
        status=fit(examples.status, keep, STATUSES, STRENGTH["status"], cached),
        role=fit(examples.role, keep, ROLES, STRENGTH["role"], cached),
        settings=settings,
    )


def out_of_fold(rows: list, texts: list, examples: Examples, settings: dict[str, Any], folds: int = FOLDS) -> list[list]:
    """Judged candidates of every text by models that never saw the text."""
    cached: dict = {}
    numbers = np.random.default_rng(7).permutation(len(rows)) % folds
    judged: list[list] = [[] for _ in rows]
    for fold in range(folds):
        models = trained(examples, np.flatnonzero(numbers != fold), settings, cached)
        for number in np.flatnonzero(numbers == fold):
            judged[number] = [judge(one, models) for one in texts[number]]
    return judged


def scores(rows: list, judged: list[list], settings: dict[str, Any]) -> Scores:
    """The scorer's figures for these settings."""
    out = Scores()
    for row, text in zip(rows, judged, strict=True):
        out.add(row, [event.as_scored() for event in merged(text, settings)])
    return out


def tuned(rows: list, judged: list[list], settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with thresholds that give the best sum of type and full F1."""
    best = dict(settings)
    for key, values in (
        ("event", (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)),
        ("actor", (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)),
        ("recipient", (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)),
        ("event", (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)),
    ):
        def worth(value: float, key: str = key) -> float:
            figures = scores(rows, judged, {**best, key: value})
            return figures.f1("type") + figures.f1("full") + 0.5 * figures.f1("status")
        best[key] = max(values, key=worth)
    return best


def save(path: Path, models: Models) -> None:
    """Writes the weights that matter as 16-bit floats."""
    stored: dict[str, Any] = {"settings": json.dumps(models.settings)}
    for name in ("event", "status", "role"):
        linear: Linear = getattr(models, name)
        rows = np.flatnonzero(np.abs(linear.weights).max(axis=1) > 0.004)
        stored[f"{name}_rows"] = rows.astype(np.uint32)
        stored[f"{name}_weights"] = linear.weights[rows].astype(np.float16)
        stored[f"{name}_bias"] = linear.bias
    np.savez_compressed(path, **stored)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", required=True)
    parser.add_argument("--gold", required=True, nargs="+", type=Path)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--by-type", action="store_true")
    args = parser.parse_args()
    rows = [row for path in args.gold for row in read_gold(path)]
    started = time.time()
    if args.cache and args.cache.exists():
        texts = pickle.loads(args.cache.read_bytes())
    else:
        texts = analysed(rows, args.language)
        if args.cache:
            args.cache.write_bytes(pickle.dumps(texts))
    print(f"analysed {len(rows)} texts in {time.time() - started:.1f} s, {sum(map(len, texts))} candidates", flush=True)
    examples = Examples(rows, texts)
    classes = {"event": ["yes"], "status": list(STATUSES), "role": list(ROLES)}
    settings: dict[str, Any] = {"event": 0.4, "actor": 0.4, "recipient": 0.4, "classes": classes}
    judged = out_of_fold(rows, texts, examples, settings)
    settings = tuned(rows, judged, settings)
    figures = scores(rows, judged, settings)
    print(f"{time.time() - started:.1f} s", {k: v for k, v in settings.items() if k != "classes"})
    print(figures.report(by_type=args.by_type))
    if args.output:
        models = trained(examples, None, settings, {})
        save(args.output, models)


if __name__ == "__main__":
    main()
