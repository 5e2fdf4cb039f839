"""Finds the lexicon's triggers in sentences, fast: each distinct word is looked at once and remembered.

A trigger is written as words; `…` separates parts that may stand apart and in any order, `a/b` are alternatives,
`*lieferung` and `liefer*` match ends and beginnings, `@arms` is a word class, `an|greifen` a verb with a separable
particle. A word matches a form or a lemma. In German a capital marks a noun: "Treffen" does not match "treffen".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from processors.coder.lexicon import PHRASES, Lexicon, Rule
from processors.coder.negators import is_pseudo, spared

_WORD = re.compile(r"\w+(?:[-’'.]\w+)*[’']?|[^\w\s]")
_MILLIONS = re.compile(r"\d[\d.,]*mn?")
_CAMEL = re.compile(r"[-/]")
GAP = 14
_ASIDE = 3
_PARTICLE_REACH = 24
_MEMORY = 300_000
_LETTERS = 3  # of what may stand anywhere in a word so many are looked up first: most words are ruled out by them
# Of German verbs, the longer before the shorter; of participles beside a noun; letters of a verb's form.
_PREFIXES = (
    "zusammen entgegen zurück wieder nieder hinter gegen unter durch über fest frei nach fort weg vor ver zer ent auf "
    "aus ein los bei um ab an be er zu"
).split()
_PARTICIPLE_ENDINGS = ("", "en", "er", "em", "es", "e")
_SHORTEST = 5
# Forms of verbs that the dictionary has as other words only, or not at all.
_STRONG = {
    "brach": "brechen", "fällt": "fallen", "gedrungen": "dringen", "gefangen": "fangen", "stand": "stehen",
    "verloren": "verlieren",
}  # fmt: skip
# What the dictionary gives as the verb of "thanking", "guarded", "cancelled" and the like.
_MISSPELT = {
    "annexe": "annex", "assaile": "assail", "cancell": "cancel", "demure": "demur", "guarde": "guard",
    "interne": "intern", "labell": "label", "modell": "model", "patrole": "patrol", "signall": "signal",
    "sweare": "swear", "thanke": "thank", "travell": "travel",
}  # fmt: skip
# How forms of regular verbs begin or end, from so many letters on: others are no verbs ("heute", "fast", "düster").
_REGULAR_BEGINS = ("be", "ent", "er", "ge", "miss", "über", "unter", "ver", "zer")
_REGULAR_ENDS = ("iert", "igt", "elt", "ert")
_REGULAR = 7
# What only looks like a form of a verb, in either language.
_NO_VERBS = frozenset({"gerecht", "gefällt", "willing", "during", "morning", "evening"})
_AFTER_PARTICLE = frozenset("und oder als wie um weil da dass sowie and aber doch".split())


@dataclass(slots=True)
class Word:
    """A word or punctuation mark with its place in the text, its lemma and the lexicon elements that it matches."""

    text: str
    start: int
    end: int
    lower: str
    lemma: str
    elements: frozenset[int]


class Found(NamedTuple):
    """A trigger found in a sentence: the rule, which of its triggers, the words' positions in the sentence."""

    rule: Rule
    trigger: str
    words: tuple[int, ...]


class _Pattern(NamedTuple):
    parts: tuple[tuple[int, ...], ...]
    particle: str
    elements: frozenset[int]  # those of all parts: what a sentence must have beside what the rule asks for


class _Trigger(NamedTuple):
    rule: Rule
    text: str
    pattern: _Pattern


class Matcher:
    """The compiled lexicon of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._rules = lexicon.government
        self._german = lexicon.language == "de"
        self._elements: dict[str, int] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._ends: dict[str, list[int]] = defaultdict(list)
        self._begins: dict[str, list[int]] = defaultdict(list)
        self._inside: dict[str, list[tuple[str, int]]] = defaultdict(list)  # by their first letters
        self._case: dict[int, bool] = {}
        self._by_anchor: dict[int, list[_Trigger]] = defaultdict(list)
        self._conditions: dict[str, tuple[frozenset[int], frozenset[int], list[_Pattern]]] = {}
        self._known: dict[str, tuple[str, str, frozenset[int]]] = {}
        self._idioms: dict[int, list[_Pattern]] = defaultdict(list)
        for rule in lexicon.rules:
            self._add(rule)
        self._anchors = frozenset(self._by_anchor)
        for text in lexicon.idioms:
            for idiom in self._patterns(text):
                self._idioms[idiom.parts[0][0]].append(idiom)
        self._phrases = {
            name: [pattern for text in getattr(lexicon, name) for pattern in self._patterns(text)] for name in PHRASES
        }
        # After the rules, whose elements' order says which of two triggers comes first.
        self.classes = {name: self.element("@" + name) for name in lexicon.classes}

    # compiling

    def element(self, word: str) -> int:
        """The number of a pattern word such as "Waffe/@arms"; the same word has one number."""
        if word in self._elements:
            return self._elements[word]
        number = self._elements[word] = len(self._elements)
        for alternative in self._alternatives(word):
            self._index(alternative, number)
        return number

    def _alternatives(self, word: str) -> Iterator[str]:
        for alternative in word.split("/"):
            if alternative.startswith("@"):
                for member in self.lexicon.classes[alternative[1:]]:
                    yield from self._alternatives(member)
            else:
                yield alternative

    def _index(self, word: str, number: int) -> None:
        # In German, a capital in the pattern asks for a capital in the text, a small letter for a small one.
        bare = word.strip("*")
        # A number's case demand is kept with the key itself: "Treffen" and "treffen" are different keys.
        key = (bare[:1].isupper() and not word.startswith("*"), bare.lower())
        marked = ("^" if key[0] and self._german else "") + key[1]
        if word.startswith("*") and word.endswith("*"):
            self._inside[bare.lower()[:_LETTERS]].append((bare.lower(), number))
        elif word.startswith("*"):
            self._ends[bare.lower()].append(number)
        elif word.endswith("*"):
            self._begins[bare.lower()].append(number)
        else:
            self._exact[marked].append(number)

    def _add(self, rule: Rule) -> None:
        needs = frozenset(self.element(word) for word in rule.needs)
        unless = frozenset(self.element(word) for word in rule.unless if len(word.split()) == 1)
        phrases = [pattern for text in rule.unless if len(text.split()) > 1 for pattern in self._patterns(text)]
        self._conditions[rule.id] = (needs, unless, phrases)
        for text in rule.triggers:
            for pattern in self._patterns(text):
                self._by_anchor[pattern.parts[0][0]].append(_Trigger(rule, text, pattern))

    def _patterns(self, text: str) -> Iterator[_Pattern]:
        for words, particle in _readings(text):
            parts = tuple(tuple(self.element(word) for word in part.split()) for part in words.split("…"))
            yield _Pattern(parts, particle, frozenset(one for part in parts for one in part))

    # matching

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """The words of a sentence, with lexicon elements."""
        out, first = [], True
        for hit in _WORD.finditer(text, start, end):
            form = hit.group()
            lower, lemma, elements = self.look_up(form, first)
            out.append(Word(form, hit.start(), hit.end(), lower, lemma, elements))
            first = form in ':"„“»«–-' or (first and not form[0].isalnum())
        return out

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence has a word that begins some trigger; cheap."""
        known, anchors, german = self._known, self._anchors, self._german
        for form in _WORD.findall(text, start, end):
            entry = known.get(form)
            elements = entry[2] if entry is not None else self.look_up(form, not german)[2]
            if not anchors.isdisjoint(elements):
                return True
        return False

    def look_up(self, form: str, opening: bool = False) -> tuple[str, str, frozenset[int]]:
        """Lower-case form, lemma and elements of a word; `opening` where a capital says nothing."""
        key = form
        if opening and self._german and form[:1].isupper():
            key = "\0" + form
        entry = self._known.get(key)
        if entry is None:
            if len(self._known) > _MEMORY:
                self._known.clear()
            entry = self._known[key] = self._study(form, key[0] == "\0")
        return entry

    def _study(self, form: str, opening: bool) -> tuple[str, str, frozenset[int]]:
        import simplemma

        lower = form.lower().rstrip("’'")
        if not lower or not lower[0].isalnum():
            return lower, lower, frozenset()
        last = _CAMEL.split(form)[-1] or form
        lemma = _lemma(simplemma, form if self._german else lower, self.lexicon.language)
        keys = {lower, lemma}
        if last != form:
            keys |= {last.lower(), _lemma(simplemma, last, self.lexicon.language)}
        if not self._german and lemma == lower and lower not in self._exact:
            keys.update(_of_gerund(simplemma, lower))
        # Of a compound its last part says whether it is a noun, but that of "F-16" is no word.
        capital = (last if last[:1].isalpha() else form)[:1].isupper()
        if opening and self._german:
            keys |= {_lemma(simplemma, form.lower(), self.lexicon.language)}
        if _MILLIONS.fullmatch(lower):
            keys.add("million")  # "£100m"
        found: set[int] = set()
        for key in keys:
            if not self._german or opening or not capital:
                found.update(self._exact.get(key, ()))
            if self._german and (opening or capital):
                found.update(self._exact.get("^" + key, ()))
            found.update(self._parts_of(key, compounds=not self._german or opening or capital))
        return lower, lemma, frozenset(found)

    def _parts_of(self, key: str, compounds: bool) -> Iterator[int]:
        for length in range(2, len(key) + 1):
            yield from self._begins.get(key[:length], ())
            # One letter is no first part of a compound: "Preise" is no "*reise"; one digit is: "$8bn".
            if compounds and (length != len(key) - 1 or key[0].isdigit()):
                yield from self._ends.get(key[-length:], ())
        for start in range(len(key) if self._inside else 0):
            for length in range(1, _LETTERS + 1):
                for inside, number in self._inside.get(key[start : start + length], ()):
                    if key.startswith(inside, start):
                        yield number

    def find(self, words: Sequence[Word]) -> list[Found]:
        """All triggers in a sentence, in the order of their first word."""
        out: dict[tuple[str, tuple[int, ...]], Found] = {}
        idle = self._idle(words)
        present = frozenset().union(*(word.elements for word in words)) if words else frozenset()
        for position, word in enumerate(words):
            if self._anchors.isdisjoint(word.elements):
                continue
            # In order: which of two triggers names the same words must not change from process to process.
            for element in sorted(word.elements):
                for trigger in self._by_anchor.get(element, ()):
                    if not trigger.pattern.elements <= present:
                        continue
                    if not self._is_allowed(trigger.rule, words, present):
                        continue
                    places = _places(trigger.pattern, words, position)
                    if places and idle.isdisjoint(places):
                        out.setdefault((trigger.rule.id, places), Found(trigger.rule, trigger.text, places))
        idioms = self._idioms_at({place for _, places in out for place in places}, words, present)
        return [
            one
            for one in out.values()
            if not any(first in one.words and places > set(one.words) for first, places in idioms)
        ]

    def _is_allowed(self, rule: Rule, words: Sequence[Word], present: frozenset[int]) -> bool:
        """Whether a sentence has what a rule needs, and nothing that rules it out."""
        needs, unless, phrases = self._conditions[rule.id]
        if (needs and needs.isdisjoint(present)) or not unless.isdisjoint(present):
            return False
        return not any(phrase.elements <= present and self._places_of(phrase, words) for phrase in phrases)

    def _places_of(self, pattern: _Pattern, words: Sequence[Word]) -> list[tuple[int, ...]]:
        """The places of all words that say what a pattern says."""
        return [
            places
            for position, word in enumerate(words)
            if pattern.parts[0][0] in word.elements and (places := _places(pattern, words, position))
        ]

    def _idle(self, words: Sequence[Word]) -> set[int]:
        """The places of words that are part of no trigger: negators that do not negate its verb ("not only sends",
        "sends tanks, not missiles"), and harm that was done to nobody ("no casualties")."""
        out: set[int] = set()
        for place, word in enumerate(words):
            if word.lower in self._rules.negators and (
                is_pseudo(words, place, self._rules) or self._is_aside(words, place)
            ):
                out.add(place)
            out.update(spared(words, place, self._rules))
        return out

    def _is_aside(self, words: Sequence[Word], place: int) -> bool:
        """Whether a negator opens an aside of few words that names somebody or something else: ", not France,"."""
        if place == 0 or words[place - 1].text != "," or place + 1 == len(words):
            return False
        after, closing = words[place + 1], words[place + 2 : place + 2 + _ASIDE]
        names = after.text[:1].isupper() if self._german else after.lower != "to"
        return names and any(not word.text[0].isalnum() for word in closing)

    def _idioms_at(
        self, starts: Iterable[int], words: Sequence[Word], present: frozenset[int]
    ) -> list[tuple[int, set[int]]]:
        """The idioms that begin at one of the places: that one, and all of theirs."""
        return [
            (start, set(places))
            for start in starts
            for element in words[start].elements
            for idiom in self._idioms.get(element, ())
            if idiom.elements <= present and (places := _places(idiom, words, start))
        ]

    def said(self, phrases: str, words: Sequence[Word]) -> list[tuple[int, ...]]:
        """The places of all words that say what one of the lexicon's lists (`PHRASES`) says."""
        return [places for pattern in self._phrases[phrases] for places in self._places_of(pattern, words)]


def _lemma(simplemma: Any, form: str, language: str) -> str:
    lemma = str(simplemma.lemmatize(form, lang=language)).lower()
    if language != "de":
        return _MISSPELT.get(lemma, lemma)
    if form in _STRONG:
        return _STRONG[form]
    # The dictionary writes "aussetzte" as a form of "außetzen", and "schoss" as one of "schiessen".
    lemma = lemma.replace("schiess", "schieß")
    unknown = lemma == form or lemma.startswith("auß")
    found = _prefixed(simplemma, form if unknown else lemma, unknown)
    return found or (_infinitive(simplemma, form) if lemma == form else None) or lemma


def _of_gerund(simplemma: Any, form: str) -> list[str]:
    """The English verbs that a form in "ing" may be of, which the dictionary has as a noun: "freezing"."""
    stem = form.removesuffix("ing")
    verbs = (stem, stem + "e") if stem != form and len(stem) > 2 and form not in _NO_VERBS else ()
    return [verb for verb in verbs if simplemma.is_known(verb, lang="en")]


def _infinitive(simplemma: Any, form: str) -> str | None:
    """The infinitive of a regular German verb whose participle and present the dictionary has as adjectives only:
    "gratuliert", "gefoltert", "misshandelte". (`german_lemma` knows more of them, at thirty times the cost.)"""
    for ending in _PARTICIPLE_ENDINGS:
        stem = form.removesuffix(ending)
        begins = _REGULAR_BEGINS if not ending else "ge"
        if not form.endswith(ending) or not stem.endswith("t") or len(stem) < _REGULAR or form in _NO_VERBS:
            continue
        if not stem.startswith(begins) and not stem.endswith(_REGULAR_ENDS):
            continue
        for begin in (stem[:-1], stem.removeprefix("ge")[:-1]):
            for verb in (begin + "en", begin + "n"):
                if len(begin) > 2 and simplemma.is_known(verb, lang="de") and verb == _known_as(simplemma, verb):
                    return verb
    return None


def _known_as(simplemma: Any, form: str) -> str:
    return str(simplemma.lemmatize(form, lang="de"))


def _prefixed(simplemma: Any, form: str, unknown: bool) -> str | None:
    """The infinitive of a German verb whose form the dictionary lacks but knows without the prefix: "beschossen",
    "abgefeuert", "festgenommene"; with `unknown` also where that is not plain from a "ge"."""
    for ending in _PARTICIPLE_ENDINGS:
        stem = form.removesuffix(ending)
        for prefix in _PREFIXES if form.endswith(ending) and stem.endswith(("t", "te", "en")) else ():
            rest = stem.removeprefix(prefix)
            plain = rest.startswith("ge")
            if rest == stem or len(rest) < _SHORTEST or not (plain or (unknown and not ending)):
                continue
            verb = _STRONG.get(rest) or _known_as(simplemma, rest).lower()
            # Infinitives end in "en" as well: only with another vowel it is the participle or the past.
            alike = verb[0] == rest[0] and not (rest.endswith("en") and len(verb) < len(rest))
            if verb != rest and verb.endswith("n") and len(verb) <= len(rest) + 1 and (plain or alike):
                return prefix + verb
    return None


def _readings(text: str) -> Iterable[tuple[str, str]]:
    """A trigger's readings: with a separable verb, joined ("angreifen") and apart ("greifen" and "an")."""
    hit = re.search(r"(\w+)\|([\w/|]+)", text)
    if not hit:
        return [(text, "")]
    particle, stem = hit.groups()
    rest = text[hit.end() :]
    return [(text[: hit.start()] + particle + stem + rest, ""), (text[: hit.start()] + stem + rest, particle)]


def _places(pattern: _Pattern, words: Sequence[Word], anchor: int) -> tuple[int, ...] | None:
    places = _sequence(pattern.parts[0], words, anchor)
    if places is None:
        return None
    if pattern.particle:
        particle = _particle(pattern.particle, words, anchor)
        if particle is None:
            return None
        places = (*places, particle)
    for part in pattern.parts[1:]:
        more = _nearest(part, words, anchor, set(places))
        if more is None:
            return None
        places = (*places, *more)
    return tuple(sorted(places))


def _sequence(part: tuple[int, ...], words: Sequence[Word], at: int) -> tuple[int, ...] | None:
    if at + len(part) > len(words):
        return None
    if all(element in words[at + offset].elements for offset, element in enumerate(part)):
        return tuple(range(at, at + len(part)))
    return None


def _particle(particle: str, words: Sequence[Word], verb: int) -> int | None:
    """The separated particle after a verb: at the end of a clause."""
    for place in range(verb + 1, min(len(words), verb + _PARTICLE_REACH)):
        if words[place].lower == particle:
            after = words[place + 1] if place + 1 < len(words) else None
            if after is None or not after.text[0].isalnum() or after.lower in _AFTER_PARTICLE:
                return place
    return None


def _nearest(part: tuple[int, ...], words: Sequence[Word], anchor: int, taken: set[int]) -> tuple[int, ...] | None:
    for distance in range(1, GAP + 1):
        for at in (anchor + distance, anchor - distance):
            if 0 <= at < len(words) and part[0] in words[at].elements and at not in taken:
                places = _sequence(part, words, at)
                if places is not None and not taken.intersection(places):
                    return places
    return None
