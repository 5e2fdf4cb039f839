"""Which mentions of a signature are in another group because some came or went: a change is followed from level to
level, and only as far as groups change by it."""

from collections.abc import Iterable, Iterator, Sequence

from processors.database.stored_mentions import StoredMention
from processors.events.timeline import (
    AHEAD,
    DATED,
    LATE,
    LEVELS,
    RUN_GAP,
    RUN_SPAN,
    Beyond,
    Group,
    Line,
    anonymous_key,
    is_anonymous,
    level_of,
)

_Days = set[int]  # ordinals


def regrouped(
    line: Sequence[StoredMention], touched: Sequence[StoredMention], known: range | None = None
) -> dict[str, StoredMention]:
    """Those of one type and signature that are in another group now, by id. `line` are the present ones on the days
    `known` (all days, where that is None), `touched` those that are new or gone.

    Raises Beyond where others must be known.
    """
    if is_anonymous(touched[0]):
        keys = [(m, anonymous_key(m)) for m in line]
    else:
        gone = [m for m in touched if m.state == "gone"]
        before = Line([*(m for m in line if m.state != "new"), *gone], known)
        after = Line(line, known, before)
        keys = [(m, after.key(m)) for m in _asked(before, after, touched)]
    return {m.mention.id: m._replace(timeline=key) for m, key in keys if key != m.timeline or m.state == "new"}


def _asked(before: Line, after: Line, touched: Sequence[StoredMention]) -> Iterator[StoredMention]:
    # Those who may belong to another group, level by level; the groups of a level change by those of the ones before.
    changed: dict[str, _Days] = {}
    for level in LEVELS:
        days = {m.day.toordinal() for m in touched if level_of(m) == level} | _choosing(after, level, changed)
        for day in days:
            yield from after.mentions[level].get(day, ())
        left = {day for day in days if _ids(before.left(level, day)) != _ids(after.left(level, day))}
        if level in DATED:
            near = {near for day in left for near in range(day - 2, day + 3)}
            changed[level] = {day for day in near if _differ(before.group(level, day), after.group(level, day))}
            own = {near for day in changed[level] for near in range(day - 1, day + 2)}
        else:
            own = {near for day in left for near in range(day, day + RUN_SPAN[level] + RUN_GAP[level])}
            starts = {line.start(level, day) for line in (before, after) for day in own if line.left(level, day)}
            changed[level] = {day for day in starts if _differ(before.group(level, day), after.group(level, day))}
        for day in own - days:
            yield from after.left(level, day)


def _choosing(line: Line, level: str, changed: dict[str, _Days]) -> _Days:
    # The days of those of a level that may choose one of the changed groups of the levels before.
    days = {day for found in changed.values() for day in found}
    if not days:
        return set()
    if line.known and level != "h" and not (min(days) - AHEAD in line.known and max(days) + LATE in line.known):
        raise Beyond
    return {
        day
        for day, here in line.mentions[level].items()
        if any(
            not changed[other].isdisjoint(reach.days)
            for reach in map(line.reach, here)
            for other in reach.levels
            if other in changed
        )
    }


def _ids(mentions: Iterable[StoredMention]) -> set[str]:
    return {m.mention.id for m in mentions}


def _differ(one: Group | None, other: Group | None) -> bool:
    # Whether others, who go by what a group says, see another one.
    if one is None or other is None:
        return one is not other
    return one.evidence.told != other.evidence.told
