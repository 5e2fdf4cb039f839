"""Who must do something is asked, and who says so asks."""

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
