"""Who is named and acts for nobody: members of parliament, mayors, the opposition, companies, those out of office.

"German lawmakers urged Israel to stop" tells of no demand by Germany, and of none that is coded; "Russia arrested a
German lawmaker" is done to Germany all the same. The learned layer takes such people for their state.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from processors.coder.actors.model import OTHER
from processors.coder.analysis import OWNING, Party, Sentence
from processors.coder.attribution import VERBAL
from processors.coder.judged import Judged
from processors.coder.rules.subjects import is_passive
from processors.records import RECIPROCAL

# What is said, and meetings, are of those in office; violence is coded whoever does it.
_MEETINGS = frozenset({"leader_meeting", "leader_call"})
_LIKELY = 0.3
_NAMES = frozenset({"conj", "appos", "flat", "compound"})  # further down in a subject
_SUBJECT = frozenset({"nsubj", "csubj"})
_UNDER = frozenset({"conj", "xcomp", "obj", "obl"})  # how a verb without a subject hangs on one that has it
_OF = frozenset("of by von durch seitens 's ’s ' ’".split())
_BY = frozenset({"by", "von", "durch", "seitens"})


def leave_out(text: Sequence[Judged]) -> None:
    """Takes the actor's role from ids of which a candidate's sentence names only people who act for nobody, and gives
    up the candidates of a text that such people say or do."""
    for one in text:
        sentence = one.candidate.sentence
        if one.chance and sentence.parsed and any(map(_is_private, sentence.parties)):
            left = _without_blocked(one)
            if not left or _is_private_act(one):
                _give_up(one, text)


def _without_blocked(one: Judged) -> bool:
    """Whether enough are left of those who take part, after the roles were taken from those who act for nobody: a
    meeting with members of parliament is none between states."""
    named: dict[str, list[Party]] = defaultdict(list)
    for party in one.candidate.sentence.parties:
        for name in party.ids:
            named[name].append(party)
    left, kind = True, one.candidate.found.rule.type
    for name in one.roles.keys() & named.keys() - {"OTHER"}:
        if all(party.kind == "blocked" for party in named[name]):
            took_part = one.roles[name]["actor"] >= _LIKELY
            _block(name, one)
            others = sum(odds["actor"] >= _LIKELY for odds in one.roles.values())
            left = left and not (took_part and kind in _MEETINGS and others < 2)
    return left


def _is_private_act(one: Judged) -> bool:
    kind = one.candidate.found.rule.type
    doing = list(_doing(one)) if kind in VERBAL | _MEETINGS else []
    others = [party for party in doing if not _is_private(party)]
    if len(others) == len(doing) or any(party.ids and party.ids != OTHER for party in others):
        return False
    # Who is received as a guest ("Tsikhanouskaya met the chancellor") takes part.
    return kind in VERBAL or all(party.kind == "blocked" for party in doing)


def _give_up(one: Judged, text: Sequence[Judged]) -> None:
    """Drops a candidate, and those of its type that are only other words of the same."""
    one.chance = 0.0
    mine = one.candidate
    for other in text:
        theirs = other.candidate
        alike = theirs.sentence is mine.sentence and theirs.found.rule.type == mine.found.rule.type
        if alike and mine.sentence.way_up(theirs.head, mine.found.words) is not None:
            other.chance = 0.0


def _block(name: str, one: Judged) -> None:
    if one.candidate.found.rule.type in RECIPROCAL:
        one.bar([name])
    else:
        one.stop_acting(name)


def _is_private(party: Party) -> bool:
    return party.kind == "blocked" or party.former


def _doing(one: Judged) -> Iterator[Party]:
    """Who the parse says does what a candidate tells: who owns its noun, or else the subject of its verb or of the one
    that this hangs on."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    below = sentence.children()
    verb = sentence.top(words)
    owners = [child for child in below[verb] if sentence.deps[child] in OWNING and not _is_aimed(child, sentence)]
    owners = [child for child in owners if _is_agent(child, sentence)] or owners
    owning = [party for party in sentence.parties if party.head in owners and sentence.tags[verb] == "NOUN"]
    if owning:
        yield from owning
        return
    while not any(sentence.deps[child] in _SUBJECT for child in below[verb]):
        if sentence.deps[verb] not in _UNDER or sentence.heads[verb] == verb:
            return
        verb = sentence.heads[verb]
    if is_passive(verb, one):
        agents = [child for child in below[verb] if sentence.deps[child] == "obl" and _is_agent(child, sentence)]
        yield from (party for party in sentence.parties if party.head in agents)
        return
    yield from (party for party in sentence.parties if party.kind != "city" and _is_of(party, verb, sentence))


def _is_agent(place: int, sentence: Sentence) -> bool:
    return not _BY.isdisjoint(sentence.cases(place))


def _is_aimed(place: int, sentence: Sentence) -> bool:
    """Whether a preposition stands before a word that tells of no owner: "on Moscow"."""
    return not sentence.cases(place) <= _OF


def _is_of(party: Party, verb: int, sentence: Sentence) -> bool:
    """Whether somebody is, or is named in, the subject of a verb: "a group of US senators" are the senators."""
    place, names = party.head, _NAMES | {"nmod"} if _is_private(party) else _NAMES
    while sentence.deps[place] in names and not _is_aimed(place, sentence):
        place = sentence.heads[place]
    return sentence.deps[place] in _SUBJECT and sentence.heads[place] == verb
