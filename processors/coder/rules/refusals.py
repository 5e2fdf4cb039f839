"""Refusals in other words: a readiness that is not there, and what somebody says he will not do; and who refuses, where
another says so ("Rubio said Hamas was not ready")."""

import re

from processors.coder.analysis import Candidate, Sentence
from processors.coder.attribution import speaker
from processors.coder.judged import PLAIN, Judged
from processors.coder.lexicon import Lexicon
from processors.coder.merge import Coded, says_too
from processors.coder.parties import opener, owners

# The rule of those who are ready to talk.
_READINESS = "offer.ready"
# What may be asked of somebody who then "will not send" it, or pull it back.
_ASKED_FOR = frozenset({"arms_delivery", "arms_delivery_pause", "aid", "mobilization", "troop_withdrawal"})
_WILL = frozenset("will would won't wird werde werden wolle wollen wollte".split())
_NOT = frozenset("not n't never nicht kein keine keinen keinerlei no won't".split())
# With these it was done so far: "will no longer supply", "keine Waffen mehr".
_UNTIL_NOW = frozenset("mehr longer more anymore länger weiter weiteren weitere further".split())
# Whoever does so or is so refuses himself: what is "unacceptable" or "would not be" delivered does not.
_REFUSES = frozenset(
    "ready willing unwilling prepared reluctant interested want refuse decline balk resist reject accept agree".split()
)
# On these who gives no talks now makes them depend.
_UNTIL = frozenset("unless until before while without long".split())
_TALKS = frozenset("talks negotiations dialogue resumption return meeting summit".split())
_SAID = frozenset({"ccomp", "xcomp", "parataxis"})
_PEACE = frozenset("peace talks negotiations dialogue truce ceasefire compromise concessions deal diplomacy".split())
_HELP = re.compile(r"[\w-]*(?:hilfen?|hilfspakets?|kredite?|darlehen)|aid|loans?")
_MEASURES = re.compile(r"[\w-]*(?:sanktionen|sanktionspakete?|zölle|embargo)|sanctions|tariffs|embargo")
_FOR = frozenset({"für", "an", "for", "to"})
_AGAINST = frozenset({"gegen", "against", "on"})
_DONORS = frozenset({"EU", "USA"})  # "EU-Kredit"
_STEPS = 2  # up the parse from "not" or "no" to the verb: "will send no weapons"


def name_refuser(one: Judged) -> None:
    """Makes the actor of a refusal of the subject of its own verb or predicate, and takes that role from who only says
    so: "Kallas said Russia was refusing to negotiate"."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type != "rejection" or not sentence.parsed:
        return
    top = sentence.top(one.candidate.found.words)
    if not _is_willing(top, sentence) or "Voice=Pass" in sentence.morphs[top]:
        return
    refusing, saying = _subject(top, sentence), _saying(top, sentence)
    if refusing and saying and refusing.isdisjoint(saying):
        one.give(refusing, "actor")
        for name in one.roles.keys() & saying:
            one.stop_acting(name)


def name_refused(one: Judged) -> None:
    """Makes recipients of those for whom the help is that somebody refuses ("legt Veto gegen Ukraine-Kredit ein"), and
    takes that role from those against whom the sanctions are that he rejects."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "rejection" or not sentence.parsed:
        return
    above = {*trigger, sentence.heads[sentence.top(trigger)]}
    for place, word in enumerate(sentence.words):
        is_help = _HELP.fullmatch(word.lower) is not None
        if not (is_help or _MEASURES.fullmatch(word.lower)) or sentence.heads[place] not in above:
            continue
        opens = _FOR if is_help else _AGAINST
        named = [p for p in sentence.parties if opener(sentence, p.first) in opens and place in sentence.above(p.head)]
        if is_help:
            named += [p for p in sentence.parties if p.words[0] <= place <= p.words[1] and p.kind == "state"]
            one.give({name for party in named for name in party.ids} - _DONORS, "recipient")
        else:
            one.bar(sentence.only(named))


def _is_willing(top: int, sentence: Sentence) -> bool:
    """Whether a word tells of a will: not so "ready for membership"."""
    word, behind = sentence.words[top], [word.lower for word in sentence.words[top + 1 : top + 6]]
    if _REFUSES.isdisjoint((word.lemma, word.lower)):
        return False
    return word.lower != "ready" or behind[:1] != ["for"] or not _PEACE.isdisjoint(behind)


def may_refuse(candidate: Candidate) -> bool:
    """Whether a candidate has the words of "there will be no talks unless ...": then it is read in any case."""
    if candidate.found.rule.type != "rejection":
        return False
    words = {word.lower for word in candidate.sentence.words}
    first = candidate.sentence.words[candidate.head].lower
    return first == "no" and not (_WILL.isdisjoint(words) or _UNTIL.isdisjoint(words) or _TALKS.isdisjoint(words))


def note_no_talks(one: Judged, lexicon: Lexicon) -> None:
    """Makes a refusal of what somebody says there will be none of unless another gives way: "there would be no talks
    with Cambodia unless it halted its attacks"."""
    sentence, head = one.candidate.sentence, one.candidate.head
    if not may_refuse(one.candidate) or not sentence.parsed:
        return
    noun = sentence.heads[head]
    be = sentence.heads[noun]
    below = {sentence.words[at].lower for at in sentence.under(be)}
    later = any(word.lower in _UNTIL for word in sentence.words[noun:])
    says = speaker(one.candidate, lexicon)
    if says is None or not later or "there" not in below or _WILL.isdisjoint(below):
        return
    one.chance = max(one.chance, PLAIN)
    one.give(says.ids, "actor")
    one.turn(one.roles.keys() - set(says.ids), "recipient")


def _saying(place: int, sentence: Sentence) -> set[str]:
    """Who is named as the subject of the verbs that a clause is what is said of."""
    out: set[str] = set()
    while sentence.deps[place] in _SAID and sentence.heads[place] != place:
        place = sentence.heads[place]
        out |= _subject(place, sentence)
    return out


def _subject(verb: int, sentence: Sentence) -> set[str]:
    """Who is named as the subject of a verb, or as whose people that is: "Israel's leaders"."""
    heads = sentence.under(verb, "nsubj")
    return sentence.subject(verb).union(*(owners(sentence, at) for at in heads))


def refused(events: list[Coded]) -> list[Coded]:
    """The events, a readiness that is not there and what its own side will not do as the refusals that they are ("shows
    no willingness to talk", "will not send tanks"), unless the text tells that refusal too."""
    out = []
    for event in events:
        if why := _refusing(event):
            event.type, event.status = "rejection", "occurred"
            event.changes.append(f"a rejection: {why}")
            if any(says_too(other, event) for other in events):
                continue
        out.append(event)
    return out


def _refusing(event: Coded) -> str:
    """Why an event is a refusal; "" where it is none."""
    if event.type == "negotiation_offer" and event.status == "negated" and _is_readiness(event):
        return "who is not ready to talk refuses to"
    if event.type in _ASKED_FOR and event.actors and all(map(_will_not, event.sources)):
        return "who will not do it refuses to"
    return ""


def _is_readiness(event: Coded) -> bool:
    return all(one.candidate.found.rule.id == _READINESS for one in event.sources)


def _will_not(one: Judged) -> bool:
    """Whether a candidate's verb has "will not" or the like with it, and nothing that says that it was done so far."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    verb = next((place for place in trigger if sentence.parsed and sentence.tags[place] == "VERB"), None)
    if verb is None:
        return False
    below = sentence.under(verb)
    will = any(sentence.deps[place] == "aux" and sentence.words[place].lower in _WILL for place in below)
    words = [word.lower for word in sentence.words]
    if not will or not _UNTIL_NOW.isdisjoint(words):
        return False
    ways = (sentence.way_up(place, [verb]) for place, word in enumerate(words) if word in _NOT)
    return any(way is not None and len(way) <= _STEPS for way in ways)
