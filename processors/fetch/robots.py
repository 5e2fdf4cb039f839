"""robots.txt (RFC 9309), for article pages. Feeds are made for programs and are asked without."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

AGENT = "Eventwire"
KEPT = timedelta(hours=24)  # RFC 9309 2.4: a cached copy should not be used for more than a day
MAX_BYTES = 500_000  # RFC 9309 2.5: at least 500 kibibytes must be read


@lru_cache(maxsize=512)
def _rules(text: str) -> Any:
    from protego import Protego

    return Protego.parse(text)


def allows(text: str, url: str) -> bool:
    """Whether a host's robots.txt `text` lets this program fetch `url`."""
    return not text or bool(_rules(text).can_fetch(url, AGENT))


def is_fresh(at: datetime) -> bool:
    """Whether a robots.txt fetched `at` may still be used."""
    return datetime.now(UTC) - at < KEPT
