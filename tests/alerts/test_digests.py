"""Digests: what waits, when it goes, how it is told; and the daily limit on single mails."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from processors.alerts.digests import LISTED, compose_digests
from processors.alerts.samples import MOMENT, sample_article, sample_events
from processors.database import now
from processors.database.tables import hits, mails
from processors.records import Change
from tests.alerts.conftest import DESK, REDAKTION, House, event, html_of, text_of

MORNING = {"name": "Morning", "query": "participants:(USA OR TUR)", "when": "daily at 07:00"}


def tomorrow() -> datetime:
    """After every daily boundary that follows now."""
    return now() + timedelta(days=1, minutes=1)


def in_a_week() -> datetime:
    return now() + timedelta(days=7, minutes=1)


def test_a_digest_rule_writes_no_single_mails_and_one_digest_when_it_is_due(house: House) -> None:
    house.write_rules(MORNING)
    for one in sample_events():
        house.happened(one)
    assert house.match().counts["mails"] == 0
    assert house.send().counts["done"] == 0
    assert compose_digests(house.database, house.settings, tomorrow()) == 1
    assert compose_digests(house.database, house.settings, tomorrow()) == 0
    house.send()
    (mail,) = house.delivered()
    assert mail["Subject"] == "Morning: 4 events"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_digest_is_grouped_by_type_and_sides_newest_first(house: House) -> None:
    house.write_rules(MORNING)
    for one in sample_events():
        house.happened(one)
    house.match()
    compose_digests(house.database, house.settings, tomorrow())
    house.send()
    text = text_of(house.delivered()[0])
    groups = [line for line in text.splitlines() if line.endswith("in the period before)") and "(0" not in line[:3]]
    assert [group.partition(" (")[0] for group in groups][-3:] == [
        "Phone call: Russia – United States",
        "Pause of arms deliveries: Ukraine – United States",
        "Offer to negotiate: Russia – Türkiye – Ukraine",
    ]
    calls = text.partition("Phone call: Russia")[2].partition("Pause of arms")[0]
    assert calls.index("- Phone call") < calls.index("- Announced: Phone call")


def test_a_digest_counts_against_the_period_before(house: House) -> None:
    house.write_rules(MORNING)
    house.happened(event("yesterday"))
    house.match()
    compose_digests(house.database, house.settings, tomorrow())
    with house.database.transaction() as connection:
        connection.execute(update(hits).values(created_at=now() - timedelta(hours=24)))
    house.happened(event("today"))
    house.match()
    compose_digests(house.database, house.settings, tomorrow())
    house.send()
    texts = [text_of(mail) for mail in house.delivered()]
    assert any("Phone call: Russia – United States (1 now, 1 in the period before)" in text for text in texts)


def test_an_update_in_a_digest_says_what_is_new(house: House) -> None:
    house.write_rules(MORNING | {"realert_on": ["new_status"]})
    announced = Change(MOMENT, "announced", "planned", "elbkurier.example")
    cancelled = Change(MOMENT, "cancelled", "negated", "ledger.example")
    house.happened(event(status="planned", history=(announced,)))
    house.match()
    house.happened(event(status="negated", history=(announced, cancelled)))
    house.match()
    compose_digests(house.database, house.settings, tomorrow())
    house.send()
    (mail,) = house.delivered()
    assert mail["Subject"] == "Morning: 1 event"
    assert "cancelled (ledger.example)" in text_of(mail)
    assert "Denied or cancelled: Phone call between Russia and the United States" in text_of(mail)


def test_each_subscriber_gets_the_digest_on_their_own_clock(house: House) -> None:
    east = {"address": "east@example.org", "language": "en", "time_zone": "Pacific/Auckland"}
    west = {"address": "west@example.org", "language": "de", "time_zone": "America/Los_Angeles"}
    house.write_rules(MORNING | {"subscribers": [east, west]})
    house.happened(event())
    house.match()
    hours = [now() + timedelta(minutes=30 * step) for step in range(50)]
    made = [compose_digests(house.database, house.settings, at) for at in hours]
    assert sum(made) == 2
    assert max(made) == 1, "seven in the morning is not at once in Auckland and Los Angeles"


def test_hourly_and_weekly_digests_go_at_their_times(house: House) -> None:
    house.write_rules(MORNING | {"when": "hourly", "name": "H"}, MORNING | {"when": "weekly on friday", "name": "W"})
    house.happened(event())
    house.match()
    assert compose_digests(house.database, house.settings, now() + timedelta(minutes=61)) == 1
    assert compose_digests(house.database, house.settings, in_a_week()) == 1


def test_what_goes_beyond_the_daily_limit_comes_in_the_next_digest_which_says_so(house: House) -> None:
    house.write_rules(
        {"name": "Calls", "query": "type:leader_call", "max_mails_per_day": 2, "subscribers": [REDAKTION]}
    )
    for name in ("a", "b", "c", "d", "e"):
        house.happened(event(name))
    assert house.match().counts["mails"] == 2
    house.send()
    compose_digests(house.database, house.settings, tomorrow())
    house.send()
    mails = house.delivered()
    assert len(mails) == 3
    assert mails[2]["Subject"] == "Calls: 3 Ereignisse"
    said = "3 davon gingen über die 2 Einzelmails am Tag hinaus und stehen deshalb hier."
    assert said in text_of(mails[2])
    assert said in html_of(mails[2])


def test_the_limit_holds_for_each_subscriber_and_rule_alone(house: House) -> None:
    both = {"query": "type:leader_call", "max_mails_per_day": 1, "subscribers": [DESK, REDAKTION]}
    house.write_rules({"name": "A", **both}, {"name": "B", **both})
    house.happened(event("a"))
    assert house.match().counts["mails"] == 4
    house.happened(event("b"))
    assert house.match().counts["mails"] == 0


def test_a_digest_of_articles_groups_by_publisher(house: House) -> None:
    house.write_rules({"name": "Ceasefire", "query": "text:ceasefire", "on": "articles", "when": "hourly"})
    for number in range(7):
        house.published(sample_article(number))
    house.match()
    compose_digests(house.database, house.settings, tomorrow())
    house.send()
    (mail,) = house.delivered()
    assert mail["Subject"] == "Ceasefire: 7 articles"
    assert "ledger.example (2 now, 0 in the period before)" in text_of(mail)


def test_a_long_digest_lists_the_newest_and_counts_the_others(house: House) -> None:
    house.write_rules(MORNING)
    for number in range(LISTED + 5):
        house.happened(event(f"e{number:03}x"), [])
    house.match()
    compose_digests(house.database, house.settings, tomorrow())
    house.send()
    text = text_of(house.delivered()[0])
    assert text.count("- Phone call between") == LISTED
    assert "5 more are not listed here" in text


def _matched_at(house: House, at: datetime) -> None:
    with house.database.transaction() as connection:
        for table in (hits, mails):
            connection.execute(update(table).values(created_at=at))


def test_a_digest_that_goes_out_late_tells_of_a_period_that_holds_all_it_lists(house: House) -> None:
    # Matched on Friday; nothing ran from then until Monday afternoon. In Berlin 07:00 is 06:00 UTC in November.
    house.write_rules(MORNING | {"subscribers": [REDAKTION | {"language": "en"}]})
    house.happened(event("before"))
    house.match()
    _matched_at(house, datetime(2026, 11, 24, 9, tzinfo=UTC))
    compose_digests(house.database, house.settings, datetime(2026, 11, 25, 6, 5, tzinfo=UTC))
    house.happened(event("friday"))
    house.match()
    with house.database.transaction() as connection:
        friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
        connection.execute(update(mails).where(mails.c.state == "waiting").values(created_at=friday))
        connection.execute(update(hits).where(hits.c.document_id == event("friday").id).values(created_at=friday))
    assert compose_digests(house.database, house.settings, datetime(2026, 11, 30, 12, 55, tzinfo=UTC)) == 1
    house.send()
    late = house.delivered()[-1]
    # Three days, and the three before: from Tuesday 07:00, so that Tuesday's event counts in them.
    assert "27 Nov 2026, 07:00 to 30 Nov 2026, 07:00 (1 in the period before)" in text_of(late)
    assert late["Date"] == "Mon, 30 Nov 2026 12:55:00 +0000"


def test_a_digest_in_time_tells_of_one_day_even_of_what_came_right_after_the_last(house: House) -> None:
    house.write_rules(MORNING)
    for moment in (datetime(2026, 11, 27, 7, 0, 0, 1, tzinfo=UTC), datetime(2026, 11, 28, 7, tzinfo=UTC)):
        house.happened(event(f"at {moment:%d}"))
        house.match()
        _matched_at(house, moment)
        assert compose_digests(house.database, house.settings, datetime(2026, 11, 28, 7, 3, tzinfo=UTC)) == 1
    house.send()
    for mail in house.delivered():
        assert "27 Nov 2026, 07:00 to 28 Nov 2026, 07:00 (" in text_of(mail)


def test_what_was_hidden_since_is_not_told(house: House) -> None:
    house.write_rules(MORNING)
    house.happened(event())
    house.match()
    house.happened(event(hidden=True))
    house.match()
    assert compose_digests(house.database, house.settings, tomorrow()) == 0
    assert {row.state for row in house.rows()} == {"digested"}


def test_what_waits_for_a_rule_that_is_gone_is_withdrawn(house: House) -> None:
    house.write_rules(MORNING)
    house.happened(event())
    house.match()
    house.write_rules(MORNING | {"name": "Another"})
    assert compose_digests(house.database, house.settings, tomorrow()) == 0
    assert [row.state for row in house.rows()] == ["withdrawn"]


def test_a_merged_event_is_told_as_what_it_became(house: House) -> None:
    house.write_rules(MORNING)
    house.happened(event("first"))
    house.match()
    house.happened(replace(event("second"), actors=("TUR", "USA")))
    house.merged(event("first").id, event("second").id)
    house.match()
    compose_digests(house.database, house.settings, tomorrow())
    house.send()
    (mail,) = house.delivered()
    assert mail["Subject"] == "Morning: 1 event"
    assert "Phone call between Türkiye and the United States" in text_of(mail)
