"""A trigger that may be an event mention, with what the learned layer says of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from processors.coder.analysis import Candidate
from processors.coder.cues import Hit
from processors.coder.lexicon import Frame
from processors.records import Status


@dataclass(slots=True)
class Judged:
    """A candidate with what the learned layer says of it. `roles` gives for each id the chance of each role;
    `dated` is the status that its date gives it, should it have happened; `ruled` that which the parse alone gives.
    `read` is the chance that the net of reader.py gives, `read_status` those of each of STATUSES."""

    candidate: Candidate
    chance: float
    status: dict[Status, float]
    roles: dict[str, dict[str, float]]
    frame: Frame = field(default_factory=Frame)
    hits: list[Hit] = field(default_factory=list)
    dated: Status | None = None
    ruled: Status | None = None
    read: float = 0.0
    read_status: Sequence[float] = ()
