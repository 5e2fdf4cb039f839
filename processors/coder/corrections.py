"""Events set right by what the contract says of them as a whole, whatever the learned layer made of their words."""

from processors.coder.judged import Judged
from processors.coder.merge import Coded
from processors.records import Status

# Words of triggers by which nothing is delivered any more.
_NO_MORE = frozenset("kein keine keinen keinerlei nicht no".split())
# Who says so has not given yet.
_PLEDGES = frozenset("zusagen versprechen pledge promise aussicht".split())
_GIVEN = frozenset({"arms_delivery", "aid"})
# The rule of those who are ready to talk.
_READINESS = "offer.ready"


def set_right(events: list[Coded]) -> list[Coded]:
    """The events of a text, offers, refusals, pauses and pledges as the contract has them."""
    return _pledged(_stopped(_refused(_offers_turned(events))))


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


def _refused(events: list[Coded]) -> list[Coded]:
    """The events, a readiness that is not there as the refusal that it is ("shows no willingness to talk"), unless the
    text tells that refusal too."""
    out = []
    for event in events:
        if event.type == "negotiation_offer" and event.status == "negated" and _is_readiness(event):
            event.type, event.status = "rejection", "occurred"
            event.changes.append("a rejection: who is not ready to talk refuses to")
            if any(_says_too(other, event) for other in events):
                continue
        out.append(event)
    return out


def _stopped(events: list[Coded]) -> list[Coded]:
    """The events, pauses that only their own "no more" negates with the likeliest of the other statuses."""
    for event in events:
        if event.type == "arms_delivery_pause" and event.status == "negated" and _stops_by_word(event.best):
            chances: list[tuple[float, Status]] = [
                (chance, name) for name, chance in event.best.status.items() if name != "negated"
            ]
            event.status = max(chances)[1]
            event.changes.append("not negated: that nothing is delivered any more is the pause")
    return events


def _pledged(events: list[Coded]) -> list[Coded]:
    """The events, what is pledged as planned."""
    for event in events:
        if event.type in _GIVEN and event.status == "occurred" and _is_pledge(event.best):
            event.status = "planned"
            event.changes.append("planned: what is pledged is not given yet")
    return events


def _is_pledge(one: Judged) -> bool:
    words = [one.candidate.sentence.words[place] for place in one.candidate.found.words]
    apart = {"sagen", "zu"} <= {word.lemma for word in words}  # "sagt ... zu"
    return apart or any(word.lemma in _PLEDGES for word in words)


def _is_readiness(event: Coded) -> bool:
    return all(one.candidate.found.rule.id == _READINESS for one in event.sources)


def _stops_by_word(one: Judged) -> bool:
    words = one.candidate.sentence.words
    return any(words[place].lower in _NO_MORE for place in one.candidate.found.words)


def _says_too(other: Coded, event: Coded) -> bool:
    return other is not event and other.type == event.type and other.actors == event.actors


def with_crowds(events: list[Coded]) -> list[Coded]:
    """The events, protests of which no text says who protests given to those who act for nobody. Last of all: an event
    that nobody is named in has to be surer than others."""
    for event in events:
        if event.type == "protest" and not event.actors:
            event.actors = ("OTHER",)
            event.changes.append("actor OTHER: who protests acts for nobody")
    return events
