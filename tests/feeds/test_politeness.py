"""Hosts are spared over processes: what one knows, all obey."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from processors.database import open_database
from processors.database.feeds import load_feeds, sync_configured
from processors.database.hosts import DatabaseHosts
from processors.feeds import due_batches, fetch_feeds, sync_feeds
from processors.fetch.hosts import Hosts
from processors.records import Feed
from processors.settings import FetchSettings, Settings
from tests.feeds.conftest import configure
from tests.feeds.writing import rss
from tests.fetch.serving import Answer, Asked, Site

LIMITS = FetchSettings(host_gap=5.0, per_host=2)


def seconds(start: datetime) -> float:
    return (start - datetime.now(UTC)).total_seconds()


def test_turns_at_one_host_keep_their_gap_whoever_takes_them(database_url: str) -> None:
    stores = [DatabaseHosts(open_database(database_url)) for _ in range(2)]
    (first,) = stores[0].take_turns([("blatt.example", LIMITS)])
    (second,) = stores[1].take_turns([("blatt.example", LIMITS)])
    (other,) = stores[1].take_turns([("andere.example", LIMITS)])
    assert second.start - first.start >= timedelta(seconds=4.9)
    assert seconds(other.start) < 1


def test_no_third_turn_is_given_before_one_is_given_back(database_url: str) -> None:
    store = DatabaseHosts(open_database(database_url))
    limits = FetchSettings(host_gap=0.0, per_host=2)
    turns = store.take_turns([("blatt.example", limits)] * 3)
    assert [turn.token is None for turn in turns] == [False, False, True]
    store.end_turns([("blatt.example", turns[0].token or "")])
    assert store.take_turns([("blatt.example", limits)])[0].token is not None


def test_many_workers_get_turns_one_after_the_other(database_url: str) -> None:
    store = DatabaseHosts(open_database(database_url))
    limits = FetchSettings(host_gap=2.0, per_host=100)
    with ThreadPoolExecutor(8) as threads:
        turns = list(threads.map(lambda _: store.take_turns([("blatt.example", limits)])[0], range(16)))
    starts = sorted(turn.start for turn in turns)
    gaps = [(b - a).total_seconds() for a, b in pairwise(starts)]
    assert min(gaps) >= 1.9


def test_a_pause_holds_for_all_and_slows_the_host_afterwards(database_url: str) -> None:
    store = DatabaseHosts(open_database(database_url))
    usual = FetchSettings(host_gap=0.5)
    store.pause("blatt.example", datetime.now(UTC) + timedelta(seconds=30), usual)
    first, second = store.take_turns([("blatt.example", usual)] * 2)
    assert 28 < seconds(first.start) <= 30
    assert second.start - first.start >= timedelta(seconds=1.9)
    store.pause("blatt.example", datetime.now(UTC) + timedelta(hours=1), usual)
    assert store.take_turns([("blatt.example", LIMITS)])[0].token is None


def test_a_host_that_has_a_long_gap_anyway_has_twice_that_after_a_pause(database_url: str) -> None:
    store = DatabaseHosts(open_database(database_url))
    store.pause("blatt.example", datetime.now(UTC), LIMITS)
    first, second = store.take_turns([("blatt.example", LIMITS)] * 2)
    assert second.start - first.start >= timedelta(seconds=9.9)


def test_robots_txt_is_kept_with_its_time(database_url: str) -> None:
    store = DatabaseHosts(open_database(database_url))
    assert store.robots("blatt.example") is None
    store.keep_robots("blatt.example", "User-agent: *")
    kept = store.robots("blatt.example")
    assert kept is not None
    assert (kept.text, seconds(kept.at) > -60) == ("User-agent: *", True)


def test_a_host_that_the_database_cannot_hold_costs_no_other_its_turn(database_url: str) -> None:
    hosts = Hosts(DatabaseHosts(open_database(database_url)), FetchSettings(host_gap=0.0))

    async def turn(host: str) -> str:
        async with hosts.turn(host):
            return host

    async def run() -> list[object]:
        names = ("blatt.example", "b\0.example", "andere.example")
        return list(await asyncio.gather(*map(turn, names), return_exceptions=True))

    first, _, last = asyncio.run(run())
    assert (first, last) == ("blatt.example", "andere.example")


def test_processes_that_take_over_new_feeds_at_once_do_not_hinder_each_other(database_url: str) -> None:
    databases = [open_database(database_url) for _ in range(4)]
    feeds = [(Feed(f"f{n}", f"N{n}", f"http://blatt.example/{n}"), "blatt.example") for n in range(400)]
    with ThreadPoolExecutor(4) as threads:
        # Who read another edition of the file has them in another order.
        came = list(threads.map(sync_configured, databases, [feeds, feeds[::-1]] * 2, [900] * 4))
    assert max(came) == (400, 0)
    assert len(load_feeds(databases[0])) == 400


def test_the_feeds_of_one_host_are_in_one_batch(settings: Settings) -> None:
    database = open_database(settings.database_url)
    configure(settings, **{f"{host}{n}": f"http://{host}.example/{n}" for host in "abcd" for n in range(3)})
    sync_feeds(database, settings)
    hosts = {feed.id: feed.host for feed in load_feeds(database)}

    batches = due_batches(database, settings, 2)

    assert sorted(len(batch) for batch in batches) == [6, 6]
    assert not {hosts[key] for key in batches[0]} & {hosts[key] for key in batches[1]}


def test_feeds_fetched_by_parallel_tasks_never_burden_a_host_more_than_twofold(settings: Settings, site: Site) -> None:
    under_way, most, lock = [0], [0], threading.Lock()

    def slow(_: Asked) -> Answer:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        threading.Event().wait(0.1)
        with lock:
            under_way[0] -= 1
        return Answer(rss(("A", "http://turmbote.example/a")))

    site.routes |= {f"/{n}": slow for n in range(8)}
    configure(settings, **{str(n): f"{site.base}/{n}" for n in range(8)})
    databases = [open_database(settings.database_url) for _ in range(2)]
    sync_feeds(databases[0], settings)
    ids = [feed.id for feed in load_feeds(databases[0])]

    with ThreadPoolExecutor(2) as tasks:
        halves = [ids[:4], ids[4:]]
        summaries = list(
            tasks.map(
                lambda pair: fetch_feeds(pair[0], settings, feed_ids=pair[1]), zip(databases, halves, strict=True)
            )
        )

    assert sum(summary.counts["done"] for summary in summaries) == 8
    assert most[0] == 2
