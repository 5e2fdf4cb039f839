"""Pieces of text that show why a document matches."""

import re
from collections.abc import Iterator
from typing import Any

import tantivy

from processors.documents import FIELDS, Document, Kind
from processors.index.embedded.schema import analyzers, schema, stemmed_parts
from processors.index.protocol import Snippet
from processors.query.tree import And, Boost, Node, Or, Term

LENGTH = 240  # characters at the most
_VARIANTS = ("", ".de", ".en")
_WORD = re.compile(r"[^\W\d_]+")


class Snippets:
    """Makes the snippets of one query, given as tantivy's and as its tree."""

    def __init__(self, kind: Kind, searcher: Any, query: Any, tree: Node) -> None:
        self.schema = schema(kind)
        texts = [field.name for field in FIELDS[kind].values() if field.type == "text"]
        self.generators = {
            name: [(name + variant, self._generator(searcher, query, name + variant)) for variant in _VARIANTS]
            for name in texts
        }
        self.stems: dict[str, set[str]] = {name: set() for name in texts}
        for term in _terms(tree):
            if term.field in self.stems:
                self.stems[term.field].update(analyzers()["de"].analyze(str(term.value)))

    def of(self, document: Document) -> dict[str, Snippet]:
        """The snippets of `document` by field, where the query hits one."""
        found = {name: self._best(name, document[name]) for name in self.generators if document.get(name)}
        return {name: snippet for name, snippet in found.items() if snippet}

    def _generator(self, searcher: Any, query: Any, name: str) -> Any:
        generator = tantivy.SnippetGenerator.create(searcher, query, self.schema, name)
        generator.set_max_num_chars(LENGTH)
        return generator

    def _best(self, name: str, text: str) -> Snippet | None:
        # A word may be hit as it stands or by its stem: the variant with most marks shows most of the query.
        shown = [self._snippet(variant, generator, text) for variant, generator in self.generators[name]]
        return max((s for s in shown if s), key=lambda s: len(s.marks), default=self._compound(name, text))

    def _snippet(self, variant: str, generator: Any, text: str) -> Snippet | None:
        document = tantivy.Document()
        document.add_text(variant, text)
        found = generator.snippet_from_doc(document)
        marks = [(piece.start, piece.end) for piece in found.highlighted()]
        return _in_characters(found.fragment(), marks) if marks else None

    def _compound(self, name: str, text: str) -> Snippet | None:
        # tantivy knows the parts of compounds only as words of their own, without their place in the text.
        for word in _WORD.finditer(text):
            if self.stems[name].intersection(stemmed_parts(word[0].lower())):
                start = max(0, text.rfind(" ", 0, max(0, word.start() - LENGTH // 2)) + 1)
                return Snippet(text[start : start + LENGTH], ((word.start() - start, word.end() - start),))
        return None


def _terms(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(part)
        case Boost(part, _):
            yield from _terms(part)


def _in_characters(text: str, marks: list[tuple[int, int]]) -> Snippet:
    # tantivy counts in bytes of UTF-8.
    raw = text.encode()
    return Snippet(text, tuple((len(raw[:start].decode()), len(raw[:end].decode())) for start, end in marks))
