"""What mails and pages say, in German or English: types, sides, status, dates. The words are in `words/*.yaml`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from processors.alerts.plain import plain
from processors.alerts.schedule import parse_schedule
from processors.records import RECIPROCAL, Change, Event

# Emoji flags that are not a state's two letters.
_FLAGS = {"EU": "EU", "UN": "UN", "XKX": "XK"}
_BEGINNING = 100  # characters of a text that stand for a headline
_A = 0x1F1E6  # REGIONAL INDICATOR SYMBOL LETTER A (Unicode Standard, 22.10): two of them are a flag


class Wording:
    """The words of one language ("de", else English). Get one by `wording`."""

    def __init__(self, language: str) -> None:
        self.language = language
        path = Path(__file__).parent / "words" / f"{language}.yaml"
        self._words: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.mail: dict[str, str] = self._words["mail"]
        self.unsubscribe: dict[str, str] = self._words["unsubscribe"]
        self.web: dict[str, str] = self._words["web"]
        self.operations: dict[str, dict[str, str]] = self._words["operations"]
        self.status_labels: dict[str, str] = self._words["status_labels"]
        self.statuses: dict[str, str] = self._words["statuses"]
        self.reasons: dict[str, str] = self._words["reasons"]
        self._locale = Locale(language, "GB" if language == "en" else "DE")

    def count(self, key: str, number: int, **values: object) -> str:
        """A line of `mail` or `web` that counts; `key`_one is the one for 1."""
        lines = self.mail if key in self.mail else self.web
        template = lines.get(f"{key}_one", lines[key]) if number == 1 else lines[key]
        return template.format(count=number, **values)

    def type_name(self, type_: str) -> str:
        """An event type's noun."""
        known = self._words["types"].get(type_)
        return str(known["noun"]) if known else type_.replace("_", " ").capitalize()

    def number(self, value: float, digits: int) -> str:
        """A number with so many digits after its decimal sign."""
        return str(format_decimal(value, f"0.{'0' * digits}", locale=self._locale))

    def schedule(self, when: str) -> str:
        """When a rule tells, such as "daily at 07:30", in words."""
        parsed = parse_schedule(when)
        day = self._locale.days["format"]["wide"][parsed.weekday]
        return self.web[f"when_{parsed.kind}"].format(at=f"{parsed.at:%H:%M}", day=day)

    def language_name(self, code: str) -> str:
        """A language's name by its code."""
        return str(self._locale.languages.get(code, code))

    def actor(self, actor: str, preposition: str | None = None) -> str:
        """A side's name: alone, or after `preposition` with its article ("von der Ukraine")."""
        known = self._words["names"].get(actor) or {"name": self._state(actor)}
        if preposition is None:
            return str(known.get("bare", known["name"]))
        case = self._case(preposition)
        article = self._words["articles"].get(known.get("article", ""), {}).get(case, "")
        return f"{article} {known.get(case, known['name'])}".strip()

    def _case(self, preposition: str) -> str:
        return "accusative" if preposition in self._words.get("accusative", ()) else "dative"

    def _state(self, actor: str) -> str:
        letters = two_letters(actor)
        return self._locale.territories.get(letters, actor) if letters else plain(actor, 40)

    def _side(self, preposition: str, actors: Iterable[str]) -> str:
        *first, last = [self.actor(actor, preposition) for actor in actors]
        names = self._words["separator"].join(([", ".join(first)] if first else []) + [last])
        text = f"{preposition} {names}"
        for long, short in self._words.get("contractions", {}).items():
            text = re.sub(rf"^{long}\b", short, text)
        return text

    def headline(self, event: Event) -> str:
        """What happened in a few words, such as "Phone call between Russia and the United States"."""
        return self._phrase(event.type, event.actors, event.recipients)

    def _phrase(self, type_: str, actors: tuple[str, ...], recipients: tuple[str, ...]) -> str:
        parts = [self.type_name(type_)]
        known = self._words["types"].get(type_, {})
        if type_ in RECIPROCAL or "by" not in known:
            sides = sorted({*actors, *recipients})
            if sides:
                parts.append(self._side(self._words["between" if len(sides) > 1 else "with"], sides))
        else:
            parts += [self._side(known[key], side) for key, side in (("by", actors), ("to", recipients)) if side]
        return " ".join(parts)

    def sentence(self, event: Event) -> str:
        """The headline with its status where it is not simply so: "Announced: Phone call between ..."."""
        return self._with_status(self.headline(event), event.status)

    def _with_status(self, text: str, status: str) -> str:
        return text if status == "occurred" else f"{self.status_labels.get(status, status)}: {text}"

    def document_headline(self, document: Mapping[str, Any]) -> str:
        """The sentence of an event as the index has it."""
        actors, recipients = tuple(document["actors"]), tuple(document["recipients"])
        return self._with_status(self._phrase(str(document["type"]), actors, recipients), str(document["status"]))

    def change(self, change: Change) -> str:
        """A line of an event's history in words."""
        template = self._words["changes"].get(change.kind, "{value}")
        value = self.actor(change.value) if change.kind == "participant" else plain(change.value, 200)
        return str(template).format(value=value, source=plain(change.source, 80)).replace(" ()", "")

    def day(self, event: Event) -> str:
        """When it was or will be, as precisely as is known; when it was reported where it is not."""
        if event.event_date is None or event.date_precision == "unknown":
            return self.mail["reported"].format(day=self.date(event.published_at.date()))
        if event.date_precision == "week":
            return self.mail["week_of"].format(day=self.date(event.event_date))
        skeleton = {"month": "MMMM y", "year": "y"}.get(event.date_precision)
        return format_date(event.event_date, skeleton or "long", self._locale)

    def date(self, day: date) -> str:
        """A day, such as "12 November 2025"."""
        return format_date(day, "long", self._locale)

    def instant(self, text: str, zone: ZoneInfo) -> str:
        """A moment in ISO 8601, as the index has it, in words."""
        return self.moment(datetime.fromisoformat(text), zone)

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """A moment on the clock of `zone`, such as "12 Nov 2025, 14:05". A reader's own clock needs no name; UTC, which
        stands for no reader's, is named."""
        text = format_datetime(at, self._words["moment"], tzinfo=zone, locale=self._locale)
        return f"{text} UTC" if at.astimezone(zone).tzname() == "UTC" else text


def article_headline(title: str, url: str, text: str, limit: int) -> str:
    """An article's headline in at most `limit` characters; where it has none its address, else how its text begins."""
    return plain(title, limit) or plain(url, limit) or plain(text, min(limit, _BEGINNING))


@cache
def wording(language: str) -> Wording:
    """The words of `language`; English where there are none of it."""
    return Wording(language if language in {"de", "en"} else "en")


@cache
def two_letters(actor: str) -> str | None:
    """The ISO 3166 alpha-2 code of an alpha-3 one; None for what is no state."""
    import pycountry

    found = pycountry.countries.get(alpha_3=actor)
    return str(found.alpha_2) if found else _FLAGS.get(actor)


def flag(actor: str) -> str:
    """A side's flag as an emoji, "" where it has none."""
    letters = two_letters(actor)
    return "".join(chr(_A + ord(letter) - ord("A")) for letter in letters) if letters else ""
