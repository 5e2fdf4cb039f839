"""Retention, and a word to the operators."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import dag, task

from eventwire_assets import DEFAULTS, SINGLE
from eventwire_notifier import OperatorsNotifier

FAILED = OperatorsNotifier(quiet=timedelta(hours=30))  # more than a day: what fails every day is told once

DOC = """
### Once a day: keeping house

Deletes what has outlived the `retention` settings from database and index: old articles with their text, old mails and
hits, the marks by which near-copies are found. Looks at all feeds and tells the operators (`mail.operators`) what has
changed its state since they were last told: a feed that broke, moved, is blocked or has gone quiet, a backlog that
grows.
"""


@dag(
    schedule="17 3 * * *",
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS | {"on_failure_callback": FAILED},
    on_failure_callback=FAILED,
    doc_md=DOC,
    tags=["eventwire"],
)
def eventwire_maintenance():
    @task(pool=SINGLE, execution_timeout=timedelta(hours=1))
    def maintain() -> dict[str, int]:
        """Retention and health."""
        from eventwire_tasks import maintain

        return maintain()

    maintain()


eventwire_maintenance()
