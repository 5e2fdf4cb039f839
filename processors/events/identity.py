"""Which event a cluster of mentions is: events keep their ids while what they consist of is resolved anew."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from processors.database.stored_mentions import StoredMention
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
    votes = _places(clusters, sorted(set(old)))
    claimed: dict[str, list[str]] = {}
    for event, places in votes.items():
        if places:
            claimed.setdefault(places[0], []).append(event)
    names: dict[str, str] = {}
    taken = set(born)
    for cluster in sorted(clusters):
        candidates = sorted(claimed.get(cluster, ()), key=lambda event: (born[event], event))
        names[cluster] = candidates[0] if candidates else _new_id(clusters[cluster], taken)
        taken.add(names[cluster])
    kept = set(names.values())
    lost = {event: names[places[0]] if places else None for event, places in votes.items() if event not in kept}
    return Identities(names, lost)


def _places(clusters: Mapping[str, Sequence[StoredMention]], old: Sequence[str]) -> dict[str, list[str]]:
    # The clusters of each event: most of its mentions first; among equals the one with its founding mention.
    counts: dict[str, Counter[str]] = {event: Counter() for event in old}
    founding: dict[str, str] = {}
    for name, members in clusters.items():
        for m in members:
            if m.event_id in counts:
                counts[m.event_id][name] += 1
            if m.mention.id in counts:
                founding[m.mention.id] = name
    return {
        event: sorted(found, key=lambda name: (-found[name], name != founding.get(event), name))
        for event, found in counts.items()
    }


def _new_id(members: Sequence[StoredMention], taken: set[str]) -> str:
    ordered = sorted(members, key=lambda m: (m.reported_at, m.mention.id))
    free = (m.mention.id for m in ordered if m.mention.id not in taken)
    return next(free, hashed_id("event", len(taken), *(m.mention.id for m in ordered)))
