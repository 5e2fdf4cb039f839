"""Claims, leases and parking, with real processes that are really killed, on both engines."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from processors.database import (
    Database,
    add_work,
    claim,
    fail,
    finish,
    give_back,
    now,
    parked,
    pending,
    returned_if_stopped,
    unpark,
)
from processors.database import work as work_module
from processors.database.work import MAX_ATTEMPTS


def add(database: Database, *keys: str) -> None:
    with database.transaction() as connection:
        add_work(connection, "code", keys)


def keys(claims: list[work_module.Claim]) -> list[str]:
    return sorted(one.key for one in claims)


def done(database: Database, claims: list[work_module.Claim]) -> None:
    with database.transaction() as connection:
        finish(connection, claims)


@pytest.fixture
def worker(database_url: str, database: Database) -> Iterator[object]:
    """Starts processes that claim work of the database and then run some lines of Python; ends them all."""
    started: list[subprocess.Popen[str]] = []

    def start(limit: int, then: str = "input()") -> tuple[subprocess.Popen[str], list[str]]:
        program = f"""
            from processors.database import claim, open_database
            claims = claim(open_database({database_url!r}), "code", {limit})
            print(*sorted(one.key for one in claims), flush=True)
            {then}
        """
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout
        return process, process.stdout.readline().split()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_work_is_claimed_once_and_gone_when_finished(database: Database) -> None:
    add(database, "a", "b", "c")
    first = claim(database, "code", 2)
    second = claim(database, "code", 10)
    assert keys(first) + keys(second) == ["a", "b", "c"]
    done(database, first + second)
    assert pending(database) == {}


def test_two_living_processes_never_hold_the_same_work(database: Database, worker) -> None:
    add(database, *(f"article{n}" for n in range(40)))
    _, one = worker(15)
    _, other = worker(15)
    mine = keys(claim(database, "code", 100))
    assert len(one) == len(other) == 15
    assert sorted(one + other + mine) == sorted(f"article{n}" for n in range(40))


def test_many_threads_claiming_at_once_share_the_work_without_overlap(database: Database) -> None:
    add(database, *(f"article{n}" for n in range(60)))
    taken: list[str] = []

    def take() -> None:
        while claims := claim(database, "code", 5):
            taken.extend(one.key for one in claims)
            done(database, claims)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(f"article{n}" for n in range(60))


def test_work_of_a_killed_process_comes_back_at_once(database: Database, worker) -> None:
    add(database, "a")
    process, held = worker(1)
    assert held == ["a"]
    assert claim(database, "code", 10) == []
    kill(process)
    (again,) = claim(database, "code", 10)
    assert (again.key, again.attempts) == ("a", 2)


def test_work_of_a_silent_owner_elsewhere_comes_back_when_its_lease_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database, "a")
    monkeypatch.setattr(work_module, "owner", lambda: "another-host:1:1")
    claim(database, "code", 1, lease=timedelta(hours=1))
    assert claim(database, "code", 1) == []
    add(database, "b")
    claim(database, "code", 1, lease=timedelta(seconds=-1))
    monkeypatch.undo()
    assert keys(claim(database, "code", 5)) == ["b"]


def test_work_that_killed_its_worker_three_times_is_parked_and_shown(database: Database, worker) -> None:
    add(database, "poison")
    for _ in range(MAX_ATTEMPTS):
        process, held = worker(1)
        assert held == ["poison"]
        kill(process)
    assert claim(database, "code", 1) == []
    (shown,) = parked(database)
    assert shown.key == "poison"
    assert "killed" in shown.error
    assert pending(database) == {}


def test_what_was_with_poison_in_one_claim_is_still_done(database: Database, worker) -> None:
    add(database, "good1", "good2", "poison")
    finished: list[str] = []
    # A worker that dies over the poison and finishes everything else.
    for _ in range(8):
        claims = claim(database, "code", 10)
        if not claims:
            break
        if "poison" in keys(claims):
            with database.transaction() as connection:
                give_back(connection, claims)
            process, _ = worker(10)
            kill(process)
            continue
        finished += keys(claims)
        done(database, claims)
    assert sorted(finished) == ["good1", "good2"]
    assert [one.key for one in parked(database)] == ["poison"]


def fail_now(database: Database, one: work_module.Claim, error: str, **options: bool) -> bool:
    with database.transaction() as connection:
        return fail(connection, one, error, **options)


def test_a_failure_waits_and_the_third_one_parks_with_its_error(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database, "a")
    clock = now()
    monkeypatch.setattr(work_module, "now", lambda: clock)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        clock += timedelta(hours=1)
        (one,) = claim(database, "code", 1)
        assert fail_now(database, one, f"error {attempt}") is (attempt == MAX_ATTEMPTS)
        assert claim(database, "code", 1) == []
    assert parked(database)[0].error == "error 3"
    assert unpark(database) == 1
    assert keys(claim(database, "code", 1)) == ["a"]


def test_a_final_failure_parks_at_once(database: Database) -> None:
    add(database, "a")
    (one,) = claim(database, "code", 1)
    assert fail_now(database, one, "never", retryable=False)
    assert [p.error for p in parked(database, "code")] == ["never"]


def test_work_marked_again_while_under_way_is_done_once_more(database: Database) -> None:
    add(database, "a")
    claims = claim(database, "code", 1)
    add(database, "a")
    assert claim(database, "code", 1) == []
    done(database, claims)
    assert keys(claim(database, "code", 1)) == ["a"]


def test_a_late_worker_does_not_end_the_lease_of_who_took_over(database: Database) -> None:
    add(database, "a")
    late = claim(database, "code", 1, lease=timedelta(seconds=-1))
    taken_over = claim(database, "code", 1)
    assert keys(taken_over) == ["a"]
    fail_now(database, late[0], "too late", retryable=False)
    with database.transaction() as connection:
        give_back(connection, late)
    assert parked(database) == []
    assert claim(database, "code", 1) == []
    done(database, taken_over)
    assert pending(database) == {}


def test_given_back_work_counts_no_attempt(database: Database) -> None:
    add(database, "a")
    for _ in range(MAX_ATTEMPTS + 2):
        claims = claim(database, "code", 1)
        assert claims[0].attempts == 1
        with database.transaction() as connection:
            give_back(connection, claims)
    assert parked(database) == []


def test_a_rolled_back_result_leaves_its_work_pending(database: Database) -> None:
    add(database, "a")
    claims = claim(database, "code", 1)

    def crash() -> None:
        with database.transaction() as connection:
            finish(connection, claims)
            add_work(connection, "resolve", ["a"])
            raise RuntimeError("crash")

    with pytest.raises(RuntimeError):
        crash()
    assert pending(database) == {"code": 1}


def test_work_not_due_yet_is_not_handed_out(database: Database) -> None:
    with database.transaction() as connection:
        add_work(connection, "code", ["later"], not_before=now() + timedelta(hours=1))
    assert claim(database, "code", 1) == []
    assert pending(database) == {"code": 1}
    assert pending(database, due_only=True) == {}


def test_more_keys_than_one_statement_takes_are_added_and_claimed(database: Database) -> None:
    many = [f"article{n:05}" for n in range(1701)]
    add(database, *many)
    assert keys(claim(database, "code", 5000)) == many


def test_claims_can_be_narrowed_to_given_keys(database: Database) -> None:
    add(database, "a", "b")
    assert keys(claim(database, "code", 5, keys=["b", "c"])) == ["b"]


def test_an_owner_that_is_this_process_is_alive() -> None:
    assert not work_module._is_dead(work_module.owner())
    assert work_module._is_dead(work_module.owner().replace(f":{os.getpid()}:", ":999999999:"))


def test_work_that_is_stopped_from_outside_counts_no_attempt_and_an_error_does(database: Database) -> None:
    add(database, "done", "stopped")
    claims = claim(database, "code", 2)
    done(database, claims[:1])
    with pytest.raises(KeyboardInterrupt), returned_if_stopped(database, claims):
        raise KeyboardInterrupt
    (again,) = claim(database, "code", 2)
    assert (again.key, again.attempts) == ("stopped", 1)
    with pytest.raises(ZeroDivisionError), returned_if_stopped(database, [again]):
        raise ZeroDivisionError
    assert claim(database, "code", 2) == []


def test_no_feed_is_given_up_however_often_its_worker_ended(database: Database) -> None:
    with database.transaction() as connection:
        add_work(connection, "fetch", ["feed"])
    for _ in range(MAX_ATTEMPTS + 2):
        (held,) = claim(database, "fetch", 5, lease=timedelta(0))
        assert held.key == "feed"
    assert parked(database) == []
