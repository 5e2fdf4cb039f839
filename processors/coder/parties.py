"""Puts the actors of a text into its sentences."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from processors.coder.analysis import Party, Sentence, locate

if TYPE_CHECKING:
    from processors.coder.actors import ActorSpan, ActorTable


@cache
def table(config_dir: Path | None = None) -> "ActorTable":
    """The actor tables, read once per process."""
    from processors.coder.actors import load_actors
    from processors.settings import ROOT

    return load_actors(config_dir or ROOT / "config")


def name_parties(
    text: str, sentences: Sequence[Sentence], language: str, day: date | None, config_dir: Path | None = None
) -> None:
    """Adds to each sentence that has words the actors named in it."""
    from processors.coder.actors import ActorContext, find_actors

    if not any(sentence.words for sentence in sentences):
        return
    spans = sorted(find_actors(text, language, day, table(config_dir), ActorContext()), key=lambda span: span.start)
    position = 0
    for sentence in sentences:
        while position < len(spans) and spans[position].start < sentence.start:
            position += 1
        here = position
        while here < len(spans) and spans[here].start < sentence.end:
            _add(sentence, spans[here])
            here += 1


def _add(sentence: Sentence, span: "ActorSpan") -> None:
    if not span.ids or not sentence.words:
        return
    places = locate(sentence.words, span.start, span.end)
    if places is None:
        return
    at = locate(sentence.words, span.head_offset, span.head_offset + 1)
    head = at[0] if at else places[1]
    sentence.parties.append(
        Party(
            span.ids,
            span.kind,
            span.start,
            span.end,
            places,
            head,
            span.name or "",
            span.compound,
            span.genitive,
            span.former,
        )
    )
