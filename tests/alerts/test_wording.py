"""Events in words: articles, cases, statuses and dates of both languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from processors.alerts.wording import flag, wording
from processors.records import EVENT_TYPES, STATUSES
from tests.alerts.conftest import event


@pytest.mark.parametrize(
    ("type_", "actors", "recipients", "english", "german"),
    [
        (
            "leader_call",
            ("RUS", "USA"),
            (),
            "Phone call between Russia and the United States",
            "Telefonat zwischen Russland und den USA",
        ),
        ("leader_meeting", ("TUR",), (), "Meeting with Türkiye", "Treffen mit der Türkei"),
        ("negotiation", (), (), "Negotiations", "Verhandlungen"),
        (
            "leader_meeting",
            ("RUS", "UKR", "USA"),
            (),
            "Meeting between Russia, Ukraine and the United States",
            "Treffen zwischen Russland, der Ukraine und den USA",
        ),
        (
            "arms_delivery",
            ("DEU",),
            ("UKR",),
            "Arms delivery by Germany to Ukraine",
            "Waffenlieferung von Deutschland an die Ukraine",
        ),
        ("arms_delivery", (), ("IRN",), "Arms delivery to Iran", "Waffenlieferung an den Iran"),
        ("threat", ("IRN",), ("ISR",), "Threat by Iran against Israel", "Drohung vom Iran gegen Israel"),
        (
            "demand",
            ("UN",),
            ("HOUTHIS",),
            "Demand by the UN to the Houthis",
            "Forderung von den Vereinten Nationen an die Huthi",
        ),
        ("aid", ("EU",), ("PSE",), "Aid by the EU for the Palestinians", "Hilfe von der EU für die Palästinenser"),
        (
            "diplomatic_break",
            ("GBR",),
            ("VAT",),
            "Diplomatic break by the United Kingdom with the Vatican",
            "Abbruch der Beziehungen durch Großbritannien zum Vatikan",
        ),
        (
            "accusation",
            ("OTHER",),
            ("NLD",),
            "Accusation by another side against the Netherlands",
            "Vorwurf von einer anderen Seite gegen die Niederlande",
        ),
        (
            "peace_call",
            ("ICC",),
            ("OTHER", "XKX"),
            "Call for peace by the International Criminal Court to another side and Kosovo",
            "Friedensappell vom Internationalen Strafgerichtshof an eine andere Seite und den Kosovo",
        ),
    ],
)
def test_what_happened_is_said_in_both_languages(
    type_: str, actors: tuple[str, ...], recipients: tuple[str, ...], english: str, german: str
) -> None:
    one = event(type=type_, actors=actors, recipients=recipients)
    assert wording("en").headline(one) == english
    assert wording("de").headline(one) == german


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_type_and_status_has_words(language: str) -> None:
    words = wording(language)
    for type_ in EVENT_TYPES:
        assert "_" not in words.type_name(type_)
        assert type_ in words._words["types"]
    for status in STATUSES:
        assert words.statuses[status]
        assert words.status_labels[status]


def test_both_languages_have_the_same_words() -> None:
    german, english = wording("de"), wording("en")
    for part in ("mail", "web", "unsubscribe", "operations", "statuses", "status_labels", "reasons"):
        assert set(getattr(german, part)) == set(getattr(english, part)), part


@pytest.mark.parametrize(
    ("precision", "english", "german"),
    [
        ("day", "12 November 2025", "12. November 2025"),
        ("week", "week of 12 November 2025", "Woche vom 12. November 2025"),
        ("month", "November 2025", "November 2025"),
        ("year", "2025", "2025"),
        ("unknown", "reported 12 November 2025", "berichtet am 12. November 2025"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(precision: str, english: str, german: str) -> None:
    one = event(event_date=date(2025, 11, 12), date_precision=precision)
    assert (wording("en").day(one), wording("de").day(one)) == (english, german)


@pytest.mark.parametrize(
    ("when", "english", "german"),
    [
        ("immediate", "at once", "sofort"),
        ("hourly", "every hour", "stündlich"),
        ("daily at 7:30", "daily at 07:30", "täglich um 07:30"),
        ("weekly on friday at 18:00", "every Friday at 18:00", "jeden Freitag um 18:00"),
    ],
)
def test_a_rules_schedule_is_said_in_both_languages(when: str, english: str, german: str) -> None:
    assert (wording("en").schedule(when), wording("de").schedule(when)) == (english, german)


@pytest.mark.parametrize(
    ("zone", "english", "german"),
    [
        ("Europe/Berlin", "10 Nov 2025, 09:10", "10. Nov. 2025, 09:10"),
        ("UTC", "10 Nov 2025, 08:10 UTC", "10. Nov. 2025, 08:10 UTC"),
        ("Etc/UTC", "10 Nov 2025, 08:10 UTC", "10. Nov. 2025, 08:10 UTC"),
        ("Europe/London", "10 Nov 2025, 08:10", "10. Nov. 2025, 08:10"),
    ],
)
def test_a_moment_is_on_the_readers_clock_or_says_that_it_is_utc(zone: str, english: str, german: str) -> None:
    at = datetime(2025, 11, 10, 8, 10, tzinfo=UTC)
    assert (wording("en").moment(at, ZoneInfo(zone)), wording("de").moment(at, ZoneInfo(zone))) == (english, german)


def test_german_days_have_their_point_in_every_month() -> None:
    days = [wording("de").moment(datetime(2025, month, 9, 8, 5, tzinfo=UTC), ZoneInfo("UTC")) for month in (3, 5, 9)]
    assert days == ["9. März 2025, 08:05 UTC", "9. Mai 2025, 08:05 UTC", "9. Sept. 2025, 08:05 UTC"]


def test_numbers_have_the_languages_decimal_sign() -> None:
    assert (wording("en").number(-5.6, 1), wording("de").number(0.9, 2)) == ("-5.6", "0,90")


def test_states_and_unions_have_flags_and_others_none() -> None:
    assert [flag(one) for one in ("UKR", "EU", "XKX", "HAMAS", "nonsense")] == ["🇺🇦", "🇪🇺", "🇽🇰", "", ""]


def test_an_unknown_side_is_shown_as_it_is() -> None:
    assert wording("de").headline(event(actors=("ZZZ",), type="threat", recipients=())) == "Drohung von ZZZ"
