"""What is called off or put off, where parses err: "Trump cancels planned Budapest summit", "shelves plans for a second
meeting", "the release of 18 soldiers, due this week, would not go ahead"."""

import re

from processors.coder.analysis import Sentence
from processors.coder.judged import Judged
from processors.records import Status

_OFF = frozenset({"leader_meeting", "leader_call", "negotiation", "prisoner_exchange"})
_CANCELS = frozenset("cancel cancell scrap shelve postpone drop".split())
_PARTICLED = frozenset({("call", "off"), ("put", "off")})
# Of an exchange these too: who "halts talks" breaks them off.
_HALTS = frozenset("halt suspend delay pause block freeze".split())
_WITHIN_NOUN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "VERB"})
_PLANS = frozenset("plan plans preparations arrangements pläne plänen planungen vorbereitungen".split())
_OF_PLANS = frozenset("for of".split())
_HOLD = frozenset({"hold", "ice"})
_WHILE = frozenset("as while after before when until amid during despite pending ahead because".split())
_LONG = 9  # words from "cancels" to the meeting
_NOT = frozenset("not n't never without".split())
_MAY = frozenset("may might could would".split())
_INTENDS = frozenset("to if unless whether should must".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# Behind its noun and an aside of when it is due.
_OFF_BEHIND = re.compile(
    r"[^,;:.]{0,80}, (?:which (?:was|were|had been) )?(?:originally |initially |previously |tentatively )?"
    r"(?:due|planned|scheduled|agreed|set|expected|announced|slated|arranged) [^,;:]{1,80}, "
    r"(?:(?:had|has|have|was|were|is|are|would be|will be) (?:now |since )?(?:been )?"
    r"(?:cancell?ed|called off|postponed|delayed|put off|put on hold|shelved|scrapped|suspended)"
    r"|(?:would|will|did|does|do|had|has|have|was|were|is|are|wo)(?:n't| not| no longer) (?:be |been )?"
    r"(?:go(?:ing)? ahead|tak(?:e|en|ing) place|happen|proceed|held))\b"
)


def keep_to_cancelled(one: Judged) -> None:
    """Gives a meeting, talks or an exchange that is called off the status negated; what is put on hold beside talks
    ("puts plan on hold as talks continue") breaks off none."""
    if one.candidate.found.rule.type == "diplomatic_break" and _is_beside(one):
        one.chance = 0.0
    if not one.candidate.sentence.parsed or one.candidate.found.rule.type not in _OFF:
        return
    status = _called_off(one)
    if status is not None:
        one.settle(status)


def _is_beside(one: Judged) -> bool:
    """Whether what is put on hold and the noun of the trigger stand in two clauses."""
    words, trigger = one.candidate.sentence.words, one.candidate.found.words
    if _HOLD.isdisjoint(words[place].lower for place in trigger):
        return False
    return not _WHILE.isdisjoint(word.lower for word in words[trigger[0] : trigger[-1]])


def _called_off(one: Judged) -> Status | None:
    sentence = one.candidate.sentence
    last = sentence.words[_noun(one)].end - sentence.start
    if _is_topmost(sentence, _noun(one)) and _OFF_BEHIND.match(sentence.text, last):
        return "negated"
    if _is_planned_only(one):
        return "negated"
    verb = _verb_before(one)
    if verb is None:
        return None
    before = [word.lower for word in sentence.words[max(0, verb - 3) : verb]]
    if not _NOT.isdisjoint(before) or not _INTENDS.isdisjoint(before):
        return None
    return "negated" if _MAY.isdisjoint(before) else "hypothetical"


def _noun(one: Judged) -> int:
    """The first word of a candidate that is no preposition."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    return next((place for place in trigger if sentence.tags[place] != "ADP"), trigger[0])


def _is_topmost(sentence: Sentence, noun: int) -> bool:
    """Whether a noun with what stands before it is no part of a longer phrase: not "talks on the release"."""
    at = noun - 1
    while at >= 0 and sentence.tags[at] in _WITHIN_NOUN - {"VERB"}:
        at -= 1
    return at < 0 or sentence.tags[at] != "ADP"


def _is_planned_only(one: Judged) -> bool:
    """Whether it is what plans are for that somebody gives up: "legt Pläne für ein Treffen auf Eis"."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    plans = sentence.words[sentence.heads[top]].lower in _PLANS and sentence.deps[top] in {"nmod", "obl"}
    return plans and not {"gov=negated|obj|2", "gov=negated|nsubj|2"}.isdisjoint(one.signals)


def _verb_before(one: Judged) -> int | None:
    """The verb of cancelling that a candidate's noun is the object of, by the order of the words."""
    sentence, noun = one.candidate.sentence, _noun(one)
    words = sentence.words
    behind = one.candidate.found.words[-1] + 1
    if behind < len(words) and sentence.tags[behind] == "NOUN" and words[behind].lower not in _DAYS:
        return None  # "cancels summit press conference"
    cancels = _CANCELS | _HALTS if one.candidate.found.rule.type == "prisoner_exchange" else _CANCELS
    for at in range(noun - 1, max(-1, noun - 1 - _LONG), -1):
        lower, lemma = words[at].lower, words[at].lemma
        if lemma in cancels:
            return at
        if at and (words[at - 1].lemma, lower) in _PARTICLED:
            return at - 1
        plans = lower in _OF_PLANS and at and words[at - 1].lower in _PLANS | {"round", "day"}
        if sentence.tags[at] not in _WITHIN_NOUN and not plans:
            return None
        if sentence.tags[at] == "VERB" and not lower.endswith("ed"):
            return None
    return None
