"""The codes of other schemes that an event carries, chosen by config/events.yaml."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from processors.errors import ConfigError
from processors.settings import ROOT, load_yaml


class Codes(NamedTuple):
    """PLOVER type-mode, CAMEO code, quad class, and the score of the PLOVER type."""

    plover: str
    cameo: str
    quad_class: int
    goldstein: float


@cache
def _tables(config_dir: Path | None) -> dict[str, Any]:
    path = (config_dir or ROOT / "config") / "events.yaml"
    loaded = load_yaml(path)
    if not isinstance(loaded, dict) or "types" not in loaded:
        raise ConfigError(f"{path}: types: is missing")
    return loaded


@cache
def codes_of(kind: str, status: str, family: str, config_dir: Path | None = None) -> Codes:
    """The first row of the type's codes that fits status and family."""
    tables = _tables(config_dir)
    for row in tables["types"][kind]["codes"]:
        if row.get("status", status) == status and row.get("family", family) == family:
            plover, cameo = row["plover"], str(row["cameo"])
            return Codes(plover, cameo, int(row["quad_class"]), _score(tables.get("goldstein", {}), plover, cameo))
    raise ConfigError(f"config/events.yaml: types.{kind}.codes: no row fits status {status} and family {family!r}")


def _score(table: dict[str, Any], plover: str, cameo: str) -> float:
    for key in (plover, cameo, plover.split("-")[0]):
        value = table.get(key)
        if isinstance(value, int | float):
            return float(value)
    return 0.0
