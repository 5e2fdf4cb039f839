"""Refusals in other words: a readiness that is not there, and what somebody says he will not do."""

from processors.coder.judged import Judged
from processors.coder.merge import Coded, says_too

# The rule of those who are ready to talk.
_READINESS = "offer.ready"
# What may be asked of somebody who then "will not send" it, or pull it back.
_ASKED_FOR = frozenset({"arms_delivery", "arms_delivery_pause", "aid", "mobilization", "troop_withdrawal"})
_WILL = frozenset("will would won't wird werde werden wolle wollen wollte".split())
_NOT = frozenset("not n't never nicht kein keine keinen keinerlei no won't".split())
# With these it was done so far: "will no longer supply", "keine Waffen mehr".
_UNTIL_NOW = frozenset("mehr longer more anymore länger weiter weiteren weitere further".split())
_STEPS = 2  # up the parse from "not" or "no" to the verb: "will send no weapons"


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
    below = [place for place, up in enumerate(sentence.heads) if up == verb]
    will = any(sentence.deps[place] == "aux" and sentence.words[place].lower in _WILL for place in below)
    words = [word.lower for word in sentence.words]
    if not will or not _UNTIL_NOW.isdisjoint(words):
        return False
    ways = (sentence.way_up(place, [verb]) for place, word in enumerate(words) if word in _NOT)
    return any(way is not None and len(way) <= _STEPS for way in ways)
