"""A real Redis for the tests, started with the command that docker-compose.yml has for it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.ports import free_port

MISSING = "Redis is not installed: `apt-get install redis-server`"
_START_LIMIT = 20.0  # seconds


@dataclass(frozen=True)
class Redis:
    """A running server: its port on 127.0.0.1, its password and its process."""

    port: int
    password: str
    process: subprocess.Popen[bytes]


@contextmanager
def running_redis(command: Sequence[str], password: str, data: Path | None = None) -> Iterator[Redis]:
    """Runs `command` (a shell's, whose last argument starts the server and ends with its options) on a free port of
    the loopback, with `data` or a folder of its own for what it keeps, until the end of the block."""
    if shutil.which("redis-server") is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    port = free_port()
    *shell, line = command
    with tempfile.TemporaryDirectory(prefix="eventwire-redis-") as own:
        folder = str(data or own)
        line += f" --port {port} --bind 127.0.0.1 --dir {folder}"
        process = _start([*_unprivileged(folder), *shell, line], password, Path(folder))
        try:
            _wait_until_up(process, port, Path(folder, "redis.log"))
            yield Redis(port, password, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _start(command: Sequence[str], password: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {"PATH": os.environ["PATH"], "REDIS_PASSWORD": password}
    with (folder / "redis.log").open("wb") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)


def _unprivileged(folder: str) -> list[str]:
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    process.terminate()
    pytest.fail(f"Redis did not start:\n{log.read_text()}")
