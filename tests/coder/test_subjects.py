"""Who must do something is asked, and who says so asks; what a passive tells is done to its subject."""

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
