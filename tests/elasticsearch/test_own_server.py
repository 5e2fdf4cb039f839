"""An Elasticsearch with its security on, impatient, and killed in the middle of a bulk."""

import threading
import time
from collections.abc import Iterator

import pytest

from processors.database import open_database, parked, pending
from processors.errors import ConfigError, IndexUnavailable
from processors.index import index_documents, open_index
from processors.index.elastic.index import ElasticsearchIndex
from processors.settings import IndexSettings, load_settings
from tests.index.corpus import EVENTS
from tests.index.generated import documents
from tests.index.records import differing, event, store_events
from tests.servers.elasticsearch import PASSWORD, Server, kill

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def trusted(secured_elasticsearch: Server) -> IndexSettings:
    return IndexSettings(ca_file=secured_elasticsearch.ca_file)


def test_user_and_password_over_tls_of_our_own_authority(secured_elasticsearch: Server) -> None:
    environment = {
        "EVENTWIRE_INDEX_URL": secured_elasticsearch.url,
        "EVENTWIRE_INDEX__CA_FILE": str(secured_elasticsearch.ca_file),
    }
    settings = load_settings(environment)
    index = open_index(settings.index_url, settings)
    assert index.upsert("events", EVENTS) == []
    index.refresh()
    assert index.count("events") == len(EVENTS)


def test_a_wrong_password_is_told_and_not_shown(secured_elasticsearch: Server, trusted: IndexSettings) -> None:
    wrong = secured_elasticsearch.url.replace(PASSWORD, "guessed-wrong")
    with pytest.raises(ConfigError, match="does not take this user and password") as caught:
        ElasticsearchIndex(wrong, trusted).count("events")
    assert "guessed-wrong" not in str(caught.value)
    assert secured_elasticsearch.plain_url.partition("//")[2] in str(caught.value)


def test_an_unknown_authority_is_told_with_what_to_do(secured_elasticsearch: Server) -> None:
    with pytest.raises(ConfigError, match=r"not trusted.*EVENTWIRE_INDEX__CA_FILE"):
        open_index(secured_elasticsearch.url).count("events")


def test_an_api_key_takes_the_place_of_user_and_password(secured_elasticsearch: Server, trusted: IndexSettings) -> None:
    role = {
        "indices": [{"names": ["eventwire-*"], "privileges": ["all"]}],
        "cluster": ["manage_index_templates", "monitor"],
    }
    made = secured_elasticsearch.ask(
        "POST", "/_security/api_key", {"name": "one", "role_descriptors": {"eventwire": role}}
    )
    keyed = trusted.model_copy(update={"api_key": str(made["encoded"])})
    index = ElasticsearchIndex(secured_elasticsearch.plain_url, keyed)
    assert index.upsert("events", EVENTS) == []
    with pytest.raises(ConfigError, match="API key"):
        ElasticsearchIndex(
            secured_elasticsearch.plain_url, trusted.model_copy(update={"api_key": "bm90OmFrZXk="})
        ).count("events")


def test_a_user_who_may_only_read_is_told_so(secured_elasticsearch: Server, trusted: IndexSettings) -> None:
    role = {"indices": [{"names": ["eventwire-*"], "privileges": ["read", "view_index_metadata"]}]}
    made = secured_elasticsearch.ask(
        "POST", "/_security/api_key", {"name": "two", "role_descriptors": {"reader": role}}
    )
    index = ElasticsearchIndex(
        secured_elasticsearch.plain_url, trusted.model_copy(update={"api_key": str(made["encoded"])})
    )
    assert index.search("events", "*:*").total >= 0
    with pytest.raises(ConfigError, match="may not do that"):
        index.upsert("events", EVENTS)


def test_many_bulks_at_once_are_slowed_by_429_and_lose_nothing(
    secured_elasticsearch: Server, trusted: IndexSettings
) -> None:
    indexes = [ElasticsearchIndex(secured_elasticsearch.url, trusted) for _ in range(3)]
    made = documents(4500, seed=7)
    before = _refused(secured_elasticsearch)
    results: list[list[object]] = []
    threads = [
        threading.Thread(target=lambda i=i: results.append(indexes[i].upsert("events", made[i::3]))) for i in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[], [], []]
    assert _refused(secured_elasticsearch) > before
    indexes[0].refresh()
    assert {hit.id for hit in _all(indexes[0], "id:e0*")} == {one["id"] for one in made}


def _refused(server: Server) -> int:
    answer = server.ask("GET", "/_nodes/stats/thread_pool")
    [node] = answer["nodes"].values()  # type: ignore[attr-defined]
    return int(node["thread_pool"]["write"]["rejected"])


def _all(index: ElasticsearchIndex, query: str) -> Iterator[object]:
    after = None
    while True:
        page = index.search("events", query, limit=5000, after=after, snippets=False)
        yield from page.hits
        after = page.next_after
        if after is None:
            return


def test_index_writers_slowed_by_429_leave_nothing_pending_and_index_and_database_agree(
    secured_elasticsearch: Server, trusted: IndexSettings, tmp_path
) -> None:
    url = f"sqlite:///{tmp_path / 'eventwire.sqlite'}"
    database = open_database(url)
    index = ElasticsearchIndex(secured_elasticsearch.url, trusted)
    index.rebuild("events", [])
    made = [event(number, source_count=number % 7) for number in range(6_000)]
    store_events(database, made)
    before = _refused(secured_elasticsearch)
    outcomes: list[object] = []

    def work() -> None:
        own, connection = ElasticsearchIndex(secured_elasticsearch.url, trusted), open_database(url)
        outcomes.append(index_documents(connection, own, limit=2_000).counts)

    writers = [threading.Thread(target=work) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert _refused(secured_elasticsearch) > before
    assert outcomes == [{"done": 2_000, "failed": 0}] * 3
    assert (pending(database), parked(database)) == ({}, [])
    assert differing(database, index, "events", [one.id for one in made]) == set()


def test_a_server_killed_in_the_middle_of_a_bulk_and_started_again(
    secured_elasticsearch: Server, trusted: IndexSettings, tmp_path
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    index = ElasticsearchIndex(secured_elasticsearch.url, trusted)
    index.rebuild("events", [])
    made = [event(number) for number in range(6_000)]
    store_events(database, made)
    outcome: list[object] = []
    writing = threading.Thread(target=lambda: outcome.append(_pass(database, index)))
    writing.start()
    _wait_for_some(secured_elasticsearch)
    assert secured_elasticsearch.pid is not None
    kill(secured_elasticsearch.pid)
    writing.join()
    assert isinstance(outcome[0], IndexUnavailable)
    assert pending(database) == {"index": 6_000}
    assert parked(database) == []
    secured_elasticsearch.start_again()
    assert _pass(database, index) == 6_000
    assert differing(database, index, "events", [one.id for one in made]) == set()
    assert pending(database) == {}


def _pass(database, index) -> object:
    try:
        return index_documents(database, index, limit=20_000).counts["done"]
    except IndexUnavailable as error:
        return error


def _wait_for_some(server: Server) -> None:
    for _ in range(600):
        server.ask("POST", "/eventwire-events/_refresh")
        if server.ask("GET", "/eventwire-events/_count")["count"]:
            return
        time.sleep(0.02)
    raise AssertionError("nothing was written")
