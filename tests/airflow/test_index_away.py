"""The indexing task of the real DAG, run by Airflow itself, while Elasticsearch is away and when it is back."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from processors.database import Database, open_database, parked, pending
from processors.index import open_index
from tests.airflow.conftest import ROOT, own_airflow
from tests.index.records import article, differing, event, store_articles, store_events
from tests.servers.elasticsearch import Server, Unavailable, kill, running
from tests.servers.fixtures import unavailable

pytestmark = [pytest.mark.airflow, pytest.mark.elasticsearch, pytest.mark.timeout(600)]
AIRFLOW = str(Path(sys.executable).parent / "airflow")


@pytest.fixture
def server() -> Iterator[Server]:
    """An Elasticsearch that this test may kill."""
    try:
        with running(own=True) as found:
            yield found
    except Unavailable as error:
        unavailable(error)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def run_dag(tmp_path: Path, server: Server, database: Database):
    """Runs eventwire_code once and returns the states of its tasks."""
    environment = own_airflow(tmp_path, EVENTWIRE_DATABASE_URL=database.url, EVENTWIRE_INDEX_URL=server.url)

    def airflow(*arguments: str) -> str:
        command = [AIRFLOW, *arguments]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    airflow("db", "migrate")
    return lambda: airflow("dags", "test", "eventwire_code")


def task_states(home: Path) -> list[tuple[str, str]]:
    """What Airflow's own database holds of the tasks that ran, in their order."""
    with closing(sqlite3.connect(home / "airflow.db")) as connection:
        return connection.execute(
            "SELECT task_id, state FROM task_instance WHERE state <> 'skipped' ORDER BY end_date"
        ).fetchall()


def test_an_index_that_is_away_fails_no_task_and_its_backlog_is_indexed_when_it_is_back(
    run_dag, server, database, tmp_path
):
    events, articles = [event(number) for number in range(30)], [article(number) for number in range(20)]
    store_events(database, events)
    store_articles(database, articles)
    ran = [("plan", "success"), ("resolve", "success"), ("index", "success")]

    kill(server.pid)
    log = run_dag()
    assert "does not answer" in log
    assert "Traceback" not in log  # one line, not a stack trace for each try
    assert task_states(tmp_path / "airflow") == ran
    assert (pending(database), parked(database)) == ({"index": 50}, [])

    server.start_again()
    run_dag()
    assert task_states(tmp_path / "airflow") == ran * 2
    assert (pending(database), parked(database)) == ({}, [])
    index = open_index(server.url)
    assert differing(database, index, "events", [one.id for one in events]) == set()
    assert differing(database, index, "articles", [one.id for one in articles]) == set()
