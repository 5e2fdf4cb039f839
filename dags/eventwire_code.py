"""Codes pending articles, merges their mentions into events, and indexes what changed."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import dag, task
from airflow.timetables.assets import AssetOrTimeSchedule
from airflow.timetables.trigger import CronTriggerTimetable

from eventwire_assets import ARTICLES, DEFAULTS, EVENTS, FAILED, SINGLE

DOC = """
### From articles to events in the search index

Runs when `eventwire_ingest` has read articles, and every ten minutes in any case (work that came back after a crash,
an index that was away). Codes what is pending with at most one task a core, then one task merges the mentions into
events and one brings the search index up to date. Both run in the pool `eventwire_single`, so there is never more than
one resolver or one index writer.

An index that does not answer is no failure: the backlog waits in the database, and `eventwire status` shows it.
"""


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("*/10 * * * *", timezone="UTC"), assets=[ARTICLES]),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    default_args=DEFAULTS,
    on_failure_callback=FAILED,
    doc_md=DOC,
    tags=["eventwire"],
)
def eventwire_code():
    @task(execution_timeout=timedelta(minutes=2))
    def plan() -> list[int]:
        """How many coding tasks are worth starting."""
        from eventwire_tasks import plan_coding

        return plan_coding()

    @task(execution_timeout=timedelta(hours=1))
    def code(worker: int) -> dict[str, int]:
        """Codes pending articles until none is left."""
        from eventwire_tasks import run_stage

        return run_stage("code")

    @task(trigger_rule="none_failed", pool=SINGLE, execution_timeout=timedelta(minutes=30))
    def resolve() -> dict[str, int]:
        """Merges new mentions into events."""
        from eventwire_tasks import run_stage

        return run_stage("resolve")

    @task(pool=SINGLE, outlets=[EVENTS], execution_timeout=timedelta(minutes=30))
    def index() -> dict[str, int]:
        """Brings the search index up to date."""
        from eventwire_tasks import run_stage

        return run_stage("index")

    code.expand(worker=plan()) >> resolve() >> index()


eventwire_code()
