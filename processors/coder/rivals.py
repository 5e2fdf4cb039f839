"""What is said twice is coded once: two readings of the same words, and events that only echo a more telling one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from processors.coder.judged import Judged
from processors.coder.merge import Coded, merged
from processors.coder.mutual import both_ways

# An event without anybody has to be that much surer than others.
LONELY = 0.2
_GENERIC = frozenset("gespräch gespräche talk talks discuss discussion conversation dialog dialogue beraten".split())
_TELLING = frozenset({"leader_call", "leader_meeting"})
_EMBEDDING = frozenset({"peace_call", "demand", "rejection", "negotiation_offer"})


def coded_events(judged: Sequence[Judged], settings: dict[str, Any]) -> list[Coded]:
    """The events of a text from its candidates, in the order of the text."""
    events = both_ways(_offers_turned(merged(without_rivals(judged), settings)), settings)
    return _crowds(without_echoes(events, settings))


def without_rivals(judged: Sequence[Judged]) -> list[Judged]:
    """Of candidates of different types that share a word the likeliest."""
    kept: dict[int, list[Judged]] = defaultdict(list)
    for one in sorted(judged, key=lambda one: -one.chance):
        beside = kept[one.candidate.sentence.index]
        if not any(_rivals(one, other) for other in beside):
            beside.append(one)
    return sorted((one for beside in kept.values() for one in beside), key=lambda one: -one.chance)


def _rivals(one: Judged, other: Judged) -> bool:
    mine, theirs = one.candidate, other.candidate
    if mine.sentence is not theirs.sentence or mine.found.rule.type == theirs.found.rule.type:
        return False
    return not set(mine.found.words).isdisjoint(theirs.found.words)


def _offers_turned(events: list[Coded]) -> list[Coded]:
    """The events, offers that their own side turns down the other way round: in "Moscow turns down Kyiv's offer" who
    rejects is not who offered."""
    for offer in events:
        if offer.type == "negotiation_offer" and any(_turns_down(other, offer) for other in events):
            offer.actors, offer.recipients, offer.turned = offer.recipients, offer.actors, True
    return events


def _turns_down(event: Coded, offer: Coded) -> bool:
    if event.type != "rejection" or not set(event.actors) & set(offer.actors):
        return False
    told = {id(one.candidate.sentence) for one in event.sources}
    return bool(set(event.recipients) & set(offer.recipients)) and id(offer.best.candidate.sentence) in told


def _crowds(events: list[Coded]) -> list[Coded]:
    """The events, protests of which no text says who protests given to those who act for nobody."""
    for event in events:
        if event.type == "protest" and not event.actors:
            event.actors = ("OTHER",)
    return events


def without_echoes(events: Sequence[Coded], settings: dict[str, Any]) -> list[Coded]:
    """The events of a text without those that only echo another, and without those that nobody takes part in unless
    they are sure."""
    return [
        event
        for event in events
        if (event.actors or event.recipients or event.chance >= settings["event"] + LONELY)
        and not any(_echoes(event, other) for other in events if other is not event)
    ]


def _echoes(event: Coded, other: Coded) -> bool:
    if event.type == "negotiation" and other.type in _TELLING:
        # "They discussed Iran" in the report of a call is the call.
        head = event.best.candidate.sentence.words[event.best.candidate.head]
        return set(event.actors) <= set(other.actors) and head.lemma in _GENERIC
    if event.type == "ceasefire" and other.type in _EMBEDDING:
        return not event.actors
    # The delivery that is paused is not delivered.
    return event.type == "arms_delivery" and other.type == "arms_delivery_pause" and event.status != "planned"
