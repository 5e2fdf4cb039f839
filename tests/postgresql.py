"""A real PostgreSQL for the tests: Debian's programs, a data folder of its own, a free port, an unprivileged user."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

MISSING = "PostgreSQL's server programs are not installed: `apt-get install postgresql`"
USER = "eventwire"


def programs() -> Path | None:
    """The folder with initdb and postgres, the newest version's, None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


def _unprivileged() -> list[str]:
    # PostgreSQL refuses to run as root; in a container the tests often do.
    if os.geteuid() != 0:
        return []
    account = _account()
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import psycopg

    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(host="127.0.0.1", port=port, user=USER, dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    process.terminate()
    pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a running server, without a database: "postgresql+psycopg://eventwire@127.0.0.1:PORT"."""
    folder = programs()
    if folder is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    home = Path(tempfile.mkdtemp(prefix="eventwire-postgresql-"))
    if os.geteuid() == 0:
        os.chown(home, _account().pw_uid, _account().pw_gid)
    data, port, log = home / "data", _free_port(), home / "log"
    initdb = [folder / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*_unprivileged(), *initdb], check=True, stdout=subprocess.DEVNULL, cwd=home)
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "port": str(port)}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as out:
        command = [*_unprivileged(), folder / "postgres", "-D", data, *settings]
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=home)
    try:
        _wait_until_up(process, port, log)
        yield f"postgresql+psycopg://{USER}@127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


_databases = 0


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The address of an empty database of its own."""
    import psycopg

    global _databases
    _databases += 1
    name = f"eventwire_{os.getpid()}_{_databases}"
    port = int(postgresql_server.rpartition(":")[2])
    with psycopg.connect(host="127.0.0.1", port=port, user=USER, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    yield f"{postgresql_server}/{name}"
    with psycopg.connect(host="127.0.0.1", port=port, user=USER, dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
