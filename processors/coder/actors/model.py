"""What the actor recogniser hands out: spans with ids, and what it remembers of a text."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

ActorKind = Literal[
    "state", "capital", "seat", "city", "adjective", "demonym", "organisation", "group", "collective", "person",
    "office", "body", "title", "blocked", "pronoun",
]  # fmt: skip
OTHER = ("OTHER",)
LEADING = frozenset({"president", "head_of_government", "monarch", "clergy", "secretary_general"})


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """A stretch of text that names an actor. Offsets are characters of the text that was given.

    `ids` are ids of the contract; empty for an office or body whose state the text has not named, and for a place that
    only says where an embassy stands. A `blocked` span acts for nobody (party, company, parliament's minority); its
    `ids` tell where it belongs, so that it can be hit, not act. A `city` is a place: its id counts only as a target.
    `name` is the canonical name of a person. `head_offset` is where the word begins that a parse hangs the span on.
    `compound` is the last part of a hyphenated word that the span begins ("Krieg" in "Ukraine-Krieg"), "" outside of
    one. `office` names the office or body, where the span has one. `genitive`: a possessive form ("Russlands",
    "Russia's"). `former`: said or known to be out of office.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    kind: ActorKind
    name: str | None
    head_offset: int
    compound: str = ""
    office: str = ""
    genitive: bool = False
    former: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One office of one person: acts for `id` from the first day up to, not including, the last."""

    id: str
    office: str
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether the person was in office on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the tables with all terms, the latest last. `common` surnames count only after a full mention."""

    name: str
    terms: tuple[Term, ...]
    common: bool = False

    def ids_at(self, day: date | None) -> tuple[str, ...]:
        """Whom the person acts for on `day`: OTHER out of office; without a day the last office counts."""
        if day is None:
            return (self.terms[-1].id,)
        return next(((term.id,) for term in reversed(self.terms) if term.covers(day)), OTHER)

    def leads_on(self, day: date | None) -> bool:
        """Whether the person heads a state, a government or an organisation on `day`."""
        return any(term.office in LEADING and (day is None or term.covers(day)) for term in self.terms)

    def former_at(self, day: date | None) -> bool:
        """Whether the person has been in office before `day` and is not any more."""
        return day is not None and self.ids_at(day) == OTHER and any(term.since <= day for term in self.terms)


@dataclass(slots=True)
class ActorContext:
    """What a text has told so far: whom persons, offices and bodies named in it act for.

    Give the same context to every call for pieces of one text, a fresh one to each text.
    """

    persons: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    offices: dict[str, tuple[tuple[str, ...], str | None]] = field(default_factory=dict)

    def learn_person(self, name: str, ids: tuple[str, ...]) -> None:
        """Remember that the bearer of `name`, and of its surname alone, acts for `ids`."""
        if ids:
            surname = re.split(r"[\s]", name)[-1]
            self.persons[surname] = (ids, name)

    def learn_office(self, office: str, ids: tuple[str, ...], name: str | None) -> None:
        """Remember who was called by this office last."""
        if office and ids:
            self.offices[office] = (ids, name or self._known_name(office, ids))

    def _known_name(self, office: str, ids: tuple[str, ...]) -> str | None:
        known = self.offices.get(office)
        return known[1] if known and known[0] == ids else None
