"""How well a partition of mentions agrees with the truth, and how often readers would be told twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from benchmarks.resolve.month import Coded


def b_cubed(clusters: Mapping[str, str], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of Bagga and Baldwin (1998): for each mention the share of its cluster that is of its
    event, and of its event that is in its cluster; averaged over mentions. Keys are mention ids."""
    both = Counter((clusters[id_], truth[id_]) for id_ in truth)
    size, real = Counter(clusters[id_] for id_ in truth), Counter(truth.values())
    precision = sum(n * n / size[cluster] for (cluster, _), n in both.items()) / len(truth)
    recall = sum(n * n / real[event] for (_, event), n in both.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def told_twice(told: Iterable[tuple[str, str]], true_events: int) -> float:
    """The share of true events that more than one record was told of. `told` are (record, true event)."""
    records: dict[str, set[str]] = defaultdict(set)
    for record, event in told:
        records[event].add(record)
    return sum(len(found) > 1 for found in records.values()) / true_events


def majority(mentions: Iterable[Coded]) -> str | None:
    """What a record is about: the event of most of its mentions whose type and participants the coder got right (a
    record of a misread type or side is the coder's mistake, and meets other rules); None where there are none."""
    counts = Counter(one.truth for one in mentions if one.clean and one.truth)
    return min(counts, key=lambda event: (-counts[event], event)) if counts else None
