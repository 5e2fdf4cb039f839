"""The stage: takes articles whose mentions are new or changed, and brings the events in line with them."""

from collections.abc import Iterable, Sequence

from processors.database import Claim, Connection, Database, add_work, claim, fail, finish
from processors.database.failpoints import failpoint
from processors.database.mentions import (
    StoredMention,
    changed_mentions,
    mentions_of_participant,
    remove_gone,
    window,
)
from processors.errors import EventwireError
from processors.events.clusters import WINDOW, cluster
from processors.events.storing import lock_resolver, store_clusters
from processors.records import Summary
from processors.settings import Settings

LIMIT = 2000


def resolve_events(database: Database, settings: Settings, *, limit: int = LIMIT) -> Summary:
    """Merges the mentions of up to `limit` pending articles into events, and marks what changed for index and
    alerts, in one transaction.

    One resolver works at a time; another one waits. Raises DatabaseError where the database is away.
    """
    claims = claim(database, "resolve", limit)
    if not claims:
        return Summary("resolve", {"done": 0, "failed": 0})
    try:
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


def _failed(database: Database, one: Claim, error: Exception) -> Summary:
    reason = f"{type(error).__name__}: {error}"
    with database.transaction() as connection:
        fail(connection, one, reason)
    return Summary("resolve", {"done": 0, "failed": 1}, (f"article {one.key}: {reason}",))


def _resolve(database: Database, claims: Sequence[Claim]) -> Summary:
    keys = [one.key for one in claims]
    with database.transaction() as connection:
        lock_resolver(connection)
        changed = changed_mentions(connection, keys)
        block = _block(connection, changed)
        ids = store_clusters(connection, cluster(block), changed)
        remove_gone(connection, keys)
        work = [f"event:{id_}" for id_ in ids]
        add_work(connection, "index", work)
        add_work(connection, "match", work)
        finish(connection, claims)
        failpoint("resolve.before-store")
    failpoint("resolve.after-store")
    counts = {"done": len(claims), "failed": 0, "mentions": len(changed), "events": len(ids)}
    return Summary("resolve", counts)


def _block(connection: Connection, changed: Iterable[StoredMention]) -> list[StoredMention]:
    found: dict[str, StoredMention] = {}
    days = 2 * WINDOW.days
    for stored in changed:
        for name in stored.mention.participants or ("",):
            first, last = window(stored.day, days, days)
            block = mentions_of_participant(connection, stored.mention.type, name, first, last)
            found |= {one.mention.id: one for one in block}
    return list(found.values())
