"""`eventwire watch`, as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from processors.database import open_database
from processors.database.entries import insert_entries, load_entries
from processors.database.tables import feeds
from processors.records import Entry
from tests.feeds.writing import rss
from tests.fetch.serving import Answer, Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)


OLD = datetime.now(UTC) - timedelta(days=91)
ENTRY = Entry("e", "f", "x", "https://news.example/x", "Treffen", "Kurz", "Lang", None, "de", OLD, OLD)


@pytest.fixture
def old_entry(tmp_path: Path) -> Iterator[Callable[[], str | None]]:
    """Stores an entry that is older than entries are kept; returns the text that it has now."""
    (tmp_path / "var").mkdir()
    with closing(open_database(f"sqlite:///{tmp_path}/var/eventwire.sqlite")) as database:
        with database.transaction() as connection:
            connection.execute(insert(feeds).values(id="f", name="N", url="u", configured_url="u", host="h"))
            insert_entries(connection, [(ENTRY, "hash")])

        def text() -> str | None:
            with database.reading() as connection:
                return load_entries(connection, ["e"])["e"].content

        assert text() == "Lang"
        yield text


def test_watch_applies_retention(tmp_path: Path, old_entry: Callable[[], str | None]) -> None:
    environment = os.environ | {"EVENTWIRE_CONFIG_DIR": str(tmp_path), "EVENTWIRE_VAR_DIR": str(tmp_path / "var")}
    (tmp_path / "feeds.yaml").write_text("feeds: []\n")
    command = [sys.executable, "-m", "processors", "watch", "--pause", "0.2"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as watching:
        try:
            until(lambda: old_entry() is None)
            time.sleep(1)  # some passes more
            watching.send_signal(signal.SIGTERM)
            told, _ = watching.communicate(timeout=60)
        finally:
            watching.kill()
    assert told.count("retention: 1 entries emptied\n") == 1


def test_run_applies_retention_where_it_is_asked_to(tmp_path: Path, old_entry: Callable[[], str | None]) -> None:
    environment = os.environ | {"EVENTWIRE_CONFIG_DIR": str(tmp_path), "EVENTWIRE_VAR_DIR": str(tmp_path / "var")}
    run = [sys.executable, "-m", "processors", "run", "--stage", "match"]
    subprocess.run(run, env=environment, check=True)
    assert old_entry() == "Lang"
    done = subprocess.run([*run, "--maintain"], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    assert done.stdout.endswith("retention: 1 entries emptied\n")
    assert old_entry() is None
    again = subprocess.run([*run, "--maintain"], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    assert again.stdout.endswith("retention: nothing was due\n")


def test_a_feeds_file_that_is_being_saved_costs_a_pass_and_not_the_watch(tmp_path: Path, site: Site) -> None:
    site.routes |= {path: Answer(rss(("A", f"{site.base}/news{path}"))) for path in ("/one", "/two")}
    line = "- {{name: {0}, url: '{1}/{0}'}}\n"
    feeds, errors = tmp_path / "feeds.yaml", tmp_path / "errors"
    feeds.write_text("feeds:\n" + line.format("one", site.base))
    environment = os.environ | {
        "EVENTWIRE_CONFIG_DIR": str(tmp_path),
        "EVENTWIRE_VAR_DIR": str(tmp_path / "var"),
        "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
    }
    command = [sys.executable, "-m", "processors", "watch", "--pause", "0.2"]
    with errors.open("w") as stderr, subprocess.Popen(command, env=environment, stderr=stderr) as watching:
        try:
            until(lambda: "/one" in site.paths() and "/news/one" in site.paths())
            feeds.write_text("feeds:\n- {name: ")
            until(lambda: "feeds.yaml" in errors.read_text())
            feeds.write_text("feeds:\n" + line.format("one", site.base) + line.format("two", site.base))
            until(lambda: "/two" in site.paths())
            watching.send_signal(signal.SIGTERM)
            assert watching.wait(60) == 0
        finally:
            watching.kill()
