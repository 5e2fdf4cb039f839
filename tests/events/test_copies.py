"""Near-copies bring an event their publishers, and no second report."""

from processors.database import add_work, claim
from processors.database.articles import insert_article, mark_coded
from processors.events.recoding import recode
from tests.events.reports import MONDAY, article, events, mention, report, resolve


def test_a_copy_that_comes_later_adds_its_publisher_but_counts_as_the_same_text(database):
    first = article("agency", source="first.example")
    report(database, first, mention("leader_call", "RUS,USA", on=0))
    resolve(database)
    copy = article("repeat", 0.2, source="second.example", copy_of="agency")
    with database.transaction() as connection:
        insert_article(connection, copy, copy.id)
        add_work(connection, "resolve", [first.id])
    resolve(database)
    [event] = events(database)
    assert event.sources == ("first.example", "second.example")
    assert event.articles == (first.id, copy.id)
    assert (event.article_count, event.source_count) == (2, 1)
    assert event.version == 2


def test_resolving_once_more_changes_nothing(database):
    first = article("agency")
    report(database, first, mention("leader_call", "RUS,USA", on=0))
    with database.transaction() as connection:
        insert_article(connection, article("repeat", 0.2, copy_of="agency"), "repeat")
    for _ in range(2):
        with database.transaction() as connection:
            add_work(connection, "resolve", [first.id])
        resolve(database)
    [event] = events(database)
    assert (event.version, event.article_count) == (1, 2)


def test_coding_an_article_anew_marks_its_copies_for_the_index_too(database):
    first, copy = article("agency"), article("repeat", 0.2, copy_of="agency")
    report(database, first, mention("leader_call", "RUS,USA", on=0))
    with database.transaction() as connection:
        insert_article(connection, copy, "repeat")
        mark_coded(connection, first.id, "coded", MONDAY)
    resolve(database)
    recode(database, lambda _: [], MONDAY, write=True)
    found = {one.key for one in claim(database, "index", 10)}
    assert {f"article:{first.id}", f"article:{copy.id}"} <= found
