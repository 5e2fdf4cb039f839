"""Reads annotated texts and aligns their events with the coder's candidates."""

import json
from pathlib import Path
from typing import Any

from processors.coder.coding import Description


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The annotated texts of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def words_of(trigger: str | None) -> set[str]:
    """The words of an annotated trigger, folded."""
    return {word.strip(".,:;„“\"»«’'()") for word in (trigger or "").replace("…", " ").casefold().split()} - {""}


_LIGHT = frozenset(
    "auf an in der die das und zu von im mit für den dem ein eine a the to of on for and with by is has have be "
    "will".split()
)


def overlap(description: Description, event: dict[str, Any]) -> int:
    """How many words a candidate's trigger shares with an annotated one of its type; 0 for another type."""
    candidate = description.candidate
    if candidate.found.rule.type != event["type"]:
        return 0
    mine = {candidate.sentence.words[place].text.casefold() for place in candidate.found.words}
    theirs = words_of(event["trigger"])
    shared = mine & theirs
    return len(shared - _LIGHT) or (1 if shared and theirs <= _LIGHT else 0)


def matched(description: Description, events: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, bool]:
    """The annotated event that a candidate expresses, and whether one of its type is in the text at all."""
    same = [event for event in events if event["type"] == description.candidate.found.rule.type]
    hits = sorted(same, key=lambda event: -overlap(description, event))
    if hits and overlap(description, hits[0]):
        return hits[0], True
    return None, bool(same)
