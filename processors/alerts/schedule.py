"""When the mails of a rule go out, in words, and what these words mean on a subscriber's clock."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FORMS = "immediate, hourly, daily at HH:MM, or weekly on DAY at HH:MM"
_WORDS = re.compile(
    r"(?P<immediate>immediate)|(?P<hourly>hourly)"
    r"|(?P<daily>daily)(?: at (?P<daily_at>\d{1,2}:\d{2}))?"
    r"|(?P<weekly>weekly)(?: on (?P<day>[a-z]+))?(?: at (?P<weekly_at>\d{1,2}:\d{2}))?"
)
_MORNING = time(7)
# From one boundary to the next at the most: an hour more where the clocks go back, half a one on Lord Howe.
_LONGEST = {"hourly": timedelta(minutes=90), "daily": timedelta(hours=25), "weekly": timedelta(days=7, hours=1)}


@dataclass(frozen=True, slots=True)
class Schedule:
    """When: `at` is the local time of daily and weekly digests, `weekday` counts from Monday as 0."""

    kind: Literal["immediate", "hourly", "daily", "weekly"]
    at: time = _MORNING
    weekday: int = 0


# What a rule sends at once goes, beyond its max_mails_per_day, into a digest at this time.
OVERFLOW = Schedule("daily")


def parse_schedule(text: str) -> Schedule:
    """The schedule that `text` says, such as "daily at 07:30"; a digest without a time comes at 07:00, a weekly one
    on Monday. Raises ValueError that lists the forms."""
    words = _WORDS.fullmatch(" ".join(text.casefold().split()))
    if not words:
        raise ValueError(f"{text!r} is no time to send; write {_FORMS}")
    kind = next(name for name in ("immediate", "hourly", "daily", "weekly") if words[name])
    day = words["day"] or "monday"
    if day not in _DAYS:
        raise ValueError(f"{day!r} is no day of the week; write {', '.join(_DAYS)}")
    return Schedule(kind, _time(words["daily_at"] or words["weekly_at"]), _DAYS.index(day))  # type: ignore[arg-type]


def _time(text: str | None) -> time:
    if text is None:
        return _MORNING
    hour, minute = map(int, text.split(":"))
    if hour > 23 or minute > 59:
        raise ValueError(f"{text!r} is no time of day; write {_FORMS}")
    return time(hour, minute)


def last_boundary(schedule: Schedule, zone: ZoneInfo, at: datetime) -> datetime:
    """The latest moment up to `at` at which a digest of this schedule goes out, in UTC. The local clock counts:
    a daily digest stays at its hour when the clocks change, and an hour is full when it is so in its time zone."""
    local = at.astimezone(zone)
    if schedule.kind == "hourly":
        return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    day = local.date()
    if schedule.kind == "weekly":
        day -= timedelta(days=(day.weekday() - schedule.weekday) % 7)
    step = timedelta(days=7 if schedule.kind == "weekly" else 1)
    boundary = _moment(day, schedule.at, zone)
    return boundary if boundary <= at else _moment(day - step, schedule.at, zone)


def previous_boundary(schedule: Schedule, zone: ZoneInfo, boundary: datetime) -> datetime:
    """The boundary before `boundary`: the two are the period that a digest tells of."""
    return last_boundary(schedule, zone, boundary - timedelta(seconds=1))


def next_boundary(schedule: Schedule, zone: ZoneInfo, boundary: datetime) -> datetime:
    """The boundary after `boundary`."""
    return last_boundary(schedule, zone, boundary + _LONGEST[schedule.kind])


def start_of_day(zone: ZoneInfo, at: datetime) -> datetime:
    """When the subscriber's day that `at` is in began, in UTC."""
    return _moment(at.astimezone(zone).date(), time(0), zone)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
