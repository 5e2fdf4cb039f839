"""Matches what changed against the alert rules and sends the mails."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import dag, task
from airflow.timetables.assets import AssetOrTimeSchedule
from airflow.timetables.trigger import CronTriggerTimetable

from eventwire_assets import DEFAULTS, EVENTS, FAILED, SINGLE

DOC = """
### From events to mails

Runs when `eventwire_code` has indexed events, and every five minutes for digests and for mails that a server asked to
send later. Matches new and changed events and articles against `config/alerts.yaml`, writes hits and mails to the
database, then sends. `eventwire alerts list` shows the rules and what they caught.
"""


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("*/5 * * * *", timezone="UTC"), assets=[EVENTS]),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=30),
    default_args=DEFAULTS,
    on_failure_callback=FAILED,
    doc_md=DOC,
    tags=["eventwire"],
)
def eventwire_alerts():
    @task(pool=SINGLE, execution_timeout=timedelta(minutes=10))
    def match() -> dict[str, int]:
        """Matches what changed against the rules."""
        from eventwire_tasks import run_stage

        return run_stage("match")

    @task(pool=SINGLE, trigger_rule="all_done", execution_timeout=timedelta(minutes=15))
    def send() -> dict[str, int]:
        """Sends the mails that are due."""
        from eventwire_tasks import run_stage

        return run_stage("send")

    match() >> send()


eventwire_alerts()
