"""A trigger that may be an event mention, with what the learned layer says of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from processors.coder.analysis import Candidate
from processors.coder.cues import Hit
from processors.coder.lexicon import Frame
from processors.coder.reader import Reading
from processors.records import Status

Role = Literal["actor", "recipient"]
PLAIN = 0.6  # the least chance of what a plain rule of the lexicon finds, or a rule tells plainly
_SURE = 0.9  # the chance of a role that a rule gives


@dataclass(slots=True)
class Judged:
    """A candidate with what the learned layer says of it. `roles` gives for each id the chance of each role, `linear`
    the same as the linear model sees it; `dated` is the status that its date gives it, should it have happened; `ruled`
    that which the parse alone gives, by its `signals` (government.py); `read` is what the reader says; `must` the word
    by which its subject is asked, `mutual` the words by which it is done both ways, `passive` the verb whose subject it
    is done to, `peaceful` words of what is asked for that say peace, `ordered` who in a headline tells whom to do it,
    `condition` the places of the words that say on which condition it is threatened, `warned` those of
    what a warning threatens with, `verdict` the type that the words tell by which something is called, `online` the
    words by which a meeting is held at a distance, `apart` those who are met in it one by one, each with
    the words that tell of him, where days or places tell them apart, `held` the
    day of a meeting, where the text tells of another."""

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
    warned: range | None = None
    verdict: str | None = None
    online: str | None = None
    held: date | None = None
    apart: dict[str, range | None] = field(default_factory=dict)

    @property
    def likeliest(self) -> Status:
        """The likeliest status."""
        return max(self.status, key=lambda name: self.status[name])

    def settle(self, status: Status) -> None:
        """Gives it one status for certain."""
        self.status = {**dict.fromkeys(self.status, 0.0), status: 1.0}

    def move(self, status: Status, to: Status) -> None:
        """Gives one status the chance of another."""
        self.status = {**self.status, status: 0.0, to: self.status[to] + self.status[status]}

    def turn(self, names: Iterable[str], role: Role) -> None:
        """Gives those of some names that have a role the one, with their chances of both."""
        other = "recipient" if role == "actor" else "actor"
        for name in self.roles.keys() & set(names):
            odds = self.roles[name]
            self.roles[name] = {**odds, role: odds["actor"] + odds["recipient"], other: 0.0}

    def give(self, names: Iterable[str], role: Role) -> None:
        """Gives those of some names that may have a role the one, whatever their chances."""
        sure = {"actor": 0.0, "recipient": 0.0, "none": 1.0 - _SURE, role: _SURE}
        self.roles.update(dict.fromkeys(self.roles.keys() & set(names), sure))

    def stop_acting(self, name: str) -> None:
        """Takes the actor's role from a name."""
        odds = self.roles[name]
        self.roles[name] = {**odds, "actor": 0.0, "none": odds["none"] + odds["actor"]}

    def bar(self, names: Iterable[str]) -> None:
        """Takes every role from those of some names that have one."""
        for name in self.roles.keys() & set(names):
            self.roles[name] = {"actor": 0.0, "recipient": 0.0, "none": 1.0}
