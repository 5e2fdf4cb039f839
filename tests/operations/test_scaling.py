"""How many coding tasks Airflow starts."""

import os

import pytest

from processors.database import add_work
from processors.pipeline import Pipeline
from processors.settings import CoderSettings, Settings


@pytest.mark.parametrize(
    ("workers", "waiting", "tasks"),
    [(0, 0, 0), (0, 1, 1), (0, 500, os.cpu_count()), (12, 500, 12), (12, 5, 5), (1, 500, 1)],
)
def test_coding_tasks_are_as_many_as_set_or_one_a_core_and_never_more_than_articles(database, workers, waiting, tasks):
    with database.transaction() as connection:
        add_work(connection, "code", [f"{number:020}" for number in range(waiting)])
    pipeline = Pipeline(Settings(coder=CoderSettings(workers=workers)), database)
    assert pipeline.coding_workers() == tasks
