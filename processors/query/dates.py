"""Times in queries: days, months, years, moments, and `now-7d`; each is an interval of time."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FORMS = "2026, 2026-11, 2026-11-24, 2026-11-24T18:00:00Z, now, now-7d, now-1M/M (units y M w d h m s)"

_NOW = re.compile(r"now(?P<shifts>(?:[+-]\d{1,6}[yMwdhms])*)(?:/(?P<unit>[yMwdhms]))?")
_SHIFT = re.compile(r"([+-])(\d+)([yMwdhms])")
_LITERAL = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?:\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_STEPS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1),
          "s": timedelta(seconds=1)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` to before `end`; a moment where both are equal."""

    start: datetime
    end: datetime

    @property
    def is_moment(self) -> bool:
        """Whether it is a point in time, not a day or another span."""
        return self.start == self.end


def is_relative(text: str) -> bool:
    """Whether `text` depends on the present."""
    return text.startswith("now")


def interval(text: str, now: datetime) -> Interval:
    """The interval that `text` names at the time `now`. Raises ValueError where it is no date."""
    if matched := _NOW.fullmatch(text):
        return _relative(matched, now.astimezone(UTC).replace(microsecond=0))
    if matched := _LITERAL.fullmatch(text):
        return _literal(matched)
    raise ValueError(f"{text!r} is no date; write {FORMS}")


def _relative(matched: re.Match[str], now: datetime) -> Interval:
    moment = now
    try:
        for sign, count, unit in _SHIFT.findall(matched["shifts"]):
            moment = _shifted(moment, unit, int(sign + count))
        return _span(moment, matched["unit"]) if matched["unit"] else Interval(moment, moment)
    except OverflowError as error:
        raise ValueError(f"{matched[0]!r} is outside the calendar") from error


def _literal(matched: re.Match[str]) -> Interval:
    numbers = [int(matched[name] or default) for name, default in
               (("year", 1), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0))]  # fmt: skip
    try:
        start = datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type]
        if matched["hour"] is None:
            return _span(start, "d" if matched["day"] else "M" if matched["month"] else "y")
        if matched["zone"] not in {None, "Z"}:
            start = datetime.fromisoformat(start.strftime("%Y-%m-%dT%H:%M:%S") + matched["zone"]).astimezone(UTC)
        return Interval(start, start) if matched["second"] else _span(start, "m")
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{matched[0]!r} is no date: {error}") from error


def _span(moment: datetime, unit: str) -> Interval:
    start = _floor(moment, unit)
    return Interval(start, _shifted(start, unit, 1))


def _floor(moment: datetime, unit: str) -> datetime:
    keep = {"y": {"month": 1, "day": 1}, "M": {"day": 1}}.get(unit, {})
    if unit == "w":
        moment -= timedelta(days=moment.weekday())
    zero = {"h": ("minute", "second"), "m": ("second",), "s": ()}.get(unit, ("hour", "minute", "second"))
    return moment.replace(**keep, **dict.fromkeys(zero, 0), microsecond=0)  # type: ignore[arg-type]


def _shifted(moment: datetime, unit: str, count: int) -> datetime:
    if unit in _STEPS:
        return moment + _STEPS[unit] * count
    months = moment.year * 12 + moment.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
