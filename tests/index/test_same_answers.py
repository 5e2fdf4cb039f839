"""Both engines and the alert rules' matcher give the same documents for the same query."""

import random
from collections.abc import Iterator

import pytest

from processors.documents import Document
from processors.index import SearchIndex, match_queries, open_index
from tests.index.generated import documents, exact_query, text_query
from tests.servers.elasticsearch import Server
from tests.servers.fixtures import wipe

DOCUMENTS = 400
COUNT = 250  # queries of each sort


@pytest.fixture(scope="module")
def generated() -> list[Document]:
    return documents(DOCUMENTS, seed=20261124)


@pytest.fixture(scope="module")
def embedded(generated: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    index = open_index(f"tantivy://{tmp_path_factory.mktemp('embedded')}")
    assert index.upsert("events", generated) == []
    yield index
    index.close()


@pytest.fixture(scope="module")
def elastic(generated: list[Document], elasticsearch_server: Server) -> Iterator[SearchIndex]:
    wipe(elasticsearch_server)
    index = open_index(elasticsearch_server.url)
    assert index.upsert("events", generated) == []
    index.refresh()
    yield index
    index.close()


def _found(index: SearchIndex, queries: list[str]) -> dict[str, set[str]]:
    return {
        query: {hit.id for hit in index.search("events", query, limit=DOCUMENTS, snippets=False).hits}
        for query in queries
    }


def _queries(make, seed: int) -> list[str]:
    chance = random.Random(seed)
    return list(dict.fromkeys(make(chance) for _ in range(COUNT)))


def test_the_generated_queries_are_worth_asking(embedded: SearchIndex) -> None:
    found = _found(embedded, _queries(exact_query, 1))
    some = [query for query, ids in found.items() if 0 < len(ids) < DOCUMENTS]
    assert len(some) > COUNT / 2


@pytest.mark.elasticsearch
def test_both_engines_find_the_same_by_keywords_dates_and_numbers(embedded: SearchIndex, elastic: SearchIndex) -> None:
    queries = _queries(exact_query, 1)
    mine, theirs = _found(embedded, queries), _found(elastic, queries)
    assert [query for query in queries if mine[query] != theirs[query]] == []


@pytest.mark.elasticsearch
def test_both_engines_find_the_same_by_words_and_phrases(embedded: SearchIndex, elastic: SearchIndex) -> None:
    queries = _queries(text_query, 2)
    mine, theirs = _found(embedded, queries), _found(elastic, queries)
    assert [(q, mine[q] ^ theirs[q]) for q in queries if mine[q] != theirs[q]] == []


@pytest.mark.parametrize(("make", "seed"), [(exact_query, 1), (text_query, 2)])
def test_alert_rules_match_what_a_search_finds(
    embedded: SearchIndex, generated: list[Document], make, seed: int
) -> None:
    queries = _queries(make, seed)
    matched = match_queries("events", generated, {query: query for query in queries})
    found = _found(embedded, queries)
    assert {query: matched.get(query, set()) for query in queries} == found
