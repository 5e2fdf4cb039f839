"""What two do to each other: "Moscow and Kyiv accused each other" is two accusations, one each way."""

from collections.abc import Sequence
from dataclasses import replace

from processors.coder.judged import Judged
from processors.coder.merge import Coded, participants
from processors.coder.triggers import Matcher
from processors.records import RECIPROCAL

_STEPS = 2  # up the parse from a word like "other" to the trigger: "strikes on each other"


def note_mutual(one: Judged, matcher: Matcher) -> None:
    """Notes the words that say that a candidate is done both ways, where its type tells who does it to whom."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type in RECIPROCAL or not sentence.parsed:
        return
    for places in matcher.said("mutual", sentence.words):
        ways = (sentence.way_up(place, one.candidate.found.words) for place in places)
        if any(way is not None and len(way) <= _STEPS for way in ways):
            one.mutual = " ".join(sentence.words[place].text for place in places)
            return


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
