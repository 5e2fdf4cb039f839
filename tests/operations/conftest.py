"""An installation filled with generated reports, and what searches of it find."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.resolve.__main__ import store
from benchmarks.resolve.month import START, month
from processors.database import add_work, parked, pending
from processors.pipeline import opened
from processors.settings import ROOT, Settings, load_settings

ARTICLES = 400
SEARCHES = [
    ("events", "type:leader_call"),
    ("events", "participants:RUS AND status:(occurred OR planned)"),
    ("events", "dyads:RUS-USA"),
    ("events", "source_count:>1 AND NOT status:historical"),
    ("events", "Stahl"),
    ("articles", "language:de"),
    ("articles", "event_types:leader_meeting"),
    ("articles", "_exists_:duplicate_of"),
    ("articles", "Gespräch OR Stahl"),
]


@dataclass(frozen=True)
class Installation:
    """Where database and index are."""

    environment: dict[str, str]

    @property
    def settings(self) -> Settings:
        return load_settings(self.environment)

    def at(self, **changes: str) -> "Installation":
        """The same with other EVENTWIRE_* settings."""
        return Installation(self.environment | {f"EVENTWIRE_{name.upper()}": value for name, value in changes.items()})

    def eventwire(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs the command."""
        command = [sys.executable, "-m", "processors", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
        )

    def fill(self, *, of_one_month: bool = False) -> None:
        """Stores, resolves and indexes generated reports; articles of one month lie in one index."""
        with opened(self.settings) as pipeline:
            reports = [
                one for one in month(ARTICLES) if not of_one_month or one.article.fetched_at.month == START.month
            ]
            store(pipeline.database, reports)
            with pipeline.database.transaction() as connection:
                add_work(connection, "index", [f"article:{report.article.id}" for report in reports])
            assert pipeline.resolve().counts["failed"] == 0
            while pending(pipeline.database).get("index"):  # a busy server may put some of it off
                pipeline.index()
            assert parked(pipeline.database) == []

    def found(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """The documents that SEARCHES find, in the order of their ids."""
        with opened(self.settings) as pipeline:
            index = pipeline.search_index
            index.refresh()
            return {
                (kind, query): sorted(
                    (dict(hit.document) for hit in index.search(kind, query, limit=1000, snippets=False).hits),
                    key=lambda document: document["id"],
                )
                for kind, query in SEARCHES
            }


@pytest.fixture
def empty_installation(tmp_path: Path):
    """An installation with an embedded index and no database yet, at whatever settings are asked for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVENTWIRE", "AIRFLOW"))}
    return Installation(kept | {"EVENTWIRE_VAR_DIR": str(tmp_path / "var")})
