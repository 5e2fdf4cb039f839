"""What the DAGs' tasks do: open the pipeline, call one stage, log its summary, hand on counts.

A single feed or article that fails is part of the summary and never fails the task. XCom carries ids and counts.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from eventwire_hook import EventwireHook

if TYPE_CHECKING:
    from processors.records import Stage, Summary

log = logging.getLogger("eventwire")
FEED_BATCHES = 4
READERS = 2


def plan_feeds() -> list[list[str]]:
    """The ids of the feeds that are due, a host's feeds in one batch."""
    with EventwireHook().pipeline() as pipeline:
        pipeline.sync_feeds()
        batches = pipeline.feed_batches(FEED_BATCHES)
    log.info("%d feeds are due, in %d batches", sum(map(len, batches)), len(batches))
    return batches


def fetch_batch(feed_ids: Sequence[str]) -> dict[str, int]:
    """Asks one batch of feeds."""
    with EventwireHook().pipeline() as pipeline:
        return _told(pipeline.fetch(feed_ids))


def plan_workers(stage: Stage, most: int) -> list[int]:
    """One number for each task that is worth starting for what is pending in `stage`: none where nothing is."""
    from processors.database import pending

    with EventwireHook().pipeline() as pipeline:
        due = pending(pipeline.database, due_only=True).get(stage, 0)
    workers = list(range(min(due, most)))
    log.info("%s: %d pending, %d workers", stage, due, len(workers))
    return workers


def plan_coding() -> list[int]:
    """One number for each coding task: at most one a core, none when nothing is pending."""
    with EventwireHook().pipeline() as pipeline:
        return list(range(pipeline.coding_workers()))


def run_stage(stage: Stage) -> dict[str, int]:
    """Runs one stage until nothing of it is due."""
    with EventwireHook().pipeline() as pipeline:
        return _told(pipeline.run(stage, lambda part: log.info("%s", part)))


def maintain() -> dict[str, int]:
    """Deletes what has outlived the retention settings, and tells the operators what has changed its state."""
    with EventwireHook().pipeline() as pipeline:
        counts = pipeline.maintain()
        _told(pipeline.report())
    log.info("deleted: %s", counts)
    return counts


def _told(summary: Summary) -> dict[str, int]:
    log.info("%s", summary)
    for problem in summary.problems:
        log.warning("%s", problem)
    return dict(summary.counts)
