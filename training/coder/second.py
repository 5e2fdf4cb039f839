"""Trains the second judgement: boosted trees over what the first says of all candidates of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from processors.coder.context import Neighbours, event_row, neighbours, role_rows, status_row
from processors.coder.judged import Judged
from processors.coder.trees import Forest, planted
from processors.records import STATUSES

ROLES = ("actor", "recipient", "none")


@dataclass(slots=True)
class Labelled:
    """A candidate with its neighbours and what the annotation says: the event, None for none, and its text's number
    and weight. `told`: whether an event of its type is in the text at all."""

    one: Judged
    near: Neighbours
    event: dict[str, Any] | None
    told: bool
    number: int
    weight: float
    language: str


SMALL = {"max_iter": 120, "learning_rate": 0.06, "max_leaf_nodes": 12, "min_samples_leaf": 30}
LARGE = {"max_iter": 220, "learning_rate": 0.05, "max_leaf_nodes": 18, "min_samples_leaf": 40}


def fitted(
    rows: list[list[float]], labels: list[int], weights: list[float], classes: Sequence[str], size: dict[str, Any]
) -> Forest:
    """Boosted trees as the coder applies them, SMALL or LARGE."""
    model = HistGradientBoostingClassifier(**size, l2_regularization=5, random_state=0)
    if len(classes) > 2 and len(set(labels)) != len(classes):
        raise ValueError(f"only the classes {set(labels)} are there")
    model.fit(np.array(rows, dtype=np.float64), np.array(labels), sample_weight=np.array(weights))
    trees = [tree.nodes for turn in model._predictors for tree in turn]
    starts = np.cumsum([0] + [len(tree) for tree in trees[:-1]])
    nodes = np.concatenate(trees)
    shift = np.repeat(starts, [len(tree) for tree in trees])
    inner = ~nodes["is_leaf"].astype(bool)
    return planted(
        {
            "feature": np.where(inner, nodes["feature_idx"], 0).astype(np.int16),
            "threshold": np.where(inner, nodes["num_threshold"], 0).astype(np.float32),
            "left": np.where(inner, nodes["left"] + shift, -1).astype(np.int32),
            "right": np.where(inner, nodes["right"] + shift, -1).astype(np.int32),
            "value": np.where(inner, 0, nodes["value"]).astype(np.float32),
            "roots": starts.astype(np.int32),
            "bias": np.asarray(model._baseline_prediction, dtype=np.float32).reshape(-1),
        },
        classes,
    )


def role_label(event: dict[str, Any], name: str) -> int:
    """Which of ROLES somebody has in an annotated event."""
    return 0 if name in event["actors"] else 1 if name in event["recipients"] else 2


def role_forest(many: Sequence[Labelled]) -> Forest:
    """Who is what, of candidates that express an annotated event."""
    rows, labels, weights = [], [], []
    for each in many:
        if each.event is not None:
            for name, row in zip(each.one.roles, role_rows(each.one, each.near, each.language), strict=True):
                rows.append(row)
                labels.append(role_label(each.event, name))
                weights.append(each.weight)
    return fitted(rows, labels, weights, ROLES, LARGE)


def status_forest(many: Sequence[Labelled]) -> Forest:
    """Has it happened, of candidates that express an annotated event."""
    mine = [each for each in many if each.event is not None]
    return fitted(
        [status_row(each.one, each.near, each.language) for each in mine],
        [STATUSES.index(each.event["status"]) for each in mine if each.event is not None],
        [each.weight for each in mine],
        STATUSES,
        SMALL,
    )


def event_forest(many: Sequence[Labelled]) -> Forest:
    """Is it an event; candidates whose event the annotation has by other words are left out."""
    mine = [each for each in many if each.event is not None or not each.told]
    return fitted(
        [event_row(each.one, each.near, each.language) for each in mine],
        [int(each.event is not None) for each in mine],
        [each.weight for each in mine],
        ("yes",),
        SMALL,
    )


def labelled(
    text: Sequence[Judged],
    found: Sequence[tuple[dict[str, Any] | None, bool]],
    number: int,
    weight: float,
    language: str,
) -> list[Labelled]:
    """A text's candidates, each with what `matched` says of it."""
    return [
        Labelled(one, near, event, told, number, weight, language)
        for one, near, (event, told) in zip(text, neighbours(text), found, strict=True)
    ]


def packed(model: Forest, name: str) -> dict[str, Any]:
    """A forest as arrays to store, for `processors.coder.trees.forest`."""
    return {f"{name}_{part}": values for part, values in model.nodes.items()}
