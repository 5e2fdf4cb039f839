"""How two sides get on: their events by day or week, counted and scored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from processors.database.series import DyadEvent

Period = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class Point:
    """One day, or one week from its Monday. `mean_score` is the mean Goldstein score, None without events;
    `cooperation` and `conflict` count events of quad classes 1 and 2, and 3 and 4."""

    start: date
    events: int
    mean_score: float | None
    cooperation: int
    conflict: int


def series(found: Sequence[DyadEvent], by: Period) -> list[Point]:
    """One point for each day or week from the first event that was news to the last, those without events too. What
    was before is known only as far as articles look back on it, so there only days or weeks with events are points.
    An event of which only a longer time is known, such as its month, is in none."""
    exact = ("day", "unknown", "week") if by == "week" else ("day", "unknown")
    shown = [event for event in found if event.precision in exact]
    groups: dict[date, list[DyadEvent]] = defaultdict(list)
    for event in shown:
        groups[_start(event.day, by)].append(event)
    starts = set(groups)
    if news := [_start(event.day, by) for event in shown if not event.looked_back]:
        step = timedelta(7 if by == "week" else 1)
        starts |= {min(news) + step * n for n in range((max(groups) - min(news)) // step + 1)}
    return [_point(start, groups.get(start, [])) for start in sorted(starts)]


def _start(day: date, by: Period) -> date:
    return day - timedelta(day.weekday()) if by == "week" else day


def _point(start: date, found: Sequence[DyadEvent]) -> Point:
    scores = [event.goldstein for event in found]
    cooperation = sum(event.quad_class <= 2 for event in found)
    mean = round(sum(scores) / len(scores), 2) if scores else None
    return Point(start, len(found), mean, cooperation, len(found) - cooperation)
