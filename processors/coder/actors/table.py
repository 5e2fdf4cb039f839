"""The tables compiled for lookup: the first word of every form, and behind it the forms, longest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from processors.coder.actors import config, names
from processors.coder.actors.config import Named, People
from processors.coder.actors.model import Person

FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one form means. `kind` is an ActorKind or one of never, surname, former, then, modifier, enemy,
    belligerents, shared, described, relation, partner. `given`: the form is a given name too."""

    kind: str
    ids: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    office: str = ""
    genitive: bool = False
    given: bool = False
    unless: frozenset[str] = frozenset()
    common: bool = False
    compound: str = ""


@dataclass(slots=True)
class LanguageTable:
    """All forms of one language. `forms` maps a first word to (form, entry) pairs, longest form first;
    `descriptions` finds those of config/actors/descriptions.yaml."""

    forms: dict[str, list[tuple[str, Entry]]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    descriptions: re.Pattern[str] = re.compile("(?!)")

    def add(self, form: str, entry: Entry) -> None:
        """Add a form unless another meaning of it was added before."""
        if form in self.known:
            return
        self.known.add(form)
        first = form
        if not form.isalnum():
            found = FIRST_WORD.match(form)
            if found is None:
                return
            first = found.group()
        self.forms.setdefault(first, []).append((form, entry))

    def finish(self) -> None:
        """Sort each bucket, so that the longest form is tried first."""
        for bucket in self.forms.values():
            if len(bucket) > 1:
                bucket.sort(key=lambda pair: -len(pair[0]))


@dataclass(frozen=True, slots=True)
class ActorTable:
    """The compiled tables of both languages. Immutable once loaded, shared by all texts."""

    languages: dict[str, LanguageTable]
    persons: tuple[Person, ...]
    by_name: dict[str, Person]
    ids: frozenset[str]
    given_names: frozenset[str]
    family_names: frozenset[str]
    verbs: frozenset[str]
    enemies: dict[str, str]
    wars: tuple[tuple[str, str], ...]
    groups: frozenset[str]
    states: frozenset[str]
    described: tuple[frozenset[str], ...]

    def language(self, lang: str) -> LanguageTable:
        """The forms of `lang`; for a language without tables the English ones."""
        return self.languages.get(lang[:2].lower(), self.languages["en"])


def load_actors(config_dir: Path) -> ActorTable:
    """The tables under `config_dir`/actors, compiled and kept. Raises ConfigError naming file, line and key."""
    return _compiled(Path(config_dir).resolve())


@lru_cache(maxsize=4)
def _compiled(config_dir: Path) -> ActorTable:
    tables = names.read_tables(config_dir / "actors")
    persons = tuple(names.persons(tables.holders))
    languages = {lang: _language(tables, persons, lang) for lang in config.Languages}
    return ActorTable(
        languages,
        tuple(person for person, _ in persons),
        {person.name: person for person, _ in persons},
        frozenset(tables.named) | {"WEST", "OTHER"},
        frozenset(tables.people.given_names),
        frozenset(tables.people.family_names),
        frozenset(tables.offices.verbs),
        {side: str(meant) for side, meant in (tables.others.enemies.model_extra or {}).items()},
        tables.others.belligerents.wars,
        frozenset(tables.groups),
        frozenset(tables.states),
        tuple(frozenset(one.ids) for one in tables.descriptions.anyone),
    )


def _language(tables: names.Tables, persons: Iterable[tuple[Person, tuple[str, ...]]], lang: str) -> LanguageTable:
    table = LanguageTable()
    # What is added first keeps a form that several sources claim.
    for form in tables.never(lang):
        table.add(form, Entry("never"))
    for form, code in names.territories(lang):
        named = tables.states.get(code, Named())
        table.add(form, _naming("state", form, (code,), form.endswith("s") and lang == "de", named, lang))
    for kind, ids, form, genitive, source in tables.namings(lang):
        table.add(form, _naming(kind, form, ids, genitive, source, lang))
    for form, entry in _person_forms(persons, tables.people, lang):
        table.add(form, entry)
    for kind, ids, form, office in tables.roles(lang):
        table.add(form, Entry(kind, ids, office=office))
    if lang == "de":
        _add_compounds(table, tables.offices.compounds.heads)
    table.finish()
    table.descriptions = names.descriptions(tables.descriptions, lang)
    return table


def _naming(kind: str, form: str, ids: tuple[str, ...], genitive: bool, named: Named, lang: str) -> Entry:
    unless = frozenset(getattr(named, lang).unless) if kind in {"state", "capital", "group"} else frozenset()
    return Entry(kind, ids, genitive=genitive, given=form in named.given, unless=unless)


def _add_compounds(table: LanguageTable, heads: Iterable[str]) -> None:
    """German compounds without a hyphen: "Ukrainekrieg", "Moskaureise"."""
    places = [
        (form, entry)
        for bucket in list(table.forms.values())
        for form, entry in bucket
        if entry.kind in {"state", "capital"} and not entry.genitive and form.isalpha() and not form.isupper()
    ]
    for place, entry in places:
        for head in heads:
            table.add(place + head, Entry(entry.kind, entry.ids, compound=head.capitalize()))


def _person_forms(
    persons: Iterable[tuple[Person, tuple[str, ...]]], people: People, lang: str
) -> Iterator[tuple[str, Entry]]:
    given, family, homonyms = map(frozenset, (people.given_names, people.family_names, people.homonyms))
    surnames: dict[str, list[Person]] = {}
    first: set[str] = set()
    for person, spellings in persons:
        for spelling in spellings:
            if " " in spelling:
                first.add(spelling.split(" ")[0])
                yield from _forms(spelling, Entry("person", persons=(person,)), lang)
        for surname in names.surnames(spellings, family):
            surnames.setdefault(surname, []).append(person)
    for surname, bearers in surnames.items():
        unique = tuple(dict.fromkeys(bearers))
        entry = Entry("surname", persons=unique, given=surname in given | first - family, common=surname in homonyms)
        yield from _forms(surname, entry, lang)


def _forms(name: str, entry: Entry, lang: str) -> Iterator[tuple[str, Entry]]:
    yield name, entry
    if name.upper() != name:
        yield name.upper(), entry
    if lang == "de" and name[-1:] not in "sxzß":
        yield name + "s", replace(entry, genitive=True)
