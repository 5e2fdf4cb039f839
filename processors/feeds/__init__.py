"""The first stage: feeds are asked, entries are kept."""

from collections import defaultdict
from collections.abc import Sequence

from processors.database import Database
from processors.database.feeds import due_feeds, sync_configured
from processors.records import Summary
from processors.settings import Settings

__all__ = ["due_batches", "fetch_feeds", "sync_feeds"]


def fetch_feeds(database: Database, settings: Settings, *, feed_ids: Sequence[str] | None = None) -> Summary:
    """Asks the feeds that are due (among `feed_ids`, where given), and stores new and changed entries.

    Counts: done, failed (feeds), unchanged, new, changed (entries). One bad feed is a problem told, never an error
    raised. Raises DatabaseError where the database is away.
    """
    from processors.feeds.fetching import fetch_feeds as fetch

    return fetch(database, settings, feed_ids=feed_ids)


def sync_feeds(database: Database, settings: Settings) -> None:
    """Takes over what the feeds file says: new feeds are due at once, removed ones become inactive.

    Raises ConfigError with file, line and key.
    """
    from processors.feeds.configuration import load_configured
    from processors.fetch.urls import host_of

    configured = [(feed, host_of(feed.url)) for feed in load_configured(settings.feeds_file)]
    sync_configured(database, configured, settings.feeds.default_interval)


def due_batches(database: Database, settings: Settings, batches: int) -> list[list[str]]:
    """The ids of the feeds that are due, in at most `batches` lists of about one size, a host's feeds together."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for feed_id, host in due_feeds(database):
        by_host[host].append(feed_id)
    filled: list[list[str]] = [[] for _ in range(batches)]
    for group in sorted(by_host.values(), key=len, reverse=True):
        min(filled, key=len).extend(group)
    return [batch for batch in filled if batch]
