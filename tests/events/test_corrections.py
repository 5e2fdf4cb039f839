"""What people correct stays corrected, whatever is coded and resolved later."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from processors.database import Database, claim, finish
from processors.database.articles import mark_coded, update_article
from processors.database.corrections import load_corrections
from processors.database.events import current_id, load_events, lock_resolver
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


def test_events_of_different_types_are_not_merged(database: Database) -> None:
    report(database, article("a"), mention("attack", "RUS>UKR", 0))
    report(database, article("b"), mention("demand", "UKR>USA", 0))
    resolve(database)
    before = events(database)
    attack, demand = sorted(before, key=lambda event: event.type)
    for pair in ((attack.id, demand.id), (demand.id, attack.id)):
        with pytest.raises(EventwireError, match="one type"):
            merge_events(database, *pair)
    assert events(database) == before


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


def test_what_is_hidden_or_seen_already_is_told_and_nothing_is_written(database: Database) -> None:
    first, _ = two_calls(database)
    for undo, told in ((False, "is hidden already"), (True, "is not hidden")):
        hide_event(database, first, undo=undo)
        marked(database)
        with pytest.raises(EventwireError, match=told):
            hide_event(database, first, undo=undo)
        assert marked(database) == {"index": set(), "match": set()}
    with database.reading() as connection:
        (event,) = load_events(connection, [first])
        assert len(load_corrections(connection)) == 2
    said = [change.value for change in event.history if change.kind == "corrected"]
    assert said == ["hidden", "shown again"]


def marked(database: Database) -> dict[str, set[str]]:
    """What waits for the index and for the alerts, which is then done."""
    found = {stage: claim(database, stage, 100) for stage in ("index", "match")}
    with database.transaction() as connection:
        for claims in found.values():
            finish(connection, claims)
    return {stage: {one.key for one in claims} for stage, claims in found.items()}


def test_what_people_correct_is_looked_at_by_index_and_alerts(database: Database) -> None:
    first, second = two_calls(database)
    marked(database)
    for undo in (False, True):
        hide_event(database, first, undo=undo)
        found = marked(database)
        assert found["index"] == found["match"] >= {f"event:{first}"}
    merge_events(database, first, second)
    assert marked(database)["match"] >= {f"event:{first}", f"event:{second}"}
    apart, _ = split_event(database, first, [article("friday").id])
    assert marked(database)["match"] >= {f"event:{first}", f"event:{apart}"}


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


def now_id(database: Database, event_id: str) -> str | None:
    with database.reading() as connection:
        return current_id(connection, event_id)


def members(database: Database, type_: str = "leader_call") -> dict[str, set[str]]:
    """The articles, by id, of each event of a type."""
    return {event.id: set(event.articles) for event in events(database) if event.type == type_}


def test_an_article_that_is_changed_while_recoding_is_written_is_coded_once_more(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    two_calls(database)
    monday = article("monday")
    with database.transaction() as connection:
        for name in ("monday", "friday"):
            mark_coded(connection, article(name).id, "coded", datetime(2026, 3, 9, tzinfo=UTC))
    code = coder({article(name).id: [mention("leader_call", "RUS,USA", 0)] for name in ("monday", "friday")})
    with ThreadPoolExecutor(1) as thread:
        with database.transaction() as resolver:
            lock_resolver(resolver)  # recoding writes the mentions, and waits
            writing = thread.submit(recode, database, code, datetime(2026, 3, 1, tzinfo=UTC), write=True)
            while not waits_for_the_resolver(database):
                time.sleep(0.01)
            with database.transaction() as connection:
                update_article(connection, replace(monday, text="Corrected."), "hash 2", 2)
        assert writing.result().articles == 2
    assert {one.key for one in claim(database, "code", 10)} == {monday.id}


def waits_for_the_resolver(database: Database) -> bool:
    with database.reading() as connection:
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        return connection.exec_driver_sql(waiting).scalar_one() > 0


def ids(*names: str) -> set[str]:
    return {article(name).id for name in names}


def test_what_was_hidden_are_reports_and_an_event_that_most_others_tell_is_seen(database: Database) -> None:
    report(database, article("rumour"), mention("leader_meeting", "CHN,USA", None, "planned"))
    resolve(database)
    hidden = only(events(database)).id
    hide_event(database, hidden, "ada")
    report(database, article("second", 0.5), mention("leader_meeting", "CHN,USA", None, "planned"))
    resolve(database)
    assert events(database) == []
    report(database, article("third", 1.5), mention("leader_meeting", "CHN,USA", 1, sentence="They met."))
    resolve(database)
    assert only(events(database)).id == hidden
    hide_event(database, hidden, "ada")
    assert events(database) == []


def test_what_is_hidden_stays_so_whatever_it_was_merged_with(database: Database) -> None:
    first, second = two_calls(database)
    hide_event(database, second, "ada")
    merge_events(database, first, second)
    assert events(database) == []  # not most of its reports are to be seen
    split_event(database, first, [article("friday").id])
    assert [event.id for event in events(database)] == [first]
    hide_event(database, second, undo=True)
    assert [event.id for event in events(database)] == [first, second]


def test_what_was_merged_and_is_split_off_has_its_own_id_again(database: Database) -> None:
    first, second = two_calls(database)
    report(database, article("later", 4.1), mention("leader_call", "RUS,USA", 4, sentence="They spoke for hours."))
    resolve(database)
    merge_events(database, first, second)
    assert split_event(database, first, [article("friday").id, article("later").id]) == (second, first)
    assert (now_id(database, first), now_id(database, second)) == (first, second)
    report(database, article("last", 4.2), mention("leader_call", "RUS,USA", 4, sentence="They called each other."))
    resolve(database)
    assert members(database) == {first: ids("monday"), second: ids("friday", "later", "last")}
    merge_events(database, first, second)
    report(database, article("end", 4.3), mention("leader_call", "RUS,USA", 4, sentence="The two talked."))
    resolve(database)
    assert members(database) == {first: ids("monday", "friday", "later", "last", "end")}


def test_an_event_stays_with_its_founding_report_when_most_others_are_split_off(database: Database) -> None:
    for n, name in enumerate("abcd"):
        report(database, article(name, n / 10), mention("attack", "RUS>UKR", 0, sentence=f"Attack {name}."))
    resolve(database)
    whole = only(events(database)).id
    apart, rest = split_event(database, whole, [article(name).id for name in "bcd"])
    assert rest == whole
    assert members(database, "attack") == {whole: ids("a"), apart: ids("b", "c", "d")}


def test_old_ids_of_what_was_merged_lead_where_its_reports_are(database: Database) -> None:
    first, second = two_calls(database)
    report(database, article("sunday", 6), mention("leader_call", "RUS,USA", 6))
    resolve(database)
    third = next(event.id for event in events(database) if event.id not in (first, second))
    merge_events(database, second, third, "ada")
    merge_events(database, first, second, "bob")
    said = [change.source for change in only(events(database)).history if change.kind == "corrected"]
    assert said == ["ada", "bob"]
    split_event(database, first, [article("friday").id, article("sunday").id])
    assert [now_id(database, one) for one in (first, second, third)] == [first, second, second]


def test_who_corrected_is_still_told_when_reports_went_away_and_came_back(database: Database) -> None:
    first, second = two_calls(database)
    merge_events(database, first, second, "ada")
    hide_event(database, first, "bob")
    for found in ((), (mention("leader_call", "RUS,USA", 0),)):
        report(database, article("monday"), *found)
        report(
            database, article("friday", 4), *(replace(one, event_date=mention("", "", 4).event_date) for one in found)
        )
        resolve(database)
    assert events(database) == []
    with database.reading() as connection:
        (event,) = load_events(connection, [first], hidden=True)
    assert event.article_count == 2
    assert [change.source for change in event.history if change.kind == "corrected"] == ["ada", "bob"]


def test_a_merge_means_one_of_two_calls_that_an_article_reports(database: Database) -> None:
    report(database, article("a"), mention("leader_call", "RUS,USA", 0))
    report(database, article("both", 3.2), mention("leader_call", "RUS,USA", 3), mention("leader_call", "CHN,USA", 3))
    resolve(database)
    first, putin, xi = sorted(
        (event for event in events(database)), key=lambda event: (event.event_date, "CHN" in event.actors)
    )
    merge_events(database, first.id, putin.id)
    report(database, article("xi", 3.3), mention("leader_call", "CHN,USA", 3, sentence="Xi and he spoke."))
    report(database, article("putin", 3.4), mention("leader_call", "RUS,USA", 3, sentence="Putin and he spoke."))
    resolve(database)
    assert members(database) == {first.id: ids("a", "both", "putin"), xi.id: ids("both", "xi")}


def test_what_one_article_reports_as_two_events_can_be_merged_if_it_can_be_told_apart(database: Database) -> None:
    report(database, article("a"), mention("leader_call", "DEU,FRA", 0), mention("leader_call", "DEU,POL", 0))
    resolve(database)
    first, second = (event.id for event in events(database))
    found = merge_events(database, first, second)
    assert (only(events(database)).id, only(events(database)).participants) == (found, ("DEU", "FRA", "POL"))
    report(database, article("b"), mention("aid", "DEU>UKR", 0), mention("aid", "DEU>UKR", 9))
    resolve(database)
    one, other = (event.id for event in events(database) if event.type == "aid")
    with pytest.raises(EventwireError, match="same articles report both"):
        merge_events(database, one, other)
    assert set(members(database, "aid")) == {one, other}


def test_a_split_takes_from_an_article_only_what_it_reported_of_the_event(database: Database) -> None:
    report(database, article("a"), mention("attack", "RUS>UKR", 0, sentence="Attack a."))
    report(database, article("b"), mention("attack", "UKR>RUS", 0, sentence="Attack b."))
    both = [mention("attack", sides, 0, sentence="Attack c.") for sides in ("RUS>UKR", "UKR>RUS")]
    report(database, article("c"), *both)
    resolve(database)
    ours = next(event.id for event in events(database) if event.actors == ("RUS",))
    split_event(database, ours, [article("c").id])
    report(database, article("d"), *(replace(one, sentence="Attack d.") for one in both))
    resolve(database)
    found = {(event.actors, event.recipients, frozenset(event.articles)) for event in events(database)}
    assert {sides[:2] for sides in found} == {(("RUS",), ("UKR",)), (("UKR",), ("RUS",))}
    assert (("UKR",), ("RUS",), frozenset(ids("b", "c", "d"))) in found
    assert {frozenset(of) for of in members(database, "attack").values()} >= {
        frozenset(ids("c")),
        frozenset(ids("a", "d")),
    }


def test_later_reports_follow_what_was_split_off_where_they_say_the_same(database: Database) -> None:
    def hit(name: str, place: str, reported: float) -> None:
        text = f"Missiles hit the port of {place}, {name} says."
        report(database, article(name, reported), mention("attack", "RUS>UKR", 0, place=place, sentence=text))

    hit("a", "Kharkiv", 0.1)
    hit("b", "Odesa", 0.2)
    resolve(database)
    whole = only(events(database)).id
    named = [name for name in "ab" if article(name).id not in only(events(database)).articles[:1]]
    apart, rest = split_event(database, whole, [article(*named).id])
    for n, (name, place) in enumerate({"c": "Odesa", "d": "Kharkiv", "e": "Odesa", "f": "Odesa"}.items()):
        hit(name, place, 0.3 + n / 10)
        resolve(database)
    assert members(database, "attack") == {apart: ids("b", "c", "e", "f"), rest: ids("a", "d")}


def test_a_near_copy_is_split_off_with_its_original(database: Database) -> None:
    report(database, article("a"), mention("attack", "RUS>UKR", 0, sentence="Attack a."))
    report(database, article("b", 0.1), mention("attack", "RUS>UKR", 0, sentence="Attack b."))
    report(database, article("copy", 0.2, copy_of="b"))
    resolve(database)
    whole = only(events(database)).id
    with pytest.raises(EventwireError, match="not all"):
        split_event(database, whole, [article("copy").id, article("a").id])
    apart, rest = split_event(database, whole, [article("copy").id])
    assert members(database, "attack") == {apart: ids("b", "copy"), rest: ids("a")}


def test_what_is_read_as_another_type_is_found_by_its_old_id(database: Database) -> None:
    report(database, article("a"), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    call = only(events(database)).id
    report(database, article("a"), mention("leader_meeting", "RUS,USA", 0), mention("aid", "DEU>UKR", 0))
    resolve(database)
    meeting = next(event.id for event in events(database) if event.type == "leader_meeting")
    assert now_id(database, call) == meeting
    report(database, article("a"), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    assert (only(events(database)).id, now_id(database, meeting)) == (call, call)


def test_an_article_that_waits_to_be_resolved_is_resolved_after_a_correction_of_its_event(database: Database) -> None:
    for n, name in enumerate("abc"):
        report(database, article(name, n / 10), mention("leader_call", "RUS,USA", 0, sentence=f"Call {name}."))
    resolve(database)
    whole = only(events(database)).id
    report(database, article("c", 0.2), mention("leader_call", "DEU,FRA", 0, sentence="Call c."))
    apart, _ = split_event(database, whole, [article("b").id])
    assert members(database) == {whole: ids("a", "c"), apart: ids("b")}
    report(database, article("d", 0.3), mention("leader_call", "DEU,FRA", 0, sentence="Both spoke."))
    resolve(database)
    found = members(database)
    assert (found.pop(whole), found.pop(apart), list(found.values())) == (ids("a"), ids("b"), [ids("c", "d")])


def test_changes_of_one_moment_are_told_in_the_order_of_what_happened(database: Database) -> None:
    sides = ("RUS,USA", "RUS,UKR,USA", "RUS,USA")
    for n, one in enumerate(sides):
        report(database, article(f"paper{n}"), mention("leader_call", one, 0, sentence=f"Call {n}."))
    resolve(database)
    (event,) = events(database)
    kinds = [change.kind for change in event.history]
    assert kinds[0] == "occurred"
    assert kinds[-1] == "sources"
