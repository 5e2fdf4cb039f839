"""The day that a sentence says an event happened on, read against the article's date."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from processors.records import DatePrecision, Status


class When(NamedTuple):
    """A day and how precise it is; `day` is the first of a week, month or year."""

    day: date | None
    precision: DatePrecision


UNKNOWN = When(None, "unknown")
_AHEAD = ("planned", "hypothetical", "negated")  # a meeting is called off before its day
_DAYS = {
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag".split(),
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
}
_MONTHS = {
    "de": "januar februar märz april mai juni juli august september oktober november dezember".split(),
    "en": "january february march april may june july august september october november december".split(),
}
_NEAR = {
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2},
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0},
}
_WEEKS = {
    "de": [
        (r"(?:kommende|nächste)[nr]? woche", 1),
        (r"(?:vergangene|letzte|vorige)[nr]? woche", -1),
        (r"diese[r]? woche", 0),
    ],
    "en": [(r"next week", 1), (r"last week", -1), (r"this week", 0)],
}
_MONTH_WORDS = {
    "de": [(r"(?:kommenden|nächsten) monat", 1), (r"(?:vergangenen|letzten|vorigen) monat", -1)],
    "en": [(r"next month", 1), (r"last month", -1)],
}
_YEAR_WORDS = {
    "de": [(r"(?:vergangenen?s?|letzten?s?|vorigen?s?) jahr", -1), (r"(?:kommenden|nächsten) jahr", 1)],
    "en": [(r"last year", -1), (r"next year", 1)],
}


def _one_of(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_PATTERNS = {
    "de": {
        "full": re.compile(rf"\b(\d{{1,2}})\. ({_one_of(_MONTHS['de'])})(?: (\d{{4}}))?\b"),
        "number": re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b"),
        "day": re.compile(
            r"\b(?:am|seit|bis|von|vom|für|zum|diesen|nächsten|kommenden|vergangenen|letzten|,)?\s*"
            rf"(?:(nächsten|kommenden|vergangenen|letzten) )?({_one_of(_DAYS['de'])})"
            r"(?:morgen|mittag|nachmittag|abend|nacht)?\b"
        ),
        "month": re.compile(rf"\b(?:im|seit|bis|ende|anfang|mitte) ({_one_of(_MONTHS['de'])})(?: (\d{{4}}))?\b"),
        "year": re.compile(r"\b(?:im jahr |im jahre |schon |bereits |seit |von )((?:19|20)\d\d)\b"),
    },
    "en": {
        "full": re.compile(rf"\b({_one_of(_MONTHS['en'])}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?\b"),
        "full2": re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_one_of(_MONTHS['en'])})(?:,? (\d{{4}}))?\b"),
        "number": re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b"),
        "day": re.compile(rf"\b(?:(next|last|this|coming) )?({_one_of(_DAYS['en'])})\b"),
        "month": re.compile(rf"\b(?:in|since|until|late|early|by|of) ({_one_of(_MONTHS['en'])})(?:,? (\d{{4}}))?\b"),
        "year": re.compile(r"\b(?:in|since|from|by) ((?:19|20)\d\d)\b"),
    },
}


def find_date(sentence: str, near: int, language: str, today: date | None, status: Status) -> When:
    """When the event whose trigger stands at character `near` of a sentence happened or is to happen.

    Of several dates the nearest to the trigger counts. A weekday is the last one before `today`, for events that are
    planned or called off the next one. Without `today` only dates with a year can be read; UNKNOWN where none is said.
    """
    found = _nearest(sentence.lower(), near, language, today, status)
    return found[1] if found else UNKNOWN


def _nearest(text: str, near: int, language: str, today: date | None, status: Status) -> tuple[int, When] | None:
    """Of the dates in a text the one nearest to character `near`, with its place."""
    try:
        return min(_all(text, language, today, status), key=lambda hit: abs(hit[0] - near), default=None)
    except OverflowError:  # an article said to be of the year 1 or 9999
        return None


# What is older than this is background and no news of the article, unless something has gone on since.
_OLD = {"day": timedelta(days=30), "month": timedelta(days=60), "year": timedelta(days=366)}
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b|jahr|year")
_BOUNDS = "seit since until till bis before vor between zwischen by from von nach after".split()
_BOUND = re.compile(rf"\b(?:{'|'.join(_BOUNDS)})\b[^,;:]{{0,12}}$")


def standing(sentence: str, near: int, language: str, today: date | None) -> Status | None:
    """The status that the date nearest to a trigger gives what is told as having happened: "historical" where it lies
    far before `today` (another month, an earlier year), "planned" where it is to come, None else.

    "seit 2022" and "until July" bound something that goes on, and do not count.
    """
    if today is None:
        return None
    text = sentence.lower()
    found = _nearest(text, near, language, today, "occurred")
    if found is None or found[1].day is None or _BOUND.search(text[: found[0] + 6]):
        return None
    place, when = found
    least, age = _OLD.get(when.precision), today - (when.day or today)
    if least is None:
        return "planned" if age < timedelta(0) else None
    # A month without a year is the nearer one: "im Dezember", said in November, is to come.
    if age > timedelta(days=183) and not _A_YEAR.search(text[place : place + 30]):
        return "planned"
    return "historical" if age > least else "planned" if age < timedelta(0) else None


def _all(text: str, language: str, today: date | None, status: Status) -> list[tuple[int, When]]:
    patterns = _PATTERNS[language]
    out = []
    for name in ("full", "full2", "number"):
        for hit in patterns[name].finditer(text) if name in patterns else ():
            out.append((hit.start(), _calendar(hit, name, language, today, status)))
    if not any(when.day for _, when in out):
        for hit in patterns["month"].finditer(text):
            month = _MONTHS[language].index(hit.group(1)) + 1
            out.append((hit.start(), _month(month, hit.group(2), today, status)))
        if not out:
            out += [(hit.start(), _safe(int(hit.group(1)), 1, 1, "year")) for hit in patterns["year"].finditer(text)]
    if today is not None:
        out += _relative(text, language, today, status)
    return [(place, when) for place, when in out if when.day is not None]


def _calendar(hit: re.Match[str], name: str, language: str, today: date | None, status: Status) -> When:
    first, second, year = hit.groups()
    if name == "number":
        return _safe(int(year), int(second), int(first), "day")
    day, month = (second, first) if (name == "full" and language == "en") else (first, second)
    number = _MONTHS[language].index(month) + 1
    return _safe(_year(number, year, today, status), number, int(day), "day")


def _month(month: int, year: str | None, today: date | None, status: Status) -> When:
    return _safe(_year(month, year, today, status), month, 1, "month")


def _year(month: int, year: str | None, today: date | None, status: Status) -> int | None:
    if year:
        return int(year)
    if today is None:
        return None
    if status in _AHEAD:
        return today.year + (1 if month < today.month else 0)
    return today.year - (1 if month > today.month else 0)


def _safe(year: int | None, month: int, day: int, precision: DatePrecision) -> When:
    try:
        return When(date(year, month, day), precision) if year else UNKNOWN
    except ValueError:
        return UNKNOWN


def _relative(text: str, language: str, today: date, status: Status) -> list[tuple[int, When]]:
    out = []
    for word, days in _NEAR[language].items():
        # "am Donnerstagmorgen" and "am Morgen" are no tomorrow.
        for hit in re.finditer(rf"(?<!am )(?<!\w)\b{word}\b", text):
            out.append((hit.start(), When(today + timedelta(days), "day")))
    for hit in _PATTERNS[language]["day"].finditer(text):
        out.append((hit.start(2), When(_weekday(hit, language, today, status), "day")))
    for pattern, weeks in _WEEKS[language]:
        monday = today - timedelta(today.weekday()) + timedelta(7 * weeks)
        out += [(hit.start(), When(monday, "week")) for hit in re.finditer(pattern, text)]
    for pattern, months in _MONTH_WORDS[language]:
        count = today.year * 12 + today.month - 1 + months
        out += [
            (hit.start(), When(date(count // 12, count % 12 + 1, 1), "month")) for hit in re.finditer(pattern, text)
        ]
    for pattern, years in _YEAR_WORDS[language]:
        out += [(hit.start(), When(date(today.year + years, 1, 1), "year")) for hit in re.finditer(pattern, text)]
    return out


def _weekday(hit: re.Match[str], language: str, today: date, status: Status) -> date:
    number = _DAYS[language].index(hit.group(2))
    said = hit.group(1) or ""
    ahead = said in {"next", "coming", "nächsten", "kommenden"} or (
        status in _AHEAD and said not in {"last", "letzten", "vergangenen"}
    )
    days = (number - today.weekday()) % 7 if ahead else -((today.weekday() - number) % 7)
    if days == 0 and said in {"last", "letzten", "vergangenen", "next", "nächsten", "kommenden"}:
        days = 7 if ahead else -7
    return today + timedelta(days)
