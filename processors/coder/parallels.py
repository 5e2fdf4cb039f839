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
_DOES = frozenset({"xcomp", "ccomp", "advcl"})
_IT = frozenset("it that them this es das dies such so solch solche solchen".split())


def apart(events: list[Coded]) -> list[Coded]:
    """The events, refusals without those as recipients who only did what is refused, and asked for nothing."""
    for event in events:
        if event.type != "rejection" or not event.recipients or not _is_own(event.best):
            continue
        here = {name for one in event.sources for party in one.candidate.sentence.parties for name in party.ids}
        left = tuple(name for name in event.recipients if name in here or not _only_does(name, event, events))
        if left != event.recipients:
            event.recipients = left
            event.changes.append("who only does what another refuses to has asked for nothing")
    return events


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
