"""A fresh look at feeds, whether they are due or not."""

import asyncio
from collections.abc import Sequence

from processors.database import Database
from processors.database.feeds import FeedState, load_feeds
from processors.errors import ConfigError
from processors.feeds.fetching import Fetched, by_turns, fetch_all
from processors.settings import Settings


def chosen_feeds(database: Database, names: Sequence[str]) -> list[FeedState]:
    """The feeds with these names or addresses, all without any. Raises ConfigError for one that there is not."""
    feeds = load_feeds(database)
    if not names:
        return feeds
    by_name = {key: feed for feed in feeds for key in (feed.id, feed.name.lower(), feed.url, feed.configured_url)}
    missing = [name for name in names if name not in by_name and name.lower() not in by_name]
    if missing:
        raise ConfigError(f"there is no feed {missing[0]!r}; `eventwire feeds list` shows names and addresses")
    return [by_name.get(name) or by_name[name.lower()] for name in names]


def check_feeds(database: Database, settings: Settings, names: Sequence[str] = ()) -> list[Fetched]:
    """Asks the feeds with these names or addresses (all without any) now and unconditionally; stores what comes."""
    feeds = by_turns(chosen_feeds(database, names))
    return asyncio.run(fetch_all(database, settings, [(feed, None) for feed in feeds], conditional=False))
