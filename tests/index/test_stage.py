"""From the database into the index, and back out of it."""

import os
import resource
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from processors.database import Database, add_work, claim, now, parked, pending
from processors.database.tables import events as events_table
from processors.database.tables import work
from processors.errors import IndexUnavailable
from processors.index import index_documents, open_index, rebuild_index
from processors.settings import ROOT
from tests.index.records import article, differing, event, store_articles, store_events


@pytest.fixture
def embedded(tmp_path):
    opened = open_index(f"tantivy://{tmp_path / 'index'}")
    yield opened
    opened.close()


def test_what_is_pending_reaches_the_index_and_is_done(database: Database, embedded) -> None:
    made = [event(number) for number in range(30)]
    store_events(database, made)
    store_articles(database, [article(number) for number in range(30)])
    summary = index_documents(database, embedded)
    assert summary.counts == {"done": 60, "failed": 0}
    assert pending(database) == {}
    assert differing(database, embedded, "events", [one.id for one in made]) == set()
    assert embedded.count("articles") == 30
    assert index_documents(database, embedded).counts == {"done": 0, "failed": 0}


def test_a_limit_is_kept(database: Database, embedded) -> None:
    store_events(database, [event(number) for number in range(5)])
    assert index_documents(database, embedded, limit=2).counts["done"] == 2
    assert pending(database) == {"index": 3}


def test_a_changed_event_is_changed_in_the_index(database: Database, embedded) -> None:
    store_events(database, [event(1)])
    index_documents(database, embedded)
    store_events(database, [event(1, status="historical", source_count=4)])
    index_documents(database, embedded)
    assert embedded.search("events", "status:historical AND source_count:4").total == 1
    assert embedded.count("events") == 1


def test_hidden_merged_and_deleted_ones_leave_the_index(database: Database, embedded) -> None:
    store_events(database, [event(1), event(2), event(3)])
    index_documents(database, embedded)
    with database.transaction() as connection:
        connection.execute(update(events_table).where(events_table.c.id == event(1).id).values(hidden=True))
        connection.execute(update(events_table).where(events_table.c.id == event(2).id).values(merged_into=event(3).id))
        add_work(connection, "index", [f"event:{event(n).id}" for n in (1, 2, 3)] + ["event:neverseen", "article:gone"])
    assert index_documents(database, embedded).counts == {"done": 5, "failed": 0}
    assert [hit.id for hit in embedded.search("events", "*:*").hits] == [event(3).id]


def test_a_refused_document_is_parked_with_the_reason_and_the_others_are_done(database: Database, embedded) -> None:
    store_events(database, [event(1), event(2, article_count=2**40), event(3)])
    summary = index_documents(database, embedded)
    assert summary.counts == {"done": 2, "failed": 1}
    assert "article_count" in summary.problems[0]
    [stuck] = parked(database, "index")
    assert stuck.key == f"event:{event(2).id}"
    assert "article_count" in stuck.error


def test_an_index_that_is_away_costs_nothing_but_delay(database: Database, embedded) -> None:
    store_events(database, [event(number) for number in range(3)])
    away = open_index("http://127.0.0.1:9")
    for _ in range(4):
        with pytest.raises(IndexUnavailable, match="does not answer"):
            away.count("events")
        with pytest.raises(IndexUnavailable):
            index_documents(database, _Away(away))
    assert pending(database) == {"index": 3}
    assert parked(database) == []
    assert index_documents(database, embedded).counts == {"done": 3, "failed": 0}


def test_a_full_disk_costs_nothing_but_delay(database: Database, embedded) -> None:
    store_events(database, [event(number) for number in range(3)])
    for _ in range(4):
        with pytest.raises(IndexUnavailable):
            index_documents(database, _OnAFullDisk(embedded))
    assert pending(database) == {"index": 3}
    assert parked(database) == []
    assert index_documents(database, embedded).counts == {"done": 3, "failed": 0}


class _OnAFullDisk:
    """The real index, whose files cannot grow."""

    def __init__(self, index) -> None:
        self.index = index

    def upsert(self, kind, documents):
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, limits[1]))
        try:
            return self.index.upsert(kind, documents)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


class _Away:
    """The real index at an address where nobody listens, without the pauses between its tries."""

    def __init__(self, index) -> None:
        self.index = index

    def upsert(self, kind, documents):
        self.index.count(kind)

    delete = upsert

    def refresh(self) -> None:
        self.index.refresh()


def test_the_index_is_rebuilt_from_the_database(database: Database, embedded) -> None:
    made = [event(number) for number in range(1200)]
    store_events(database, made)
    store_articles(database, [article(number) for number in range(700)])
    assert rebuild_index(database, embedded, "events").count == 1200
    assert rebuild_index(database, embedded, "articles").count == 700
    assert differing(database, embedded, "events", [one.id for one in made]) == set()
    assert embedded.count("articles") == 700


def test_letters_that_were_stored_apart_are_found_as_queries_write_them(database: Database, embedded) -> None:
    apart = "Mu\u0308nchen"  # a letter and its mark, as older versions stored it
    address = f"https://elbkurier.example/{apart}"
    store_articles(database, [article(1, text=f"Treffen in {apart}.", source=f"{apart}.example", url=address)])
    store_events(database, [event(1, place=apart, topics=(apart,), title=f"Gespräch in {apart}")])
    for kind, query in (
        ("articles", "text:München AND source:München.example"),
        ("events", "title:Münch* AND place:München AND topics:München"),
    ):
        rebuild_index(database, embedded, kind)
        assert embedded.search(kind, query).total == 1, query
    assert embedded.search("articles", f'url:"{address}"').total == 1


def test_what_changes_during_a_rebuild_is_in_the_new_index_in_the_end(database: Database, embedded) -> None:
    store_events(database, [event(number) for number in range(10)])
    index_documents(database, embedded)
    seen = []

    class Watching:
        """The index, with an event changing and being indexed after the rebuild has read the old state."""

        def rebuild(self, kind, documents):
            read = list(documents)
            store_events(database, [event(1, status="negated")])
            seen.append(index_documents(database, embedded).counts["done"])
            return embedded.rebuild(kind, read)

    rebuild_index(database, Watching(), "events")
    assert seen == [1]
    assert embedded.search("events", "status:negated").total == 0
    _make_due(database)
    assert index_documents(database, embedded).counts["done"] == 1
    assert embedded.search("events", "status:negated").total == 1
    assert pending(database) == {}


def test_a_rebuild_that_ends_while_work_is_written_is_no_reason_to_lose_it(database: Database, embedded) -> None:
    store_events(database, [event(number) for number in range(10)])
    index_documents(database, embedded)
    has_read, may_end = threading.Event(), threading.Event()

    class Slow:
        """The index, whose rebuild has read everything and takes its time to write it."""

        def rebuild(self, kind, documents):
            read = list(documents)
            has_read.set()
            may_end.wait(60)
            return embedded.rebuild(kind, read)

    rebuild = threading.Thread(target=rebuild_index, args=(database, Slow(), "events"))

    class Overtaken:
        """The index, with the rebuild ending after documents were written to the one before."""

        def upsert(self, kind, documents):
            return embedded.upsert(kind, documents)

        def refresh(self) -> None:
            may_end.set()
            rebuild.join(60)

    rebuild.start()
    assert has_read.wait(60)
    store_events(database, [event(1, status="negated")])
    index_documents(database, Overtaken())
    assert embedded.search("events", "status:negated").total == 0
    _make_due(database)
    index_documents(database, embedded)
    assert embedded.search("events", "status:negated").total == 1
    assert pending(database) == {}


def test_a_rebuild_of_the_other_kind_that_ends_meanwhile_loses_no_change(database: Database, embedded) -> None:
    store_events(database, [event(number) for number in range(10)])
    index_documents(database, embedded)

    class Meanwhile:
        """The index, with the articles rebuilt and an event changed after the rebuild has read its old state."""

        def rebuild(self, kind, documents):
            read = list(documents)
            rebuild_index(database, embedded, "articles")
            store_events(database, [event(1, status="negated")])
            index_documents(database, embedded)
            return embedded.rebuild(kind, read)

    rebuild_index(database, Meanwhile(), "events")
    _make_due(database)
    index_documents(database, embedded)
    assert embedded.search("events", "status:negated").total == 1


def test_the_word_of_a_rebuild_that_was_killed_does_not_hold_for_ever(
    database: Database, embedded, monkeypatch
) -> None:
    store_events(database, [event(1)])
    monkeypatch.setattr("processors.index.stage._REBUILD_LEASE", timedelta(0))

    class Killed:
        def rebuild(self, kind, documents):
            assert index_documents(database, embedded).counts["done"] == 1
            return embedded.rebuild(kind, documents)

    rebuild_index(database, Killed(), "events")
    assert pending(database) == {}


def _make_due(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(update(work).values(not_before=now()))


_INDEXING = """
import sys
from processors.database import open_database
from processors.index import index_documents, open_index
database, index = open_database(sys.argv[1]), open_index(sys.argv[2])
while index_documents(database, index, limit=20).counts["done"]:
    pass
"""


def _indexing(database: Database, url: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _INDEXING, database.url, url]
    return subprocess.Popen(command, env=os.environ | environment, cwd=ROOT)


@pytest.mark.parametrize("point", ["index.after-write:3", "index.before-store:2", "index.after-store:2"])
def test_a_killed_writer_loses_and_repeats_nothing(tmp_path, point: str) -> None:
    from processors.database import open_database

    database, url = open_database(f"sqlite:///{tmp_path / 'one.sqlite'}"), f"tantivy://{tmp_path / 'index'}"
    made = [event(number) for number in range(100)]
    store_events(database, made)
    killed = _indexing(database, url, EVENTWIRE_TEST_FAILPOINT=point)
    assert killed.wait(60) == -signal.SIGKILL
    assert _indexing(database, url).wait(60) == 0
    index = open_index(url)
    assert differing(database, index, "events", [one.id for one in made]) == set()
    assert index.count("events") == 100
    assert pending(database) == {}


def test_two_writers_wait_for_each_other(tmp_path) -> None:
    from processors.database import open_database

    database, url = open_database(f"sqlite:///{tmp_path / 'one.sqlite'}"), f"tantivy://{tmp_path / 'index'}"
    made = [event(number) for number in range(400)]
    store_events(database, made)
    both = [_indexing(database, url) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert differing(database, open_index(url), "events", [one.id for one in made]) == set()
    assert claim(database, "index", 10) == []
