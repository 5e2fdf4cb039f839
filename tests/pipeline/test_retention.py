"""What outlives its keeping time goes, and nothing that people still look at goes with it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from processors.database import add_work, now, parked, pending
from processors.database.articles import insert_article, load_articles, store_bands
from processors.database.entries import insert_entries, load_entries
from processors.database.events import load_events
from processors.database.mentions import store_mentions
from processors.database.overview import event_ids
from processors.database.retention import apply_retention
from processors.database.tables import entries, events, feeds, fingerprints, hits, hosts, mails, mentions, work
from processors.errors import IndexUnavailable
from processors.events import resolve_events
from processors.pipeline import Pipeline
from processors.records import Article, Entry, Mention, hashed_id
from processors.settings import RetentionSettings, Settings

TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
SENTENCE = "Außenministerin Lind empfing ihren estnischen Kollegen in Helsinki."


def article(number: int, days_old: int, at: datetime = TODAY) -> Article:
    fetched = at - timedelta(days=days_old)
    return Article(
        id=hashed_id("article", number),
        url=f"https://news.example/{number}",
        source="news.example",
        feed="News",
        language="de",
        country="DE",
        published_at=fetched,
        fetched_at=fetched,
        title=f"Treffen in Helsinki ({number})",
        summary="",
        text=SENTENCE,
    )


def meeting(of: Article) -> Mention:
    return Mention(
        id=hashed_id("mention", of.id),
        article_id=of.id,
        type="leader_meeting",
        status="occurred",
        actors=("EST", "FIN"),
        recipients=(),
        trigger="empfing",
        sentence=SENTENCE,
        spans=((40, 47),),
        event_date=of.day,
        date_precision="day",
    )


def entry(of: Article, feed: str) -> Entry:
    seen = of.fetched_at
    return Entry(
        hashed_id("entry", of.id), feed, of.url, of.url, of.title, "Kurz", "Lang " * 50, None, "de", seen, seen
    )


@pytest.fixture
def store(database):
    """Stores articles with an entry, a mention and fingerprints each, and resolves them into events."""

    def run(*stored: Article) -> None:
        with database.transaction() as connection:
            feed = hashed_id("feed")
            connection.execute(
                insert(feeds).values(id=feed, name="News", url="u", configured_url="u", host="news.example")
            )
            insert_entries(connection, [(entry(one, feed), "hash") for one in stored])
            for one in stored:
                insert_article(connection, one, one.id)
                store_bands(connection, one, [f"band {one.id}"])
                store_mentions(connection, one, [meeting(one)])
            add_work(connection, "resolve", [one.id for one in stored])
        assert resolve_events(database, Settings()).counts["failed"] == 0

    return run


@pytest.fixture
def retain(database):
    def run(**days: int) -> dict[str, int]:
        with database.transaction() as connection:
            return apply_retention(connection, RetentionSettings(**days), TODAY)

    return run


def stored(database, ids):
    with database.reading() as connection:
        return {found.id for found in load_articles(connection, ids)}


def count(database, table) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_by_default_articles_and_events_are_kept_for_ever(database, store, retain):
    old = article(1, days_old=5000)
    store(old)
    retain()
    assert stored(database, [old.id]) == {old.id}
    assert count(database, mentions) == count(database, events) == 1


def test_an_old_entry_is_emptied_but_still_known_so_that_no_feed_brings_it_back(database, store, retain):
    old, new = article(1, days_old=91), article(2, days_old=89)
    store(old, new)
    assert retain()["entries_emptied"] == 1
    ids = [hashed_id("entry", old.id), hashed_id("entry", new.id)]
    with database.reading() as connection:
        found = load_entries(connection, ids)
    assert [found[key].content is None for key in ids] == [True, False]
    assert found[ids[0]].summary == ""
    assert found[ids[0]].title == old.title
    assert retain()["entries_emptied"] == 0


def test_an_entry_that_has_but_a_summary_is_emptied_too(database, store, retain):
    old = article(1, days_old=91)
    store(old)
    with database.transaction() as connection:
        connection.execute(update(entries).values(content=None))
    assert retain()["entries_emptied"] == 1
    with database.reading() as connection:
        assert load_entries(connection, [hashed_id("entry", old.id)])[hashed_id("entry", old.id)].summary == ""
    assert retain()["entries_emptied"] == 0


def test_an_old_article_goes_with_its_mentions_and_its_waiting_work(database, store, retain):
    old, new = article(1, days_old=61), article(2, days_old=59)
    store(old, new)
    with database.transaction() as connection:
        add_work(connection, "code", [old.id, new.id])
    assert retain(articles=60)["articles"] == 1
    assert stored(database, [old.id, new.id]) == {new.id}
    assert count(database, mentions) == 1
    assert pending(database)["code"] == 1


def test_the_event_of_an_old_article_stays_with_its_evidence(database, store, retain):
    store(article(1, days_old=61))
    retain(articles=60)
    with database.reading() as connection:
        (event,) = load_events(connection, event_ids(database))
    assert event.sentence == SENTENCE
    assert event.articles == (hashed_id("article", 1),)
    assert event.article_count == 1


def test_fingerprints_are_kept_as_long_as_near_copies_are_looked_for(database, store, retain):
    store(article(1, days_old=31), article(2, days_old=29))
    assert retain()["fingerprints"] == 1
    assert count(database, fingerprints) == 1


def test_a_host_goes_when_nobody_asked_it_for_a_month_and_its_robots_txt_after_a_day(database, retain):
    def host(name: str, asked: float, robots: float | None) -> dict[str, object]:
        read = None if robots is None else TODAY - timedelta(days=robots)
        text = None if robots is None else "User-agent: *"
        times = {"next_allowed_at": TODAY - timedelta(days=asked), "robots_at": read}
        return {"host": name, "gap": 2.0, "busy": {}, "robots": text} | times

    rows = [host("left", 31, 31), host("feed only", 31, None), host("quiet", 29, 29), host("busy", 0.1, 0.9)]
    with database.transaction() as connection:
        connection.execute(insert(hosts), rows)
    assert retain()["hosts"] == 2
    with database.reading() as connection:
        left = connection.execute(select(hosts.c.host, hosts.c.gap, hosts.c.robots, hosts.c.robots_at)).all()
    assert sorted(tuple(row)[:3] for row in left) == [("busy", 2.0, "User-agent: *"), ("quiet", 2.0, None)]
    assert {row.host for row in left if row.robots_at} == {"busy"}


def test_work_that_was_given_up_goes_with_its_entry_or_article(database, store, retain):
    old, new = article(1, days_old=91), article(2, days_old=89)
    store(old, new)
    read = [hashed_id("entry", one.id) for one in (old, new)]
    documents = [f"article:{one.id}" for one in (old, new)]
    with database.transaction() as connection:
        connection.execute(work.delete())
        add_work(connection, "read", [*read, "waiting"])
        for stage in ("index", "match"):
            add_work(connection, stage, documents)
        connection.execute(update(work).where(work.c.key != "waiting").values(parked=True))
    retain()
    assert {(one.stage, one.key) for one in parked(database)} == {
        ("read", read[1]), *((stage, key) for stage in ("index", "match") for key in documents)
    }  # fmt: skip
    retain(articles=90)
    assert {(one.stage, one.key) for one in parked(database)} == {
        ("read", read[1]), *((stage, documents[1]) for stage in ("index", "match"))
    }  # fmt: skip
    assert pending(database) == {"read": 1}


def test_a_host_that_is_being_asked_does_not_hold_up_the_retention(database, retain):
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    with database.transaction() as connection:
        rows = [{"host": name, "gap": 0.0, "busy": {}, "next_allowed_at": TODAY - timedelta(days=99)} for name in "ab"]
        connection.execute(insert(hosts), rows)
    with database.transaction() as connection:
        connection.execute(select(hosts.c.host).where(hosts.c.host == "b").with_for_update())
        assert retain()["hosts"] == 1


def mail(name: str, created: datetime, sent: datetime | None) -> dict[str, object]:
    return {
        "id": hashed_id("mail", name),
        "message_id": name,
        "rule": "r",
        "recipient": "ann@example.org",
        "kind": "event",
        "subject": "s",
        "body": "b",
        "data": {},
        "state": "sent" if sent else "pending",
        "created_at": created,
        "sent_at": sent,
    }


def test_sent_mails_and_their_hits_go_after_a_year_and_unsent_ones_stay(database, retain):
    old, recent = TODAY - timedelta(days=366), TODAY - timedelta(days=364)
    rows = [mail("old", old, old), mail("recent", recent, recent), mail("never sent", old, None)]
    hit = {"rule": "r", "kind": "event", "document_id": "d", "version": 1, "reason": "new", "data": {}}
    with database.transaction() as connection:
        connection.execute(insert(mails), rows)
        connection.execute(insert(hits), [{**hit, "id": f"hit {at:%Y%m%d}", "created_at": at} for at in (old, recent)])
    counts = retain()
    assert (counts["mails"], counts["hits"]) == (1, 1)
    with database.reading() as connection:
        assert set(connection.execute(select(mails.c.message_id)).scalars()) == {"recent", "never sent"}


@pytest.mark.parametrize("setting", ["entries", "mails", "articles"])
def test_zero_keeps_for_ever(database, store, retain, setting):
    store(article(1, days_old=5000))
    with database.transaction() as connection:
        long_ago = TODAY - timedelta(days=5000)
        connection.execute(insert(mails), [mail("old", long_ago, long_ago)])
    counts = retain(**{"entries": 90, "mails": 365, "articles": 60} | {setting: 0})
    assert counts.get("entries_emptied" if setting == "entries" else setting, 0) == 0


def test_maintenance_takes_old_articles_out_of_the_index_and_leaves_events_there(database, store, tmp_path):
    old, new = article(1, 61, at=now()), article(2, 1, at=now())
    store(old, new)
    settings = Settings(var_dir=tmp_path, retention=RetentionSettings(articles=60)).with_defaults()
    pipeline = Pipeline(settings, database)
    with database.transaction() as connection:
        add_work(connection, "index", [f"article:{old.id}", f"article:{new.id}"])
    pipeline.index()
    assert (pipeline.search_index.count("articles"), pipeline.search_index.count("events")) == (2, 2)
    assert pipeline.maintain()["indexed_articles"] == 1
    pipeline.search_index.refresh()
    assert (pipeline.search_index.count("articles"), pipeline.search_index.count("events")) == (1, 2)
    assert stored(database, [old.id, new.id]) == {new.id}


def test_an_index_that_is_set_up_wrong_does_not_hold_up_the_database_either(database, store, tmp_path):
    store(article(1, 61, at=now()))
    keep = RetentionSettings(articles=60)
    wrong = Settings(var_dir=tmp_path, retention=keep, index_url="ftp://es.example").with_defaults()
    assert Pipeline(wrong, database).maintain()["articles"] == 1


def test_an_index_that_may_not_be_written_is_a_problem_told_and_matching_and_mails_go_on(database, store, tmp_path):
    store(article(1, 0, at=now()))
    settings = Settings(var_dir=tmp_path, config_dir=tmp_path).with_defaults()
    (tmp_path / "index" / "writer.lock").mkdir(parents=True)
    pipeline = Pipeline(settings, database)
    summaries = {one.stage: one for one in [pipeline.run(stage) for stage in ("index", "match", "send")]}
    (problem,) = summaries["index"].problems
    assert "writer.lock: Is a directory; the backlog waits in the database" in problem
    assert summaries["match"].counts["done"] > 0


def test_an_index_that_is_away_does_not_hold_up_the_database(database, store, tmp_path):
    old = article(1, 61, at=now())
    store(old)
    keep = RetentionSettings(articles=60)
    away = Settings(var_dir=tmp_path, retention=keep, index_url="http://127.0.0.1:9").with_defaults()
    pipeline = Pipeline(away, database)
    with pytest.raises(IndexUnavailable):
        pipeline.search_index.count("articles")
    assert pipeline.maintain()["articles"] == 1
    assert stored(database, [old.id]) == set()
