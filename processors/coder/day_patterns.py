"""The ways in which days, weeks, months and years are written in a text, and what day each of them is."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from processors.coder.days import (
    COUNTS,
    DAYS,
    MONTHS,
    SHIFT,
    SHORT_MONTHS,
    UNITS,
    When,
    moved,
    one_of,
    safe,
    said_year,
    weekday,
    year_of,
)
from processors.records import DatePrecision

_NEAR = {
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2}
    | {"in der (?:vergangenen |letzten )?nacht(?! zu| auf| vom| von| _)": 0, "über nacht": 0, "letzte nacht": 0},
    "en": {"today": 0, "(?<!before )yesterday": -1, "(?<!after )tomorrow": 1, "tonight": 0}
    | {"the day before yesterday": -2, "the day after tomorrow": 2}
    # "Overnight on Wednesday" is Wednesday.
    | {"overnight(?! _* ?(?:on |into )?[a-z]+day)": 0, "last night": -1, "this (?:morning|afternoon|evening)": 0}
    | {"during the night(?! of| to| from| on| into| between)": 0},
}
# A day counted from another; what was "zwei Tage zuvor angekündigt" is another matter than the word behind.
_STEP = {
    "de": re.compile(
        rf"\b(?:am (?:vortag(?! de[rs]\b)|tag (?:zuvor|davor|(?P<later>danach|darauf)))"
        rf"|(?:einen|(?P<count>\d|{one_of(COUNTS['de'])})) tage? "
        r"(?:zuvor|vorher|davor|(?P<after>später|danach|darauf)))\b(?! \w+te[nrms]?\b)"
    ),
    "en": re.compile(
        r"\b(?:the (?:previous day|day before(?=[,.;]|$)|(?P<later>next day|following day))"
        rf"|(?P<count>\d|{one_of(COUNTS['en'])}) days? (?:earlier|before(?=[,.;]|$)|(?P<after>later)))(?!\w)"
    ),
}
# Alone in its sentence a morning is today's; beside a day it is that day's.
_MORNING = re.compile(r"\bam (?:frühen )?(?:morgen|vormittag)\b(?!:| de[rs]| vor| nach| danach| darauf)")
# Feasts by month and day.
_FEASTS = {
    "de": {r"silvester(?:abend|nacht)?": (12, 31), r"neujahr(?:stag)?": (1, 1), "heiligabend": (12, 24)}
    | {r"weihnachten|(?:ersten )?weihnachts(?:feier)?tag": (12, 25)},
    "en": {"new year['’]s eve": (12, 31), "new year['’]s day": (1, 1), "christmas eve": (12, 24)}
    | {"christmas(?: day)?(?! eve)": (12, 25)},
}
_SAID = {
    "de": r"(?P<said>kommende|übernächste|nächste|vergangene|vorletzte|letzte|vorige|diese)[mnrs]?",
    "en": r"(?P<said>next|coming|last|past|previous|this)",
}
_SATURDAY = 5

_DE, _EN = one_of(MONTHS["de"]), one_of(MONTHS["en"])
_SHORT = rf"(?:{one_of([*MONTHS['en'], *SHORT_MONTHS['en']])})"
_SHORT_DE = rf"(?:{one_of(SHORT_MONTHS['de'])})(?=\.)"
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
    rf"(?:\b(?:am|vom|zum|bis|seit|ab|de[mnrs]|{one_of(DAYS['de'])},?) |\()"
    r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?P<year>\d\d\b)?(?!\d)"
)
# A year with no word that says so, and what stands before and behind such a number where it is none.
_BARE_YEAR = r"(?P<year>199\d|20(?!00)[0-3]\d)(?=[ ,.;:!?]|$)(?! ?[-–/]|[.,:]\d)"
_NUMBERED = (
    f"{one_of(MONTHS['de'])}|rund|etwa|circa|knapp|fast|über|unter|insgesamt|mindestens|weitere|bis|zu|um|als|resolution"
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
_DAY_DE = rf"(?P<day>{one_of(DAYS['de'])}){_PART_OF_DAY}"
_DAY_EN = rf"(?P<day>{one_of(DAYS['en'])})(?: (?:morning|afternoon|evening|night))?"
_WEEKDAY = {
    # "Des Mittwochs" is one day, "mittwochs" are many.
    "de": re.compile(rf"\b(?P<des>des )?(?:{_SAID['de']} )?{_DAY_DE}(?(des)s?)\b"),
    "en": re.compile(
        rf"\b(?:{_SAID['en']} )?(?<!black )(?<!bloody )(?<!good )(?P<day>{one_of(DAYS['en'])})\b"
        r"(?! (?:times|telegraph|mail)\b)"
    ),
}
# The second of two days counts no more than that of "3. bis 5. Mai": "am Samstag und Sonntag".
_SECOND = {
    language: re.compile(
        rf"\b(?:{one_of(days)}){_PART_OF_DAY}(?: (?:und|sowie|bis|and|to|through) |[-–/])(?P<second>{one_of(days)})"
    )
    for language, days in DAYS.items()
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
_WEEKS_DE = rf"(?P<way>vor|in) (?P<count>\d|{one_of(COUNTS['de'])})(?:er)? wochen?"
_WEEKS_EN = rf"(?P<count>\d|{one_of(COUNTS['en'])}) weeks? (?P<way>ago"
_WEEKS_OFF = {
    "de": [rf"{_DAY_DE} {_WEEKS_DE}", rf"{_WEEKS_DE} am {_DAY_DE}"],
    "en": [rf"{_DAY_EN},? {_WEEKS_EN})", rf"{_WEEKS_EN}|from)(?: on)? {_DAY_EN}"],
}
_BY_WEEKS = {
    language: [re.compile(rf"\b{way}\b") for way in [*_OF_WEEK[language], *_WEEKS_OFF[language]]] for language in DAYS
}
# The beginning, middle or end of the week, month or year that runs.
_EDGES = {
    "de": [
        re.compile(r"\b(?P<edge>anfang|beginn|laufe?|mitte|ende) de[rs] (?P<unit>woche|monat|jahr)(?:e?s)?\b"),
        re.compile(r"\b(?!wochenende)(?P<unit>wochen|monats|jahres)(?P<edge>beginn|anfang|auftakt|mitte|ende)s?\b"),
    ],
    "en": [
        re.compile(
            r"\b(?P<edge>start|beginning|course|middle|end|early|earlier|late|later) (?:of|in) the "
            r"(?P<unit>week|month|year)\b"
        ),
        re.compile(r"\b(?P<unit>month|year)(?:['’]s |-)(?P<edge>end)\b"),
    ],
}
_BEGINS = frozenset("anfang beginn auftakt start beginning early".split())
_ENDS = frozenset("ende end late later".split())
_WEEKEND = {
    "de": re.compile(rf"\b(?:{_SAID['de']} )?(?P<day>wochenende)s?\b"),
    "en": re.compile(rf"\b(?:{_SAID['en']} )?(?P<day>weekend)\b"),
}
# A season without a year is told as the year that it is in.
_SEASON = {
    "de": re.compile(rf"\bi[mn] (?:{_SAID['de']} )?(?P<season>frühjahr|frühling|sommer|herbst)\b(?! _| \w+n jahre?s)"),
    "en": re.compile(rf"\b(?:{_SAID['en']}|in|in the) (?P<season>spring|summer|autumn)\b(?! (?:of )?_)"),
}
_SEASONS = {"frühjahr": 3, "frühling": 3, "spring": 3, "sommer": 6, "summer": 6, "herbst": 9, "autumn": 9}
_SHIFTED = {
    "de": re.compile(rf"\b{_SAID['de']} (?P<unit>woche|monat|jahr)(?:s|es)?\b"),
    "en": re.compile(rf"\b{_SAID['en']} (?P<unit>week|month|year)\b"),
}
_COUNTED = {
    "de": re.compile(
        r"\b(?P<way>vor|in) (?:(?:rund|etwa|gut|knapp|fast|circa|ungefähr) )?"
        rf"(?P<count>\d{{1,2}}|{one_of(COUNTS['de'])})(?:em|er)? (?P<unit>tag|woche|monat|jahr)(?:e?n)?\b"
    ),
    "en": re.compile(
        rf"\b(?P<way>in )?(?P<count>\d{{1,2}}|{one_of(COUNTS['en'])}) (?P<unit>day|week|month|year)s?\b(?P<ago> ago)?"
    ),
}


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
        found += _steps(rest, language, found)
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
        return place, safe(int(said["year"]), 1, 1, kind)
    month = said["month"]
    number = int(month) if month.isdigit() else MONTHS[language].get(month) or SHORT_MONTHS[language][month]
    return place, safe(said_year(said, number, today, ahead), number, int(said.get("day") or 1), kind)


def _by_weeks(text: str, language: str, today: date, ahead: bool | None) -> tuple[list[tuple[int, When]], str]:
    """The weekdays that are said with their week, and the text without them."""
    found = []
    for pattern in _BY_WEEKS[language]:
        for hit in pattern.finditer(text):
            said = hit.groupdict()
            number = DAYS[language][said["day"]]
            if said.get("said"):
                monday = today - timedelta(today.weekday())
                day = monday + timedelta(7 * SHIFT[said["said"]] + number)
            else:
                past = said["way"] in {"vor", "ago"}
                weeks = int(said["count"]) if said["count"].isdigit() else COUNTS[language][said["count"]]
                day = weekday(number, None, today, not past) + timedelta(-7 * weeks if past else 7 * weeks)
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
            yield hit.start(), safe(said_year(hit.groupdict(), month, today, ahead), month, number, "day")
    yield from _edges(text, language, today, ahead)
    yield from _seasons(text, language, today, ahead)
    yield from _weekdays(text, language, today, ahead)
    for hit in _WEEKEND[language].finditer(text):
        yield hit.start("day"), moved(weekday(_SATURDAY, hit["said"], today, ahead), "week", 0)
    for hit in _SHIFTED[language].finditer(text):
        yield hit.start(), moved(today, UNITS[hit["unit"]], SHIFT[hit["said"]])
    for hit in _COUNTED[language].finditer(text):
        way = -1 if hit["way"] == "vor" or hit.groupdict().get("ago") else 1 if hit["way"] and ahead else 0
        if way:
            count = hit["count"]
            number = int(count) if count.isdigit() else COUNTS[language][count]
            yield hit.start(), moved(today, UNITS[hit["unit"]], way * number)


def _weekdays(text: str, language: str, today: date, ahead: bool | None) -> Iterator[tuple[int, When]]:
    seconds = {second.start("second") for second in _SECOND[language].finditer(text)}
    for hit in _WEEKDAY[language].finditer(text):
        if hit.start("day") not in seconds:
            yield hit.start("day"), When(weekday(DAYS[language][hit["day"]], hit["said"], today, ahead), "day")


def _seasons(text: str, language: str, today: date, ahead: bool | None) -> Iterator[tuple[int, When]]:
    """The years of seasons that are past or to come; what goes on, or has been, "this spring" may be any time's."""
    for hit in _SEASON[language].finditer(text):
        said = hit["said"]
        running = said is not None and not SHIFT[said]
        if running and ahead:
            yield hit.start(), safe(today.year, 1, 1, "year")
        elif (said and not running) or (not said and ahead is not None):
            yield hit.start(), safe(year_of(_SEASONS[hit["season"]], said, today, ahead), 1, 1, "year")


def _steps(text: str, language: str, found: list[tuple[int, When]]) -> Iterator[tuple[int, When]]:
    """The days that are counted from another of the text: "am Vortag, wie es am Donnerstag hieß", "a day earlier"."""
    days = [(place, when.day) for place, when in found if when.day is not None and when.precision == "day"]
    for hit in _STEP[language].finditer(text) if days else ():
        _, day = min(days, key=lambda other: abs(other[0] - hit.start()))
        count = int(hit["count"]) if (hit["count"] or "").isdigit() else COUNTS[language].get(hit["count"] or "", 1)
        yield hit.start(), When(day + timedelta(count if hit["later"] or hit["after"] else -count), "day")


def _edges(text: str, language: str, today: date, ahead: bool | None) -> Iterator[tuple[int, When]]:
    """The weeks, months and years whose beginning, middle or end is named. A beginning that is to come is the next
    one's; the end of a month or year that does not lie ahead is that of another."""
    for pattern in _EDGES[language]:
        for hit in pattern.finditer(text):
            unit = UNITS[hit["unit"]]
            running = moved(today, unit, 0)
            if hit["edge"] in _ENDS and unit != "week" and not ahead:
                continue
            if ahead and hit["edge"] in _BEGINS and running.day != today:
                running = moved(today, unit, 1)
            yield hit.start(), running
