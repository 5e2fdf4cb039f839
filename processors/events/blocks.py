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
from processors.events.joining import Joining, Place, are_related, is_group_member, is_whole, participants
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


@dataclass(frozen=True, slots=True)
class _Stretch:
    # Days in which mentions and groups may be elsewhere now, and the participants of those that changed.
    first: date
    last: date
    participants: frozenset[str]


class _Block:
    def __init__(self, connection: Connection, type_: str, touched: Sequence[StoredMention]) -> None:
        self.connection, self.type, self.touched = connection, type_, touched
        # Days, by signature, on which groups came, went, or say something else now.
        self.days: dict[str, set[date]] = defaultdict(set)
        self.touched_by: dict[str, bool] = {}
        self.moved: dict[str, StoredMention] = {}
        self.roots: dict[Place, str] = {}
        self.rerooted: set[Place] = set()
        self.newcomers: dict[Place, list[StoredMention]] = defaultdict(list)

    def clustered(self) -> list[Clustered]:
        for m in self._regrouped():
            self.moved[m.mention.id] = m
            self.newcomers[m.signature, m.timeline or ""].append(m)
        for m in self.touched:
            self._mark(m)
        found: dict[str, Clustered] = {}
        while self.days:  # a group that changes its cluster may take others with it
            joined = [(self._joining(stretch), stretch) for stretch in self._stretches()]
            changed = [place for joining, stretch in joined for place in self._rooted(joining, stretch)]
            for joining, stretch in joined:
                found |= {one.stored.mention.id: one for one in self._chosen(joining, stretch)}
            self._turn_to(changed)
        found |= {one.stored.mention.id: one for one in self._members()}
        return list(found.values())

    def _turn_to(self, changed: Iterable[Place]) -> None:
        self.days, self.touched_by = defaultdict(set), {}
        for signature, key in changed:
            self.days[signature].add(date.fromisoformat(key[1:]))

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

    def _stretches(self) -> Iterator[_Stretch]:
        # Touched days, those that share what is around them taken together, with the participants they concern.
        by_day: dict[date, set[str]] = defaultdict(set)
        for name, days in self.days.items():
            for day in days:
                by_day[day] |= participants(name) or {""}
        stretch: list[date] = []
        for day in sorted(by_day):
            if stretch and day - stretch[-1] > _DAY * AHEAD:
                yield self._stretch(stretch, by_day)
                stretch = []
            stretch.append(day)
        yield self._stretch(stretch, by_day)

    def _stretch(self, days: Sequence[date], by_day: Mapping[date, set[str]]) -> _Stretch:
        # Who may choose otherwise now: plans lie ahead of their events, late reports behind them.
        first, last = _around(days, 2 * CORE, LATE)
        return _Stretch(first, last, frozenset().union(*(by_day[day] for day in days)))

    def _joining(self, stretch: _Stretch) -> Joining:
        near = _around((stretch.first, stretch.last), LATE, 2 * CORE)
        named = stretch.participants
        block = mentions_of_participants(self.connection, self.type, sorted(named), *near)
        concerned = {m.signature for m in block if self._is_touched(m.signature)}
        further = frozenset().union(*(participants(name) for name in concerned)) - named
        if further:  # what touched groups may join, or who may join what they join
            more = mentions_of_participants(self.connection, self.type, sorted(further), *near)
            block = list({m.mention.id: m for m in [*block, *more]}.values())
        joining = Joining(self.type, block)
        for place, members in joining.members.items():
            cluster = self.roots.get(place) or next(
                (m.cluster for m in members if m.mention.id not in self.moved), None
            )
            if cluster and not self._is_asked(place, stretch):
                joining.known[place] = cluster
        return joining

    def _is_asked(self, place: Place, stretch: _Stretch) -> bool:
        signature, key = place
        if key[0] == "n" or not is_whole(self.type, signature) or not self._is_touched(signature):
            return False
        return stretch.first <= date.fromisoformat(key[1:]) <= stretch.last

    def _is_touched(self, signature: str) -> bool:
        if signature not in self.touched_by:
            related = any(are_related(signature, name) for name in self.days)
            self.touched_by[signature] = signature in self.days or related
        return self.touched_by[signature]

    def _rooted(self, joining: Joining, stretch: _Stretch) -> Iterator[Place]:
        # Finds the clusters of the groups asked for; tells which are other ones than before.
        for place, members in joining.members.items():
            if not self._is_asked(place, stretch):
                continue
            stayed = next((m.cluster for m in members if m.mention.id not in self.moved), None)
            before, cluster = self.roots.get(place, stayed), joining.root(place)
            self.roots[place] = cluster
            if before != cluster:
                self.rerooted.add(place)
                yield place

    def _chosen(self, joining: Joining, stretch: _Stretch) -> Iterator[Clustered]:
        # Mentions that lack a side, each with the event that it finds.
        joining.known |= {place: self.roots[place] for place in joining.members if place in self.roots}
        for place, members in joining.members.items():
            if is_group_member(members[0]):
                continue
            for m in members:
                concerned = m.mention.id in self.moved or self._is_touched(place[0])
                if concerned and stretch.first <= m.day <= stretch.last:
                    yield Clustered(m, joining.cluster(m))

    def _members(self) -> Iterator[Clustered]:
        # Of a group that stays in its cluster only the newcomers are told; of one that changes it all members,
        # wherever they are: a look back may be far from its group.
        for place, newcomers in self.newcomers.items():
            if place in self.roots and place not in self.rerooted:
                yield from (Clustered(m, self.roots[place]) for m in newcomers)
        for m in mentions_of_groups(self.connection, self.type, sorted(self.rerooted)):
            yield Clustered(m, self.roots[m.signature, m.timeline or ""])


def _around(days: Iterable[date], before: int, after: int) -> tuple[date, date]:
    found = sorted(days)
    return window(found[0], before, 0)[0], window(found[-1], 0, after)[1]
