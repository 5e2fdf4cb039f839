"""Second pass: neighbouring forms made into one span ("der polnische Präsident Nawrocki", "US-Außenminister Rubio")."""

import re
from dataclasses import dataclass, field
from datetime import date

from processors.coder.actors.model import OTHER, ActorContext, ActorKind, ActorSpan
from processors.coder.actors.scan import Hit, is_common_word, is_genitive, possessive_end
from processors.coder.actors.table import ActorTable

ANCHORS = frozenset(
    {"state", "capital", "seat", "adjective", "organisation", "group", "collective", "enemy", "unique", "demonym", "city"}
)
ROLES = frozenset({"title", "body", "blocked", "unique"})
PERSONS = frozenset({"person", "surname"})
_SPACE = re.compile(r"\s+\"?„?$")
_HYPHEN = frozenset({"-", "‑", "–"})
_OF = {
    "en": re.compile(r"\s+(?:of|for)\s+(?:the\s+)?"),
    "de": re.compile(r"\s+(?:der|des|von|aus|von der|aus der|aus dem|vom)\s+"),
}
_IN = {"en": re.compile(r"\s+in\s+"), "de": re.compile(r"\s+in\s+")}
_TO = {"en": re.compile(r"\s+(?:to|in|for)\s+(?:the\s+)?"), "de": re.compile(r"\s+(?:in|für|bei)\s+(?:der\s+|die\s+|den\s+)?")}
_GOVERNMENTS = frozenset({"regierung", "führung", "government", "leadership", "regime", "machthaber", "authorities", "rulers", "behörden", "zentralregierung"})
_NAME_PART = r"(?:[A-ZÄÖÜÀ-ÖØ-ÞŠŽČĆŁŚŻİŞĞ][\w'’.]*(?:-[\w’']+)*)"
_NAME = re.compile(rf"\s+((?:{_NAME_PART}\s+(?:(?:von der|van der|von|van|de|del|da|dos|al|bin|el|ul)\s+)?){{0,3}}{_NAME_PART})")
_NAME_BEFORE = re.compile(rf"((?:{_NAME_PART}\s+){{1,2}}{_NAME_PART}|{_NAME_PART}\s+{_NAME_PART}),\s+(?:(?:der|die|the|a)\s+)?$")
_COMPOUND = re.compile(r"[-‑]((?:\w+[-‑])*)(\w+)")


@dataclass(slots=True)
class Composer:
    """Reads the hits of one text from left to right. `spans` is what it made of them."""

    text: str
    lang: str
    day: date | None
    table: ActorTable
    context: ActorContext
    hits: list[Hit]
    enemy: tuple[str, ...] = ()
    spans: list[ActorSpan] = field(default_factory=list)

    def run(self) -> list[ActorSpan]:
        """All spans of the text, in order."""
        at = 0
        while at < len(self.hits):
            at = max(self._read(at), at + 1)
        return self.spans

    def _read(self, at: int) -> int:
        hit = self.hits[at]
        if hit.kind in {"former", "then"}:
            return self._read_former(at)
        if hit.kind in PERSONS:
            return self._read_person(at)
        if hit.kind in ANCHORS:
            return self._read_anchor(at)
        if hit.kind in ROLES:
            return self._read_role(at)
        return at + 1

    # --- what the entry points make ---

    def _read_former(self, at: int) -> int:
        """ "Ex-Kanzler Schröder", "former US president": acts for nobody; "damalige", "then-": did act."""
        hit, count = self.hits[at], len(self.spans)
        if at + 1 >= len(self.hits) or not self._beside(hit, self.hits[at + 1]):
            return at + 1
        end = self._read(at + 1)
        if len(self.spans) == count:
            return end
        span = self.spans.pop()
        if span.kind in {"person", "office", "title", "body"}:
            span = self._former(span, hit) if hit.kind == "former" else self._then(span, hit)
        self.spans.append(span)
        return end

    def _former(self, span: ActorSpan, hit: Hit) -> ActorSpan:
        return ActorSpan(hit.start, span.end, OTHER, span.kind, span.name, span.head_offset, office=span.office, former=True)

    def _then(self, span: ActorSpan, hit: Hit) -> ActorSpan:
        ids = span.ids
        if ids == OTHER and span.name:
            ids = next((p.ids_at(None) for p in self.table.persons if p.name == span.name), ids)
        return ActorSpan(hit.start, span.end, ids, span.kind, span.name, span.head_offset, office=span.office)

    def _read_person(self, at: int) -> int:
        hit = self.hits[at]
        ids, name = self._whom(hit)
        following = self._role_behind(at, hit)
        if following is not None and ids:
            return self._office(at, following, ids)
        if name is None:
            return at + 1
        self._emit_person(hit.start, hit.end, ids, name, hit, self._head(hit.start, hit))
        return at + 1

    def _read_anchor(self, at: int) -> int:
        hit = self.hits[at]
        following = self._role_behind(at, hit)
        ids = self.enemy if hit.kind == "enemy" else hit.entry.ids
        if following is not None:
            return self._office(at, following, ids)
        merged = self._group_behind(at)
        if merged is not None:
            return merged
        if hit.kind == "unique":
            return self._office(at, at, ids)
        kind = "group" if hit.kind == "enemy" else hit.kind
        if ids:
            self._emit(hit.start, hit.end, ids, kind, None, hit.start, hit, compound=self._compound(hit))
        return at + 1

    def _read_role(self, at: int) -> int:
        """A role that nothing stands before: "Präsident Putin", "President of Ukraine", "die Regierung in Kiew"."""
        hit = self.hits[at]
        if hit.kind == "unique":
            return self._office(at, at, hit.entry.ids)
        return self._office(at, at, ())

    # --- composites ---

    def _office(self, first: int, role: int, ids: tuple[str, ...]) -> int:
        """From an anchor (or the role itself) over all roles, "of X", to the name. Returns the next hit's index."""
        last = self._last_role(role)
        kinds = {hit.kind for hit in self.hits[role : last + 1]}
        end_hit, after = self.hits[last], last + 1
        if not ids and after < len(self.hits) and self._belongs(end_hit, self.hits[after]):
            anchor = self.hits[after]
            ids = self._whom(anchor)[0] if anchor.kind in PERSONS else (anchor.entry.ids or self.enemy)
            end_hit, after = anchor, after + 1
        elif ids and end_hit.entry.office in {"envoy"}:
            end_hit, after = self._accredited(end_hit, after)
        head = self.hits[role]
        blocked = "blocked" in kinds
        if blocked or not kinds & {"title", "unique"}:
            return self._close(first, last, end_hit, after, ids, "blocked" if blocked else "body")
        return self._named_office(first, last, end_hit, after, ids, head)

    def _named_office(self, first: int, last: int, end_hit: Hit, after: int, ids: tuple[str, ...], head: Hit) -> int:
        start, office = self.hits[first].start, self.hits[last].entry.office
        if after < len(self.hits) and self.hits[after].kind in PERSONS and self._beside(end_hit, self.hits[after]):
            bearer = self.hits[after]
            known, name = self._whom(bearer, titled=True)
            if name is not None and (bearer.kind == "person" or not self._clash(ids, known)):
                ids = ids if self._clash(ids, known) else known
                self.context.learn_office(office, ids, name)
                head_at = self._head(head.start, bearer)
                self._emit_person(start, bearer.end, ids, name, bearer, head_at, office)
                return after + 1
        unknown = self._unknown_name(end_hit.end, after) if ids else None
        if unknown is not None:
            name, end = unknown
            self.context.learn_office(office, ids, name)
            self.context.learn_person(name, ids)
            head_at = head.start if self.lang == "de" else end - len(name.split()[-1])
            self.spans.append(ActorSpan(start, end, ids, "person", name, head_at, office=office))
            return after
        return self._close(first, last, end_hit, after, ids, "office" if ids else "title")

    def _close(self, first: int, last: int, end_hit: Hit, after: int, ids: tuple[str, ...], kind: str) -> int:
        """A composite without a person's name."""
        start, role = self.hits[first].start, self.hits[last]
        office = role.entry.office
        name = None
        if kind == "blocked" and not ids:
            ids = OTHER
        if kind == "office":
            name = self._apposition(start, ids)
            self.context.learn_office(office, ids, name)
        elif kind == "body":
            self.context.learn_office(office, ids, None)
        if kind == "blocked" and after < len(self.hits) and self.hits[after].kind == "surname":
            # "AfD-Chef Müller": the surname is the blocked person's.
            after += self._beside(end_hit, self.hits[after])
        self._emit(start, end_hit.end, ids, kind, name, role.start, end_hit, office, self._compound(end_hit))
        return after

    def _apposition(self, start: int, ids: tuple[str, ...]) -> str | None:
        """ "Jane Doe, Canada's foreign minister": the name before the comma is the office's holder."""
        before = _NAME_BEFORE.search(self.text, max(0, start - 60), start)
        if before is None or any(span.end > before.start(1) for span in self.spans[-3:]):
            return None
        name = before.group(1)
        if any(is_common_word(part, self.lang) and part not in self.table.given_names for part in name.split()):
            return None
        self.context.learn_person(name, ids)
        head = before.end(1) - len(name.split()[-1])
        self.spans.append(ActorSpan(before.start(1), before.end(1), ids, "person", name, head))
        return name

    def _group_behind(self, at: int) -> int | None:
        """ "die libanesische Hisbollah": the adjective only describes the group."""
        hit = self.hits[at]
        if hit.kind != "adjective" or at + 1 >= len(self.hits):
            return None
        group = self.hits[at + 1]
        if group.kind not in {"group", "collective", "demonym"} or not self._beside(hit, group):
            return None
        ids = group.entry.ids if group.kind == "group" else hit.entry.ids
        following = self._role_behind(at + 1, group)
        if following is not None:
            return self._office(at, following, ids)
        self._emit(hit.start, group.end, ids, group.kind, None, group.start, group, compound=self._compound(group))
        return at + 2

    # --- neighbours ---

    def _beside(self, left: Hit, right: Hit) -> bool:
        gap = self.text[left.end : right.start]
        return gap in _HYPHEN or (gap.isspace() and len(gap) <= 2 and "\n" not in gap) or gap in {" „", ' "', " “"}

    def _role_behind(self, at: int, anchor: Hit) -> int | None:
        """The index of a role that the anchor belongs to: joined by a hyphen, a space or a possessive."""
        end, index = possessive_end(self.text, anchor), at + 1
        genitive = is_genitive(self.text, anchor)
        while index < len(self.hits) and index - at <= 3:
            hit = self.hits[index]
            gap = self.text[end : hit.start]
            hyphen = gap in _HYPHEN and index == at + 1 and not genitive
            if not hyphen and not (gap.isspace() and "\n" not in gap):
                return None
            if hit.kind in ROLES:
                return index if hyphen or self._may_own(anchor, hit, genitive) else None
            if hit.kind not in {"modifier", "former", "then"}:
                return None
            end, index = hit.end, index + 1
        return None

    def _may_own(self, anchor: Hit, role: Hit, genitive: bool) -> bool:
        if genitive or anchor.kind == "adjective" or (anchor.kind == "enemy" and self.lang == "de"):
            return True
        if anchor.kind in PERSONS or anchor.kind in {"demonym", "city"}:
            return False
        if self.lang == "de":
            return anchor.kind in {"organisation", "group", "unique"} and role.kind != "unique"
        form = self.text[role.start : role.end]
        short = anchor.end - anchor.start <= 4
        return short or form not in self.table.verbs

    def _last_role(self, role: int) -> int:
        """The last of the roles that follow one another ("Foreign Ministry spokeswoman")."""
        last = role
        while last + 1 < len(self.hits):
            step = last + 1
            if self.hits[step].kind == "modifier" and step + 1 < len(self.hits):
                step += 1
            following = self.hits[step]
            joined = following.kind in ROLES and self._beside(self.hits[step - 1], following)
            if not joined or (step - last == 2 and not self._beside(self.hits[last], self.hits[last + 1])):
                break
            if self.lang == "de" and self.text[self.hits[last].end] == " " and following.kind == "body":
                break
            last = step
        return last

    def _belongs(self, role: Hit, anchor: Hit) -> bool:
        """Whether the anchor behind a role names whose it is: "of Ukraine", "der Ukraine", "Russlands", "in Kiew"."""
        if anchor.kind not in ANCHORS - {"demonym"} and anchor.kind not in PERSONS:
            return False
        gap = self.text[role.end : anchor.start]
        if self.lang == "de" and gap == " " and anchor.entry.genitive:
            return True
        if anchor.kind == "capital" and role.entry.office in _GOVERNMENTS and _IN[self._of].fullmatch(gap):
            return True
        if anchor.kind in PERSONS or role.entry.office == "envoy" or anchor.kind in {"adjective", "city", "enemy"}:
            return False
        return bool(_OF[self._of].fullmatch(gap))

    def _accredited(self, role: Hit, after: int) -> tuple[Hit, int]:
        """ "US ambassador to Ukraine": where an envoy serves is no actor."""
        if after < len(self.hits) and self.hits[after].kind in ANCHORS:
            place = self.hits[after]
            if _TO[self._of].fullmatch(self.text[role.end : place.start]) and not self._compound(place):
                return place, after + 1
        return role, after

    @property
    def _of(self) -> str:
        return "de" if self.lang == "de" else "en"

    # --- persons ---

    def _whom(self, hit: Hit, titled: bool = False) -> tuple[tuple[str, ...], str | None]:
        """Whom a person of the tables acts for on the day; no name where a bare surname is not enough."""
        persons = hit.entry.persons
        if not persons:
            return hit.entry.ids, None
        if len(persons) > 1:
            serving = [person for person in persons if person.ids_at(self.day) != OTHER]
            persons = tuple(serving) or persons
        known = self.context.persons.get(self._surname(hit))
        if hit.kind == "surname" and known is not None:
            return known
        person = persons[0]
        if hit.kind == "surname" and not titled and (person.common or len({p.ids_at(self.day) for p in persons}) > 1):
            return (), None
        ids = person.ids_at(self.day)
        if hit.kind == "person" or titled:
            self.context.persons.setdefault(self._surname(hit), (ids, person.name))
        return ids, person.name

    def _surname(self, hit: Hit) -> str:
        form = self.text[hit.start : hit.end]
        surname = form.split(" ")[-1]
        return surname[:-1] if hit.entry.genitive else surname

    def _clash(self, said: tuple[str, ...], known: tuple[str, ...]) -> bool:
        """The text says "polnischer Präsident", the tables say another state: the text is right."""
        return bool(said) and said != known

    def _unknown_name(self, end: int, after: int) -> tuple[str, int] | None:
        """A name in no table behind an office."""
        found = _NAME.match(self.text, end)
        if found is None:
            return None
        limit = self.hits[after].start if after < len(self.hits) else len(self.text)
        parts: list[re.Match[str]] = []
        for part in re.finditer(r"\S+", found.group(1)):
            part_end = found.start(1) + part.end()
            if part_end > limit or not self._may_be_name(part.group(), parts, self.text[part_end:]):
                break
            parts.append(part)
        while parts and (parts[-1].group()[:1].islower() or parts[-1].group().isdigit()):
            parts.pop()
        if not parts or (len(parts) == 1 and len(parts[0].group()) < 3):
            return None
        name = " ".join(part.group() for part in parts)
        bare = re.sub(r"['’]s$|[.,:;]$", "", name)
        stop = found.start(1) + parts[-1].end() - (len(name) - len(bare))
        return bare, stop

    def _may_be_name(self, word: str, before: list[re.Match[str]], after: str) -> bool:
        """A word of no dictionary, a given name, an initial; behind one of them any word, but for a headline in capitals."""
        if word in self.table.given_names or re.fullmatch(r"[A-Z]\.", word) or word.islower():
            return True
        if not is_common_word(word.rstrip(".,;:"), self.lang):
            return True
        if not before:
            return False
        given = before[-1].group() in self.table.given_names or before[-1].group().endswith(".")
        return given or (self.lang == "en" and len(before) == 1 and re.match(r"\s+[A-Z]", after) is None)

    # --- output ---

    def _head(self, role_start: int, last: Hit) -> int:
        if self.lang == "de":
            return role_start
        form = self.text[last.start : last.end]
        return last.start + form.rfind(" ") + 1

    def _compound(self, hit: Hit) -> str:
        if hit.entry.compound:
            return hit.entry.compound
        found = _COMPOUND.match(self.text, hit.end)
        if found is None or not hit.entry.ids and not hit.entry.persons:
            return ""
        return found.group(2)

    def _emit_person(
        self, start: int, end: int, ids: tuple[str, ...], name: str, hit: Hit, head: int, office: str = ""
    ) -> None:
        former = any(p.name == name and p.former_at(self.day) for p in hit.entry.persons) and ids == OTHER
        genitive = is_genitive(self.text, hit)
        compound = self._compound(hit)
        self.spans.append(ActorSpan(start, end, ids, "person", name, head, compound, office, genitive, former))

    def _emit(
        self, start: int, end: int, ids: tuple[str, ...], kind: str, name: str | None, head: int, hit: Hit,
        office: str = "", compound: str = "",
    ) -> None:  # fmt: skip
        genitive = is_genitive(self.text, hit)
        self.spans.append(ActorSpan(start, end, ids, _kind(kind), name, head, compound, office, genitive))


def _kind(kind: str) -> ActorKind:
    return kind  # type: ignore[return-value]
