"""What people correct: two events are one, a part of one is another, one is not to be seen. Kept over recoding."""

import getpass
from collections.abc import Sequence

from processors.database import Connection, Database, add_work, now
from processors.database.corrections import Anchor, Correction, drop_corrections, store_correction
from processors.database.events import current_id, lock_resolver, record_change
from processors.database.stored_mentions import mentions_of_articles, mentions_of_events
from processors.errors import EventwireError
from processors.events.corrected import anchor
from processors.events.storing import refresh_events
from processors.records import Change


class UnknownEvent(EventwireError):
    """There is no event with this id, and none that it was merged into."""


def merge_events(database: Database, into: str, other: str, author: str = "") -> str:
    """Makes one event of two; returns its id. Raises UnknownEvent, and EventwireError where they are one already."""
    with database.transaction() as connection:
        ids = [_current(connection, id_) for id_ in (into, other)]
        if ids[0] == ids[1]:
            raise EventwireError(f"{into} and {other} are one event already")
        anchors = tuple(_anchors(connection, id_) for id_ in ids)
        correction = Correction("merge", ids[0], author or getpass.getuser(), now(), anchors)
        return _apply(connection, correction, ids, f"merged: {ids[0]} and {ids[1]} are one event")


def split_event(database: Database, event_id: str, articles: Sequence[str], author: str = "") -> tuple[str, str]:
    """Makes an event of its own of what these articles report of an event; returns its id and that of the rest. An
    event keeps the id of its founding mention: where that is split off, the rest has a new one.

    Raises UnknownEvent, and EventwireError where one of the articles reports nothing of the event, or they all of it.
    """
    with database.transaction() as connection:
        id_ = _current(connection, event_id)
        reports = _anchors(connection, id_)
        apart = tuple(one for one in reports if one[0] in articles)
        if others := sorted(set(articles) - {article for article, _ in reports}):
            raise EventwireError(f"event {id_}: name some of its articles, not others ({', '.join(others)})")
        if not apart or len(apart) == len(reports):
            raise EventwireError(f"event {id_}: name some of its articles, not {'all' if apart else 'none'}")
        correction = Correction("split", id_, author or getpass.getuser(), now(), (apart,))
        _apply(connection, correction, [id_], f"split: {len(apart)} of {len(reports)} reports are another event")
        found = mentions_of_articles(connection, [article for article, _ in reports])
        ids = {anchor(mention): str(mention.event_id) for mention in found}
        rest = next(ids[one] for one in reports if one not in apart)
        return next((ids[one] for one in apart if ids[one] != rest), rest), rest


def hide_event(database: Database, event_id: str, author: str = "", *, undo: bool = False) -> str:
    """Takes an event out of search and alerts, or with `undo` brings it back; returns its id. Raises UnknownEvent."""
    with database.transaction() as connection:
        id_ = _current(connection, event_id)
        correction = Correction("hide", id_, author or getpass.getuser(), now())
        if undo:
            drop_corrections(connection, "hide", [id_])
            return _refresh(connection, correction, [id_], "shown again")
        return _apply(connection, correction, [id_], "hidden")


def _current(connection: Connection, event_id: str) -> str:
    lock_resolver(connection)
    found = current_id(connection, event_id)
    if found is None:
        raise UnknownEvent(f"there is no event {event_id!r}")
    return found


def _anchors(connection: Connection, event_id: str) -> tuple[Anchor, ...]:
    return tuple(sorted({anchor(m) for m in mentions_of_events(connection, [event_id])}))


def _apply(connection: Connection, correction: Correction, ids: Sequence[str], said: str) -> str:
    store_correction(connection, correction)
    return _refresh(connection, correction, ids, said)


def _refresh(connection: Connection, correction: Correction, ids: Sequence[str], said: str) -> str:
    changed = {*refresh_events(connection, ids), *ids}
    add_work(connection, "index", [f"event:{id_}" for id_ in changed])
    found = current_id(connection, ids[0]) or ids[0]
    record_change(connection, found, Change(correction.at, "corrected", said, correction.author))
    return found
