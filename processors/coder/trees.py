"""Boosted trees applied with numpy alone: the coder's second judgement. Trained by training/coder (scikit-learn).

All tests of all trees are made at once, and each leaves the leaves of its tree that can still be reached as bits: the
lowest bit left is the leaf (Lucchese et al. 2015, "QuickScorer"; here without its order of thresholds).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_BITS = 32  # leaves of a tree at most
_TOGETHER = 1 << 18  # tests made together: what stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Forest:
    """Regression trees whose values add up to a score per class, tree by tree in turn for each class.

    A question is whether `feature` is above `threshold`; many tests ask the same one. Each test has the number of its
    question in `asked`; where the answer is yes, only the leaves of `bits` can be reached. The tests of a tree lie
    together, from `starts` on; `values` has a row of leaves per tree, `bias` the scores to begin with. `nodes` is what
    it was made of, as `planted` takes it.
    """

    classes: tuple[str, ...]
    feature: Any
    threshold: Any
    asked: Any
    bits: Any
    starts: Any
    values: Any
    bias: Any
    nodes: Mapping[str, Any]

    def probabilities(self, rows: Any) -> Any:
        """The probability of each class (columns) for each row of features; with one class that of it being true."""
        import numpy as np

        step, trees = max(1, _TOGETHER // len(self.asked)), np.arange(len(self.starts))
        scores = np.empty((len(rows), len(self.classes)))
        for at in range(0, len(rows), step):
            # A column for each of the rows.
            kept = (rows[at : at + step].T[self.feature] > self.threshold[:, None]).astype(np.uint32)
            kept -= np.uint32(1)  # No bit where it is above, else all.
            kept = kept[self.asked]
            kept |= self.bits[:, None]
            left = np.ascontiguousarray(np.bitwise_and.reduceat(kept, self.starts, axis=0).T)
            leaf = np.bitwise_count((left & -left) - np.uint32(1))
            told = self.values[trees, leaf].reshape(len(left), -1, len(self.classes))
            scores[at : at + step] = self.bias + told.sum(axis=1)
        if len(self.classes) == 1:
            return 1 / (1 + np.exp(-scores))
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)


PARTS = ("feature", "threshold", "left", "right", "value", "roots", "bias")


def forest(stored: Mapping[str, Any], name: str, classes: Sequence[str]) -> Forest:
    """The forest that was stored under a name by `training.coder.second.packed`."""
    return planted({part: stored[f"{name}_{part}"] for part in PARTS}, classes)


def planted(nodes: Mapping[str, Any], classes: Sequence[str]) -> Forest:
    """A forest from the nodes of all its trees: `feature`, `threshold`, `left`, `right` and `value` per node, where one
    whose `left` is -1 is a leaf; `roots`, the trees' first nodes; and `bias`. A tree has at most 32 leaves."""
    import numpy as np

    feature, threshold, left, right, value, roots = (nodes[part].tolist() for part in PARTS[:-1])
    tests: list[tuple[int, float, int]] = []
    starts, values = [], np.zeros((len(roots), _BITS), np.float32)

    def leaves(node: int, tree: int, count: int) -> int:
        """Takes the tests below a node, whose leaves begin at number `count`; the number after its last leaf."""
        if left[node] < 0:
            values[tree, count] = value[node]
            return count + 1
        middle = leaves(left[node], tree, count)
        tests.append((feature[node], threshold[node], (1 << _BITS) - 1 - ((1 << middle) - (1 << count))))
        return leaves(right[node], tree, middle)

    for tree, root in enumerate(roots):
        starts.append(len(tests))
        # A tree of one leaf has no test of its own: one that is never true.
        tests.append((0, float("inf"), 0))
        leaves(root, tree, 0)
    questions: dict[tuple[int, float], int] = {}
    asked = [questions.setdefault((feature, threshold), len(questions)) for feature, threshold, _ in tests]
    return Forest(
        tuple(classes),
        np.array([feature for feature, _ in questions], np.intp),
        np.array([threshold for _, threshold in questions], np.float32),
        np.array(asked, np.intp),
        np.array([bits for *_, bits in tests], np.uint32),
        np.array(starts, np.intp),
        values,
        nodes["bias"],
        nodes,
    )
