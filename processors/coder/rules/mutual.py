"""What two do to each other, and together: "Moscow and Kyiv accused each other" is two accusations, one each way, and
who holds joint drills with somebody drills no more than he does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from processors.coder.analysis import VERBS
from processors.coder.judged import Judged
from processors.coder.merge import Coded, participants
from processors.coder.parties import opener
from processors.coder.triggers import Matcher
from processors.records import RECIPROCAL

# German verbs that two do to each other where their object is "sich".
_REFLEXIVE = frozenset(
    "beschießen bekämpfen bekriegen bombardieren attackieren beschuldigen bezichtigen bedrohen".split()
)
_EACH = frozenset("each both jeweils beide".split())
# "Fighting between A and B".
_FIGHTS = re.compile(
    r"\w*(?:kämpfen?|kampfhandlungen|gefechten?|zusammenstößen?|scharmützeln?|schusswechseln?)|"
    r"fighting|clash|clashes|skirmish|skirmishes|battles?|hostilities|firefights?"
)
_BETWEEN = frozenset({"between", "zwischen"})
# "Both armies kept attacking".
_FOES = frozenset("sides armies forces militaries seiten armeen truppen streitkräfte".split())
_CROSSED = ("across the border", "across their border", "over the border", "über die grenze", "über ihre grenze")
_DRILL = re.compile(r"drills?|exercises?|manoeuvres?|maneuvers?|patrols?|\w*(?:manövern?|übung(?:en)?|patrouillen?)")
_JOINT = frozenset("joint gemeinsame gemeinsamen gemeinsamer gemeinsames gemeinsam".split())
_WITH = frozenset({"with", "mit"})
_ELSEWHERE = frozenset("as while after before während nachdem".split())
_STEPS = 2  # up the parse from a word like "other" to the trigger: "strikes on each other"


def note_mutual(one: Judged, matcher: Matcher) -> None:
    """Notes the words that say that a candidate is done both ways, where its type tells who does it to whom."""
    sentence, found = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type in RECIPROCAL or not sentence.parsed:
        return
    for places in matcher.said("mutual", sentence.words):
        between = sentence.words[found[-1] + 1 : places[0]]
        if any(word.lower in _ELSEWHERE for word in between):
            continue  # "urges restraint as A, B exchange fire"
        ways = (sentence.way_up(place, found) for place in places)
        # Some parses have "A and B accuse each other" as a list.
        if places[0] == found[-1] + 1 or any(way is not None and len(way) <= _STEPS for way in ways):
            one.mutual = " ".join(sentence.words[place].text for place in places)
            return
    one.mutual = _at_each_other(one) or _between(one)


def join_drills(one: Judged) -> None:
    """Gives the actor's role in joint drills to those who hold them and those with whom they do."""
    sentence, found = one.candidate.sentence, one.candidate.found
    if found.rule.type != "mobilization" or not sentence.parsed:
        return
    top = sentence.top(found.words)
    beside = {*found.words, *sentence.under(top)}
    if not any(_DRILL.fullmatch(sentence.words[place].lower) for place in found.words):
        return
    if _JOINT.isdisjoint(sentence.words[place].lower for place in beside):
        return
    verb = sentence.governor(top)
    fellows = {
        name
        for party in sentence.parties
        if opener(sentence, party.first) in _WITH and sentence.governor(party.first.head) == verb
        for name in party.ids
    }
    if fellows:
        one.give(fellows | sentence.subject(verb), "actor")


def _at_each_other(one: Judged) -> str | None:
    """The word that says that two who do something, both of them its subject, do it to each other."""
    sentence, trigger = one.candidate.sentence, one.candidate.found
    words, pair = sentence.words, _both(one)
    if not pair:
        return None
    for place, word in enumerate(words):
        above = sentence.heads[place]
        if word.lower == "sich" and above in trigger.words and words[above].lemma in _REFLEXIVE:
            return word.text
    if any(name not in pair for party in sentence.parties for name in party.ids):
        return None
    told = [word.lower for word in words]
    if trigger.rule.type == "attack":
        if told[0] in _EACH and any(word in _FOES for word in told[1:3]):
            return words[0].text
        return next((text for text in _CROSSED if text in " ".join(told)), None)
    if trigger.rule.type == "diplomatic_break":
        return next((word for word in told if word in _EACH), None)
    return None


def _between(one: Judged) -> str | None:
    """The word that says that it is two who fight: "fighting between A and B". Both are then known to."""
    sentence, trigger = one.candidate.sentence, one.candidate.found
    if trigger.rule.type != "attack" or not any(_FIGHTS.fullmatch(sentence.words[at].lower) for at in trigger.words):
        return None
    for party in sentence.parties:
        word = opener(sentence, party) if party.lead is None else ""
        way = sentence.way_up(party.head, trigger.words) if word in _BETWEEN else None
        if way is None or any(sentence.tags[place] in VERBS for place in way):
            continue
        names = {name for other in sentence.parties if other.first is party for name in other.ids}
        if len(names) == 2:
            one.give(names, "actor")
            return word
    return None


def _both(one: Judged) -> set[str]:
    """The two who are named together, and nobody else, as the subject of a candidate or of the verb over it."""
    sentence = one.candidate.sentence
    top = sentence.top(one.candidate.found.words)
    verbs = {*one.candidate.found.words, sentence.heads[top]}
    for party in sentence.parties:
        if party.lead or sentence.deps[party.head] != "nsubj" or sentence.heads[party.head] not in verbs:
            continue
        names = {name for other in sentence.parties if other.first is party for name in other.ids}
        if len(names) == 2:
            return names
    return set()


def both_ways(events: Sequence[Coded], settings: dict[str, float]) -> list[Coded]:
    """The events, one that two do to each other as two; those alone are changed that two take part in."""
    out: list[Coded] = []
    for event in events:
        pair = _pair(event, settings)
        if pair is None:
            out.append(event)
            continue
        for actor, recipient in (pair, pair[::-1]):
            sides = (actor,), (recipient,)
            if not any(other.type == event.type and (other.actors, other.recipients) == sides for other in events):
                out.append(replace(event, actors=sides[0], recipients=sides[1]))
            elif (event.actors, event.recipients) == sides:
                out.append(event)
    return out


def _pair(event: Coded, settings: dict[str, float]) -> tuple[str, str] | None:
    mutual = [one for one in event.sources if one.mutual]
    names = participants(mutual, settings) if mutual else ()
    return (names[0], names[1]) if len(names) == 2 else None
