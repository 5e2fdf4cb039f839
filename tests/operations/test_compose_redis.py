"""The Redis of docker-compose.yml: a queue that a crash does not empty."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.compose import Ports, compose_here
from tests.servers.redis import Redis, running_redis

PASSWORD = "redis-password-1"
FLUSHED = 1.5  # seconds; the server writes what it was told at least every second


def ask(redis: Redis, *command: str) -> str:
    """What the server answers to one command."""
    environment = {"PATH": os.environ["PATH"], "REDISCLI_AUTH": PASSWORD}
    asked = ["redis-cli", "-p", str(redis.port), *command]
    return subprocess.run(asked, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's unprivileged user can reach, as it cannot pytest's."""
    with tempfile.TemporaryDirectory(prefix="eventwire-redis-") as name:
        yield Path(name)


def test_what_is_queued_survives_a_server_that_is_killed(folder):
    command = compose_here({"REDIS_PASSWORD": PASSWORD}, Ports(0, 0, 0, 0), "").command("redis")
    with running_redis(command, PASSWORD, folder) as redis:
        assert ask(redis, "LPUSH", "celery", "a task") == "1"
        time.sleep(FLUSHED)
        redis.process.kill()
    with running_redis(command, PASSWORD, folder) as redis:
        assert ask(redis, "LRANGE", "celery", "0", "-1") == "a task"
