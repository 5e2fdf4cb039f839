"""Whose step it is that somebody welcomes: "Turkey issued warrants for Netanyahu. Hamas praised it" praises Turkey.

Who supports or censures "the move" or "the announcement" means what the text begins with, who welcomes "the accord"
does so towards all of its sides, and who "defended the campaign" supports nobody else.
"""

from collections.abc import Sequence

from processors.coder.merge import Coded

_STEPS = frozenset(
    "it this move step decision announcement campaign plan action es dies das schritt ankündigung entscheidung "
    "beschluss vorgehen einsatz".split()
)
_ACCORDS = frozenset(
    "accord agreement treaty pact deal truce ceasefire abkommen vereinbarung einigung vertrag waffenruhe".split()
)
_JUDGES = frozenset({"support", "accusation"})
_SETTLED = frozenset({"agreement", "ceasefire", "prisoner_exchange"})
_DEFENDS = frozenset({"defend", "verteidigen"})


def praised(events: Sequence[Coded]) -> list[Coded]:
    """The events, support and censure of what a word like "step" or "accord" stands for as that of those whose it is,
    and without what somebody only defends of his own."""
    out = []
    for event in events:
        told = _object(event) if event.type in _JUDGES else ""
        if told in _STEPS and not _is_named(event):
            if event.type == "support" and _is_defence(event):
                continue
            _praise(event, events[0])
        elif told in _ACCORDS and event.type == "support":
            settled = [other for other in events if other.type in _SETTLED]
            if len(settled) == 1:
                _praise(event, settled[0])
        out.append(event)
    return out


def _praise(event: Coded, step: Coded) -> None:
    done = tuple(name for name in step.actors if name not in event.actors)
    if step is not event and done and done != event.recipients:
        event.recipients = done
        event.changes.append(f"of {', '.join(done)}: whose step it is")


def _is_named(event: Coded) -> bool:
    """Whether those who are supported are named in the sentences that say so, or nobody is."""
    here = {name for one in event.sources for party in one.candidate.sentence.parties for name in party.ids}
    return not event.recipients or not here.isdisjoint(event.recipients)


def _is_defence(event: Coded) -> bool:
    candidate = event.best.candidate
    return candidate.sentence.words[candidate.head].lemma in _DEFENDS


def _object(event: Coded) -> str:
    """The object of a verb that is an event's trigger, "" where it has none."""
    sentence, trigger = event.best.candidate.sentence, event.best.candidate.found.words
    objects = (at for at, up in enumerate(sentence.heads) if up in trigger and sentence.deps[at] == "obj")
    return next((sentence.words[at].lower for at in objects), "")
