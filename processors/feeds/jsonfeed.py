"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import html
import json
from collections.abc import Mapping
from typing import Any

from processors.errors import FeedError
from processors.feeds.dates import from_text
from processors.feeds.documents import ParsedEntry, ParsedFeed
from processors.feeds.parsing import readable
from processors.fetch.markup import line_of_text, printable, safe_html, text_of
from processors.fetch.urls import absolute_url


def parse_json_feed(body: bytes, url: str, max_entries: int) -> ParsedFeed:
    """The entries of a JSON Feed served from `url`. Raises FeedError "not_a_feed"."""
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FeedError("the document is no valid JSON", "not_a_feed") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedError("the document is JSON, but no JSON Feed", "not_a_feed")
    language = _language(feed)
    entries = [entry for entry in feed["items"][:max_entries] if isinstance(entry, dict)]
    return ParsedFeed(
        title=line_of_text(_text(feed, "title")),
        site=_text(feed, "home_page_url") or None,
        language=language,
        ttl=None,
        format="json",
        entries=readable(entries, lambda entry: _entry(entry, url, _language(entry) or language)),
    )


def _entry(entry: Mapping[str, Any], base: str, language: str | None) -> ParsedEntry:
    markup = _text(entry, "content_html")
    text = html.escape(printable(_text(entry, "content_text")), quote=False)
    return ParsedEntry(
        guid=printable(str(entry["id"])) or None if entry.get("id") else None,
        url=_link(entry, base),
        title=line_of_text(_text(entry, "title")),
        summary=text_of(_text(entry, "summary") or markup or text),
        content=safe_html(markup or text),
        author=_author(entry),
        language=language,
        published_at=from_text(_text(entry, "date_published") or _text(entry, "date_modified")),
    )


def _text(part: Mapping[str, Any], key: str) -> str:
    value = part.get(key)
    return value if isinstance(value, str) else ""


def _link(entry: Mapping[str, Any], base: str) -> str | None:
    link = _text(entry, "url") or _text(entry, "external_url")
    return absolute_url(base, link) if link else None


def _author(entry: Mapping[str, Any]) -> str | None:
    authors = entry.get("authors") or [entry.get("author")]  # a list since 1.1, one object in 1.0
    names = (
        [line_of_text(_text(a, "name")) for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    )
    return ", ".join(name for name in names if name) or None


def _language(part: Mapping[str, Any]) -> str | None:
    primary = _text(part, "language").partition("-")[0].lower()
    return primary if len(primary) == 2 and primary.isascii() else None
