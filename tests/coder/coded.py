"""The events of a text as the tests of rules compare them."""

from datetime import date

from processors.coder.code import Text, code_texts

Sides = tuple[str, ...]
Seen = tuple[str, str, Sides, Sides]


def coded(language: str, text: str, day: date = date(2025, 11, 10)) -> list[Seen]:
    """Type, status, actors and recipients of each event of a text of a day."""
    events = next(code_texts([Text(text, language, day=day)]))
    return [(event.type, event.status, event.actors, event.recipients) for event in events]
