"""Whether an event or article that meets a rule's query is news to the rule's subscribers. Pure: no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from processors.records import AlertRule, Article, Change, Event

MANY_SOURCES = 10  # the "tenth source"


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule's subscribers were told of an event before. `changes` are keys of the history lines they know."""

    document_id: str
    status: str
    participants: frozenset[str]
    source_count: int
    changes: frozenset[str]


@dataclass(frozen=True, slots=True)
class News:
    """Why there is something to tell: "new", or what of `realert_on` came about; and the history lines since."""

    reasons: tuple[str, ...]
    changes: tuple[Change, ...] = ()


def change_key(change: Change) -> str:
    """What makes a history line the same line in two versions of an event."""
    return f"{change.kind}|{change.value}|{change.source}|{change.at.isoformat()}"


def snapshot(event: Event) -> dict[str, Any]:
    """What is kept with a hit, to tell later what has changed since."""
    return {
        "status": event.status,
        "participants": list(event.participants),
        "source_count": event.source_count,
        "changes": [change_key(change) for change in event.history],
    }


def told_from(document_id: str, data: dict[str, Any]) -> Told:
    """A snapshot read back."""
    return Told(
        document_id,
        data.get("status", ""),
        frozenset(data.get("participants", ())),
        data.get("source_count", 0),
        frozenset(data.get("changes", ())),
    )


def event_news(rule: AlertRule, event: Event, told: Sequence[Told]) -> News | None:
    """What to tell of `event`, which meets the rule's query; None where there is nothing. `told` is in the order of
    telling, and holds what was told of events that were merged into this one."""
    if event.hidden or event.source_count < rule.min_sources or event.confidence < rule.min_confidence:
        return None
    if not told:
        return News(("new",))
    reasons = tuple(reason for reason in rule.realert_on if _came_about(reason, event, told))
    known = frozenset[str]().union(*(one.changes for one in told))
    changes = tuple(change for change in event.history if change_key(change) not in known)
    return News(reasons, changes) if reasons else None


def _came_about(reason: str, event: Event, told: Sequence[Told]) -> bool:
    if reason == "new_status":
        return event.status != told[-1].status
    if reason == "new_participant":
        return not set(event.participants) <= frozenset[str]().union(*(one.participants for one in told))
    return max(one.source_count for one in told) < MANY_SOURCES <= event.source_count


def article_news(article: Article, told: Sequence[Told]) -> News | None:
    """What to tell of an article: itself, once, and never a near-copy of one that was told."""
    return None if told or article.duplicate_of else News(("new",))
