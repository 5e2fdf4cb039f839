"""One mention per event and article: roles decided, headline, lead and body mentions merged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from processors.coder.coding import Judged
from processors.records import RECIPROCAL


@dataclass(slots=True)
class Coded:
    """An event of one text, with the judged candidates that it was merged from, best first."""

    type: str
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    chance: float
    sources: list[Judged] = field(default_factory=list)

    @property
    def best(self) -> Judged:
        """The candidate that gives the evidence."""
        return self.sources[0]

    def as_scored(self) -> dict[str, Any]:
        """The fields that the scorer reads."""
        trigger = " … ".join(self.best.candidate.sentence.words[p].text for p in self.best.candidate.found.words)
        return {"type": self.type, "status": self.status, "actors": list(self.actors), "recipients": list(self.recipients), "trigger": trigger}


def merged(judged: Sequence[Judged | None], settings: dict[str, Any]) -> list[Coded]:
    """The events of a text, in the order of the text."""
    kept = [one for one in judged if one is not None and one.chance >= settings["event"]]
    events: list[Coded] = []
    for one in sorted(kept, key=lambda one: -one.chance):
        new = _decided(one, settings)
        old = next((event for event in events if _same(event, new)), None)
        if old is None:
            events.append(new)
        else:
            _join(old, new)
    return sorted(events, key=lambda event: (event.best.candidate.sentence.index, event.best.candidate.head))


def _decided(one: Judged, settings: dict[str, Any]) -> Coded:
    kind = one.candidate.found.rule.type
    actors, recipients = [], []
    for name, odds in one.roles.items():
        if kind in RECIPROCAL:
            if odds["actor"] + odds["recipient"] >= settings["actor"]:
                actors.append(name)
        elif odds["actor"] >= settings["actor"] and odds["actor"] >= odds["recipient"]:
            actors.append(name)
        elif odds["recipient"] >= settings["recipient"]:
            recipients.append(name)
    status = max(one.status, key=lambda name: one.status[name])
    return Coded(kind, status, tuple(sorted(actors)), tuple(sorted(recipients)), one.chance, [one])


def _same(old: Coded, new: Coded) -> bool:
    if old.type != new.type:
        return False
    return _compatible(old.actors, new.actors) and _compatible(old.recipients, new.recipients)


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _join(old: Coded, new: Coded) -> None:
    old.sources += new.sources
    if not old.actors:
        old.actors = tuple(name for name in new.actors if name not in old.recipients)
    if not old.recipients:
        old.recipients = tuple(name for name in new.recipients if name not in old.actors)
