"""What the mentions of one event say together: a pure function of them, whatever order they came in."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from processors.database.stored_mentions import StoredMention
from processors.events.history import REVIVED, day_of, history_of, is_of_later
from processors.records import DatePrecision, Event, Mention, Status

_MAX_TOPICS, _MAX_PERSONS = 10, 20
_PRECISIONS: tuple[DatePrecision, ...] = ("day", "week", "month", "year")
_PLANS: tuple[Status, ...] = ("planned", "hypothetical")
_UNDENIED: tuple[Status, ...] = (*_PLANS, "historical")
_NAMED_SHARE = 0.2
# Reports share their wire copy and the coder its mistakes: a further source adds half of what an independent would.
_FURTHER_SOURCE = 0.5
_MAX_CONFIDENCE = 0.99
_Value = TypeVar("_Value", bound=Hashable)


def merged_event(event_id: str, mentions: Sequence[StoredMention]) -> Event:
    """The event that these mentions report. At least one mention; `version` and `days_since_previous` are left to
    the database."""
    ordered = sorted(mentions, key=_order)
    news = [m for m in ordered if m.status != "historical"] or ordered
    status = merged_status(news)
    best = _best(news, status)
    said = [m.mention for m in ordered]
    day, precision = _date(news, status)
    coded = best.mention
    actors, recipients = _sides(said)
    return Event(
        id=event_id,
        version=1,
        type=coded.type,
        status=status,
        actors=actors,
        recipients=recipients,
        persons=_most_frequent((p for m in said for p in m.persons), _MAX_PERSONS),
        topics=_most_frequent((t for m in said for t in m.topics), _MAX_TOPICS),
        attribution=next(iter(_most_frequent((m.attribution for m in said if m.attribution), 1)), None),
        quad_class=coded.quad_class,
        plover=coded.plover,
        cameo=coded.cameo,
        goldstein=coded.goldstein,
        event_date=day,
        date_precision=precision,
        place=next(iter(_most_frequent((m.place for m in said if m.place), 1)), None),
        published_at=news[0].reported_at,
        first_seen_at=min(m.fetched_at for m in news),
        last_seen_at=max(m.fetched_at for m in news),
        languages=tuple(sorted({m.language for m in ordered})),
        sources=_sources(ordered),
        source_count=len(_sources(news)),
        article_count=len({m.mention.article_id for m in ordered}),
        days_since_previous=None,
        title=best.title,
        sentence=coded.sentence,
        confidence=_confidence([m for m in news if m.status != "negated"] if status != "negated" else news),
        articles=tuple(dict.fromkeys(m.mention.article_id for m in ordered)),
        trigger=coded.trigger,
        disputed=is_disputed(news),
        history=history_of(ordered),
    )


def _order(mention: StoredMention) -> tuple[object, ...]:
    return mention.reported_at, mention.mention.id


def merged_status(news: Sequence[StoredMention]) -> Status:
    """What holds after all reports: it occurred where one says so; a plan is off once it was denied, unless it is
    told anew well after that."""
    latest = {m.status: m.reported_at for m in sorted(news, key=_order)}
    if "occurred" in latest:
        return "occurred"
    if "negated" in latest:
        revived = "planned" in latest and latest["planned"] - latest["negated"] > REVIVED
        return "planned" if revived else "negated"
    return next(status for status in _UNDENIED if status in latest)


def is_disputed(news: Sequence[StoredMention]) -> bool:
    """Whether somebody denies, after it was reported, that the event took place."""
    occurred = [m for m in news if m.status == "occurred"]
    if not occurred:
        return False
    first, last_day = min(m.reported_at for m in occurred), max(map(day_of, occurred))
    return any(m.status == "negated" and m.reported_at >= first and not is_of_later(m, last_day) for m in news)


def _sides(said: Sequence[Mention]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and recipients; whom some name on one side and others on the other stands where more of them put it."""
    actors, recipients = _named([m.actors for m in said]), _named([m.recipients for m in said])
    both = set(actors) & set(recipients)
    count = Counter(name for m in said for name in m.actors)
    count.subtract(name for m in said for name in m.recipients)
    return (
        tuple(name for name in actors if name not in both or count[name] >= 0),
        tuple(name for name in recipients if name not in both or count[name] < 0),
    )


def _named(sides: Sequence[Sequence[str]]) -> tuple[str, ...]:
    # Whom hardly any of many reports names was not there: one report in a few is enough, one in twenty is not.
    counts = Counter(name for side in sides for name in set(side))
    most = max(counts.values(), default=0)
    return tuple(sorted(name for name, count in counts.items() if count >= _NAMED_SHARE * most))


def _best(news: Sequence[StoredMention], status: Status) -> StoredMention:
    # Whose words stand for the event: of its status, naming most participants, surest, first.
    def rank(m: StoredMention) -> tuple[object, ...]:
        said = m.mention
        return m.status != status, -len(said.participants), -round(said.confidence, 1), *_order(m)

    return min(news, key=rank)


def _date(news: Sequence[StoredMention], status: Status) -> tuple[date | None, DatePrecision]:
    """The event's day as exactly as those say that have its status; else as they planned it that spoke of it before."""
    said = [m for m in news if m.status == status]
    plans = [m for m in news if m.status in _PLANS and m.status != status]
    first = min(m.reported_at.date() for m in said)
    if status == "occurred":
        # The day of the report is nearer than a planned week, and right where the plan was for later.
        plans = [m for m in plans if m.mention.date_precision == "day" and (m.mention.event_date or first) <= first]
    for precision in _PRECISIONS:
        for group in (said, plans):
            found = [m.mention for m in group if m.mention.date_precision == precision]
            if dates := [one.event_date for one in found if one.event_date]:
                return _most_frequent(dates, 1)[0], precision
    # News without a day is news of the day: what is said to have happened gets that of its first report.
    return (first if status == "occurred" else None), "unknown"


def _sources(mentions: Sequence[StoredMention]) -> tuple[str, ...]:
    # A wire text in ten papers is one source: its near-copies count as the paper that had it first.
    first: dict[str, str] = {}
    for m in mentions:
        if m.original not in first or m.mention.article_id == m.original:
            first[m.original] = m.source
    return tuple(sorted(set(first.values())))


def _confidence(news: Sequence[StoredMention]) -> float:
    best: dict[str, float] = {}
    for m in news:
        best[m.source] = max(best.get(m.source, 0.0), m.mention.confidence)
    first, *further = sorted(best.values(), reverse=True)
    doubt = 1.0 - first
    for confidence in further:
        doubt *= 1.0 - _FURTHER_SOURCE * confidence
    return round(max(first, min(1.0 - doubt, _MAX_CONFIDENCE)), 3)


def _most_frequent(values: Iterable[_Value], limit: int) -> tuple[_Value, ...]:
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda value: (-counts[value], value))[:limit])
