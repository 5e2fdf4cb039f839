"""Every day, week, month and year that a text names, read against the article's date."""

import re
from collections.abc import Iterable, Iterator
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
_UNITS: dict[str, DatePrecision] = {"tag": "day", "woche": "week", "monat": "month", "jahr": "year"}
_UNITS |= {"day": "day", "week": "week", "month": "month", "year": "year"}


def _numbered(words: str, first: int = 0) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


_DAYS = {
    "de": _numbered("montag dienstag mittwoch donnerstag freitag samstag sonntag") | {"sonnabend": 5},
    "en": _numbered("monday tuesday wednesday thursday friday saturday sunday"),
}
_MONTHS = {
    "de": _numbered("januar februar märz april mai juni juli august september oktober november dezember", 1)
    | {"jänner": 1},
    "en": _numbered("january february march april may june july august september october november december", 1),
}
_SHORT_MONTHS = _numbered("jan feb mar apr may jun jul aug sep oct nov dec", 1) | {"sept": 9}
_COUNTS = {
    "de": _numbered("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 1),
    "en": _numbered("a two three four five six seven eight nine ten eleven twelve", 1) | {"one": 1},
}
_NEAR = {
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2}
    | {"in der (?:vergangenen |letzten )?nacht(?! zu| auf| vom| von)": 0},
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
    | {"overnight": 0, "last night": -1, "this (?:morning|afternoon|evening)": 0},
}
_SAID = {
    "de": r"(?P<said>kommende|nächste|vergangene|letzte|vorige|diese)[mnrs]?",
    "en": r"(?P<said>next|coming|last|past|previous|this)",
}
_NEAR_MONTHS = 3
_SATURDAY = 5
_SHIFT = {"kommende": 1, "nächste": 1, "vergangene": -1, "letzte": -1, "vorige": -1, "diese": 0}
_SHIFT |= {"next": 1, "coming": 1, "last": -1, "past": -1, "previous": -1, "this": 0}


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_DE, _EN = _one_of(_MONTHS["de"]), _one_of(_MONTHS["en"])
_SHORT = rf"(?:{_one_of([*_MONTHS['en'], *_SHORT_MONTHS])})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_AND_DE = r"(?:(?:\.|\.,|\.?/|\.? ?[-–]|\. und|\. bis(?: zum)?) ?\d{1,2}\.|\.)"
_AND_EN = r"(?: ?(?:[-–]|and|to) ?\d{1,2})?(?:st|nd|rd|th)?"
_NUMBERS = r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"
# Of each kind the ways it is written; of "3. bis 5. Mai" the third counts.
_WRITTEN: dict[str, dict[DatePrecision, list[str]]] = {
    "de": {
        "day": [rf"\b(?P<day>\d{{1,2}}){_AND_DE} ?(?P<month>{_DE})(?: {_YEAR})?\b", _NUMBERS],
        "month": [
            rf"\b(?:im|seit|bis|ab|ende|anfang|mitte)(?: {_SAID['de']})? (?P<month>{_DE})(?: {_YEAR})?\b",
            rf"(?<!\.)(?<!\. )\b(?P<month>{_DE}) {_YEAR}\b",
        ],
        "year": [
            rf"\b(?:im|jahre?|schon|bereits|seit|von|ab|anfang|mitte|ende) {_YEAR}\b",
            rf"\b(?:sommer|herbst|winter|frühjahr|frühling) {_YEAR}\b",
        ],
    },
    "en": {
        "day": [
            rf"\b(?P<month>{_SHORT})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?\b",
            rf"\b(?P<day>\d{{1,2}}){_AND_EN} (?:of )?(?P<month>{_SHORT})\b(?:,? {_YEAR})?\b",
            _NUMBERS,
        ],
        "month": [
            rf"\b(?:in|since|until|from|by|of|during|early|mid|late|his|her|its|their|the|a)[ -](?P<month>{_EN})"
            rf"(?:,? {_YEAR})?\b(?! \d)",
            rf"(?:\b{_SAID['en']}|['’]s) (?P<month>{_EN})\b(?! \d)",
            rf"\b(?P<month>{_EN}),? {_YEAR}\b",
        ],
        "year": [
            rf"\b(?:in|since|from|by|of|early|mid|late|spring|summer|autumn|winter)[ -]{_YEAR}\b",
            rf"^{_YEAR} [-–]",
        ],
    },
}
_CALENDAR: dict[str, list[tuple[DatePrecision, re.Pattern[str]]]] = {
    language: [(kind, re.compile(way)) for kind, ways in kinds.items() for way in ways]
    for language, kinds in _WRITTEN.items()
}
_PART_OF_DAY = r"(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)?"
_WEEKDAY = {
    "de": re.compile(rf"\b(?:{_SAID['de']} )?(?P<day>{_one_of(_DAYS['de'])}){_PART_OF_DAY}\b"),
    "en": re.compile(
        rf"\b(?:{_SAID['en']} )?(?<!black )(?<!bloody )(?<!good )(?P<day>{_one_of(_DAYS['en'])})\b"
        r"(?! (?:times|telegraph|mail)\b)"
    ),
}
_WEEKEND = {
    "de": re.compile(rf"\b(?:{_SAID['de']} )?(?P<day>wochenende)s?\b"),
    "en": re.compile(rf"\b(?:{_SAID['en']} )?(?P<day>weekend)\b"),
}
_SHIFTED = {
    "de": re.compile(rf"\b{_SAID['de']} (?P<unit>woche|monat|jahr)(?:s|es)?\b"),
    "en": re.compile(rf"\b{_SAID['en']} (?P<unit>week|month|year)\b"),
}
_COUNTED = {
    "de": re.compile(
        rf"\b(?P<way>vor|in) (?P<count>\d{{1,2}}|{_one_of(_COUNTS['de'])})(?:em|er)? "
        r"(?P<unit>tag|woche|monat|jahr)(?:e?n)?\b"
    ),
    "en": re.compile(
        rf"\b(?P<way>in )?(?P<count>\d{{1,2}}|{_one_of(_COUNTS['en'])}) (?P<unit>day|week|month|year)s?\b(?P<ago> ago)?"
    ),
}
# "heute Morgen" is no tomorrow, and who may march names no month.
_NO_DATE = {"de": re.compile(r"(?<=\w )Morgen\b"), "en": re.compile(r"\b(?:may|march|august)\b")}


def plain(sentence: str, language: str) -> str:
    """A sentence in small letters, with words blotted out that only look like a date; places in it stay as they are."""
    return _NO_DATE[language].sub(lambda hit: "_" * len(hit.group()), sentence).lower()


def days_of(text: str, language: str, today: date | None, ahead: bool | None) -> list[tuple[int, When]]:
    """The dates in a `plain` text, with the place of each. Weekdays, and months without a year, are the last ones
    before `today`, or the next ones, if `ahead`; with None a month that comes soon is the next one. Without `today`
    only dates with a year can be read.

    Raises OverflowError where an article is said to be of the year 1 or 9999.
    """
    found = [
        _calendar(hit, kind, language, today, ahead)
        for kind, pattern in _CALENDAR[language]
        for hit in pattern.finditer(text)
    ]
    if today is not None:
        found += _relative(text, language, today, ahead)
    return [(place, when) for place, when in found if when.day is not None]


def _calendar(
    hit: re.Match[str], kind: DatePrecision, language: str, today: date | None, ahead: bool | None
) -> tuple[int, When]:
    said = hit.groupdict()
    place = min(hit.start(name) for name, value in said.items() if value)
    if kind == "year":
        return place, _safe(int(said["year"]), 1, 1, kind)
    month = said["month"]
    number = int(month) if month.isdigit() else _MONTHS[language].get(month) or _SHORT_MONTHS[month]
    year = int(said["year"]) if said.get("year") else _year(number, said.get("said"), today, ahead)
    return place, _safe(year, number, int(said.get("day") or 1), kind)


def _year(month: int, said: str | None, today: date | None, ahead: bool | None) -> int | None:
    """The year of a month without one. What is to come may have been decided a month or two ago."""
    if today is None:
        return None
    shift = _SHIFT.get(said or "", 0)
    if shift:
        return today.year + shift * ((month - today.month) * shift <= 0)
    if ahead or (ahead is None and (month - today.month) % 12 < _NEAR_MONTHS):
        return today.year + (today.month - month > _NEAR_MONTHS)
    return today.year - (month > today.month)


def _safe(year: int | None, month: int, day: int, precision: DatePrecision) -> When:
    try:
        return When(date(year, month, day), precision) if year else UNKNOWN
    except ValueError:
        return UNKNOWN


def _relative(text: str, language: str, today: date, ahead: bool | None) -> Iterator[tuple[int, When]]:
    for word, days in _NEAR[language].items():
        # "am Donnerstagmorgen" and "am Morgen" are no tomorrow.
        for hit in re.finditer(rf"(?<!am )(?<!\w)\b{word}\b", text):
            yield hit.start(), When(today + timedelta(days), "day")
    for hit in _WEEKDAY[language].finditer(text):
        yield hit.start("day"), When(_weekday(_DAYS[language][hit["day"]], hit["said"], today, ahead), "day")
    for hit in _WEEKEND[language].finditer(text):
        yield hit.start("day"), _moved(_weekday(_SATURDAY, hit["said"], today, ahead), "week", 0)
    for hit in _SHIFTED[language].finditer(text):
        yield hit.start(), _moved(today, _UNITS[hit["unit"]], _SHIFT[hit["said"]])
    for hit in _COUNTED[language].finditer(text):
        way = -1 if hit["way"] == "vor" or hit.groupdict().get("ago") else 1 if hit["way"] and ahead else 0
        if way:
            count = hit["count"]
            number = int(count) if count.isdigit() else _COUNTS[language][count]
            yield hit.start(), _moved(today, _UNITS[hit["unit"]], way * number)


def _weekday(number: int, said: str | None, today: date, ahead: bool | None) -> date:
    shift = _SHIFT.get(said or "this", 0)
    if shift > 0 or (ahead and shift == 0):
        return today + timedelta((number - today.weekday()) % 7 or (7 if shift else 0))
    return today - timedelta((today.weekday() - number) % 7 or (7 if shift else 0))


def _moved(today: date, unit: DatePrecision, count: int) -> When:
    """The day, or the first day of the week, month or year, that lies so many of them after `today`'s."""
    if unit == "day":
        return When(today + timedelta(count), unit)
    if unit == "week":
        return When(today + timedelta(7 * count - today.weekday()), unit)
    if unit == "year":
        return _safe(today.year + count, 1, 1, unit)
    months = today.year * 12 + today.month - 1 + count
    return _safe(months // 12, months % 12 + 1, 1, unit)
