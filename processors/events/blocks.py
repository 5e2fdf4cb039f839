"""Resolves what changed, and only what that can touch: each block is found by an indexed query.

First the timelines of the signatures that got or lost mentions; then the joining of signatures around the groups
that changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from processors.database import Connection
from processors.database.mentions import (
    StoredMention,
    mentions_of_groups,
    mentions_of_participants,
    mentions_of_signatures,
    place_timelines,
    window,
)
from processors.events.joining import Joining, is_group_member, is_whole, sides, within
from processors.events.timeline import AHEAD, CORE, LATE, REACH, timeline

_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Clustered:
    """A mention, with its group among those of its signature, and the name of its cluster."""

    stored: StoredMention
    cluster: str


def resolve_blocks(connection: Connection, changed: Sequence[StoredMention]) -> list[Clustered]:
    """All mentions whose cluster may be another one because of the `changed` mentions (new ones and those that are
    gone), with their clusters. Stores the mentions' timelines."""
    by_type: dict[str, list[StoredMention]] = defaultdict(list)
    for m in changed:
        by_type[m.mention.type].append(m)
    found: list[Clustered] = []
    for type_, touched in sorted(by_type.items()):
        found += _Block(connection, type_, touched).clustered()
    return found


class _Block:
    def __init__(self, connection: Connection, type_: str, touched: Sequence[StoredMention]) -> None:
        self.connection, self.type, self.touched = connection, type_, touched
        # Days, by signature, on which groups came, went, or say something else now.
        self.days: dict[str, set[date]] = defaultdict(set)
        self.within_touched: dict[str, bool] = {}
        self.newcomers: dict[tuple[str, str], list[StoredMention]] = defaultdict(list)

    def clustered(self) -> Iterator[Clustered]:
        moved = {m.mention.id: m for m in self._regrouped()}
        for m in moved.values():
            self.newcomers[m.signature, m.timeline or ""].append(m)
        for m in self.touched:
            self._mark(m)
        for first, last, participants in self._stretches():
            yield from self._joined(first, last, participants, moved)

    def _mark(self, m: StoredMention) -> None:
        self.days[m.signature].add(m.day)
        if m.timeline and m.timeline[0] != "n":
            self.days[m.signature].add(date.fromisoformat(m.timeline[1:]))

    # Timelines

    def _regrouped(self) -> list[StoredMention]:
        # Groups the touched signatures anew; returns the mentions that are in another group now.
        near: dict[str, set[date]] = defaultdict(set)
        for m in self.touched:
            near[m.signature].add(m.day)
        days = [m.day for m in self.touched]
        first, last = _around(days, 2 * REACH, 2 * REACH)
        lines: dict[str, list[StoredMention]] = defaultdict(list)
        for m in mentions_of_signatures(self.connection, self.type, sorted(near), first, last):
            lines[m.signature].append(m)
        moved = [m for name, line in lines.items() for m in self._regroup(line, *_around(near[name], REACH, REACH))]
        place_timelines(self.connection, {m.mention.id: m.timeline or "" for m in moved})
        return moved

    def _regroup(self, line: Sequence[StoredMention], first: date, last: date) -> Iterator[StoredMention]:
        keys = timeline(line)
        for m in line:
            if first <= m.day <= last and (keys[m.mention.id] != m.timeline or m.state == "new"):
                self._mark(m)
                regrouped = replace(m, timeline=keys[m.mention.id])
                self._mark(regrouped)
                yield regrouped

    # Joining

    def _stretches(self) -> Iterator[tuple[date, date, list[str]]]:
        # Touched days, those that share what is around them taken together, with the participants they concern.
        by_day: dict[date, set[str]] = defaultdict(set)
        for name, days in self.days.items():
            for day in days:
                by_day[day] |= frozenset().union(*sides(name)) or {""}
        stretch: list[date] = []
        for day in sorted(by_day):
            if stretch and day - stretch[-1] > _DAY * AHEAD:
                yield stretch[0], stretch[-1], sorted(frozenset().union(*(by_day[d] for d in stretch)))
                stretch = []
            stretch.append(day)
        yield stretch[0], stretch[-1], sorted(frozenset().union(*(by_day[d] for d in stretch)))

    def _joined(
        self, first: date, last: date, participants: Sequence[str], moved: Mapping[str, StoredMention]
    ) -> Iterator[Clustered]:
        # Who may choose otherwise now: plans lie ahead of their events, late reports behind them.
        start, end = _around((first, last), AHEAD + CORE, LATE)
        near = _around((start, end), LATE, AHEAD + CORE)
        block = mentions_of_participants(self.connection, self.type, participants, *near)
        joining = Joining(self.type, block)
        for m in block:
            if start <= m.day <= end and not is_group_member(m) and self._is_concerned(m, moved):
                yield Clustered(m, joining.cluster(m))
        roots = {
            (signature, key): joining.root(signature, key)
            for signature, key in joining.members
            if key[0] != "n" and is_whole(self.type, signature) and self._is_touched(signature)
            and start <= date.fromisoformat(key[1:]) <= end
        }  # fmt: skip
        yield from self._rooted(roots, joining, moved)

    def _is_touched(self, signature: str) -> bool:
        return signature in self.days or self._is_within_touched(signature)

    def _is_concerned(self, m: StoredMention, moved: Mapping[str, StoredMention]) -> bool:
        return m.mention.id in moved or self._is_within_touched(m.signature)

    def _is_within_touched(self, signature: str) -> bool:
        if signature not in self.within_touched:
            self.within_touched[signature] = any(within(signature, name) for name in self.days)
        return self.within_touched[signature]

    def _rooted(
        self, roots: Mapping[tuple[str, str], str], joining: Joining, moved: Mapping[str, StoredMention]
    ) -> Iterator[Clustered]:
        # Of a group that stays in its cluster only the newcomers are told; of one that changes it all members,
        # wherever they are: a look back may be far from its group.
        changed = []
        for place, cluster in roots.items():
            stayed = next((m for m in joining.members[place] if m.mention.id not in moved), None)
            if stayed is not None and stayed.cluster == cluster:
                yield from (Clustered(m, cluster) for m in self.newcomers.get(place, ()))
            else:
                changed.append(place)
        for m in mentions_of_groups(self.connection, self.type, changed):
            yield Clustered(m, roots[m.signature, m.timeline or ""])


def _around(days: Iterable[date], before: int, after: int) -> tuple[date, date]:
    found = sorted(days)
    return window(found[0], before, 0)[0], window(found[-1], 0, after)[1]
