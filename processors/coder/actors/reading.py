"""The text with its forms, and what can be read off neighbouring ones: who owns a role, what belongs together."""

import re
from dataclasses import dataclass
from datetime import date

from processors.coder.actors.model import OTHER, ActorContext
from processors.coder.actors.scan import Hit, is_genitive, possessive_end
from processors.coder.actors.table import ActorTable

ANCHORS = frozenset(
    {"state", "capital", "seat", "adjective", "organisation", "group", "collective", "described", "enemy", "unique"}
    | {"demonym", "city", "belligerents", "shared", "relation", "partner"}
)
# Words for who stands to somebody in some relation ("ally"), and who may be that somebody.
RELATIONS = frozenset({"relation", "partner"})
_RELATED = frozenset(
    {"state", "capital", "seat", "adjective", "organisation", "group", "unique", "shared", "person", "surname"}
)
# Of organisations these are the organisation itself: "NATO allies", "EU-Partner"; of an armed group its members are.
_MEMBERS = ("member", "mitglied")
_OWN = (*_MEMBERS, "all", "partner", "verbündet", "alliiert", "bündnispartner")
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
# These are of whoever sends them, wherever they are: "the US embassy in Moscow".
_MISSIONS = frozenset(
    "embassy embassies consulate consulates botschaft botschaften konsulat generalkonsulat vertretung".split()
)
_CLOSURE = re.compile(r"\b(?:clos(?:e|es|ed|ing|ure)|shut|evacuat|schlie(?:ß|ss)|geschlossen|Schließung|evakuier)")
_MINISTRIES = ("ministry", "ministerium")
# A verb in the place of a relation: "Iran partners with Qatar".
_WITH = re.compile(r"\s+(?:with|mit)\b")
# "Canada, a close ally of the US, ...": what stands between the name and who it is said to be, and what behind.
_APPOSED = re.compile(r"(?:['’]s?)?, (?:(?:an?|the|one of the|its|ein\w*|der|die|das|dem|den) (?:[a-zäöüß-]+ ){0,2})?")
_IS_A = {
    "en": re.compile(
        r"\b(?:is|are|was|were|remains?|became)(?: not| now| still)? (?:an?|the|no)(?: (?!of |by |to )[a-z-]+){0,2} $"
    ),
    "de": re.compile(r"\b(?:ist|war|bleibt)(?: nicht| auch| noch)? k?eine?(?: [a-zäöüß-]+){0,2} $"),
}
_CLOSED = re.compile(r"(?:['’]s?)?\s*(?:[,;.)–—]|\Z)")
# A language where no noun follows: "in Russian", "spoke Portuguese with", "auf Polnisch".
_LANGUAGE = re.compile(
    r"\b(?:in|auf|into|fluent|spoke|speaks?|speaking|spricht|sprach|sprechen|sprachen|gesprochen)\s+$", re.I
)
_NO_NOUN = {
    "en": re.compile(r"\s*(?:[.,;:!?)\"“”]|\Z)|\s+(?:with|to|at|on|in|for|during|when|while|but|about|that)\b"),
    "de": re.compile(r"(?!-)"),
}
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

    def is_language(self, hit: Hit) -> bool:
        """Whether an adjective is the name of a language: "spoke in English with", "sprach auf Polnisch"."""
        form = self.text[hit.start : hit.end]
        if hit.kind != "adjective" or (self.lang == "de" and not (form[:1].isupper() and form.endswith("sch"))):
            return False
        told = _LANGUAGE.search(self.text, max(0, hit.start - 12), hit.start)
        return told is not None and _NO_NOUN[self.lang].match(self.text, hit.end) is not None

    def seat(self, hit: Hit) -> str:
        """A seat that others have too, in whatever case form, by which its owner is remembered."""
        return self.text[hit.start : hit.end].removesuffix("s").removesuffix("e")

    def next_beside(self, hit: Hit, at: int) -> bool:
        """Whether the form number `at` follows `hit` with nothing but a blank, quote or hyphen between."""
        return at < len(self.hits) and self.text[hit.end : self.hits[at].start] in _BESIDE

    def role_behind(self, at: int) -> int | None:
        """The number of the role that form number `at` owns: joined by a hyphen, a blank or a possessive."""
        return self._owned(at, ROLES)

    def describes(self, at: int) -> bool:
        """Whether an adjective without a state only tells of who follows: "pro-Russian Hungary", "das prorussische
        Ungarn"."""
        left = self.hits[at]
        if left.kind != "adjective" or left.entry.ids != OTHER or not self.next_beside(left, at + 1):
            return False
        return self.hits[at + 1].kind in {"state", *PERSONS}

    def relation_behind(self, at: int) -> int | None:
        """The number of the word that makes form number `at` somebody's relation: "Russia's closest ally"."""
        if self.hits[at].kind not in _RELATED:
            return None
        last = self._owned(at, RELATIONS)
        return last if last is not None and self._relates(self.hits[at], last) else None

    def relation_of(self, at: int) -> int | None:
        """The number of the form that the relation that is form number `at` is one of: "allies of the US"."""
        owner = at + 1
        if owner >= len(self.hits) or self.hits[owner].kind not in _RELATED:
            return None
        gap = self.text[self.hits[at].end : self.hits[owner].start]
        if not self._stands_alone(owner):
            return None
        # "Nachbarland Belarus" is no genitive.
        form = self.text[self.hits[owner].start : self.hits[owner].end]
        genitive = self.hits[owner].entry.genitive and form[:-1] in self.table.language(self.lang).known
        possessive = self.lang == "de" and gap == " " and genitive
        joined = possessive or _OF[self.lang].fullmatch(gap)
        return owner if joined and self._relates(self.hits[owner], at) else None

    def _stands_alone(self, at: int) -> bool:
        """Whether the form means somebody by itself or with an office: not "Israeli policy", "Israel's plan"."""
        hit = self.hits[at]
        if self.role_behind(at) is not None:
            return True
        if hit.kind == "adjective":
            return False
        apostrophe = self.text[hit.end : hit.end + 1] in {"'", "’"}
        return not apostrophe or _CLOSED.match(self.text, hit.end) is not None

    def _relates(self, owner: Hit, word: int) -> bool:
        """Whether the relation that is form number `word` can be that to `owner`: members are those of no state."""
        if self._starts(self.hits[word], _MEMBERS) and owner.kind not in {"organisation", "group"}:
            return False
        if self.next_beside(self.hits[word], word + 1) and self.hits[word + 1].kind in {"body", "blocked"}:
            return False  # "Libya's rival forces", "EU member parliaments"
        # "Our Russian partners" are Russia, "the Russian partner Belarus" is not.
        itself = self.hits[word].kind == "partner" or self.lang == "de"
        if owner.kind == "adjective" and owner.start < self.hits[word].start and itself:
            return self.named_behind(word)
        return _WITH.match(self.text, self.hits[word].end) is None

    def _starts(self, hit: Hit, words: tuple[str, ...]) -> bool:
        return self.text[hit.start : hit.end].lower().startswith(words)

    def is_own(self, owner: Hit, word: Hit) -> bool:
        """Whether the relation is `owner` itself, as a body of several: "NATO allies", "members of Hamas"."""
        if owner.kind == "group":
            return self._starts(word, _MEMBERS)
        apart = self.text[owner.end : word.start] not in {" ", *_HYPHENS}
        return owner.kind == "organisation" and self._starts(word, _MEMBERS if apart else _OWN)

    def named_behind(self, word: int) -> bool:
        """Whether the name of the one meant follows the relation that is form number `word`: "US ally Japan"."""
        behind = word + 1
        if behind >= len(self.hits) or self.text[self.hits[word].end : self.hits[behind].start] != " ":
            return False
        return self.hits[behind].kind in {"state", "organisation", "group", *PERSONS}

    def named_before(self, first: int, end: int) -> bool:
        """Whether a phrase from form number `first` to the offset `end` tells who the one named before it is: "Canada,
        a close US ally, ...", "Canada is a US ally"."""
        start = self.hits[first].start
        if _IS_A[self.lang].search(self.text, max(0, start - 50), start):
            return True
        while first and self.hits[first - 1].kind == "modifier":
            first -= 1
        if not first or self.hits[first - 1].kind not in _RELATED - {"adjective"}:
            return False
        gap = self.text[self.hits[first - 1].end : start]
        return bool(_APPOSED.fullmatch(gap)) and _CLOSED.match(self.text, end) is not None

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
            if hit.kind not in {"modifier", "former", "then"} and not (hit.kind == "adjective" and kinds is RELATIONS):
                return None
            end, index = hit.end, index + 1
        return None

    def _may_own(self, anchor: Hit, role: Hit, genitive: bool) -> bool:
        if role.kind in RELATIONS:
            return genitive or anchor.kind == "adjective" or (self.lang == "en" and role.start - anchor.end == 1)
        if genitive or anchor.kind == "adjective" or (anchor.kind == "enemy" and self.lang == "de"):
            return True
        if anchor.kind in PERSONS or anchor.kind in {"demonym", "city"}:
            return False
        if self.lang == "de":
            return anchor.kind in {"organisation", "group", "unique"} and role.kind != "unique"
        # "Russia forces Kyiv to ..." against "US forces": short names are used as adjectives.
        word = self.text[role.start : role.end]
        return anchor.end - anchor.start <= 4 or (word.lower() if word.isupper() else word) not in self.table.verbs

    def last_role(self, role: int) -> int:
        """The last of roles that follow one another ("Foreign Ministry spokeswoman")."""
        last = role
        while last + 1 < len(self.hits):
            step = last + 1
            if self.hits[step].kind == "modifier" and self.next_beside(self.hits[last], step):
                step += 1
            if not self.next_beside(self.hits[step - 1], step) or not self._may_follow(self.hits[step]):
                break
            if self.lang == "de" and self.text[self.hits[last].end] == " " and self.hits[step].kind == "body":
                break
            last = step
        return last

    def _may_follow(self, hit: Hit) -> bool:
        """Whether a form goes on with the role before it: "ministry spokesman", "crew members"."""
        return hit.kind in ROLES or (self.lang == "en" and hit.kind in RELATIONS and self._starts(hit, _MEMBERS))

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

    def accredited(self, role: Hit, at: int, end: int) -> bool:
        """ "US ambassador to Ukraine", "the US embassy in Moscow": form number `at`, behind the offset `end`, is where
        it serves, and no actor."""
        if at >= len(self.hits) or self.hits[at].kind not in ANCHORS:
            return False
        if role.entry.office != "envoy" and not self.is_mission(role):
            return False
        place = self.hits[at]
        gap = self.text[end : place.start]
        return bool(_ACCREDITED[self.lang].fullmatch(gap)) and not self.compound(place)

    def is_mission(self, role: Hit) -> bool:
        """Whether a body is a state's in another state, and not closed: a host may close it, or be left by it."""
        if role.kind != "body" or role.entry.office not in _MISSIONS:
            return False
        return _CLOSURE.search(self.text, max(0, role.start - 60), role.end + 60) is None

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
        return left.entry.ids if right.kind in {"described", "demonym", "enemy", "partner"} else ()

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
