"""`make demo` and `make run`: a real Airflow on this machine with Eventwire's DAGs on, started and ended as one.

Everything listens on the loopback; Airflow's home, the database, the index and the mails lie under var/.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
POOLS = {
    "eventwire_fetch": (4, "feeds and pages fetched at once"),
    "eventwire_single": (1, "resolver, index writer, mails"),
}
CHAIN = ("eventwire_ingest", "eventwire_code", "eventwire_alerts")
DAGS = ("eventwire_maintenance", *reversed(CHAIN))
MARK = "STANDALONE_RUN_ID"  # in the environment of every process we start, so that none can be orphaned; no setting
START_LIMIT, WORK_LIMIT, STOP_LIMIT, ANSWER_LIMIT = 300.0, 900.0, 20.0, 30.0  # seconds
LOG_LIMIT, LOG_CHECK = 20_000_000, 60.0  # bytes that the log may have before it is put aside; seconds between looks
ASK_AGAIN = 4  # times that a question without an answer is put once more


class Stopped(Exception):
    """Somebody asked us to end."""


class RunningAirflow:
    """`airflow standalone`, or other `commands` of Airflow, and all that they start.

    `environment` is what its processes see; settings of Airflow in it win over ours.
    """

    def __init__(
        self, home: Path, environment: dict[str, str], port: int, commands: Sequence[Sequence[str]] = (("standalone",),)
    ) -> None:
        self.home, self.url, self.run_id = home, f"http://127.0.0.1:{port}", uuid.uuid4().hex
        self.environment = {**_airflow_environment(home, port), **environment, **_paths(), MARK: self.run_id}
        self.log = home / "airflow.log"
        self._commands = commands
        self._started: list[subprocess.Popen[bytes]] = []
        self._token = ""

    def start(self) -> None:
        """Starts it; its output goes to a log under its home."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.bound_log()
        for command in self._commands:
            self._started.append(self.spawn(command))

    def stay(self) -> None:
        """Keeps the log within bounds until somebody asks us to end."""
        while True:
            time.sleep(LOG_CHECK)
            with suppress(OSError):  # a full disk must not end what runs
                self.bound_log()

    def bound_log(self) -> None:
        """Puts a log that has grown large aside, as airflow.log.1, in the place of the one before. Whoever writes it
        goes on: what is appended to an emptied file begins it."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            shutil.copyfile(self.log, f"{self.log}.1")
            os.truncate(self.log, 0)

    def spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Starts one command of Airflow, in a session of its own: Ctrl-C reaches only us, and we end the rest."""
        airflow = str(Path(sys.executable).parent / "airflow")
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [airflow, *command],
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=ROOT,
            )

    def wait_until_ready(self, limit: float = START_LIMIT) -> None:
        """Returns when all of Airflow is healthy and knows our DAGs. Raises SystemExit where it does not come up."""
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self._started):
                raise SystemExit(f"a part of Airflow ended at once; see {self.log}")
            if self._is_healthy() and self._knows_dags():
                return
            time.sleep(1)
        raise SystemExit(f"Airflow did not become ready within {limit:.0f} s; see {self.log}")

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call of Airflow's REST API, made again where a busy machine leaves it without an answer."""
        if not self._token:
            self._token = self._patiently("GET", "/auth/token")["access_token"]
        return self._patiently(method, f"/api/v2{path}", body)

    def _add_pools(self) -> None:
        """Makes the pools that the DAGs' tasks run in."""
        for name, (slots, description) in POOLS.items():
            try:
                self.call("POST", "/pools", {"name": name, "slots": slots, "description": description})
            except urllib.error.HTTPError as error:
                if error.code != 409:
                    raise

    def begin(self) -> None:
        """Makes the pools, lets the DAGs run, and starts the first run of the chain now."""
        self._add_pools()
        for dag in DAGS:
            self.call("PATCH", f"/dags/{dag}", {"is_paused": False})
        self.start_run("eventwire_ingest")

    def start_run(self, dag: str) -> None:
        """Starts a run of a DAG now."""
        self.call("POST", f"/dags/{dag}/dagRuns", {"logical_date": None})

    def runs(self) -> list[dict[str, Any]]:
        """All runs of our DAGs."""
        found: list[dict[str, Any]] = self.call("GET", "/dags/~/dagRuns?limit=100&order_by=-id")["dag_runs"]
        return found

    def stop(self) -> None:
        """Ends every process that was started, children first, and waits for them."""
        ours = self.processes()
        for process in sorted(ours, key=lambda p: p.pid, reverse=True):
            _send(process, signal.SIGTERM)
        _, alive = psutil.wait_procs(ours, timeout=STOP_LIMIT)
        while alive := [process for process in {*alive, *self.processes()} if process.is_running()]:
            for process in alive:
                _send(process, signal.SIGKILL)
            psutil.wait_procs(alive, timeout=5)
        for process in self._started:
            process.wait()

    def processes(self) -> list[psutil.Process]:
        """Every living process of ours: of the session we started, below it, or with our mark in its environment.

        Each alone misses some: a process may start a session of its own, lose its parent, or overwrite its
        environment with its title.
        """
        below: set[psutil.Process] = set()
        for started in self._started:
            with suppress(psutil.Error):
                below.update(psutil.Process(started.pid).children(recursive=True))
        return [process for process in psutil.process_iter() if process in below or self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            sessions = {started.pid for started in self._started}
            return os.getsid(process.pid) in sessions or process.environ().get(MARK) == self.run_id
        except (psutil.Error, OSError):
            return False

    def _is_healthy(self) -> bool:
        try:
            health = self._request("GET", "/api/v2/monitor/health")
        except (OSError, ValueError):
            return False
        parts = ("metadatabase", "scheduler", "dag_processor")
        return all((health.get(part) or {}).get("status") == "healthy" for part in parts)

    def _knows_dags(self) -> bool:
        errors = self.call("GET", "/importErrors")["import_errors"]
        if errors:
            raise SystemExit("a DAG cannot be imported:\n" + "\n".join(e["stack_trace"] for e in errors))
        known = {dag["dag_id"] for dag in self.call("GET", "/dags?limit=100")["dags"]}
        return known >= set(DAGS)

    def _patiently(self, method: str, path: str, body: Any = None) -> Any:
        # Not POST: what it made may be there although its answer is not.
        for _ in range(0 if method == "POST" else ASK_AGAIN):
            try:
                return self._request(method, path, body)
            except OSError as error:
                if isinstance(error, urllib.error.HTTPError) and error.code < 500:
                    raise
                time.sleep(1)
        return self._request(method, path, body)

    def _request(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=ANSWER_LIMIT) as answer:
            return json.load(answer)


def _send(process: psutil.Process, what: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(what)


def _airflow_environment(home: Path, port: int) -> dict[str, str]:
    settings = {
        "CORE__DAGS_FOLDER": ROOT / "dags",
        "CORE__PLUGINS_FOLDER": ROOT / "plugins",
        "CORE__LOAD_EXAMPLES": False,
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": 4,
        "CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": True,  # the loopback only
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": True,  # until pools and API server are there, see `begin`
        "API__HOST": "127.0.0.1",
        "API__PORT": port,
        "API__BASE_URL": f"http://127.0.0.1:{port}",
        "API__WORKERS": 1,
        "DAG_PROCESSOR__REFRESH_INTERVAL": 30,
        "TRIGGERER__DEFAULT_CAPACITY": 10,
        "WORKERS__MIN_HEARTBEAT_INTERVAL": 1,  # a task's end is noticed after this many seconds at the latest
        "USAGE_DATA_COLLECTION__ENABLED": False,
    }
    return {
        "AIRFLOW_HOME": str(home),
        **{f"AIRFLOW__{name}": str(value) for name, value in settings.items()},
    }


def _paths() -> dict[str, str]:
    here = Path(sys.executable).parent  # Airflow calls `airflow` by name
    path = f"{here}{os.pathsep}{os.environ.get('PATH', '')}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    """A port of the loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demo", action="store_true", help="the offline demo instead of config/feeds.yaml")
    parser.add_argument("--once", action="store_true", help="with --demo: check what came of it, shut down, and end")
    parser.add_argument("--port", type=int, default=0, help="port of Airflow's page (default: a free one)")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="where everything is kept (default: var/)")
    options = parser.parse_args()
    options.var = options.var.resolve()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        return _demo(options) if options.demo else _run(options)
    except Stopped:
        print("stopped", flush=True)
        return 130


def _stop(number: int, _frame: Any) -> None:
    # A second signal must not interrupt the orderly end that the first one began.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(signal.Signals(number).name)


def _environment(**settings: str | Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    return {**kept, **{f"EVENTWIRE_{name.upper()}": str(value) for name, value in settings.items()}}


def _started(stack: ExitStack, options: argparse.Namespace, home: Path, environment: dict[str, str]) -> RunningAirflow:
    port = options.port or free_port()
    if options.demo:  # not for real mails: a free port is another one after the next start
        environment = environment | {"EVENTWIRE_MAIL__BASE_URL": f"http://127.0.0.1:{port}/eventwire"}
    standalone = RunningAirflow(home, environment, port)
    print(f"starting Airflow (its log: {home / 'airflow.log'}); this takes about a minute", flush=True)
    stack.callback(standalone.stop)
    standalone.start()
    standalone.wait_until_ready()
    standalone.begin()
    print(f"Airflow is up: {standalone.url}", flush=True)
    return standalone


def _run(options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        environment = _environment(var_dir=options.var)
        standalone = _started(stack, options, options.var / "airflow", environment)
        print("feeds are asked every five minutes; `eventwire status` shows the state; Ctrl-C ends it", flush=True)
        standalone.stay()
    return 0


def _demo(options: argparse.Namespace) -> int:
    from processors.cli.demo import demo_config, finished, report, second_edition
    from processors.settings import load_settings
    from processors.web.demo import DemoSite

    var = options.var / "demo"
    shutil.rmtree(var, ignore_errors=True)
    with ExitStack() as stack:
        site = stack.enter_context(DemoSite(ROOT / "config" / "demo" / "site", held_back=second_edition()))
        config = demo_config(site, var / "config")
        # The second edition comes when the first is done.
        often = {"feeds__min_interval": "1", "feeds__max_interval": "1"}
        environment = _environment(config_dir=config, var_dir=var, allow_private_addresses="1", **often)
        for name in ("EVENTWIRE_DATABASE_URL", "EVENTWIRE_INDEX_URL", "EVENTWIRE_SMTP_URL", "EVENTWIRE_FEEDS"):
            environment.pop(name, None)
        settings = load_settings(environment)
        standalone = _started(stack, options, var / "airflow", environment)
        ended = wait_for_the_end(standalone, lambda: finished(settings))
        if ended:
            print("all that was published has gone all the way; now comes the second edition", flush=True)
            site.publish()
            standalone.start_run("eventwire_ingest")
            ended = wait_for_the_end(standalone, lambda: finished(settings))
        complete = report(settings, ROOT / "config" / "demo" / "expected.yaml", editions=True) and ended
        if options.once:
            return 0 if complete else 1
        print(f"\nHave a look: {standalone.url} (Airflow), {settings.smtp_url.removeprefix('file://')} (mails)")
        print(f"  EVENTWIRE_VAR_DIR={var} .venv/bin/eventwire search 'type:leader_call'\nCtrl-C ends it.", flush=True)
        standalone.stay()
    return 0


def wait_for_the_end(standalone: RunningAirflow, finished: Callable[[], bool]) -> bool:
    """Returns True when `finished` says so, each of the chain's DAGs has run, and none runs any more."""
    deadline = time.monotonic() + WORK_LIMIT
    while time.monotonic() < deadline:
        runs = standalone.runs()
        failed = [run["dag_id"] for run in runs if run["state"] == "failed"]
        if failed:
            print(f"a run of {failed[0]} failed; see the task's log under {standalone.home / 'logs'}", flush=True)
            return False
        busy = [run for run in runs if run["state"] in {"queued", "running"}]
        if finished() and not busy and {run["dag_id"] for run in runs} >= set(CHAIN):
            return True
        time.sleep(1)
    print(f"not finished after {WORK_LIMIT:.0f} s", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main())
