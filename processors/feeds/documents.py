"""What a feed document holds, whatever its format was."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """An entry as its document has it, sanitised: `title` and `summary` are text, `content` is clean HTML."""

    guid: str | None
    url: str | None
    title: str
    summary: str
    content: str | None
    author: str | None
    language: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document. `ttl` is in seconds, where it names one."""

    title: str
    site: str | None
    language: str | None
    ttl: int | None
    format: str
    entries: tuple[ParsedEntry, ...]
