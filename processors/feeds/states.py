"""The state of a feed, in words that a person understands, and what a failure weighs."""

from datetime import datetime, timedelta

from processors.database.feeds import FeedState
from processors.feeds.polling import Polling

STALE_AFTER = timedelta(days=60)
QUIET_FACTOR = 10  # times the usual distance between two entries
QUIET_AFTER = timedelta(days=3)  # at the least
MOVED_AFTER = 3  # permanent redirects in a row, each with a feed behind it, before the new address is adopted

BLOCKED = frozenset({"forbidden", "unauthorized", "bot_wall", "robots"})
GONE_INTERVAL = timedelta(days=7)  # feeds come back even from 410, so they are looked at once a week
_WEIGHTS = {
    "dns_temporary": 0.25,
    "not_found": 0.5,
    "rate_limited": 0.5,
    "server_error": 0.5,
    "tls": 0.5,
    "timeout": 0.5,
    "too_slow": 0.5,
    "connect": 0.5,
    "not_a_feed": 0.5,
    "html": 0.5,
    "empty": 0.5,
    "host_paused": 0.0,
}


def weight(reason: str) -> float:
    """What a failure adds to a feed's errors (rss-fetcher's weights: hard 1, soft 0.5, temporary DNS 0.25)."""
    return _WEIGHTS.get(reason, 1.0)


def healthy_state(feed: FeedState, polling: Polling, newest: datetime | None, last_new: datetime, at: datetime) -> str:
    """The state of a feed that answers. `newest` is the date of its newest entry, `last_new` when it last had one."""
    if newest is not None and at - newest > STALE_AFTER:
        return "stale"
    usual = timedelta(hours=polling.get("usual", QUIET_AFTER / timedelta(hours=1)))
    if at - last_new > max(QUIET_AFTER, min(QUIET_FACTOR * usual, STALE_AFTER)):
        return "quiet"
    return "moved" if feed.url != feed.configured_url else "ok"


def failed_state(feed: FeedState, reason: str) -> str:
    """The state after a failure. What may pass by itself within minutes changes nothing yet."""
    if reason == "gone":
        return "gone"
    if reason in BLOCKED:
        return "blocked"
    if reason in {"host_paused", "dns_temporary"} and feed.errors < 1:
        return feed.state
    return "broken"
