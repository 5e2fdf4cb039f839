"""What the DAGs share: the assets that wake them, and how their tasks are retried."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import Asset

from eventwire_notifier import OperatorsNotifier

ARTICLES = Asset("eventwire-articles", uri="eventwire://articles")
EVENTS = Asset("eventwire-events", uri="eventwire://events")
FAILED = OperatorsNotifier()
DEFAULTS = {
    "owner": "eventwire",
    "retries": 2,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=5),
    "on_failure_callback": FAILED,
}
SINGLE = "eventwire_single"  # a pool of one slot: one resolver, one index writer at a time
