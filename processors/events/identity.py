"""Which event a cluster of mentions is: events keep their ids while what they consist of is resolved anew."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from processors.database.mentions import StoredMention
from processors.records import hashed_id


@dataclass(frozen=True, slots=True)
class Identities:
    """`events`: the event id of each cluster. `merged`: events without a cluster of their own, and the event that
    has most of their mentions now, or None where all their mentions are gone."""

    events: dict[str, str]
    merged: dict[str, str | None]


def identify(
    clusters: Mapping[str, Sequence[StoredMention]], born: Mapping[str, datetime], old: Iterable[str]
) -> Identities:
    """The ids of `clusters`. `born` holds the ids that are taken with the time of each event's birth; `old` are the
    events whose mentions these clusters hold, all of each.

    An event goes where most of its mentions are. A cluster that several events end in is the oldest of them, and the
    others lead there. A cluster that none ends in is a new event with the id of its founding (first) mention.
    """
    votes = {event: _places(event, clusters) for event in sorted(set(old))}
    claimed: dict[str, list[str]] = {}
    for event, places in votes.items():
        if places:
            claimed.setdefault(places[0], []).append(event)
    names: dict[str, str] = {}
    for cluster in sorted(clusters):
        candidates = sorted(claimed.get(cluster, ()), key=lambda event: (born[event], event))
        names[cluster] = candidates[0] if candidates else _new_id(clusters[cluster], {*born, *names.values()})
    kept = set(names.values())
    lost = {event: names[places[0]] if places else None for event, places in votes.items() if event not in kept}
    return Identities(names, lost)


def _places(event: str, clusters: Mapping[str, Sequence[StoredMention]]) -> list[str]:
    # Most of its mentions first; among equals the one with its founding mention.
    counts: Counter[str] = Counter()
    founding = ""
    for name, members in clusters.items():
        counts[name] += sum(m.event_id == event for m in members)
        if any(m.mention.id == event for m in members):
            founding = name
    return sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name != founding, name))


def _new_id(members: Sequence[StoredMention], taken: set[str]) -> str:
    ordered = sorted(members, key=lambda m: (m.reported_at, m.mention.id))
    free = (m.mention.id for m in ordered if m.mention.id not in taken)
    return next(free, hashed_id("event", len(taken), *(m.mention.id for m in ordered)))
