"""An empty index on the run's Elasticsearch."""

from collections.abc import Iterator

import pytest

from processors.index import open_index
from processors.index.elastic.index import ElasticsearchIndex
from tests.servers.elasticsearch import Server
from tests.servers.fixtures import wipe


@pytest.fixture
def index(elasticsearch_server: Server) -> Iterator[ElasticsearchIndex]:
    """The index, empty."""
    wipe(elasticsearch_server)
    opened = open_index(elasticsearch_server.url)
    assert isinstance(opened, ElasticsearchIndex)
    yield opened
    opened.close()
