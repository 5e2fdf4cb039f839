"""Second pass: neighbouring forms made into one span ("der polnische Präsident Nawrocki", "US-Außenminister Rubio")."""

import re
from dataclasses import dataclass, field, replace
from typing import cast

from processors.coder.actors.bearers import Claim, name_before, office_ids, person_behind, unknown_name, whom
from processors.coder.actors.model import OTHER, ActorKind, ActorSpan
from processors.coder.actors.reading import ANCHORS, PERSONS, RELATIONS, ROLES, Reading
from processors.coder.actors.scan import Hit, is_genitive

# Kinds that only this package tells apart.
_PUBLIC = {
    "enemy": "group",
    "described": "collective",
    "relation": "collective",
    "partner": "collective",
    "belligerents": "collective",
    "unique": "office",
    "shared": "seat",
}

_OWN = re.compile(r"\b(?:his|her|its|their|seine[mnrs]?|ihre[mnrs]?)\s$", re.I)


@dataclass(frozen=True, slots=True)
class _Office:
    """An office or body as read so far: from form number `first` to `last`, which `end` may follow ("of Ukraine")."""

    first: int
    role: int
    last: int
    end: Hit
    after: int
    ids: tuple[str, ...]
    former: bool = False


@dataclass(slots=True)
class Composer:
    """Reads the forms of one text from left to right. `spans` is what it has made of them."""

    reading: Reading
    spans: list[ActorSpan] = field(default_factory=list)

    def run(self) -> list[ActorSpan]:
        """All spans of the text, in order."""
        at = 0
        while at < len(self.reading.hits):
            at = max(self._read(at), at + 1)
        return self.spans

    def _read(self, at: int) -> int:
        """Read what begins with form number `at`; the number of the form to go on with."""
        kind = self.reading.hits[at].kind
        if kind in {"former", "then"}:
            return self._read_former(at)
        if kind in PERSONS:
            return self._read_person(at)
        if kind in ANCHORS:
            return self._read_anchor(at)
        return self._read_office(at, at, ()) if kind in ROLES else at + 1

    def _read_former(self, at: int) -> int:
        """ "Ex-Kanzler Schröder", "former US president": acts for nobody; "damalige", "then-": did act."""
        hit, count = self.reading.hits[at], len(self.spans)
        if not self.reading.next_beside(hit, at + 1):
            return at + 1
        end = self._read(at + 1)
        if len(self.spans) > count and self.spans[-1].kind in {"person", "office", "title", "body"}:
            span = self._former(self.spans.pop()) if hit.kind == "former" else self._then(self.spans.pop(), hit)
            self.spans.append(replace(span, start=hit.start))
        return end

    def _former(self, span: ActorSpan) -> ActorSpan:
        """Out of that office; a person of the tables may hold another now ("Ex-Präsident Medwedew")."""
        day = self.reading.day
        person = self.reading.table.by_name.get(span.name or "")
        serving = person and any(term.covers(day) if day else term.until is None for term in person.terms)
        if not serving and span.name:
            self.reading.context.learn_person(span.name, OTHER)
        return replace(span, ids=span.ids if serving else OTHER, former=True)

    def _then(self, span: ActorSpan, hit: Hit) -> ActorSpan:
        if not span.office and self.reading.text[hit.start : hit.end + 1] in {"then ", "Then "}:
            # "Then Obama spoke": no office of that time.
            return span
        person = self.reading.table.by_name.get(span.name or "")
        ids = person.ids_at(None) if person and span.ids == OTHER else span.ids
        return replace(span, ids=ids, former=False)

    def _read_person(self, at: int) -> int:
        hit = self.reading.hits[at]
        ids, name = whom(self.reading, hit)
        relation = self.reading.relation_behind(at)
        if relation is not None:
            return self._read_relation(at, relation, ids)
        role = self.reading.role_behind(at)
        if role is not None and ids:
            return self._read_office(at, role, ids)
        if name is not None:
            self._emit_person(hit.start, hit, ids, name, self._head(hit.start, hit))
        return at + 1

    def _read_anchor(self, at: int) -> int:
        hit = self.reading.hits[at]
        if self.reading.is_language(hit) or self.reading.describes(at):
            return at + 1
        ids, role = self.reading.ids(hit), self.reading.role_behind(at)
        related = self._read_related(at, ids)
        if related is not None:
            return related
        if role is not None:
            return self._read_office(at, role, ids)
        seat = self.reading.seat_behind(at)
        if seat is not None:
            return self._read_joint(at, seat, ids)
        joint = self.reading.joint_ids(at)
        if joint:
            return self._read_joint(at, at + 1, joint)
        if hit.kind == "unique":
            return self._read_office(at, at, ids)
        if hit.kind == "shared":
            return self._read_seat(at, ids)
        if ids:
            self._emit(hit.start, hit, ids, hit.kind, self.reading.last_word(hit))
        return at + 1

    def _read_related(self, at: int, ids: tuple[str, ...]) -> int | None:
        """Somebody's ally, rival and the like, if form number `at` is or owns such a word."""
        relation = self.reading.relation_behind(at)
        if relation is not None:
            return self._read_relation(at, relation, ids)
        if self.reading.hits[at].kind not in RELATIONS:
            return None
        owner = self.reading.relation_of(at)
        if owner is not None:
            return self._read_relation_of(at, owner)
        return at + 1 if not ids or (self.reading.lang == "en" and self.reading.named_behind(at)) else None

    def _read_relation(self, at: int, last: int, ids: tuple[str, ...]) -> int:
        """ "US allies", "Russlands Nachbar": somebody else than form number `at`, or who is named behind or before."""
        reading, start, word = self.reading, self.reading.hits[at].start, self.reading.hits[last]
        if reading.named_behind(last) or reading.named_before(at, word.end):
            return last + 1
        meant = ids if reading.is_own(reading.hits[at], word) else OTHER
        self._emit(start, word, meant, word.kind, reading.last_word(word))
        return last + 1

    def _read_relation_of(self, at: int, owner: int) -> int:
        """ "Allies of the US", "Verbündete der USA", "critics of Putin": the same with the owner behind."""
        reading, word, count = self.reading, self.reading.hits[at], len(self.spans)
        after = self._read(owner)
        end = max([reading.hits[owner].end, *(span.end for span in self.spans[count:])])
        ids = reading.ids(reading.hits[owner]) if reading.is_own(reading.hits[owner], word) else OTHER
        del self.spans[count:]
        if not reading.named_before(at, end):
            public = cast(ActorKind, _PUBLIC[word.kind])
            self.spans.append(ActorSpan(word.start, end, ids, public, None, reading.last_word(word)))
        return after

    def _read_joint(self, at: int, last: int, ids: tuple[str, ...]) -> int:
        """ "die libanesische Hisbollah", "Huthi-Rebellen", "Israel's Supreme Court": several forms, one actor."""
        right, role = self.reading.hits[last], self.reading.role_behind(last)
        if right.kind == "shared":
            self.reading.context.learn_office(self.reading.seat(right), ids, None)
        if role is not None:
            return self._read_office(at, role, ids)
        self._emit(self.reading.hits[at].start, right, ids, right.kind, self.reading.last_word(right))
        return last + 1

    def _read_seat(self, at: int, ids: tuple[str, ...]) -> int:
        """A seat that others have too, without an owner before it; there may be one behind it. "His Security Council"
        is another's."""
        reading, hit, last = self.reading, self.reading.hits[at], at
        if _OWN.search(reading.text, max(0, hit.start - 8), hit.start):
            return at + 1
        if reading.seated_in(at):
            last = at + 1
            ids = reading.hits[last].entry.ids
            reading.context.learn_office(reading.seat(hit), ids, None)
        self._emit(hit.start, reading.hits[last], ids, hit.kind, reading.last_word(hit))
        return last + 1

    def _read_office(self, first: int, role: int, ids: tuple[str, ...]) -> int:
        """From an anchor (or the role itself) over all roles and "of X" to the name."""
        reading = self.reading
        last = reading.last_role(role)
        end, after = reading.hits[last], last + 1
        if not ids and reading.belongs(end, after):
            end, after = reading.hits[after], after + 1
            ids = whom(reading, end)[0]
        elif ids and not reading.is_mission(end) and reading.accredited(end, after, end.end):
            end, after = reading.hits[after], after + 1
        if ids and reading.is_mission(reading.hits[last]) and reading.accredited(reading.hits[last], after, end.end):
            return self._read_mission(first, role, ids, after)
        former = any(hit.kind == "former" for hit in reading.hits[first:role])
        office = _Office(first, role, last, end, after, ids, former)
        kinds = {hit.kind for hit in reading.hits[role : last + 1]}
        if "blocked" in kinds:
            return self._close(office, "blocked")
        if not kinds & {"title", "unique"}:
            return self._close(office, "body")
        return self._read_bearer(office)

    def _read_mission(self, first: int, role: int, ids: tuple[str, ...], place: int) -> int:
        """ "The US embassy in Moscow": the place is one still, of something that happens there, and nobody."""
        reading = self.reading
        end, where, office = reading.hits[place - 1], reading.hits[place], reading.hits[role].entry.office
        reading.context.learn_office(office, ids, None)
        self._emit(reading.hits[first].start, end, ids, "body", reading.hits[role].start, None, office)
        self._emit(where.start, where, (), where.kind, reading.last_word(where))
        return place + 1

    def _read_bearer(self, office: _Office) -> int:
        """The name behind an office: of the tables, or a new one that the text introduces."""
        reading, end, after = self.reading, office.end, office.after
        if reading.next_beside(end, after) and reading.hits[after].kind in PERSONS and self._known(office, after):
            return after + 1
        found = unknown_name(reading, end.end, after) if office.ids else None
        if found is None:
            return self._close(office, "office" if office.ids else "title")
        # "Minister Sergey Shoygu", with a given name that the tables spell in another way.
        if person_behind(reading, found[1], after) and self._known(office, after):
            return after + 1
        name, stop = found
        start, role = reading.hits[office.first].start, reading.hits[office.role]
        ids = OTHER if office.former else office.ids
        reading.context.learn_person(name, ids)
        reading.context.learn_office(reading.hits[office.last].entry.office, ids, name)
        head = role.start if reading.lang == "de" else stop - len(name.split()[-1])
        word = reading.hits[office.last].entry.office
        self.spans.append(ActorSpan(start, stop, ids, "person", name, head, office=word, former=office.former))
        return after

    def _known(self, office: _Office, at: int) -> bool:
        """Emit the person that is form number `at` as the bearer, unless somebody else of that name is meant."""
        reading, bearer = self.reading, self.reading.hits[at]
        known, name = whom(reading, bearer, titled=True)
        ids = office_ids(reading, bearer, office.ids, known, self._claim(office))
        if name is None or ids is None:
            return False
        if ids != known and not office.former:
            reading.context.learn_person(name, ids)
        start, role = reading.hits[office.first].start, reading.hits[office.role]
        word = reading.hits[office.last].entry.office
        reading.context.learn_office(word, ids, name)
        self._emit_person(start, bearer, ids, name, self._head(role.start, bearer), word)
        if office.former:
            self.spans.append(self._former(self.spans.pop()))
        return True

    def _claim(self, office: _Office) -> Claim:
        role, last = self.reading.hits[office.role], self.reading.hits[office.last]
        alone = office.first == office.role == office.last and office.end is last and role.kind == "unique"
        of_group = self.reading.hits[office.first].kind == "group"
        return Claim(last.entry.office, last.kind == "title", alone, of_group)

    def _close(self, office: _Office, kind: str) -> int:
        """A composite without a person's name."""
        reading, after = self.reading, office.after
        first, role, last = (reading.hits[at] for at in (office.first, office.role, office.last))
        ids = OTHER if office.former or (kind == "blocked" and not office.ids) else office.ids
        name = self._apposition(first.start, ids) if kind == "office" else None
        if kind in {"office", "body"}:
            reading.context.learn_office(last.entry.office, ids, name)
        if kind == "blocked" and reading.next_beside(office.end, after):
            # "AfD-Chef Müller": the surname is the blocked person's.
            after += reading.hits[after].kind == "surname"
        self._emit(first.start, office.end, ids, kind, role.start, name, last.entry.office, office.former)
        return after

    def _apposition(self, start: int, ids: tuple[str, ...]) -> str | None:
        """ "Jane Doe, Canada's foreign minister": the name before the comma is the office's holder."""
        found = name_before(self.reading, start)
        if found is None or any(span.end > found[0] for span in self.spans[-3:]):
            return None
        name = self.reading.text[found[0] : found[1]]
        self.reading.context.learn_person(name, ids)
        self.spans.append(ActorSpan(*found, ids, "person", name, found[1] - len(name.split()[-1])))
        return name

    def _head(self, role_start: int, last: Hit) -> int:
        """German parses hang the name on the title, English ones the title on the surname."""
        if self.reading.lang == "de":
            return role_start
        return last.start + self.reading.text[last.start : last.end].rfind(" ") + 1

    def _emit_person(self, start: int, hit: Hit, ids: tuple[str, ...], name: str, head: int, office: str = "") -> None:
        former = ids == OTHER and any(p.former_at(self.reading.day) for p in hit.entry.persons if p.name == name)
        self._emit(start, hit, ids, "person", head, name, office, former)

    def _emit(
        self, start: int, last: Hit, ids: tuple[str, ...], kind: str, head: int,
        name: str | None = None, office: str = "", former: bool = False,
    ) -> None:  # fmt: skip
        public = cast(ActorKind, _PUBLIC.get(kind, kind))
        genitive, compound = is_genitive(self.reading.text, last), self.reading.compound(last)
        self.spans.append(ActorSpan(start, last.end, ids, public, name, head, compound, office, genitive, former))
