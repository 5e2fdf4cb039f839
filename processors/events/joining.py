"""Signatures joined: a mention that names one side belongs to an event that names both, two participants to three.

A missing side fits a present one, a different one does not. A group whose mentions name somebody on every side joins
as a whole; mentions with a missing side each find their event, since on one day a state may call two others. Where
one report names more than the many others of its day, it joins them.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from processors.database.stored_mentions import StoredMention
from processors.events.timeline import (
    CORE,
    LATE,
    Group,
    Reach,
    best,
    group_of,
    is_misdated,
)
from processors.records import RECIPROCAL, hashed_id

_LEVELS = "opuc"  # those that others may join, weightiest first
Place = tuple[str, str]  # a group: its signature and its key
_Sides = tuple[frozenset[str], frozenset[str]]


@lru_cache(maxsize=50_000)
def sides(signature: str) -> _Sides:
    """The participants of a signature by side; a reciprocal one's are all on the first."""
    actors, _, recipients = signature.partition(">")
    return frozenset(filter(None, actors.split(","))), frozenset(filter(None, recipients.split(",")))


@lru_cache(maxsize=10_000)
def is_whole(type_: str, signature: str) -> bool:
    """Whether a signature names somebody on every side that its type has."""
    actors, recipients = sides(signature)
    return len(actors) > 1 if type_ in RECIPROCAL else bool(actors and recipients)


@lru_cache(maxsize=50_000)
def participants(signature: str) -> frozenset[str]:
    """Everybody whom a signature names."""
    return frozenset().union(*sides(signature))


@lru_cache(maxsize=10_000)
def within(small: str, large: str) -> bool:
    """Whether `large` names all that `small` does, on the same sides, and somebody more; or on two sides those whom
    `small` names together on one, not knowing who did it to whom."""
    (actors, recipients), (more_actors, more_recipients) = sides(small), sides(large)
    if small != large and actors <= more_actors and recipients <= more_recipients:
        return True
    together = ">" in small and len(actors | recipients) > 1 and not (actors and recipients)
    return bool(together and more_actors and more_recipients and actors | recipients <= more_actors | more_recipients)


def are_related(one: str, other: str) -> bool:
    """Whether one of two signatures names all that the other does, and more."""
    some, others = participants(one), participants(other)  # most pairs are told apart by these alone
    return (some <= others and within(one, other)) or (others <= some and within(other, one))


def cluster_name(type_: str, signature: str, key: str) -> str:
    """The name of the cluster that a timeline's group is the root of."""
    return hashed_id(type_, signature, key)


def is_group_member(stored: StoredMention) -> bool:
    """Whether a mention goes where the group goes that it is in, having nobody missing."""
    anonymous = bool(stored.timeline) and str(stored.timeline).startswith("n")
    return not anonymous and is_whole(stored.mention.type, stored.signature)


def chooses(stored: StoredMention) -> bool:
    """Whether a mention that is no group's member may go to an event of those that name more."""
    anonymous = str(stored.timeline).startswith("n")
    return not anonymous and (stored.is_dated or stored.status != "historical")


class Joining:
    """The groups of one type in a stretch of days. `mentions` are those of the stretch that share a participant with
    what is asked for, with their timelines. What is put into `known` is taken as it is."""

    def __init__(self, type_: str, mentions: Iterable[StoredMention]) -> None:
        self.type = type_
        self.members: dict[Place, list[StoredMention]] = defaultdict(list)
        self.known: dict[Place, str] = {}
        for m in mentions:
            if m.timeline:
                self.members[m.signature, m.timeline].append(m)
        self._groups: dict[str, dict[int, list[Group]]] = defaultdict(lambda: defaultdict(list))
        self._at: dict[Place, Group] = {}
        self._by_participant: dict[str, set[str]] = defaultdict(set)
        self._related_ones: dict[str, list[str]] = {}
        for (signature, key), group in self.members.items():
            if key[0] in _LEVELS and is_whole(type_, signature):
                self._add(signature, group_of(key, group))

    def _add(self, signature: str, group: Group) -> None:
        self._groups[signature][group.ordinal].append(group)
        self._at[signature, group.key] = group
        for name in participants(signature):
            self._by_participant[name].add(signature)

    def cluster(self, stored: StoredMention, places: Iterable[Place]) -> str:
        """The name of the cluster of a mention that is no group's member: it chooses among the groups at these places,
        else stays in its own."""
        assert stored.timeline
        reach = Reach(stored, whole=False)
        found = [(self._at[place], place) for place in places if place in self._at and reach.fits(self._at[place])]
        if not found:
            return cluster_name(self.type, stored.signature, stored.timeline)
        chosen = best(stored, [group for group, _ in found])
        return self.root(next(place for group, place in found if group is chosen))

    def root(self, place: Place) -> str:
        """The name of the cluster that a group is in: its own, or that of the weightiest group near it that names
        some of its participants or some more. So what one report names too many does not stand apart either."""
        if place not in self.known:
            following = self._next(*place)
            self.known[place] = self.root(following) if following else cluster_name(self.type, *place)
        return self.known[place]

    def _next(self, signature: str, key: str) -> Place | None:
        own = self._at.get((signature, key))
        if own is None:
            return None
        near = [
            (_rank(other, group), -abs(group.ordinal - own.ordinal), (other, group.key))
            for other in self._related(signature)
            for day in near_days(own.ordinal)
            for group in self._groups[other].get(day, ())
            if _reaches(own, group) and _rank(other, group) > _rank(signature, own)
        ]
        return max(near)[2] if near else None

    def _related(self, signature: str) -> list[str]:
        if signature not in self._related_ones:
            others = set().union(*(self._by_participant[name] for name in participants(signature)))
            self._related_ones[signature] = [other for other in others if are_related(signature, other)]
        return self._related_ones[signature]


def near_days(day: int) -> Iterable[int]:
    """The days (ordinals) of the groups that one of this day may follow."""
    return range(day - LATE, day + CORE + 1)


def _rank(signature: str, group: Group) -> tuple[int, int, int, str, str]:
    # What says more of the event: a date and that it took place, more reports, more participants.
    return -_LEVELS.index(group.level), group.evidence.reports, len(participants(signature)), signature, group.key


def _reaches(own: Group, other: Group) -> bool:
    # Whether the days of two groups allow that they are one event.
    gap = other.ordinal - own.ordinal
    if own.level == "c":
        return -LATE <= gap <= CORE
    if own.level == "u":
        return -LATE <= gap <= 0 if other.level != "u" else gap == 0
    if own.level == other.level:
        return gap == 0 or (abs(gap) == 1 and is_misdated(own, other))
    return abs(gap) <= 1
