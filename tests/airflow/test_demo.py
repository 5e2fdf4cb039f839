"""The whole demo under a real `airflow standalone`, undisturbed and with its workers killed while they code."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psutil
import pytest

from tests.airflow.conftest import ROOT

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(1500)]
RUNNER = [sys.executable, "plugins/eventwire_standalone.py", "--demo", "--once"]


def start(var) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "EVENTWIRE"))}
    return subprocess.Popen(
        [*RUNNER, "--var", str(var)],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": str(ROOT)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def left_over(var) -> list[str]:
    """Processes that have a file open under `var`, or name it."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline", "open_files"]):
        files = [file.path for file in process.info["open_files"] or ()]
        if any(str(var) in text for text in [*files, *(process.info["cmdline"] or ())]):
            found.append(f"{process.pid} {process.info['cmdline']}")
    return found


def test_the_demo_leads_to_the_expected_events_and_mails_and_ends_cleanly(tmp_path):
    process = start(tmp_path)
    output, _ = process.communicate()
    print(output)
    assert process.returncode == 0, output
    assert "everything that expected.yaml states is there, and nothing else" in output
    assert left_over(tmp_path) == []


def test_a_worker_killed_while_it_codes_loses_and_repeats_nothing(tmp_path):
    process = start(tmp_path)
    killed = kill_a_coder(tmp_path / "demo" / "eventwire.sqlite", deadline=time.monotonic() + 600)
    output, _ = process.communicate()
    print(output)
    assert killed, "no coding task was ever seen to hold a lease"
    assert process.returncode == 0, output
    assert left_over(tmp_path) == []


def kill_a_coder(database, deadline: float) -> bool:
    """Kills the first process that is seen to hold a lease on an article to code."""
    while time.monotonic() < deadline:
        if database.exists():
            try:
                with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)) as connection:
                    row = connection.execute(
                        "SELECT leased_by FROM work WHERE stage = 'code' AND leased_by IS NOT NULL"
                    ).fetchone()
            except sqlite3.OperationalError:
                row = None
            if row:
                os.kill(int(row[0].rsplit(":", 2)[1]), signal.SIGKILL)
                return True
        time.sleep(0.05)
    return False


def test_ctrl_c_ends_everything_it_started(tmp_path):
    process = start(tmp_path)
    for line in process.stdout:
        if "starting Airflow" in line:
            break
    time.sleep(15)  # in the midst of starting its many processes; any moment must do
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert process.returncode == 130
    assert left_over(tmp_path) == []
