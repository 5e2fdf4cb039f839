"""A trigger that may be an event mention, with what the learned layer says of it."""

from dataclasses import dataclass, field

from processors.coder.analysis import Candidate
from processors.coder.cues import Hit
from processors.coder.lexicon import Frame
from processors.coder.reader import NOTHING, Reading
from processors.records import Status


@dataclass(slots=True)
class Judged:
    """A candidate with what the learned layer says of it. `roles` gives for each id the chance of each role, `linear`
    the same as the linear model sees it; `dated` is the status that its date gives it, should it have happened; `ruled`
    that which the parse alone gives; `read` is what the reader says."""

    candidate: Candidate
    chance: float
    status: dict[Status, float]
    roles: dict[str, dict[str, float]]
    frame: Frame = field(default_factory=Frame)
    hits: list[Hit] = field(default_factory=list)
    dated: Status | None = None
    ruled: Status | None = None
    linear: dict[str, dict[str, float]] = field(default_factory=dict)
    read: Reading = NOTHING
