"""First pass: where the forms of the tables stand in the text, longest form first, traps left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from processors.coder.actors.model import OTHER
from processors.coder.actors.table import FIRST_WORD, ActorTable, Entry

_WORD_BEFORE = re.compile(r"(\w[\w.'’-]*)\s+$")
_WORD_AFTER = re.compile(r" +([A-ZÄÖÜ][\w'’-]+)")
# Compounds that no dictionary has end in a word that it has: "Luftabwehrsysteme".
_SHORTEST_PART = 4
_SHORTEST_LINE = 10
_MONTHS = "Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec"
_AGENCIES = "Reuters|AP|AFP|dpa|KNA|epd|APA|SDA|TASS|Xinhua|Ukrinform|ANSA|EFE"
_DATELINE = re.compile(rf"(?:[,/(][^\n]{{0,40}}| )?(?:\((?:{_AGENCIES})\b|, (?:{_MONTHS}))")
# "Kairo (dpa) - Im Roten Meer ...", "Tokio/Peking (Reuters) - ...".
_PLACE_OF_WRITING = re.compile(rf"(?:[,/][^\n(]{{0,40}})? \((?:{_AGENCIES})\b[^)\n]{{0,20}}\) ?[-–—]")
# "The Ottawa landmine treaty" is none of Canada's.
_NAMES_TREATY = re.compile(
    r"[ -](?:climate |landmine |mine[- ]ban )?"
    r"(?:[Cc]onventions?|[Tt]reaty|[Aa]ccords?|[Pp]rotocols?|[Aa]greements|Abkommen|Konvention|Protokoll)\b"
)
_HONORIFICS = frozenset({"Mr", "Mrs", "Ms", "Miss", "Herr", "Frau", "Mr.", "Mrs.", "Ms."})
# Given names that open questions: "Will Macron meet Xi?"
_AUXILIARIES = frozenset({"Will", "May"})
# What leads to a place, and to no given name: "traf in Sofia Radew".
_IN_A_PLACE = frozenset({"in", "In", "aus", "Aus", "nach", "Nach", "from", "From"})
_OPENING = re.compile(r"(?:^|[.!?:;\n\"“»„]\s*|\s[-–—]\s)\w?$")
_SHORT_CAPS = frozenset({"US", "IS", "WHO", "AU"})
_LETTERS = re.compile(r"[^\W\d_]")
# "US" in a headline of capitals is the state where it opens it or a clause, and before these.
_OPENS = re.compile(r"(?:\A|\n|[.:;!?–—] ?|- )\s*$")
_US_BEHIND = re.compile(r"[-‑,'’]|\s+(?:AND\s|BASES?\b|EMBASSY\b|CITIZENS?\b|TARIFFS?\b|SANCTIONS\b|VESSELS?\b)")
_US_NOUNS = frozenset({"title", "body", "modifier", "relation", "partner"})
_NEXT_WORD = re.compile(r"\s+(\w+)")
# What is said of somebody else with a state's name before a hyphen: "Turkish-backed forces" are no state's, and
# "China-friendly Hungary" is not China.
_BACKED = re.compile(
    r"[-‑](?:backed|supported|sponsored|aligned|allied|linked|affiliated)\b"
    r"(?! (?:\w+ )?(?:plan|proposal|deal|talks|ceasefire|truce|agreement|accord|resolution|roadmap|initiative|bid)s?\b)"
)
_LEANING = re.compile(
    r"[-‑](?:friendly|born|based|leaning|sceptic|skeptic|freundlich|stämmig|nah|treu|gestützt|kritisch)"
    r"(?:e[rnms]?)?(?!\w)"
)
_PRO = re.compile(r"\b[Pp]ro[-‑]$")
_HYPHENS = frozenset("-‑")
_NAMING = frozenset({"state", "capital", "seat", "adjective", "organisation", "surname", "person"})
_BACKED_ENTRY = Entry("adjective", OTHER)
_APOSTROPHES = "'’"
# Fighters that are aircraft: a model or "stealth" before them, what only those do behind, what is done to them before.
_MODEL = re.compile(
    r"\b(?:[A-Z][A-Za-z]*-?\d+[A-Za-z]*|MiG|Sukhoi|Typhoon|Rafale|Gripen|Eurofighter|Mirage|Chengdu|[Ss]tealth) $"
)
_IN_THE_AIR = re.compile(
    r"(?: and (?:bombers?|drones|jets))?(?: \w+ly| have| had| has| were| also| again| that)*"
    r" (?:[^.;:!?\n]{0,60}\bair ?space\b|flew|flying|fly\b|bombed|(?:shot|shoot|shooting) down|scrambled|took off"
    r"|taking off|intercept(?:ed)?|crossed the (?:median|center|centre)|escorted|buzzed)"
)
_CHASED = re.compile(r"\b(?:intercept(?:s|ed|ing)?|scrambl(?:es?|ed|ing)|shot down|shoot down) (?:[\w-]+ ){0,3}$")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(slots=True)
class Hit:
    """A form found in the text."""

    start: int
    end: int
    entry: Entry

    @property
    def kind(self) -> str:
        """The kind of its entry."""
        return self.entry.kind


def scan(text: str, lang: str, table: ActorTable) -> list[Hit]:
    """All forms in the order of the text, none overlapping. Linear in the length of the text."""
    forms = table.language(lang).forms
    titled = _titled(text)
    hits: list[Hit] = []
    done = 0
    for word in FIRST_WORD.finditer(text):
        start = word.start()
        if start < done:
            continue
        bucket = forms.get(word.group())
        found = _form_at(text, start, bucket) if bucket else None
        if found is None and titled is not text and word.group().isupper():
            found = _form_at(titled, start, forms.get(titled[start : word.end()], ()))
        if found is None:
            continue
        done, entry = found
        if entry.kind == "never" or _is_trap(text, start, done, entry, table, lang) or _is_aircraft(text, start, done):
            continue
        hit = _leaning(text, Hit(start, done, entry))
        if hit is None:
            continue
        done = hit.end
        hits.append(hit)
    return hits


def _form_at(text: str, start: int, bucket: Sequence[tuple[str, Entry]]) -> tuple[int, Entry] | None:
    """The longest form of a bucket that stands at an offset, with its end."""
    for form, entry in bucket:
        end = start + len(form)
        if text.startswith(form, start) and not text[end : end + 1].isalnum():
            return end, entry
    return None


def _titled(text: str) -> str:
    """The text with its lines of capitals written as a title, "RUSSIAN DRONES" as "Russian Drones"."""
    lines = text.split("\n")
    if not any(map(_is_shouted, lines)):
        return text
    written = "\n".join(line.title() if _is_shouted(line) else line for line in lines)
    return written if len(written) == len(text) else text


def _is_shouted(line: str) -> bool:
    return line.isupper() and len(_LETTERS.findall(line)) > _SHORTEST_LINE


def _leaning(text: str, hit: Hit) -> Hit | None:
    """ "Pro-Russian", "Turkish-backed": OTHER; "China-friendly", "French-born": nobody."""
    if hit.kind not in _NAMING or _HYPHENS.isdisjoint((text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1])):
        return hit
    backed = _BACKED.match(text, hit.end)
    if backed:
        return Hit(hit.start, backed.end(), _BACKED_ENTRY)
    if _LEANING.match(text, hit.end):
        return None
    if _PRO.search(text, max(0, hit.start - 5), hit.start):
        return Hit(hit.start - 4, hit.end, _BACKED_ENTRY)
    return hit


def _is_trap(text: str, start: int, end: int, entry: Entry, table: ActorTable, lang: str) -> bool:
    kind = entry.kind
    if text[start:end] in {"West", "the West", "The West"}:
        after = _WORD_AFTER.match(text, end)
        return after is not None and not is_common_word(after.group(1), lang)  # "West Kordofan", "West Papua"
    if kind not in {"state", "capital", "city", "surname", "organisation", "group"}:
        return False
    form = text[start:end]
    if entry.unless and _near(text, start, end, entry.unless):
        return True
    if form.isupper():
        return _shouted(text, start, end, form, table, lang)
    if kind in {"capital", "city", "state"} and _PLACE_OF_WRITING.match(text, end):
        return True
    if kind in {"capital", "city"} and _NAMES_TREATY.match(text, end):
        return True
    if kind == "organisation":
        return False
    if _behind_given_name(text, start, table, kind):
        return True
    if not _may_be_given(text, start, form, entry, table, lang):
        return False
    return _before_surname(text, end, table, lang, place=kind != "surname")


def _is_aircraft(text: str, start: int, end: int) -> bool:
    """ "MiG-31 fighters entered Estonian airspace": no armed group."""
    if text[start:end] != "fighters":
        return False
    if _MODEL.search(text, max(0, start - 20), start):
        return True
    return _IN_THE_AIR.match(text, end) is not None or _CHASED.search(text, max(0, start - 60), start) is not None


def _shouted(text: str, start: int, end: int, form: str, table: ActorTable, lang: str) -> bool:
    """A dateline ("MOSCOW, April 14 (Reuters)"), or a short word in a headline that is all capitals ("TELL US")."""
    if len(form) > 3 and _DATELINE.match(text, end):
        return True
    if form not in _SHORT_CAPS:
        return False
    around = (text[max(0, start - 20) : start] + text[end : end + 20]).replace("-", " ")
    letters = [letter for letter in around if letter.isalpha()]
    if len(letters) <= 6 or not all(letter.isupper() for letter in letters):
        return False
    return form != "US" or not _is_state(text, start, end, table, lang)


def _is_state(text: str, start: int, end: int, table: ActorTable, lang: str) -> bool:
    """ "US STRIKES IRAN", "US-CHINA TALKS", "FIRES AT US TROOPS", against "TELL US ALL"."""
    if _OPENS.search(text, max(0, start - 4), start) or _US_BEHIND.match(text, end):
        return True
    behind = _NEXT_WORD.match(text, end)
    if behind is None:
        return False
    word = behind.group(1).lower() if lang == "en" else behind.group(1).title()
    return any(entry.kind in _US_NOUNS for _, entry in table.language(lang).forms.get(word, ()))


def _near(text: str, start: int, end: int, cues: frozenset[str]) -> bool:
    around = text[max(0, start - 150) : end + 150]
    return any(cue in around for cue in cues)


def _behind_given_name(text: str, start: int, table: ActorTable, kind: str) -> bool:
    """ "Michael Jordan", "George Washington", "Melania Trump", "Frau Kiew": a private name."""
    before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if before is None:
        return False
    word = before.group(1)
    if word in _AUXILIARIES and _OPENING.search(text, max(0, before.start() - 3), before.start() + 1):
        return False
    return word in table.given_names or (kind != "surname" and word in _HONORIFICS)


def _may_be_given(text: str, start: int, form: str, entry: Entry, table: ActorTable, lang: str) -> bool:
    """Whether the form is a given name where a name follows it: "Jordan", "Sofia", "Salman".

    Two surnames side by side are one name in English, and in German where they open a sentence ("Yunus Emre kam"):
    elsewhere they may be two people ("dass Merz Wadephul bat").
    """
    if entry.kind != "surname":
        before = _WORD_BEFORE.search(text, max(0, start - 24), start) if entry.given else None
        led_to = before is not None and before.group(1) in _IN_A_PLACE
        return entry.given and not led_to and (lang == "en" or entry.kind != "state")
    if entry.given:
        return True
    if entry.genitive or form in table.family_names:
        return False
    return lang == "en" or _OPENING.search(text, max(0, start - 3), start + 1) is not None


def _before_surname(text: str, end: int, table: ActorTable, lang: str, *, place: bool) -> bool:
    """ "Chad Smith", "Salman Rushdie": a given name, where a word follows that is a name and no word of the tables, or,
    behind a `place`, a surname of theirs ("Sofia Andersson")."""
    after = _WORD_AFTER.match(text, end)
    if after is None:
        return False
    word = _POSSESSIVE.sub("", after.group(1))
    known = table.language(lang).forms.get(word, [])
    if place and lang == "en" and known and all(entry.kind == "surname" for _, entry in known):
        return True
    if word.isupper() or known or is_common_word(word, lang):
        return False
    if lang == "en":
        return not (word.endswith("s") and is_common_word(word[:-1], lang))
    return not any(is_common_word(word[at:].capitalize(), lang) for at in range(3, len(word) - _SHORTEST_PART + 1))


@lru_cache(maxsize=20_000)
def is_common_word(word: str, lang: str) -> bool:
    """Whether a dictionary has the word: names of persons mostly are in none."""
    import simplemma

    code = lang if lang in {"de", "en"} else "en"
    return bool(simplemma.is_known(word if code == "de" else word.lower(), lang=code))


def is_genitive(text: str, hit: Hit) -> bool:
    """ "Trumps", "Russia's", "Moskau’s"; a name in -s with a bare apostrophe ("Paris'")."""
    if hit.entry.genitive:
        return True
    after = text[hit.end : hit.end + 2]
    return after[:1] in _APOSTROPHES and len(after) > 0 and (after[1:2] == "s" or text[hit.end - 1] in "sxzß")


def possessive_end(text: str, hit: Hit) -> int:
    """Where the word ends, the possessive 's included."""
    if text[hit.end : hit.end + 1] in ("'", "’"):
        return hit.end + (2 if text[hit.end + 1 : hit.end + 2] == "s" else 1 if text[hit.end - 1] in "sxzß" else 0)
    return hit.end
