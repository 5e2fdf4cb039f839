"""Mentions are replaced by a new coding without losing what resolution needs of the old one."""

from dataclasses import replace
from datetime import date, timedelta

from processors.database import Database
from processors.database.mentions import load_mentions, reported_at
from processors.database.stored_mentions import changed_mentions
from tests.events.reports import MONDAY, article, mention, report, resolve


def states(database: Database, of) -> list[tuple[str, str]]:
    with database.reading() as connection:
        found = changed_mentions(connection, [of.id])
    return sorted((one.state, one.mention.type) for one in found)


def test_mentions_come_back_as_they_were_stored(database: Database) -> None:
    of = article("one")
    full = mention(
        "aid", "DEU,FRA>UKR", 1, "planned", persons=("Ada Lovelace",), topics=("energy",), attribution="Kreml",
        place="Köln", spans=((0, 4), (9, 12)), confidence=0.75, goldstein=-1.5, plover="AID", cameo="071", rule="de-1",
    )  # fmt: skip
    report(database, of, full)
    with database.reading() as connection:
        (found,) = load_mentions(connection, [of.id])
    assert replace(found, id="", article_id="") == full


def test_a_replaced_mention_waits_as_gone_until_it_is_resolved(database: Database) -> None:
    of = article("one")
    report(database, of, mention("aid", "DEU>UKR", 0))
    resolve(database)
    assert states(database, of) == []
    report(database, of, mention("threat", "RUS>UKR", 0))
    assert states(database, of) == [("gone", "aid"), ("new", "threat")]
    with database.reading() as connection:
        assert [one.type for one in load_mentions(connection, [of.id])] == ["threat"]
    resolve(database)
    assert states(database, of) == []


def test_what_was_never_resolved_is_replaced_without_a_trace(database: Database) -> None:
    of = article("one")
    report(database, of, mention("aid", "DEU>UKR", 0))
    report(database, of, mention("threat", "RUS>UKR", 0))
    assert states(database, of) == [("new", "threat")]


def test_storing_the_same_mentions_again_changes_nothing(database: Database) -> None:
    of = article("one")
    report(database, of, mention("aid", "DEU>UKR", 0))
    resolve(database)
    report(database, of, mention("aid", "DEU>UKR", 0))
    assert states(database, of) == []


def test_a_misread_year_does_not_break_the_database(database: Database) -> None:
    of = article("one")
    report(database, of, replace(mention("aid", "DEU>UKR", 0), event_date=date(1, 1, 1)))
    resolve(database)
    assert states(database, of) == []


def test_a_date_ahead_of_its_fetching_is_not_believed() -> None:
    of = article("one")
    wrong = replace(of, published_at=MONDAY + timedelta(days=3000))
    assert reported_at(wrong) == of.fetched_at
