"""`eventwire watch`, as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
