"""Signatures joined: a mention that names one side belongs to an event that names both, two participants to three.

A missing side fits a present one, a different one does not. A group whose mentions name somebody on every side joins
as a whole; mentions with a missing side each find their event, since on one day a state may call two others.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from processors.database.mentions import StoredMention
from processors.events.timeline import Group, best, fitting, group_of, is_dated
from processors.records import RECIPROCAL, hashed_id

_Sides = tuple[frozenset[str], frozenset[str]]


@lru_cache(maxsize=50_000)
def sides(signature: str) -> _Sides:
    """The participants of a signature by side; a reciprocal one's are all on the first."""
    actors, _, recipients = signature.partition(">")
    return frozenset(filter(None, actors.split(","))), frozenset(filter(None, recipients.split(",")))


def is_whole(type_: str, signature: str) -> bool:
    """Whether a signature names somebody on every side that its type has."""
    actors, recipients = sides(signature)
    return len(actors) > 1 if type_ in RECIPROCAL else bool(actors and recipients)


@lru_cache(maxsize=200_000)
def within(small: str, large: str) -> bool:
    """Whether `large` names all that `small` does, on the same sides, and somebody more."""
    (actors, recipients), (more_actors, more_recipients) = sides(small), sides(large)
    return small != large and actors <= more_actors and recipients <= more_recipients


def cluster_name(type_: str, signature: str, key: str) -> str:
    """The name of the cluster that a timeline's group is the root of."""
    return hashed_id(type_, signature, key)


def is_group_member(stored: StoredMention) -> bool:
    """Whether a mention goes where the group goes that it is in, having nobody missing."""
    anonymous = bool(stored.timeline) and str(stored.timeline).startswith("n")
    return not anonymous and is_whole(stored.mention.type, stored.signature)


class Joining:
    """The groups of one type in a stretch of days. `mentions` are those of the stretch that share a participant with
    what is asked for, with their timelines."""

    def __init__(self, type_: str, mentions: Iterable[StoredMention]) -> None:
        self.type = type_
        self.members: dict[tuple[str, str], list[StoredMention]] = defaultdict(list)
        for m in mentions:
            if m.timeline:
                self.members[m.signature, m.timeline].append(m)
        self._groups: dict[str, dict[date, list[Group]]] = defaultdict(lambda: defaultdict(list))
        self._by_participant: dict[str, set[str]] = defaultdict(set)
        for (signature, key), group in self.members.items():
            if key[0] in "opuc" and is_whole(type_, signature):
                self._add(signature, group_of(key, group))

    def _add(self, signature: str, group: Group) -> None:
        self._groups[signature][group.day].append(group)
        for name in frozenset().union(*sides(signature)):
            self._by_participant[name].add(signature)

    def cluster(self, stored: StoredMention) -> str:
        """The name of the cluster of a mention that is no group's member: it chooses among the events of those that
        name more, else stays in its own group."""
        assert stored.timeline
        own = cluster_name(self.type, stored.signature, stored.timeline)
        if stored.timeline.startswith("n") or (stored.mention.status == "historical" and not is_dated(stored)):
            return own
        found: dict[int, str] = {}
        groups: list[Group] = []
        for signature in self._larger(stored.signature):
            fits = fitting(stored, self._groups[signature], whole=False)
            found |= {id(group): signature for group in fits}
            groups += fits
        if not groups:
            return own
        chosen = best(stored, groups)
        return self.root(found[id(chosen)], chosen.key)

    def root(self, signature: str, key: str) -> str:
        """The name of the cluster that a group is in: its own, or that of the largest signature's group of its kind
        and day that names all whom it names."""
        while key[0] in "opuc":
            day = date.fromisoformat(key[1:])
            near = [
                (len(frozenset().union(*sides(large))), group.evidence.reports, large, group.key)
                for large in self._larger(signature)
                for group in self._groups[large].get(day, ())
                if group.level == key[0]
            ]
            if not near:
                break
            _, _, signature, key = max(near)
        return cluster_name(self.type, signature, key)

    def _larger(self, signature: str) -> list[str]:
        names = frozenset().union(*sides(signature))
        if not names:
            return []
        shared = min((self._by_participant[name] for name in names), key=len)
        return sorted(large for large in shared if within(signature, large))
