"""Fixtures that several folders of tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from processors.database import Database, open_database
from tests.postgresql import postgresql_server, postgresql_url
from tests.servers.fixtures import elasticsearch_server, secured_elasticsearch

__all__ = ["elasticsearch_server", "postgresql_server", "postgresql_url", "secured_elasticsearch"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'eventwire.sqlite'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open, empty database with the present schema, on each engine in turn."""
    opened = open_database(database_url)
    yield opened
    opened.close()
