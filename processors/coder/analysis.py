"""An article taken apart: sentences with triggers, who is named in them, and how the words hang together."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from processors.coder.triggers import Found, Matcher, Word
from processors.records import EVENT_TYPES

# Characters; a longer "sentence" is a list or noise, and is cut so that time stays linear in the text.
LONGEST = 700
_TICKER = re.compile(r"\s*\+\+\+\s*")
# Types of events and kinds of parties as numbers, as the learned layer sees them.
TYPES = {name: number for number, name in enumerate(EVENT_TYPES)}
KIND = {
    name: number
    for number, name in enumerate(
        "state capital seat city adjective demonym organisation group collective person office body title blocked "
        "pronoun".split()
    )
}
PLACES = frozenset({"state", "capital", "city"})  # kinds of parties that are places too
VERBS = frozenset({"VERB", "AUX"})  # tags
OWNING = frozenset({"nmod", "amod", "compound", "det"})  # how those whose it is stand to a noun
_BREAKS = frozenset(',;:()–—"„“”»«+|')


@dataclass(slots=True)
class Party:
    """A named participant in a sentence. `words` are the places of its first and last word in the sentence."""

    ids: tuple[str, ...]
    kind: str
    start: int
    end: int
    words: tuple[int, int]
    head: int
    name: str = ""
    compound: str = ""
    genitive: bool = False
    former: bool = False
    lead: "Party | None" = None

    @property
    def first(self) -> "Party":
        """The first of those that are named together with it ("A, B and C"): how it stands, all of them stand."""
        return self.lead or self


@dataclass(slots=True)
class Sentence:
    """A sentence of an article of a `day`. `heads` and `deps` are aligned with `words`, empty without a parse."""

    index: int
    start: int
    end: int
    text: str
    words: list[Word]
    found: list[Found]
    parties: list[Party] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    day: date | None = None

    @property
    def parsed(self) -> bool:
        """Whether dependencies are known."""
        return bool(self.heads)

    def children(self) -> list[list[int]]:
        """The places of the words right under each word, in order; none without a parse."""
        below: list[list[int]] = [[] for _ in self.words]
        for place, head in enumerate(self.heads):
            if head != place:
                below[head].append(place)
        return below

    def above(self, place: int) -> Iterator[int]:
        """The words above one in the parse, nearest first."""
        for _ in self.words:
            if self.heads[place] == place:
                break
            place = self.heads[place]
            yield place

    def begin(self, place: int, signs: Collection[str]) -> int:
        """The place behind the last of some signs before a word: where its clause begins."""
        return next((at + 1 for at in range(place - 1, -1, -1) if self.words[at].text in signs), 0)

    def governor(self, place: int) -> int:
        """The verb that a word is or hangs on, or its topmost word."""
        way = [place, *self.above(place)]
        return next((one for one in way if self.tags[one] == "VERB"), way[-1])

    def verb(self, place: int) -> str:
        """The lemma of a verb with its particle: "zurückweisen"."""
        below = (child for child, head in enumerate(self.heads) if head == place)
        particles = (self.words[child].lower for child in below if self.deps[child] == "compound:prt")
        return next(particles, "") + self.words[place].lemma

    def under(self, place: int, label: str = "") -> list[int]:
        """The words right under one in the parse, with a label those that have it; a topmost word is under itself."""
        below = (child for child, head in enumerate(self.heads) if head == place)
        return [child for child in below if not label or self.deps[child] == label]

    def cases(self, place: int) -> set[str]:
        """The prepositions, and the English genitive, that stand under a noun."""
        return {self.words[child].lower for child in self.under(place, "case")}

    def subject(self, verb: int) -> set[str]:
        """Who is named as the subject of a verb, or together with it."""
        heads = {place for place, head in enumerate(self.heads) if head == verb and self.deps[place] == "nsubj"}
        return {name for party in self.parties if self.phrase(party.first) in heads for name in party.ids}

    def phrase(self, party: Party) -> int:
        """The word of a name that hangs on none of its others."""
        return self.top(range(party.words[0], party.words[1] + 1))

    def top(self, trigger: Sequence[int]) -> int:
        """The word of a trigger that hangs on none of its others."""
        inside = set(trigger)
        return next((p for p in trigger if self.heads[p] not in inside or self.heads[p] == p), trigger[0])

    def only(self, parties: Collection["Party"]) -> set[str]:
        """The ids that none but some of its parties have."""
        others = {name for party in self.parties if party not in parties for name in party.ids}
        return {name for party in parties for name in party.ids} - others

    def way_up(self, start: int, goals: Collection[int]) -> list[int] | None:
        """The places from a word up to below the first of the `goals` over it, None where there is none or no parse."""
        way: list[int] = []
        while start not in goals:
            if not self.parsed or self.heads[start] == start or start in way:
                return None
            way.append(start)
            start = self.heads[start]
        return way


@dataclass(slots=True)
class Candidate:
    """A trigger in a sentence that may be an event mention."""

    sentence: Sentence
    found: Found
    others: list[Sentence]

    @property
    def head(self) -> int:
        """The place of the trigger's first word."""
        return self.found.words[0]


def take_apart(text: str, spans: Sequence[tuple[int, int]], matcher: Matcher) -> list[Sentence]:
    """The sentences of a text; those without a trigger have no words."""
    out = []
    for index, (start, end) in enumerate(_pieces(text, spans)):
        words = matcher.words(text, start, end) if matcher.may_match(text, start, end) else []
        sentence = Sentence(index, start, end, text[start:end], words, matcher.find(words))
        sentence.clause = clauses(words)
        out.append(sentence)
    return out


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, tickers ("one +++ two +++ three") cut into their reports."""
    for start, end in spans:
        for mark in _TICKER.finditer(text, start, end):
            if mark.start() > start:
                yield start, mark.start()
            start = mark.end()
        while end - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            yield start, cut
            start = cut
        if start < end:
            yield start, end


def clauses(words: Sequence[Word]) -> list[int]:
    """The number of the clause that each word stands in, by punctuation."""
    out, number = [], 0
    for word in words:
        if word.text in _BREAKS:
            number += 1
        out.append(number)
    return out


def align(sentence: Sentence, doc: Any) -> None:
    """Takes heads and labels of a parsed sentence (a spaCy Doc of `sentence.text`) over to its words."""
    place: list[int] = []
    position, offset, last = 0, sentence.start, len(sentence.words) - 1
    # Over arrays: each token's object costs more than what is done with it here.
    columns = doc.to_array(["IDX", "HEAD", "DEP", "POS", "MORPH"])
    heads = (columns[:, 1].astype("int64") + range(len(columns))).tolist()
    columns = columns.tolist()
    for begin, *_ in columns:
        while position < last and sentence.words[position].end <= offset + begin:
            position += 1
        place.append(position)
    first: dict[int, int] = {}
    for number, word in enumerate(place):
        # A word that the pipeline cut in pieces is represented by the piece whose head lies outside.
        outside = place[heads[number]] != word
        if outside or word not in first:
            first[word] = number
    count, strings = len(sentence.words), doc.vocab.strings
    sentence.heads, sentence.deps = list(range(count)), [""] * count
    sentence.tags, sentence.morphs = [""] * count, [""] * count
    for word, number in first.items():
        _, _, dep, tag, morph = columns[number]
        sentence.heads[word] = place[heads[number]]
        sentence.deps[word], sentence.tags[word] = strings[dep], strings[tag]
        sentence.morphs[word] = strings[morph].removeprefix("_")  # spaCy writes none so


def locate(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """The places of the first and last word that overlap the characters from `start` to `end`."""
    inside = [place for place, word in enumerate(words) if word.start < end and word.end > start]
    return (inside[0], inside[-1]) if inside else None
