"""The running servers as fixtures."""

import os
import urllib.error
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers.elasticsearch import Server, Unavailable, running


def unavailable(error: Unavailable) -> None:
    """On a desk without Java these tests may stay out; where CI is set they must run."""
    if os.environ.get("CI"):
        pytest.fail(str(error))
    pytest.skip(str(error))


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[Server]:
    """One Elasticsearch for the whole run."""
    try:
        with running() as server:
            yield server
    except Unavailable as error:
        unavailable(error)


@pytest.fixture(scope="module")
def secured_elasticsearch() -> Iterator[Server]:
    """An Elasticsearch of the module's own, that it may kill, with TLS, a user, a password, and little patience: one
    bulk request at a time, one waiting, all others are answered with 429."""
    try:
        with running(secured=True, **{"thread_pool.write.size": 1, "thread_pool.write.queue_size": 1}) as server:
            yield server
    except Unavailable as error:
        unavailable(error)


def wipe(server: Server) -> None:
    """Deletes what Eventwire made in a server."""
    answer: Any = server.ask("GET", "/_cat/indices/eventwire-*?format=json&h=index&expand_wildcards=all")
    for found in answer:
        server.ask("DELETE", f"/{found['index']}")
    for kind in ("_index_template", "_component_template"):
        try:
            templates: Any = server.ask("GET", f"/{kind}/eventwire-*")
        except urllib.error.HTTPError:
            continue
        for template in next(iter(templates.values())):
            server.ask("DELETE", f"/{kind}/{template['name']}")
