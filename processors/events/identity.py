"""Which event a cluster of mentions is: events keep their ids while what they consist of is resolved anew."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from processors.database.stored_mentions import StoredMention
from processors.records import hashed_id


@dataclass(frozen=True, slots=True)
class Identities:
    """`events`: the event id of each cluster. `merged`: events without a cluster of their own, and the event that
    has most of their mentions now, or their founding one; None where all their mentions are gone."""

    events: dict[str, str]
    merged: dict[str, str | None]


def identify(
    clusters: Mapping[str, Sequence[StoredMention]],
    born: Mapping[str, datetime],
    old: Iterable[str],
    merged: Collection[str] = (),
    *,
    by_founder: bool = False,
) -> Identities:
    """The ids of `clusters`. `born` holds the ids that are taken with the time of each event's birth, `merged` those of
    them that lead to another event; `old` are the events whose mentions these clusters hold, all of each.

    An event goes where most of its mentions are, or with `by_founder` where its founding (first) one is. A cluster that
    several events end in is the oldest of them, and the others lead there. A cluster that none ends in is a new event
    with the id of its founding mention, which may be that of a merged one that is apart again.
    """
    votes = _places(clusters, sorted(set(old)), by_founder)
    claimed: dict[str, list[str]] = {}
    for event, places in votes.items():
        if places:
            claimed.setdefault(places[0], []).append(event)
    names: dict[str, str] = {}
    back: dict[str, str | None] = {}
    taken = set(born).difference(merged)
    for cluster in sorted(clusters):
        candidates = sorted(claimed.get(cluster, ()), key=lambda event: (born[event], event))
        if candidates:
            names[cluster] = candidates[0]
        else:
            names[cluster] = _new_id(clusters[cluster], taken)
            back |= {m.mention.id: names[cluster] for m in clusters[cluster] if m.mention.id in merged}
        taken.add(names[cluster])
    kept = set(names.values())
    lost = {event: names[places[0]] if places else None for event, places in votes.items()}
    return Identities(names, {event: into for event, into in (back | lost).items() if event not in kept})


def _places(
    clusters: Mapping[str, Sequence[StoredMention]], old: Sequence[str], by_founder: bool
) -> dict[str, list[str]]:
    # The clusters of each event: most of its mentions first; among equals the one with its founding mention.
    members: dict[str, list[tuple[StoredMention, str]]] = {event: [] for event in old}
    named: dict[str, str] = {}
    for name, mentions in clusters.items():
        for m in mentions:
            if m.event_id in members:
                members[m.event_id].append((m, name))
            if m.mention.id in members:
                named[m.mention.id] = name
    found: dict[str, list[str]] = {}
    for event, of in members.items():
        counts = Counter(name for _, name in of)
        # A new coding may have given the founding mention another id: then it is the first one.
        first = min(of, key=lambda one: (one[0].reported_at, one[0].mention.id), default=None)
        founding = named.get(event) or (first[1] if first else None)
        found[event] = sorted(
            counts, key=lambda name: (by_founder and name != founding, -counts[name], name != founding, name)
        )
    return found


def _new_id(members: Sequence[StoredMention], taken: Collection[str]) -> str:
    ordered = sorted(members, key=lambda m: (m.reported_at, m.mention.id))
    free = (m.mention.id for m in ordered if m.mention.id not in taken)
    return next(free, hashed_id("event", len(taken), *(m.mention.id for m in ordered)))
