"""Dates of feeds, as they are: missing, in a hundred spellings, in the wrong zone, in the year 2035."""

import re
from calendar import timegm
from datetime import UTC, datetime, timedelta
from time import struct_time

CLOCK_SKEW = timedelta(minutes=10)
WRONG_ZONE = timedelta(hours=15)  # a local time that is said to be UTC is off by at most 14 hours
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # before there were feeds; "1970-01-01" means that there is no date


# "GMT+9" is meant as nine hours ahead; POSIX, and dateutil with it, reads it the other way round.
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?\b")


def _iso_offset(match: re.Match[str]) -> str:
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"


def from_struct(parsed: struct_time | None) -> datetime | None:
    """feedparser's UTC time, None where it has none or an impossible one."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def from_text(text: str | None) -> datetime | None:
    """A date in any common spelling (feedparser could not read it); a time without a zone is taken as UTC."""
    from dateutil import parser

    if not text or not any(sign.isdigit() for sign in text):
        return None
    try:
        found = parser.parse(_OFFSET.sub(_iso_offset, text))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def repaired(published: datetime | None, seen: datetime) -> datetime | None:
    """`published` as far as it can be true for something seen at `seen`: a little in the future (a wrong zone or
    clock) becomes `seen`; far in the future, or before there were feeds, is no date."""
    if published is None or published < OLDEST or published > seen + WRONG_ZONE:
        return None
    return seen if published > seen + CLOCK_SKEW else published
