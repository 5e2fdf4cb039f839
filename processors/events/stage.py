"""The stage: takes articles whose mentions are new or changed, and brings the events in line with them."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from processors.database import Claim, Connection, Database, add_work, claim, fail, finish, returned_if_stopped
from processors.database.failpoints import failpoint
from processors.database.mentions import remove_gone
from processors.database.stored_mentions import changed_mentions, mentions_of_articles
from processors.errors import EventwireError
from processors.events.blocks import resolve_blocks
from processors.events.storing import lock_resolver, store_clusters
from processors.events.updates import record_updates
from processors.records import Summary
from processors.settings import Settings

# Of a backlog so much is resolved at a time: what a batch reads are mostly earlier mentions, about as many for a large
# batch as for a small one. SQLite's other writers wait so long (some ten seconds; they would for a minute).
LIMIT = 10_000


def resolve_events(database: Database, settings: Settings, *, limit: int = LIMIT) -> Summary:
    """Merges the mentions of up to `limit` pending articles into events, and marks what changed for index and
    alerts, in one transaction.

    One resolver works at a time; another one waits. Raises DatabaseError where the database is away: what is pending
    then waits, and no attempt is counted.
    """
    claims = claim(database, "resolve", limit)
    if not claims:
        return Summary("resolve", {"done": 0, "failed": 0})
    with returned_if_stopped(database, claims):
        return _resolve_all(database, claims)


def _resolve_all(database: Database, claims: list[Claim]) -> Summary:
    try:
        with _uncollected():
            return _resolve(database, claims)
    except EventwireError:
        raise
    except Exception as error:
        if len(claims) == 1:
            return _failed(database, claims[0], error)
    # One bad article must not hold up the others: each on its own.
    total = Summary("resolve", {"done": 0, "failed": 0})
    for one in claims:
        try:
            total = total + _resolve(database, [one])
        except EventwireError:
            raise
        except Exception as error:
            total = total + _failed(database, one, error)
    return total


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for reference cycles: resolution keeps some hundred thousand records, none of them in a cycle,
    and to go through them all again and again takes a quarter of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _failed(database: Database, one: Claim, error: Exception) -> Summary:
    reason = f"{type(error).__name__}: {error}"
    with database.transaction() as connection:
        fail(connection, one, reason)
    return Summary("resolve", {"done": 0, "failed": 1}, (f"article {one.key}: {reason}",))


def _resolve(database: Database, claims: Sequence[Claim]) -> Summary:
    keys = [one.key for one in claims]
    with database.transaction() as connection:
        mentions, ids = resolve_articles(connection, keys, updated=True)
        work = [f"event:{id_}" for id_ in ids]
        add_work(connection, "index", work)
        add_work(connection, "match", work)
        finish(connection, claims)
        failpoint("resolve.before-store")
    failpoint("resolve.after-store")
    counts = {"done": len(claims), "failed": 0, "mentions": mentions, "events": len(ids)}
    return Summary("resolve", counts)


def resolve_articles(
    connection: Connection, article_ids: Sequence[str], *, updated: bool = False
) -> tuple[int, list[str]]:
    """Brings the events in line with the mentions of these articles, in the caller's transaction.

    `updated`: where mentions are gone, it is because their articles say something else now, and the events' histories
    tell it; otherwise only the coder reads them differently.
    Returns how many mentions were new or gone, and the ids of all events that are new or not as they were.
    """
    lock_resolver(connection)
    changed = changed_mentions(connection, article_ids)
    clusters = resolve_blocks(connection, changed)
    ids = store_clusters(connection, clusters, changed, _events_of(connection, article_ids))
    if updated:
        record_updates(connection, changed)
    remove_gone(connection, article_ids)
    return len(changed), ids


def _events_of(connection: Connection, article_ids: Sequence[str]) -> set[str]:
    # The events of these articles: near-copies bring no mention, but the events get, or lose, their publishers.
    repeated = mentions_of_articles(connection, article_ids)
    return {m.event_id for m in repeated if m.event_id}
