"""What is only within reach, and what is far off: "close to a deal", "Einigung rückt näher", "far from a truce"."""

from processors.coder.judged import Judged
from processors.coder.triggers import Matcher
from processors.records import Status

# What sides come to, and have not while they are near it.
_REACHED = frozenset({"agreement", "ceasefire", "prisoner_exchange"})
_REACH = 7  # words between
_BREAKS = frozenset(",;:")
_LEADS = frozenset({"ADP", "SCONJ", "PART"})  # the last word of what stands before: "close to", "on the verge of"
_STATUS: dict[str, Status] = {"far": "negated", "near": "hypothetical"}


def keep_to_distance(one: Judged, matcher: Matcher) -> None:
    """Gives what sides are said to be near the status hypothetical, and what they are far from negated."""
    candidate = one.candidate
    if candidate.found.rule.type not in _REACHED or not candidate.sentence.parsed or one.ruled == "negated":
        return
    for name, status in _STATUS.items():
        if any(_belongs(one, places) for places in matcher.said(name, candidate.sentence.words)):
            one.settle(status)
            return


def _belongs(one: Judged, places: tuple[int, ...]) -> bool:
    """Whether words stand beside a trigger, in its clause and on the right side of it."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    first, last = (places, trigger) if places[0] <= trigger[0] else (trigger, places)
    between = [word.text for word in sentence.words[first[-1] + 1 : last[0]]]
    leads = sentence.tags[places[-1]] in _LEADS
    return len(between) <= _REACH and _BREAKS.isdisjoint(between) and not (leads and first is trigger)
