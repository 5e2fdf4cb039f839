"""docs/operations.md, backup and restore: what it says is done here, with the commands that it names."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from processors.settings import ROOT
from tests.postgresql import USER, programs
from tests.servers.fixtures import wipe

INDEX_TOO = [pytest.mark.postgresql, pytest.mark.elasticsearch]


@pytest.fixture(params=["embedded", pytest.param("production", marks=INDEX_TOO)])
def filled(request, empty_installation):
    """A filled installation, and a function that loses its index."""
    if request.param == "embedded":
        folder = Path(empty_installation.settings.var_dir, "index")
        empty_installation.fill()
        return empty_installation, lambda: shutil.rmtree(folder)
    server = request.getfixturevalue("elasticsearch_server")
    wipe(server)
    url = request.getfixturevalue("postgresql_url")
    installation = empty_installation.at(database_url=url, index_url=server.plain_url)
    installation.fill()
    return installation, lambda: wipe(server)


def test_a_lost_index_is_rebuilt_from_the_database_and_finds_the_same(filled):
    installation, lose_index = filled
    before = installation.found()
    assert all(before.values()), [search for search, documents in before.items() if not documents]
    lose_index()
    done = installation.eventwire("reindex")
    assert done.returncode == 0, done.stderr
    assert installation.found() == before


@pytest.mark.postgresql
def test_a_dumped_and_restored_postgresql_gives_the_same_searches(empty_installation, postgresql_url, tmp_path):
    folder = programs()
    installation = empty_installation.at(database_url=postgresql_url)
    installation.fill()
    before = installation.found()
    server, _, name = postgresql_url.rpartition("/")
    port, dump = server.rpartition(":")[2], tmp_path / "eventwire.dump"
    connect = ["-h", "127.0.0.1", "-p", port, "-U", USER]
    subprocess.run([folder / "pg_dump", *connect, "-Fc", "-f", dump, name], check=True)
    subprocess.run([folder / "createdb", *connect, f"{name}_restored"], check=True)
    try:
        subprocess.run([folder / "pg_restore", *connect, "-d", f"{name}_restored", dump], check=True)
        restored = installation.at(database_url=f"{server}/{name}_restored", var_dir=str(tmp_path / "elsewhere"))
        done = restored.eventwire("reindex")
        assert done.returncode == 0, done.stderr
        assert restored.found() == before
        assert restored.eventwire("status").returncode == 0
    finally:
        subprocess.run([folder / "dropdb", *connect, "--force", f"{name}_restored"], check=True)


def test_a_copied_sqlite_gives_the_same_searches(empty_installation, tmp_path):
    empty_installation.fill()
    before = empty_installation.found()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with sqlite3.connect(Path(empty_installation.settings.var_dir, "eventwire.sqlite")) as database:
        database.execute("VACUUM INTO ?", (str(elsewhere / "eventwire.sqlite"),))
    restored = empty_installation.at(var_dir=str(elsewhere))
    done = restored.eventwire("reindex")
    assert done.returncode == 0, done.stderr
    assert restored.found() == before


@pytest.mark.elasticsearch
def test_a_snapshot_of_elasticsearch_gives_the_same_searches(empty_installation, elasticsearch_server):
    wipe(elasticsearch_server)
    installation = empty_installation.at(index_url=elasticsearch_server.plain_url)
    installation.fill()
    before = installation.found()
    take, restore = documented_snapshots(elasticsearch_server.plain_url)
    try:
        assert '"state":"SUCCESS"' in run(take.replace("$(date +%F)", "2026-01-31"))  # restored on another day
        wipe(elasticsearch_server)
        assert installation.eventwire("reindex").returncode == 0  # now indices are in the way
        assert '"failed":0' in run(take.splitlines()[0] + "\n" + restore)
        assert installation.found() == before
    finally:
        for name in elasticsearch_server.ask("GET", "/_snapshot/eventwire/_all")["snapshots"]:
            elasticsearch_server.ask("DELETE", f"/_snapshot/eventwire/{name['snapshot']}")
        elasticsearch_server.ask("DELETE", "/_snapshot/eventwire")


def documented_snapshots(url: str) -> tuple[str, str]:
    """The lines of docs/operations.md that take a snapshot and those that restore one, for the server at `url`; the
    first of them defines `ask`."""
    text = (ROOT / "docs" / "operations.md").read_text()
    found = [line[4:] for line in text[text.index("**A lost index**") :].splitlines() if line.startswith("    ")]
    asked = [line for line in found if line.startswith(("ask", "snapshot=", "test"))]
    lines = [line.replace("http://127.0.0.1:9200", url) for line in asked]
    middle = next(number for number, line in enumerate(lines) if line.startswith("snapshot="))
    return "\n".join(lines[:middle]), "\n".join(lines[middle:])


def run(lines: str) -> str:
    environment = {"PATH": os.environ["PATH"], "ELASTIC_PASSWORD": "unused"}
    done = subprocess.run(["bash", "-ec", lines], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
