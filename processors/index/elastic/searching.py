"""Search requests and their answers."""

from typing import Any

from processors.documents import FIELDS, Kind
from processors.index.protocol import BY_SCORE, Found, SearchResult, Snippet

LENGTH = 240  # characters of a snippet, about
_OPEN, _CLOSE = "\ue001", "\ue002"  # private-use characters: no article holds them


def request(
    kind: Kind, query: dict[str, Any], limit: int, sort: tuple[str, bool], after: list[Any] | None, snippets: bool
) -> dict[str, Any]:
    """The parameters of a search for one page; one more hit than asked for tells whether there is a next one."""
    field, descending = sort
    order = "desc" if descending else "asc"
    first = {"_score": {"order": "desc"}} if field == BY_SCORE else {field: {"order": order, "missing": "_last"}}
    body: dict[str, Any] = {
        "query": query,
        "size": limit + 1,
        "sort": [first, {"id": {"order": "asc"}}],
        "track_total_hits": True,
    }
    if after:
        body["search_after"] = after
    if snippets:
        body["highlight"] = _highlight(kind)
    return body


def _highlight(kind: Kind) -> dict[str, Any]:
    texts = [field.name for field in FIELDS[kind].values() if field.type == "text"]
    return {
        "pre_tags": [_OPEN],
        "post_tags": [_CLOSE],
        "fields": {name: {"fragment_size": LENGTH, "number_of_fragments": 1} for name in texts},
        "max_analyzed_offset": 900_000,
    }


def found_in(answer: dict[str, Any], limit: int) -> SearchResult:
    """The page in an answer to `request`."""
    hits = answer["hits"]["hits"]
    page = tuple(_found(hit) for hit in hits[:limit])
    more = hits[limit - 1]["sort"] if len(hits) > limit and page else None
    return SearchResult(int(answer["hits"]["total"]["value"]), page, more)


def _found(hit: dict[str, Any]) -> Found:
    snippets = {name: _snippet(fragments[0]) for name, fragments in hit.get("highlight", {}).items()}
    return Found(hit["_id"], hit.get("_score"), hit["_source"], snippets)


def _snippet(marked: str) -> Snippet:
    text, marks = "", []
    for number, part in enumerate(marked.replace(_CLOSE, _OPEN).split(_OPEN)):
        if number % 2:
            marks.append((len(text), len(text) + len(part)))
        text += part
    return Snippet(text, tuple(marks))


def values_in(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """The values and counts of one facet."""
    return [(str(bucket.get("key_as_string", bucket["key"])), int(bucket["doc_count"])) for bucket in buckets]
