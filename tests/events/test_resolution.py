"""Which reports become one event, and what its record says; on SQLite and PostgreSQL."""

from datetime import timedelta

import pytest

from processors.database import Database, claim, pending
from processors.database.events import current_id
from processors.events import resolve_events
from processors.settings import Settings
from tests.events.reports import MONDAY, article, day, events, mention, only, partition, report, resolve


def kinds(event) -> list[str]:
    return [change.kind for change in event.history]


def test_reports_of_one_call_in_many_papers_and_both_languages_are_one_event(database: Database) -> None:
    for n, language in enumerate(("de", "en", "de")):
        one = mention("leader_call", "RUS,USA", 0, topics=("Ukraine",), sentence=f"Sentence {n} in {language}.")
        from dataclasses import replace

        report(database, replace(article(f"paper{n}", n / 10), language=language), one)
    resolve(database)
    event = only(events(database))
    assert event.languages == ("de", "en")
    assert (event.source_count, event.article_count, event.event_date) == (3, 3, day(0))
    assert event.sources == ("paper0.example", "paper1.example", "paper2.example")
    assert event.confidence > 0.8


def test_a_missing_side_fits_a_present_one_and_a_different_one_does_not(database: Database) -> None:
    report(database, article("both"), mention("sanctions", "EU>RUS", 0))
    report(database, article("actor", 0.1), mention("sanctions", "EU>", 0))
    report(database, article("recipient", 0.1), mention("sanctions", ">RUS", 0))
    report(database, article("other", 0.1), mention("sanctions", "USA>IRN", 0))
    report(database, article("turned", 0.1), mention("sanctions", "RUS>EU", 0))
    resolve(database)
    assert sorted(event.article_count for event in events(database)) == [1, 1, 3]


def test_the_sides_of_an_event_grow_and_its_id_stays(database: Database) -> None:
    report(database, article("first"), mention("leader_call", "RUS", 0))
    resolve(database)
    first = only(events(database))
    report(database, article("second", 0.2), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    event = only(events(database))
    assert event.id == first.id
    assert event.version > first.version
    assert event.actors == ("RUS", "USA")
    assert ("participant", "USA") in [(change.kind, change.value) for change in event.history]


def test_a_second_call_of_the_same_pair_two_days_later_is_another_event(database: Database) -> None:
    for name, on in (("a", 0), ("b", 0), ("c", 2), ("d", 2)):
        report(database, article(name, on), mention("leader_call", "RUS,USA", on, sentence=f"Call {name}."))
    resolve(database)
    first, second = events(database)
    assert (first.event_date, second.event_date) == (day(0), day(2))
    assert (first.days_since_previous, second.days_since_previous) == (None, 2)


def test_a_lone_date_that_is_a_day_off_joins_the_day_of_the_others(database: Database) -> None:
    for n in range(4):
        report(database, article(f"right{n}", 1), mention("leader_call", "RUS,USA", 1, sentence=f"Call {n}."))
    report(database, article("wrong", 1.2), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    assert only(events(database)).event_date == day(1)


def test_a_plan_far_ahead_that_says_the_year_is_one_event(database: Database) -> None:
    for n in (0, 9, 19):
        said = f"Paper {n}: they will meet on 1 October 2026."
        report(database, article(f"plan{n}", n), mention("leader_meeting", "FRA,POL", 213, "planned", sentence=said))
    resolve(database)
    event = only(events(database))
    assert (event.article_count, f"{event.event_date}") == (3, "2026-10-01")


def test_planned_and_later_occurred_are_one_event_with_a_history(database: Database) -> None:
    report(database, article("plan"), mention("leader_meeting", "FRA,POL", 4, "planned", sentence="They will meet."))
    resolve(database)
    planned = only(events(database))
    assert (planned.status, kinds(planned)) == ("planned", ["announced"])
    report(database, article("met", 4.3), mention("leader_meeting", "FRA,POL", 4, sentence="They met."))
    resolve(database)
    event = only(events(database))
    assert (event.id, event.status) == (planned.id, "occurred")
    assert [(c.kind, c.sentence, c.source) for c in event.history] == [
        ("announced", "They will meet.", "plan.example"),
        ("occurred", "They met.", "met.example"),
    ]
    assert event.history[1].at == MONDAY + timedelta(days=4.3)


def test_an_undated_plan_joins_what_comes_of_it_within_a_week(database: Database) -> None:
    report(database, article("plan"), mention("leader_meeting", "FRA,POL", None, "planned"))
    report(database, article("met", 5), mention("leader_meeting", "FRA,POL", 5))
    resolve(database)
    assert kinds(only(events(database))) == ["announced", "occurred"]


def test_a_plan_that_is_cancelled_is_negated_and_says_so(database: Database) -> None:
    report(database, article("plan"), mention("leader_meeting", "CHN,USA", 3, "planned"))
    report(database, article("off", 2), mention("leader_meeting", "CHN,USA", 3, "negated"))
    resolve(database)
    event = only(events(database))
    assert (event.status, event.disputed, kinds(event)) == ("negated", False, ["announced", "cancelled"])


def test_a_denial_after_the_report_is_a_dispute_and_shown(database: Database) -> None:
    report(database, article("says"), mention("attack", "IRN>ISR", 0))
    report(database, article("denies", 0.5), mention("attack", "IRN>ISR", 0, "negated"))
    resolve(database)
    event = only(events(database))
    assert (event.status, event.disputed, kinds(event)) == ("occurred", True, ["occurred", "disputed"])


def test_looking_back_joins_the_old_event_and_makes_nothing_look_fresh(database: Database) -> None:
    report(database, article("news"), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    before = only(events(database))
    report(database, article("dated", 10), mention("leader_call", "RUS,USA", 0, "historical"))
    report(database, article("vague", 12), mention("leader_call", "RUS,USA", None, "historical"))
    resolve(database)
    after = only(events(database))
    assert after.article_count == 3
    assert (after.status, after.last_seen_at, after.history) == ("occurred", before.last_seen_at, before.history)


def test_a_look_back_without_its_event_is_told_as_history(database: Database) -> None:
    report(database, article("vague"), mention("leader_call", "RUS,USA", None, "historical"))
    report(database, article("news"), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    assert sorted(event.status for event in events(database)) == ["historical", "occurred"]


def test_near_copies_count_as_one_source(database: Database) -> None:
    report(database, article("wire"), mention("aid", "DEU>UKR", 0))
    report(database, article("copy", 0.1, copy_of="wire"), mention("aid", "DEU>UKR", 0))
    resolve(database)
    event = only(events(database))
    # Its publishers are told, and it counts once.
    assert (event.source_count, event.sources, event.article_count) == (1, ("copy.example", "wire.example"), 2)


def test_the_tenth_source_is_told(database: Database) -> None:
    for n in range(11):
        report(database, article(f"paper{n:02}", n / 100), mention("aid", "DEU>UKR", 0))
    resolve(database)
    told = [(c.value, c.source) for c in only(events(database)).history if c.kind == "sources"]
    assert told == [("3", "paper02.example"), ("10", "paper09.example")]


def test_a_bridge_between_two_events_merges_them_and_the_old_id_leads_on(database: Database) -> None:
    report(database, article("one"), mention("leader_call", "RUS", 0))
    report(database, article("other", 0.1), mention("leader_call", "USA", 0))
    resolve(database)
    assert len(events(database)) == 2
    ids = {event.id for event in events(database)}
    report(database, article("bridge", 0.2), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    event = only(events(database))
    (gone,) = ids - {event.id}
    with database.reading() as connection:
        assert current_id(connection, gone) == event.id
    assert [(c.kind, c.value) for c in event.history if c.kind == "merged"] == [("merged", gone)]


def test_an_event_whose_article_no_longer_reports_it_is_gone_and_marked_for_the_index(database: Database) -> None:
    of = article("one")
    report(database, of, mention("leader_call", "RUS,USA", 0))
    resolve(database)
    id_ = only(events(database)).id
    with database.transaction() as connection:
        from processors.database.tables import work

        connection.execute(work.delete())
    report(database, of)
    resolve(database)
    assert events(database) == []
    assert [one.key for one in claim(database, "index", 10)] == [f"event:{id_}"]


def test_an_event_keeps_its_id_when_its_article_is_read_otherwise(database: Database) -> None:
    of = article("one")
    report(database, of, mention("leader_call", "RUS,USA", 0))
    resolve(database)
    before = only(events(database))
    report(database, of, mention("leader_call", "RUS,UKR", 0))
    resolve(database)
    assert only(events(database)).id == before.id
    assert only(events(database)).actors == ("RUS", "UKR")


def test_an_article_that_is_changed_is_told_in_the_history(database: Database) -> None:
    report(database, article("first", 0), mention("leader_call", "RUS,USA", 2, "planned"))
    report(database, article("second", 1), mention("leader_call", "RUS,USA", 2, "planned"))
    resolve(database)
    moved = mention("leader_call", "RUS,USA", 2, "planned", spans=((40, 47),))
    report(database, article("second", 1), moved)
    resolve(database)
    assert kinds(only(events(database))) == ["announced"]
    report(database, article("second", 1), mention("leader_call", "RUS,USA", 2, "negated", sentence="It is off."))
    resolve(database)
    (update,) = [change for change in only(events(database)).history if change.kind == "updated"]
    assert (update.source, update.sentence) == ("second.example", "It is off.")
    report(database, article("second", 1))
    resolve(database)
    assert kinds(only(events(database))) == ["announced", "updated", "updated"]


def test_resolving_what_is_known_changes_no_version_and_no_index(database: Database) -> None:
    of = article("one")
    report(database, of, mention("leader_call", "RUS,USA", 0))
    resolve(database)
    version, waiting = only(events(database)).version, pending(database)
    report(database, of, mention("leader_call", "RUS,USA", 0))
    resolve(database)
    assert only(events(database)).version == version
    assert pending(database) == waiting


def test_an_earlier_event_that_comes_in_late_shortens_the_novelty_of_the_next(database: Database) -> None:
    report(database, article("march", 20), mention("leader_call", "RUS,USA", 20))
    resolve(database)
    assert only(events(database)).days_since_previous is None
    report(database, article("late", 20.1), mention("leader_call", "RUS,USA", 5))
    resolve(database)
    assert [event.days_since_previous for event in events(database)] == [None, 15]


def test_what_will_happen_is_no_predecessor(database: Database) -> None:
    report(database, article("plan"), mention("leader_call", "RUS,USA", 3, "planned"))
    report(database, article("call", 20), mention("leader_call", "RUS,USA", 20))
    resolve(database)
    assert [event.days_since_previous for event in events(database)] == [None, None]


def test_articles_in_which_nobody_is_named_stay_apart(database: Database) -> None:
    report(database, article("one"), mention("attack", ">", 0))
    report(database, article("other"), mention("attack", ">", 0))
    resolve(database)
    assert len(events(database)) == 2


def test_one_broken_article_is_parked_and_the_others_are_resolved(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import update

    from processors.database.tables import mentions

    bad = article("bad")
    report(database, bad, mention("aid", "DEU>UKR", 0))
    report(database, article("good"), mention("leader_call", "RUS,USA", 0))
    with database.transaction() as connection:
        broken = update(mentions).where(mentions.c.article_id == bad.id).values(data={"id": "no mention"})
        connection.execute(broken)
    summary = resolve_events(database, Settings())
    assert summary.counts["done"] == 1
    assert summary.counts["failed"] == 1
    assert bad.id in summary.problems[0]
    assert partition(database) == {frozenset({f"{article('good').id}:leader_call"})}


def test_scores_and_codes_are_those_of_the_reports_with_the_events_status(database: Database) -> None:
    codes = {"plover": "AGREE", "cameo": "036", "goldstein": 4.0, "quad_class": 1}
    report(database, article("plan"), mention("leader_call", "RUS,USA", 2, "planned", **codes))
    resolve(database)
    assert only(events(database)).plover == "AGREE"
    codes = {"plover": "CONSULT", "cameo": "041", "goldstein": 1.0, "quad_class": 1}
    report(database, article("call", 2), mention("leader_call", "RUS,USA", 2, **codes))
    resolve(database)
    event = only(events(database))
    assert (event.plover, event.cameo, event.goldstein) == ("CONSULT", "041", 1.0)
