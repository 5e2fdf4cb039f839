"""Days, weeks, months and years by their names, counted from an article's date."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from processors.records import DatePrecision


class When(NamedTuple):
    """A day and how precise it is; `day` is the first of a week, month or year."""

    day: date | None
    precision: DatePrecision

    @property
    def length(self) -> int:
        """Days, at most."""
        return _LENGTHS.get(self.precision, 0)

    def is_in(self, other: "When") -> bool:
        """Whether this lies in the other, and is more exact: a day of a week, a month of a year."""
        if self.day is None or other.day is None or self.length >= other.length:
            return False
        return 0 <= (self.day - other.day).days < other.length


_LENGTHS: dict[DatePrecision, int] = {"day": 1, "week": 7, "month": 31, "year": 366}
UNKNOWN = When(None, "unknown")
UNITS: dict[str, DatePrecision] = {"tag": "day", "woche": "week", "monat": "month", "jahr": "year"}
UNITS |= {"day": "day", "week": "week", "month": "month", "year": "year"}
UNITS |= {"wochen": "week", "monats": "month", "jahres": "year"}


def _numbered(words: str, first: int = 0) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


DAYS = {
    "de": _numbered("montag dienstag mittwoch donnerstag freitag samstag sonntag") | {"sonnabend": 5},
    "en": _numbered("monday tuesday wednesday thursday friday saturday sunday"),
}
GERMAN_DAYS = frozenset(DAYS["de"])
WEEKDAYS = GERMAN_DAYS | frozenset(DAYS["en"])
MONTHS = {
    "de": _numbered("januar februar märz april mai juni juli august september oktober november dezember", 1)
    | {"jänner": 1},
    "en": _numbered("january february march april may june july august september october november december", 1),
}
MONTH_NAMES = frozenset(MONTHS["de"]) | frozenset(MONTHS["en"])
SHORT_MONTHS = {
    "de": _numbered("jan feb mär apr mai jun jul aug sep okt nov dez", 1) | {"sept": 9},
    "en": _numbered("jan feb mar apr may jun jul aug sep oct nov dec", 1) | {"sept": 9},
}
COUNTS = {
    "de": _numbered("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 1),
    "en": _numbered("a two three four five six seven eight nine ten eleven twelve", 1) | {"one": 1},
}
_NEAR_MONTHS = 3
SHIFT = {"kommende": 1, "nächste": 1, "vergangene": -1, "letzte": -1, "vorige": -1, "diese": 0}
SHIFT |= {"übernächste": 2, "vorletzte": -2}
SHIFT |= {"next": 1, "coming": 1, "last": -1, "past": -1, "previous": -1, "this": 0}


def one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# "heute Morgen" is no tomorrow, "2000 Soldaten" are no year, who may march names no month, and a night is of the day
# that it ends in: "in der Nacht von Dienstag auf Mittwoch".
_NO_DATE = {
    "de": re.compile(
        r"(?<=\w )(?<!\b[Aa]m )(?<!\b[Aa]m frühen )Morgen\b|^(?:19|20)\d\d(?= [A-ZÄÖÜ])"
        rf"|(?<=[Nn]acht )vo[nm] (?i:{one_of(DAYS['de'])}) (?=auf|zum?)"
    ),
    "en": re.compile(rf"\b(?:may|march|august)\b|(?<=night )(?:from )?(?i:{one_of(DAYS['en'])}) (?:in)?to(?= [A-Z])"),
}


def plain(sentence: str, language: str) -> str:
    """A sentence in small letters, with words blotted out that only look like a date; places in it stay as they are."""
    return _NO_DATE[language].sub(lambda hit: "_" * len(hit.group()), sentence).lower()


def said_year(said: dict[str, str | None], month: int, today: date | None, ahead: bool | None) -> int | None:
    """The year that is said with a month, in full, in two digits or in words, or the one that must be meant."""
    if year := said.get("year"):
        return int(year) + (2000 if len(year) == 2 else 0)
    if (which := said.get("which")) and today is not None:
        return today.year + SHIFT[which]
    return year_of(month, said.get("said"), today, ahead)


def year_of(month: int, said: str | None, today: date | None, ahead: bool | None) -> int | None:
    """The year of a month without one. What is to come may have been decided a month or two ago."""
    if today is None:
        return None
    shift = SHIFT.get(said or "", 0)
    if shift:
        return today.year + shift * ((month - today.month) * shift <= 0)
    if ahead or (ahead is None and (month - today.month) % 12 < _NEAR_MONTHS):
        return today.year + (today.month - month > _NEAR_MONTHS)
    return today.year - (month > today.month)


def safe(year: int | None, month: int, day: int, precision: DatePrecision) -> When:
    try:
        return When(date(year, month, day), precision) if year else UNKNOWN
    except ValueError:
        return UNKNOWN


def weekday(number: int, said: str | None, today: date, ahead: bool | None) -> date:
    shift = SHIFT.get(said or "this", 0)
    farther = timedelta(7 * max(0, abs(shift) - 1))
    if shift > 0 or (ahead and shift == 0):
        return today + timedelta((number - today.weekday()) % 7 or (7 if shift else 0)) + farther
    return today - timedelta((today.weekday() - number) % 7 or (7 if shift else 0)) - farther


def moved(today: date, unit: DatePrecision, count: int) -> When:
    """The day, or the first day of the week, month or year, that lies so many of them after `today`'s."""
    if unit == "day":
        return When(today + timedelta(count), unit)
    if unit == "week":
        return When(today + timedelta(7 * count - today.weekday()), unit)
    if unit == "year":
        return safe(today.year + count, 1, 1, unit)
    months = today.year * 12 + today.month - 1 + count
    return safe(months // 12, months % 12 + 1, 1, unit)
