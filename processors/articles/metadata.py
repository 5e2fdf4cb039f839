"""What a page says of itself: in JSON-LD, in meta elements, in its markup."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from processors.articles.headlines import Headlines, title_of
from processors.fetch.markup import line_of_text, text_of

_ARTICLE = re.compile(r"Article|BlogPosting|Report|Review$")
_DATES = (
    'meta[@property="article:published_time"]/@content',
    'meta[@property="og:article:published_time"]/@content',
    'meta[@name="article:published_time"]/@content',
    'meta[@itemprop="datePublished"]/@content',
    'meta[@name="date"]/@content',
    'meta[@name="dc.date"]/@content',
    'meta[@name="DC.date.issued"]/@content',
    'meta[@name="parsely-pub-date"]/@content',
    'meta[@name="publish-date"]/@content',
    'meta[@name="last-modified"]/@content',
    'time[@itemprop="datePublished"]/@datetime',
    'time[@pubdate]/@datetime',
    'article//time/@datetime',
    'time/@datetime',
)  # fmt: skip
_TITLES = ('meta[@property="og:title"]/@content', 'meta[@name="twitter:title"]/@content')
_SUMMARIES = ('meta[@property="og:description"]/@content', 'meta[@name="description"]/@content')
_LOCALES = ('meta[@property="og:locale"]/@content',)
_AUTHORS = ('meta[@name="author"]/@content', 'meta[@property="article:author"]/@content')


_ZONES = {"CET": 3600, "CEST": 7200, "MEZ": 3600, "MESZ": 7200, "BST": 3600, "EST": -18000, "EDT": -14400,
          "CST": -21600, "CDT": -18000, "PST": -28800, "PDT": -25200}  # seconds east of UTC  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself. `free` is False where it says that it is not free to read; `body` is the article's
    text, where its JSON-LD has it."""

    title: str = ""
    summary: str = ""
    author: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    canonical: str | None = None
    free: bool | None = None
    body: str = ""


def facts_of(tree: Any) -> Facts:
    """What the page `tree` (lxml) says of itself; empty facts for a page that says nothing, or no page."""
    if tree is None:
        return Facts()
    linked = _json_ld_article(tree)
    return Facts(
        title=_title(tree, linked),
        summary=line_of_text(_text(linked.get("description")) or _first(tree, _SUMMARIES)),
        author=_author(tree, linked),
        published_at=_published(tree, linked),
        language=_text(linked.get("inLanguage")) or tree.get("lang") or _first(tree, _LOCALES),
        canonical=_first(tree, ('link[@rel="canonical"]/@href', 'meta[@property="og:url"]/@content')),
        free=_free(linked),
        body=text_of(_text(linked.get("articleBody"))),
    )


def _first(tree: Any, paths: tuple[str, ...]) -> str:
    for path in paths:
        for value in tree.xpath(f"//{path}"):
            if str(value).strip():
                return str(value).strip()
    return ""


def _title(tree: Any, linked: Mapping[str, Any]) -> str:
    names = (_first(tree, ('meta[@property="og:site_name"]/@content',)), *_names(linked.get("publisher")))
    told = Headlines(
        linked=line_of_text(_text(linked.get("headline"))),
        alternative=line_of_text(_text(linked.get("alternativeHeadline"))),
        shared=line_of_text(_first(tree, _TITLES)),
        named=line_of_text(_first(tree, ('meta[@name="title"]/@content',))),
        heads=tuple(line_of_text(" ".join(head.itertext())) for head in tree.xpath("//h1")),
        element=line_of_text(_first(tree, ("title/text()",))),
    )
    address = _first(tree, ('meta[@property="og:url"]/@content', 'link[@rel="canonical"]/@href'))
    return title_of(tree, told.without_sites(names, address), address)


def _published(tree: Any, linked: Mapping[str, Any]) -> datetime | None:
    for text in (_text(linked.get("datePublished")), *(_first(tree, (path,)) for path in _DATES)):
        found = _date(text)
        if found:
            return found
    return _guessed_date(tree)


def _date(text: str) -> datetime | None:
    from dateutil import parser

    if not re.search(r"\d{4}", text):
        return None
    try:
        found = parser.parse(text, tzinfos=_ZONES)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _guessed_date(tree: Any) -> datetime | None:
    from copy import deepcopy

    from htmldate import find_date

    return _date(find_date(deepcopy(tree), original_date=True, outputformat="%Y-%m-%d") or "")


def _author(tree: Any, linked: Mapping[str, Any]) -> str | None:
    names = [line_of_text(name) for name in _names(linked.get("author"))]
    if not names:
        found = line_of_text(_first(tree, _AUTHORS))
        names = [found] if found and not found.startswith("http") else []
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _names(value.get("name"))
    elif isinstance(value, list):
        for part in value:
            yield from _names(part)


def _free(linked: Mapping[str, Any]) -> bool | None:
    value = str(linked.get("isAccessibleForFree", "")).lower()
    return {"true": True, "false": False}.get(value.rpartition("/")[2])


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    return value if isinstance(value, str) else ""


def _json_ld_article(tree: Any) -> Mapping[str, Any]:
    found = [node for script in tree.xpath('//script[@type="application/ld+json"]/text()') for node in _nodes(script)]
    return next((node for node in found if _ARTICLE.search(_kind(node)) and node.get("headline")), {})


def _kind(node: Mapping[str, Any]) -> str:
    kind = node.get("@type", "")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _nodes(script: str) -> Iterator[Mapping[str, Any]]:
    try:
        value = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return
    stack = [value]
    while stack:
        part = stack.pop(0)
        if isinstance(part, list):
            stack += part
        elif isinstance(part, dict):
            yield part
            stack += [part[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in part]
