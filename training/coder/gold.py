"""Reads annotated texts and aligns their events with the coder's candidates."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from processors.coder.code import visible
from processors.coder.coding import Description

HERE = Path(__file__).parent
LONGEST = 1100  # characters of a text that were read when it was annotated
PASSAGE = 70  # words of a passage, at least, that a whole article was cut into


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The annotated texts of a JSON Lines file."""
    return [_seen(row) for row in _lines(path)]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _seen(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the coder reads it, without signs that nobody sees."""
    events = [{**event, "trigger": visible(event["trigger"] or "")} for event in row["events"]]
    return {**row, "text": visible(row["text"]), "events": events}


def read_labels(folder: Path) -> list[dict[str, Any]]:
    """The labels of labels_de.jsonl and labels_en.jsonl with their texts, which lie in a folder outside the project.

    A label names its text by the first twelve digits of the text's SHA-1, a trigger by character offsets. Raises
    FileNotFoundError where the folder lacks a file; labels whose text it does not hold are left out.
    """
    out = []
    for language, texts in (("de", _german(folder)), ("en", _english(folder))):
        known = {hashlib.sha1(text.encode()).hexdigest()[:12]: (day, text) for day, text in texts}
        for label in _lines(HERE / f"labels_{language}.jsonl"):
            if label["id"] in known:
                day, text = known[label["id"]]
                events = [_event(event, text) for event in label["events"]]
                row = {**label, "lang": language, "date": day, "text": text[:LONGEST], "events": events}
                out.append(_seen(row))
    return out


def _event(event: dict[str, Any], text: str) -> dict[str, Any]:
    return {**event, "trigger": " … ".join(text[start:end] for start, end in event["spans"])}


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _german(folder: Path) -> Iterator[tuple[str | None, str]]:
    for row in _rows(folder / "de_headlines.jsonl.gz"):
        yield row["date"], row["text"]
    for row in _rows(folder / "de_wikinews.jsonl.gz"):
        for passage in _passages(row["text"]):
            yield row["date"], passage[:LONGEST]


def _english(folder: Path) -> Iterator[tuple[str | None, str]]:
    for row in _rows(folder / "en_news.jsonl.gz"):
        yield _iso(row["date"]), row["text"]
    for row in _rows(folder / "en_ukraine_2014.jsonl.gz"):
        for passage in _passages(row["text"]):
            yield None, passage


def _iso(day: str) -> str:
    american = re.match(r"(\d\d)/(\d\d)/(\d{4})", day)
    if american:
        return date(int(american[3]), int(american[1]), int(american[2])).isoformat()
    try:
        return parsedate_to_datetime(day).date().isoformat()
    except ValueError:
        return day[:10]


def _passages(text: str) -> Iterator[str]:
    """A whole article cut into passages of some sentences."""
    taken: list[str] = []
    for sentence in re.split(r'(?<=[.!?])\s+(?=[A-Z"“])', text):
        taken.append(sentence)
        if sum(len(one.split()) for one in taken) >= PASSAGE:
            yield " ".join(taken)
            taken = []
    if taken:
        yield " ".join(taken)


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
