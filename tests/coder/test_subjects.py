"""Who must do something is asked, and who says so asks; what a passive tells is done to its subject; who has made a
weapon does not strike with it."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts

SPOKEN = [
    (
        "en",
        "Sudan's army and the Rapid Support Forces must stop fighting, UN Secretary-General Antonio Guterres said.",
        "peace_call",
        ("UN",),
        ("RSF", "SDN"),
    ),
    ("en", "Russian troops must leave Ukraine, French President Emmanuel Macron said.", "demand", ("FRA",), ("RUS",)),
    (
        "de",
        "Die Türkei müsse ihre Grenze öffnen, sagte der französische Präsident Emmanuel Macron.",
        "demand",
        ("FRA",),
        ("TUR",),
    ),
]


@pytest.mark.parametrize(("language", "text", "type_", "actors", "recipients"), SPOKEN)
def test_the_subject_is_asked_and_the_speaker_asks(
    language: str, text: str, type_: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    found = [(event.actors, event.recipients) for event in events if event.type == type_]
    assert (actors, recipients) in found, [(e.type, e.actors, e.recipients, e.trigger) for e in events]
    assert not any(set(recipients) & set(doers) for doers, _ in found)


PASSIVE = [
    ("en", "Hungary was asked on Monday to pay a fine of 200 million euros within two weeks.", "demand", (), ("HUN",)),
    ("en", "Turkey has been accused by Greece of violating its airspace.", "accusation", ("GRC",), ("TUR",)),
    ("en", "Israel is being urged by Germany to allow more aid into Gaza.", "demand", ("DEU",), ("ISR",)),
]


@pytest.mark.parametrize(("language", "text", "type_", "actors", "recipients"), PASSIVE)
def test_what_a_passive_tells_is_done_to_its_subject(
    language: str, text: str, type_: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    assert [(event.actors, event.recipients) for event in events if event.type == type_] == [(actors, recipients)]


def test_troops_that_are_sent_are_sent_by_their_own_side() -> None:
    text = "Russian troops were deployed along the border with Finland on Monday."
    events = next(code_texts([Text(text, "en", day=date(2025, 7, 4))]))
    assert [event.actors for event in events if event.type == "mobilization"] == [("RUS",)]


def attacks(language: str, text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    return [(event.status, event.actors, event.recipients) for event in events if event.type == "attack"]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "Sudan attacked Chad with Turkish drones.", ("SDN",), ("TCD",)),
        ("en", "Armenia shelled Baku with French missiles on Monday.", ("ARM",), ("AZE",)),
        ("de", "Aserbaidschan griff Eriwan mit israelischen Drohnen an.", ("AZE",), ("ARM",)),
        ("de", "Die Ukraine beschoss Kursk mit US-Raketen.", ("UKR",), ("RUS",)),
        ("de", "Äthiopien setzte türkische Drohnen gegen Eritrea ein.", ("ETH",), ("ERI",)),
    ],
)
def test_who_has_made_a_weapon_does_not_strike_with_it(
    language: str, text: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    assert attacks(language, text) == [("occurred", actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("de", "Die pakistanische Luftabwehr hat zwölf indische Drohnen abgeschossen.", ("PAK",), ("IND",)),
        ("de", "Kuwait fing iranische Raketen ab.", ("KWT",), ("IRN",)),
        ("en", "Pakistan was attacked with Indian drones overnight.", ("IND",), ("PAK",)),
    ],
)
def test_weapons_stand_for_those_who_strike_where_nobody_else_does(
    language: str, text: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    assert attacks(language, text) == [("occurred", actors, recipients)]


@pytest.mark.parametrize(
    "text",
    [
        "Pakistan bestreitet, Indien angegriffen zu haben.",
        "Pakistan hat am Mittwoch dementiert, Indien angegriffen zu haben.",
    ],
)
def test_who_denies_to_have_struck_has_not_been_struck(text: str) -> None:
    assert attacks("de", text) == [("negated", ("PAK",), ("IND",))]
