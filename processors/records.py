"""The records that the stages hand on. Frozen; times are timezone-aware UTC; ids are strings."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Status = Literal["occurred", "planned", "hypothetical", "negated", "historical"]
STATUSES: tuple[Status, ...] = ("occurred", "planned", "hypothetical", "negated", "historical")
DatePrecision = Literal["day", "week", "month", "year", "unknown"]
Stage = Literal["fetch", "read", "code", "resolve", "index", "match", "send"]
STAGES: tuple[Stage, ...] = ("fetch", "read", "code", "resolve", "index", "match", "send")

RECIPROCAL = frozenset({"leader_call", "leader_meeting", "negotiation", "agreement", "ceasefire", "prisoner_exchange"})
EVENT_TYPES: tuple[str, ...] = (
    "leader_call", "leader_meeting", "negotiation", "negotiation_offer", "agreement", "support",
    "concession", "arms_delivery", "aid", "ceasefire", "prisoner_exchange", "troop_withdrawal",
    "peace_call", "demand", "accusation", "rejection", "threat", "arms_delivery_pause", "sanctions",
    "diplomatic_break", "mobilization", "attack", "coercion", "protest",
)  # fmt: skip

# Signs that nobody sees and that divide words: soft hyphen, zero width space, marks of the direction of writing, word
# joiner and its like, byte order mark.
UNSEEN = "\u00ad\u034f\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e" + (
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)

_GERMAN_TIME = ZoneInfo("Europe/Berlin")
# Where papers whose day is far ahead of UTC are published; only east of it no date without a time becomes another.
_EAST = {
    "AE": "Asia/Dubai", "AU": "Australia/Sydney", "BD": "Asia/Dhaka", "CN": "Asia/Shanghai", "HK": "Asia/Hong_Kong",
    "ID": "Asia/Jakarta", "IN": "Asia/Kolkata", "JP": "Asia/Tokyo", "KR": "Asia/Seoul", "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland", "PH": "Asia/Manila", "PK": "Asia/Karachi", "SG": "Asia/Singapore", "TH": "Asia/Bangkok",
    "TW": "Asia/Taipei", "VN": "Asia/Ho_Chi_Minh",
}  # fmt: skip
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def hashed_id(*parts: object) -> str:
    """A 20-digit hexadecimal id (80 bits of SHA-256) that depends on `parts` alone, equal on every machine."""
    return hashlib.sha256(_CANONICAL.encode(parts).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of config/feeds.yaml. `id` is hashed from its configured address."""

    id: str
    name: str
    url: str
    language: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article, sanitised. `content` is the feed's own full text, where it has one."""

    id: str
    feed_id: str
    guid: str | None
    url: str | None
    title: str
    summary: str
    content: str | None
    author: str | None
    language: str | None
    published_at: datetime | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Article:
    """A read article: plain text, ready for the coder. `text_from` is "page" or "feed"."""

    id: str
    url: str
    source: str
    feed: str
    language: str
    country: str | None
    published_at: datetime | None
    fetched_at: datetime
    title: str
    summary: str
    text: str
    author: str | None = None
    text_from: str = "page"
    duplicate_of: str | None = None

    @property
    def full_text(self) -> str:
        """What the coder reads and what spans count in: title, blank line, text."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text

    @property
    def day(self) -> date:
        """The day that relative dates and offices are read against: German texts' by German clocks, so that "am
        Donnerstag" shortly after midnight is not six days back, and "today" in Tokyo's morning by Tokyo's. Others' by
        UTC: none that is a day alone moves."""
        at = self.published_at or self.fetched_at
        if self.language == "de":
            return at.astimezone(_GERMAN_TIME).date()
        return (at.astimezone(ZoneInfo(_EAST[self.country])) if self.country in _EAST else at).date()


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation or group that acts. `id` is ISO 3166 alpha-3 or an id of docs/event-types.md."""

    id: str
    names: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """One event in one article, as shared between coder and resolver. `spans` count in `Article.full_text`."""

    id: str
    article_id: str
    type: str
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    trigger: str
    sentence: str
    spans: tuple[tuple[int, int], ...]
    persons: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    attribution: str | None = None
    event_date: date | None = None
    date_precision: DatePrecision = "unknown"
    place: str | None = None
    confidence: float = 0.5
    quad_class: int = 1
    plover: str = ""
    cameo: str = ""
    goldstein: float = 0.0
    rule: str = ""

    @property
    def participants(self) -> tuple[str, ...]:
        """Actors and recipients, each once, sorted."""
        return tuple(sorted({*self.actors, *self.recipients}))


def dyads(participants: Sequence[str]) -> tuple[str, ...]:
    """All unordered pairs of participants as "AAA-BBB", sorted."""
    names = sorted(set(participants))
    return tuple(f"{a}-{b}" for i, a in enumerate(names) for b in names[i + 1 :])


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an event's history. `kind`: announced, occurred, denied, cancelled, disputed, participant, sources,
    updated, merged, split, hidden, corrected. `value` is what is new (a status, an actor id, a count)."""

    at: datetime
    kind: str
    value: str
    source: str
    article_id: str | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Mentions of one event merged. `version` grows with every change; `articles` are article ids."""

    id: str
    version: int
    type: str
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    persons: tuple[str, ...]
    topics: tuple[str, ...]
    attribution: str | None
    quad_class: int
    plover: str
    cameo: str
    goldstein: float
    event_date: date | None
    date_precision: DatePrecision
    place: str | None
    published_at: datetime
    first_seen_at: datetime
    last_seen_at: datetime
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    source_count: int
    article_count: int
    days_since_previous: int | None
    title: str
    sentence: str
    confidence: float
    articles: tuple[str, ...]
    trigger: str = ""
    disputed: bool = False
    hidden: bool = False
    history: tuple[Change, ...] = ()

    @property
    def participants(self) -> tuple[str, ...]:
        """Actors and recipients, each once, sorted."""
        return tuple(sorted({*self.actors, *self.recipients}))

    @property
    def dyads(self) -> tuple[str, ...]:
        """All pairs of participants."""
        return dyads(self.participants)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who gets a rule's mails: an address, the language of the mails and the time zone of their times."""

    address: str
    language: str = "en"
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class AlertRule:
    """A rule of config/alerts.yaml."""

    name: str
    query: str
    subscribers: tuple[Subscriber, ...]
    on: Literal["events", "articles"] = "events"
    description: str = ""
    when: str = "immediate"
    min_sources: int = 1
    min_confidence: float = 0.0
    max_mails_per_day: int | None = None
    realert_on: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An event or article that met a rule, in the version that met it."""

    id: str
    rule: str
    kind: Literal["event", "article"]
    document_id: str
    version: int
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What a stage did in one call: counts by name, and what went wrong in words. Adds up with `+`."""

    stage: Stage
    counts: dict[str, int] = field(default_factory=dict, hash=False)
    problems: tuple[str, ...] = ()

    def __add__(self, other: "Summary") -> "Summary":
        names = {**self.counts, **other.counts}
        counts = {name: self.counts.get(name, 0) + other.counts.get(name, 0) for name in names}
        return Summary(self.stage, counts, self.problems + other.problems)

    def __str__(self) -> str:
        return f"{self.stage}: " + (", ".join(f"{n} {name}" for name, n in self.counts.items()) or "nothing to do")
