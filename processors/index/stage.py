"""The index stage: what is pending in the database goes into the index, and the whole of it on `eventwire reindex`."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from processors.database import Claim, Connection, Database, claim, fail, finish, give_back, now, returned_if_stopped
from processors.database.articles import article_events, iterate_article_ids, load_articles
from processors.database.events import iterate_event_ids, load_events
from processors.database.failpoints import failpoint
from processors.database.notes import delete_note, get_notes, set_note
from processors.documents import Document, Kind, article_document, event_document
from processors.index.protocol import Rebuilt, Rejection, SearchIndex
from processors.records import Summary

_REBUILDING = "index.rebuilding:"  # and the kind
_REBUILD_LEASE = timedelta(minutes=5)
_AGAIN = timedelta(seconds=30)  # before work is looked at again that must reach the index that is being built
_ANNOUNCE_EVERY = 2000
_PREFIXES: dict[Kind, str] = {"events": "event:", "articles": "article:"}


def index_documents(database: Database, index: SearchIndex, *, limit: int = 2000) -> Summary:
    """Brings up to `limit` changed events and articles into the index; those that are gone or hidden leave it.

    A document that the index refuses is recorded with the index's reason and tried again or parked. Raises
    IndexUnavailable where the index is away, ConfigError where it cannot be used as it is set up: the work is then
    pending as before, and no attempt is counted.
    """
    claims = claim(database, "index", limit)
    if not claims:
        return Summary("index", {"done": 0, "failed": 0})
    with database.reading() as connection:  # a rebuild that ends before the work is settled counts as well
        rebuilding = _is_rebuilding(connection)
    with returned_if_stopped(database, claims):
        rejected = _write(database, index, claims)
    failpoint("index.before-store")
    summary = _settle(database, claims, rejected, rebuilding)
    failpoint("index.after-store")
    return summary


def _write(database: Database, index: SearchIndex, claims: Sequence[Claim]) -> dict[str, Rejection]:
    keys = {one.key for one in claims}
    rejected: dict[str, Rejection] = {}
    for kind, prefix in _PREFIXES.items():
        ids = sorted(key.removeprefix(prefix) for key in keys if key.startswith(prefix))
        if not ids:
            continue
        documents = load_documents(database, kind, ids)
        rejected |= {prefix + one.id: one for one in index.upsert(kind, documents)}
        if gone := sorted(set(ids) - {document["id"] for document in documents}):
            index.delete(kind, gone)
    failpoint("index.after-write")
    index.refresh()
    return rejected


def _settle(database: Database, claims: Sequence[Claim], rejected: dict[str, Rejection], rebuilding: bool) -> Summary:
    written = [one for one in claims if one.key not in rejected]
    with database.transaction() as connection:
        if rebuilding or _is_rebuilding(connection):
            # Written to the index that answers now; the one that takes its place may have read an older state.
            give_back(connection, written, not_before=now() + _AGAIN)
        else:
            finish(connection, written)
        for one in claims:
            if one.key in rejected:
                fail(connection, one, rejected[one.key].reason, retryable=rejected[one.key].retryable)
    problems = tuple(f"{key}: {rejection.reason}" for key, rejection in sorted(rejected.items()))
    return Summary("index", {"done": len(written), "failed": len(rejected)}, problems)


def load_documents(database: Database, kind: Kind, ids: Sequence[str]) -> list[Document]:
    """The documents of those events or articles that are there and to be seen."""
    with database.reading() as connection:
        if kind == "events":
            return [event_document(event) for event in load_events(connection, ids)]
        articles = load_articles(connection, ids)
        coded = article_events(connection, [article.id for article in articles])
        return [article_document(article, *coded.get(article.id, ((), ()))) for article in articles]


def all_documents(database: Database, kind: Kind) -> Iterator[Document]:
    """Every document of `kind`, read in pieces."""
    with database.reading() as connection:
        lots = iterate_event_ids(connection) if kind == "events" else iterate_article_ids(connection)
        for ids in lots:
            yield from load_documents(database, kind, ids)


def rebuild_index(database: Database, index: SearchIndex, kind: Kind) -> Rebuilt:
    """Builds the index of `kind` anew from the database, beside the present one.

    Indexing goes on meanwhile: what it writes is written once more after the swap. Raises IndexUnavailable.
    """
    _announce(database, kind)
    try:
        return index.rebuild(kind, _announcing(database, kind))
    finally:
        with database.transaction() as connection:
            delete_note(connection, _REBUILDING + kind)


def _announcing(database: Database, kind: Kind) -> Iterator[Document]:
    for number, document in enumerate(all_documents(database, kind), start=1):
        if number % _ANNOUNCE_EVERY == 0:
            _announce(database, kind)
        yield document


def _announce(database: Database, kind: Kind) -> None:
    with database.transaction() as connection:
        set_note(connection, _REBUILDING + kind, (now() + _REBUILD_LEASE).isoformat())


def _is_rebuilding(connection: Connection) -> bool:
    # Each kind has a word of its own: where both are rebuilt at once, the first to end must not take it from the other.
    return any(datetime.fromisoformat(until) > now() for until in get_notes(connection, _REBUILDING).values())
