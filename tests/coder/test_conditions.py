"""Threats on a condition, and what is near or far."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts
from processors.coder.explain import as_text, explained
from processors.settings import load_settings
from tests.coder.coded import Sides, coded


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        (
            "de",
            "Sollte die Nato Truppen in die Ukraine schicken, werde Russland sie angreifen, sagte Medwedew.",
            ("RUS",),
            ("NATO",),
        ),
        ("de", "Falls die USA Raketen liefern, werde Moskau antworten, drohte Lawrow.", ("RUS",), ("USA",)),
        (
            "en",
            "If Washington imposes new tariffs, China will retaliate, its commerce ministry said.",
            ("CHN",),
            ("USA",),
        ),
        ("en", "Trump said the US would bomb Iran again if it resumed enrichment.", ("USA",), ("IRN",)),
    ],
)
def test_what_one_would_do_if_another_does_something_is_a_threat_and_its_condition_no_event(
    language: str, text: str, actors: Sides, recipients: Sides
) -> None:
    assert coded(language, text) == [("threat", "occurred", actors, recipients)]


def test_what_somebody_else_says_of_a_condition_is_no_threat() -> None:
    text = "If Washington imposes new tariffs, China will impose sanctions on the United States, Indian officials said."
    assert "threat" not in [one[0] for one in coded("en", text)]


def test_who_threatens_is_no_source_and_the_explanation_names_the_condition() -> None:
    text = "Sollte die Nato Truppen in die Ukraine schicken, werde Russland sie angreifen, sagte Medwedew."
    (event,) = next(code_texts([Text(text, "de", day=date(2025, 11, 10))]))
    assert event.attribution is None
    shown = as_text(explained(text, "de", "2025-11-10", load_settings()))
    assert "a threat: it is to be done if another does something" in shown
    assert "on condition: 'Sollte die Nato Truppen in die Ukraine schicken'" in shown


@pytest.mark.parametrize(
    ("language", "text", "type_", "status"),
    [
        ("de", "Hamas sieht Einigung mit Israel näher denn je", "agreement", "hypothetical"),
        ("de", "Zwischen Israel und der Hamas zeichnet sich eine Waffenruhe ab", "ceasefire", "hypothetical"),
        ("de", "Israel und Hamas stehen kurz vor einer Einigung", "agreement", "hypothetical"),
        ("de", "USA und China nähern sich einem Handelsabkommen an.", "agreement", "hypothetical"),
        ("de", "Russland und die Ukraine sind weit von einer Waffenruhe entfernt", "ceasefire", "negated"),
        ("de", "Ein Abkommen zwischen Serbien und dem Kosovo ist in weiter Ferne.", "agreement", "negated"),
        ("de", "Eine Einigung zwischen Brüssel und Bern ist nicht in Sicht.", "agreement", "negated"),
        ("en", "US and Iran near agreement on nuclear programme", "agreement", "hypothetical"),
        ("en", "Russia and Ukraine on the verge of prisoner swap", "prisoner_exchange", "hypothetical"),
        ("en", "Ceasefire between Israel and Hezbollah within reach, Macron says", "ceasefire", "hypothetical"),
        ("en", "No agreement is in sight between Serbia and Kosovo.", "agreement", "negated"),
        # Near something else.
        ("en", "Israel and Hamas agreed on a ceasefire near Rafah.", "ceasefire", "planned"),
        ("en", "A source close to the talks said Israel and Hamas agreed to a truce.", "ceasefire", "planned"),
        ("en", "The summit of Trump and Putin is on hold.", "leader_meeting", "negated"),
        ("de", "Gipfel von Trump und Putin liegt auf Eis", "leader_meeting", "negated"),
    ],
)
def test_what_is_near_has_not_happened_and_what_is_far_even_less(
    language: str, text: str, type_: str, status: str
) -> None:
    assert (type_, status) in [one[:2] for one in coded(language, text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Syrien und die SDF haben ein Abkommen unterzeichnet, das auch eine landesweite Waffenruhe vorsieht."),
        ("en", "Armenia and Azerbaijan signed a treaty that also sets out a ceasefire along the border."),
    ],
)
def test_a_treaty_that_also_brings_a_ceasefire_is_an_agreement_beside_it(language: str, text: str) -> None:
    assert [one[:2] for one in coded(language, text)] == [("agreement", "occurred"), ("ceasefire", "planned")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Falls Maduro nicht geht, greifen die USA Venezuela an, sagte Trump",
            ("threat", "occurred", ("USA",), ("VEN",)),
        ),
        ("Falls Maduro nicht geht, greifen die USA Venezuela an", ("attack", "hypothetical", ("USA",), ("VEN",))),
        (
            "Wenn es keine Einigung gibt, verhängen die USA Zölle gegen Indien",
            ("sanctions", "hypothetical", ("USA",), ("IND",)),
        ),
        (
            "Sollten die Gespräche scheitern, verhängt die EU Sanktionen gegen Georgien",
            ("sanctions", "hypothetical", ("EU",), ("GEO",)),
        ),
        (
            "Wenn Russland nicht verhandelt, liefern die USA Tomahawks an Kiew",
            ("arms_delivery", "hypothetical", ("USA",), ("UKR",)),
        ),
        (
            "Die EU verhängt Sanktionen gegen Georgien, sollten die Gespräche scheitern",
            ("sanctions", "hypothetical", ("EU",), ("GEO",)),
        ),
        # What is threatened, on whatever condition, is threatened.
        (
            "Falls die USA Tomahawks liefern, droht Moskau mit Vergeltung",
            ("threat", "occurred", ("RUS",), ("USA",)),
        ),
        # "wenn" of a time.
        (
            "Wenn Trump am Montag nach Peking reist, trifft er Xi",
            ("leader_meeting", "planned", ("CHN", "USA"), ()),
        ),
    ],
)
def test_what_german_tells_in_the_present_tense_on_a_condition_has_not_happened(
    text: str, expected: tuple[str, str, Sides, Sides]
) -> None:
    assert coded("de", text) == [expected]


def test_what_is_denied_in_a_condition_is_no_event() -> None:
    assert coded("de", "Sollte bis dahin keine Einigung erzielt sein, würden Zölle fällig, sagte Trump.") == []


def test_what_is_so_in_any_case_happens() -> None:
    text = "Auch wenn Russland nicht verhandelt, liefern die USA Tomahawks an Kiew"
    assert ("arms_delivery", "occurred", ("USA",), ("UKR",)) in coded("de", text)
