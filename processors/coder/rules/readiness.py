"""Who says that he is "ready to" do something offers no talks by it, but what stands behind it: "ready to lift
sanctions"."""

from collections.abc import Sequence
from typing import Any

from processors.coder.analysis import Sentence
from processors.coder.judged import Judged
from processors.coder.model import threshold

_READY = frozenset({"ready", "willing", "prepared", "keen", "eager"})
# What stands behind as something that is done, and no talking.
_DEEDS = frozenset(
    "arms_delivery arms_delivery_pause aid concession sanctions mobilization troop_withdrawal prisoner_exchange attack "
    "coercion diplomatic_break".split()
)
_BEREIT = frozenset({"bereit", "gewillt"})
_READINESS = _READY | _BEREIT


def keep_to_readiness(text: Sequence[Judged], settings: dict[str, Any]) -> None:
    """Drops the offers that are only a readiness to do something else that is told too, and makes that planned."""
    for one in text:
        sentence = one.candidate.sentence
        kind = one.candidate.found.rule.type
        if kind not in _DEEDS or one.chance < threshold(kind, settings) or not sentence.parsed:
            continue
        ready = _readiness(sentence, one.candidate.found.words)
        if ready is None:
            continue
        if one.likeliest in {"occurred", "hypothetical"}:
            one.move(one.likeliest, "planned")
        for other in text:
            offers = other.candidate.found.rule.type == "negotiation_offer"
            words = other.candidate.found.words
            if offers and other.candidate.sentence is sentence and ready in words and words[-1] <= ready + 1:
                other.chance = 0.0


def _readiness(sentence: Sentence, trigger: Sequence[int]) -> int | None:
    """The word "ready" of a statement whose infinitive is a trigger's verb, or has it as its object."""
    top = sentence.top(trigger)
    for verb in (top, sentence.heads[top]):
        ready = sentence.heads[verb]
        word = sentence.words[ready].lower
        if sentence.deps[verb] not in {"xcomp", "advcl", "acl", "ccomp"} or word not in _READINESS:
            continue
        if verb != top and sentence.deps[top] not in {"obj", "obl"}:
            continue
        below = sentence.under(ready)
        helpers = {sentence.words[at].lower for at in below if sentence.deps[at] in {"aux", "cop", "mark", "advmod"}}
        return None if helpers & _OPEN else ready
    return None


_OPEN = frozenset("not n't nicht if would could should may might wäre wären könnte sollte falls wenn never".split())
