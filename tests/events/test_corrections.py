"""What people correct stays corrected, whatever is coded and resolved later."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from processors.database import Database, claim
from processors.database.articles import mark_coded, update_article
from processors.database.events import load_events
from processors.database.mentions import load_mentions
from processors.errors import EventwireError
from processors.events.corrections import UnknownEvent, hide_event, merge_events, split_event
from processors.events.recoding import recode
from processors.records import Article, Mention, hashed_id
from tests.events.reports import article, events, mention, only, report, resolve


def two_calls(database: Database) -> list[str]:
    report(database, article("monday"), mention("leader_call", "RUS,USA", 0))
    report(database, article("friday", 4), mention("leader_call", "RUS,USA", 4))
    resolve(database)
    return [event.id for event in events(database)]


def read_again(database: Database, name: str, on: float, sides: str = "RUS,USA") -> None:
    """The article is coded once more, with mentions of other ids, and resolved."""
    report(database, article(name, on), mention("aid", "DEU>UKR", on), mention("leader_call", sides, on, topics=("x",)))
    resolve(database)


def test_merged_events_stay_one_over_recoding_and_say_who_merged_them(database: Database) -> None:
    first, second = two_calls(database)
    assert merge_events(database, first, second, "ada") == first
    read_again(database, "monday", 0)
    read_again(database, "friday", 4)
    (event,) = (one for one in events(database) if one.type == "leader_call")
    assert event.id == first
    assert event.article_count == 2
    said = [change for change in event.history if change.kind == "corrected"]
    assert [(change.source, second in change.value) for change in said] == [("ada", True)]


def test_a_new_report_of_a_merged_event_joins_it(database: Database) -> None:
    first, second = two_calls(database)
    merge_events(database, second, first)
    report(database, article("later", 4.2), mention("leader_call", "RUS,USA", 4))
    resolve(database)
    assert only(events(database)).article_count == 3


def test_what_is_split_off_stays_apart_over_recoding(database: Database) -> None:
    for name in ("a", "b", "c"):
        report(database, article(name), mention("attack", "RUS>UKR", 0, sentence=f"Attack {name}."))
    resolve(database)
    whole = only(events(database)).id
    apart, rest = split_event(database, whole, [article("c").id], "ada")
    assert (apart != whole, rest) == (True, whole)
    assert {event.id: event.article_count for event in events(database)} == {whole: 2, apart: 1}
    report(database, article("c"), mention("attack", "RUS>UKR", 0, sentence="Read anew."))
    report(database, article("d", 0.1), mention("attack", "RUS>UKR", 0, sentence="Attack d."))
    resolve(database)
    assert {event.id: event.article_count for event in events(database)} == {whole: 3, apart: 1}


def test_both_ids_are_told_where_the_founding_report_is_split_off(database: Database) -> None:
    for name in ("a", "b", "c"):
        report(database, article(name), mention("attack", "RUS>UKR", 0, sentence=f"Attack {name}."))
    resolve(database)
    whole = only(events(database)).id
    apart, rest = split_event(database, whole, [article("a").id], "ada")
    assert {event.id: event.article_count for event in events(database)} == {apart: 1, rest: 2}


def test_an_event_is_not_merged_with_itself(database: Database) -> None:
    first, second = two_calls(database)
    merge_events(database, second, first)
    for pair in ((first, first), (first, second)):
        with pytest.raises(EventwireError, match="one event already"):
            merge_events(database, *pair)


def test_a_split_names_some_of_the_articles(database: Database) -> None:
    first, _ = two_calls(database)
    for articles in ([article("monday").id], ["unknown"]):
        with pytest.raises(EventwireError, match="some of its articles"):
            split_event(database, first, articles)


def test_a_split_with_an_article_that_reports_something_else_is_refused(database: Database) -> None:
    for name in ("a", "b"):
        report(database, article(name), mention("attack", "RUS>UKR", 0, sentence=f"Attack {name}."))
    resolve(database)
    whole = only(events(database)).id
    with pytest.raises(EventwireError, match="typo"):
        split_event(database, whole, [article("a").id, "typo"])
    assert only(events(database)).article_count == 2


def test_a_hidden_event_is_out_of_sight_until_it_is_shown_again(database: Database) -> None:
    first, second = two_calls(database)
    claim(database, "index", 10)
    hide_event(database, first, "ada")
    assert [event.id for event in events(database)] == [second]
    read_again(database, "monday", 0)
    assert first not in [event.id for event in events(database)]
    with database.reading() as connection:
        (hidden,) = load_events(connection, [first], hidden=True)
    assert hidden.hidden
    # What is hidden is no predecessor either.
    assert [e.days_since_previous for e in events(database) if e.id == second] == [None]
    hide_event(database, first, undo=True)
    assert first in [event.id for event in events(database)]


def test_an_unknown_event_is_told(database: Database) -> None:
    with pytest.raises(UnknownEvent, match="nowhere"):
        hide_event(database, "nowhere")


def coder(found: dict[str, list[Mention]]):
    def code(of) -> list[Mention]:
        named = found[of.id]
        return [replace(one, id=hashed_id(of.id, n, one.type), article_id=of.id) for n, one in enumerate(named)]

    return code


def test_recoding_shows_new_gone_and_different_events_before_it_writes(database: Database) -> None:
    two_calls(database)
    report(database, article("aid", 1), mention("aid", "DEU>UKR", 1))
    resolve(database)
    with database.transaction() as connection:
        for name in ("monday", "friday", "aid"):
            mark_coded(connection, article(name).id, "coded", datetime(2026, 3, 9, tzinfo=UTC))
    code = coder(
        {
            article("monday").id: [mention("leader_call", "RUS,USA", 0, topics=("Ukraine",))],
            article("friday").id: [mention("leader_call", "RUS,USA", 4), mention("threat", "RUS>POL", 4)],
            article("aid").id: [],
        }
    )
    before = events(database)
    for write in (False, False, True):
        result = recode(database, code, datetime(2026, 3, 1, tzinfo=UTC), write=write)
        assert (result.articles, result.written, result.failed) == (3, write, ())
        assert [event.type for event in result.new] == ["threat"]
        assert [event.type for event in result.gone] == ["aid"]
        assert [(one.after.type, one.fields) for one in result.different] == [("leader_call", ("topics",))]
        if not write:
            assert events(database) == before
    assert [event.type for event in events(database)] == ["leader_call", "leader_call", "threat"]
    again = recode(database, code, datetime(2026, 3, 1, tzinfo=UTC))
    assert (again.new, again.gone, again.different) == ((), (), ())


def test_what_the_coder_only_reads_differently_is_no_update_of_the_article(database: Database) -> None:
    of = article("monday")
    report(database, of, mention("leader_call", "RUS,USA", 0))
    resolve(database)
    with database.transaction() as connection:
        mark_coded(connection, of.id, "coded", datetime(2026, 3, 9, tzinfo=UTC))
    code = coder({of.id: [mention("leader_call", "RUS,USA", 0, "negated")]})
    assert recode(database, code, datetime(2026, 3, 1, tzinfo=UTC), write=True).different
    (event,) = events(database)
    assert [change.kind for change in event.history] == ["denied"]


def test_an_article_that_breaks_the_coder_stays_as_it_is(database: Database) -> None:
    two_calls(database)
    with database.transaction() as connection:
        for name in ("monday", "friday"):
            mark_coded(connection, article(name).id, "coded", datetime(2026, 3, 9, tzinfo=UTC))
    code = coder({article("friday").id: [mention("leader_call", "RUS,USA", 4)]})
    before = events(database)
    result = recode(database, code, datetime(2026, 3, 1, tzinfo=UTC), write=True)
    assert [id_ for id_, _ in result.failed] == [article("monday").id]
    assert [event.id for event in events(database)] == [event.id for event in before]


def test_an_article_that_is_changed_while_it_is_coded_again_keeps_what_was_found_since(database: Database) -> None:
    two_calls(database)
    monday = article("monday")
    with database.transaction() as connection:
        for name in ("monday", "friday"):
            mark_coded(connection, article(name).id, "coded", datetime(2026, 3, 9, tzinfo=UTC))

    def code(of: Article) -> list[Mention]:
        if of.id == monday.id:  # the publisher corrects it, and the pipeline is faster
            with database.transaction() as connection:
                update_article(connection, replace(monday, text="Corrected."), "hash 2", 2)
            report(database, monday, mention("threat", "RUS>POL", 0, sentence="Corrected."))
        return coder({of.id: [mention("leader_call", "RUS,USA", 0, topics=("old",))]})(of)

    result = recode(database, code, datetime(2026, 3, 1, tzinfo=UTC), write=True)
    assert (result.articles, result.failed) == (1, ())
    with database.reading() as connection:
        assert [one.sentence for one in load_mentions(connection, [monday.id])] == ["Corrected."]


def test_who_merged_events_is_said_by_the_one_that_is_left_whichever_was_named_first(database: Database) -> None:
    first, second = two_calls(database)
    assert merge_events(database, second, first, "ada") == first
    said = [change for change in only(events(database)).history if change.kind == "corrected"]
    assert [(change.source, first in change.value and second in change.value) for change in said] == [("ada", True)]
