"""The search index: derived from the database, rebuilt from it at any time. Two engines behind one protocol."""

from typing import TYPE_CHECKING

from processors.errors import ConfigError
from processors.index.match import match_queries
from processors.index.protocol import Found, Rebuilt, Rejection, SearchIndex, SearchResult, Snippet
from processors.index.stage import index_documents, rebuild_index

if TYPE_CHECKING:
    from processors.settings import Settings

__all__ = [
    "Found",
    "Rebuilt",
    "Rejection",
    "SearchIndex",
    "SearchResult",
    "Snippet",
    "index_documents",
    "match_queries",
    "open_index",
    "rebuild_index",
]


def open_index(url: str, settings: "Settings | None" = None) -> SearchIndex:
    """The index behind `url`: `tantivy:///folder`, or `http(s)://[user:password@]host:9200` of Elasticsearch.

    Nothing is asked of the engine before its first use. Raises ConfigError for another address.
    """
    if url.startswith("tantivy://"):
        from processors.index.embedded.index import TantivyIndex

        return TantivyIndex(url.removeprefix("tantivy://"))
    if url.startswith(("http://", "https://")):
        from processors.index.elastic.index import ElasticsearchIndex

        return ElasticsearchIndex(url, settings.index if settings else None)
    # What is no URL may hold a password that is not known as one.
    shown = repr(url) if "@" not in url else "with user and password"
    raise ConfigError(f"index_url {shown}: write tantivy:///folder or http(s)://user:password@host:9200")
