"""The production shape of docker-compose.yml on this machine: its commands and its environment, with PostgreSQL,
Redis and a search index of the tests' own, and two Celery workers."""

import json
import subprocess
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from eventwire_standalone import RunningAirflow

from processors.settings import ROOT, Settings, load_settings
from tests.servers.compose import Compose, Ports
from tests.servers.ports import free_port

WORKERS = ("worker1", "worker2")
SERVICES = ("airflow-apiserver", "airflow-scheduler", "airflow-dag-processor", "airflow-triggerer")


class Production(RunningAirflow):
    """Airflow as docker-compose.yml runs it, with two workers. `changes` are variables of this test's own."""

    def __init__(self, home: Path, compose: Compose, ports: Ports, changes: dict[str, str]) -> None:
        self.compose = compose
        home.mkdir(parents=True)
        environment = {
            "HOME": str(home),
            **compose.environment("airflow-apiserver"),
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(ports.scheduler_health),
            "AIRFLOW__CELERY__WORKER_CONCURRENCY": "2",
            **changes,
        }
        commands = [compose.command(name) for name in SERVICES] + [_worker(compose, name) for name in WORKERS]
        super().__init__(home, environment, ports.apiserver, commands)

    def spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Starts one command of the compose file, in a session of its own."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=ROOT,
            )

    def run(self, command: Sequence[str], **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs one command in the environment of the services and waits for its end."""
        return subprocess.run(
            command, env=self.environment | environment, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def health(self, service: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a service's health check."""
        inside = self.compose.environment(service)
        return self.run(self.compose.health_check(service), **inside, **environment)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call of Airflow's REST API, logged in with the password of `.env`."""
        if not self._token:
            self._token = self.log_in(self.environment["AIRFLOW_ADMIN_PASSWORD"])
        return super().call(method, path, body)

    def log_in(self, password: str) -> str:
        """The token that "admin" gets for a password. Raises urllib.error.HTTPError for a wrong one."""
        body = json.dumps({"username": "admin", "password": password}).encode()
        request = urllib.request.Request(self.url + "/auth/token", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(json.load(answer)["access_token"])

    def worker_runs(self, name: str) -> bool:
        """Whether the worker lives."""
        process = self._worker_process(name)
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE

    def kill_worker_of(self, pid: int) -> str:
        """Kills the worker that process `pid` belongs to with all that it started, at once; returns its name."""
        above = {process.pid for process in psutil.Process(pid).parents()}
        name = next(name for name in WORKERS if self._worker_process(name).pid in above)
        worker = self._worker_process(name)
        for process in [worker, *worker.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        return name

    def _worker_process(self, name: str) -> psutil.Process:
        return psutil.Process(self._started[len(SERVICES) + WORKERS.index(name)].pid)

    def eventwire_settings(self) -> Settings:
        """Eventwire's settings as the services see them."""
        return load_settings(self.environment)


def _worker(compose: Compose, name: str) -> list[str]:
    # On one machine each worker needs a name and a port for its logs of its own; in containers they have.
    port = f"AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT={free_port()}"
    return ["env", port, *compose.command("airflow-worker"), "--celery-hostname", f"celery@{name}"]
