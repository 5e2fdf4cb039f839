"""What a request to a feed means for what is known of the feed. Nothing here reads or writes anything."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from processors.database.feeds import FeedState
from processors.errors import FeedError
from processors.feeds import polling
from processors.feeds.states import GONE_INTERVAL, MOVED_AFTER, failed_state, healthy_state, weight
from processors.fetch import Response
from processors.fetch.urls import host_of
from processors.records import Entry
from processors.settings import FeedSettings

LEFT_AFTER = 2.0  # what the failures of an adopted address weigh in a row before the configured one is asked again


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a feed's server: the response, the body's hash, and what of the document is new. `ttl` in seconds;
    `dated` are the publication times of all entries of the document."""

    response: Response
    body_hash: str | None
    new: Sequence[Entry] = ()
    dated: Sequence[datetime] = ()
    ttl: int | None = None


def succeeded(feed: FeedState, answer: Answer, at: datetime, limits: FeedSettings, dice: random.Random) -> FeedState:
    """`feed` after an answer that could be read, or that says that nothing changed."""
    known = polling.seeded(answer.dated, at, limits) if not feed.polling else feed.polling
    rates = polling.learned(known, len(answer.new) if feed.polling else 0, at)
    last_new = at if answer.new else datetime.fromisoformat(feed.polling.get("last_new", at.isoformat()))
    if answer.new and rates["slow"] > 0:  # what is usual is told by the time when there was news
        rates["usual"] = 1 / rates["slow"]
    newest = max([*answer.dated, *([feed.newest_entry_at] if feed.newest_entry_at else [])], default=None)
    feed = _moved(feed, answer.response)
    hints = [timedelta(seconds=answer.ttl) if answer.ttl else None, freshness(answer.response.headers, at)]
    wait = polling.interval(rates, limits)
    following = at + polling.jittered(polling.hinted(wait, hints), dice)
    state = healthy_state(feed, {**feed.polling, **rates}, newest, last_new, at)
    return replace(
        _stated(feed, state, at),
        etag=answer.response.headers.get("etag") or (feed.etag if answer.response.not_modified else None),
        last_modified=answer.response.headers.get("last-modified")
        or (feed.last_modified if answer.response.not_modified else None),
        body_hash=answer.body_hash or feed.body_hash,
        interval=round(wait.total_seconds()),
        polling={
            **feed.polling,
            **rates,
            "last_new": last_new.isoformat(),
            "ttl": answer.ttl or feed.polling.get("ttl"),
        },
        last_fetch_at=at,
        last_success_at=at,
        next_fetch_at=following,
        newest_entry_at=newest,
        errors=0.0,
        error_reason=None,
        last_error=None,
        entries=feed.entries + len(answer.new),
    )


def failed(
    feed: FeedState, error: FeedError, retry_at: datetime | None, at: datetime, dice: random.Random
) -> FeedState:
    """`feed` after a failure: when it is asked again, and in what state it is. It is never given up."""
    errors = feed.errors + weight(error.reason)
    wait = polling.backed_off(timedelta(seconds=feed.interval), errors)
    if error.reason == "gone" and feed.url == feed.configured_url:
        wait = GONE_INTERVAL
    following = at + polling.jittered(wait, dice)
    if retry_at is not None:  # an order, not a hint; a little later, so that not all come at the same moment
        ordered = min(retry_at, at + polling.LONGEST_BACKOFF)
        following = max(following, ordered) + timedelta(seconds=60 * dice.random())
    return replace(
        _stated(_turned(feed, error.reason, errors), failed_state(feed, error.reason), at),
        last_fetch_at=at,
        next_fetch_at=following,
        errors=errors,
        error_reason=error.reason,
        last_error=str(error),
        redirect_count=0,
    )


def _stated(feed: FeedState, state: str, at: datetime) -> FeedState:
    return feed if state == feed.state else replace(feed, state=state, state_since=at)


def _moved(feed: FeedState, response: Response) -> FeedState:
    # A redirect is believed after several answers in a row: maintenance pages redirect "permanently", too.
    target = response.permanent_redirect
    if target is None or target == feed.url:
        return replace(feed, redirect_url=None, redirect_count=0)
    count = feed.redirect_count + 1 if feed.redirect_url == target else 1
    if count < MOVED_AFTER:
        return replace(feed, redirect_url=target, redirect_count=count)
    return replace(feed, url=target, host=host_of(target), redirect_url=None, redirect_count=0)


def _turned(feed: FeedState, reason: str, errors: float) -> FeedState:
    # A move that was believed may have been none, or its target is gone: the configured address knows. It may be the
    # one that is dead, though, so while both fail they are asked in turn.
    left = feed.redirect_url if feed.redirect_count == 0 else None
    fails = weight(reason) > 0
    if fails and feed.url != feed.configured_url and (reason == "gone" or errors >= LEFT_AFTER):
        url, left = feed.configured_url, feed.url
    elif fails and left:
        url, left = left, None
    else:
        return replace(feed, redirect_url=left)
    return replace(feed, url=url, host=host_of(url), etag=None, last_modified=None, redirect_url=left)


def freshness(headers: Mapping[str, str], at: datetime) -> timedelta | None:
    """How long the server says that its answer stays fresh (Cache-Control's max-age, else Expires)."""
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and re.fullmatch('"?[0-9]+"?', value):
            return timedelta(seconds=min(int(value.strip('"')[:9]), 86_400))
    try:
        expires = parsedate_to_datetime(headers["expires"])
        return max(expires - at, timedelta(0)) if expires.tzinfo else None
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
