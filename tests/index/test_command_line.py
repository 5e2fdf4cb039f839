"""`eventwire search` and `eventwire reindex`."""

import csv
import io
import json
from pathlib import Path

import pytest

from processors.cli import main
from processors.database import open_database
from processors.documents import FIELDS
from processors.index import open_index
from tests.fetch.serving import serve_raw
from tests.index.corpus import ARTICLES, EVENTS
from tests.index.records import article, event, store_articles, store_events


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("EVENTWIRE_INDEX_URL", f"tantivy://{tmp_path / 'index'}")
    monkeypatch.setenv("EVENTWIRE_DATABASE_URL", f"sqlite:///{tmp_path / 'eventwire.sqlite'}")

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        written = capsys.readouterr()
        return int(ended.value.code or 0), written.out, written.err

    return call


@pytest.fixture
def filled(run, tmp_path: Path):
    index = open_index(f"tantivy://{tmp_path / 'index'}")
    index.upsert("events", EVENTS)
    index.upsert("articles", ARTICLES)
    index.close()
    return run


def test_a_table_shows_who_did_what_with_the_hit_marked(filled) -> None:
    code, out, _ = filled("search", "Lieferung AND recipients:UKR")
    assert code == 0
    assert "arms_delivery_pause" in out
    assert "USA → UKR" in out
    assert "[Waffenlieferungen]" in out
    assert out.rstrip().endswith("1 event")


def test_a_table_tells_how_many_there_are_in_all(filled) -> None:
    assert "8 events, 2 shown (--limit 0 shows all)" in filled("search", "*:*", "--limit", "2")[1]
    assert "0 events" in filled("search", "title:nirgendwo")[1]


def test_articles_are_shown_with_snippet_and_address(filled) -> None:
    out = filled("search", "Munition", "--articles")[1]
    assert "[Munition]" in out
    assert "https://elbkurier.example/stop" in out


def test_json_lines_are_whole_documents(filled) -> None:
    out = filled("search", "*:*", "--format", "jsonl", "--limit", "0", "--sort", "published_at")[1]
    documents = [json.loads(line) for line in out.splitlines()]
    assert sorted(documents, key=lambda one: one["id"]) == sorted(EVENTS, key=lambda one: one["id"])
    assert [one["id"] for one in documents][:2] == ["ceasefire", "denied"]


def test_json_has_total_documents_and_snippets(filled) -> None:
    found = json.loads(filled("search", "sentence:Verhandlung", "--format", "json")[1])
    assert found["total"] == 1
    [hit] = found["events"]
    assert hit["snippets"]["sentence"].count("<em>Verhandlungen</em>") == 1
    assert {**hit} == {**next(one for one in EVENTS if one["id"] == "offer"), "snippets": hit["snippets"]}


def test_csv_has_one_column_a_field_and_starts_no_formula(run, tmp_path: Path) -> None:
    index = open_index(f"tantivy://{tmp_path / 'index'}")
    index.upsert("events", [EVENTS[0] | {"title": '=HYPERLINK("x")'}])
    rows = list(csv.DictReader(io.StringIO(run("search", "*:*", "--format", "csv")[1])))
    assert list(rows[0]) == list(FIELDS["events"])
    assert rows[0]["actors"] == "RUS; USA"
    assert rows[0]["title"] == '\'=HYPERLINK("x")'


def test_a_wrong_query_ends_with_2_and_shows_the_place(filled) -> None:
    code, out, err = filled("search", "type:leader_call AND actor:RUS")
    assert (code, out) == (2, "")
    assert "did you mean actors?" in err
    assert "\n" + " " * 23 + "^ (character 22)" in err


@pytest.mark.parametrize("wrong", [("--format", "xml"), ("--sort", "actors"), ("--limit", "-1")])
def test_a_wrong_option_ends_with_2(filled, wrong: tuple[str, str]) -> None:
    assert filled("search", "*:*", *wrong)[0] == 2


def test_an_index_that_is_away_ends_with_3(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTWIRE_INDEX_URL", "http://elastic:secret@127.0.0.1:9")
    code, _, err = run("search", "*:*")
    assert code == 3
    assert "does not answer" in err
    assert "secret" not in err


@pytest.mark.parametrize(("command", "code"), [(["status"], 1), (["search", "type:threat"], 3)])
def test_an_index_that_takes_connections_and_never_answers_is_asked_once(
    run, monkeypatch: pytest.MonkeyPatch, command: list[str], code: int
) -> None:
    asked: list[bytes] = []
    with serve_raw(lambda connection: asked.append(connection.recv(1))) as address:  # which waits until the client goes
        monkeypatch.setenv("EVENTWIRE_INDEX_URL", address)
        monkeypatch.setenv("EVENTWIRE_INDEX__TIMEOUT", "0.2")
        ended, out, err = run(*command)
    assert (ended, len(asked)) == (code, 1)
    assert f"Elasticsearch at {address} does not answer" in out + err


def test_an_address_of_no_engine_ends_with_2(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTWIRE_INDEX_URL", "solr://127.0.0.1")
    code, _, err = run("search", "*:*")
    assert code == 2
    assert "tantivy:///folder" in err


def test_reindex_builds_both_kinds_from_the_database(run, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    store_events(database, [event(number) for number in range(3)])
    store_articles(database, [article(number) for number in range(2)])
    code, out, _ = run("reindex")
    assert (code, out) == (0, "events: 3 indexed, 0 refused\narticles: 2 indexed, 0 refused\n")
    assert "3 events" in run("search", "type:leader_call")[1]
    assert run("reindex", "--only", "events")[1] == "events: 3 indexed, 0 refused\n"
    assert run("reindex", "--only", "people")[0] == 2
    assert run("reindex", "--migrate")[1] == "the index is up to date\n"


def test_reindex_tells_what_was_refused(run, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    store_events(database, [event(1, article_count=2**40), event(2)])
    code, out, _ = run("reindex", "--only", "events")
    assert code == 1
    assert out.startswith("events: 1 indexed, 1 refused\n")
    assert "article_count" in out


def test_a_damaged_or_foreign_index_says_how_to_build_it_anew(run, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    store_events(database, [event(1)])
    run("reindex")
    pointer = json.loads((tmp_path / "index" / "current.json").read_text())
    for file in (tmp_path / "index" / pointer["events"]["folder"]).iterdir():
        file.write_bytes(b"damaged")
    code, _, err = run("search", "*:*")
    assert code == 3
    assert "eventwire reindex" in err
    pointer["events"]["version"] = 999
    (tmp_path / "index" / "current.json").write_text(json.dumps(pointer))
    assert "another version" in run("search", "*:*")[2]
    assert run("reindex")[0] == 0
    assert "1 event" in run("search", "*:*")[1]
    assert len(list((tmp_path / "index").glob("events-*"))) == 1
