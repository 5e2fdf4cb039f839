"""What people correct: two events are one, a part of one is another, one is not to be seen. Kept over recoding."""

import getpass
from collections.abc import Sequence

from processors.database import Connection, Database, add_work, now
from processors.database.articles import copies_of
from processors.database.corrections import Anchor, Correction, Kind, store_correction
from processors.database.events import current_id, load_events, lock_resolver, record_change
from processors.database.stored_mentions import mentions_of_articles, mentions_of_events
from processors.errors import EventwireError
from processors.events.corrected import anchor
from processors.events.storing import refresh_events
from processors.records import Change


class UnknownEvent(EventwireError):
    """There is no event with this id, and none that it was merged into."""


def merge_events(database: Database, into: str, other: str, author: str = "") -> str:
    """Makes one event of two; returns its id. Raises UnknownEvent, and EventwireError where they are one already or of
    different types."""
    with database.transaction() as connection:
        ids = [_current(connection, id_) for id_ in (into, other)]
        if ids[0] == ids[1]:
            raise EventwireError(f"{into} and {other} are one event already")
        one, two = load_events(connection, ids, hidden=True)
        if one.type != two.type:
            raise EventwireError(
                f"{into} is of the type {one.type}, {other} of {two.type}: an event has one type."
                " Where the coder read a wrong one, hide that event (eventwire events hide)"
            )
        anchors = tuple(_anchors(connection, id_) for id_ in ids)
        correction = Correction("merge", ids[0], author or getpass.getuser(), now(), anchors)
        found = _apply(connection, correction, ids, f"merged: {ids[0]} and {ids[1]} are one event")
        if current_id(connection, ids[1]) != found:  # what cannot be told apart cannot be put together
            raise EventwireError(f"{ids[0]} and {ids[1]} cannot be merged: the same articles report both")
        return found


def split_event(database: Database, event_id: str, articles: Sequence[str], author: str = "") -> tuple[str, str]:
    """Makes an event of its own of what these articles report of an event; returns its id and that of the rest. An
    event keeps the id of its founding mention: where that is split off, the rest has a new one.

    Raises UnknownEvent, and EventwireError where one of the articles reports nothing of the event, or they all of it.
    """
    with database.transaction() as connection:
        id_ = _current(connection, event_id)
        reports = _anchors(connection, id_)
        named = _originals(connection, reports, articles)
        apart = tuple(one for one in reports if one.article_id in named)
        rest = tuple(one for one in reports if one.article_id not in named)
        if others := sorted(named - {one.article_id for one in reports}):
            raise EventwireError(f"event {id_}: name some of its articles; it is not reported by {', '.join(others)}")
        if not apart or not rest:
            raise EventwireError(f"event {id_}: name some of its articles, not {'all' if apart else 'none'}")
        correction = Correction("split", id_, author or getpass.getuser(), now(), (apart, rest))
        _apply(connection, correction, [id_], f"split: {len(apart)} of {len(reports)} reports are another event")
        found = mentions_of_articles(connection, [one.article_id for one in reports])
        ids = {anchor(mention): str(mention.event_id) for mention in found}
        left = next(ids[one] for one in rest)
        return next((ids[one] for one in apart if ids[one] != left), left), left


def hide_event(database: Database, event_id: str, author: str = "", *, undo: bool = False) -> str:
    """Takes what reports an event out of search and alerts, or with `undo` brings it back; returns the event's id. It
    is seen again once most of its reports are others than these. Raises UnknownEvent, and EventwireError where it is
    hidden, or to be seen, already."""
    with database.transaction() as connection:
        id_ = _current(connection, event_id)
        if any(event.hidden is not undo for event in load_events(connection, [id_], hidden=True)):
            raise EventwireError(f"{id_} is {'not hidden' if undo else 'hidden already'}")
        kind: Kind = "show" if undo else "hide"
        correction = Correction(kind, id_, author or getpass.getuser(), now(), (_anchors(connection, id_),))
        return _apply(connection, correction, [id_], "shown again" if undo else "hidden")


def _current(connection: Connection, event_id: str) -> str:
    lock_resolver(connection)
    found = current_id(connection, event_id)
    if found is None:
        raise UnknownEvent(f"there is no event {event_id!r}")
    return found


def _anchors(connection: Connection, event_id: str) -> tuple[Anchor, ...]:
    return tuple(sorted({anchor(m) for m in mentions_of_events(connection, [event_id])}))


def _originals(connection: Connection, reports: Sequence[Anchor], articles: Sequence[str]) -> set[str]:
    # A near-copy is coded nowhere: it goes where its original goes.
    copies = copies_of(connection, [one.article_id for one in reports])
    original = {copy: article for article, of in copies.items() for copy, _ in of}
    return {original.get(article, article) for article in articles}


def _apply(connection: Connection, correction: Correction, ids: Sequence[str], said: str) -> str:
    store_correction(connection, correction)
    changed = {*refresh_events(connection, ids, by_founder=correction.kind == "split"), *ids}
    for stage in ("index", "match"):
        add_work(connection, stage, [f"event:{id_}" for id_ in changed])
    found = current_id(connection, ids[0]) or ids[0]
    record_change(connection, found, Change(correction.at, "corrected", said, correction.author))
    return found
