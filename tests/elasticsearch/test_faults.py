"""What goes wrong with Elasticsearch, on a real one: database and index agree afterwards, document by document."""

import base64
import threading
from collections.abc import Iterator

import pytest

from processors.database import Database, open_database, parked, pending
from processors.errors import ConfigError, IndexUnavailable
from processors.index import index_documents, open_index, rebuild_index
from processors.index.elastic.index import ElasticsearchIndex
from tests.index.records import article, differing, event, store_articles, store_events
from tests.servers.elasticsearch import Server
from tests.servers.fixtures import wipe

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def database(tmp_path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    yield opened
    opened.close()


def _block(server: Server, name: str, value: bool | None) -> None:
    server.ask("PUT", "/eventwire-*/_settings", {f"index.blocks.{name}": value})


def _indexed(database: Database, index) -> int:
    done = 0
    while count := index_documents(database, index, limit=5000).counts["done"]:
        done += count
    return done


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("read_only", r"does not take writes for now: .*read-only"),
        ("read_only_allow_delete", "too little disk left"),
        ("write", "does not take writes for now"),
    ],
)
def test_a_blocked_index_is_told_as_what_it_is_and_costs_nothing(
    database: Database, index, elasticsearch_server: Server, block: str, told: str
) -> None:
    made = [event(number) for number in range(20)]
    store_events(database, made[:10])
    assert _indexed(database, index) == 10
    store_events(database, [*made[10:], event(3, source_count=7)])
    _block(elasticsearch_server, block, True)
    try:
        for _ in range(4):
            with pytest.raises(IndexUnavailable, match=told):
                index_documents(database, index)
    finally:
        _block(elasticsearch_server, block, None)
    assert parked(database) == []
    assert pending(database) == {"index": 11}
    assert _indexed(database, index) == 11
    assert differing(database, index, "events", [one.id for one in made]) == set()


def test_a_mapping_conflict_in_one_document_of_a_thousand_parks_that_one(database: Database, index) -> None:
    made = [event(number) for number in range(1000)]
    made[567] = event(567, article_count=2**40)
    store_events(database, made)
    summary = index_documents(database, index)
    assert summary.counts == {"done": 999, "failed": 1}
    [stuck] = parked(database, "index")
    assert stuck.key == f"event:{made[567].id}"
    assert "article_count" in stuck.error
    assert differing(database, index, "events", [one.id for one in made]) == {made[567].id}


def test_a_month_that_was_deleted_behind_our_back_is_made_again(
    database: Database, index, elasticsearch_server: Server
) -> None:
    store_articles(database, [article(1)])
    assert _indexed(database, index) == 1
    wipe(elasticsearch_server)
    store_articles(database, [article(2)])
    assert _indexed(database, index) == 1
    [name] = elasticsearch_server.ask("GET", "/eventwire-articles/_mapping")
    assert name == "eventwire-articles-v1-2026.11-000001"


def test_the_index_is_away_at_an_address_where_nobody_listens() -> None:
    with pytest.raises(IndexUnavailable, match="does not answer"):
        open_index("http://127.0.0.1:9").count("events")


@pytest.mark.parametrize("url", ["http://", "http://elastic:secret@host:many"])
def test_an_address_that_is_none_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ConfigError, match="index_url") as caught:
        open_index(url)
    assert "secret" not in str(caught.value)


def test_a_password_may_hold_escaped_signs() -> None:
    index = open_index("http://elastic:p%40ss%3A@127.0.0.1:9")
    assert isinstance(index, ElasticsearchIndex)
    [node] = index.client.transport.node_pool.all()
    assert node.config.headers["authorization"] == "Basic " + base64.b64encode(b"elastic:p@ss:").decode()


def test_work_for_an_index_that_is_set_up_wrong_waits_and_is_not_parked(database: Database, other_server: str) -> None:
    store_events(database, [event(1)])
    for _ in range(5):
        with pytest.raises(ConfigError):
            index_documents(database, open_index(other_server))
    assert parked(database) == []
    assert pending(database) == {"index": 1}


def test_a_server_that_is_no_elasticsearch_is_told(other_server: str) -> None:
    with pytest.raises(ConfigError, match="no Elasticsearch"):
        open_index(other_server).count("events")


@pytest.fixture
def other_server() -> Iterator[str]:
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"count": 3}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_indices_that_were_lost_are_rebuilt_and_find_the_same(
    database: Database, index, elasticsearch_server: Server
) -> None:
    store_events(database, [event(number, source_count=number % 5) for number in range(300)])
    store_articles(database, [article(number) for number in range(50)])
    assert _indexed(database, index) == 350
    questions = [("events", "source_count:>2 AND Telefonat"), ("events", "title:7"), ("articles", "Lieferung")]
    before = [index.search(kind, query, limit=500) for kind, query in questions]
    wipe(elasticsearch_server)
    assert index.count("events") == 0
    assert rebuild_index(database, index, "events").count == 300
    assert rebuild_index(database, index, "articles").count == 50
    assert [index.search(kind, query, limit=500) for kind, query in questions] == before
    assert before[0].total == 120
