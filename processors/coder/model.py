"""The small learned layer: linear models over hashed features, applied with numpy alone.

Trained by training/coder on annotated texts; models/README.md and the card beside the weights say how.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from processors.coder.reader import Reader, reader
from processors.coder.trees import Forest, forest
from processors.errors import CoderError
from processors.settings import ROOT

BITS = 18
_MASK = (1 << BITS) - 1
_BUCKETS: dict[str, int] = {}
_REMEMBERED = 200_000


def bucket(feature: str) -> int:
    """The number of a feature, the same in every process."""
    number = _BUCKETS.get(feature)
    if number is None:
        if len(_BUCKETS) > _REMEMBERED:
            _BUCKETS.clear()
        number = _BUCKETS[feature] = zlib.crc32(feature.encode()) & _MASK
    return number


@dataclass(frozen=True, slots=True)
class Linear:
    """A multinomial or, with one class, logistic model. `weights` has a row per bucket and a column per class."""

    classes: tuple[str, ...]
    weights: Any
    bias: Any

    def probabilities(self, features: Sequence[str]) -> dict[str, float]:
        """The probability of each class; with one class that of it being true."""
        import numpy as np

        rows = list(map(_BUCKETS.get, features))
        if None in rows:
            rows = list(map(bucket, features))
        chosen = self.weights.take(np.array(rows, dtype=np.intp), axis=0)
        scores = np.add.reduce(chosen, axis=0, dtype=np.float32) + self.bias
        if len(self.classes) == 1:
            return {self.classes[0]: float(1 / (1 + np.exp(-scores[0])))}
        scores = np.exp(scores - scores.max())
        return dict(zip(self.classes, (scores / scores.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one language and the settings chosen with them on held-out folds: the first judgement by features
    and by reading, the second in the light of the whole text."""

    event: Linear
    status: Linear
    role: Linear
    second_event: Forest
    second_status: Forest
    second_role: Forest
    reader: Reader
    settings: dict[str, Any]


# Thresholds that a sweep over 600 reports that nothing was trained on found too high, and by how much; the next
# training chooses its own.
_LESS = {"en": {"ceasefire": 0.1}}


# Thresholds were chosen on texts of at most 1,000 characters. On whole articles of 2,000 higher ones are better: type
# F1 0.825 and 0.881 in the place of 0.808 and 0.874 (German, English), with 0.05 or 0.15 more nearly the same.
_LONG, _MORE = 1_200, 0.1


def threshold(kind: str, settings: dict[str, Any]) -> float:
    """From which chance on a candidate of a type is an event."""
    return float(settings["event"] + settings.get("types", {}).get(kind, 0.0))


def for_length(settings: dict[str, Any], characters: int) -> dict[str, Any]:
    """The settings for a text of a length: in a long one more candidates get their chance from what stands around them,
    and a higher one is asked of all."""
    return {**settings, "event": settings["event"] + _MORE} if characters >= _LONG else settings


@cache
def load_models(language: str, folder: Path | None = None) -> Models:
    """The shipped models; a language that none were trained for has the English ones.

    Raises CoderError where they are missing.
    """
    import numpy as np

    path = (folder or ROOT / "models") / "coder.npz"
    if not path.exists():
        raise CoderError(f"{path}: the coder's weights are missing; training/coder makes them")
    with np.load(path, allow_pickle=False) as stored:
        settings = json.loads(str(stored["settings"]))
        known = language if language in settings["languages"] else "en"
        chosen = settings["languages"][known]
        for kind, less in _LESS.get(known, {}).items():
            chosen["types"] = {**chosen["types"], kind: chosen["types"][kind] - less}
        classes = settings["classes"]
        parts: dict[str, Any] = {name: _linear(stored, f"{known}_{name}", classes[name]) for name in classes}
        parts |= {f"second_{name}": forest(stored, f"{known}_second_{name}", classes[name]) for name in classes}
    return Models(**parts, reader=_net(path), settings=chosen)


@cache
def _net(path: Path) -> Reader:
    """The net of a file of weights, one for all languages."""
    import numpy as np

    with np.load(path, allow_pickle=False) as stored:
        return reader(stored)


def _linear(stored: Any, name: str, classes: list[str]) -> Linear:
    import numpy as np

    weights = np.zeros((1 << BITS, len(classes)), dtype=np.float16)
    weights[stored[f"{name}_rows"]] = stored[f"{name}_weights"]
    return Linear(tuple(classes), weights, stored[f"{name}_bias"].astype(np.float32))
