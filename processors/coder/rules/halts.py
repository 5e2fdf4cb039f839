"""What is brought to an end: who stops his own attacks declares a truce, who ends a pause of deliveries delivers again,
and who takes somebody out of sanctions gives way to him."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.judged import Judged
from processors.coder.merge import Coded

_STOPS = frozenset(
    "stop halt pause suspend end cease discontinue stoppen beenden einstellen aussetzen unterbrechen pausieren".split()
)
_LIFTS = frozenset("end lift reverse overturn revoke rescind undo beenden aufheben zurücknehmen".split())
# What of attacks can be stopped, and by what deliveries are.
_ACTS = re.compile(
    r"(?:air)?strikes?|attacks?|assaults?|raids?|shelling|bombings?|bombardments?|offensives?|hostilities|fire"
    r"|\w*(?:angriffe?n?|attacken?|offensiven?|beschuss|bombardements?|bombardierung(?:en)?|schläge|kampfhandlungen)"
)
_PAUSES = re.compile(r"pause|halt|freeze|suspension|hold|\w*(?:stopp|pause)")
_TAKES_OUT = frozenset({"ausnehmen"})
_FROM = frozenset("von vom".split())
_NOT = frozenset("not n't never cannot nicht nie niemals".split())
# By these what is stopped is only asked for, or what something else waits for.
_OPEN = frozenset(
    "if unless until till before once when must should ought wenn falls sofern sobald bis bevor sollte sollten soll "
    "muss müsse müssen müssten".split()
)
# A call for peace is what some words for it seem to tell: "hat die Angriffe eingestellt".
_STOPPED = frozenset({"attack", "peace_call"})
_ASKS = frozenset("demand peace_call negotiation_offer threat rejection".split())
_INFINITIVE = re.compile(r"(?:aus|ein|auf|zurück)zu[a-zäöü]+en")
_WITHIN_NOUN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PRON"})
_NEAR = 5  # words from an English verb to its object
_ENDS = frozenset(".;:!?,–—")
_OWNS = frozenset({"amod", "compound", "nmod", "det"})


class _End(NamedTuple):
    """The places of the noun for what is ended and of the verb by which it is."""

    noun: int
    verb: int


def ended(events: list[Coded]) -> list[Coded]:
    """The events, attacks that their own side stops as its ceasefire, pauses of deliveries that somebody ends as
    deliveries, and sanctions that somebody is taken out of as concessions to him."""
    for event in events:
        if event.type in _STOPPED:
            _stop(event, events)
        elif event.type == "arms_delivery_pause":
            _resume(event, events)
        elif event.type == "sanctions":
            _exempt(event)
    return [event for event in events if event.type != "concession" or not _only_lifts(event, events)]


def _stop(event: Coded, events: Sequence[Coded]) -> None:
    if not event.actors:
        return
    stopped = []
    for one in event.sources:
        end = _end(one, _ACTS, _STOPS)
        if end is None or not _is_own(one.candidate.sentence, end, event.actors):
            continue
        verb = end.verb
        if event.type == "peace_call" and verb not in one.candidate.found.words:
            continue
        if _is_denied(one.candidate.sentence, verb):
            if one is event.best and event.status == "negated":
                event.status = "occurred"
                event.changes.append("not negated: what is not stopped goes on")
        elif _is_open(one, verb, event, events):
            continue
        else:
            stopped.append(one)
    if len(stopped) < len(event.sources):
        event.sources = [one for one in event.sources if one not in stopped]
        return
    event.type, event.recipients = "ceasefire", ()
    _follow(event, _end(event.best, _ACTS, _STOPS))
    event.changes.append("a ceasefire: who stops his own attacks declares one")


def _resume(event: Coded, events: Sequence[Coded]) -> None:
    end = _end(event.best, _PAUSES, _LIFTS)
    if end is None or _is_open(event.best, end.verb, event, events):
        return
    if _is_denied(event.best.candidate.sentence, end.verb):
        if event.status == "negated":
            event.status = "occurred"
            event.changes.append("not negated: the pause that is not ended goes on")
        return
    event.type = "arms_delivery"
    _follow(event, end)
    event.changes.append("a delivery: the pause is ended")


def _follow(event: Coded, end: _End | None) -> None:
    """Gives what comes of an end the status that the end has."""
    if end is not None and event.best.candidate.sentence.words[end.verb - 1].lower == "to":
        event.status = "planned"
    elif event.status == "negated":
        event.status = "occurred"


def _exempt(event: Coded) -> None:
    sentence, trigger = event.best.candidate.sentence, event.best.candidate.found.words
    if not sentence.parsed or sentence.words[max(0, trigger[0] - 1)].lower not in _FROM:
        return
    below = sentence.children()
    verb = next((up for up in sentence.above(trigger[0]) if sentence.tags[up] == "VERB"), None)
    if verb is None or sentence.verb(verb) not in _TAKES_OUT or _is_denied(sentence, verb):
        return
    taken = [party for party in sentence.parties if party.first.head in below[verb] and _is_object(sentence, party)]
    recipients = tuple(sorted({name for party in taken for name in party.ids}))
    if recipients:
        event.type, event.recipients = "concession", recipients
        event.actors = tuple(name for name in event.actors if name not in recipients)
        event.changes.append("a concession: who is taken out of sanctions is spared them")


def _is_object(sentence: Sentence, party: Party) -> bool:
    return sentence.deps[party.first.head] in {"obj", "iobj", "nsubj:pass"}


def _only_lifts(event: Coded, events: Sequence[Coded]) -> bool:
    """Whether a concession is no more than the end of a pause by which another event of the text delivers again."""
    verbs = {end.verb for other in events if (end := _lifting(other, event)) is not None}
    return event.best.candidate.head in verbs and len(event.sources) == 1


def _lifting(other: Coded, event: Coded) -> _End | None:
    best = other.best
    if other.type != "arms_delivery" or best.candidate.sentence is not event.best.candidate.sentence:
        return None
    return _end(best, _PAUSES, _LIFTS)


def _end(one: Judged, nouns: re.Pattern[str], verbs: frozenset[str]) -> _End | None:
    """The end that what a candidate tells is brought to, None where there is none."""
    sentence = one.candidate.sentence
    if not sentence.parsed:
        return None
    for noun in one.candidate.found.words:
        if nouns.fullmatch(sentence.words[noun].lower) is None:
            continue
        up = sentence.heads[noun]
        if sentence.deps[noun] in {"obj", "nsubj", "nsubj:pass"} and sentence.verb(up) in verbs:
            return _End(noun, up)
        # Of an English headline's verb some parses make a noun.
        for place in range(noun - 1, max(0, noun - 1 - _NEAR), -1):
            word = sentence.words[place]
            if word.lemma in verbs and word.text.islower() and sentence.words[place - 1].lower not in {"the", "a"}:
                return _End(noun, place)
            if sentence.tags[place] not in _WITHIN_NOUN:
                break
    return None


def _is_own(sentence: Sentence, end: _End, actors: Sequence[str]) -> bool:
    """Whether those who attack are named as who ends it: its subject in the parse, or before verb and noun."""
    own: set[str] = set()
    for party in sentence.parties:
        head = party.first.head
        if sentence.heads[head] == end.noun and sentence.deps[head] in _OWNS:
            continue
        if party.words[1] < min(end) or (sentence.heads[head] == end.verb and sentence.deps[head] == "nsubj"):
            own.update(party.ids)
    return own.issuperset(actors)


def _is_denied(sentence: Sentence, verb: int) -> bool:
    """Whether a verb stands with a "not"."""
    return any(
        word.lower in _NOT and (sentence.heads[place] == verb or verb - 3 < place < verb)
        for place, word in enumerate(sentence.words)
    )


def _is_open(one: Judged, verb: int, event: Coded, events: Sequence[Coded]) -> bool:
    """Whether an end is only asked for, or what something else waits for."""
    sentence = one.candidate.sentence
    begin = sentence.begin(verb, _ENDS)
    words = [word.lower for word in sentence.words[begin : verb + 1]]
    helpers = {sentence.words[p].lower for p in sentence.under(verb)}
    if not _OPEN.isdisjoint(words) or not _OPEN.isdisjoint(helpers):
        return True
    beside = [other for other in events if other is not event and other.best.candidate.sentence is sentence]
    if any(other.type in _ASKS and other.best.candidate.head < verb for other in beside):
        return True
    infinitive = words[-2:-1] in (["to"], ["zu"]) or _INFINITIVE.fullmatch(words[-1]) is not None
    return infinitive and event.status != "planned" and not VERBS.isdisjoint(sentence.tags[begin : verb - 1])
