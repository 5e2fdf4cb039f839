"""How much each text counts: for a language's models, for the reader, and where thresholds are chosen."""

from typing import Any

import numpy as np

OWN_WEIGHT = 0.3  # of a text made from a frame, against an annotated one
# How much a text weighs for a language's models. Of the English texts nearly all are short and about one war of 2022;
# the few longer ones are more like what the coder is run on, with more parties and events. Chosen on held-out folds.
LONG = 80
# "made" are the English reports of our own writing; the few German ones weigh as annotated texts do.
READ_WEIGHTS = {"de": 1.0, "en": 1.0, "long": 2.0, "made": 1.0}
WEIGHTS = {
    "de": {"de": 2.0, "en": 0.7, "long": 0.7, "made": 0.5},
    "en": {"de": 0.7, "en": 1.0, "long": 5.0, "made": 3.0},
}


def influence(rows: list[dict[str, Any]], language: str) -> np.ndarray:
    """How much each text weighs for the models of a language."""
    weights = WEIGHTS[language]
    return np.array([weights[kind_of(row)] for row in rows])


def kind_of(row: dict[str, Any]) -> str:
    if row.get("made") and row["lang"] == "en":
        return "made"
    long = row["lang"] == "en" and not row.get("own") and len(row["text"].split()) >= LONG
    return "long" if long else str(row["lang"])


def measures(row: dict[str, Any]) -> bool:
    """Whether a text serves to choose thresholds: real news, not what was written for training."""
    return not row.get("own") and not row.get("made")


def trust_of(row: dict[str, Any]) -> float:
    """How much a text's annotation is believed."""
    return float(row.get("trust", OWN_WEIGHT if row.get("own") else 0.6 if row.get("arguable") else 1.0))


# Texts without events are rarer, and texts with several commoner, among what the coder is run on than in what was
# annotated for training: thresholds are chosen as if there were fewer of the one and more of the other.
QUIET = 0.4


def density(row: dict[str, Any]) -> float:
    """How much a text counts when thresholds are chosen."""
    factor = float(influence([row], row["lang"])[0])
    return factor * (OWN_WEIGHT if row.get("own") else float(len(row["events"]) or QUIET))
