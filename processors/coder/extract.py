"""Codes JSON Lines: contract 1 of the design. One line in, one line out, in order; a bad line ends nothing."""

import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from typing import Any

from processors.coder.code import Text, code_texts
from processors.coder.languages import language_of
from processors.coder.lexicon import lexicon_languages
from processors.moments import moment
from processors.settings import Settings

CHUNK = 64
Result = tuple[dict[str, Any], bool]


class BadLine(ValueError):
    """A line that cannot be coded; the text says why."""


def extract(lines: Iterable[str], settings: Settings, workers: int = 1) -> Iterator[Result]:
    """For every line that is not blank the object to write, and whether it went well, in the order of the lines."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    chunks = _chunks(numbered)
    if workers <= 1:
        for chunk in chunks:
            yield from _code_chunk(chunk, settings)
        return
    with ProcessPoolExecutor(workers) as pool:
        # A bounded number of chunks is under way, so that a long input is never held in memory.
        waiting: list[Any] = []
        for chunk in chunks:
            waiting.append(pool.submit(_code_chunk, chunk, settings))
            if len(waiting) > 2 * workers:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


def _chunks(numbered: Iterator[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    while chunk := list(islice(numbered, CHUNK)):
        yield chunk


def _code_chunk(chunk: list[tuple[int, str]], settings: Settings) -> list[Result]:
    out: list[Result | None] = []
    good: list[tuple[int, dict[str, Any], Text]] = []
    for number, line in chunk:
        row: Any = None
        try:
            row = _parsed(line)
            good.append((len(out), row, _text(row, settings)))
            out.append(None)
        except BadLine as error:
            out.append((_problem(row, number, str(error)), False))
    for (place, row, text), outcome in zip(good, _coded([text for _, _, text in good], settings), strict=True):
        if isinstance(outcome, str):
            out[place] = ({"id": row["id"], "error": outcome}, False)
        else:
            out[place] = ({"id": row["id"], "lang": text.language, "events": outcome}, True)
    return [result for result in out if result is not None]


def _coded(texts: list[Text], settings: Settings) -> list[list[dict[str, Any]] | str]:
    try:
        return [[event.as_json() for event in events] for events in code_texts(texts, settings)]
    except Exception as error:
        if len(texts) == 1:
            return [f"{type(error).__name__}: {error}"]
    return [outcome for text in texts for outcome in _coded([text], settings)]


def _parsed(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a mere ValueError
        raise BadLine(f"not valid JSON: {error}") from None
    if not isinstance(row, dict):
        raise BadLine("not a JSON object")
    return row


def _text(row: dict[str, Any], settings: Settings) -> Text:
    if not _has_id(row):
        raise BadLine('"id" is missing, or neither text nor a number')
    text, title = row.get("text"), row.get("title") or ""
    if not isinstance(title, str):
        raise BadLine('"title" is no string')
    if text is None and "text" in row and title:  # an exported article of which there is but the headline
        text = ""
    if not isinstance(text, str):
        raise BadLine('"text" is missing or no string')
    known = lexicon_languages(settings.config_dir)
    language = row.get("lang") or row.get("language") or language_of(f"{title}\n{text}", tuple(known))
    code = language_code(language) if isinstance(language, str) else ""
    if code not in known:
        raise BadLine(f"language {language!r} cannot be coded; known: {', '.join(known)}")
    return Text(text, code, title, _day(row.get("date") or row.get("published_at")))


def language_code(tag: str) -> str:
    """The language of a tag such as "de", "DE" or "de_AT"."""
    return re.split("[-_]", tag)[0].lower()


def _has_id(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("id"), str | int | float) and not isinstance(row["id"], bool)


def _day(value: Any) -> date | None:
    try:
        found = moment(value)
    except ValueError as error:
        raise BadLine(f'"date": {error}') from None
    return found.date() if found else None


def _problem(row: Any, number: int, message: str) -> dict[str, Any]:
    if _has_id(row):
        return {"id": row["id"], "error": message}
    return {"line": number, "error": message}
