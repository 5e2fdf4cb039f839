"""The scorer's counts (type, status, roles, full) as an object, for tuning on folds.

Items marked arguable are left out, events so marked may be coded or not.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from processors.records import RECIPROCAL

Event = dict[str, Any]


def sides(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    """Actors and recipients as sets; one set where the type is reciprocal."""
    actors, recipients = frozenset(event["actors"]), frozenset(event["recipients"])
    return (actors | recipients, frozenset()) if event["type"] in RECIPROCAL else (actors, recipients)


LEVELS: dict[str, Callable[[Event], tuple[Any, ...]]] = {
    "type": lambda e: (e["type"],),
    "status": lambda e: (e["type"], e["status"]),
    "roles": lambda e: (e["type"], sides(e)),
    "full": lambda e: (e["type"], e["status"], sides(e)),
}


def ratio(hit: float, total: float) -> float:
    """A share, 0 of nothing."""
    return hit / total if total else 0.0


class Scores:
    """Counts over annotated texts."""

    def __init__(self) -> None:
        self.levels: dict[str, Counter[str]] = {level: Counter() for level in LEVELS}
        self.types: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, row: dict[str, Any], have: list[Event], weight: float = 1.0) -> None:
        """Counts one text's coded events against its annotation, `weight` times."""
        if row.get("arguable"):
            return
        want = [event for event in row["events"] if not event.get("arguable")]
        for level, key in LEVELS.items():
            a, b = Counter(map(key, want)), Counter(map(key, have))
            hit, gold, predicted = sum((a & b).values()), sum(a.values()), sum(b.values())
            self.levels[level].update(hit=weight * hit, gold=weight * gold, predicted=weight * predicted)  # type: ignore[arg-type]
        a, b = (Counter(event["type"] for event in events) for events in (want, have))
        for name in a | b:
            self.types[name].update(
                hit=weight * min(a[name], b[name]), gold=weight * a[name], predicted=weight * b[name]
            )  # type: ignore[arg-type]

    def f1(self, level: str) -> float:
        """The F1 of a level."""
        return f1(self.levels[level])

    def report(self, *, by_type: bool = False) -> str:
        """A table of the figures."""
        lines = (
            [_line(name, c) for name, c in sorted(self.types.items(), key=lambda kv: -kv[1]["gold"])] if by_type else []
        )
        return "\n".join(lines + [_line(level, counts) for level, counts in self.levels.items()])


def f1(c: "Counter[str]") -> float:
    """The F1 of counts hit, predicted, gold."""
    return ratio(2 * c["hit"], c["predicted"] + c["gold"])


def _line(name: str, c: "Counter[str]") -> str:
    p, r = ratio(c["hit"], c["predicted"]), ratio(c["hit"], c["gold"])
    counts = f"{c['hit']:.0f} of {c['predicted']:.0f}, {c['gold']:.0f} gold"
    return f"{name:22s} P {p:.3f}  R {r:.3f}  F1 {f1(c):.3f}   ({counts})"
