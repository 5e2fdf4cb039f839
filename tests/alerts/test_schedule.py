"""When digests go out, on the subscriber's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.alerts.schedule import last_boundary, next_boundary, parse_schedule, previous_boundary, start_of_day

BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        ("hourly", "2026-03-10T09:59:59", "2026-03-10T09:00"),
        ("daily at 07:30", "2026-03-10T06:29:59", "2026-03-09T06:30"),
        ("daily at 07:30", "2026-03-10T06:30:00", "2026-03-10T06:30"),
        ("daily", "2026-07-10T05:00:00", "2026-07-10T05:00"),  # 07:00 in summer
        ("weekly on friday at 18:00", "2026-03-13T16:59:00", "2026-03-06T17:00"),
        ("weekly on friday at 18:00", "2026-03-13T17:00:00", "2026-03-13T17:00"),
        ("weekly", "2026-03-11T12:00:00", "2026-03-09T06:00"),  # Monday 07:00
        ("daily at 07:30", "2026-03-29T05:30:00", "2026-03-29T05:30"),  # the clocks went forward that night
    ],
)
def test_a_digest_goes_out_at_its_local_time(words: str, at: str, expected: str) -> None:
    assert last_boundary(parse_schedule(words), BERLIN, utc(at)) == utc(expected)


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("Asia/Kolkata", "2026-11-30T17:29:59", "2026-11-30T16:30"),  # 22:59 there
        ("Asia/Kolkata", "2026-11-30T17:30:10", "2026-11-30T17:30"),
        ("Asia/Kathmandu", "2026-11-30T17:20:00", "2026-11-30T17:15"),
        ("Australia/Lord_Howe", "2026-04-04T15:10:00", "2026-04-04T14:00"),  # from 02:00 back to 01:30
        ("Australia/Lord_Howe", "2026-04-04T15:30:00", "2026-04-04T15:30"),
        ("Europe/Berlin", "2026-10-25T01:10:00", "2026-10-25T01:00"),  # 02:10 for the second time
    ],
)
def test_an_hour_is_full_when_it_is_so_on_the_local_clock(zone: str, at: str, expected: str) -> None:
    assert last_boundary(parse_schedule("hourly"), ZoneInfo(zone), utc(at)) == utc(expected)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"])
@given(at=st.integers(0, 2 * 365 * 86_400).map(lambda seconds: utc("2025-01-01") + timedelta(seconds=seconds)))
def test_boundaries_follow_one_another_without_gap_or_overlap(zone: str, at: datetime) -> None:
    for words in ("hourly", "daily at 02:30", "weekly on sunday at 02:30"):
        schedule = parse_schedule(words)
        end = last_boundary(schedule, ZoneInfo(zone), at)
        start = previous_boundary(schedule, ZoneInfo(zone), end)
        assert start < end <= at
        assert last_boundary(schedule, ZoneInfo(zone), end - timedelta(minutes=1)) == start
        assert next_boundary(schedule, ZoneInfo(zone), start) == end


@pytest.mark.parametrize(
    "words", ["sometimes", "daily at 25:00", "weekly on caturday", "daily at 7", "hourly at 07:00"]
)
def test_words_that_say_no_time_are_refused_with_the_forms_there_are(words: str) -> None:
    with pytest.raises(ValueError, match=r"daily at HH:MM|monday, tuesday"):
        parse_schedule(words)


def test_the_day_of_a_subscriber_begins_at_their_midnight() -> None:
    assert start_of_day(BERLIN, utc("2026-07-10T23:00")) == utc("2026-07-10T22:00")
