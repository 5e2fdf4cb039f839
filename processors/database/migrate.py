"""Schema migrations by Alembic, run from the package itself: no alembic.ini, no command to remember."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from processors.database.connection import Database

_LOCK_KEY = 3_141_592  # of PostgreSQL's advisory lock: two processes that start together migrate once


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def migrate(database: Database) -> None:
    """Brings the schema to this version's. Does nothing, and writes nothing, where it is there already."""
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with database.reading() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    with database.transaction() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
