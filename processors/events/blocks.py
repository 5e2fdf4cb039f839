"""Resolves what changed, and only what that can touch: each block is found by an indexed query.

First the timelines of the signatures that got or lost mentions; then the joining of signatures around the groups
that changed.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from processors.database import Connection
from processors.database.stored_mentions import (
    StoredMention,
    mentions_of_groups,
    mentions_of_signatures,
    place_timelines,
    window,
)
from processors.events.joining import Joining, Place, chooses, cluster_name, is_group_member, is_whole, participants
from processors.events.nearby import Nearby
from processors.events.shelf import Shelf
from processors.events.timeline import REACH, said, timeline


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
        self.shelf = Shelf(connection, type_)
        self.groups: set[Place] = set()  # those that came, went, or say something else now
        self.moved: dict[str, StoredMention] = {}
        self.roots: dict[Place, str] = {}
        self.rerooted: set[Place] = set()
        self.newcomers: dict[Place, list[StoredMention]] = defaultdict(list)

    def clustered(self) -> list[Clustered]:
        for m in self._regrouped():
            self.moved[m.mention.id] = m
        days: dict[str, set[date]] = defaultdict(set)
        found: dict[str, Clustered] = {}
        for m in self.moved.values():
            if is_group_member(m):
                self.newcomers[m.signature, m.timeline or ""].append(m)
            elif chooses(m):
                days[m.signature].add(m.day)
            else:
                found[m.mention.id] = Clustered(m, cluster_name(self.type, m.signature, m.timeline or ""))
        while self.groups or days:  # a group that changes its cluster may take others with it
            nearby = Nearby(self.type, self.groups, days)
            joining = self._joining(nearby)
            # Around those that changed all have just been asked.
            self.groups, days = set(self._rooted(joining, nearby)) - self.groups, {}
            found |= {one.stored.mention.id: one for one in self._chosen(joining, nearby)}
        found |= {one.stored.mention.id: one for one in self._members()}
        return list(found.values())

    # Timelines

    def _regrouped(self) -> list[StoredMention]:
        # Groups the touched signatures anew; returns the mentions that are in another group now.
        near: dict[str, list[StoredMention]] = defaultdict(list)
        for m in self.touched:
            near[m.signature].append(m)
        first, last = _around([m.day for m in self.touched], 2 * REACH, 2 * REACH)
        lines: dict[str, list[StoredMention]] = defaultdict(list)
        for m in mentions_of_signatures(self.connection, self.type, sorted(near), first, last):
            lines[m.signature].append(m)
        moved = [m for name, touched in near.items() for m in self._regroup(name, lines[name], touched)]
        place_timelines(self.connection, {m.mention.id: m.timeline or "" for m in moved})
        return moved

    def _regroup(
        self, signature: str, line: Sequence[StoredMention], touched: Sequence[StoredMention]
    ) -> list[StoredMention]:
        first, last = _around([m.day for m in touched], REACH, REACH)
        keys = timeline(line)
        moved = {
            m.mention.id: replace(m, timeline=keys[m.mention.id])
            for m in line
            if first <= m.day <= last and (keys[m.mention.id] != m.timeline or m.state == "new")
        }
        if is_whole(self.type, signature):  # nobody chooses by what lacks a side
            before = _by_key([*line, *(m for m in touched if m.state == "gone")])
            after = _by_key(moved.get(m.mention.id, m) for m in line)
            left = [*touched, *(m for m in line if m.mention.id in moved)]
            for key in {m.timeline for m in [*left, *moved.values()] if m.timeline and m.timeline[0] != "n"}:
                self._compare((signature, key), before.get(key, ()), after.get(key, ()), moved)
        return list(moved.values())

    def _compare(
        self, place: Place, before: Sequence[StoredMention], after: Sequence[StoredMention], moved: Container[str]
    ) -> None:
        # Others go by what a group says, and by its being there: where both are as before, nobody need choose anew.
        key = place[1]
        if key[0] == "h":  # nobody joins what is only looked back on
            self.roots[place] = cluster_name(self.type, *place)
            return
        stayed = next((m.cluster for m in after if m.mention.id not in moved), None)
        if stayed and said(key, before) == said(key, after):
            self.roots[place] = stayed
        else:
            self.groups.add(place)

    # Joining

    def _joining(self, nearby: Nearby) -> Joining:
        joining = Joining(self.type, self._around(nearby))
        for place, members in joining.members.items():
            cluster = self.roots.get(place) or next(
                (m.cluster for m in members if m.mention.id not in self.moved), None
            )
            if cluster and not self._is_asked(place, nearby):
                joining.known[place] = cluster
        return joining

    def _around(self, nearby: Nearby) -> Iterable[StoredMention]:
        # Who may choose otherwise now, what that may choose among, and the reports at the core of each.
        block = self.shelf.take({name: nearby.read_days(name) for name in nearby.participants}, nearby.is_around)
        asked = {m.signature for m in block if nearby.is_asked(m.signature)}
        days: dict[str, set[int]] = defaultdict(set)
        for signature in asked:
            wanted = nearby.asked_days(signature)
            for name in participants(signature):
                if not wanted <= nearby.read_days(name):
                    days[name] |= wanted
        if not days:
            return block

        def is_wanted(signature: str, day: date) -> bool:
            return any(day.toordinal() in days[name] for name in participants(signature) & days.keys())

        # What touched groups may join, or who may join what they join.
        more = self.shelf.take(days, is_wanted)
        return {m.mention.id: m for m in [*block, *more]}.values()

    def _is_asked(self, place: Place, nearby: Nearby) -> bool:
        return place[1][0] != "n" and is_whole(self.type, place[0]) and nearby.concerns_group(place)

    def _rooted(self, joining: Joining, nearby: Nearby) -> Iterator[Place]:
        # Finds the clusters of the groups asked for; tells which are other ones than before.
        for place, members in joining.members.items():
            if not self._is_asked(place, nearby):
                continue
            stayed = next((m.cluster for m in members if m.mention.id not in self.moved), None)
            before, cluster = self.roots.get(place, stayed), joining.root(place)
            self.roots[place] = cluster
            if before != cluster:
                self.rerooted.add(place)
                yield place

    def _chosen(self, joining: Joining, nearby: Nearby) -> Iterator[Clustered]:
        # Mentions that lack a side, each with the event that it finds.
        joining.known |= {place: self.roots[place] for place in joining.members if place in self.roots}
        for members in joining.members.values():
            if is_group_member(members[0]):
                continue
            for m in members:
                if nearby.concerns(m) or (m.mention.id in self.moved and nearby.is_moved(m)):
                    yield Clustered(m, joining.cluster(m))

    def _members(self) -> Iterator[Clustered]:
        # Of a group that stays in its cluster only the newcomers are told; of one that changes it all members,
        # wherever they are: a look back may be far from its group.
        for place, newcomers in self.newcomers.items():
            if place in self.roots and place not in self.rerooted:
                yield from (Clustered(m, self.roots[place]) for m in newcomers)
        for m in mentions_of_groups(self.connection, self.type, sorted(self.rerooted)):
            yield Clustered(m, self.roots[m.signature, m.timeline or ""])


def _by_key(mentions: Iterable[StoredMention]) -> dict[str, list[StoredMention]]:
    found: dict[str, list[StoredMention]] = defaultdict(list)
    for m in mentions:
        if m.timeline:
            found[m.timeline].append(m)
    return found


def _around(days: Iterable[date], before: int, after: int) -> tuple[date, date]:
    found = sorted(days)
    return window(found[0], before, 0)[0], window(found[-1], 0, after)[1]
