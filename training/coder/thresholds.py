"""Chooses the thresholds on texts that the models never saw, and calibrates the confidence on them."""

from collections import Counter
from typing import Any

import numpy as np

from processors.coder.judged import Judged
from processors.coder.merge import Coded
from processors.coder.model import threshold
from processors.coder.rules.rivals import coded_events
from training.coder.score import Scores, f1
from training.coder.weights import density, influence, measures

RARE = 20  # a type annotated more seldom never gets a higher threshold than the common one


def coded(text: list[Judged], settings: dict[str, Any]) -> list[Coded]:
    """The events of a text as the coder itself would make them of its candidates."""
    return coded_events(
        [one for one in text if one.chance >= threshold(one.candidate.found.rule.type, settings)], settings
    )


def scores(
    rows: list, judged: list[list], settings: dict[str, Any], language: str, *, weighted: bool = False
) -> Scores:
    """The scorer's figures for one language with these settings, own texts left out."""
    out = Scores()
    for row, text in zip(rows, judged, strict=True):
        if row["lang"] == language and measures(row):
            out.add(row, [event.as_scored() for event in coded(text, settings)], density(row) if weighted else 1.0)
    return out


def tuned(rows: list, judged: list[list], language: str) -> dict[str, Any]:
    """The thresholds that give the best sum of type, status and full F1."""
    best: dict[str, Any] = {"event": 0.35, "actor": 0.45, "recipient": 0.45, "both": 0.45, "second": 0.3, "lone": 0.3}
    levels = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
    for key in ("event", "actor", "recipient", "both", "second", "lone", "event", "actor", "recipient"):

        def worth(value: float, key: str = key) -> float:
            figures = scores(rows, judged, {**best, key: value}, language, weighted=True)
            return figures.f1("type") + figures.f1("full") + 0.5 * figures.f1("status")

        # The mean over neighbours: a single peak is chance.
        found = [worth(value) for value in levels]
        smooth = [sum(found[max(0, n - 1) : n + 2]) / len(found[max(0, n - 1) : n + 2]) for n in range(len(found))]
        best[key] = levels[max(range(len(levels)), key=smooth.__getitem__)]
    return best


def type_offsets(rows: list, judged: list[list], settings: dict[str, Any]) -> dict[str, float]:
    """How far each type's threshold lies from the common one, chosen on all languages together."""
    by_offset: dict[float, dict[str, Any]] = {}
    for offset in (-0.1, -0.05, 0.0, 0.05, 0.1):
        total = Scores()
        for row, text in zip(rows, judged, strict=True):
            if not measures(row):
                continue
            chosen = {**settings[row["lang"]], "event": settings[row["lang"]]["event"] + offset}
            total.add(row, [e.as_scored() for e in coded(text, chosen)], density(row))
        by_offset[offset] = dict(total.types)
    out = {}
    for kind in by_offset[0.0]:

        def worth(offset: float, kind: str = kind) -> float:
            # A type seen seldom stays near the common threshold.
            counts = by_offset[offset].get(kind, Counter())
            return f1(counts) * counts.get("gold", 0) / (counts.get("gold", 0) + 20) - 0.05 * abs(offset)

        best = max(by_offset, key=worth)
        seen = sum(event["type"] == kind for row in rows if measures(row) for event in row["events"])
        out[kind] = min(best, 0.0) if seen < RARE else best
    return out


def calibration(rows: list, judged: list[list], settings: dict[str, Any], language: str) -> list[list[float]]:
    """The share of events right in type, by the model's chance: points of an isotonic curve over held-out texts."""
    from sklearn.isotonic import IsotonicRegression

    chances, right, weights = [], [], []
    for row, text in zip(rows, judged, strict=True):
        if row["lang"] != language or not measures(row) or row.get("arguable"):
            continue
        left = Counter(event["type"] for event in row["events"])
        for event in sorted(coded(text, settings), key=lambda event: -event.chance):
            chances.append(event.chance)
            right.append(float(left[event.type] > 0))
            weights.append(float(influence([row], language)[0]))
            left[event.type] -= 1
    grid = np.linspace(min(chances), 1.0, 21)
    curve = IsotonicRegression(y_min=0.05, y_max=0.99, out_of_bounds="clip").fit(chances, right, weights).predict(grid)
    return [[round(float(x), 4) for x in grid], [round(float(y), 4) for y in curve]]


def calibration_table(rows: list, judged: list[list], settings: dict[str, Any], language: str) -> str:
    """How many of the events shown with a confidence are right in type, on the same held-out texts."""
    xs, ys = settings["calibration"]
    bins: dict[int, list[float]] = {}
    for row, text in zip(rows, judged, strict=True):
        if row["lang"] != language or not measures(row) or row.get("arguable"):
            continue
        left = Counter(event["type"] for event in row["events"])
        for event in sorted(coded(text, settings), key=lambda event: -event.chance):
            shown = float(np.interp(event.chance, xs, ys))
            bins.setdefault(int(shown * 10), []).append(float(left[event.type] > 0))
            left[event.type] -= 1
    return "  ".join(f"{n / 10:.1f}: {np.mean(b):.2f} of {len(b)}" for n, b in sorted(bins.items()))
