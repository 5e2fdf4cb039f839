"""What writing, deleting and rebuilding does, the same on both engines."""

from datetime import UTC, datetime

import pytest

from processors.index import SearchIndex
from tests.index.corpus import ARTICLES, EVENTS, article, event


def _ids(index: SearchIndex, kind: str, query: str = "*:*") -> set[str]:
    index.refresh()
    return {hit.id for hit in index.search(kind, query, limit=1000, snippets=False).hits}


def test_an_empty_index_finds_nothing_and_counts_nothing(index: SearchIndex) -> None:
    assert index.search("events", "type:attack").total == 0
    assert index.search("articles", "*:*").hits == ()
    assert index.count("events") == 0
    assert index.facets("events", "*:*", ["type"]) == {"type": []}
    assert index.delete_older("articles", datetime(2030, 1, 1, tzinfo=UTC)) == 0
    index.delete("events", ["nothing"])
    index.refresh()


def test_a_changed_event_takes_the_place_of_its_older_state(index: SearchIndex) -> None:
    planned = event("e", "leader_meeting", "planned", "DEU FRA", "Gipfel in Metz geplant")
    assert index.upsert("events", [planned]) == []
    assert index.upsert("events", [planned | {"status": "occurred", "title": "Gipfel in Metz hat begonnen"}]) == []
    assert _ids(index, "events", "status:occurred AND title:begonnen") == {"e"}
    assert _ids(index, "events", "status:planned OR title:geplant") == set()
    assert index.count("events") == 1


def test_writing_the_same_twice_changes_nothing(index: SearchIndex) -> None:
    for _ in range(2):
        assert index.upsert("articles", ARTICLES) == []
    assert _ids(index, "articles") == {document["id"] for document in ARTICLES}


def test_a_refused_document_is_told_with_its_reason_and_the_others_are_written(index: SearchIndex) -> None:
    documents = [event(f"e{number:03}", "attack", "occurred", "RUS > UKR", "Angriff") for number in range(1000)]
    documents[500] = documents[500] | {"source_count": "many"}
    rejected = index.upsert("events", documents)
    assert [one.id for one in rejected] == ["e500"]
    assert "source_count" in rejected[0].reason
    assert rejected[0].retryable is False
    index.refresh()
    assert index.count("events") == 999


def test_a_field_that_no_mapping_knows_is_refused(index: SearchIndex) -> None:
    [rejected] = index.upsert("events", [EVENTS[0] | {"mood": "good"}])
    assert "strict" in rejected.reason
    assert "mood" in rejected.reason


def test_an_article_without_the_time_it_was_fetched_is_refused_and_the_others_are_written(index: SearchIndex) -> None:
    rejected = index.upsert("articles", [ARTICLES[0], ARTICLES[1] | {"fetched_at": "yesterday"}])
    assert [one.id for one in rejected] == ["talks"]
    assert _ids(index, "articles") == {"stop"}


def test_deleted_documents_are_gone_at_once(index: SearchIndex) -> None:
    index.upsert("events", EVENTS)
    index.delete("events", ["call", "pause", "unknown"])
    assert _ids(index, "events") == {one["id"] for one in EVENTS} - {"call", "pause"}


def test_old_articles_and_events_are_deleted_by_age(index: SearchIndex) -> None:
    index.upsert("articles", ARTICLES)
    index.upsert("events", EVENTS)
    assert index.delete_older("articles", datetime(2026, 11, 20, 12, 30, tzinfo=UTC)) == 3
    assert _ids(index, "articles") == {"copy"}
    assert index.delete_older("events", datetime(2026, 11, 21, tzinfo=UTC)) == 7
    assert _ids(index, "events") == {"call"}


def test_a_rebuild_holds_exactly_what_it_was_given(index: SearchIndex) -> None:
    index.upsert("events", EVENTS)
    index.upsert("articles", ARTICLES)
    new = [
        EVENTS[1],
        event("new", "threat", "occurred", "PRK > KOR", "Pjöngjang droht"),
        EVENTS[2] | {"goldstein": "x"},
    ]
    rebuilt = index.rebuild("events", iter(new))
    assert (rebuilt.count, [one.id for one in rebuilt.rejected]) == (2, ["offer"])
    assert _ids(index, "events") == {"pause", "new"}
    assert _ids(index, "articles") == {one["id"] for one in ARTICLES}
    assert index.upsert("events", [EVENTS[0]]) == []
    assert _ids(index, "events") == {"pause", "new", "call"}


def test_a_rebuild_of_articles_takes_all_months(index: SearchIndex) -> None:
    index.upsert("articles", ARTICLES)
    assert index.rebuild("articles", iter(ARTICLES[:2])).count == 2
    assert _ids(index, "articles") == {"stop", "talks"}
    assert index.rebuild("articles", iter([])).count == 0
    assert _ids(index, "articles") == set()
    assert index.upsert("articles", ARTICLES[3:]) == []
    assert _ids(index, "articles") == {"cooking"}


def test_a_rebuild_that_breaks_leaves_the_index_as_it_was(index: SearchIndex) -> None:
    index.upsert("events", EVENTS)

    def breaking():
        yield EVENTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild("events", breaking())
    assert _ids(index, "events") == {one["id"] for one in EVENTS}


def test_searches_go_on_while_an_index_is_rebuilt(index: SearchIndex) -> None:
    index.upsert("events", EVENTS)
    index.refresh()
    totals = []

    def watched():
        for document in EVENTS:
            totals.append(index.search("events", "*:*").total)
            yield document

    index.rebuild("events", watched())
    assert totals == [len(EVENTS)] * len(EVENTS)
    assert index.search("events", "*:*").total == len(EVENTS)


def test_pages_go_past_ten_thousand_without_a_gap_or_a_repetition(index: SearchIndex) -> None:
    documents = [
        article(f"a{number:05}", "de", "Meldung", "Text", fetched_at=f"2026-11-20T12:00:{number % 7:02}Z")
        for number in range(10_500)
    ]
    assert index.upsert("articles", documents) == []
    index.refresh()
    found: list[str] = []
    after = None
    while True:
        page = index.search("articles", "title:Meldung", limit=3_000, sort="fetched_at", after=after, snippets=False)
        assert page.total == 10_500
        found += [hit.id for hit in page.hits]
        after = page.next_after
        if after is None:
            break
    assert found == [one["id"] for one in sorted(documents, key=lambda one: (one["fetched_at"], one["id"]))]
