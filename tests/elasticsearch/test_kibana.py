"""The Kibana objects: whole in themselves, true to the live mapping, and loaded as Kibana takes them."""

import json
import threading
from collections.abc import Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from processors.cli import main
from processors.documents import KINDS
from processors.errors import ConfigError, IndexUnavailable
from processors.index.kibana import OBJECTS, import_objects
from processors.settings import IndexSettings
from tests.index.corpus import ARTICLES, EVENTS
from tests.servers.elasticsearch import Server

LINES = [json.loads(line) for line in OBJECTS.read_text(encoding="utf-8").splitlines()]
BY_ID = {(one["type"], one["id"]): one for one in LINES}
VIEWS = {"eventwire-events": "events", "eventwire-articles": "articles"}


def _of(type: str) -> list[dict[str, Any]]:
    return [one for one in LINES if one["type"] == type]


def _view(one: dict[str, Any]) -> str:
    return next(str(r["id"]) for r in one["references"] if r["type"] == "index-pattern")


def _columns(lens: dict[str, Any]) -> dict[str, Any]:
    [layer] = lens["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    assert sorted(layer["columnOrder"]) == sorted(layer["columns"])
    return dict(layer["columns"])


def _query(search: dict[str, Any]) -> dict[str, str]:
    return dict(json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"])


def test_ids_are_unique_and_all_references_are_in_the_file() -> None:
    assert len(BY_ID) == len(LINES)
    assert [(r["type"], r["id"]) for one in LINES for r in one["references"] if (r["type"], r["id"]) not in BY_ID] == []


def test_every_reference_is_used_under_its_name() -> None:
    for search in _of("search"):
        source = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
        assert [r["name"] for r in search["references"]] == [source["indexRefName"]]
    for lens in _of("lens"):
        layers = lens["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]
        assert [r["name"] for r in lens["references"]] == [f"indexpattern-datasource-layer-{id}" for id in layers]


def test_the_dashboard_shows_its_panels_side_by_side() -> None:
    [dashboard] = _of("dashboard")
    panels = json.loads(dashboard["attributes"]["panelsJSON"])
    names = {f"{panel['panelIndex']}:{panel['panelRefName']}": panel["type"] for panel in panels}
    assert names == {r["name"]: r["type"] for r in dashboard["references"]}
    cells: set[tuple[int, int]] = set()
    for panel in panels:
        grid = panel["gridData"]
        taken = {
            (x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])
        }
        assert grid["x"] + grid["w"] <= 48
        assert not cells & taken
        cells |= taken


def test_it_has_the_searches_and_charts_that_are_promised() -> None:
    titles = {one["attributes"]["title"] for one in LINES}
    assert {
        *("Leader calls", "Arms deliveries and pauses", "Negotiation offers", "Everything about Ukraine"),
        *("Events over time, by type", "Events over time, by quad class", "Top dyads", "Actors", "Statuses", "Sources"),
        "Events with their evidence",
    } <= titles


def test_all_versions_are_of_8_19_or_before() -> None:
    newest = {"index-pattern": (8, 0, 0), "search": (10, 5, 0), "lens": (8, 9, 0), "dashboard": (10, 3, 0)}
    for one in LINES:
        assert one["coreMigrationVersion"] == "8.8.0"
        assert tuple(map(int, one["typeMigrationVersion"].split("."))) <= newest[one["type"]]


def test_visualizations_name_only_columns_that_they_have() -> None:
    for lens in _of("lens"):
        columns, visualization = _columns(lens), lens["attributes"]["state"]["visualization"]
        for layer in visualization["layers"]:
            used = [*layer.get("accessors", ()), *layer.get("metrics", ()), *layer.get("primaryGroups", ())]
            used += [layer[name] for name in ("xAccessor", "splitAccessor") if name in layer]
            assert set(used) == set(columns)


@pytest.fixture
def live(index, elasticsearch_server: Server) -> dict[str, dict[str, Any]]:
    """Of each data view the fields that Elasticsearch says it has, with types and what they can do."""
    index.upsert("events", EVENTS)
    index.upsert("articles", ARTICLES)
    index.refresh()
    answer = {v["attributes"]["title"]: v for v in _of("index-pattern")}
    return {
        title: dict(elasticsearch_server.ask("GET", f"/{title}/_field_caps?fields=*")["fields"])  # type: ignore[call-overload]
        for title in answer
    }


@pytest.mark.elasticsearch
def test_every_field_is_in_the_live_mapping_and_can_do_what_is_asked_of_it(live: dict[str, dict[str, Any]]) -> None:
    for view in _of("index-pattern"):
        assert "date" in live[view["id"]][view["attributes"]["timeFieldName"]]
    for search in _of("search"):
        fields = live[_view(search)]
        assert set(search["attributes"]["columns"]) <= fields.keys()
        assert all("date" in fields[name] for name, _ in search["attributes"]["sort"])
    expected = {"string": {"keyword"}, "number": {"integer", "double"}, "date": {"date"}}
    for lens in _of("lens"):
        for column in _columns(lens).values():
            if column["operationType"] == "count":
                continue
            [caps] = live[_view(lens)][column["sourceField"]].values()
            assert caps["aggregatable"], column["sourceField"]
            assert caps["type"] in expected[column["dataType"]], column["sourceField"]


@pytest.mark.elasticsearch
def test_saved_searches_find_in_kibana_what_our_search_finds(live, index, elasticsearch_server: Server) -> None:
    for saved in _of("search"):
        query, view = _query(saved), _view(saved)
        assert query["language"] == "lucene"
        body = {"query": {"query_string": {"query": query["query"], "analyze_wildcard": True}}, "size": 100}
        hits = elasticsearch_server.ask("POST", f"/{view}/_search", body)["hits"]["hits"]  # type: ignore[index]
        kind = VIEWS[view]
        assert kind in KINDS
        mine = {hit.id for hit in index.search(kind, query["query"], limit=100).hits}
        assert {hit["_id"] for hit in hits} == mine
        assert mine


class _Kibana(BaseHTTPRequestHandler):
    """Stands in for Kibana's import address: takes what its route takes, refuses what it refuses."""

    received: list[bytes]
    answers: list[tuple[int, dict[str, Any]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).received.append(f"{self.path}\n{self.headers['Authorization']}\n".encode() + body)
        status, answer = (400, {"message": "Request must contain a kbn-xsrf header."})
        if self.headers.get("kbn-xsrf"):
            form = message_from_bytes(f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + body)
            [part] = form.get_payload()
            assert part.get_param("name", header="content-disposition") == "file"
            assert str(part.get_filename()).endswith(".ndjson")
            objects = [json.loads(line) for line in part.get_payload(decode=True).decode().splitlines()]
            status, answer = 200, {"success": True, "successCount": len(objects)}
        if self.answers:
            status, answer = self.answers.pop(0)
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def kibana() -> Iterator[str]:
    _Kibana.received, _Kibana.answers = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Kibana)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://editor:secret@127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_command_loads_all_objects(kibana: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["kibana", "import", "--url", kibana, "--space", "desk"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"{len(LINES)} objects loaded\n"
    head, login, *_ = _Kibana.received[0].decode().splitlines()
    assert head == "/s/desk/api/saved_objects/_import?overwrite=true"
    assert login == "Basic ZWRpdG9yOnNlY3JldA=="


def test_an_api_key_is_used_where_the_address_has_no_user(kibana: str) -> None:
    address = kibana.replace("editor:secret@", "")
    assert import_objects(address, IndexSettings(api_key="abc=")) == len(LINES)
    assert _Kibana.received[0].decode().splitlines()[1] == "ApiKey abc="


def test_a_refused_object_is_told(kibana: str) -> None:
    refused = {"type": "lens", "id": "eventwire-dyads", "error": {"type": "missing_references"}}
    _Kibana.answers.append((200, {"success": False, "successCount": 14, "errors": [refused]}))
    with pytest.raises(ConfigError, match=r"eventwire-dyads.*missing_references"):
        import_objects(kibana, IndexSettings())


@pytest.mark.parametrize(("status", "error"), [(401, ConfigError), (403, ConfigError), (503, IndexUnavailable)])
def test_kibanas_answers_are_told_without_the_password(kibana: str, status: int, error: type[Exception]) -> None:
    _Kibana.answers.append((status, {"message": "no"}))
    with pytest.raises(error) as caught:
        import_objects(kibana, IndexSettings())
    assert "secret" not in str(caught.value)


def test_kibana_that_is_away_is_told() -> None:
    with pytest.raises(IndexUnavailable, match="does not answer"):
        import_objects("http://127.0.0.1:9", IndexSettings())


@pytest.mark.parametrize("address", ["kibana:5601", "http://[::1", "http://kibana:x"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ConfigError, match="write http"):
        import_objects(address, IndexSettings())
