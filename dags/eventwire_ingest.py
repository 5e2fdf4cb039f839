"""Fetches the feeds that are due and reads the articles of their new entries."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import dag, task

from eventwire_assets import ARTICLES, DEFAULTS, FAILED

DOC = """
### From the feeds to readable articles

Every five minutes: asks the feeds that are due (`eventwire feeds list` shows when each is), in batches that keep a
host's feeds together, then reads the articles of the new entries. A feed or a page that fails is recorded with its
reason and never fails a task.

When it is done it wakes `eventwire_code`, which works on whatever is pending in the database.
"""


@dag(
    schedule="*/5 * * * *",
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=30),
    default_args=DEFAULTS,
    on_failure_callback=FAILED,
    doc_md=DOC,
    tags=["eventwire"],
)
def eventwire_ingest():
    @task(execution_timeout=timedelta(minutes=2))
    def plan() -> list[list[str]]:
        """Which feeds are due."""
        from eventwire_tasks import plan_feeds

        return plan_feeds()

    @task(
        execution_timeout=timedelta(minutes=10),
        pool="eventwire_fetch",
        map_index_template="{{ feed_ids | length }} feeds",
    )
    def fetch(feed_ids: list[str]) -> dict[str, int]:
        """Asks one batch of feeds."""
        from eventwire_tasks import fetch_batch

        return fetch_batch(feed_ids)

    @task(trigger_rule="all_done", execution_timeout=timedelta(minutes=2))
    def plan_reading() -> list[int]:
        """How many readers are worth starting."""
        from eventwire_tasks import READERS, plan_workers

        return plan_workers("read", READERS)

    @task(execution_timeout=timedelta(minutes=20), pool="eventwire_fetch")
    def read(worker: int) -> dict[str, int]:
        """Reads pending articles until none is left."""
        from eventwire_tasks import run_stage

        return run_stage("read")

    @task(trigger_rule="none_failed", outlets=[ARTICLES])
    def wake_coder() -> None:
        """Tells `eventwire_code` that there may be something to do."""

    readers = plan_reading()
    fetch.expand(feed_ids=plan()) >> readers
    read.expand(worker=readers) >> wake_coder()


eventwire_ingest()
