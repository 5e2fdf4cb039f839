"""docker-compose.yml as commands and environments that can be run on this machine, against local servers."""

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from processors.settings import ROOT

COMPOSE = ROOT / "docker-compose.yml"
# A default may hold a variable itself: ${ADDRESS:-http://user:${PASSWORD:?no password}@host}.
_VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<word>(?:[^${}]|\$\{[^{}]*\})*))?\}")


@dataclass(frozen=True)
class Compose:
    """The file with the values of `.env` in place, and with `addresses` (a service's address in it -> one that is
    there) replaced."""

    values: Mapping[str, str]
    addresses: Mapping[str, str]

    def environment(self, service: str) -> dict[str, str]:
        """What the service's processes find in their environment by its `environment`."""
        return dict(self._service(service)["environment"])

    def command(self, service: str) -> list[str]:
        """The service's command."""
        return list(self._service(service)["command"])

    def entrypoint(self, service: str) -> list[str]:
        """The service's entrypoint."""
        return list(self._service(service)["entrypoint"])

    def health_check(self, service: str) -> list[str]:
        """The service's health check as a command."""
        kind, *rest = self._service(service)["healthcheck"]["test"]
        return ["sh", "-c", *rest] if kind == "CMD-SHELL" else rest

    def config(self, name: str) -> str:
        """The content of one of the file's `configs`."""
        return str(self._filled(yaml.safe_load(COMPOSE.read_text())["configs"][name]["content"]))

    def _service(self, name: str) -> dict[str, Any]:
        return self._filled(yaml.safe_load(COMPOSE.read_text())["services"][name])  # type: ignore[no-any-return]

    def _filled(self, part: Any) -> Any:
        if isinstance(part, dict):
            return {key: self._filled(value) for key, value in part.items()}
        if isinstance(part, list):
            return [self._filled(value) for value in part]
        return self._line(part) if isinstance(part, str) else part

    def _line(self, text: str) -> str:
        text = _VARIABLE.sub(self._value, text)
        for there, here in self.addresses.items():
            text = text.replace(there, here)
        return text

    def _value(self, found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        # ${NAME:?message} has no default: a KeyError here is Compose's own error.
        if found["how"] != "-":
            return self.values[found["name"]]
        return self.values.get(found["name"]) or _VARIABLE.sub(self._value, found["word"])


@dataclass(frozen=True)
class Ports:
    """Where the parts listen on 127.0.0.1."""

    postgres: int
    redis: int
    apiserver: int
    scheduler_health: int


def secrets_of_make_env(folder: Path) -> dict[str, str]:
    """What `make env` writes."""
    command = ["make", "-f", str(ROOT / "Makefile"), "env", f"PYTHON={sys.executable}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return _variables((folder / ".env").read_text())


def compose_here(secrets: dict[str, str], ports: Ports, index: str) -> Compose:
    """docker-compose.yml with the services' addresses replaced; `index` is "host:port" of an Elasticsearch."""
    here = {
        "@postgres:5432": f"@127.0.0.1:{ports.postgres}",
        "@redis:6379": f"@127.0.0.1:{ports.redis}",
        "http://airflow-apiserver:8080": f"http://127.0.0.1:{ports.apiserver}",
        "http://127.0.0.1:8080": f"http://127.0.0.1:{ports.apiserver}",
        "http://localhost:8080": f"http://127.0.0.1:{ports.apiserver}",
        "http://localhost:8974": f"http://127.0.0.1:{ports.scheduler_health}",
        "@elasticsearch:9200": f"@{index}",
        "//elasticsearch:9200": f"//{index}",
        "//localhost:9200": f"//{index}",
        "redis-cli ": f"redis-cli -p {ports.redis} ",
    }
    return Compose(secrets, here)


def _variables(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if line)
