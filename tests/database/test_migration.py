"""The schema comes by itself, once, whoever opens the database first."""

import subprocess
import sys

import pytest
from alembic import command

from processors.database import Database, open_database, pending
from processors.database.connection import Database as Unmigrated
from processors.database.migrate import _config
from processors.errors import ConfigError, DatabaseError


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


def test_a_database_of_an_earlier_version_is_upgraded_and_keeps_what_it_holds(database_url):
    from sqlalchemy import inspect, text

    old = Unmigrated(database_url)
    with old.transaction() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO articles (id, url, source, feed, language, fetched_at, title, summary, text, text_from,"
                " content_hash, version, coding) VALUES ('a', 'https://a.example', 'A', 'a', 'de',"
                " '2026-11-02 08:00:00', 'Hilfe', '', '', 'page', 'a', 1, 'coded')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO mentions (id, article_id, type, status, state, signature, day, data, reported_at)"
                " VALUES ('m', 'a', 'aid', 'occurred', 'new', 'DEU>UKR', '2026-11-02', '{}', '2026-11-02 08:00:00')"
            )
        )
        connection.execute(text("INSERT INTO mention_participants VALUES ('m', 'DEU', 'aid', '2026-11-02')"))
    old.close()
    new = open_database(database_url)
    with new.reading() as connection:
        assert "mention_participants" not in inspect(connection).get_table_names()
        assert connection.execute(text("SELECT id, signature FROM mentions")).all() == [("m", "DEU>UKR")]
    new.close()


@pytest.mark.parametrize(
    "url",
    ["nonsense", "postgres://desk:hunter2@h/x", "mysql://desk:hunter2@h/x", "postgresql+psycopg://d:hunter2@h:abc/x"],
)
def test_an_address_of_no_database_is_an_error_of_the_settings_without_its_password(url: str) -> None:
    with pytest.raises(ConfigError, match="sqlite") as caught:
        open_database(url)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_database_is_named(tmp_path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"this is a letter, and not a database" * 100)
    with pytest.raises(DatabaseError, match=r"a\.sqlite: file is not a database"):
        open_database(f"sqlite:///{tmp_path}/a.sqlite")


def test_a_folder_that_cannot_be_made_is_an_error_of_the_settings(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be made"):
        open_database(f"sqlite:///{tmp_path}/file/var/a.sqlite")
