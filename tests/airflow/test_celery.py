"""docker-compose.yml's commands and environment on this machine: PostgreSQL, Redis, Elasticsearch, and all of Airflow
with two Celery workers. The demo feeds go all the way, and once more with a worker killed while it codes; both must
end where one undisturbed pass of one process ends."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg
import pytest
from eventwire_standalone import wait_for_the_end

from processors.alerts.recipients import mutes
from processors.cli.demo import demo_config, finished
from processors.database.articles import load_articles
from processors.database.events import load_events
from processors.database.overview import article_ids_by_url, event_ids, mail_lines
from processors.database.work import parked
from processors.pipeline import opened
from processors.settings import ROOT, Settings, load_settings
from processors.web.demo import DemoSite
from tests.postgresql import USER
from tests.servers.compose import Ports, compose_here, secrets_of_make_env
from tests.servers.elasticsearch import Server
from tests.servers.fixtures import wipe
from tests.servers.ports import free_port
from tests.servers.production import SERVICES, WORKERS, Production
from tests.servers.redis import running_redis

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.postgresql,
    pytest.mark.elasticsearch,
    pytest.mark.timeout(1500),
]


@dataclass
class Place:
    """The running production, where its databases are, and what one undisturbed pass of one process left."""

    airflow: Production
    postgres: int
    elasticsearch: Server
    undisturbed: dict[str, Any]

    @property
    def settings(self) -> Settings:
        return self.airflow.eventwire_settings()

    def empty(self) -> None:
        """Forgets all that was fetched, coded, indexed and sent."""
        with connect(self.postgres, "eventwire") as database:
            names = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            tables = ", ".join(name for (name,) in names if name != "alembic_version")
            database.execute(f"TRUNCATE {tables}".encode())
        wipe(self.elasticsearch)
        for mail in Path(self.settings.var_dir, "outbox").glob("*.eml"):
            mail.unlink()

    def whole_way(self) -> bool:
        """Asks the feeds and waits until everything they brought has gone all the way."""
        self.airflow.start_run("eventwire_ingest")
        return self.wait()

    def wait(self) -> bool:
        settings = self.settings
        return wait_for_the_end(self.airflow, lambda: finished(settings))


def connect(port: int, database: str) -> psycopg.Connection:
    return psycopg.connect(host="127.0.0.1", port=port, user=USER, dbname=database, autocommit=True)


def outcome(settings: Settings) -> dict[str, Any]:
    """All that people get to see: articles, events with their sides and articles, mails, and what the index holds."""
    with opened(settings) as pipeline:
        database = pipeline.database
        with database.reading() as connection:
            events = load_events(connection, event_ids(database))
            articles = load_articles(connection, sorted(article_ids_by_url(database).values()))
        assert parked(database) == []
        index = pipeline.search_index
        index.refresh()
        return {
            "articles": sorted(article.url for article in articles),
            "events": Counter((e.type, e.status, e.actors, e.recipients, frozenset(e.articles)) for e in events),
            "mails": Counter((mail.rule, mail.recipient, mail.subject, mail.state) for mail in mail_lines(database)),
            "mail files": len(list(Path(settings.var_dir, "outbox").glob("*.eml"))),
            "index": {kind: indexed(index, kind) for kind in ("events", "articles")},
        }


def indexed(index: Any, kind: str) -> Counter[tuple[str, ...]]:
    found = index.search(kind, "id:*", limit=500, snippets=False).hits
    shown = ("type", "status", "title") if kind == "events" else ("url", "title")
    return Counter(tuple(hit.document[name] for name in shown) for hit in found)


@pytest.fixture(scope="module")
def place(postgresql_server, elasticsearch_server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("production")
    secrets = secrets_of_make_env(folder)
    postgres = int(postgresql_server.rpartition(":")[2])
    wipe(elasticsearch_server)
    index = elasticsearch_server.plain_url.partition("://")[2]
    with ExitStack() as stack:
        site = stack.enter_context(DemoSite(ROOT / "config" / "demo" / "site"))
        unplaced = compose_here(secrets, Ports(postgres, 0, 0, 0), index)
        redis = stack.enter_context(running_redis(unplaced.command("redis"), secrets["REDIS_PASSWORD"]))
        ports = Ports(postgres, redis.port, free_port(), free_port())
        compose = compose_here(secrets, ports, index)
        make_databases(postgres, compose.config("airflow-database"))
        demo = {
            "EVENTWIRE_CONFIG_DIR": str(demo_config(site, folder / "config")),
            "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
        }
        airflow = Production(folder / "airflow", compose, ports, demo | changes(folder))
        initialised = airflow.run(compose.command("airflow-init"))
        assert initialised.returncode == 0, initialised.stderr
        stack.callback(airflow.stop)
        airflow.start()
        undisturbed = one_undisturbed_pass(folder / "one", demo)
        airflow.wait_until_ready()
        yield Place(airflow, postgres, elasticsearch_server, undisturbed)


def make_databases(port: int, command: str) -> None:
    # POSTGRES_DB makes the first one, the file's own SQL the second one.
    with connect(port, "postgres") as server:
        server.execute("CREATE DATABASE eventwire")
        server.execute(command.encode())


def changes(folder: Path) -> dict[str, str]:
    return {
        "EVENTWIRE_VAR_DIR": str(folder / "var"),
        # A killed worker is noticed sooner than in production, to keep the test short.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    }


def one_undisturbed_pass(var: Path, demo: dict[str, str]) -> dict[str, Any]:
    """`eventwire run --once` on SQLite and the embedded index."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "EVENTWIRE"))}
    environment = kept | demo | {"EVENTWIRE_VAR_DIR": str(var)}
    command = [sys.executable, "-m", "processors", "run", "--once"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    return outcome(load_settings(environment))


def assert_as_undisturbed(place: Place) -> None:
    found = outcome(place.settings)
    for name, expected in place.undisturbed.items():
        missing, extra = difference(expected, found[name])
        assert (missing, extra) == ([], []), name
    assert found == place.undisturbed


def difference(expected: Any, found: Any) -> tuple[list[Any], list[Any]]:
    if not isinstance(expected, Counter):
        return [], []
    return sorted(map(str, expected - found)), sorted(map(str, found - expected))


def test_the_demo_ends_over_two_celery_workers_as_in_one_process(place):
    assert place.whole_way()
    assert place.undisturbed["events"]
    assert place.undisturbed["mails"]
    assert_as_undisturbed(place)


def test_the_health_checks_of_the_compose_file_pass(place):
    from airflow.utils.net import get_hostname

    hosts = {"airflow-worker": WORKERS[0]}
    for service in ("redis", *SERVICES, "airflow-worker", "postgres"):
        checked = place.airflow.health(
            service, HOSTNAME=hosts.get(service) or get_hostname(), PGPORT=str(place.postgres)
        )
        assert checked.returncode == 0, f"{service}: {checked.stdout}{checked.stderr}"


def test_the_index_is_made_ready_as_often_as_it_is_asked(place):
    migrate, _, kibana = place.airflow.compose.command("eventwire-init")[-1].partition("&&")
    assert "kibana import" in kibana  # needs a Kibana
    for _ in range(2):
        done = place.airflow.run(["bash", "-c", migrate])
        assert done.returncode == 0, done.stderr


def test_a_wrong_password_does_not_log_in(place):
    with pytest.raises(urllib.error.HTTPError, match="401"):
        place.airflow.log_in("wrong")


def test_the_address_in_a_mail_unsubscribes_without_a_login_and_a_forged_one_does_not(place):
    mail = message_from_bytes(next(Path(place.settings.var_dir, "outbox").glob("*.eml")).read_bytes())
    url = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url.startswith(f"{place.airflow.url}/eventwire/unsubscribe/")
    forged = url[:-2] + ("AA" if url[-2:] != "AA" else "BB")

    assert '<form method="post">' in answer_of(url)  # following the link only asks
    for body in (None, ONE_CLICK):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            answer_of(forged, body)
    assert muted(place) == []
    with pytest.raises(urllib.error.HTTPError, match="401"):
        answer_of(f"{place.airflow.url}/eventwire/")  # all else is behind Airflow's login

    answer_of(url, ONE_CLICK)
    assert muted(place) == [mail["To"]]


ONE_CLICK = b"List-Unsubscribe=One-Click"


def answer_of(url: str, body: bytes | None = None) -> str:
    """What a server answers to a GET, or a POST where there is a body, of somebody who is not logged in."""
    with urllib.request.urlopen(url, body, timeout=30) as answer:
        return str(answer.read().decode())


def muted(place: Place) -> list[str]:
    with opened(place.settings) as pipeline, pipeline.database.reading() as connection:
        return [note["recipient"] for note in mutes(connection).held]


def test_a_worker_killed_while_coding_loses_nothing_and_repeats_nothing(place):
    place.empty()
    place.airflow.start_run("eventwire_ingest")
    killed = kill_the_worker_that_codes(place, deadline=time.monotonic() + 300)
    other = next(name for name in WORKERS if name != killed)
    assert place.wait()
    assert_as_undisturbed(place)
    assert not place.airflow.worker_runs(killed)
    assert place.airflow.health("airflow-worker", HOSTNAME=killed).returncode != 0
    assert place.airflow.worker_runs(other)


def kill_the_worker_that_codes(place: Place, deadline: float) -> str:
    """Kills the worker, and all below it, whose task is first seen to hold a lease on articles to code; its name."""
    with connect(place.postgres, "eventwire") as database:
        leased = "SELECT leased_by FROM work WHERE stage = 'code' AND leased_by IS NOT NULL"
        while time.monotonic() < deadline:
            if row := database.execute(leased).fetchone():
                holder = int(row[0].rsplit(":", 2)[1])
                name = place.airflow.kill_worker_of(holder)
                assert database.execute(leased).fetchone() == row, "it was done before it was killed"
                return name
            time.sleep(0.02)
    raise AssertionError("no coding task was ever seen to hold a lease")
