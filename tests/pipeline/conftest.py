"""The demo's feeds on the loopback, and `eventwire` run on them as a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from processors.cli.demo import DEMO, demo_config
from processors.settings import ROOT, Settings, load_settings
from processors.web.demo import DemoSite


@dataclass
class Installation:
    """A configuration and an empty var folder of its own."""

    config: Path
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVENTWIRE", "AIRFLOW"))}
        return kept | {
            "EVENTWIRE_CONFIG_DIR": str(self.config),
            "EVENTWIRE_VAR_DIR": str(self.var),
            "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
        }

    @property
    def settings(self) -> Settings:
        return load_settings(self.environment)

    def eventwire(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the command and waits for its end."""
        command = [sys.executable, "-m", "processors", *arguments]
        return subprocess.run(
            command,
            env=self.environment | environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )


@pytest.fixture(scope="session")
def demo_site():
    with DemoSite(DEMO / "site") as site:
        yield site


@pytest.fixture
def install(demo_site, tmp_path):
    def make(name: str = "one") -> Installation:
        return Installation(demo_config(demo_site, tmp_path / "config"), tmp_path / name)

    return make
