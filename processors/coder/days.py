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
_UNITS |= {"wochen": "week", "monats": "month", "jahres": "year"}


def _numbered(words: str, first: int = 0) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


_DAYS = {
    "de": _numbered("montag dienstag mittwoch donnerstag freitag samstag sonntag") | {"sonnabend": 5},
    "en": _numbered("monday tuesday wednesday thursday friday saturday sunday"),
}
WEEKDAYS = frozenset(_DAYS["de"]) | frozenset(_DAYS["en"])
_MONTHS = {
    "de": _numbered("januar februar märz april mai juni juli august september oktober november dezember", 1)
    | {"jänner": 1},
    "en": _numbered("january february march april may june july august september october november december", 1),
}
_SHORT_MONTHS = {
    "de": _numbered("jan feb mär apr mai jun jul aug sep okt nov dez", 1) | {"sept": 9},
    "en": _numbered("jan feb mar apr may jun jul aug sep oct nov dec", 1) | {"sept": 9},
}
_COUNTS = {
    "de": _numbered("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 1),
    "en": _numbered("a two three four five six seven eight nine ten eleven twelve", 1) | {"one": 1},
}
_NEAR = {
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2}
    | {"in der (?:vergangenen |letzten )?nacht(?! zu| auf| vom| von)": 0, "über nacht": 0},
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
    | {"overnight": 0, "last night": -1, "this (?:morning|afternoon|evening)": 0}
    | {"during the night(?! of| to| from| on| into| between)": 0},
}
# Alone in its sentence a morning is today's; beside a day it is that day's.
_MORNING = re.compile(r"\bam (?:frühen )?(?:morgen|vormittag)\b(?!:| de[rs]| vor| nach| danach| darauf)")
# Feasts by month and day.
_FEASTS = {
    "de": {r"silvester(?:abend|nacht)?": (12, 31), r"neujahr(?:stag)?": (1, 1), "heiligabend": (12, 24)},
    "en": {"new year['’]s eve": (12, 31), "new year['’]s day": (1, 1), "christmas eve": (12, 24)},
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
_SHORT = rf"(?:{_one_of([*_MONTHS['en'], *_SHORT_MONTHS['en']])})"
_SHORT_DE = rf"(?:{_one_of(_SHORT_MONTHS['de'])})(?=\.)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# The year of a month by another word: "im Oktober vergangenen Jahres", "October 3 last year".
_OF_DE = r" (?:des )?(?P<which>kommende|nächste|vergangene|letzte|vorige|diese)[ns] jahres"
_OF_EN = r",? (?:of )?(?P<which>next|last|this) year"
_AND_DE = r"(?:(?:\.|\.,|\.?/|\.? ?[-–]|\. und|\. bis(?: zum)?) ?\d{1,2}\.|\.)"
_AND_EN = r"(?: ?(?:[-–]|and|to) ?\d{1,2})?(?:st|nd|rd|th)?"
_NUMBERS = r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"
_ISO = r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"
# Without the year in full only behind what opens a date: "am 3.11.", "am 3.11.25", "Montag (3.11.)".
_FEW_NUMBERS = (
    rf"(?:\b(?:am|vom|zum|bis|seit|ab|de[mnrs]|{_one_of(_DAYS['de'])},?) |\()"
    r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?P<year>\d\d\b)?(?!\d)"
)
# A year with no word that says so, and what stands before and behind such a number where it is none.
_BARE_YEAR = r"(?P<year>199\d|20(?!00)[0-3]\d)(?=[ ,.;:!?]|$)(?! ?[-–/]|[.,:]\d)"
_NUMBERED = (
    f"{_one_of(_MONTHS['de'])}|rund|etwa|circa|knapp|fast|über|unter|insgesamt|mindestens|weitere|bis|zu|um|als|resolution"
    "|agenda|haushalt|etat|artikel|nummer|nr|uhr|seite|wm|em|von|auf|oder|der|die|das|des|den|dem|eine?[mnrs]?|(?:ih|unse|sein)\\w*"
)
_COUNTED_DE = (
    "soldat(?:en|innen)|menschen|personen|tote[nr]?|verletzte[nr]?|kämpfern?|zivilist(?:en|innen)|flüchtlinge|gefangene[nr]?"
    r"|männer|frauen|kinder|mann|drohnen|raketen|panzer|schiffe|flugzeuge|kilometern?|metern?|\w+kilometern?|tonnen|euro"
    "|dollar|rubel|prozent|uhr|mal|millionen|milliarden|weitere"
)
# Of each kind the ways it is written; of "3. bis 5. Mai" the third counts.
_WRITTEN: dict[str, dict[DatePrecision, list[str]]] = {
    "de": {
        "day": [
            rf"\b(?P<day>\d{{1,2}}){_AND_DE} ?(?P<month>{_DE}|{_SHORT_DE})\b(?:\.?(?: {_YEAR}|{_OF_DE})\b)?",
            _NUMBERS,
            _FEW_NUMBERS,
            _ISO,
        ],
        "month": [
            rf"\b(?:im|seit|bis|ab|ende|anfang|mitte)(?: {_SAID['de']})? (?P<month>{_DE})(?: {_YEAR}|{_OF_DE})?\b",
            rf"(?<!\.)(?<!\. )\b(?P<month>{_DE})(?: {_YEAR}|{_OF_DE})\b",
        ],
        "year": [
            rf"\b(?:im|jahre?|schon|bereits|seit|von|ab|anfang|mitte|ende) {_YEAR}\b",
            rf"\b(?:sommer|herbst|winter|frühjahr|frühling) {_YEAR}\b",
            # Before a verb; of "2000 weitere Soldaten" it is the number.
            rf"^{_YEAR} (?!\w+[^td]e\b)(?=[a-zäöü])",
            rf"\b(?!(?:{_NUMBERED})\b)[a-zäöüß]{{2,}} {_BARE_YEAR}(?! (?:\w+e[nr]? )?(?:{_COUNTED_DE})\b)",
        ],
    },
    "en": {
        "day": [
            rf"\b(?P<month>{_SHORT})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR}|{_OF_EN})?\b",
            rf"\b(?P<day>\d{{1,2}}){_AND_EN} (?:of )?(?P<month>{_SHORT})\b(?:,? {_YEAR}|{_OF_EN})?\b",
            _NUMBERS,
            _ISO,
        ],
        "month": [
            rf"\b(?:in|since|until|from|by|of|during|early|mid|late|his|her|its|their|the|a)[ -](?P<month>{_EN})"
            rf"(?:,? {_YEAR}|{_OF_EN})?\b(?! \d)",
            rf"(?:\b{_SAID['en']}|['’]s) (?P<month>{_EN})\b(?! \d)",
            rf"\b(?P<month>{_EN})(?:,? {_YEAR}|{_OF_EN})\b",
        ],
        "year": [
            rf"\b(?:in|since|from|by|of|early|mid|late|spring|summer|autumn|winter)[ -]{_YEAR}\b",
            rf"^{_YEAR} [-–]",
            rf"(?:['’]s?|\b(?:the|a|his|her|its|their)) {_YEAR}(?= [a-z])",
        ],
    },
}
_CALENDAR: dict[str, list[tuple[DatePrecision, re.Pattern[str]]]] = {
    language: [(kind, re.compile(way)) for kind, ways in kinds.items() for way in ways]
    for language, kinds in _WRITTEN.items()
}
_PART_OF_DAY = r"(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)?"
_DAY_DE = rf"(?P<day>{_one_of(_DAYS['de'])}){_PART_OF_DAY}"
_DAY_EN = rf"(?P<day>{_one_of(_DAYS['en'])})(?: (?:morning|afternoon|evening|night))?"
_WEEKDAY = {
    # "Des Mittwochs" is one day, "mittwochs" are many.
    "de": re.compile(rf"\b(?P<des>des )?(?:{_SAID['de']} )?{_DAY_DE}(?(des)s?)\b"),
    "en": re.compile(
        rf"\b(?:{_SAID['en']} )?(?<!black )(?<!bloody )(?<!good )(?P<day>{_one_of(_DAYS['en'])})\b"
        r"(?! (?:times|telegraph|mail)\b)"
    ),
}
# A weekday right before its date: "am Sonntag, dem 30. November", "on Sunday (Nov. 30)".
_WITH_DATE = {
    language: re.compile(rf"\b{day}(?:,? (?:de[mnr] |the )?|,? ?\()$")
    for language, day in (("de", _DAY_DE), ("en", _DAY_EN))
}
_LONGEST_DAY = 40
# A day of another week: "am Dienstag vergangener Woche", "next week on Tuesday".
_OF_WEEK = {
    "de": [rf"{_DAY_DE} (?:in )?(?:der )?{_SAID['de']} woche", rf"{_SAID['de']} woche,? (?:am )?{_DAY_DE}"],
    "en": [rf"{_DAY_EN},? (?:of )?(?:the )?{_SAID['en']} week", rf"{_SAID['en']} week(?:,? on)? {_DAY_EN}"],
}
# Weeks counted from a weekday: "am Dienstag vor zwei Wochen", "a week from Monday".
_WEEKS_DE = rf"(?P<way>vor|in) (?P<count>\d|{_one_of(_COUNTS['de'])})(?:er)? wochen?"
_WEEKS_EN = rf"(?P<count>\d|{_one_of(_COUNTS['en'])}) weeks? (?P<way>ago"
_WEEKS_OFF = {
    "de": [rf"{_DAY_DE} {_WEEKS_DE}", rf"{_WEEKS_DE} am {_DAY_DE}"],
    "en": [rf"{_DAY_EN},? {_WEEKS_EN})", rf"{_WEEKS_EN}|from)(?: on)? {_DAY_EN}"],
}
_BY_WEEKS = {
    language: [re.compile(rf"\b{way}\b") for way in [*_OF_WEEK[language], *_WEEKS_OFF[language]]] for language in _DAYS
}
# The beginning, middle or end of the week, month or year that runs.
_EDGES = {
    "de": [
        re.compile(r"\b(?P<edge>anfang|beginn|mitte|ende) de[rs] (?P<unit>woche|monat|jahr)(?:e?s)?\b"),
        re.compile(r"\b(?!wochenende)(?P<unit>wochen|monats|jahres)(?P<edge>beginn|anfang|auftakt|mitte|ende)s?\b"),
    ],
    "en": [
        re.compile(
            r"\b(?P<edge>start|beginning|middle|end|early|earlier|late|later) (?:of|in) the (?P<unit>week|month|year)\b"
        )
    ],
}
_BEGINS = frozenset("anfang beginn auftakt start beginning early".split())
_ENDS = frozenset("ende end late later".split())
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
# "heute Morgen" is no tomorrow, "2000 Soldaten" are no year, and who may march names no month.
_NO_DATE = {
    "de": re.compile(r"(?<=\w )(?<!\b[Aa]m )(?<!\b[Aa]m frühen )Morgen\b|^(?:19|20)\d\d(?= [A-ZÄÖÜ])"),
    "en": re.compile(r"\b(?:may|march|august)\b"),
}


def plain(sentence: str, language: str) -> str:
    """A sentence in small letters, with words blotted out that only look like a date; places in it stay as they are."""
    return _NO_DATE[language].sub(lambda hit: "_" * len(hit.group()), sentence).lower()


def days_of(text: str, language: str, today: date | None, ahead: bool | None) -> list[tuple[int, When]]:
    """The dates in a `plain` text, with the place of each. Weekdays, and months without a year, are the last ones
    before `today`, or the next ones, if `ahead`; with None a month that comes soon is the next one. Without `today`
    only dates with a year can be read.

    Raises OverflowError where an article is said to be of the year 1 or 9999.
    """
    found: list[tuple[int, When]] = []
    rest = text
    for kind, pattern in _CALENDAR[language]:
        for hit in pattern.finditer(text):
            place, when = _calendar(hit, kind, language, today, ahead)
            if when.day is not None:
                place = _with_weekday(text, place, language) if kind == "day" else place
                found.append((place, when))
                rest = _without(rest, place, hit.end())
    if today is not None:
        by_weeks, rest = _by_weeks(rest, language, today, ahead)
        found += by_weeks
        found += _relative(rest, language, today, ahead)
        if not found and language == "de":
            found += [(hit.start(), When(today, "day")) for hit in _MORNING.finditer(rest)]
    return [(place, when) for place, when in found if when.day is not None]


def _without(text: str, begin: int, end: int) -> str:
    """A text in which something is blotted out that has been read; places in it stay as they are."""
    return f"{text[:begin]}{'_' * (end - begin)}{text[end:]}"


def _with_weekday(text: str, place: int, language: str) -> int:
    """Where the date at `place` begins with the weekday before it, which is the same day."""
    before = _WITH_DATE[language].search(text, max(0, place - _LONGEST_DAY), place)
    return before.start() if before else place


def _calendar(
    hit: re.Match[str], kind: DatePrecision, language: str, today: date | None, ahead: bool | None
) -> tuple[int, When]:
    said = hit.groupdict()
    place = min(hit.start(name) for name, value in said.items() if value)
    if kind == "year":
        return place, _safe(int(said["year"]), 1, 1, kind)
    month = said["month"]
    number = int(month) if month.isdigit() else _MONTHS[language].get(month) or _SHORT_MONTHS[language][month]
    return place, _safe(_said_year(said, number, today, ahead), number, int(said.get("day") or 1), kind)


def _said_year(said: dict[str, str | None], month: int, today: date | None, ahead: bool | None) -> int | None:
    """The year that is said with a month, in full, in two digits or in words, or the one that must be meant."""
    if year := said.get("year"):
        return int(year) + (2000 if len(year) == 2 else 0)
    if (which := said.get("which")) and today is not None:
        return today.year + _SHIFT[which]
    return _year(month, said.get("said"), today, ahead)


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


def _by_weeks(text: str, language: str, today: date, ahead: bool | None) -> tuple[list[tuple[int, When]], str]:
    """The weekdays that are said with their week, and the text without them."""
    found = []
    for pattern in _BY_WEEKS[language]:
        for hit in pattern.finditer(text):
            said = hit.groupdict()
            number = _DAYS[language][said["day"]]
            if said.get("said"):
                monday = today - timedelta(today.weekday())
                day = monday + timedelta(7 * _SHIFT[said["said"]] + number)
            else:
                past = said["way"] in {"vor", "ago"}
                weeks = int(said["count"]) if said["count"].isdigit() else _COUNTS[language][said["count"]]
                day = _weekday(number, None, today, not past) + timedelta(-7 * weeks if past else 7 * weeks)
            found.append((hit.start(), When(day, "day")))
            text = _without(text, *hit.span())
    return found, text


def _relative(text: str, language: str, today: date, ahead: bool | None) -> Iterator[tuple[int, When]]:
    for word, days in _NEAR[language].items():
        # "am Donnerstagmorgen" and "am Morgen" are no tomorrow.
        for hit in re.finditer(rf"(?<!am )(?<!am frühen )(?<!\w)\b{word}\b", text):
            yield hit.start(), When(today + timedelta(days), "day")
    for word, (month, number) in _FEASTS[language].items():
        for hit in re.finditer(rf"\b{word}\b(?: {_YEAR})?", text):
            yield hit.start(), _safe(_said_year(hit.groupdict(), month, today, ahead), month, number, "day")
    yield from _edges(text, language, today, ahead)
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


def _edges(text: str, language: str, today: date, ahead: bool | None) -> Iterator[tuple[int, When]]:
    """The weeks, months and years whose beginning, middle or end is named. A beginning that is to come is the next
    one's; the end of a month or year that does not lie ahead is that of another."""
    for pattern in _EDGES[language]:
        for hit in pattern.finditer(text):
            unit = _UNITS[hit["unit"]]
            running = _moved(today, unit, 0)
            if hit["edge"] in _ENDS and unit != "week" and not ahead:
                continue
            if ahead and hit["edge"] in _BEGINS and running.day != today:
                running = _moved(today, unit, 1)
            yield hit.start(), running


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
