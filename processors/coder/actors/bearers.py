"""Who bears an office: people of the tables on the article's day, and names that only the text knows."""

import re
from dataclasses import dataclass

from processors.coder.actors.model import LEADING, OTHER, Person
from processors.coder.actors.names import surname_of
from processors.coder.actors.reading import PERSONS, Reading
from processors.coder.actors.scan import Hit, is_common_word

_PART = r"(?:[A-ZÄÖÜÀ-ÖØ-ÞŠŽČĆŁŚŻİŞĞ][\w'’.]*(?:-[\w’']+)*)"
_PARTICLE = r"(?:von der|van der|von|van|de|del|da|dos|al|bin|el|ul)"
_NAME = re.compile(rf"\s+((?:{_PART}\s+(?:{_PARTICLE}\s+)?){{0,3}}{_PART})")
_NAME_BEFORE = re.compile(rf"((?:{_PART}\s+){{1,2}}{_PART}),\s+(?:(?:der|die|the|a)\s+)?$")


@dataclass(frozen=True, slots=True)
class Claim:
    """The office that a text gives somebody: by its kind in offices.yaml or, if not `titled`, by its word.

    `alone`: a word of one state without the state's name ("Bundespräsidentin"). `of_group`: of an armed group.
    """

    office: str
    titled: bool
    alone: bool
    of_group: bool

    def may_be(self, office: str) -> bool:
        """Whether an office of the tables is this very one. Ministers and envoys are many at a time: never."""
        if not self.titled:
            return "minister" not in self.office and not self.office.endswith(" secretary")
        if self.office == "secretary_general":
            # "Leader", "chief", "head".
            return office in LEADING
        return self.office == office and office not in {"minister", "envoy"}


def whom(reading: Reading, hit: Hit, *, titled: bool = False) -> tuple[tuple[str, ...], str | None]:
    """Whom a person acts for on the day, and the canonical name; no name where the bare surname is not enough.

    A `titled` surname ("Minister Cooper") is always enough.
    """
    if not hit.entry.persons:
        return reading.ids(hit), None
    surname = _surname(reading, hit)
    known = reading.context.persons.get(surname)
    if hit.kind == "surname" and known is not None:
        return known
    persons = _likeliest(reading, hit, titled)
    if len({person.ids_at(reading.day) for person in persons}) > 1:
        # "Modi" is India's prime minister rather than Niger's minister of defence.
        persons = tuple(person for person in persons if person.leads_on(reading.day))
    if len({person.ids_at(reading.day) for person in persons}) != 1:
        return (), None
    ids, name = persons[0].ids_at(reading.day), persons[0].name
    if hit.kind == "person" or titled:
        reading.context.persons.setdefault(surname, (ids, name))
    return ids, name


def _likeliest(reading: Reading, hit: Hit, titled: bool) -> tuple[Person, ...]:
    """Of all bearers of a surname those who may be meant by it: not the common ones, first those in office."""
    persons = hit.entry.persons
    if hit.kind == "surname" and not titled:
        persons = tuple(person for person in persons if not (person.common or hit.entry.common))
    serving = tuple(person for person in persons if person.ids_at(reading.day) != OTHER)
    return serving or persons


def _surname(reading: Reading, hit: Hit) -> str:
    form = reading.text[hit.start : hit.end - hit.entry.genitive]
    return surname_of(form, reading.table.family_names) or form


def office_ids(
    reading: Reading, hit: Hit, said: tuple[str, ...], known: tuple[str, ...], claim: Claim
) -> tuple[str, ...] | None:
    """Whom a person behind an office acts for: the text's word ("polnischer Präsident") against the tables'.

    A full name wins the tables' knowledge only that the person has left that very office; else the text is right, but
    for a word of one state that others have too ("Bundespräsidentin Keller-Sutter").
    None: a bare surname of somebody else, unless the office is certain to be this person's: one of an armed group
    that governs ("the Taliban's foreign minister Muttaqi").
    """
    if not said or said == known:
        return known
    if claim.of_group:
        return said
    if claim.alone and _of_another_state(reading, hit, said[0], known):
        return known
    left = known == OTHER and any(
        person.former_at(reading.day) and any(term.id == said[0] and claim.may_be(term.office) for term in person.terms)
        for person in hit.entry.persons
    )
    if left:
        return known
    return said if hit.kind == "person" or known == OTHER else None


def _of_another_state(reading: Reading, hit: Hit, said: str, known: tuple[str, ...]) -> bool:
    """Whether the tables know the person as another state's than `said`; a bare surname only as its leader."""
    states = reading.table.states
    if said not in states:
        return False
    if hit.kind == "person":
        own = {term.id for person in hit.entry.persons for term in person.terms} & states
        return bool(own) and said not in own
    return known != OTHER and any(person.leads_on(reading.day) for person in hit.entry.persons)


def person_behind(reading: Reading, end: int, at: int) -> bool:
    """Whether form number `at` is a person and follows the offset `end` after one blank."""
    if at >= len(reading.hits) or reading.hits[at].kind not in PERSONS:
        return False
    return reading.text[end : reading.hits[at].start] == " "


def unknown_name(reading: Reading, end: int, at: int) -> tuple[str, int] | None:
    """A name in no table behind an office that ends at `end`, with its own end; form number `at` limits it."""
    found = _NAME.match(reading.text, end)
    if found is None:
        return None
    limit = reading.hits[at].start if at < len(reading.hits) else len(reading.text)
    parts: list[re.Match[str]] = []
    for part in re.finditer(r"\S+", found.group(1)):
        part_end = found.start(1) + part.end()
        if part_end > limit or not _may_be_name(reading, part.group(), parts, reading.text[part_end : part_end + 3]):
            break
        parts.append(part)
        if len(part.group()) > 2 and part.group().endswith("."):
            break
    while parts and parts[-1].group()[:1].islower():
        parts.pop()
    name = " ".join(part.group() for part in parts)
    if len(name) < 3 or name in reading.table.given_names:
        return None
    bare = re.sub(r"['’]s$|[.,:;]$", "", name)
    return bare, found.start(1) + parts[-1].end() - (len(name) - len(bare))


def _may_be_name(reading: Reading, word: str, before: list[re.Match[str]], after: str) -> bool:
    """A word of no dictionary, a given name, an initial; behind one of them any word, but for headlines in capitals."""
    given = reading.table.given_names
    if word in given or re.fullmatch(r"[A-Z]\.", word) or word.islower():
        return True
    if not is_common_word(word.rstrip(".,;:"), reading.lang):
        return True
    if not before:
        return False
    if before[-1].group() in given or before[-1].group().endswith("."):
        return True
    return reading.lang == "en" and len(before) == 1 and re.match(r"\s+[A-Z]", after) is None


def name_before(reading: Reading, start: int) -> tuple[int, int] | None:
    """The name in "Jane Doe, Canada's foreign minister", where the office begins at `start`: its offsets."""
    found = _NAME_BEFORE.search(reading.text, max(0, start - 60), start)
    if found is None:
        return None
    given = reading.table.given_names
    if any(part not in given and is_common_word(part, reading.lang) for part in found.group(1).split()):
        return None
    return found.start(1), found.end(1)
