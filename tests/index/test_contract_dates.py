"""Queries that say `now`, on documents dated by the real clock: the same on both engines and for alert rules."""

from datetime import UTC, datetime, timedelta

import pytest

from processors.documents import Document
from processors.index import SearchIndex
from processors.index.match import match_queries
from tests.index.corpus import event

# An hour from each bound: however long the test takes and at whatever time of day it runs, the answer is the same.
PUBLISHED = {
    "nine_days": timedelta(days=-9),
    "just_before": timedelta(days=-7, hours=-1),
    "just_after": timedelta(days=-7, hours=1),
    "yesterday": timedelta(days=-1),
    "hour": timedelta(hours=-1),
    "soon": timedelta(hours=1),
    "next_week": timedelta(days=6),
}
WEEK, LATER = {"just_after", "yesterday", "hour"}, {"soon", "next_week"}
OLDER = {"nine_days", "just_before"}

QUERIES = {
    "published_at:[now-7d TO now]": WEEK,
    "published_at:{now-7d TO now}": WEEK,
    "published_at:[now-1w TO now]": WEEK,
    "published_at:[now-168h TO now}": WEEK,
    "published_at:>=now-7d": WEEK | LATER,
    "published_at:>now-7d": WEEK | LATER,
    "published_at:[now-7d TO *]": WEEK | LATER,
    "published_at:<now-7d": OLDER,
    "published_at:<=now-7d": OLDER,
    "published_at:[* TO now-7d]": OLDER,
    "NOT published_at:[now-7d TO now]": OLDER | LATER,
    "published_at:>=now-7d AND published_at:<=now": WEEK,
    "published_at:[now-10d TO now-2d]": OLDER | {"just_after"},
    "published_at:[now-2h TO now+2h]": {"hour", "soon"},
    "published_at:>now": LATER,
    "published_at:<now+1M": set(PUBLISHED),
    "published_at:<now-1y": set(),
    # rounded to the day: the bound lies anywhere in the eighth day back
    "published_at:>=now-7d/d AND NOT id:just_before": WEEK | LATER,
    "published_at:<now-7d/d AND NOT id:just_before": {"nine_days"},
    # a day is its midnight, which may lie before a moment of that day
    "event_date:[now-7d TO now] AND NOT id:(just_before OR just_after OR soon)": {"yesterday", "hour"},
    "event_date:>=now-7d AND NOT id:(just_before OR just_after)": {"yesterday", "hour"} | LATER,
    "event_date:<now-7d AND NOT id:(just_before OR just_after)": {"nine_days"},
}


@pytest.fixture
def dated() -> list[Document]:
    now = datetime.now(UTC)
    return [
        event(name, "leader_call", "occurred", "RUS USA", "Telefonat",
              published_at=(now + shift).strftime("%Y-%m-%dT%H:%M:%SZ"), event_date=str((now + shift).date()))
        for name, shift in PUBLISHED.items()
    ]  # fmt: skip


def test_a_search_by_a_time_relative_to_now_finds_the_same(index: SearchIndex, dated: list[Document]) -> None:
    assert index.upsert("events", dated) == []
    index.refresh()
    found = {
        query: {hit.id for hit in index.search("events", query, limit=100, snippets=False).hits} for query in QUERIES
    }
    assert found == QUERIES


def test_an_alert_rule_by_a_time_relative_to_now_meets_the_same(dated: list[Document]) -> None:
    matched = match_queries("events", dated, {query: query for query in QUERIES})
    assert {query: matched.get(query, set()) for query in QUERIES} == QUERIES
