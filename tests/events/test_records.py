"""What the record of one event says: its day, its history, how sure it is, how long ago the one before it was."""

from dataclasses import replace
from datetime import UTC, date, datetime

from processors.database import Database
from processors.database.articles import mark_coded
from processors.events.corrections import hide_event, merge_events
from processors.events.recoding import recode
from processors.records import Article, Event, Mention, hashed_id
from tests.events.reports import article, day, events, mention, only, report, resolve


def kinds(event: Event) -> list[str]:
    return [change.kind for change in event.history]


def since_previous(database: Database) -> list[int | None]:
    return [event.days_since_previous for event in events(database)]


def three_meetings(database: Database, *order: str) -> None:
    """One meeting on Monday, one that was called off on Friday, one two weeks after the first; told in some order."""
    told = {
        "first": (article("first"), mention("leader_meeting", "DEU,ITA", 0)),
        "off": (article("off", 4), mention("leader_meeting", "DEU,ITA", 4, "negated")),
        "last": (article("last", 14), mention("leader_meeting", "DEU,ITA", 14)),
    }
    for name in order:
        report(database, *told[name])
        resolve(database)


def test_a_late_event_corrects_the_next_one_that_took_place_and_what_was_cancelled_between(database: Database) -> None:
    three_meetings(database, "last", "off")
    assert since_previous(database) == [None, None]
    three_meetings(database, "first")
    assert since_previous(database) == [None, 4, 14]


def test_what_is_hidden_is_no_predecessor_behind_a_cancelled_event(database: Database) -> None:
    three_meetings(database, "first", "off", "last")
    first = events(database)[0].id
    hide_event(database, first, "ada")
    assert since_previous(database) == [None, None]
    hide_event(database, first, "ada", undo=True)
    assert since_previous(database) == [None, 4, 14]


def test_of_a_week_that_is_over_the_last_day_counts(database: Database) -> None:
    report(database, article("vague", 8), mention("leader_call", "RUS,USA", 0, date_precision="week"))
    report(database, article("call", 9), mention("leader_call", "RUS,USA", 9))
    resolve(database)
    assert since_previous(database) == [None, 3]


def test_what_was_some_day_of_a_month_that_runs_is_no_predecessor_and_hides_none(database: Database) -> None:
    report(database, article("before", -10), mention("attack", "RUS>UKR", -10))
    report(database, article("strike", 9), mention("attack", "RUS>UKR", 9))
    resolve(database)
    march = {"event_date": date(2026, 3, 1), "date_precision": "month"}
    report(database, article("vague", 20), mention("attack", "UKR>RUS", None, **march))
    resolve(database)
    found = {event.event_date: event.days_since_previous for event in events(database)}
    assert found == {day(-10): None, date(2026, 3, 1): 9, day(9): 19}


def test_a_late_event_corrects_the_next_ones_through_the_first_whose_day_is_known(database: Database) -> None:
    report(database, article("vague", 13), mention("attack", "UKR>RUS", 7, date_precision="week"))
    report(database, article("strike", 13), mention("attack", "RUS>UKR", 13))
    report(database, article("next", 16), mention("attack", "RUS>UKR", 16))
    resolve(database)
    assert since_previous(database) == [None, None, 3]
    report(database, article("late", 16.5), mention("attack", "RUS>UKR", 2))
    resolve(database)
    assert since_previous(database) == [None, 5, 11, 3]


def test_a_look_back_at_a_month_counts_from_its_end_and_at_this_year_not_at_all(database: Database) -> None:
    january = {"event_date": date(2026, 1, 1)}
    old = mention("leader_meeting", "DEU,EGY", None, "historical", **january, date_precision="month")
    vague = mention("leader_meeting", "FRA,EGY", None, "historical", **january, date_precision="year")
    report(database, article("back"), old, vague)
    for sides in ("DEU,EGY", "FRA,EGY"):
        report(database, article(f"news of {sides}", 1), mention("leader_meeting", sides, 1))
    resolve(database)
    found = {event.actors: event.days_since_previous for event in events(database) if event.status == "occurred"}
    assert found == {("DEU", "EGY"): 31, ("EGY", "FRA"): None}


def test_a_look_back_without_a_date_happened_on_no_day(database: Database) -> None:
    report(database, article("back"), mention("arms_delivery_pause", "USA>UKR", None, "historical"))
    report(database, article("news", 1), mention("arms_delivery_pause", "USA>UKR", 1))
    resolve(database)
    assert [event.status for event in events(database)] == ["historical", "occurred"]
    assert since_previous(database) == [None, None]


def test_a_cancellation_without_a_date_keeps_the_day_that_was_planned(database: Database) -> None:
    report(database, article("plan"), mention("leader_meeting", "CHN,FRA", 5, "planned"))
    report(database, article("off", 2), mention("leader_meeting", "CHN,FRA", None, "negated"))
    resolve(database)
    event = only(events(database))
    assert (event.status, event.event_date, event.date_precision) == ("negated", day(5), "day")


def test_what_took_place_as_planned_has_the_day_that_was_planned(database: Database) -> None:
    report(database, article("plan"), mention("leader_meeting", "RUS,TUR", 2, "planned"))
    report(database, article("met", 3), mention("leader_meeting", "RUS,TUR"))
    resolve(database)
    event = only(events(database))
    assert (event.status, event.event_date, event.date_precision) == ("occurred", day(2), "day")


def test_what_took_place_before_the_planned_day_has_that_of_its_report(database: Database) -> None:
    report(database, article("plan"), mention("leader_meeting", "RUS,TUR", 3, "planned"))
    report(database, article("met", 2), mention("leader_meeting", "RUS,TUR"))
    resolve(database)
    event = only(events(database))
    assert (event.status, event.event_date, event.date_precision) == ("occurred", day(2), "unknown")


def test_the_day_of_a_report_is_nearer_than_a_planned_week(database: Database) -> None:
    report(database, article("plan", -1), mention("leader_meeting", "RUS,TUR", 0, "planned", date_precision="week"))
    report(database, article("met", 3), mention("leader_meeting", "RUS,TUR"))
    resolve(database)
    event = only(events(database))
    assert (event.event_date, event.date_precision) == (day(3), "unknown")


def test_a_denial_does_not_make_surer_that_it_happened(database: Database) -> None:
    report(database, article("says"), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    before = only(events(database))
    report(database, article("denies", 0.5), mention("leader_call", "RUS,USA", 0, "negated"))
    resolve(database)
    event = only(events(database))
    assert (event.disputed, event.confidence) == (True, before.confidence)
    assert event.source_count == 2  # both report on it
    report(database, article("confirms", 0.6), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    assert only(events(database)).confidence > before.confidence


def test_a_denial_makes_surer_that_it_did_not_happen(database: Database) -> None:
    report(database, article("one"), mention("leader_call", "RUS,USA", 0, "negated"))
    report(database, article("two", 0.1), mention("leader_call", "RUS,USA", 0, "negated"))
    resolve(database)
    event = only(events(database))
    assert (event.status, event.confidence) == ("negated", 0.88)


def test_who_only_looks_back_is_named_among_the_sources_and_not_counted(database: Database) -> None:
    report(database, article("news"), mention("arms_delivery_pause", "USA>UKR", 0))
    for name in ("back", "again"):
        report(database, article(name, 10), mention("arms_delivery_pause", "USA>UKR", 0, "historical"))
    resolve(database)
    event = only(events(database))
    assert (event.source_count, event.article_count) == (1, 3)
    assert event.sources == ("again.example", "back.example", "news.example")


def test_what_was_only_looked_back_on_counts_who_did(database: Database) -> None:
    for name in ("one", "two"):
        report(database, article(name, 20), mention("arms_delivery_pause", "USA>UKR", 0, "historical"))
    resolve(database)
    assert only(events(database)).source_count == 2


def test_a_wire_text_that_a_known_source_had_first_is_no_further_source_in_the_history(database: Database) -> None:
    aid = mention("aid", "DEU>UKR", 0)
    report(database, article("one", source="a.example"), aid)
    report(database, article("wire", 0.1, source="a.example"), aid)
    report(database, article("copy", 0.2, source="b.example", copy_of="wire"), aid)
    report(database, article("other", 0.3, source="c.example"), aid)
    resolve(database)
    event = only(events(database))
    assert (event.source_count, kinds(event)) == (2, ["occurred"])


def test_a_plan_that_is_made_anew_is_told_again_and_so_is_its_end(database: Database) -> None:
    for name, reported, status in (
        ("plan", 0, "planned"),
        ("off", 1, "negated"),
        ("background", 1.5, "planned"),
        ("anew", 3.5, "planned"),
        ("also", 3.6, "planned"),
    ):
        report(database, article(name, reported), mention("leader_meeting", "RUS,TUR", 4, status))
    resolve(database)
    event = only(events(database))
    changes = [(change.kind, change.source) for change in event.history if change.kind != "sources"]
    told = [("announced", "plan.example"), ("cancelled", "off.example"), ("announced", "anew.example")]
    assert (event.status, changes) == ("planned", told)
    report(database, article("off-again", 3.9), mention("leader_meeting", "RUS,TUR", 4, "negated"))
    resolve(database)
    event = only(events(database))
    assert (event.status, [kind for kind in kinds(event) if kind != "sources"]) == (
        "negated",
        ["announced", "cancelled", "announced", "cancelled"],
    )


def test_the_preview_of_a_recoding_shows_what_follows_for_the_next_event(database: Database) -> None:
    of = [article("monday"), article("friday", 4)]
    for n, one in enumerate(of):
        report(database, one, mention("leader_call", "RUS,USA", 4 * n))
    resolve(database)
    with database.transaction() as connection:
        mark_coded(connection, of[0].id, "coded", datetime(2026, 3, 9, tzinfo=UTC))

    def code(one: Article) -> list[Mention]:
        denied = mention("leader_call", "RUS,USA", 0, "negated", confidence=0.7)
        return [replace(denied, id=hashed_id(one.id), article_id=one.id)]

    shown = recode(database, code, datetime(2026, 3, 1, tzinfo=UTC))
    fields = {one.before.event_date: one.fields for one in shown.different}
    assert fields == {day(0): ("status", "confidence"), day(4): ("days_since_previous",)}
    assert since_previous(database) == [None, 4]
    written = recode(database, code, datetime(2026, 3, 1, tzinfo=UTC), write=True)
    assert since_previous(database) == [one.after.days_since_previous for one in written.different] == [None, None]


def test_what_is_gone_or_one_with_another_event_is_no_predecessor(database: Database) -> None:
    for n, name in enumerate(("monday", "thursday", "later")):
        report(database, article(name, 3 * n), mention("leader_call", "RUS,USA", 3 * n))
    report(database, article("also monday", 0.1), mention("leader_call", "RUS,USA", 0))
    resolve(database)
    monday, thursday, _ = (event.id for event in events(database))
    merge_events(database, monday, thursday, "ada")
    assert since_previous(database) == [None, 6]
    for name in ("monday", "thursday", "also monday"):
        report(database, article(name))
    resolve(database)
    assert since_previous(database) == [None]


def test_what_becomes_surer_of_its_day_becomes_a_predecessor(database: Database) -> None:
    report(database, article("week", 1), mention("leader_meeting", "DEU,ITA", 0, date_precision="week"))
    report(database, article("later", 4), mention("leader_meeting", "DEU,ITA", 4))
    resolve(database)
    assert since_previous(database) == [None, None]
    report(database, article("monday", 0.2), mention("leader_meeting", "DEU,ITA", 0))
    resolve(database)
    assert since_previous(database) == [None, 4]


def test_a_cancellation_of_the_next_one_is_no_dispute(database: Database) -> None:
    report(database, article("talks"), mention("negotiation", "IRN,USA", 0))
    report(database, article("off", 0.5), mention("negotiation", "IRN,USA", 1, "negated"))
    resolve(database)
    assert not any(event.disputed or "disputed" in kinds(event) for event in events(database))
    report(database, article("denial", 0.8), mention("negotiation", "IRN,USA", 0, "negated"))
    resolve(database)
    assert [event.disputed for event in events(database) if event.status == "occurred"] == [True]
