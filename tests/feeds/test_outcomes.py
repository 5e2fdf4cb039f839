import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from processors.database.feeds import FeedState
from processors.errors import FeedError
from processors.feeds import polling
from processors.feeds.outcomes import Answer, failed, freshness, succeeded
from processors.fetch import Response
from processors.records import Entry
from processors.settings import FeedSettings

AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
URL = "http://turmbote.example/rss"
FEED = FeedState("f", "Turmbote", URL, URL, "turmbote.example")
LIMITS = FeedSettings()
DICE = random.Random(1)


def response(url: str = URL, *, moved: str | None = None, not_modified: bool = False, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(304 if not_modified else 200, url, moved or url, moved, named, b"", not_modified)


def entry(number: int) -> Entry:
    return Entry(f"e{number}", "f", None, None, "A", "", None, None, None, AT, AT)


def answered(
    feed: FeedState, at: datetime, new: int = 0, dated: tuple[datetime, ...] = (), **headers: str
) -> FeedState:
    return succeeded(feed, Answer(response(**headers), "h", [entry(n) for n in range(new)], dated), at, LIMITS, DICE)


def after_error(feed: FeedState, reason: str, at: datetime = AT, retry_at: datetime | None = None) -> FeedState:
    return failed(feed, FeedError("so it is", reason), retry_at, at, DICE)


def test_a_busy_feed_is_asked_more_often_than_a_slow_one() -> None:
    busy = answered(FEED, AT, 20, tuple(AT - timedelta(minutes=9 * n) for n in range(40)))
    slow = answered(FEED, AT, 3, tuple(AT - timedelta(days=5 + 5 * n) for n in range(3)))
    assert LIMITS.min_interval <= busy.interval < 1200
    assert 3600 < slow.interval <= LIMITS.max_interval


def test_a_feed_without_dates_starts_with_the_default_interval_and_learns_from_there() -> None:
    first = answered(FEED, AT, 60)
    assert first.interval == LIMITS.default_interval
    later = answered(first, AT + timedelta(days=2))
    assert LIMITS.default_interval < later.interval < 2 * LIMITS.default_interval


def test_the_interval_grows_while_nothing_comes_and_shrinks_when_much_does() -> None:
    feed = answered(FEED, AT, 5, tuple(AT - timedelta(hours=n) for n in range(5)))
    intervals = [feed.interval]
    for hour in range(1, 13):
        feed = answered(feed, AT + timedelta(hours=hour))
        intervals.append(feed.interval)
    assert intervals == sorted(intervals)
    assert answered(feed, AT + timedelta(hours=13), 8).interval < intervals[0]


def test_a_hint_lengthens_the_wait_but_tagesschaus_ttl_of_90_minutes_does_not_cost_90_minutes() -> None:
    wait = timedelta(minutes=6)
    assert polling.hinted(wait, [timedelta(minutes=10), None]) == timedelta(minutes=10)
    assert polling.hinted(wait, [timedelta(minutes=90)]) == timedelta(minutes=18)
    assert polling.hinted(timedelta(hours=2), [timedelta(minutes=90)]) == timedelta(hours=2)


def test_max_age_and_expires_are_read() -> None:
    assert freshness({"cache-control": "public, max-age=600"}, AT) == timedelta(minutes=10)
    assert freshness({"expires": "Mon, 10 Nov 2025 12:05:00 GMT"}, AT) == timedelta(minutes=5)
    assert freshness({"expires": "0"}, AT) is None


def test_a_retry_after_is_obeyed() -> None:
    until = AT + timedelta(hours=5)
    feed = after_error(FEED, "rate_limited", retry_at=until)
    assert feed.next_fetch_at is not None
    assert until <= feed.next_fetch_at <= until + timedelta(minutes=2)


def test_failures_back_off_up_to_a_day_and_a_success_forgets_them() -> None:
    feed, waits = FEED, []
    for _ in range(100):
        feed = after_error(feed, "server_error")
        assert feed.next_fetch_at is not None
        waits.append(feed.next_fetch_at - AT)
    assert waits[0] < timedelta(minutes=45)
    assert timedelta(hours=20) < waits[-1] <= timedelta(hours=27)
    again = answered(feed, AT)
    assert (again.errors, again.last_error, again.state) == (0.0, None, "ok")


def test_a_feed_that_keeps_failing_says_since_when() -> None:
    first = after_error(FEED, "not_found", AT)
    second = after_error(first, "not_found", AT + timedelta(hours=1))
    assert (second.state, second.state_since, second.last_error) == ("broken", AT, "so it is")


@pytest.mark.parametrize(
    ("reason", "state"),
    [("gone", "gone"), ("forbidden", "blocked"), ("bot_wall", "blocked"), ("timeout", "broken"), ("html", "broken"),
     ("dns_temporary", "new"), ("host_paused", "new")],
)  # fmt: skip
def test_each_failure_has_its_state(reason: str, state: str) -> None:
    assert after_error(FEED, reason).state == state


def test_a_gone_feed_is_looked_at_once_a_week() -> None:
    feed = after_error(FEED, "gone")
    assert feed.next_fetch_at is not None
    assert timedelta(days=6) < feed.next_fetch_at - AT < timedelta(days=8)


def test_a_feed_whose_newest_entry_is_months_old_is_stale() -> None:
    assert answered(FEED, AT, 2, (AT - timedelta(days=90), AT - timedelta(days=120))).state == "stale"


def test_a_feed_with_nothing_new_for_far_longer_than_usual_is_quiet() -> None:
    feed = answered(FEED, AT, 20, tuple(AT - timedelta(hours=n) for n in range(20)))
    assert answered(feed, AT + timedelta(days=1)).state == "ok"
    assert answered(feed, AT + timedelta(days=6)).state == "quiet"


def test_a_permanent_redirect_is_adopted_at_the_third_time_and_the_old_address_kept() -> None:
    target = "http://turmbote.example/neu"
    feed = FEED
    urls = []
    for _ in range(3):
        feed = succeeded(feed, Answer(response(moved=target), "h"), AT, LIMITS, DICE)
        urls.append(feed.url)
    assert urls == [URL, URL, target]
    assert (feed.configured_url, feed.state) == (URL, "moved")


def test_a_redirect_that_stops_or_changes_or_fails_between_is_not_believed() -> None:
    feed = FEED
    for target in ("http://t.example/1", "http://t.example/1", "http://t.example/2", "http://t.example/1"):
        feed = succeeded(feed, Answer(response(moved=target), "h"), AT, LIMITS, DICE)
    feed = after_error(feed, "timeout")
    feed = succeeded(feed, Answer(response(moved="http://t.example/1"), "h"), AT, LIMITS, DICE)
    assert feed.url == URL


def test_etag_and_date_are_kept_over_a_304_without_them_and_dropped_with_a_200_without_them() -> None:
    feed = replace(FEED, etag='"1"', last_modified="Mon")
    silent = succeeded(feed, Answer(response(not_modified=True), None), AT, LIMITS, DICE)
    changed = succeeded(feed, Answer(response(), "h"), AT, LIMITS, DICE)
    assert (silent.etag, silent.last_modified) == ('"1"', "Mon")
    assert (changed.etag, changed.last_modified) == (None, None)


def test_an_adopted_address_that_fails_gives_way_to_the_configured_one() -> None:
    moved = replace(FEED, url="http://new.example/rss", host="new.example", etag='"1"')
    states = [moved]
    for _ in range(4):
        states.append(after_error(states[-1], "not_found"))
    assert states[1].url == "http://new.example/rss"
    assert (states[-1].url, states[-1].host, states[-1].etag) == (URL, "turmbote.example", None)


def test_an_age_in_other_digits_or_too_many_is_no_error() -> None:
    assert freshness({"cache-control": "max-age=²"}, AT) is None
    assert freshness({"cache-control": "max-age=" + "9" * 5_000}, AT) == timedelta(days=1)


def test_while_an_adopted_address_and_the_configured_one_fail_they_are_asked_in_turn() -> None:
    target = "http://neu.example/rss"
    feed = after_error(replace(FEED, url=target, host="neu.example"), "gone")
    urls = []
    for reason in ("dns", "host_paused", "timeout", "connect"):
        urls.append(feed.url)
        feed = after_error(feed, reason)
    assert urls == [URL, target, target, URL]
    assert answered(feed, AT).url == target
    assert after_error(answered(replace(FEED, redirect_url=target), AT), "dns").url == URL


def test_a_redirect_seen_once_is_not_followed_by_a_failure() -> None:
    feed = succeeded(FEED, Answer(response(moved="http://neu.example/rss"), "h"), AT, LIMITS, DICE)
    for _ in range(5):
        feed = after_error(feed, "timeout")
        assert feed.url == URL


def test_a_date_that_no_computer_holds_is_no_error() -> None:
    assert freshness({"expires": "Mon, 10 Nov 2025 12:05:00 +99999999999999999999"}, AT) is None
