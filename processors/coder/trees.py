"""Boosted trees applied with numpy alone: the coder's second judgement. Trained by training/coder (scikit-learn)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Forest:
    """Regression trees whose values add up to a score per class.

    `feature`, `threshold`, `left`, `right` and `value` have one entry per node of all trees; a node whose `left` is -1
    is a leaf. `roots` are the trees' first nodes, tree by tree in turn for each class; `bias` the scores to begin with.
    """

    classes: tuple[str, ...]
    feature: Any
    threshold: Any
    left: Any
    right: Any
    value: Any
    roots: Any
    bias: Any

    def probabilities(self, rows: Any) -> Any:
        """The probability of each class (columns) for each row of features; with one class that of it being true."""
        import numpy as np

        count = len(rows)
        node = np.broadcast_to(self.roots, (count, len(self.roots))).copy()
        line = np.arange(count)[:, None]
        for _ in range(DEEPEST):
            inner = self.left[node] >= 0
            if not inner.any():
                break
            goes_left = rows[line, self.feature[node]] <= self.threshold[node]
            node = np.where(inner, np.where(goes_left, self.left[node], self.right[node]), node)
        width = len(self.classes)
        scores = self.bias + self.value[node].reshape(count, -1, width).sum(axis=1)
        if width == 1:
            return 1 / (1 + np.exp(-scores))
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)


def forest(stored: Mapping[str, Any], name: str, classes: Sequence[str]) -> Forest:
    """The forest that was stored under a name by `training.coder.second.packed`."""
    parts = ("feature", "threshold", "left", "right", "value", "roots", "bias")
    return Forest(tuple(classes), *(stored[f"{name}_{part}"] for part in parts))
