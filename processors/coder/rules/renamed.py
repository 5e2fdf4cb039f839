"""Events that are called by the word for another: a "trade truce" is an agreement, and so are tariffs on which those
agree whom they hit; the "Operation Sentry" that an alliance launches attacks nobody."""

import re

from processors.coder.judged import Judged
from processors.coder.merge import Coded, says_too
from processors.coder.speakers import PERSONS

_TRADE = frozenset("trade tariff tariffs customs commercial".split())
_TRADE_WAR = re.compile(
    r"\W(?:[\w-]+ ){0,2}?(?:(?:im|des|vom) (?:\w+ )?(?:handels|zoll)(?:streits?|kriegs?|konflikts?)"
    r"|(?:in|of|over) (?:\w+ ){0,2}?(?:trade|tariff|tariffs|customs) ?(?:war|dispute|conflict|row|fight|spat)?)\b"
)
_COMPOUND = re.compile(r"(?:handels|zoll)\w*")
_QUARREL = re.compile(r"(?:handels|zoll)(?:streit|krieg|konflikt)(?:e?s)?")
_PEOPLE = re.compile(
    r".*(?:delegation|vertreter|vertreterin|unterhändler|gesandten|kollegen|minister|ministerin|präsidenten|botschafter)"
)
_AGREES = frozenset("agree einigen einige vereinbaren".split())
_MEASURES = frozenset({"sanctions", "concession"})
_ALLIANCES = frozenset({"NATO", "EU", "UN", "AU", "OSCE"})
_LAUNCHED = re.compile(r"operation|mission|einsatz")
_AGAINST = re.compile(r"\b(?:against|gegen|strikes?|struck|bomb\w*|angriff\w*|offensive)\b")


def renamed(events: list[Coded]) -> list[Coded]:
    """The events, those called by another's name as what they are, unless the text tells that too."""
    out = []
    for event in events:
        if event.type == "ceasefire" and _is_of_trade(event.best):
            event.type = "agreement"
            if event.status == "planned" and _is_agreed(event.best):
                event.status = "occurred"
            event.changes.append("an agreement: a truce in trade is one")
        elif event.type in _MEASURES and (sides := _agree_on(event)):
            event.type, event.status, event.actors, event.recipients = "agreement", "occurred", sides, ()
            event.changes.append("an agreement: those who agree on the tariffs are those whom they hit")
        elif event.type == "attack" and _is_operation(event):
            event.type, event.recipients = "mobilization", ()
            event.changes.append("a mobilization: the operation of an alliance against nobody")
        elif event.type == "attack" and _is_of_people(event.best):
            event.type, event.actors = "leader_meeting", tuple(sorted({*event.actors, *event.recipients}))
            event.recipients = ()
            event.changes.append("a meeting: who is met is a delegation or a minister")
        elif event.type == "concession" and _is_wanted(event.best):
            event.type, event.status = "demand", "occurred"
            event.changes.append("a demand: an apology is what somebody wants of another")
        else:
            out.append(event)
            continue
        if not any(says_too(other, event) for other in events):
            out.append(event)
    return out


def _agree_on(event: Coded) -> tuple[str, ...]:
    """The sides that have agreed on tariffs between them: "USA und Japan einigen sich auf Zölle von 15 Prozent"; nobody
    where others are hit."""
    one = event.best
    sentence, noun = one.candidate.sentence, one.candidate.found.words[-1]
    if not sentence.parsed or event.status not in {"planned", "occurred"}:
        return ()
    verb = next((at for at in (noun, *sentence.above(noun)) if sentence.words[at].lemma in _AGREES), None)
    sides = sentence.subject(verb) if verb is not None else set()
    if len(sides) < 2 or not sides.issuperset({*event.actors, *event.recipients}):
        return ()
    return tuple(sorted(sides))


def _is_of_trade(one: Judged) -> bool:
    """Whether a truce is one of trade: "tariff truce", "Waffenstillstand im Handelsstreit"."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    first, last = sentence.words[trigger[0]], sentence.words[trigger[-1]]
    before = sentence.words[trigger[0] - 1].lower if trigger[0] else ""
    if before in _TRADE or _COMPOUND.fullmatch(first.lower) is not None:
        return True
    if _TRADE_WAR.match(sentence.text.lower(), last.end - sentence.start) is not None:
        return True
    quarrels = [at for at, word in enumerate(sentence.words) if _QUARREL.fullmatch(word.lower)]
    return sentence.parsed and any(sentence.heads[at] == sentence.heads[trigger[0]] for at in quarrels)


def _is_of_people(one: Judged) -> bool:
    """Whether the German verb for hitting tells of people who are met: "traf eine russische Delegation"."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    if not sentence.parsed or len(one.candidate.found.words) > 1 or sentence.words[verb].lemma != "treffen":
        return False
    below = sentence.under(verb)
    people = {party.head for party in sentence.parties if party.kind in PERSONS}
    people |= {at for at in below if _PEOPLE.fullmatch(sentence.words[at].lower)}
    return {"nsubj", "obj"}.issubset(sentence.deps[at] for at in people.intersection(below))


def _is_wanted(one: Judged) -> bool:
    """Whether an apology is what somebody wants: "will eine Entschuldigung Bangkoks"."""
    sentence, noun = one.candidate.sentence, one.candidate.head
    if not sentence.parsed or sentence.words[noun].lower != "entschuldigung" or sentence.deps[noun] != "obj":
        return False
    return sentence.words[sentence.heads[noun]].lemma == "wollen"


def _is_agreed(one: Judged) -> bool:
    """Whether it is what sides have agreed on, and so an agreement that has been made."""
    sentence = one.candidate.sentence
    way = [one.candidate.head, *sentence.above(one.candidate.head)] if sentence.parsed else []
    return any(sentence.words[place].lemma in _AGREES for place in way)


def _is_operation(event: Coded) -> bool:
    """Whether an attack is no more than an operation that an alliance has begun."""
    if not event.actors or not _ALLIANCES.issuperset(event.actors):
        return False
    return all(
        any(_LAUNCHED.fullmatch(one.candidate.sentence.words[at].lower) for at in one.candidate.found.words)
        and _AGAINST.search(one.candidate.sentence.text.lower()) is None
        for one in event.sources
    )
