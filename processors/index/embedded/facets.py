"""Counts by value, by tantivy's aggregations."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from processors.documents import FIELDS, Kind


def count_facets(
    kind: Kind, searcher: Any, query: Any, fields: Sequence[str], size: int
) -> dict[str, list[tuple[str, int]]]:
    """For each field the counts of its values (most frequent first) or days (in order) in the matches of `query`."""
    types = {name: FIELDS[kind][name].type for name in fields}
    dates = {name for name in fields if types[name] == "date"}
    column = {name: f"{name}.whole" if types[name] == "name" else name for name in fields}
    asked = {name: _aggregation(column[name], name in dates, size) for name in fields}
    answer = searcher.aggregate(query, asked)
    return {name: (_days if name in dates else _values)(answer[name]["buckets"]) for name in fields}


def _aggregation(name: str, is_date: bool, size: int) -> dict[str, Any]:
    if is_date:
        return {"date_histogram": {"field": name, "fixed_interval": "1d", "min_doc_count": 1}}
    return {"terms": {"field": name, "size": size}}


def _values(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    found = [(_text(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _text(key: Any) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


def _days(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [
        (datetime.fromtimestamp(bucket["key"] / 1000, UTC).date().isoformat(), int(bucket["doc_count"]))
        for bucket in buckets
        if bucket["doc_count"]
    ]
