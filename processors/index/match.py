"""Alert rules against changed documents, in memory: the same schema and translation as the embedded index."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from processors.documents import Document, Kind
from processors.query import Query, parse_query

_HEAP = 15_000_000  # bytes; tantivy's least


def match_queries(
    kind: Kind, documents: Sequence[Document], queries: Mapping[str, str], *, now: datetime | None = None
) -> dict[str, set[str]]:
    """The ids of the documents that each query matches, by the query's name; names with none are left out.

    Raises QueryError for a query that cannot be understood. A document that does not fit its fields matches nothing:
    the index stage parks it with the reason.
    """
    if not documents or not queries:
        return {}
    searcher = _searcher(kind, documents)
    ids = _ids(searcher, documents)
    at = now or datetime.now(UTC)
    matched: dict[str, set[str]] = {}
    for name, text in queries.items():
        found = searcher.search(_compiled(kind, text, at), limit=len(documents), count=False).hits
        if found:
            matched[name] = {ids[address.segment_ord, address.doc] for _, address in found}
    return matched


def _searcher(kind: Kind, documents: Sequence[Document]) -> Any:
    import tantivy

    from processors.index.embedded.schema import register, schema, tantivy_document

    index = register(tantivy.Index(schema(kind)))
    writer = index.writer(_HEAP, 1)
    latest = {document["id"]: document for document in documents}
    for document in latest.values():
        with suppress(ValueError):
            writer.add_document(tantivy_document(kind, document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()


def _ids(searcher: Any, documents: Sequence[Document]) -> dict[tuple[int, int], str]:
    import tantivy

    everything = searcher.search(tantivy.Query.all_query(), limit=len(documents), order_by_field="id")
    return {(address.segment_ord, address.doc): id for id, address in everything.hits}


def _compiled(kind: Kind, text: str, now: datetime) -> Any:
    query, compiled = _lasting(kind, text)
    if not query.relative:
        return compiled
    from processors.index.embedded.translate import to_tantivy

    return to_tantivy(kind, parse_query(text, kind, now=now).tree)


@lru_cache(maxsize=10_000)
def _lasting(kind: Kind, text: str) -> tuple[Query, Any]:
    # Rules hardly change, and reading one costs a hundred times what matching it costs.
    from processors.index.embedded.translate import to_tantivy

    query = parse_query(text, kind)
    return query, to_tantivy(kind, query.tree)
