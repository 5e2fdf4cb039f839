"""A trigger that may be an event mention, with what the learned layer says of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from processors.coder.analysis import Candidate
from processors.coder.cues import Hit
from processors.coder.lexicon import Frame
from processors.coder.reader import Reading
from processors.records import Status


@dataclass(slots=True)
class Judged:
    """A candidate with what the learned layer says of it. `roles` gives for each id the chance of each role, `linear`
    the same as the linear model sees it; `dated` is the status that its date gives it, should it have happened; `ruled`
    that which the parse alone gives, by its `signals` (government.py); `read` is what the reader says; `must` the word
    by which its subject is asked, `mutual` the words by which it is done both ways, `passive` the verb whose subject it
    is done to, `peaceful` words of what is asked for that say peace, `ordered` who in a headline tells whom to do it,
    `condition` the places of the words that say on which condition it is threatened."""

    candidate: Candidate
    chance: float
    status: dict[Status, float]
    roles: dict[str, dict[str, float]]
    frame: Frame
    hits: list[Hit]
    dated: Status | None
    ruled: Status | None
    signals: Sequence[str]
    linear: dict[str, dict[str, float]]
    read: Reading
    must: str | None = None
    mutual: str | None = None
    passive: str | None = None
    peaceful: str | None = None
    ordered: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    condition: range | None = None

    @property
    def likeliest(self) -> Status:
        """The likeliest status."""
        return max(self.status, key=lambda name: self.status[name])

    def settle(self, status: Status) -> None:
        """Gives it one status for certain."""
        self.status = {**dict.fromkeys(self.status, 0.0), status: 1.0}

    def bar(self, names: Iterable[str]) -> None:
        """Takes every role from those of some names that have one."""
        for name in self.roles.keys() & set(names):
            self.roles[name] = {"actor": 0.0, "recipient": 0.0, "none": 1.0}
