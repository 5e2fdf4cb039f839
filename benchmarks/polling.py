"""Which rule should say when a feed is asked again? A simulation on publication times.

    python -m benchmarks.polling [--days 28] [--real FOLDER]

Publication times are drawn for eleven kinds of feed: from an agency with 250 entries a day to an institute with two a
month, with the rhythm of day and week that newsrooms have, and with bursts. With --real, the times in saved feed
documents are replayed, too. A rule learns only from what a request finds. The first seven days are for learning and
are not counted. Delay is the time from publication to the request that finds an entry.
"""

import argparse
import random
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from processors.feeds import polling
from processors.feeds.parsing import parse_feed
from processors.settings import FeedSettings

START = datetime(2025, 9, 1, tzinfo=UTC)  # a Monday
WARM_UP = timedelta(days=7)
SHOWN = 40  # entries in a document
LIMITS = FeedSettings()
# Entries in each hour of a weekday, as a share of the day's: few at night, most between 6 and 18 o'clock.
HOURS = [1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 7, 7, 6, 6, 6, 6, 6, 5, 4, 3, 2, 2, 2, 1]
WEEKEND = 0.55
# Entries a day, and whether the feed publishes in bursts (a live event, an agency's package, a weekly issue).
KINDS = [
    (250, False), (120, False), (60, False), (60, True), (30, False), (15, False), (15, True),
    (5, False), (2, False), (0.5, True), (0.07, False),
]  # fmt: skip

Rule = Callable[["Known"], timedelta]


@dataclass
class Known:
    """What a rule knows after a request: the time, how many entries were new, those of the week up to then."""

    at: datetime
    new: int
    week: Sequence[datetime]
    state: polling.Polling


def fixed(minutes: float) -> Rule:
    """The same interval for all."""
    return lambda known: timedelta(minutes=minutes)


def miniflux(known: Known) -> timedelta:
    """miniflux's entry-frequency scheduler: a week by the week's entries, from 5 minutes to 24 hours."""
    weekly = len(known.week)
    wait = timedelta(days=7) / weekly if weekly else timedelta(hours=24)
    return min(max(wait, timedelta(minutes=5)), timedelta(hours=24))


def eventwire(known: Known) -> timedelta:
    """The rule of processors.feeds.polling."""
    known.state = polling.learned(known.state, known.new, known.at)
    return polling.interval(known.state, LIMITS)


def slow_only(known: Known) -> timedelta:
    """Ours without the rate that forgets within hours, to see what that one is good for."""
    known.state = {**polling.learned(known.state, known.new, known.at), "fast": 0.0}
    return polling.interval(known.state, LIMITS)


def published(per_day: float, bursts: bool, days: int, dice: random.Random) -> list[datetime]:
    """Publication times of a feed over `days`."""
    times: list[datetime] = []
    size = 6 if bursts else 1
    for day in range(days):
        weight = WEEKEND if day % 7 >= 5 else 1.0
        for hour, share in enumerate(HOURS):
            rate = per_day * weight * share / sum(HOURS) / size
            for _ in range(_poisson(rate, dice)):
                first = START + timedelta(days=day, hours=hour + dice.random())
                times += [first + timedelta(minutes=dice.uniform(0, 90)) for _ in range(size)]
    return sorted(times)


def _poisson(rate: float, dice: random.Random) -> int:
    count, passed = 0, dice.expovariate(1.0)
    while passed < rate:
        count, passed = count + 1, passed + dice.expovariate(1.0)
    return count


def simulate(times: Sequence[datetime], rule: Rule, start: datetime, end: datetime) -> tuple[list[float], int]:
    """Delays in minutes of the entries of `times`, and how many requests there were, after the warm-up."""
    dice = random.Random(7)
    at, seen = start, bisect_right(times, start)
    state = polling.seeded(times[max(0, seen - SHOWN) : seen], at, LIMITS)
    delays: list[float] = []
    requests = 0
    while at < end:
        now_out = bisect_right(times, at)
        fresh = times[seen:now_out]
        if at >= start + WARM_UP:
            requests += 1
            delays += [(at - time).total_seconds() / 60 for time in fresh if time >= start + WARM_UP]
        known = Known(at, len(fresh), times[bisect_right(times, at - timedelta(days=7)) : now_out], state)
        wait = rule(known)
        state, seen = known.state, now_out
        at += polling.jittered(wait, dice)
    return delays, requests


RULES: dict[str, Rule] = {
    "fixed 15 min": fixed(15),
    "miniflux": miniflux,
    "eventwire": eventwire,
    "eventwire, slow rate alone": slow_only,
}


def rows(feeds: dict[str, list[datetime]], days: int) -> Iterator[str]:
    """A line for each rule over all `feeds`."""
    for name, rule in RULES.items():
        delays: list[float] = []
        by_feed: list[float] = []
        requests = 0
        for times in feeds.values():
            start = times[0] - WARM_UP if days == 0 else START
            end = times[-1] + timedelta(hours=1) if days == 0 else START + timedelta(days=days)
            found, asked = simulate(times, rule, start, end)
            delays += found
            by_feed += [statistics.median(found)] if found else []
            requests += asked
        delays.sort()
        late = delays[bisect_left(range(len(delays)), int(len(delays) * 0.95))] if delays else 0.0
        yield (
            f"| {name} | {statistics.median(delays):.1f} | {late:.0f} | {statistics.median(by_feed):.1f} "
            f"| {requests:,} | {requests / max(len(delays), 1):.2f} |"
        )


def real_times(folder: Path) -> dict[str, list[datetime]]:
    """The publication times in the saved feed documents of `folder`, for those that have at least eight."""
    found = {}
    for path in sorted(folder.iterdir()):
        parsed = parse_feed(path.read_bytes(), "application/xml", "http://saved.example/")
        times = sorted(entry.published_at for entry in parsed.entries if entry.published_at)
        recent = [
            time for time in times if times[-1] - time < timedelta(days=10) and time < datetime(2030, 1, 1, tzinfo=UTC)
        ]
        if len(recent) >= 8:
            found[path.name] = recent
    return found


def table(title: str, feeds: dict[str, list[datetime]], days: int) -> None:
    """Prints the results of all rules on `feeds`."""
    print(f"\n{title}: {len(feeds)} feeds, {sum(map(len, feeds.values())):,} entries\n")
    print("| rule | median delay (min) | 95 % (min) | median over feeds (min) | requests | per new entry |")
    print("|---|---|---|---|---|---|")
    for row in rows(feeds, days):
        print(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--real", type=Path)
    arguments = parser.parse_args()
    dice = random.Random(20251101)
    drawn = {
        f"{per_day}/day{' in bursts' if bursts else ''} {n}": published(per_day, bursts, arguments.days, dice)
        for per_day, bursts in KINDS
        for n in range(3)
    }
    table("Drawn", {name: times for name, times in drawn.items() if times}, arguments.days)
    for per_day, bursts in KINDS:
        name = f"{per_day}/day{' in bursts' if bursts else ''}"
        table(
            name,
            {key: times for key, times in drawn.items() if key.rpartition(" ")[0] == name and times},
            arguments.days,
        )
    if arguments.real:
        table("Replayed", real_times(arguments.real), 0)


if __name__ == "__main__":
    main()
