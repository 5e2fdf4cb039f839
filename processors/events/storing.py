"""Brings the stored events in line with what resolution says, and tells which of them changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from processors.database import Connection, now
from processors.database.articles import copies_of
from processors.database.corrections import load_corrections
from processors.database.events import (
    first_seen,
    kept,
    lock_resolver,
    merge_event,
    record_change,
    store_events,
)
from processors.database.novelty import Occasion, next_events, store_novelty
from processors.database.stored_mentions import (
    Placed,
    StoredMention,
    mentions_of_clusters,
    mentions_of_events,
    place_mentions,
)
from processors.events.blocks import Clustered
from processors.events.corrected import corrected
from processors.events.identity import identify
from processors.events.merging import merged_event
from processors.records import Change, Event

__all__ = ["lock_resolver", "refresh_events", "store_clusters"]


def store_clusters(
    connection: Connection, placed: Sequence[Clustered], changed: Sequence[StoredMention], more: Iterable[str] = ()
) -> list[str]:
    """Stores the events that follow from where mentions are `placed`. `changed` are those that are new or gone, `more`
    the events that are to be looked at beside theirs.

    Returns the ids of all events that are new or not as they were, merged ones included.
    """
    others = mentions_of_clusters(connection, {one.cluster for one in placed})
    concerned = {m.event_id for m in [*others, *changed, *(one.stored for one in placed)] if m.event_id}
    return refresh_events(connection, concerned.union(more), placed)


def refresh_events(connection: Connection, ids: Iterable[str], placed: Sequence[Clustered] = ()) -> list[str]:
    """Brings these events, and those of the `placed` mentions, in line with their mentions and with what people
    corrected. `ids` must hold the events of all clusters that mentions are placed in.

    Returns the ids of all events that are new or not as they were, merged ones included.
    """
    old = set(ids)
    members = {one.stored.mention.id: (one.cluster, one.stored) for one in placed}
    for m in mentions_of_events(connection, old):
        members.setdefault(m.mention.id, (m.cluster or m.mention.id, m))
    corrections = load_corrections(connection)
    groups = corrected(members.values(), corrections)
    born = first_seen(connection, {m.mention.id for _, m in members.values()} | old)
    identities = identify(groups, born, old & born.keys())
    _place(connection, {id_: name for id_, (name, _) in members.items()}, groups, identities.events)
    _record_merges(connection, identities.merged)
    hidden = {one.event_id for one in corrections if one.kind == "hide"}
    copies = copies_of(connection, {m.mention.article_id for group in groups.values() for m in group})
    events = [
        _with_copies(merged_event(identities.events[name], group), copies) for name, group in sorted(groups.items())
    ]
    stored = store_novel(connection, [replace(event, hidden=True) if event.id in hidden else event for event in events])
    for gone, into in identities.merged.items():
        merge_event(connection, gone, into)
    return sorted(stored | set(identities.merged))


def _with_copies(event: Event, copies: Mapping[str, Sequence[tuple[str, str]]]) -> Event:
    """`event` with the near-copies of its articles, which are coded nowhere, and their publishers among its sources.
    `source_count` stays as it is: one text in ten papers is one source."""
    repeated = [copy for article in event.articles for copy in copies.get(article, ())]
    if not repeated:
        return event
    articles = tuple(dict.fromkeys([*event.articles, *(article for article, _ in repeated)]))
    sources = tuple(sorted({*event.sources, *(source for _, source in repeated)}))
    return replace(event, articles=articles, article_count=len(articles), sources=sources)


def _place(
    connection: Connection,
    clusters: Mapping[str, str],
    groups: Mapping[str, Sequence[StoredMention]],
    names: Mapping[str, str],
) -> None:
    placed: list[Placed] = []
    for name, group in groups.items():
        for m in group:
            place = Placed(m.mention.id, clusters[m.mention.id], names[name])
            if (m.cluster, m.event_id, m.state) != (place.cluster, place.event_id, "resolved"):
                placed.append(place)
    place_mentions(connection, placed)


def _record_merges(connection: Connection, merged: Mapping[str, str | None]) -> None:
    for gone, into in merged.items():
        if into is not None:
            record_change(connection, into, Change(now(), "merged", gone, "eventwire"))


def store_novel(connection: Connection, events: Sequence[Event]) -> set[str]:
    """Stores events, each with the days since the one before of its type and dyad, and those that follow one that is
    new or moved. Returns the ids of those that are not as they were."""
    before = store_events(connection, events)
    moved: set[str] = set()
    occasions: set[Occasion] = set()
    for event in (event for event in events if event.id in before):
        now_, then = kept(event), before[event.id]
        if now_ != then:
            moved.add(event.id)
            states = [state for state in (now_, then) if state]
            occasions |= {(event.type, dyad, state.day) for state in states for dyad in state.dyads}
    return set(before) | store_novelty(connection, sorted(moved | next_events(connection, occasions)))
