"""When a feed is asked again: a rule that learns from what the feed delivers.

The rule keeps two rates of new entries, one that forgets within hours and one that forgets within days, and goes by
the higher of them. The interval is in inverse proportion to the square root of the rate: of all ways to spend a number
of requests on feeds, that is the one with the least delay over all entries (minimise the sum of rate x interval / 2
where the sum of 1 / interval is given). docs/feeds.md shows the simulation that it was chosen by.
"""

import math
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from processors.settings import FeedSettings

FAST_MEMORY = timedelta(hours=3)
SLOW_MEMORY = timedelta(days=4)
MINUTES_AT_ONE = 24.0  # the interval of a feed with one new entry an hour
HINT_CAP = timedelta(minutes=30)  # beyond this, ttl and max-age would cost more time than they save requests
JITTER = 0.1
UNCONDITIONAL = 0.01  # share of requests without ETag, against servers that answer 304 for ever (as NewsBlur does)
ERROR_STEP = timedelta(minutes=30)
LONGEST_BACKOFF = timedelta(hours=24)

Polling = dict[str, Any]  # {"fast": entries per hour, "slow": entries per hour, "at": ISO time of the last update}


def seeded(published: Sequence[datetime], at: datetime, limits: FeedSettings) -> Polling:
    """What the publication times in the first document tell of a feed's rates; where it has none, the rate that the
    default interval belongs to."""
    unknown = (60 * MINUTES_AT_ONE / limits.default_interval) ** 2
    return {
        "fast": _seed(published, at, FAST_MEMORY),
        "slow": _seed(published, at, SLOW_MEMORY) if published else unknown,
        "at": at.isoformat(),
    }


def _seed(published: Sequence[datetime], at: datetime, memory: timedelta) -> float:
    ages = [max((at - time) / memory, 0.0) for time in published]
    return sum(math.exp(-age) for age in ages) / (memory / timedelta(hours=1))


def learned(polling: Polling, new_entries: int, at: datetime) -> Polling:
    """The rates after a request at `at` that found `new_entries`."""
    elapsed = max(at - datetime.fromisoformat(polling["at"]), timedelta(0))
    return {
        "fast": _updated(polling["fast"], new_entries, elapsed, FAST_MEMORY),
        "slow": _updated(polling["slow"], new_entries, elapsed, SLOW_MEMORY),
        "at": at.isoformat(),
    }


def _updated(rate: float, new_entries: int, elapsed: timedelta, memory: timedelta) -> float:
    return rate * math.exp(-elapsed / memory) + new_entries / (memory / timedelta(hours=1))


def interval(polling: Polling, limits: FeedSettings) -> timedelta:
    """How long to wait before the next request, within the bounds of the settings."""
    rate = max(polling.get("fast", 0.0), polling.get("slow", 0.0))
    seconds = 60 * MINUTES_AT_ONE / math.sqrt(rate) if rate > 0 else limits.max_interval
    return timedelta(seconds=min(max(seconds, limits.min_interval), limits.max_interval))


def hinted(wait: timedelta, hints: Sequence[timedelta | None]) -> timedelta:
    """`wait` made longer where the server hints that nothing changes before: at most threefold, and to HINT_CAP."""
    longest = max((hint for hint in hints if hint), default=timedelta(0))
    return max(wait, min(longest, 3 * wait, HINT_CAP))


def backed_off(wait: timedelta, errors: float) -> timedelta:
    """`wait` after failures that weigh `errors`: half an hour more for each, at most a day."""
    return min(max(wait, errors * ERROR_STEP), LONGEST_BACKOFF)


def is_unconditional(dice: random.Random) -> bool:
    """Whether a request is to be made without ETag and date, whatever is known of the feed."""
    return dice.random() < UNCONDITIONAL


def jittered(wait: timedelta, dice: random.Random) -> timedelta:
    """`wait` up to a tenth longer or shorter, so that feeds do not march in step."""
    return wait * (1 + JITTER * (2 * dice.random() - 1))
