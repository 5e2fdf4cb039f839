"""The embedded index behind the SearchIndex protocol."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from processors.documents import AGE_FIELD, Document, Kind
from processors.index.embedded.facets import count_facets
from processors.index.embedded.folder import IndexFolder, told, unreadable
from processors.index.embedded.pages import by_field, by_score
from processors.index.embedded.schema import tantivy_document
from processors.index.embedded.snippets import Snippets
from processors.index.embedded.translate import to_tantivy
from processors.index.protocol import BY_SCORE, Rebuilt, Rejection, SearchResult, checked_facets, checked_sort
from processors.query import parse_query
from processors.query.tree import All, Range

_HEAP = 64_000_000  # bytes that a writer collects before it flushes a segment


class TantivyIndex:
    """tantivy's files under `path`. Any number of processes search; one at a time writes, the others wait."""

    def __init__(self, path: str | Path) -> None:
        self._folder = IndexFolder(path)
        self._open: dict[Kind, tuple[Path, Any]] = {}

    def upsert(self, kind: Kind, documents: Sequence[Document]) -> list[Rejection]:
        """See SearchIndex."""
        with self._writing(kind) as writer:
            return [rejected for document in documents if (rejected := _write(writer, kind, document, replace=True))]

    def delete(self, kind: Kind, ids: Sequence[str]) -> None:
        """See SearchIndex."""
        with self._writing(kind) as writer:
            for id in ids:
                writer.delete_documents_by_term("id", id)

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
        tree = parse_query(query, kind).tree
        asked, searcher = to_tantivy(kind, tree), self._searcher(kind)
        shown = Snippets(kind, searcher, asked, tree) if snippets else None
        if field == BY_SCORE:
            return by_score(searcher, asked, limit, after, shown)
        return by_field(kind, searcher, asked, (field, descending), limit, after, shown)

    def facets(
        self, kind: Kind, query: str, fields: Sequence[str], *, size: int = 20
    ) -> dict[str, list[tuple[str, int]]]:
        """See SearchIndex."""
        checked_facets(kind, fields)
        asked = to_tantivy(kind, parse_query(query, kind).tree)
        return count_facets(kind, self._searcher(kind), asked, fields, size)

    def delete_older(self, kind: Kind, before: datetime) -> int:
        """See SearchIndex."""
        old = to_tantivy(kind, Range(AGE_FIELD[kind], None, before, include_high=False))
        with self._writing(kind) as writer:
            count = int(self._searcher(kind).search(old, limit=1).count)
            writer.delete_documents_by_query(old)
        return count

    def count(self, kind: Kind) -> int:
        """See SearchIndex."""
        return int(self._searcher(kind).search(to_tantivy(kind, All()), limit=1).count)

    def check(self) -> None:
        """See SearchIndex."""
        self.count("events")

    def rebuild(self, kind: Kind, documents: Iterable[Document]) -> Rebuilt:
        """See SearchIndex. Writers of the present generation are not held up before the swap."""
        folder = self._folder.create(kind)
        with told():
            (folder / "building").write_text(str(os.getpid()))
        try:
            rebuilt = self._fill(kind, folder, documents)
            with told():
                (folder / "building").unlink()
            with self._folder.writing():
                self._folder.swap(kind, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return rebuilt

    def migrate(self) -> list[str]:
        """See SearchIndex. tantivy's files cannot be changed over: `eventwire reindex` builds them anew."""
        return []

    def refresh(self) -> None:
        """See SearchIndex. Each search looks for commits by itself: there is nothing to do."""

    def close(self) -> None:
        """See SearchIndex."""
        self._open.clear()

    def _fill(self, kind: Kind, folder: Path, documents: Iterable[Document]) -> Rebuilt:
        written, rejections = 0, []
        with _committing(self._folder.open(folder)) as writer:
            for document in documents:
                rejected = _write(writer, kind, document, replace=False)
                written += rejected is None
                if rejected:
                    rejections.append(rejected)
        return Rebuilt(written, tuple(rejections))

    @contextmanager
    def _writing(self, kind: Kind) -> Iterator[Any]:
        self._folder.current(kind)
        with self._folder.writing(), _committing(self._folder.open(self._folder.current(kind))) as writer:
            yield writer

    def _searcher(self, kind: Kind) -> Any:
        folder = self._folder.current(kind)
        present = self._open.get(kind)
        if present is None or present[0] != folder:
            present = self._open[kind] = (folder, self._folder.open(folder))
        try:
            present[1].reload()
        except Exception as error:  # tantivy has no error classes of its own
            raise unreadable(folder, error) from error
        return present[1].searcher()


@contextmanager
def _committing(index: Any) -> Iterator[Any]:
    with told():
        writer = index.writer(_HEAP, 1)
    yield writer
    with told():
        writer.commit()
        writer.wait_merging_threads()


def _write(writer: Any, kind: Kind, document: Document, *, replace: bool) -> Rejection | None:
    try:
        written = tantivy_document(kind, document)
    except ValueError as error:
        return Rejection(str(document.get("id")), str(error))
    with told():
        if replace:
            writer.delete_documents_by_term("id", document["id"])
        writer.add_document(written)
    return None
