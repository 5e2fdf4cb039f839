"""docs/operations.md, backup and restore: what it says is done here, with the commands that it names."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

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
    ask = elasticsearch_server.ask
    ask("PUT", "/_snapshot/eventwire", {"type": "fs", "settings": {"location": "eventwire"}})
    try:
        taken = ask("PUT", "/_snapshot/eventwire/one?wait_for_completion=true", {"indices": "eventwire-*"})
        assert taken["snapshot"]["state"] == "SUCCESS"
        wipe(elasticsearch_server)
        restored = ask("POST", "/_snapshot/eventwire/one/_restore?wait_for_completion=true", {"indices": "eventwire-*"})
        assert restored["snapshot"]["shards"]["failed"] == 0
        assert installation.found() == before
    finally:
        ask("DELETE", "/_snapshot/eventwire/one")
        ask("DELETE", "/_snapshot/eventwire")
