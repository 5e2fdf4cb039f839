"""The DAGs as Airflow itself reads them."""

import subprocess
import sys
from datetime import timedelta

import pytest

from tests.airflow.conftest import ROOT

pytestmark = pytest.mark.airflow


@pytest.fixture(scope="module")
def dags():
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(ROOT / "dags"))
    assert bag.import_errors == {}
    return bag.dags


def test_there_are_the_four_dags_of_the_design(dags):
    assert set(dags) == {"eventwire_ingest", "eventwire_code", "eventwire_alerts", "eventwire_maintenance"}


def test_each_dag_tells_a_stranger_what_it_does(dags):
    for dag in dags.values():
        assert len(dag.doc_md.split()) > 30, dag.dag_id
        assert "eventwire" in dag.tags
        assert all(task.doc_md or task.python_callable.__doc__ for task in dag.tasks), dag.dag_id


def test_tasks_are_retried_with_backoff_and_end_in_time(dags):
    for task in (task for dag in dags.values() for task in dag.tasks):
        if task.task_id == "wake_coder":
            continue
        assert task.retries == 2
        assert task.retry_exponential_backoff
        assert timedelta(minutes=1) < task.execution_timeout <= timedelta(hours=1), task.task_id


def test_a_failed_run_is_told_to_the_operators(dags):
    for dag in dags.values():
        told = {dag.on_failure_callback, dag.default_args["on_failure_callback"]}
        assert {type(one).__name__ for one in told} == {"OperatorsNotifier"}
        period = timedelta(days=1) if dag.dag_id == "eventwire_maintenance" else timedelta(minutes=10)
        assert all(one.quiet > period for one in told), dag.dag_id


def test_no_run_overlaps_with_the_next_of_its_dag_and_none_is_caught_up(dags):
    assert all(dag.max_active_runs == 1 and dag.catchup is False for dag in dags.values())


def test_feeds_are_mapped_over_batches_and_coding_over_workers(dags):
    mapped = {
        (dag.dag_id, task.task_id)
        for dag in dags.values()
        for task in dag.tasks
        if type(task).__name__.endswith("MappedOperator")
    }
    assert mapped == {("eventwire_ingest", "fetch"), ("eventwire_ingest", "read"), ("eventwire_code", "code")}


def test_one_resolver_and_one_index_writer_at_a_time(dags):
    code = dags["eventwire_code"]
    assert {code.get_task(name).pool for name in ("resolve", "index")} == {"eventwire_single"}


def test_coding_waits_for_articles_or_for_the_clock(dags):
    schedule = dags["eventwire_code"].timetable
    assert "eventwire-articles" in str(schedule.asset_condition.as_expression())
    assert dags["eventwire_ingest"].schedule == "*/5 * * * *"


def test_importing_a_dag_file_imports_none_of_the_heavy_parts():
    script = (
        "import sys; sys.path[:0] = ['dags', 'plugins']; import airflow.sdk; before = set(sys.modules);"
        "import eventwire_ingest, eventwire_code, eventwire_alerts, eventwire_maintenance;"
        "print([m for m in set(sys.modules) - before if m.split('.')[0] in "
        "('spacy', 'elasticsearch', 'tantivy', 'trafilatura', 'processors')])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
