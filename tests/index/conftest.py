"""The search index on each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from processors.index import SearchIndex, open_index
from tests.index.corpus import ARTICLES, EVENTS
from tests.servers.fixtures import wipe

ENGINES = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


def _opened(engine: str, request: pytest.FixtureRequest, folder: Path) -> SearchIndex:
    if engine == "tantivy":
        return open_index(f"tantivy://{folder / 'index'}")
    server = request.getfixturevalue("elasticsearch_server")
    wipe(server)
    return open_index(server.url)


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """An index with the corpus, for tests that only read; on each engine in turn."""
    index = _opened(request.param, request, tmp_path_factory.mktemp("filled"))
    assert index.upsert("events", EVENTS) == []
    assert index.upsert("articles", ARTICLES) == []
    index.refresh()
    yield index
    index.close()


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    """An empty index; on each engine in turn."""
    opened = _opened(request.param, request, tmp_path)
    yield opened
    opened.close()
