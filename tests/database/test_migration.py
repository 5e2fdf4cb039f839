"""The schema comes by itself, once, whoever opens the database first."""

import subprocess
import sys

import pytest

from processors.database import Database, open_database, pending
from processors.database.connection import Database as Unmigrated
from processors.errors import DatabaseError


def test_processes_that_open_an_empty_database_at_once_all_find_the_schema(database_url: str) -> None:
    program = f"from processors.database import *\nprint(pending(open_database({database_url!r})))"
    started = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outcomes = [process.communicate() for process in started]
    assert [out.strip() for out, _ in outcomes] == ["{}"] * 4, outcomes


def test_opening_again_writes_nothing(database: Database, database_url: str) -> None:
    again = open_database(database_url)
    assert pending(again) == {}
    again.close()


def test_a_failed_transaction_leaves_nothing_behind(database: Database) -> None:
    from processors.database import add_work

    def fail() -> None:
        with database.transaction() as connection:
            add_work(connection, "code", ["a"])
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert pending(database) == {}


def test_a_database_that_is_away_is_told_without_its_password() -> None:
    with pytest.raises(DatabaseError) as told:
        open_database("postgresql+psycopg://ada:secret@127.0.0.1:1/eventwire")
    assert "secret" not in str(told.value)
    assert told.value.retryable


def test_sqlite_is_said_to_be_sqlite(tmp_path) -> None:
    assert Unmigrated(f"sqlite:///{tmp_path / 'x'}").is_sqlite


def test_the_migrations_lead_to_the_tables_that_the_code_knows(database):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from processors.database.tables import metadata

    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
