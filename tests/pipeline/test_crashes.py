"""A run that is killed between any two writes, and started again, ends where an undisturbed run ends."""

import json
import re
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.pipeline.conftest import Installation

# Places between two writes of a stage, and how often each is passed before the kill.
FAIL_POINTS = [
    "fetch.after-store:2",
    "read.before-store:3",
    "read.after-store:2",
    "code.before-store:1",
    "code.after-store:1",
    "resolve.after-store:1",
    "index.after-write:1",
    "match.before-store:1",
    "send.before-mark:2",
]
TABLES = {
    "entries": "id, guid, url, title, article_id",
    "articles": "id, url, title, text, duplicate_of, coding",
    "mentions": "id, article_id, event_id, type, status, data",
    "events": "id, type, status, event_day, hidden, merged_into, data",
    "history": "event_id, kind, value, source, article_id, sentence",
    "hits": "rule, kind, document_id",
    "mails": "message_id, rule, recipient, kind, subject, thread, state",
}
# An event's data is JSON inside JSON: its quotes are escaped.
_TIMES = re.compile(r'\\?"(first_seen_at|last_seen_at|at|created_at)\\?":\\?"[^"\\]*\\?"')


def snapshot(installation: Installation) -> dict[str, list[str]]:
    """All that a run leaves, without the times of day at which it happened."""
    with sqlite3.connect(installation.var / "eventwire.sqlite") as database:
        rows = {
            table: sorted(
                _TIMES.sub("", json.dumps(row, ensure_ascii=False))
                for row in database.execute(f"SELECT {columns} FROM {table}")
            )
            for table, columns in TABLES.items()
        }
    rows["files"] = sorted(path.name for path in (installation.var / "outbox").glob("*.eml"))
    for what, option in (("events", ()), ("articles", ("--articles",))):
        found = installation.eventwire(
            "search", "type:*" if what == "events" else "id:*", *option, "--format", "jsonl", "--limit", "500"
        )
        assert found.returncode == 0, found.stderr
        rows[f"index of {what}"] = sorted(json.loads(line)["id"] for line in found.stdout.splitlines())
    return rows


@pytest.fixture(scope="module")
def undisturbed(demo_site, tmp_path_factory):
    from processors.cli.demo import demo_config

    folder: Path = tmp_path_factory.mktemp("undisturbed")
    installation = Installation(demo_config(demo_site, folder / "config"), folder / "var")
    done = installation.eventwire("run", "--once")
    assert done.returncode == 0, done.stderr
    return snapshot(installation)


def test_an_undisturbed_run_leaves_events_and_mails(undisturbed):
    assert len(undisturbed["articles"]) == 34
    assert len(undisturbed["files"]) == len(undisturbed["mails"]) > 3
    assert undisturbed["index of events"]


@pytest.mark.parametrize("point", FAIL_POINTS)
def test_killed_and_started_again_it_ends_as_if_undisturbed(install, undisturbed, point):
    installation = install()
    killed = installation.eventwire("run", "--once", EVENTWIRE_TEST_FAILPOINT=point)
    assert killed.returncode == -signal.SIGKILL, f"{point} was never passed: {killed.stdout} {killed.stderr}"
    again = installation.eventwire("run", "--once")
    assert again.returncode == 0, again.stderr
    assert snapshot(installation) == undisturbed


def test_a_second_run_changes_nothing(install, undisturbed):
    installation = install()
    for _ in range(2):
        assert installation.eventwire("run", "--once").returncode == 0
    assert snapshot(installation) == undisturbed
