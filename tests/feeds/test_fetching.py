import asyncio
import gzip
import os
import random
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace

import pytest

from processors.database import Database, add_work, claim, open_database, pending
from processors.database.feeds import load_feeds, save_feed
from processors.feeds import due_batches, fetch_feeds, sync_feeds
from processors.feeds.checking import check_feeds
from processors.feeds.fetching import fetch_all
from processors.feeds.polling import is_unconditional
from processors.settings import ROOT, Settings
from tests.feeds.conftest import configure
from tests.feeds.writing import rss
from tests.fetch.serving import Answer, Asked, Site, interrupting, serve_raw

GOOD = rss(("Brücke gesperrt", "http://turmbote.example/bruecke"), ("Rat tagt", "http://turmbote.example/rat"))


def ask_again(database: Database) -> None:
    with database.transaction() as connection:
        add_work(connection, "fetch", [feed.id for feed in load_feeds(database)])


def test_entries_of_a_feed_become_work_for_the_reader(database: Database, settings: Settings, site: Site) -> None:
    site.routes["/rss"] = Answer(GOOD, headers={"Content-Type": "application/rss+xml"})
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)

    summary = fetch_feeds(database, settings)

    assert summary.counts["new"] == 2
    assert pending(database)["read"] == 2
    assert load_feeds(database)[0].state == "ok"


def test_a_feed_that_was_asked_is_not_due_again_at_once(database: Database, settings: Settings, site: Site) -> None:
    site.routes["/rss"] = Answer(GOOD)
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    fetch_feeds(database, settings)

    assert fetch_feeds(database, settings).counts == {"done": 0, "failed": 0}
    assert due_batches(database, settings, 4) == []


def test_the_second_request_is_conditional_and_a_304_changes_nothing(
    database: Database, settings: Settings, site: Site
) -> None:
    def feed(request: Asked) -> Answer:
        if request.headers.get("if-none-match") == '"1"':
            return Answer(status=304, headers={"ETag": '"1"'})
        return Answer(GOOD, headers={"ETag": '"1"', "Last-Modified": "Mon, 10 Nov 2025 08:00:00 GMT"})

    site.routes["/rss"] = feed
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    fetch_feeds(database, settings)
    ask_again(database)

    again = fetch_feeds(database, settings)

    assert again.counts["new"] == 0
    assert pending(database)["read"] == 2
    assert load_feeds(database)[0].entries == 2


def test_ten_bad_feeds_each_show_their_own_reason_and_hold_up_nobody(
    database: Database, settings: Settings, site: Site
) -> None:
    def stay_silent(connection: object) -> None:
        import time

        time.sleep(10)

    def fifty_megabytes(connection) -> None:  # type: ignore[no-untyped-def]
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n")
        for _ in range(50):
            connection.sendall(b" " * 1_000_000)

    site.routes |= {
        "/good": Answer(GOOD),
        "/gone": Answer(status=410),
        "/forbidden": Answer(status=403),
        "/busy": Answer(status=500),
        "/html": Answer(b"<!doctype html><html><body>Willkommen</body></html>", headers={"Content-Type": "text/html"}),
        "/garbage": Answer(bytes(range(1, 255)) * 20),
        "/empty": Answer(b""),
        "/loop": Answer(status=302, headers={"Location": "/loop"}),
        "/bomb": Answer(gzip.compress(b" " * 60_000_000), headers={"Content-Encoding": "gzip"}),
    }
    names = ["good", "gone", "forbidden", "busy", "html", "garbage", "empty", "loop", "bomb", "missing"]
    with serve_raw(stay_silent) as silent, serve_raw(fifty_megabytes) as huge:
        addresses = {name: f"{site.base}/{name}" for name in names} | {"silent": silent, "huge": huge}
        configure(settings, **addresses)
        sync_feeds(database, settings)
        summary = fetch_feeds(database, settings)

    reasons = {feed.name: feed.error_reason for feed in load_feeds(database)}
    assert reasons == {
        "good": None,
        "gone": "gone",
        "forbidden": "forbidden",
        "busy": "server_error",
        "html": "html",
        "garbage": "not_a_feed",
        "empty": "empty",
        "loop": "redirects",
        "bomb": "bomb",
        "missing": "not_found",
        "silent": "timeout",
        "huge": "too_large",
    }
    assert summary.counts["new"] == 2
    assert (summary.counts["done"], summary.counts["failed"]) == (1, 11)
    assert len(summary.problems) == 11


def test_a_feed_that_leaves_the_configuration_is_kept_but_not_asked(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/rss"] = Answer(GOOD)
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    fetch_feeds(database, settings)
    configure(settings)

    sync_feeds(database, settings)

    assert load_feeds(database) == []
    assert load_feeds(database, inactive=True)[0].entries == 2
    assert "fetch" not in pending(database)


def test_changed_text_is_read_again_and_the_first_sight_is_kept(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/rss"] = Answer(GOOD)
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    fetch_feeds(database, settings)
    site.routes["/rss"] = Answer(GOOD.replace(b"Rat tagt", "Rat tagt länger".encode()))
    ask_again(database)

    summary = fetch_feeds(database, settings)

    assert (summary.counts["new"], summary.counts["changed"]) == (0, 1)


def test_a_server_that_knows_no_conditions_is_recognised_by_the_body(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/rss"] = Answer(GOOD)
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    fetch_feeds(database, settings)
    ask_again(database)

    assert fetch_feeds(database, settings).counts["new"] == 0
    assert pending(database)["read"] == 2


def test_a_server_that_answers_304_for_ever_is_found_out_by_a_request_without_conditions(
    database: Database, settings: Settings, site: Site
) -> None:
    document = [GOOD]

    def stuck(request: Asked) -> Answer:
        return Answer(status=304) if "if-none-match" in request.headers else Answer(document[0], headers={"ETag": "1"})

    site.routes["/rss"] = stuck
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    fetch_feeds(database, settings)
    document[0] = rss(("Neues", "http://turmbote.example/neu"))

    (fresh,) = check_feeds(database, settings)

    assert (fresh.new, fresh.feed.entries) == (1, 3)


def test_one_request_in_a_hundred_is_without_conditions() -> None:
    dice = random.Random(5)
    asked = [is_unconditional(dice) for _ in range(20_000)]
    assert 150 <= sum(asked) <= 250


def test_a_document_that_brings_the_parser_to_its_knees_harms_nobody_else(
    database: Database, settings: Settings, site: Site
) -> None:
    deep = b"<rss version='2.0'><channel>" + b"<item>" * 50_000
    site.routes["/deep"] = Answer(deep)
    site.routes["/good"] = Answer(GOOD)
    configure(settings, deep=f"{site.base}/deep", good=f"{site.base}/good")
    sync_feeds(database, settings)

    summary = fetch_feeds(database, settings)

    assert summary.counts["new"] >= 2
    assert {feed.name: feed.state for feed in load_feeds(database)}["good"] == "ok"


def test_json_feed_and_permanent_redirects_go_all_the_way(database: Database, settings: Settings, site: Site) -> None:
    items = '[{"id": "1", "title": "Eins", "url": "http://turmbote.example/1", "content_text": "Text"}]'
    site.routes["/alt"] = Answer(status=301, headers={"Location": "/neu.json"})
    site.routes["/neu.json"] = Answer(f'{{"title": "T", "items": {items}}}'.encode())
    configure(settings, Turmbote=f"{site.base}/alt")
    sync_feeds(database, settings)
    for _ in range(3):
        fetch_feeds(database, settings)
        ask_again(database)

    (feed,) = load_feeds(database)
    assert (feed.url, feed.configured_url, feed.state) == (f"{site.base}/neu.json", f"{site.base}/alt", "moved")
    assert feed.entries == 1


def test_a_pass_that_is_interrupted_gives_its_feeds_back_without_an_attempt(
    database: Database, settings: Settings, site: Site
) -> None:
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)

    with interrupting(Answer(GOOD)) as site.routes["/rss"], pytest.raises(KeyboardInterrupt):
        fetch_feeds(database, settings)

    assert [one.attempts for one in claim(database, "fetch", 5)] == [1]


def test_a_feed_that_comes_back_to_the_configuration_is_asked_where_it_says(
    database: Database, settings: Settings, site: Site
) -> None:
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    with database.transaction() as connection:
        moved = replace(load_feeds(database)[0], url="http://neu.example/rss", host="neu.example", etag='"1"')
        save_feed(connection, moved)
    configure(settings)
    sync_feeds(database, settings)
    configure(settings, Turmbote=f"{site.base}/rss")

    sync_feeds(database, settings)

    (feed,) = load_feeds(database)
    assert (feed.url, feed.host, feed.etag) == (f"{site.base}/rss", site.base.removeprefix("http://"), None)


def test_an_error_of_this_program_is_logged_without_the_passwords_of_addresses(
    database: Database, settings: Settings, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.routes |= {"/a": Answer(GOOD), "/b": Answer(GOOD)}
    base = site.base.replace("://", "://leser:geheim@")
    configure(settings, a=f"{base}/a", b=f"{base}/b")
    sync_feeds(database, settings)
    with database.transaction() as connection:
        for feed in load_feeds(database):
            save_feed(connection, replace(feed, polling={"not": "what it should be"}))

    summary = fetch_feeds(database, settings)

    assert summary.counts["failed"] == 2
    assert {feed.error_reason for feed in load_feeds(database)} == {"internal"}
    assert "leser:***@" in caplog.text
    assert "geheim" not in caplog.text


def test_what_another_process_learned_of_a_feed_meanwhile_is_kept(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/rss"] = Answer(GOOD)
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    before = load_feeds(database)
    check_feeds(database, settings)
    (known,) = load_feeds(database)

    (found,) = asyncio.run(fetch_all(database, settings, [(feed, None) for feed in before], conditional=False))

    (feed,) = load_feeds(database)
    assert (found.new, found.changed, feed.entries) == (0, 0, 2)
    assert feed.polling["fast"] == pytest.approx(known.polling["fast"], rel=0.01)


def test_a_feed_that_is_named_twice_is_counted_once(database: Database, settings: Settings, site: Site) -> None:
    site.routes["/rss"] = Answer(GOOD)
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    check_feeds(database, settings, ["turmbote", f"{site.base}/rss"])
    assert load_feeds(database)[0].entries == 2


def test_a_feed_that_left_the_configuration_while_it_was_asked_is_not_due_again(
    database: Database, settings: Settings, site: Site
) -> None:
    def leaving(_: Asked) -> Answer:
        configure(settings)
        sync_feeds(database, settings)
        return Answer(GOOD)

    site.routes["/rss"] = leaving
    configure(settings, Turmbote=f"{site.base}/rss")
    sync_feeds(database, settings)
    assert fetch_feeds(database, settings).counts["new"] == 2
    assert pending(database) == {"read": 2}


def test_two_processes_that_ask_a_feed_at_once_both_find_it_well(
    database_url: str, settings: Settings, site: Site
) -> None:
    both = threading.Barrier(2, timeout=60)
    many = rss(*((f"Meldung {n}", f"http://turmbote.example/{n}") for n in range(500)))

    def feed(_: Asked) -> Answer:
        with suppress(threading.BrokenBarrierError):
            both.wait()
        return Answer(many)

    site.routes["/rss"] = feed
    configure(settings, Turmbote=f"{site.base}/rss")
    places = {"DATABASE_URL": database_url, "CONFIG_DIR": settings.config_dir, "VAR_DIR": settings.var_dir}
    limits = {"ALLOW_PRIVATE_ADDRESSES": "1", "FETCH__TIMEOUT": "60"}
    environment = {f"EVENTWIRE_{name}": str(value) for name, value in (places | limits).items()}
    database = open_database(database_url)
    sync_feeds(database, settings)
    command = [sys.executable, "-m", "processors", "feeds", "check"]

    processes = [subprocess.Popen(command, cwd=ROOT, env=os.environ | environment) for _ in range(2)]

    assert [process.wait(120) for process in processes] == [0, 0]
    (found,) = load_feeds(database)
    assert (found.state, found.error_reason, found.entries) == ("ok", None, 500)
    assert pending(database)["read"] == 500
