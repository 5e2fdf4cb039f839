"""What an event is about, as the text puts it: what talks are over, what a demand asks for, the goods of an embargo.

Where it stands, by type, is data of the lexicon (`about`); the parse tells where a phrase begins and ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from processors.coder.agenda import headed, opens, sentences_behind, told
from processors.coder.analysis import Candidate, Party, Sentence
from processors.coder.language import compound_parts
from processors.coder.nominative import nominative
from processors.coder.relations import preposition
from processors.coder.triggers import Matcher

_MOST, _LONGEST = 3, 7  # topics of an event, words of a topic
_NOUNS = frozenset({"NOUN", "PROPN"})
_PRONOUNS = frozenset({"PRON", "DET"})
_BEFORE = frozenset({"amod", "compound", "nmod"})
_BEHIND = frozenset({"nmod", "flat", "appos"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl"})
_OBLIQUE = frozenset({"obl", "nmod"})
_ARGUMENTS = frozenset({"obj", "nsubj", "obl", "nmod", "xcomp"})
_DANGLING = frozenset({"case", "det", "amod", "cc", "mark"})
_SIGNS = frozenset('.,;:!?()–—+|»«”“"„')
_QUOTES = frozenset('»«”“"„')
_OBLIQUE_ENDINGS = ("en", "em")
# With these begins what is said of the whole clause rather than of the noun before.
_APART = frozenset(
    "as after before at during near until since by amid under als nach während bei beim um vor ab bis seit".split()
)
_AROUND = "\"„“”»«‘’'"
# Parties that talks may be about ("über den Iran"), unless they take part.
_SUBJECTS = frozenset({"state", "organisation", "city", "capital", "adjective", "blocked", "group"})
_NAMING = frozenset({"object", "possessor", "noun", "clause", "discuss"})
_NEAR, _FAR = 10, 6  # words behind a trigger, before a headline's colon


def topics(candidates: Sequence[Candidate], matcher: Matcher, sides: Sequence[str], text: str = "") -> tuple[str, ...]:
    """What the event of these mentions of a `text`, the best first, is about: of the first that says it, at most three
    phrases; of talks also where the sentences behind a mention say so.

    `sides` are the event's actors and recipients: they are not what it is about.
    """
    said = (_said(candidate, matcher, frozenset(sides)) for candidate in candidates if candidate.sentence.parsed)
    first = next((phrases for phrases in said if phrases), ())
    # A headline cuts short what the text has in full: "condemns attack", "an attack on a synagogue".
    if not first and candidates and candidates[0].found.rule.type in matcher.lexicon.about.talks:
        return next((found for one in candidates for found in _said_behind(one, matcher, text) if found), ())
    return next((phrases for phrases in said if _is_fuller(phrases, first)), first)


def _said_behind(candidate: Candidate, matcher: Matcher, text: str) -> Iterator[tuple[str, ...]]:
    """What the sentences behind a mention say that its talks were about."""
    for sentence in sentences_behind(text, candidate.sentence.end, matcher):
        about = _About(replace(candidate, sentence=sentence, found=candidate.found._replace(words=())), matcher)
        yield about.phrases("told")


def _said(candidate: Candidate, matcher: Matcher, sides: frozenset[str]) -> tuple[str, ...]:
    """What one mention says that it is about, by the first of its type's relations that is filled."""
    about = _About(candidate, matcher, sides)
    relations = matcher.lexicon.about.relations.get(candidate.found.rule.type, ())
    return next((found for relation in relations if (found := about.phrases(relation))), ())


def _is_fuller(phrases: tuple[str, ...], first: tuple[str, ...]) -> bool:
    """Whether a phrase is the one word of another with what belongs to it."""
    if len(phrases) != 1 or len(first) != 1 or " " in first[0]:
        return False
    before, found, behind = f" {phrases[0]} ".partition(f" {first[0]} ")
    return bool(found and (behind[:1].islower() or (before and not behind)))


class _About:
    """One mention's sentence, read for what the mention is about."""

    def __init__(self, candidate: Candidate, matcher: Matcher, sides: frozenset[str] = frozenset()) -> None:
        self.sentence: Sentence = candidate.sentence
        self.words = candidate.sentence.words
        self.trigger = candidate.found.words
        self.type = candidate.found.rule.type
        self.matcher, self.lexicon, self.sides = matcher, matcher.lexicon, sides
        self.below = candidate.sentence.children()

    def phrases(self, relation: str) -> tuple[str, ...]:
        """The topics that stand in a relation to the trigger."""
        if relation == "compound" and self.lexicon.language == "de":
            return tuple(self._first_parts())[:_MOST]
        heads = [
            one
            for head in self._heads(relation)
            for each in (head, *self._labelled(head, {"conj"}))
            for one in self._meant(each, relation)
        ]
        found = [
            self._phrase(head, bare=relation in {"arms", "nearest"})
            for head in dict.fromkeys(heads)
            if not self._takes_part(head, relation)
        ]
        return tuple(dict.fromkeys(phrase for phrase in found if phrase))[:_MOST]

    def _heads(self, relation: str) -> Iterator[int]:
        named = {
            "object": self._object, "possessor": self._possessor, "clause": self._clause, "compound": self._compound,
            "self": self._itself, "arms": self._arms, "discuss": self._discussed, "noun": self._next_noun,
            "kicker": self._kicker, "nearest": self._nearest, "told": self._told,
        }  # fmt: skip
        return named[relation]() if relation in named else self._behind(relation)

    # relations

    def _helped(self) -> list[int]:
        """The verb that a trigger such as "must" belongs to."""
        return [self.sentence.heads[place] for place in self.trigger if self._is(place, {"aux"})]

    def _own(self) -> list[int]:
        """The words right under the trigger."""
        below = (child for place in (*self.trigger, *self._helped()) for child in self.below[place])
        return [child for child in below if child not in self.trigger]

    def _object(self) -> Iterator[int]:
        verbs = (*self.trigger, *self._helped())
        labels = {"obj", "nsubj"} if any("Voice=Pass" in self.sentence.morphs[verb] for verb in verbs) else {"obj"}
        yield from (place for place in self._own() if self._is(place, labels))

    def _possessor(self) -> Iterator[int]:
        for place in self._own():
            if place > self.trigger[0] and self._is(place, {"nmod"}) and not self._labelled(place, {"case"}):
                yield place

    def _compound(self) -> Iterator[int]:
        for place in self._own():
            if place < self.trigger[-1] and self._is(place, {"compound"}) and self._tag(place) == "NOUN":
                yield place

    def _itself(self) -> Iterator[int]:
        yield from (place for place in self.trigger if len(self.trigger) > 1 and self._tag(place) == "NOUN")

    def _clause(self) -> Iterator[int]:
        for verb in (*(place for place in self._own() if self._is(place, _CLAUSES)), *self._helped()):
            yield from self._of_clause(verb)

    def _of_clause(self, verb: int) -> list[int]:
        """What the verb of a clause is done to: "urged the council to open the crossing"."""
        nouns = [child for child in self.below[verb] if self._tag(child) in _NOUNS]
        objects = [child for child in nouns if self._is(child, {"obj"})]
        objects = objects or [child for child in nouns if self._is(child, {"nsubj"})]
        things = [child for child in objects if self._party(child) is None]
        return (things or [child for child in nouns if self._is(child, {"obl"}) and self._tag(child) == "NOUN"])[:1]

    def _behind(self, opener: str) -> Iterator[int]:
        """The phrases that the preposition `opener` opens, under the trigger or beside it under the same verb."""
        above = [
            self.sentence.heads[place]
            for place in self.trigger
            if self.sentence.heads[place] not in self.trigger and self._is(place, _ARGUMENTS)
        ]
        own = self._own()
        near = {*own, *(child for place in (*above, *own) for child in self.below[place])}
        for place in sorted(near.difference(self.trigger)):
            if self._is(place, _OBLIQUE) and self._opened(place, {opener}):
                yield place
            elif self._is(place, _CLAUSES) and self._opened(place, {opener}, "mark"):
                # "Accused Rome of shelling a port" hangs on Rome in some parses.
                over = self.sentence.heads[place]
                if place in own or (over in own and self._party(over)):
                    yield from self._of_clause(place)

    def _opened(self, place: int, openers: set[str], label: str = "case") -> bool:
        return any(self.words[child].lower in openers and child < place for child in self._labelled(place, {label}))

    def _discussed(self) -> Iterator[int]:
        """What the sentence says to be discussed: "... to discuss grain", "sie sprachen über Gefangene"."""
        about = self.lexicon.about
        for place, word in enumerate(self.words):
            if word.lemma in about.discussing:
                yield from self._labelled(place, {"obj"})
            elif word.lemma in about.speaking and place not in self.trigger:
                yield from (child for child in self.below[place] if opens(self.sentence, child, word, about))
        yield from headed(self.sentence, self.below)

    def _told(self) -> Iterator[int]:
        yield from headed(self.sentence, self.below)
        yield from told(self.sentence, self.below, self.matcher)

    def _arms(self) -> Iterator[int]:
        """Kinds of arms in the trigger or right under it; not "weapons" as such."""
        arms, vague = self.matcher.classes.get("arms"), self.lexicon.about.vague_arms
        for place, word in enumerate(self.words):
            head = self.sentence.heads[place]
            near = {place, head, self.sentence.heads[head]} & set(self.trigger)
            if near and arms in word.elements and self._tag(place) in _NOUNS and not word.lower.startswith(vague):
                yield place

    def _next_noun(self) -> Iterator[int]:
        """The noun after the trigger, or between its parts ("wirft ... vor"): what it does, where the parse fails."""
        first, last = min(self.trigger), max(self.trigger)
        between = self.lexicon.language == "de" and last - first > 2
        for place in range(first + 1, last) if between else range(last + 1, min(len(self.words), last + _NEAR)):
            if self.words[place].text in _SIGNS - _QUOTES:
                return
            if place in self.trigger or self._tag(place) != "NOUN" or self._party(place):
                continue
            if not preposition(self.words, place, self.lexicon.language):
                # Of a compound of two words the last is the noun: "patrol boat".
                head = self.sentence.heads[place]
                yield head if self._is(place, {"compound"}) and place < head <= place + 2 else place
                return

    def _nearest(self) -> Iterator[int]:
        """The first noun that says something behind the trigger in its clause, else the last one before it there."""
        first, last = min(self.trigger), max(self.trigger)
        clause = self.sentence.clause
        behind = (place for place in range(last + 1, len(self.words)) if clause[place] == clause[last])
        before = (place for place in range(first - 1, -1, -1) if clause[place] == clause[first])
        nouns = (place for place in (*behind, *before) if place not in self.trigger and self._tag(place) == "NOUN")
        yield from islice((place for place in nouns if not self._party(place) and self._phrase(place, bare=True)), 1)

    def _kicker(self) -> Iterator[int]:
        """What a headline begins with: "Ukraine-Konflikt: Verhandlungen enden ohne Ergebnis"."""
        colon = next((place for place, word in enumerate(self.words) if word.text == ":"), len(self.words))
        if colon < min(self.trigger[0], _FAR + 1):
            heads = self.sentence.heads
            # What hangs on nothing, or on something behind the colon, is the first words' head.
            roots = (place for place in range(colon) if heads[place] == place or heads[place] > colon)
            yield from (
                place
                for place in islice(roots, 1)
                if self._tag(place) == "NOUN" and not self._opened(place, set(_APART))
            )

    def _first_parts(self) -> Iterator[str]:
        """What a German compound begins with: "Handelsgespräche", "Öl-Embargo"."""
        for place in self.trigger:
            word = self.words[place].text
            if self._tag(place) not in _NOUNS or self._party(place):
                continue
            parts = compound_parts(word)
            if len(parts) > 1 and parts[0].lower() not in self.lexicon.about.vague:
                yield word.rpartition("-")[0] or parts[0]

    def _meant(self, head: int, relation: str) -> list[int]:
        """What a noun that says nothing by itself leads to: "the creation of a safety zone"."""
        if self.words[head].lower not in self.lexicon.about.leading:
            return [head]
        behind = [
            child
            for child in self._labelled(head, {"nmod"})
            if child > head
            and self._tag(child) in _NOUNS
            and self.words[child].lower not in self.lexicon.about.vague
            and not self._takes_part(child, relation)
        ]
        return [one for child in behind[:1] for one in (child, *self._labelled(child, {"conj"}))] or [head]

    # phrases

    def _phrase(self, head: int, *, bare: bool) -> str:
        """A noun with what belongs to it, as the text has it, `bare` without what follows; "" where it says nothing."""
        words, word = self.words, self.words[head]
        if self._tag(head) not in {*_NOUNS, "ADJ"} or not word.text[0].isalpha() or len(word.text) < 2:
            return ""
        if word.lower in self.lexicon.about.vague or "." in word.text:
            return ""
        if self.type in self.lexicon.about.talks and self.matcher.classes.get("talks") in word.elements:
            return ""
        first, last = self._begin(head), head if bare else self._end(head)
        if self.lexicon.language == "en" and any(first <= place <= last for place in self.trigger if place != head):
            return ""  # so it is where a headline's verb is taken for a noun
        last = min(last, first + _LONGEST - 1)
        while last > head and (self._is(last, _DANGLING) or words[last].text in _SIGNS):
            last -= 1
        begin, end = words[first].start - self.sentence.start, words[last].end - self.sentence.start
        at, behind = word.start - self.sentence.start, word.end - self.sentence.start
        text = self.sentence.text
        if self.lexicon.language == "de":
            return (text[begin:at] + nominative(word, self.sentence.morphs[head]) + text[behind:end]).strip(_AROUND)
        return text[begin:end].strip(_AROUND)

    def _begin(self, head: int) -> int:
        first = head
        for child in sorted((child for child in self.below[head] if child < head), reverse=True):
            if self._is_sign(child) and self.words[child].text not in _QUOTES:
                break
            if self._is(child, {"punct"}):
                continue
            # "Migration and gas fields": what is joined to a word before a noun stands before the noun too.
            joined = self._labelled(child, {"conj"}) if self.lexicon.language == "en" else []
            if first - max(child, *joined, child) > 2 or not self._is(child, _BEFORE) or not self._describes(child):
                break
            first = child
        while first and first <= self.sentence.heads[first - 1] <= head and self._is(first - 1, {"compound", "amod"}):
            if not self._describes(first - 1):
                break
            first -= 1
        return max(first, head - 4)

    def _describes(self, place: int) -> bool:
        """Whether a word before a noun says more of it; in German with an ending that a nominative may have."""
        word = self.words[place]
        if not word.text[0].isalpha() or self._tag(place) in _PRONOUNS or word.lower in self.lexicon.about.vague:
            return False
        if place in self.trigger and self._tag(place) != "ADJ":
            return False
        if self.lexicon.language == "en" or (word.text[0].isupper() and self._is(place, {"amod"})):
            return True
        party = self._party(place)
        return not word.lower.endswith(_OBLIQUE_ENDINGS) if party is None else party.genitive

    def _is_sign(self, place: int) -> bool:
        """Whether a phrase ends before a sign: a hyphen only where it stands alone, as a dash."""
        word = self.words[place]
        return word.text in _SIGNS or (word.text == "-" and self.words[place - 1].end < word.start)

    def _end(self, head: int, *, top: bool = True) -> int:
        end = head
        for child in self.below[head]:
            label = self.sentence.deps[child]
            if child <= end or child in self.trigger or child - end > 4:
                continue
            if label not in _BEHIND and (top or label != "conj" or child - end > 3):
                continue
            if any(self._is_sign(place) for place in range(end + 1, child)):
                break
            opener = {self.words[one].lower for one in self._labelled(child, {"case"})}
            if label == "nmod" and not opener.isdisjoint(_APART):
                break
            if self.words[child].text[0].isdigit() or (
                self.words[child].lower in self.lexicon.about.vague and not self._labelled(child, {"compound"})
            ):
                break
            end = self._end(child, top=False)
        return end

    def _takes_part(self, head: int, relation: str) -> bool:
        """Whether a word names somebody who acts or is acted upon, and not what it is about."""
        party = self._party(head)
        return party is not None and (party.kind not in _SUBJECTS or relation in _NAMING or self._is_side(head))

    def _is_side(self, place: int) -> bool:
        party = self._party(place)
        return party is not None and not self.sides.isdisjoint(party.ids)

    def _party(self, place: int) -> Party | None:
        """Who is named by the word alone: "US-Sanktionen" names sanctions."""
        for party in self.sentence.parties:
            if party.words[0] <= place <= party.words[1] and not party.compound:
                return party
        return None

    def _labelled(self, place: int, labels: set[str]) -> list[int]:
        return [child for child in self.below[place] if self.sentence.deps[child] in labels]

    def _is(self, place: int, labels: frozenset[str] | set[str]) -> bool:
        return self.sentence.deps[place] in labels

    def _tag(self, place: int) -> str:
        return self.sentence.tags[place]
