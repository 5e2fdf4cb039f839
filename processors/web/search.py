"""The search page."""

import base64
import binascii
import json
from typing import Annotated, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response

from processors.alerts.plain import inner, plain, web_address
from processors.alerts.wording import Wording, wording
from processors.documents import Kind
from processors.errors import QueryError
from processors.index import Found, SearchResult, Snippet
from processors.web.pages import language_of, pages
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


@router.get("/", name="search")
def search_page(
    request: Request,
    q: Annotated[str, Query(max_length=_LONGEST)] = "",
    kind: Kind = "events",
    sort: str = "",
    after: str = "",
) -> Response:
    """Events or articles that meet a query; all, newest first, where there is none."""
    query, index = q.strip(), sources(request).index
    context: dict[str, Any] = {"kind": kind, "query": query, "sort": sort}
    order = "score" if sort == "score" else None
    try:
        found = index.search(kind, query or "*:*", limit=_PAGE, sort=order, after=_cursor(after))
        facets = index.facets(kind, query or "*:*", _FACETS[kind], size=_VALUES)
    except QueryError as error:
        return pages(request).page(request, "search", status=400, error=str(error), **context)
    words = wording(language_of(request))
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
        "url": web_address(document["url"]),
        "pieces": _pieces(hit.snippets.get("text") or hit.snippets.get("summary"), str(document.get("summary") or "")),
        "when": words.instant(document.get("published_at") or document["fetched_at"], ZoneInfo("UTC")),
    }


def _title(hit: Found) -> list[tuple[str, bool]]:
    # A snippet may be a part of a long title; a headline is shown whole.
    title, snippet = str(hit.document.get("title") or hit.document["url"]), hit.snippets.get("title")
    return _pieces(snippet if snippet and snippet.text == title and len(title) <= _TITLE else None, title)


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
