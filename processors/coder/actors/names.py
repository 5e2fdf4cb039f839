"""From the tables to forms: every spelling, case form and abbreviation that a text may have."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from processors.coder.actors import inflect
from processors.coder.actors.config import (
    Descriptions,
    Holder,
    HoldersById,
    Named,
    NamedById,
    Naming,
    Offices,
    Others,
    People,
    PerLanguage,
    read_table,
)
from processors.coder.actors.model import Person, Term
from processors.errors import ConfigError
from processors.settings import line_of

# Territories whose names are too often something else, or that the tables name under their state.
_NOT_STATES = frozenset(
    ["ESH", "HKG", "MAC", "JEY", "GGY", "IMN", "GUM", "PRI", "REU", "MYT", "SJM", "BVT", "HMD", "IOT", "UMI"]
)
# Names in those lists that mean another state in the news.
_NOT_NAMES = frozenset({"Congo"})
_KINDS = ("names", "seats", "shared", "capital", "adj", "people", "cities")
_KIND_OF = {
    "seats": "seat",
    "shared": "shared",
    "capital": "capital",
    "adj": "adjective",
    "people": "demonym",
    "cities": "city",
}
_CAPS_KINDS = frozenset({"state", "capital", "organisation", "group"})


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables as read."""

    states: dict[str, Named]
    organisations: dict[str, Named]
    groups: dict[str, Named]
    others: Others
    offices: Offices
    people: People
    phrases: PerLanguage
    descriptions: Descriptions
    holders: dict[str, dict[str, list[Holder]]]

    @property
    def named(self) -> dict[str, Named]:
        """States, organisations and groups by id."""
        return {**self.states, **self.organisations, **self.groups}

    def never(self, lang: str) -> tuple[str, ...]:
        """Phrases that hold a name and mean nobody."""
        return tuple(getattr(self.phrases, lang))

    def namings(self, lang: str) -> Iterator[tuple[str, tuple[str, ...], str, bool, Named]]:
        """(kind, ids, form, genitive, source) of everything that has an id, names before adjectives before cities."""
        sources = [*self.named.items(), ("WEST", self.others.WEST), ("OTHER", self.others.OTHER)]
        for key in _KINDS:
            for code, named in sources:
                kind = self._kind(code, key)
                for form, genitive in _forms_of(getattr(named, lang), key, lang):
                    yield kind, (code,), form, genitive, named
                    if kind in _CAPS_KINDS and len(form) > 3 and form.upper() != form:
                        yield kind, (code,), form.upper(), genitive, named
        yield from self._relations(lang)
        yield from self._collectives(lang)

    def _kind(self, code: str, key: str) -> str:
        if key != "names":
            return _KIND_OF[key]
        if code in self.states:
            return "state"
        return "organisation" if code in self.organisations else "group"

    def _relations(self, lang: str) -> Iterator[tuple[str, tuple[str, ...], str, bool, Named]]:
        described = set(getattr(self.others.described, lang))
        known = {word for named in (self.others.WEST, self.others.OTHER) for word in getattr(named, lang).collectives}
        for word in sorted(getattr(self.others.relations, lang), key=lambda word: word not in known):
            kind, ids = "partner" if word in described else "relation", ("OTHER",) if word in known else ()
            for form in inflect.german_noun(word) if lang == "de" else (word, word[:1].upper() + word[1:]):
                yield kind, ids, form, False, self.others.OTHER

    def _collectives(self, lang: str) -> Iterator[tuple[str, tuple[str, ...], str, bool, Named]]:
        described = set(getattr(self.others.described, lang))
        for code, named in (("WEST", self.others.WEST), ("OTHER", self.others.OTHER)):
            for word in getattr(named, lang).collectives:
                kind = "described" if word in described else "collective"
                for form in inflect.german_noun(word) if lang == "de" else (word, word[:1].upper() + word[1:]):
                    yield kind, (code,), form, False, named
        for word in getattr(self.others.belligerents.words, lang):
            yield "belligerents", ("OTHER",), word, False, self.others.OTHER
        for word in getattr(self.others.belligerents.both, lang):
            for form in (word, word[:1].upper() + word[1:]):
                yield "belligerents", (), form, False, self.others.OTHER
        for word in getattr(self.others.enemies.words, lang):
            forms = inflect.german_adjective(word) if lang == "de" and word.islower() else (word, word.capitalize())
            for form in forms:
                yield "enemy", (), form, False, self.others.OTHER

    def roles(self, lang: str) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
        """(kind, ids, form, office) of offices, bodies and the words around them."""
        table = self.offices
        for code, words in table.unique.items():
            yield from _role_forms("unique", (code,), getattr(words, lang), lang)
        for bundes in table.compounds.bundes if lang == "de" else ():
            yield from _role_forms("unique", ("DEU",), ["Bundes" + bundes.lower()], lang)
        for office, words in table.offices.items():
            yield from _role_forms("title", (), getattr(words, lang), lang, office)
        compounds = getattr(table.compounds, lang)
        joint = "" if lang == "de" else " "
        for stem in compounds.stems:
            yield from _role_forms("title", (), [stem + joint + word for word in compounds.minister], lang, "minister")
            yield from _role_forms("body", (), [stem + joint + word for word in compounds.ministry], lang)
        yield from _role_forms("body", (), getattr(table.bodies, lang), lang)
        yield from _role_forms("blocked", (), getattr(table.blocked, lang), lang)
        for kind in ("former", "then"):
            for word in getattr(getattr(table, kind), lang):
                yield from ((kind, (), form, "") for form in _modifier_forms(word, lang))
        for word in getattr(table.modifiers, lang):
            yield from (("modifier", (), form, "") for form in _modifier_forms(word, lang))


def _modifier_forms(word: str, lang: str) -> Iterable[str]:
    return inflect.german_adjective(word) if lang == "de" else (word,)


def _role_forms(
    kind: str, ids: tuple[str, ...], words: Iterable[str], lang: str, office: str = ""
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    for word in words:
        forms = inflect.german_noun(word) if lang == "de" else inflect.english_phrase(word)
        for form in forms:
            yield kind, ids, form, office or word.rstrip("*").lower()


def _forms_of(naming: Naming, key: str, lang: str) -> Iterator[tuple[str, bool]]:
    words = getattr(naming, key)
    if lang == "en":
        forms = inflect.english_people(naming.adj, words) if key == "people" else words
        yield from ((form, False) for form in forms)
        return
    for word in words:
        if key == "adj":
            yield from ((form, False) for form in inflect.german_adjective(word))
        elif key == "people" or word.endswith("*"):
            yield from ((form, False) for form in inflect.german_noun(word))
        else:
            yield from ((form, form != word) for form in inflect.german_name(word))
            if key == "shared":
                yield word + "es", True


_ARTICLES = {"en": r"[Tt]he", "de": r"(?:[Dd](?:er|ie|as|en|em|es))"}
_BOTH = {
    "en": r"(?:[Bb]oth(?: the)?|[Tt]he two|[Tt]heir two)",
    "de": r"(?:[Bb]eiden?|[Bb]eider|[Dd](?:ie|en|er) (?:beiden|zwei))",
}
_BETWEEN = r"(?:[\w-]+ ){0,2}?"


def descriptions(table: Descriptions, lang: str) -> re.Pattern[str]:
    """What finds the descriptions of a language: its group is named "pair", "groups" or, with the place in
    `table.anyone`, "n0"."""
    kinds = [("groups", table.groups, _ARTICLES[lang]), ("pair", table.pair, _BOTH[lang])]
    kinds += [(f"n{number}", words, _ARTICLES[lang]) for number, words in enumerate(table.anyone)]
    branches = []
    for key, per_language, opening in kinds:
        words = sorted(getattr(per_language, lang), key=len, reverse=True)
        if words:
            names = "|".join(map(re.escape, words))
            branches.append(rf"{opening} {_BETWEEN}(?P<{key}>{names})\b")
    return re.compile(rf"\b(?:{'|'.join(branches)})" if branches else "(?!)")


def territories(lang: str) -> Iterator[tuple[str, str]]:
    """(name, ISO 3166 alpha-3) of every territory by CLDR and by pycountry's English short names."""
    import pycountry
    from babel import Locale

    cldr = Locale.parse(lang).territories
    for country in pycountry.countries:
        if country.alpha_3 in _NOT_STATES:
            continue
        english = {country.name, getattr(country, "common_name", "")} if lang == "en" else set()
        found = {cldr.get(country.alpha_2, "")} | english
        for name in filter(None, found - _NOT_NAMES):
            yield from ((form, country.alpha_3) for form in (inflect.german_name(name) if lang == "de" else (name,)))
            yield name.upper(), country.alpha_3


def read_tables(folder: Path) -> Tables:
    """All tables under config/actors. Raises ConfigError."""
    states: dict[str, Named] = {}
    for path in sorted((folder / "states").glob("*.yaml")):
        states.update(read_table(path, NamedById).root)
    tables = Tables(
        states,
        read_table(folder / "organisations.yaml", NamedById).root,
        read_table(folder / "armed_groups.yaml", NamedById).root,
        read_table(folder / "others.yaml", Others),
        read_table(folder / "offices.yaml", Offices),
        read_table(folder / "people.yaml", People),
        read_table(folder / "never.yaml", PerLanguage),
        read_table(folder / "descriptions.yaml", Descriptions),
        {},
    )
    for path in sorted((folder / "holders").glob("*.yaml")):
        _add_holders(tables, path)
    for code in tables.offices.unique.keys() - {*tables.named, "WEST", "OTHER"}:
        path = folder / "offices.yaml"
        raise ConfigError(f"{path}:{line_of(path, ['unique', code])}: unique.{code}: no table names this id")
    _check_descriptions(tables, folder / "descriptions.yaml")
    return tables


def _check_descriptions(tables: Tables, path: Path) -> None:
    for number, described in enumerate(tables.descriptions.anyone):
        for code in described.ids:
            if code not in tables.named:
                line = line_of(path, ["anyone", number])
                raise ConfigError(f"{path}:{line}: {code}: no table names this state, organisation or group")


def _add_holders(tables: Tables, path: Path) -> None:
    known = {*tables.named, "WEST", "OTHER"}
    for code, offices in read_table(path, HoldersById).root.items():
        if code not in known:
            raise ConfigError(
                f"{path}:{line_of(path, [code])}: {code}: no table names this state, organisation or group"
            )
        for office, holders in offices.items():
            tables.holders.setdefault(code, {}).setdefault(office, []).extend(holders)


def persons(holders: dict[str, dict[str, list[Holder]]]) -> Iterator[tuple[Person, tuple[str, ...]]]:
    """Each person once, with the terms of all offices and all spellings."""
    terms: dict[str, list[Term]] = {}
    spellings: dict[str, dict[str, None]] = {}
    common: set[str] = set()
    for code, offices in holders.items():
        for office, people in offices.items():
            for holder in people:
                terms.setdefault(holder.name, []).append(Term(code, office, holder.since, holder.until))
                spellings.setdefault(holder.name, {}).update(dict.fromkeys((holder.name, *holder.also)))
                if holder.common:
                    common.add(holder.name)
    for name, held in terms.items():
        ordered = tuple(sorted(held, key=lambda term: (term.until is None, term.until or date.max, term.since)))
        yield Person(name, ordered, name in common), tuple(spellings[name])


_RANKS = frozenset(
    [
        "Pope",
        "Papst",
        "King",
        "König",
        "Queen",
        "Königin",
        "Sultan",
        "Sheikh",
        "Scheich",
        "Mullah",
        "Prince",
        "Prinz",
        "Präsident",
        "Abu",
    ]
)
_ORDINAL = re.compile(r"[IVX]+\.?|\d.*")
# Parts that belong to the surname behind them.
_PARTICLES = frozenset(
    ["von", "der", "van", "de", "del", "da", "dos", "bin", "al", "el", "di", "la", "den", "Al", "El", "Van", "De", "Di"]
)


def surnames(spellings: Iterable[str], family_names: frozenset[str]) -> Iterator[str]:
    """What a person is called without the given name: the last part with its particles, and all one-word spellings."""
    for spelling in spellings:
        parts = spelling.split(" ")
        if len(parts) == 1:
            yield spelling
            continue
        surname = surname_of(spelling, family_names)
        if surname and parts[0] not in family_names:
            yield surname
            if surname[0].islower():
                yield surname[0].upper() + surname[1:]


def surname_of(name: str, family_names: frozenset[str]) -> str:
    """The surname of a full name; "" where there is none ("King Charles III", "Papst Leo")."""
    parts = name.split(" ")
    if parts[0] in family_names:
        return parts[0]
    if parts[0] in _RANKS or _ORDINAL.fullmatch(parts[-1]):
        return ""
    first = len(parts) - 1
    while first > 1 and parts[first - 1] in _PARTICLES:
        first -= 1
    return " ".join(parts[first:])
