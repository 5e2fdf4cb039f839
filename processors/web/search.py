"""The search page."""

import base64
import binascii
import json
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from processors.alerts.plain import inner, plain, web_address
from processors.alerts.wording import Wording, article_headline, wording
from processors.documents import KINDS, Kind
from processors.errors import QueryError
from processors.index import Found, SearchResult, Snippet
from processors.web.pages import READ, language_of, pages
from processors.web.sources import sources

router = APIRouter()
_PAGE = 20
_FACETS: dict[Kind, tuple[str, ...]] = {
    "events": ("type", "status", "participants", "sources"),
    "articles": ("source", "language", "event_types", "participants"),
}
_VALUES = 8  # of a facet that are shown
_TITLE = 240  # characters of a headline
_LONGEST = 2000  # characters of a query


@router.api_route("/", methods=READ, name="search")
def search_page(request: Request, q: str = "", kind: str = "events", sort: str = "", after: str = "") -> Response:
    """Events or articles that meet a query; all, newest first, where there is none."""
    query, web = q.strip(), wording(language_of(request)).web
    known: Kind | None = next((one for one in KINDS if one == kind), None)
    context: dict[str, Any] = {"kind": known or "events", "query": query, "sort": sort}
    if known is None:
        return _refused(request, "no_kind", web["no_kind_why"].format(kind=plain(kind, 40)), context)
    if len(query) > _LONGEST:
        return _refused(request, "query_too_long", web["too_long"].format(count=len(query), most=_LONGEST), context)
    try:
        return _results(request, known, query, sort, after, context)
    except QueryError as error:
        return _refused(request, "query_error", str(error), context)


def _refused(request: Request, title: str, error: str, context: dict[str, Any]) -> Response:
    return pages(request).page(request, "search", status=400, error_title=title, error=error, **context)


def _results(request: Request, kind: Kind, query: str, sort: str, after: str, context: dict[str, Any]) -> Response:
    index, words = sources(request).index, wording(language_of(request))
    order = "score" if sort == "score" else None
    index.check()  # a reader does not wait for minutes for an index that hangs
    found = index.search(kind, query or "*:*", limit=_PAGE, sort=order, after=_cursor(after))
    facets = index.facets(kind, query or "*:*", _FACETS[kind], size=_VALUES)
    return pages(request).page(
        request,
        "search",
        error="",
        zone=ZoneInfo("UTC"),
        total=words.count("found", found.total),
        rows=[_row(kind, hit, words) for hit in found.hits],
        facets=_facets(kind, query, sort, facets, words),
        next=_next(kind, query, sort, found),
        **context,
    )


def _cursor(after: str) -> list[Any] | None:
    if not after:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(after))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return place if isinstance(place, list) else None


def _next(kind: Kind, query: str, sort: str, found: SearchResult) -> str:
    if not found.next_after:
        return ""
    after = base64.urlsafe_b64encode(json.dumps(found.next_after).encode()).decode()
    return "?" + urlencode({"q": query, "kind": kind, "sort": sort, "after": after})


def _row(kind: Kind, hit: Found, words: Wording) -> dict[str, Any]:
    document = hit.document
    if kind == "events":
        return {
            "id": hit.id,
            "status": document["status"],
            "document": document,
            "headline": words.document_headline(document),
            "pieces": _pieces(hit.snippets.get("sentence"), str(document.get("sentence") or "")),
        }
    return {
        "id": hit.id,
        "document": document,
        "headline": _title(hit),
        "source": document["source"] or "",
        "url": web_address(document["url"] or ""),
        "pieces": _pieces(
            hit.snippets.get("text") or hit.snippets.get("summary"), document["summary"] or document["text"] or ""
        ),
        "when": words.instant(document.get("published_at") or document["fetched_at"], ZoneInfo("UTC")),
    }


def _title(hit: Found) -> list[tuple[str, bool]]:
    # A snippet may be a part of a long title; a headline is shown whole. What is empty is null in the index.
    title, url, text = (hit.document[name] or "" for name in ("title", "url", "text"))
    snippet = hit.snippets.get("title")
    if snippet and snippet.text == title and len(title) <= _TITLE:
        return _pieces(snippet, title)
    return [(article_headline(title, url, text, _TITLE), False)]


def _pieces(snippet: Snippet | None, text: str) -> list[tuple[str, bool]]:
    if snippet is None:
        return [(plain(text, 400), False)]
    pieces, end = [], 0
    for start, stop in snippet.marks:
        pieces += [(snippet.text[end:start], False), (snippet.text[start:stop], True)]
        end = stop
    return [(inner(piece), is_mark) for piece, is_mark in [*pieces, (snippet.text[end:], False)] if piece]


def _facets(
    kind: Kind, query: str, sort: str, counted: dict[str, list[tuple[str, int]]], words: Wording
) -> list[dict[str, Any]]:
    facets = []
    for field in _FACETS[kind]:
        values = [
            {
                "name": _value_name(field, value, words),
                "count": count,
                "href": _narrowed(kind, query, sort, field, value),
            }
            for value, count in counted.get(field, [])[:_VALUES]
        ]
        if values:
            facets.append({"title": words.web[{"source": "sources"}.get(field, field)], "values": values})
    return facets


def _value_name(field: str, value: str, words: Wording) -> str:
    if field in {"type", "event_types"}:
        return words.type_name(value)
    if field == "status":
        return words.status_labels.get(value, value)
    if field == "language":
        return words.language_name(value)
    return words.actor(value) if field == "participants" else plain(value, 60)


def _narrowed(kind: Kind, query: str, sort: str, field: str, value: str) -> str:
    quoted = value if value.replace("_", "").isalnum() else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    term = f"{field}:{quoted}"
    narrowed = f"({query}) AND {term}" if query else term
    return "?" + urlencode({"q": narrowed, "kind": kind, "sort": sort})
