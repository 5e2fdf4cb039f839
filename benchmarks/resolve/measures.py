"""How well a partition of mentions agrees with the truth, and how often readers would be told twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.resolve.month import Coded


def b_cubed(clusters: Mapping[str, str], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of Bagga and Baldwin (1998): for each mention the share of its cluster that is of its
    event, and of its event that is in its cluster; averaged over mentions. Keys are mention ids."""
    both = Counter((clusters[id_], truth[id_]) for id_ in truth)
    size, real = Counter(clusters[id_] for id_ in truth), Counter(truth.values())
    precision = sum(n * n / size[cluster] for (cluster, _), n in both.items()) / len(truth)
    recall = sum(n * n / real[event] for (_, event), n in both.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


@dataclass(frozen=True)
class Told:
    """A record, and what it is about: type and participants as coded, and the true event."""

    record: str
    event: str
    type: str
    participants: frozenset[str]


def told_twice(told: Iterable[Told], true_events: int) -> float:
    """The share of true events of which two records were told that one rule would meet: of one type, with a
    participant in common. (What one report codes as ">B" and another as "A>" no rule but one for all can join.)"""
    by_event: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_event[one.event].append(one)
    return (
        sum(any(map(_meet, *zip(*combinations(found, 2), strict=True))) for found in by_event.values() if found[1:])
        / true_events
    )


def _meet(one: Told, other: Told) -> bool:
    return one.record != other.record and one.type == other.type and bool(one.participants & other.participants)


def about(record: str, mentions: Sequence[Coded]) -> Told | None:
    """What a record tells: the event of most of its mentions whose type and participants the coder got right (a
    record of a misread type or side is the coder's mistake, and meets other rules); None where there are none, or it
    only looks back: that is no news."""
    news = [one for one in mentions if one.mention.status != "historical"]
    counts = Counter(one.truth for one in news if one.clean and one.truth)
    if not counts:
        return None
    event = min(counts, key=lambda event: (-counts[event], event))
    named = frozenset(name for one in news if one.truth == event and one.clean for name in one.mention.participants)
    return Told(record, event, news[0].mention.type, named)
