"""The query language: Lucene's syntax on the documented fields, read once into one tree for all engines."""

from processors.query.parse import parse_query
from processors.query.tree import Query, fields_of

__all__ = ["Query", "fields_of", "parse_query"]
