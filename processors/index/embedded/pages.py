"""Pages of results, in an order that does not depend on how the index is laid out on disk.

An `after` that no page of the same order has given (people edit addresses) counts as none.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from tantivy import Occur, Order
from tantivy import Query as TantivyQuery

from processors.documents import FIELDS, Document, Kind
from processors.index.embedded.snippets import Snippets
from processors.index.embedded.translate import to_tantivy
from processors.index.protocol import Found, SearchResult
from processors.query.tree import Exists, Node, Not, Or, Range


def by_score(searcher: Any, query: Any, limit: int, after: list[Any] | None, shown: Snippets | None) -> SearchResult:
    """The best first; `after` is the number of hits on the pages before."""
    start = after[0] if after and type(after[0]) is int and 0 <= after[0] <= searcher.num_docs else 0
    result = searcher.search(query, limit=max(limit, 1), offset=start)
    hits = tuple(_found(_source(searcher, address), score, shown) for score, address in result.hits[:limit])
    more = start + len(hits) < result.count and bool(hits)
    return SearchResult(int(result.count), hits, [start + len(hits)] if more else None)


def by_field(
    kind: Kind,
    searcher: Any,
    query: Any,
    sort: tuple[str, bool],
    limit: int,
    after: list[Any] | None,
    shown: Snippets | None,
) -> SearchResult:
    """Sorted by a field; equals by id. `after` is the last hit's value (as a document holds it) and id."""
    total = int(searcher.search(query, limit=1).count)
    # One more than asked for tells whether there is a next page.
    documents = _Walk(kind, searcher, query, *sort).documents(limit + 1, after)
    hits = tuple(_found(document, None, shown) for document in documents[:limit])
    more = len(documents) > limit and bool(hits)
    return SearchResult(total, hits, [documents[limit - 1].get(sort[0]), hits[-1].id] if more else None)


class _Walk:
    """Goes through the matches value by value: tantivy sorts by one field only, and leaves equals as they lie."""

    def __init__(self, kind: Kind, searcher: Any, query: Any, field: str, descending: bool) -> None:
        self.kind, self.searcher, self.query = kind, searcher, query
        self.field, self.descending = field, descending
        self.is_date = FIELDS[kind][field].type == "date"

    def documents(self, limit: int, after: list[Any] | None) -> list[Document]:
        """The next `limit` documents behind `after`."""
        found: list[Document] = []
        rest = self.query
        if last := self._last(after):
            value, last_id = last
            found = self._equals(value, limit, last_id)
            if value is None:
                return found
            rest = self._only(self._beyond(value))
        while len(found) < limit and (batch := self._first(rest, limit - len(found))):
            end = batch[-1].get(self.field)
            found += self._in_order([document for document in batch if document.get(self.field) != end])
            found += self._equals(self._typed(end), limit - len(found))
            if end is None:
                break
            rest = self._only(self._beyond(self._typed(end)))
        return found

    def _last(self, after: list[Any] | None) -> tuple[Any, str] | None:
        # The value and the id of the last hit on the page before; none where tantivy cannot hold the value.
        match after:
            case [None, str(last_id)]:
                return None, last_id
            case [value, str(last_id)]:
                with suppress(TypeError, ValueError, OverflowError):
                    to_tantivy(self.kind, Range(self.field, self._typed(value), None))
                    return self._typed(value), last_id
        return None

    def _first(self, query: Any, limit: int) -> list[Document]:
        order = Order.Desc if self.descending else Order.Asc
        result = self.searcher.search(query, limit=limit, count=False, order_by_field=self.field, order=order)
        return [_source(self.searcher, address) for _, address in result.hits]

    def _equals(self, value: Any, limit: int, after_id: str = "") -> list[Document]:
        # The matches with this value by their ids. The first batch may hold only some of them, in any order.
        query = self._only(Not(Exists(self.field)) if value is None else Range(self.field, value, value))
        size = max(int(self.searcher.search(query, limit=1).count), 1) if after_id else limit
        result = self.searcher.search(query, limit=size, count=False, order_by_field="id", order=Order.Asc)
        wanted = [address for id, address in result.hits if id > after_id][:limit]
        return [_source(self.searcher, address) for address in wanted]

    def _in_order(self, documents: list[Document]) -> list[Document]:
        by_id = sorted(documents, key=lambda document: str(document["id"]))
        return sorted(by_id, key=lambda document: document[self.field], reverse=self.descending)

    def _beyond(self, value: Any) -> Node:
        # What has no value is behind everything, in both directions.
        further = Range(self.field, None, value, include_high=False)
        if not self.descending:
            further = Range(self.field, value, None, include_low=False)
        return Or((further, Not(Exists(self.field))))

    def _only(self, node: Node) -> Any:
        return TantivyQuery.boolean_query([(Occur.Must, self.query), (Occur.Must, to_tantivy(self.kind, node))])

    def _typed(self, value: Any) -> Any:
        if value is None or not self.is_date:
            return value
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _source(searcher: Any, address: Any) -> Document:
    found: Document = json.loads(searcher.doc(address).get_first("_source"))
    return found


def _found(document: Document, score: float | None, snippets: Snippets | None) -> Found:
    return Found(document["id"], score, document, snippets.of(document) if snippets else {})
