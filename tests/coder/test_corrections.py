"""What the contract says of refusals, pauses and pledges, whatever their words look like."""

import json
from datetime import date

import pytest

from processors.coder.code import Text, code_texts
from processors.coder.explain import as_text, explained
from processors.settings import ROOT, load_settings

Seen = list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]


def coded(language: str, text: str) -> Seen:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    return [(event.type, event.status, event.actors, event.recipients) for event in events]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("de", "Moskau schließt ein Treffen mit Selenskyj aus.", (("RUS",), ("UKR",))),
        ("de", "Die Huthis zeigen keine Bereitschaft zu Gesprächen mit Saudi-Arabien.", (("HOUTHIS",), ("SAU",))),
        ("en", "The Taliban showed no willingness to talk to Pakistan.", (("TALIBAN",), ("PAK",))),
    ],
)
def test_a_refusal_is_the_only_event(language: str, text: str, sides: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    assert coded(language, text) == [("rejection", "occurred", *sides)]


def test_an_offer_that_was_not_made_stays_one() -> None:
    assert coded("de", "Kiew hat Moskau keine neue Gesprächsrunde in Istanbul angeboten.") == [
        ("negotiation_offer", "negated", ("UKR",), ("RUS",))
    ]


def test_the_explanation_says_why_a_readiness_is_a_refusal() -> None:
    text = "Nordkorea ist nicht gesprächsbereit gegenüber Südkorea."
    assert "who is not ready to talk refuses to" in as_text(explained(text, "de", "2025-07-04", load_settings()))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Polen hat der Ukraine Panzer versprochen.",
            "planned: what is pledged is not given yet",
        ),
        ("Tausende demonstrieren in Berlin gegen den Krieg.", "actor OTHER: who protests acts for nobody"),
    ],
)
def test_the_explanation_names_what_was_set_right(text: str, reason: str) -> None:
    assert reason in as_text(explained(text, "de", "2025-07-04", load_settings()))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Deutschland liefert bis auf Weiteres keine Waffen mehr an Israel.", "occurred"),
        ("Ab März wird Deutschland keine Munition mehr nach Israel liefern.", "planned"),
    ],
)
def test_what_is_no_longer_delivered_is_paused(text: str, status: str) -> None:
    assert coded("de", text) == [("arms_delivery_pause", status, ("DEU",), ("ISR",))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Merz hat dem ukrainischen Präsidenten bei einem Telefonat weitere Luftabwehrsysteme zugesagt."),
        ("de", "Deutschland sagte der Ukraine am Montag weitere Panzer zu."),
        ("en", "Germany has pledged more tanks to Ukraine."),
    ],
)
def test_arms_that_are_pledged_are_planned(language: str, text: str) -> None:
    assert ("arms_delivery", "planned", ("DEU",), ("UKR",)) in coded(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Deutschland unterstützt die Ukraine nicht nur militärisch."),
        ("de", "Russland greife nicht nur die Ukraine an, sondern die gesamte europäische Friedensordnung."),
    ],
)
def test_not_only_does_not_negate(language: str, text: str) -> None:
    assert [status for _, status, *_ in coded(language, text)] == ["occurred"]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("de", "Der britische Premierminister rief Israel auf, die Kämpfe einzustellen.", (("GBR",), ("ISR",))),
        ("de", "Die UN riefen den Sudan auf, an den Verhandlungstisch zurückzukehren.", (("UN",), ("SDN",))),
        ("en", "Germany urged Greece and Turkey to step back from the brink.", (("DEU",), ("GRC", "TUR"))),
        ("en", "US Secretary of State Marco Rubio asked Azerbaijan to stop the offensive.", (("USA",), ("AZE",))),
    ],
)
def test_who_demands_peace_calls_for_it(
    language: str, text: str, sides: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert coded(language, text) == [("peace_call", "occurred", *sides)]


@pytest.mark.parametrize(
    ("language", "text", "type_"),
    [
        ("de", "Das Abkommen sieht den Abzug der ruandischen Truppen binnen 90 Tagen vor.", "troop_withdrawal"),
        ("en", "The agreement between Israel and Hezbollah provides for a ceasefire of 60 days.", "ceasefire"),
    ],
)
def test_what_a_text_provides_for_is_planned(language: str, text: str, type_: str) -> None:
    assert {status for name, status, *_ in coded(language, text) if name == type_} == {"planned"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Serbien und der Kosovo haben ein Abkommen unterzeichnet. Die Afrikanische Union begrüßte das Abkommen.",
        ),
        ("en", "Serbia and Kosovo have signed an accord on border crossings. The African Union hailed the accord."),
    ],
)
def test_who_welcomes_what_two_agreed_on_does_so_towards_both(language: str, text: str) -> None:
    assert ("support", "occurred", ("AU",), ("SRB", "XKX")) in coded(language, text)


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("de", "Indien und Pakistan haben sich auf eine Waffenruhe geeinigt.", ("ceasefire", ("IND", "PAK"))),
        ("en", "Russia has agreed to talks with Ukraine in Istanbul.", ("negotiation", ("RUS", "UKR"))),
    ],
)
def test_what_is_agreed_on_is_no_agreement_beside_it(
    language: str, text: str, event: tuple[str, tuple[str, ...]]
) -> None:
    assert [(name, actors) for name, _, actors, _ in coded(language, text)] == [event]


def test_talks_that_were_held_and_talks_to_come_are_two_events() -> None:
    text = (
        "Iran and the United States held talks in Muscat on Monday. A second round of talks will take place next week."
    )
    assert [event[:3] for event in coded("en", text)] == [
        ("negotiation", "occurred", ("IRN", "USA")),
        ("negotiation", "planned", ("IRN", "USA")),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway condemned Israel's raids on Hezbollah. China urged all sides to show restraint."),
        ("en", "The Brazilian government appealed to all parties to respect international law and avoid escalation."),
    ],
)
def test_who_asks_all_sides_asks_nobody_by_name(language: str, text: str) -> None:
    calls = [event for event in coded(language, text) if event[0] == "peace_call"]
    assert [event[3] for event in calls] == [("OTHER",)]


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("de", "Am 4. Juli griff Israel Damaskus an.", ("attack", "occurred")),
        ("de", "Indien hat am 30. Juni Ziele in Pakistan bombardiert.", ("attack", "occurred")),
        ("en", "Iran attacked Baghdad with drones on July 2, 2025.", ("attack", "occurred")),
        ("de", "Am 9. Juli trifft Macron Erdogan in Ankara.", ("leader_meeting", "planned")),
        ("en", "Macron meets Erdogan in August in Ankara.", ("leader_meeting", "planned")),
        ("de", "Erdogan empfing am 1. Juli Macron in Ankara.", ("leader_meeting", "occurred")),
        ("de", "Aserbaidschan griff 2020 die Armenier an.", ("attack", "historical")),
        ("de", "Macron traf 2018 Erdogan in Paris.", ("leader_meeting", "historical")),
        ("de", "Polen lieferte der Ukraine 2022 Krab-Haubitzen.", ("arms_delivery", "historical")),
        ("en", "Macron's 2018 meeting with Erdogan in Paris achieved little.", ("leader_meeting", "historical")),
        ("en", "Israel's April strikes on Syria killed dozens.", ("attack", "historical")),
    ],
)
def test_the_status_keeps_to_the_calendar(language: str, text: str, event: tuple[str, str]) -> None:
    assert [found[:2] for found in coded(language, text)] == [event]


def test_the_date_of_another_verb_settles_nothing() -> None:
    text = "Erdogan urged Israel and Syria to cease fire from 9 p.m. Macron threatened Israel in March with sanctions."
    assert ("peace_call", "occurred", ("TUR",), ("ISR", "SYR")) in coded("en", text)


def test_what_must_stop_is_asked_for_by_the_verb_that_must_hangs_on() -> None:
    lines = (ROOT / "config" / "demo" / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    (copy,) = [row for row in map(json.loads, lines) if row["id"] == "don-03"]  # "müssten die Kämpfe ... einstellen"
    events = next(code_texts([Text(copy["text"], "de", copy["title"], date(2025, 11, 14))]))
    assert [(event.type, event.actors) for event in events] == [("peace_call", ("UN",))]
