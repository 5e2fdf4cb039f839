"""Templates, aliases, and moving indices of an older version on."""

import json
import re
import threading

import pytest

from processors.documents import DEFAULT_FIELDS, FIELDS, KINDS
from processors.errors import IndexUnavailable
from processors.index import open_index
from processors.index.compounds import part_words
from processors.index.elastic import layout
from processors.settings import ROOT
from tests.index.corpus import ARTICLES, EVENTS
from tests.index.generated import documents
from tests.servers.elasticsearch import Server

_TYPES = {"keyword": "keyword", "name": "text", "text": "text", "date": "date", "integer": "integer", "float": "double"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_has_exactly_the_documented_fields(kind) -> None:
    template = json.loads((ROOT / "config" / "elasticsearch" / f"index_{kind}.json").read_text())["template"]
    mappings = template["mappings"]
    assert mappings["dynamic"] == "strict"
    assert {name: about["type"] for name, about in mappings["properties"].items()} == {
        field.name: _TYPES[field.type] for field in FIELDS[kind].values()
    }
    whole = {name for name, about in mappings["properties"].items() if "whole" in about.get("fields", {})}
    assert whole == {field.name for field in FIELDS[kind].values() if field.type == "name"}
    assert template["settings"]["index"]["query"]["default_field"] == list(DEFAULT_FIELDS[kind])


def test_names_tell_version_kind_and_month() -> None:
    assert layout.index_name("events", None, 1) == "eventwire-events-v1-000001"
    assert layout.index_name("articles", "2026.11", 12) == "eventwire-articles-v1-2026.11-000012"
    assert layout.write_alias("articles", {"fetched_at": "2026-10-31T23:30:00Z"}) == "eventwire-articles-2026.10"
    assert layout.parsed("somebody-elses-index") is None


def test_compound_parts_are_words_in_lower_case() -> None:
    assert len(part_words()) > 250
    assert all(re.fullmatch(r"[a-zäöüß]{4,20}", word) for word in part_words())


@pytest.mark.elasticsearch
def test_articles_lie_in_the_month_they_were_fetched_in(index, elasticsearch_server: Server) -> None:
    index.upsert("articles", ARTICLES)
    index.refresh()
    found = elasticsearch_server.ask("GET", "/eventwire-articles/_search?size=100")["hits"]["hits"]  # type: ignore[index]
    assert {hit["_id"]: hit["_index"] for hit in found} == {
        "stop": "eventwire-articles-v1-2026.11-000001",
        "copy": "eventwire-articles-v1-2026.11-000001",
        "talks": "eventwire-articles-v1-2026.10-000001",
        "cooking": "eventwire-articles-v1-2026.09-000001",
    }


@pytest.mark.elasticsearch
def test_a_month_that_is_too_old_is_dropped_as_a_whole(index, elasticsearch_server: Server) -> None:
    from datetime import UTC, datetime

    index.upsert("articles", ARTICLES)
    assert index.delete_older("articles", datetime(2026, 11, 1, tzinfo=UTC)) == 2
    assert list(elasticsearch_server.ask("GET", "/eventwire-articles-*/_alias")) == [
        "eventwire-articles-v1-2026.11-000001"
    ]


@pytest.mark.elasticsearch
def test_many_writers_at_once_make_one_index(index, elasticsearch_server: Server) -> None:
    indexes = [open_index(elasticsearch_server.url) for _ in range(4)]
    threads = [threading.Thread(target=one.upsert, args=("events", EVENTS)) for one in indexes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    index.refresh()
    assert index.count("events") == len(EVENTS)
    assert list(elasticsearch_server.ask("GET", "/eventwire-events/_alias")) == ["eventwire-events-v1-000001"]


@pytest.mark.elasticsearch
def test_an_event_index_of_an_older_version_is_moved_on_without_a_gap(index, elasticsearch_server: Server) -> None:
    made = documents(300, seed=3)
    _make_old(elasticsearch_server, "eventwire-events-v0-000001", ["eventwire-events"])
    index.client.bulk(
        operations=[line for one in made for line in ({"index": {"_id": one["id"]}}, one)],
        index="eventwire-events-v0-000001",
        refresh=True,
    )
    with pytest.raises(IndexUnavailable, match="eventwire reindex --migrate"):
        index.upsert("events", EVENTS)
    seen, stop = _watched(open_index(elasticsearch_server.url))
    done = index.migrate()
    stop.set()
    assert done == ["eventwire-events-v0-000001: 300 documents moved to eventwire-events-v1-000001"]
    assert set(seen) == {300}
    assert list(elasticsearch_server.ask("GET", "/eventwire-events/_alias")) == ["eventwire-events-v1-000001"]
    assert index.upsert("events", EVENTS) == []
    index.refresh()
    assert index.count("events") == 300 + len(EVENTS)
    assert index.migrate() == []


@pytest.mark.elasticsearch
def test_a_migration_that_was_interrupted_is_done_again(index, elasticsearch_server: Server) -> None:
    _make_old(
        elasticsearch_server,
        "eventwire-articles-v0-2026.11-000001",
        ["eventwire-articles", "eventwire-articles-2026.11"],
    )
    index.client.index(index="eventwire-articles-2026.11", id="stop", document=ARTICLES[0], refresh=True)
    # Interrupted: the copy is there in part, the old index takes no writes, the alias still leads to it.
    layout.create_beside(index.client, "articles", "2026.11")
    elasticsearch_server.ask("PUT", "/eventwire-articles-v0-2026.11-000001/_settings", {"index.blocks.write": True})
    assert len(index.migrate()) == 1
    assert list(elasticsearch_server.ask("GET", "/eventwire-articles-2026.11/_alias")) == [
        "eventwire-articles-v1-2026.11-000001"
    ]
    assert index.upsert("articles", [ARTICLES[2]]) == []
    index.refresh()
    assert index.count("articles") == 2


def _make_old(server: Server, name: str, aliases: list[str]) -> None:
    mappings = {"properties": {"id": {"type": "keyword"}, "published_at": {"type": "date"}}}
    server.ask("PUT", f"/{name}", {"mappings": mappings, "aliases": {alias: {} for alias in aliases}})


def _watched(index) -> tuple[list[int], threading.Event]:
    seen: list[int] = [index.count("events")]
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            seen.append(index.count("events"))

    threading.Thread(target=watch, daemon=True).start()
    return seen, stop


@pytest.mark.elasticsearch
def test_both_engines_find_the_same_parts_and_stems(index, elasticsearch_server: Server) -> None:
    from processors.index.embedded.schema import analyzers, stemmed_parts

    index.upsert("events", EVENTS[:1])
    words = "Waffenlieferungen Außenministertreffen Gefangenenaustausch Drohnenangriffe Friedensverhandlungen"
    for word in words.split():
        body = {"analyzer": "eventwire_text", "text": word}
        answer = elasticsearch_server.ask("GET", "/eventwire-events/_analyze", body)
        theirs = {token["token"] for token in answer["tokens"]}  # type: ignore[index, attr-defined]
        forms = {token for name in ("fold", "de", "en") for token in analyzers()[name].analyze(word)}
        assert theirs == forms | set(stemmed_parts(word.lower())), word
