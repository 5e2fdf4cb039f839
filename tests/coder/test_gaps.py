"""Whom a clause names second, behind a verb that is not said again, and beside whom somebody fights."""

import pytest

from tests.coder.coded import Sides, coded


@pytest.mark.parametrize(
    ("language", "text", "type_", "actors", "recipients"),
    [
        (
            "en",
            "Mali accuses Algeria of shooting down a drone and France of arming jihadists.",
            "accusation",
            ("MLI",),
            ("DZA", "FRA"),
        ),
        (
            "en",
            "Iran blamed Israel for the blast and the United States for the cyberattack.",
            "accusation",
            ("IRN",),
            ("ISR", "USA"),
        ),
        (
            "en",
            "Zelenskiy thanked Sweden for its jets and Canada for its soldiers.",
            "support",
            ("UKR",),
            ("CAN", "SWE"),
        ),
        ("en", "Israel attacked Lebanon on Monday and Syria on Tuesday.", "attack", ("ISR",), ("LBN", "SYR")),
        (
            "en",
            "Macron called on Israel to lift the blockade and Hamas to free the hostages.",
            "demand",
            ("FRA",),
            ("HAMAS", "ISR"),
        ),
        (
            "de",
            "Der Iran machte Israel für die Explosion und die USA für den Cyberangriff verantwortlich.",
            "accusation",
            ("IRN",),
            ("ISR", "USA"),
        ),
        (
            "de",
            "Mali warf Algerien den Abschuss einer Drohne und Frankreich die Bewaffnung von Dschihadisten vor.",
            "accusation",
            ("MLI",),
            ("DZA", "FRA"),
        ),
        (
            "de",
            "Merz forderte Israel zum Einlenken und die Hamas zur Freilassung der Geiseln auf.",
            "demand",
            ("DEU",),
            ("HAMAS", "ISR"),
        ),
    ],
)
def test_who_is_named_second_with_the_same_preposition_suffers_it_too(
    language: str, text: str, type_: str, actors: Sides, recipients: Sides
) -> None:
    assert (type_, "occurred", actors, recipients) in coded(language, text)


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Kyiv thanked Germany for the missiles and Merz said more would follow.", ("DEU",)),
        ("Macron asked Egypt to mediate between Israel and Hamas to end the war.", ("EGY",)),
    ],
)
def test_a_subject_and_the_last_of_a_list_are_not_named_second(text: str, recipients: Sides) -> None:
    assert [one[3] for one in coded("en", text)] == [recipients]


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("en", "Rwandan soldiers are fighting alongside M23 in eastern Congo.", ("M23", "RWA")),
        ("de", "Ruandische Soldaten kämpfen an der Seite der M23 im Ostkongo.", ("M23", "RWA")),
    ],
)
def test_beside_whom_somebody_fights_is_not_attacked(language: str, text: str, actors: Sides) -> None:
    assert coded(language, text) == [("attack", "occurred", actors, ())]
