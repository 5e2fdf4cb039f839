"""Boosted trees applied with numpy give what scikit-learn gives that trained them."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from processors.coder.trees import forest
from training.coder.second import SMALL, fitted, packed


@pytest.mark.parametrize("classes", [("yes",), ("actor", "recipient", "none")])
def test_a_stored_forest_says_what_its_trainer_says(classes: tuple[str, ...]) -> None:
    chance = np.random.default_rng(3)
    # Whole numbers: no value lies between two that a threshold, stored shorter, could confuse.
    rows = chance.integers(0, 50, size=(600, 5)).astype(float)
    labels = (rows[:, 0] > rows[:, 1]).astype(int) + (rows[:, 2] > 30) * (len(classes) > 2)
    weights = [1.0] * len(rows)
    ours = fitted(rows.tolist(), labels.tolist(), weights, classes, SMALL)
    theirs = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=5, random_state=0
    ).fit(rows, labels, sample_weight=weights)
    want = theirs.predict_proba(rows)
    have = forest(packed(ours, "x"), "x", classes).probabilities(rows)
    assert np.allclose(have[:, 0], want[:, 1], atol=1e-4) if len(classes) == 1 else np.allclose(have, want, atol=1e-4)
    assert have.std() > 0.1
