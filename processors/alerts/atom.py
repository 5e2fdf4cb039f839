"""Hits as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from processors.records import AlertRule, hashed_id


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry; `id` stays, `text` is plain text without control characters."""

    id: str
    title: str
    url: str
    text: str
    updated: datetime


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template(
        "feed.atom"
    )


def atom_feed(rule: AlertRule, self_url: str, page_url: str, entries: Sequence[FeedEntry]) -> str:
    """The feed of a rule, newest entry first."""
    updated = max((entry.updated for entry in entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    feed_id = f"urn:eventwire:rule:{hashed_id('rule', rule.name)}"
    return _template().render(
        rule=rule, id=feed_id, self_url=self_url, page_url=page_url, entries=entries, updated=updated
    )
