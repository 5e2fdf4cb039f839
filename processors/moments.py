"""Times as lines of JSON have them: one rule for texts that are coded and for articles that are imported."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

_EARLIEST = 100_000_000  # seconds since 1970, March 1973: 2025 is not meant as a second of 1970
_MILLISECONDS = 20_000_000_000  # nobody means the year 2603


def moment(given: Any) -> datetime | None:
    """The time that `given` names: ISO 8601 as text, without a zone where it has none, or seconds or milliseconds since
    1970; null and "" name none. Raises ValueError for anything else."""
    if given is None or given == "":
        return None
    if isinstance(given, str):
        with suppress(ValueError):
            return datetime.fromisoformat(given.strip().upper())
    with suppress(TypeError, ValueError, OverflowError):
        seconds = float(given)
        seconds /= 1_000 if seconds > _MILLISECONDS else 1
        if seconds >= _EARLIEST:
            return datetime.fromtimestamp(seconds, UTC)
    raise ValueError(f"{given!r:.60} is no date; write 2025-11-12, 2025-11-12T18:00:00Z or seconds since 1970")
