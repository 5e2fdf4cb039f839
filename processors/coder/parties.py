"""Puts the actors of a text into its sentences."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from processors.coder.analysis import OWNING, PLACES, Party, Sentence, locate
from processors.coder.relations import CONTRACTED, PREPOSITIONS

if TYPE_CHECKING:
    from processors.coder.actors import ActorSpan, ActorTable


_NAME = r"[A-ZÄÖÜ][\w'’.-]*(?: (?:von|van|de|der|zu|al|bin))?"
# Who wrote it, and where, at a German text's end: "Von Ida Amsel und Jon Brandt, Kiew und Moskau".
_BYLINE = re.compile(
    rf"(?<!\S)(?:Von {_NAME}(?: {_NAME})+|Aus {_NAME} berichte[tn] {_NAME}(?: {_NAME})+)"
    rf"(?:(?:,|,? und) {_NAME}(?: {_NAME})*)*,?\s*\Z"
)
_LONGEST_BYLINE = 200  # characters
# How those whose something is stand behind it.
_OF = frozenset({"", "by", "von", "vom"})


@cache
def table(config_dir: Path | None = None) -> "ActorTable":
    """The actor tables, read once per process."""
    from processors.coder.actors import load_actors
    from processors.settings import ROOT

    return load_actors(config_dir or ROOT / "config")


def name_parties(
    text: str, sentences: Sequence[Sentence], language: str, day: date | None, config_dir: Path | None = None
) -> None:
    """Adds to each sentence that has words the actors named in it."""
    from processors.coder.actors import ActorContext, find_actors, find_pronouns

    if not any(sentence.words for sentence in sentences):
        return
    found = find_actors(text, language, day, table(config_dir), ActorContext())
    byline = _BYLINE.search(text, max(0, len(text) - _LONGEST_BYLINE)) if language == "de" else None
    told = byline.start() if byline else len(text)
    named = (*found, *find_pronouns(text, language, found))
    spans = sorted((span for span in named if span.start < told), key=lambda span: span.start)
    position = 0
    for sentence in sentences:
        while position < len(spans) and spans[position].start < sentence.start:
            position += 1
        here = position
        while here < len(spans) and spans[here].start < sentence.end:
            _add(sentence, spans[here])
            here += 1
        coordinate(sentence)


def _add(sentence: Sentence, span: "ActorSpan") -> None:
    # A place may be nobody ("the US embassy in Moscow"), and still be where something happens.
    if not (span.ids or span.kind in PLACES) or not sentence.words:
        return
    places = locate(sentence.words, span.start, span.end)
    if places is None:
        return
    if _AGAINST.search(sentence.text, 0, span.start - sentence.start):
        return  # "the anti-IS coalition" is not IS
    at = locate(sentence.words, span.head_offset, span.head_offset + 1)
    head = at[0] if at else places[1]
    sentence.parties.append(
        Party(
            span.ids,
            span.kind,
            span.start,
            span.end,
            places,
            head,
            span.name or "",
            span.compound,
            span.genitive,
            span.former,
        )
    )


JOINING = frozenset({"and", "und", "sowie", "&"})
# Joined by several words: "sowohl A als auch B", "A as well as B"; by one only behind another: "weder A noch B".
_JOINTS = (("als", "auch"), ("sondern", "auch"), ("but", "also"), ("wie", "auch"), ("as", "well", "as"))
_PAIRED = {"noch": "weder", "nor": "neither"}
_HYPHENS = frozenset({"-", "–", "/"})
_QUALIFYING = frozenset({"adjective", "demonym"})
# Behind these a list is the subject of another clause; before those a list in a headline ends.
_AS = frozenset("as while after before".split())
_ENDING = frozenset(". over with as after at on in of to for amid from during by über wegen nach auf zu mit an".split())
_AGAINST = re.compile(r"\b[Aa]nti-$")
# Between the names of a list: "the", "leaders of" are not, they open a new phrase.
_WITHIN = frozenset("the der die das den dem des its seine both also auch as well even sogar".split())
# These too where the preposition is said again: "with Putin and later with Selenskyj".
_AFTERWARDS = frozenset("then later afterwards separately dann danach später anschließend getrennt davon".split())
# Between the two of which the preposition is said of each: "with Putin on Monday and with Selenskyj".
DAYS = frozenset(
    "on am an today yesterday earlier first by phone heute gestern zuerst zunächst telefonisch monday tuesday "
    "wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
)
_REACH = 8  # words
_OWNERS = frozenset({"state", "adjective", "demonym"})
_ALL_PREPOSITIONS = PREPOSITIONS["de"] | PREPOSITIONS["en"]


def coordinate(sentence: Sentence) -> None:
    """Tells those that are named together, "A, B and C", who the first of them is."""
    parties = sorted(sentence.parties, key=lambda party: party.words)
    chain: list[Party] = []
    for party in parties:
        link = _link(sentence, chain, party) if chain else ""
        if not link:
            _lead(chain, _is_list(chain, sentence))
            chain = [party]
            continue
        chain.append(party)
        if link == "and":
            _lead(chain, True)
            chain = [party]
    _lead(chain, _is_list(chain, sentence))


def _lead(chain: Sequence[Party], ends: bool) -> None:
    for member in chain[1:] if ends else ():
        member.lead = chain[0].first


def _is_list(chain: Sequence[Party], sentence: Sentence) -> bool:
    """Whether names with a comma between, and no "and", are one list: where they open a headline ("US, Israel strike
    ..."), stand behind its "as", or before its end or a preposition ("sanctions on Rwanda, Uganda over ..."). Two of
    which the second is a place that holds the first ("Tbilisi, Georgia") have the same ids."""
    if len(chain) < 2 or chain[0].words[0] == 0:
        return True
    if sentence.index or len({member.ids for member in chain}) < len(chain):
        return False
    before, after = chain[0].words[0] - 1, chain[-1].words[1] + 1
    if sentence.words[before].lower in _AS:
        return True
    kinds = {member.kind in _QUALIFYING for member in chain}
    follows = sentence.words[after].lower if after < len(sentence.words) else ""
    return len(kinds) == 1 and (not follows or follows in _ENDING)


def _link(sentence: Sentence, chain: Sequence[Party], right: Party) -> str:
    """What joins a list and who follows it: "," in a list that may go on, "and" at its end, "" where nothing does."""
    left = chain[-1]
    if sentence.text[left.end - sentence.start : right.start - sentence.start] in _HYPHENS:
        return "and"  # "U.S.-Israeli", "deutsch-französisch"
    words = sentence.words[left.words[1] + 1 : right.words[0]]
    between = [CONTRACTED.get(word.lower, word.lower) or word.text for word in words]
    if between[:1] == ["("]:
        between = between[1:]
    again = opener(sentence, chain[0])
    while again in between and between[0] in DAYS:
        between = between[1:]
    joint = _joint(sentence, left, between)
    if between[:1] == [","]:
        behind = _joint(sentence, left, between[1:])
        if behind and left.ids == right.ids:
            return ""  # "Xi spoke to Trump, and Trump called Takaichi"
        joint = behind and behind + 1
    rest = between[joint or 1 :]
    if not joint and between[:1] != [","]:
        return ""
    if again in rest:
        rest = [word for word in rest if word not in {again, *_AFTERWARDS, *DAYS}]
    return ("and" if joint else ",") if _WITHIN.issuperset(rest) else ""


def _joint(sentence: Sentence, left: Party, between: Sequence[str]) -> int:
    """How many of the words behind a name join it with the next, "and" or "als auch"; 0 for none."""
    if not between:
        return 0
    other = _PAIRED.get(between[0])
    before = sentence.words[max(0, left.words[0] - _REACH) : left.words[0]]
    if between[0] in JOINING or (other and any(word.lower == other for word in before)):
        return 1
    return next((len(joint) for joint in _JOINTS if tuple(between[: len(joint)]) == joint), 0)


def opener(sentence: Sentence, first: Party) -> str:
    """The preposition that a name or a list stands right behind, "" where it stands behind none; whose somebody is is a
    part of his name: "with India's Modi"."""
    start = first.words[0]
    near = (one for one in sentence.parties if one.words[1] == start - 1 and one.ids == first.ids)
    owner = [one for one in near if one.kind in _OWNERS]
    start = owner[0].words[0] if owner else start
    before = sentence.words[max(0, start - _REACH) : start]
    word = next((word.lower for word in reversed(before) if word.lower not in _WITHIN), "")
    return CONTRACTED.get(word, word) if word in _ALL_PREPOSITIONS else ""


def owners(sentence: Sentence, noun: int) -> set[str]:
    """Whose something is that a noun names, by the parse: "Iran's request", "the Russian drone", "die Bitte Kiews"."""
    return {
        name
        for party in sentence.parties
        if sentence.heads[party.first.head] == noun
        and sentence.deps[party.first.head] in OWNING
        and (party.first.words[0] < noun or opener(sentence, party.first) in _OF)
        for name in party.ids
    }
