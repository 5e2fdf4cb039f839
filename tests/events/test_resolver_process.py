"""The resolver as a process: killed at any point, or two at once, it loses and doubles nothing."""

import os
import subprocess
import sys

import pytest

from processors.database import Database, open_database, parked, pending
from processors.database.work import MAX_ATTEMPTS
from processors.errors import DatabaseError
from tests.events.reports import article, events, mention, partition, report, resolve

PROGRAM = """
from processors.database import open_database
from processors.events import resolve_events
from processors.settings import Settings
database = open_database({url!r})
while resolve_events(database, Settings(), limit=7).counts["done"]:
    pass
"""


def start(url: str, failpoint: str = "") -> subprocess.Popen[bytes]:
    environment = {**os.environ, "EVENTWIRE_TEST_FAILPOINT": failpoint}
    return subprocess.Popen([sys.executable, "-c", PROGRAM.format(url=url)], env=environment)


def fill(database: Database) -> None:
    for n in range(30):
        sides = ("RUS,USA", "RUS", "FRA,POL")[n % 3]
        report(database, article(f"paper{n}", n / 10), mention("leader_call", sides, n // 10, sentence=f"Call {n}."))


@pytest.mark.parametrize("failpoint", ["resolve.before-store:2", "resolve.after-store:2"])
def test_killed_between_any_two_writes_it_ends_in_the_same_events(
    database: Database, database_url: str, failpoint: str
) -> None:
    fill(database)
    assert start(database_url, failpoint).wait() == -9
    assert start(database_url).wait() == 0
    assert pending(database).get("resolve", 0) == 0
    killed, versions = partition(database), {event.id: event.article_count for event in events(database)}
    fill(database)
    resolve(database)
    assert partition(database) == killed
    assert {event.id: event.article_count for event in events(database)} == versions


def test_two_resolvers_at_once_make_the_events_of_one(database: Database, database_url: str) -> None:
    fill(database)
    both = [start(database_url), start(database_url)]
    assert [process.wait() for process in both] == [0, 0]
    assert pending(database).get("resolve", 0) == 0
    # Three days: a call of two, and another one of two others.
    assert len(events(database)) == 6
    assert sum(event.article_count for event in events(database)) == 30


def test_a_database_that_fails_half_way_costs_nothing_but_delay(tmp_path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    report(database, article("agency"), mention("leader_call", "RUS,USA", on=0))

    def rename(name: str, other: str) -> None:
        with database.transaction() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {other}")

    rename("corrections", "away")
    for _ in range(MAX_ATTEMPTS + 1):
        with pytest.raises(DatabaseError):
            resolve(database)
    rename("away", "corrections")
    assert parked(database) == []
    resolve(database)
    assert len(events(database)) == 1
    database.close()
