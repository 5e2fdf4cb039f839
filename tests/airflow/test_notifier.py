"""What the operators are told of runs that fail, by a DAG of the tests' own that Airflow runs."""

import subprocess
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.airflow.conftest import own_airflow

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]

DAG = """
from datetime import timedelta
from airflow.sdk import dag, task
from eventwire_assets import DEFAULTS, FAILED
from eventwire_notifier import OperatorsNotifier
from processors.errors import ConfigError

@dag(schedule=None, default_args=DEFAULTS | {"retries": 0}, on_failure_callback=FAILED)
def failing():
    @task
    def match():
        import os
        raise ConfigError(os.environ["ERROR"])

    @task(trigger_rule="all_done")
    def send():
        raise TimeoutError("no answer after 30 seconds")

    match() >> send()

failing_dag = failing()
DAILY = OperatorsNotifier(quiet=timedelta(hours=30))

@dag(schedule=None, default_args=DEFAULTS | {"retries": 0, "on_failure_callback": DAILY}, on_failure_callback=DAILY)
def daily():
    @task
    def maintain():
        raise ConfigError("retention.articles is wrong")

    maintain()

daily_dag = daily()
"""

DAYS = """
import sys
from datetime import datetime, timedelta
from airflow.dag_processing.dagbag import DagBag
from airflow.models import Variable
name = "eventwire_failed_daily.maintain"
for hours in (25, 25, 49, 0):
    DagBag(sys.argv[1]).dags["daily"].test()
    last = Variable.get(name, deserialize_json=True)
    last["at"] = (datetime.fromisoformat(last["at"]) - timedelta(hours=hours)).isoformat()
    Variable.set(name, last, serialize_json=True)
"""

RUNS = """
import os, sys
from airflow.dag_processing.dagbag import DagBag
dag = DagBag(sys.argv[1]).dags["failing"]
for error in sys.argv[2:]:
    os.environ["ERROR"] = error
    dag.test()
"""


@pytest.fixture
def mails_of(tmp_path: Path):
    """Runs the DAG once for each error of its first task; what the operator got, in no order."""
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "failing.py").write_text(DAG)
    environment = own_airflow(
        tmp_path,
        tmp_path / "dags",
        EVENTWIRE_SMTP_URL=f"file://{tmp_path / 'outbox'}",
        EVENTWIRE_MAIL__OPERATORS='["ops@example.org"]',
    )

    def python(*arguments: str) -> None:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def run(*errors: str, script: str = RUNS) -> list[EmailMessage]:
        python("-m", "airflow", "db", "migrate")
        python("-c", script, str(tmp_path / "dags"), *errors)
        files = (tmp_path / "outbox").glob("*.eml")
        return [message_from_bytes(file.read_bytes(), policy=SMTP) for file in files]  # type: ignore[misc]

    return run


def test_a_failed_task_is_told_with_its_error_and_once_as_long_as_that_goes_on(mails_of):
    typo = "alerts.yaml, line {}: rules.0.query is missing; see smtp://bot:s3cret@mail.example.org"
    mails = mails_of(typo.format(2), typo.format(14), "alerts.yaml: no such file")
    subjects = sorted(str(mail["Subject"]) for mail in mails)
    assert subjects == ["Eventwire: failing.match failed"] * 2 + ["Eventwire: failing.send failed"]
    texts = [str(mail.get_body(("plain",)).get_content()) for mail in mails]
    assert sum("ConfigError: alerts.yaml, line 2: rules.0.query is missing" in text for text in texts) == 1
    assert sum("ConfigError: alerts.yaml: no such file" in text for text in texts) == 1
    assert sum("TimeoutError: no answer after 30 seconds" in text for text in texts) == 1
    assert all("failed in run manual__" in text for text in texts)
    assert not any("s3cret" in text for text in texts)


def test_what_fails_every_day_is_told_once_and_again_after_a_day_without_it(mails_of):
    mails = mails_of(script=DAYS)
    assert [str(mail["Subject"]) for mail in mails] == ["Eventwire: daily.maintain failed"] * 2
    assert all("again after 30 hours without it" in mail.get_body(("plain",)).get_content() for mail in mails)
