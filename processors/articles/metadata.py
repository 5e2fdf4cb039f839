"""What a page says of itself: in JSON-LD, in meta elements, in its markup."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from processors.fetch.markup import line_of_text, text_of
from processors.fetch.urls import host_of

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
_WITHOUT_KICKER = 25  # characters that a headline has at least, if what stands before it is to be a kicker
_SHOWN = "//body//*[self::h2 or self::span][not(ancestor::a or ancestor::li or ancestor::nav or ancestor::h1 or .//a)]"
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
    """The headline. A page has several: for readers, for search engines, for social networks. The one in its JSON-LD
    is the most often the publisher's own (measured: benchmarks/articles.py)."""
    heads = [line_of_text(" ".join(head.itertext())) for head in tree.xpath("//h1")]
    sites = _site_names(tree, linked) | {_bare(name) for name in _suffixes(_first(tree, _TITLES), heads)}
    texts = (_text(linked.get("headline")), _first(tree, _TITLES), *heads[:1], _first(tree, ("title/text()",)))
    linked_title, shared_title, *others = (without_site(line_of_text(text), sites) for text in texts)
    if len(shared_title) > _WITHOUT_KICKER and linked_title.endswith(shared_title):
        return shared_title  # "Kicker: Headline" and "Headline": a kicker names a subject, and is no part of the news
    if linked_title in heads and _shown_beside_h1(tree, shared_title):
        return shared_title
    return next((title for title in (linked_title, shared_title, *others) if title), "")


def _shown_beside_h1(tree: Any, title: str) -> bool:
    """Whether readers see `title` as a headline that is no h1: then the page's h1, often the last of its breadcrumbs,
    is the one for search engines. What stands in a link, a list or a navigation is of another article, or a path."""
    return len(_bare(title)) > _WITHOUT_KICKER and any(
        _bare(line_of_text(" ".join(shown.itertext()))) == _bare(title) for shown in tree.xpath(_SHOWN)
    )


def _suffixes(title: str, heads: list[str]) -> list[str]:
    # What a title has after a whole heading of the page is the site's name, where the page does not say it elsewhere.
    return [title[len(head) :] for head in heads if len(head) > 20 and title.startswith(head)]


def _site_names(tree: Any, linked: Mapping[str, Any]) -> set[str]:
    names = [_first(tree, ('meta[@property="og:site_name"]/@content',)), *_names(linked.get("publisher"))]
    address = _first(tree, ('meta[@property="og:url"]/@content', 'link[@rel="canonical"]/@href'))
    host = host_of(address).removeprefix("www.")
    return {_bare(name) for name in (*names, host, host.partition(".")[0])} - {""}


def without_site(title: str, sites: set[str]) -> str:
    """`title` without the name of its site at the end: "Rat tagt | Turmbote"."""
    parts = re.split(r"\s+[|–—-]\s+", title)
    if len(parts) > 1 and _bare(parts[-1]) in sites:
        end = title.rindex(parts[-1])
        return re.sub(r"\s+[|–—-]\s*$", "", title[:end]).strip()
    return title


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name.lower())


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
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


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
