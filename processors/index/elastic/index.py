"""Elasticsearch behind the SearchIndex protocol."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from elasticsearch import NotFoundError

from processors.documents import AGE_FIELD, FIELDS, KINDS, Document, Kind
from processors.errors import IndexUnavailable, mask_secrets
from processors.index.elastic import layout
from processors.index.elastic.bulk import AliasGone, action, write
from processors.index.elastic.client import connect, told
from processors.index.elastic.migrate import migrate, outdated
from processors.index.elastic.searching import found_in, request, values_in
from processors.index.elastic.translate import to_elasticsearch
from processors.index.protocol import Rebuilt, Rejection, SearchResult, checked_facets, checked_sort
from processors.query import parse_query
from processors.settings import IndexSettings

PATIENCE = 10.0  # seconds that `check` waits for an answer


class ElasticsearchIndex:
    """The index behind an address. Any number of processes on any number of machines read and write at once."""

    def __init__(self, url: str, settings: IndexSettings | None = None) -> None:
        self.url = mask_secrets(url)
        settings = settings or IndexSettings()
        self._timeout = settings.timeout
        with told(url):
            self.client = connect(url, settings)
        self._ready: set[str] = set()

    def upsert(self, kind: Kind, documents: Sequence[Document]) -> list[Rejection]:
        """See SearchIndex."""
        with told(self.url):
            self._check_version(kind)
            try:
                return self._write(kind, documents)
            except AliasGone:
                # A retention run or a rebuild removed a month that this process had seen: make it, and write again.
                self._ready.clear()
                return self._write(kind, documents)

    def delete(self, kind: Kind, ids: Sequence[str]) -> None:
        """See SearchIndex."""
        with told(self.url):
            self._delete_by(kind, {"ids": {"values": list(ids)}})

    def search(
        self,
        kind: Kind,
        query: str,
        *,
        limit: int = 20,
        sort: str | None = None,
        after: list[Any] | None = None,
        snippets: bool = True,
    ) -> SearchResult:
        """See SearchIndex."""
        field, descending = checked_sort(kind, sort)
        asked = to_elasticsearch(kind, parse_query(query, kind).tree)
        body = request(kind, asked, limit, (field, descending), after, snippets)
        with told(self.url):
            answer = self.client.search(index=layout.alias(kind), ignore_unavailable=True, **body)
        return found_in(answer.body, limit)

    def facets(
        self, kind: Kind, query: str, fields: Sequence[str], *, size: int = 20
    ) -> dict[str, list[tuple[str, int]]]:
        """See SearchIndex."""
        checked_facets(kind, fields)
        asked = to_elasticsearch(kind, parse_query(query, kind).tree)
        aggregations = {name: _aggregation(kind, name, size) for name in fields}
        with told(self.url):
            answer = self.client.search(
                index=layout.alias(kind), ignore_unavailable=True, size=0, query=asked, aggs=aggregations
            )
        buckets = answer.body.get("aggregations", {})
        return {name: values_in(buckets.get(name, {"buckets": []})["buckets"]) for name in fields}

    def delete_older(self, kind: Kind, before: datetime) -> int:
        """See SearchIndex. Months of articles that are over are dropped as a whole."""
        with told(self.url):
            dropped = self._drop_months(before) if kind == "articles" else 0
            moment = before.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return dropped + self._delete_by(kind, {"range": {AGE_FIELD[kind]: {"lt": moment}}})

    def count(self, kind: Kind) -> int:
        """See SearchIndex."""
        with told(self.url):
            return int(self.client.count(index=layout.alias(kind), ignore_unavailable=True)["count"])

    def check(self) -> None:
        """See SearchIndex."""
        with told(self.url):
            asked = self.client.options(request_timeout=min(self._timeout, PATIENCE), max_retries=0)
            asked.count(index=layout.alias("events"), ignore_unavailable=True)

    def rebuild(self, kind: Kind, documents: Iterable[Document]) -> Rebuilt:
        """See SearchIndex."""
        with told(self.url):
            return _Rebuild(self, kind).run(documents)

    def migrate(self) -> list[str]:
        """See SearchIndex."""
        with told(self.url):
            done = [line for kind in KINDS for line in migrate(self.client, kind)]
            layout.ensure(self.client, "events", layout.alias("events"))
        return done

    def refresh(self) -> None:
        """See SearchIndex."""
        with told(self.url):
            self.client.indices.refresh(index=[layout.alias(kind) for kind in KINDS], ignore_unavailable=True)

    def close(self) -> None:
        """See SearchIndex."""
        self.client.close()

    def _write(self, kind: Kind, documents: Sequence[Document]) -> list[Rejection]:
        rejected: list[Rejection] = []
        refused = write(self.client, self.url, self._actions(kind, documents, rejected), through_alias=True)
        return rejected + refused

    def _actions(self, kind: Kind, documents: Iterable[Document], rejected: list[Rejection]) -> Iterator[Any]:
        for document in documents:
            try:
                target = layout.write_alias(kind, document)
            except (KeyError, TypeError, ValueError) as error:
                rejected.append(Rejection(str(document.get("id")), f"fetched_at: {error}"))
                continue
            self._ensure(kind, target)
            yield action(target, document)

    def _ensure(self, kind: Kind, target: str) -> None:
        if target not in self._ready:
            layout.ensure(self.client, kind, target)
            self._ready.add(target)

    def _check_version(self, kind: Kind) -> None:
        if kind in self._ready:
            return
        if old := outdated(self.client, kind):
            raise IndexUnavailable(
                f"{', '.join(old)}: made by another version of Eventwire; `eventwire reindex --migrate` moves it on"
            )
        self._ready.add(kind)

    def _delete_by(self, kind: Kind, query: dict[str, Any]) -> int:
        try:
            # What was written a moment ago is found only after a refresh.
            self.client.indices.refresh(index=layout.alias(kind))
            answer = self.client.delete_by_query(
                index=layout.alias(kind), query=query, conflicts="proceed", refresh=True
            )
        except NotFoundError:
            return 0
        return int(answer["deleted"])

    def _drop_months(self, before: datetime) -> int:
        self.refresh()
        first_kept, dropped = f"{before.astimezone(UTC):%Y.%m}", 0
        for name in layout.behind(self.client, "articles"):
            month = layout.month_of(name)
            if month and month < first_kept:
                dropped += int(self.client.count(index=name)["count"])
                self.client.indices.delete(index=name)
                self._ready.clear()
        return dropped


class _Rebuild:
    """One rebuild: new indices without an alias, filled, then swapped in at once."""

    def __init__(self, index: ElasticsearchIndex, kind: Kind) -> None:
        self.client, self.url, self.kind = index.client, index.url, kind
        self.targets: dict[str | None, str] = {}
        self.count = 0

    def run(self, documents: Iterable[Document]) -> Rebuilt:
        rejected: list[Rejection] = []
        try:
            if self.kind == "events":
                self._target(None)
            rejected += write(self.client, self.url, self._actions(documents, rejected), through_alias=False)
            new = list(self.targets.values())
            if new:
                self.client.indices.refresh(index=new)
            layout.swap(self.client, self.kind, new, layout.behind(self.client, self.kind))
        except BaseException:
            for name in self.targets.values():
                self.client.options(ignore_status=404).indices.delete(index=name)
            raise
        return Rebuilt(self.count - len(rejected), tuple(rejected))

    def _actions(self, documents: Iterable[Document], rejected: list[Rejection]) -> Iterator[Any]:
        for document in documents:
            self.count += 1
            try:
                month = layout.month_of(layout.write_alias(self.kind, document))
            except (KeyError, TypeError, ValueError) as error:
                rejected.append(Rejection(str(document.get("id")), f"fetched_at: {error}"))
                continue
            yield action(self._target(month), document)

    def _target(self, month: str | None) -> str:
        if month not in self.targets:
            self.targets[month] = layout.create_beside(self.client, self.kind, month)
        return self.targets[month]


def _aggregation(kind: Kind, name: str, size: int) -> dict[str, Any]:
    field = FIELDS[kind][name]
    if field.type == "date":
        return {
            "date_histogram": {"field": name, "calendar_interval": "day", "min_doc_count": 1, "format": "yyyy-MM-dd"}
        }
    return {
        "terms": {"field": f"{name}.whole" if field.type == "name" else name, "size": size, "shard_size": size * 10}
    }
