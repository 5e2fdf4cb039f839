"""Brings the stored events in line with what resolution says, and tells which of them changed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from processors.database import Connection, now
from processors.database.articles import copies_of
from processors.database.corrections import Correction, load_corrections
from processors.database.events import (
    first_seen,
    kept,
    lock_resolver,
    merge_event,
    record_change,
    redirects,
    store_events,
)
from processors.database.novelty import Occasion, next_events, occasions_of, store_novelty
from processors.database.stored_mentions import (
    Placed,
    StoredMention,
    mentions_of_articles,
    mentions_of_clusters,
    mentions_of_events,
    place_mentions,
)
from processors.events.blocks import Clustered
from processors.events.corrected import Reports, corrected
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
    gone = [m for m in changed if m.state == "gone"]
    return refresh_events(connection, concerned.union(more), placed, gone)


def refresh_events(
    connection: Connection,
    ids: Iterable[str],
    placed: Sequence[Clustered] = (),
    gone: Sequence[StoredMention] = (),
    *,
    by_founder: bool = False,
) -> list[str]:
    """Brings these events, and those of the `placed` mentions, in line with their mentions and with what people
    corrected. `ids` must hold the events of all clusters that mentions are placed in; `gone` are mentions that were
    taken out of them. An event that falls apart goes with most of its mentions, or with the founding one.

    Returns the ids of all events that are new or not as they were, merged ones included.
    """
    old = set(ids)
    members = {one.stored.mention.id: (one.cluster, one.stored) for one in placed}
    corrections, reports = _add_members(connection, members, old)
    groups = corrected(members.values(), corrections, reports)
    known = {m.mention.id for _, m in members.values()} | old
    born = first_seen(connection, known)
    identities = identify(groups, born, old & born.keys(), redirects(connection, known), by_founder=by_founder)
    merged = {id_: into or _read_as(id_, gone, groups, identities.events) for id_, into in identities.merged.items()}
    resolved = {id_: name for id_, (name, m) in members.items() if m.cluster} | {
        one.stored.mention.id: one.cluster for one in placed
    }
    _place(connection, resolved, groups, identities.events)
    _record_merges(connection, merged)
    copies = copies_of(connection, {m.mention.article_id for group in groups.values() for m in group})
    hidden = reports.hidden(corrections)
    events = [
        replace(
            _with_copies(merged_event(identities.events[name], group), copies),
            hidden=2 * sum(m.mention.id in hidden for m in group) >= len(group),
        )
        for name, group in sorted(groups.items())
    ]
    lost = occasions_of(connection, merged)
    for id_, into in merged.items():
        merge_event(connection, id_, into)
    stored = store_novel(connection, events, lost)
    return sorted(stored | set(merged))


def _add_members(
    connection: Connection, members: dict[str, tuple[str, StoredMention]], old: set[str]
) -> tuple[list[Correction], Reports]:
    # Adds the mentions of the events `old`; and those events, with their mentions, that corrections relate to these.
    # Returns the corrections, with the reports that they hold on to.
    known, fresh = load_corrections(connection), set(old)
    while True:
        found = mentions_of_events(connection, fresh)
        homes = {m.event_id: m.cluster for m in found if m.cluster}
        for m in found:  # what is yet to be resolved is still where its article was
            members.setdefault(m.mention.id, (m.cluster or homes.get(m.event_id) or str(m.event_id), m))
        old |= fresh
        if not known:
            return [], Reports(())
        near = [m for _, m in members.values()]
        near += mentions_of_clusters(connection, {cluster for cluster, _ in members.values()})
        articles = {m.mention.article_id for m in near}
        corrections = [one for one in known if not articles.isdisjoint(_articles(one))]
        told = mentions_of_articles(connection, {id_ for one in corrections for id_ in _articles(one)})
        reports = Reports(told)
        meant = reports.meant(one for of in corrections for anchors in of.anchors for one in anchors)
        near += [m for m in told if m.mention.id in meant]
        fresh = {m.event_id for m in near if m.event_id} - old
        if not fresh:
            return corrections, reports


def _articles(correction: Correction) -> set[str]:
    return {one.article_id for anchors in correction.anchors for one in anchors}


def _read_as(
    event_id: str,
    gone: Sequence[StoredMention],
    groups: Mapping[str, Sequence[StoredMention]],
    names: Mapping[str, str],
) -> str | None:
    # The event that an event's reports, all gone, are read as now: of another type, between the same.
    told = {(m.mention.article_id, m.mention.participants) for m in gone if m.event_id == event_id}
    found = Counter(
        names[name]
        for name, group in sorted(groups.items())
        for m in group
        if m.state == "new" and (m.mention.article_id, m.mention.participants) in told
    )
    return max(found, key=lambda name: (found[name], name), default=None)


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
            if m.mention.id not in clusters:
                continue
            place = Placed(m.mention.id, clusters[m.mention.id], names[name])
            if (m.cluster, m.event_id, m.state) != (place.cluster, place.event_id, "resolved"):
                placed.append(place)
    place_mentions(connection, placed)


def _record_merges(connection: Connection, merged: Mapping[str, str | None]) -> None:
    for gone, into in merged.items():
        if into is not None:
            record_change(connection, into, Change(now(), "merged", gone, "eventwire"))


def store_novel(connection: Connection, events: Sequence[Event], lost: Iterable[Occasion] = ()) -> set[str]:
    """Stores events, each with the days since the one before of its type and dyad, and those that follow one that is
    new or moved, or one of the `lost` occasions. Returns the ids of those that are not as they were."""
    before = store_events(connection, events)
    moved: set[str] = set()
    occasions = set(lost)
    for event in (event for event in events if event.id in before):
        now_, then = kept(event), before[event.id]
        if now_ != then:
            moved.add(event.id)
            states = [state for state in (now_, then) if state]
            occasions |= {(event.type, dyad, state.day) for state in states for dyad in state.dyads}
    return set(before) | store_novelty(connection, sorted(moved | next_events(connection, occasions)))
