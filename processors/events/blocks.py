"""Resolves what changed, and only what that can touch: each block is found by an indexed query.

First the timelines of the signatures that got or lost mentions; then the joining of signatures around the groups
that changed.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from processors.database import Connection
from processors.database.stored_mentions import (
    StoredMention,
    keep_mentions,
    mentions_of_groups,
    mentions_of_signatures,
    place_timelines,
    window,
)
from processors.events.joining import (
    Joining,
    Place,
    chooses,
    cluster_name,
    is_group_member,
    is_whole,
    near_days,
)
from processors.events.nearby import Nearby, wide
from processors.events.regrouping import regrouped
from processors.events.shelf import Shelf, stretch
from processors.events.timeline import CORE, NEAR, REACH, Beyond, Reach, day_of, said


@dataclass(frozen=True, slots=True)
class Clustered:
    """A mention, with its group among those of its signature, and the name of its cluster."""

    stored: StoredMention
    cluster: str

    @property
    def is_moved(self) -> bool:
        """Whether the mention is new, or was in another cluster."""
        return self.stored.state == "new" or self.stored.cluster != self.cluster


def resolve_blocks(connection: Connection, changed: Sequence[StoredMention]) -> list[Clustered]:
    """All mentions whose cluster is another one because of the `changed` mentions (new ones and those that are gone),
    with their clusters. Stores the mentions' timelines."""
    by_type: dict[str, list[StoredMention]] = defaultdict(list)
    for m in changed:
        by_type[m.mention.type].append(m)
    found: list[Clustered] = []
    ids, kept = {m.mention.id for m in changed}, 0
    for type_, touched in sorted(by_type.items()):
        here = [one for one in _Block(connection, type_, touched).clustered() if one.is_moved]
        found += here
        ids.update(one.stored.mention.id for one in here)
        # Neither other types nor the events that follow look at the rest.
        kept = keep_mentions(connection, kept, ids, {one.cluster for one in here})
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
        self.changed: set[Place] = set()  # all that `groups` has held
        self.unsettled: set[str | None] = set()  # the clusters that these were in
        self.choices: dict[str, list[Place]] = {}  # by the ids of the mentions that choose

    def clustered(self) -> list[Clustered]:
        self.moved = {m.mention.id: m for m in self._regrouped()}
        place_timelines(self.connection, self.moved)
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
            self.changed |= self.groups
            nearby = Nearby(self.type, self.groups, days)
            joining = self._joining(nearby)
            # Around those that changed all have just been asked.
            self.groups, days = set(self._rooted(joining, nearby)) - self.groups, {}
            found |= {one.stored.mention.id: one for one in self._chosen(joining)}
        found |= {one.stored.mention.id: one for one in self._members()}
        return list(found.values())

    # Timelines

    def _regrouped(self) -> Iterator[StoredMention]:
        # Groups the touched signatures anew; gives the mentions that are in another group now.
        touched: dict[str, list[StoredMention]] = defaultdict(list)
        for m in self.touched:
            touched[m.signature].append(m)
        beyond: dict[str, list[StoredMention]] = {}
        for name, line, known in self._lines(touched, NEAR):
            try:
                yield from self._regroup(name, line, touched[name], known)
            except Beyond:
                beyond[name] = touched[name]
        for name, line, _ in self._lines(beyond, 2 * REACH):
            yield from self._regroup(name, line, beyond[name], None)

    def _lines(
        self, touched: Mapping[str, Sequence[StoredMention]], around: int
    ) -> Iterator[tuple[str, Sequence[StoredMention], range]]:
        # The mentions of these signatures so many days around what came or went; and what looks back further around.
        windows: dict[tuple[date, date], list[str]] = defaultdict(list)
        for name, changes in touched.items():  # in whole stretches of the calendar: few queries
            windows[_around([day for m in changes for day in stretch(m.day)], around, around)].append(name)
        for (first, last), names in sorted(windows.items()):
            lines: dict[str, list[StoredMention]] = {name: [] for name in names}
            back = window(first, REACH, 0)[0], window(last, 0, REACH)[1]
            for m in mentions_of_signatures(self.connection, self.type, sorted(names), (first, last), back):
                lines[m.signature].append(m)
            for name, line in lines.items():
                yield name, line, range(first.toordinal(), last.toordinal() + 1)

    def _regroup(
        self, signature: str, line: Sequence[StoredMention], touched: Sequence[StoredMention], known: range | None
    ) -> Iterable[StoredMention]:
        moved = regrouped(line, touched, known)
        if is_whole(self.type, signature):  # nobody chooses by what lacks a side
            before = _by_key([*line, *(m for m in touched if m.state == "gone")])
            after = _by_key(moved.get(m.mention.id, m) for m in line)
            left = [*touched, *(m for m in line if m.mention.id in moved)]
            keys = {m.timeline for m in [*left, *moved.values()] if m.timeline and m.timeline[0] != "n"}
            if known and not all(_is_known(key, known) for key in keys):
                raise Beyond
            for key in keys:
                self._compare((signature, key), before.get(key, ()), after.get(key, ()), moved)
        return moved.values()

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
            self.unsettled.update(m.cluster for m in before)

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
        # Who may choose otherwise now, and the groups that it may choose among.
        found = self.shelf.find(wide(nearby.days))
        asked = {signature: nearby.asked_days(signature) for signature in found if nearby.is_asked(signature)}
        groups = {signature: sorted(self.shelf.groups_of(signature)) for signature in asked}
        days: dict[str, set[int]] = defaultdict(set)
        for signature, own in asked.items():
            days[signature] |= own
            around = wide(own)
            for other in groups[signature]:
                days[other] |= around
        self.shelf.look_up(days)
        whole = {signature for signature in asked if is_whole(self.type, signature)}
        choosing = self.shelf.take({signature: own for signature, own in asked.items() if signature not in whole})
        choosing = [m for m in choosing if self._chooses_anew(m, nearby)]
        self.choices, near = {}, dict[tuple[str, range], list[tuple[Place, str | None]]]()
        for m in choosing:
            reach = Reach(m, whole=False)
            if (m.signature, reach.days) not in near:
                near[m.signature, reach.days] = list(self._places(groups[m.signature], reach.days))
            self.choices[m.mention.id] = self._choices(m, reach, near[m.signature, reach.days])
        wanted = {place for m in choosing for place in self.choices[m.mention.id]}
        for signature in whole:
            days_near = {near for day in asked[signature] for near in near_days(day)}
            wanted.update(place for place, _ in self._places(groups[signature], days_near))
        return [*choosing, *self.shelf.take_groups(wanted)]

    def _places(self, signatures: Iterable[str], days: Iterable[int]) -> Iterator[tuple[Place, str | None]]:
        # The groups of these days, each with the cluster that it was in.
        for signature in signatures:
            for key, members in self.shelf.groups(signature, days):
                yield (signature, key), next((where for id_, where in members.items() if id_ not in self.moved), None)

    def _choices(self, m: StoredMention, reach: Reach, near: Iterable[tuple[Place, str | None]]) -> list[Place]:
        # Where a mention may go. What has chosen before, and whose event is as it was, only asks whether one of the
        # groups that changed is better: the others have lost already.
        if not chooses(m):
            return []
        if m.state != "resolved" or m.mention.id in self.moved or m.cluster in self.unsettled:
            return [place for place, _ in near if place[1][0] in reach.levels]
        return [
            place
            for place, cluster in near
            if place[1][0] in reach.levels and (cluster == m.cluster or place in self.changed)
        ]

    def _chooses_anew(self, m: StoredMention, nearby: Nearby) -> bool:
        return nearby.concerns(m) or (m.mention.id in self.moved and nearby.is_moved(m))

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
                self.unsettled.add(before)
                self.rerooted.add(place)
                yield place

    def _chosen(self, joining: Joining) -> Iterator[Clustered]:
        # Mentions that lack a side, each with the event that it finds.
        joining.known |= {place: self.roots[place] for place in joining.members if place in self.roots}
        for m in chain.from_iterable(joining.members.values()):
            if m.mention.id in self.choices:
                yield Clustered(m, joining.cluster(m, self.choices[m.mention.id]))

    def _members(self) -> Iterator[Clustered]:
        # Of a group that stays in its cluster only the newcomers are told; of one that changes it all members,
        # wherever they are: a look back may be far from its group.
        for place, newcomers in self.newcomers.items():
            if place in self.roots and place not in self.rerooted:
                yield from (Clustered(m, self.roots[place]) for m in newcomers)
        for m in mentions_of_groups(self.connection, self.type, sorted(self.rerooted)):
            yield Clustered(m, self.roots[m.signature, m.timeline or ""])


def _is_known(key: str, known: range) -> bool:
    # Whether all reports at the core of a group are among those of the days known.
    day = day_of(key)
    return key[0] == "h" or (day in known and day + CORE in known)


def _by_key(mentions: Iterable[StoredMention]) -> dict[str, list[StoredMention]]:
    found: dict[str, list[StoredMention]] = defaultdict(list)
    for m in mentions:
        if m.timeline:
            found[m.timeline].append(m)
    return found


def _around(days: Iterable[date], before: int, after: int) -> tuple[date, date]:
    found = sorted(days)
    return window(found[0], before, 0)[0], window(found[-1], 0, after)[1]
