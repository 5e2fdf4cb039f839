"""docker-compose.yml as commands and environments that can be run on this machine, against local servers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

COMPOSE = Path(__file__).resolve().parents[2] / "docker-compose.yml"
_VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<word>[^}]*))?\}")


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
        return self.values.get(found["name"], found["word"]) if found["how"] == "-" else self.values[found["name"]]


def written_secrets(text: str) -> dict[str, str]:
    """The variables of an .env file."""
    return dict(line.split("=", 1) for line in text.splitlines() if line)
