"""A run that is killed between any two writes, and started again, ends as one that was never disturbed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from processors.database import open_database, pending
from processors.settings import load_settings
from tests.articles.writing import CALL, LAST, MORE, page, stored_articles
from tests.feeds.conftest import configure
from tests.feeds.writing import rss
from tests.fetch.serving import Answer, Site, serve

TEXTS = {"1": [CALL, MORE], "2": [MORE, LAST], "3": [LAST, CALL], "4": [f"Agentur. {CALL}", MORE]}


@pytest.fixture(scope="module")
def papers() -> Iterator[Site]:
    with serve() as site:
        for number, paragraphs in TEXTS.items():
            site.routes[f"/turmbote/{number}.html"] = Answer(page(*paragraphs, title=f"Meldung {number}"))
        stories = [(f"Meldung {number}", f"{site.base}/turmbote/{number}.html") for number in TEXTS]
        site.routes["/turmbote/rss"] = Answer(rss(*stories))
        yield site


def run(folder: Path, failpoint: str = "") -> int:
    environment = os.environ | variables(folder) | {"EVENTWIRE_TEST_FAILPOINT": failpoint}
    command = [sys.executable, "-m", "processors", "run", "--once", "--stage", "fetch", "--stage", "read"]
    return subprocess.run(command, env=environment, capture_output=True, timeout=600, check=False).returncode


def variables(folder: Path) -> dict[str, str]:
    return {
        "EVENTWIRE_CONFIG_DIR": str(folder),
        "EVENTWIRE_VAR_DIR": str(folder / "var"),
        "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
    }


def prepared(folder: Path, papers: Site) -> Path:
    folder.mkdir()
    configure(load_settings(variables(folder)), turmbote=f"{papers.base}/turmbote/rss")
    return folder


def outcome(folder: Path) -> tuple[list[tuple[str, str, str, str | None]], dict[str, int]]:
    with closing(open_database(f"sqlite:///{folder}/var/eventwire.sqlite")) as database:
        with database.reading() as connection:
            found = [(a.id, a.title, a.text, a.duplicate_of) for a in stored_articles(connection)]
        waiting = {stage: number for stage, number in pending(database).items() if stage != "resolve"}
    return found, waiting


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, papers: Site) -> Path:
    folder = prepared(tmp_path_factory.mktemp("undisturbed") / "place", papers)
    assert run(folder) == 0
    return folder


@pytest.mark.parametrize(
    "failpoint", ["fetch.before-store", "fetch.after-store", "read.before-store:2", "read.after-store:2"]
)
def test_a_killed_run_that_is_started_again_loses_and_repeats_nothing(
    tmp_path: Path, papers: Site, undisturbed: Path, failpoint: str
) -> None:
    folder = prepared(tmp_path / "place", papers)
    assert run(folder, failpoint) == -signal.SIGKILL
    assert run(folder) == 0
    assert outcome(folder) == outcome(undisturbed)
    assert len(outcome(folder)[0]) == len(TEXTS)
