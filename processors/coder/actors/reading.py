"""The text with its forms, and what can be read off neighbouring ones: who owns a role, what belongs together."""

import re
from dataclasses import dataclass
from datetime import date

from processors.coder.actors.model import ActorContext
from processors.coder.actors.scan import Hit, is_genitive, possessive_end
from processors.coder.actors.table import ActorTable

ANCHORS = frozenset(
    {"state", "capital", "seat", "adjective", "organisation", "group", "collective", "described", "enemy", "unique"}
    | {"demonym", "city", "belligerents", "shared"}
)
ROLES = frozenset({"title", "body", "blocked", "unique"})
# Seats that others have too ("Bundesrat", "Supreme Court"), and who owns them where it stands before them.
_SHARED = frozenset({"shared"})
_SEATED = frozenset({"state", "capital", "seat", "adjective"})
PERSONS = frozenset({"person", "surname"})
_HYPHENS = frozenset("-‑–")
_BESIDE = frozenset({" ", "  ", "\t", " „", ' "', " “", *_HYPHENS})
_OF = {
    "en": re.compile(r"\s+(?:of|for)\s+(?:the\s+)?"),
    "de": re.compile(r"\s+(?:der|des|von|aus|von der|aus der|aus dem|vom)\s+"),
}
_IN = re.compile(r"\s+in\s+")
_ACCREDITED = {
    "en": re.compile(r"\s+(?:to|in|for)\s+(?:the\s+)?"),
    "de": re.compile(r"\s+(?:in|für|bei)\s+(?:der\s+|die\s+|den\s+)?"),
}
# "The government in Kyiv" is Ukraine's, so are "officials in Kyiv"; "troops in Kyiv" may be anybody's.
_GOVERNMENTS = frozenset(
    [
        "regierung",
        "zentralregierung",
        "führung",
        "machthaber",
        "behörden",
        "government",
        "leadership",
        "regime",
        "authorities",
        "ruler",
        "official",
        "officials",
        "junta",
        "militärjunta",
        "militärregierung",
        "presidency",
        "foreign office",
        "außenamt",
        "präsidialamt",
        "präsidentenpalast",
        "militärführung",
    ]
)
_MINISTRIES = ("ministry", "ministerium")
_COMPOUND = re.compile(r"[-‑](?:\w+[-‑]){0,3}(\w+)")


@dataclass(slots=True)
class Reading:
    """One text being read. `day` is the article's; `enemy` whom "the enemy" means in it, `sides` whom "the warring
    sides"."""

    text: str
    lang: str
    day: date | None
    table: ActorTable
    context: ActorContext
    hits: list[Hit]
    enemy: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    def ids(self, hit: Hit) -> tuple[str, ...]:
        """Whom a form that is no person acts for; a seat that others have too is that of its last owner."""
        if hit.kind == "shared":
            known = self.context.offices.get(self.seat(hit))
            return known[0] if known else hit.entry.ids
        if hit.kind == "belligerents":
            return self.sides or hit.entry.ids
        return self.enemy if hit.kind == "enemy" else hit.entry.ids

    def seat(self, hit: Hit) -> str:
        """A seat that others have too, in whatever case form, by which its owner is remembered."""
        return self.text[hit.start : hit.end].removesuffix("s").removesuffix("e")

    def next_beside(self, hit: Hit, at: int) -> bool:
        """Whether the form number `at` follows `hit` with nothing but a blank, quote or hyphen between."""
        return at < len(self.hits) and self.text[hit.end : self.hits[at].start] in _BESIDE

    def role_behind(self, at: int) -> int | None:
        """The number of the role that form number `at` owns: joined by a hyphen, a blank or a possessive."""
        return self._owned(at, ROLES)

    def seat_behind(self, at: int) -> int | None:
        """The number of the seat that many have and form number `at` owns ("Irans Nationaler Sicherheitsrat")."""
        return self._owned(at, _SHARED) if self.hits[at].kind in _SEATED else None

    def seated_in(self, at: int) -> bool:
        """Whether the form behind the seat that is form number `at` says whose it is: "Oberhaus Japans"."""
        if at + 1 >= len(self.hits) or self.hits[at + 1].kind not in {"state", "capital"}:
            return False
        owner, gap = self.hits[at + 1], self.text[self.hits[at].end : self.hits[at + 1].start]
        if self.lang == "de":
            return gap == " " and owner.entry.genitive
        return owner.entry.ids != self.hits[at].entry.ids and gap in {" of ", " of the "}

    def _owned(self, at: int, kinds: frozenset[str]) -> int | None:
        anchor = self.hits[at]
        end, index = possessive_end(self.text, anchor), at + 1
        genitive = is_genitive(self.text, anchor)
        while index < len(self.hits) and index - at <= 3:
            hit = self.hits[index]
            gap = self.text[end : hit.start]
            hyphen = gap in _HYPHENS and index == at + 1 and not genitive and anchor.kind not in {"city", "demonym"}
            if not hyphen and (not gap.isspace() or "\n" in gap):
                return None
            if hit.kind in kinds:
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
        # "Russia forces Kyiv to ..." against "US forces": short names are used as adjectives.
        return anchor.end - anchor.start <= 4 or self.text[role.start : role.end] not in self.table.verbs

    def last_role(self, role: int) -> int:
        """The last of roles that follow one another ("Foreign Ministry spokeswoman")."""
        last = role
        while last + 1 < len(self.hits):
            step = last + 1
            if self.hits[step].kind == "modifier" and self.next_beside(self.hits[last], step):
                step += 1
            if not self.next_beside(self.hits[step - 1], step) or self.hits[step].kind not in ROLES:
                break
            if self.lang == "de" and self.text[self.hits[last].end] == " " and self.hits[step].kind == "body":
                break
            last = step
        return last

    def belongs(self, role: Hit, at: int) -> bool:
        """Whether the form behind a role names whose it is: "of Ukraine", "der Ukraine", "Russlands", "in Kiew"."""
        if at >= len(self.hits):
            return False
        anchor = self.hits[at]
        if anchor.kind not in ANCHORS - {"demonym"} and anchor.kind not in PERSONS:
            return False
        gap = self.text[role.end : anchor.start]
        if self.lang == "de" and gap == " " and anchor.entry.genitive:
            return True
        words = {role.entry.office, self.text[role.start : role.end].lower()}
        seated = bool(words & _GOVERNMENTS) or role.entry.office.endswith(_MINISTRIES)
        if anchor.kind in {"capital", "state"} and seated and _IN.fullmatch(gap):
            return True
        if anchor.kind in PERSONS or role.entry.office == "envoy" or anchor.kind in {"adjective", "city", "enemy"}:
            return False
        return bool(_OF[self.lang].fullmatch(gap))

    def accredited(self, role: Hit, at: int) -> bool:
        """ "US ambassador to Ukraine": the form number `at` is where the envoy serves, and no actor."""
        if role.entry.office != "envoy" or at >= len(self.hits) or self.hits[at].kind not in ANCHORS:
            return False
        place = self.hits[at]
        gap = self.text[role.end : place.start]
        return bool(_ACCREDITED[self.lang].fullmatch(gap)) and not self.compound(place)

    def joint_ids(self, at: int) -> tuple[str, ...]:
        """Whom form number `at` and the next mean together ("libanesische Hisbollah"); () where they are two."""
        left = self.hits[at]
        if not self.next_beside(left, at + 1):
            return ()
        right = self.hits[at + 1]
        hyphen = self.text[left.end] in _HYPHENS
        if right.kind in {"seat", "shared", "group"} and right.entry.ids == left.entry.ids:
            return left.entry.ids
        joined = hyphen or (left.kind == "group" and self.lang == "en")
        if left.kind in {"group", "organisation"} and right.kind in {"collective", "described"} and joined:
            return left.entry.ids
        if left.kind != "adjective" or hyphen:
            return ()
        if right.kind in {"group", "collective"}:
            return right.entry.ids
        return left.entry.ids if right.kind in {"described", "demonym", "enemy"} else ()

    def compound(self, hit: Hit) -> str:
        """The last part of the hyphenated word that the form begins ("Krieg" in "Ukraine-Krieg"), or ""."""
        if hit.entry.compound:
            return hit.entry.compound
        found = _COMPOUND.match(self.text, hit.end)
        return found.group(1) if found and (hit.entry.ids or hit.entry.persons) else ""

    def last_word(self, hit: Hit) -> int:
        """Where the head of a name of several words begins: its last word, but for "Armed Forces of Ukraine"."""
        form = self.text[hit.start : hit.end]
        return hit.start if " of " in form or " der " in form else hit.start + form.rfind(" ") + 1
