"""A database, settings and a local site for the tests of feeds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from processors.database import Database, open_database
from processors.settings import Settings, load_settings
from tests.fetch.serving import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty place that may fetch from this machine, and waits 2 s at most."""
    environment = {
        "EVENTWIRE_CONFIG_DIR": str(tmp_path),
        "EVENTWIRE_VAR_DIR": str(tmp_path / "var"),
        "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
        "EVENTWIRE_FETCH__TIMEOUT": "2",
    }
    return load_settings(environment)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings.database_url)
    yield opened
    opened.close()


def configure(settings: Settings, **feeds: str) -> None:
    """Writes feeds.yaml with `feeds`: addresses by name."""
    listed = [{"name": name, "url": url} for name, url in feeds.items()]
    settings.feeds_file.write_text(yaml.safe_dump({"feeds": listed}), encoding="utf-8")
