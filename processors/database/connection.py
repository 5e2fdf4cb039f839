"""Opening the database: SQLite with WAL by default, PostgreSQL by URL; migrations run on first use."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from processors.errors import ConfigError, DatabaseError, mask_secrets

BUSY_TIMEOUT = 60.0  # seconds that a writer waits for another one on SQLite
_migrating = threading.Lock()


class Database:
    """The database behind `url`. Safe to share between threads; open one per process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite, which has one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One write transaction: committed at the end, rolled back on any error.

        On SQLite it takes the write lock at once, so that no reader-turned-writer can fail half-way.
        Raises DatabaseError where the database is away or stays locked.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise DatabaseError(_explain(self.url, error)) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view for reading; nothing is written."""
        try:
            with self.engine.connect().execution_options(eventwire_readonly=True) as connection:
                yield connection
        except OperationalError as error:
            raise DatabaseError(_explain(self.url, error)) from error

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database behind `url`, migrated to this version's schema. Raises ConfigError for what is no address of one,
    DatabaseError."""
    from processors.database.migrate import migrate

    try:
        parsed = make_url(url)
        database = Database(url)
    except (ArgumentError, ImportError, ValueError) as error:
        # The error's own text may hold the password.
        known = "sqlite:////folder/file.sqlite or postgresql+psycopg://user:password@host/name"
        raise ConfigError(
            f"the database address is none that can be used ({type(error).__name__}); write {known}"
        ) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        folder = Path(parsed.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"database {url}: the folder {folder} cannot be made: {error.strerror}") from None
    try:
        with _migrating:
            migrate(database)
    except DBAPIError as error:  # an OperationalError, or a file that is no database
        raise DatabaseError(_explain(url, error)) from error
    return database


def _engine(url: str) -> Engine:
    json: dict[str, Any] = {"json_serializer": _to_json, "json_deserializer": msgspec.json.decode}
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, **json)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT, "check_same_thread": False}, **json)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Autocommit at the driver: SQLAlchemy's begin event below says BEGIN itself (see its docs on pysqlite).
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={int(BUSY_TIMEOUT * 1000)}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("eventwire_readonly")
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def _explain(url: str, error: DBAPIError) -> str:
    reason = str(error.orig).strip()
    hint = ""
    if "locked" in reason:
        hint = "; another process holds it: wait, or end that process"
    elif "unable to open" in reason:
        hint = "; does the folder exist, and may this user write there?"
    return mask_secrets(f"database {make_url(url).render_as_string(hide_password=True)}: {reason}{hint}")
