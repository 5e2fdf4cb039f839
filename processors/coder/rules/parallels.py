"""Who will not do himself what another does refuses that other nothing: "Estonia is prepared to send troops. Poland has
ruled out sending soldiers"."""

from collections.abc import Sequence

from processors.coder.analysis import VERBS
from processors.coder.judged import Judged
from processors.coder.merge import Coded

# What each does for himself, and what is asked of somebody.
_STEPS = frozenset(
    "aid arms_delivery arms_delivery_pause mobilization troop_withdrawal sanctions support concession "
    "diplomatic_break".split()
)
_ASKS = frozenset("demand peace_call negotiation_offer threat accusation rejection".split())
_WORDS = frozenset({"rejection", "threat", "demand", "negotiation_offer"})
_MET = frozenset({"leader_meeting", "leader_call"})
_DOES = frozenset({"xcomp", "ccomp", "advcl"})
_IT = frozenset("it that them this es das dies such so solch solche solchen".split())


def apart(events: list[Coded]) -> list[Coded]:
    """The events, refusals without those as recipients who only did what is refused, and asked for nothing; refusals,
    threats and demands without those who only meet others in another sentence."""
    for event in events:
        if event.type in _WORDS and event.recipients:
            _leave_strangers(event, events)
        if event.type != "rejection" or not event.recipients or not _is_own(event.best):
            continue
        here = {name for one in event.sources for party in one.candidate.sentence.parties for name in party.ids}
        left = tuple(name for name in event.recipients if name in here or not _only_does(name, event, events))
        if left != event.recipients:
            event.recipients = left
            event.changes.append("who only does what another refuses to has asked for nothing")
    return events


def _leave_strangers(event: Coded, events: Sequence[Coded]) -> None:
    """Takes the recipients from an event that its own sentences do not name, and that the text tells only to have met
    or talked with others: "Rubio arrived in Doha. Chad demanded an apology"."""
    here = {name for one in event.sources for party in one.candidate.sentence.parties for name in party.ids}
    left = tuple(name for name in event.recipients if name in here or not _is_stranger(name, event, events))
    if left != event.recipients:
        event.recipients = left
        event.changes.append("who only meets others in another sentence is not meant")


def _is_stranger(name: str, event: Coded, events: Sequence[Coded]) -> bool:
    own = set(event.actors)
    told = [other for other in events if other is not event and name in {*other.actors, *other.recipients}]
    return bool(told) and all(other.type in _MET and own.isdisjoint(other.actors) for other in told)


def _only_does(name: str, event: Coded, events: Sequence[Coded]) -> bool:
    refusing = set(event.actors)
    steps = [other for other in events if name in other.actors and other.type in _STEPS]
    aimed = any(refusing & {*other.actors, *other.recipients} for other in steps)
    asks = any(other.type in _ASKS and (name in other.actors or refusing & set(other.recipients)) for other in events)
    return bool(steps) and not aimed and not asks


def _is_own(one: Judged) -> bool:
    """Whether what is refused is to be done by oneself ("refused to join them", "ruled it out", "such a step")."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if not sentence.parsed or all(sentence.tags[at] not in VERBS for at in trigger):
        return False
    below = [at for at, up in enumerate(sentence.heads) if up in trigger and at not in trigger]
    if any(sentence.deps[at] in _DOES for at in below):
        return True
    objects = [at for at in below if sentence.deps[at] == "obj"]
    inside = {at for at, up in enumerate(sentence.heads) if up in objects}.union(objects)
    return any(sentence.words[at].lower in _IT for at in inside)
