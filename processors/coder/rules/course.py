"""What goes on, and what sides have only agreed to do: who "continues to supply" drones does so, who "agreed on an
exchange of prisoners" will exchange them; and what is taken up again after a pause."""

import re
from collections.abc import Sequence

from processors.coder.analysis import Sentence
from processors.coder.judged import PLAIN, Judged

_GOES_ON = frozenset("continue keep fortfahren".split())
_AGREES = frozenset({"einigen", "einige", "agree", "verständigen"})  # "einige": "nicht einigen"
_PAUSE = re.compile(r"pause|halt|freeze|suspension|\w*(?:stopp|pause)s?")
_TO_COME = frozenset("will would 'll wo shall to may might could should must can if unless not n't".split())


def keep_to_course(one: Judged) -> None:
    """Takes the chance of being planned from what somebody continues to do, that of having happened from exchanges that
    sides agree on; and believes the reader where sides could not agree."""
    sentence = one.candidate.sentence
    if not sentence.parsed:
        return
    top = sentence.top(one.candidate.found.words)
    verb = sentence.heads[top]
    if one.candidate.found.rule.type == "agreement":
        # "Konnten sich nicht einigen" is told plainly, whatever it is about.
        if one.ruled == "negated" and sentence.words[top].lemma in _AGREES and sentence.subject(top):
            one.chance = max(one.chance, one.read.chance)
    elif one.candidate.found.rule.type == "leader_meeting":
        if any(_is_arranged(sentence, place) for place in one.candidate.found.words):
            one.settle("planned")
    elif one.candidate.found.rule.type == "prisoner_exchange":
        if sentence.deps[top] == "obl" and sentence.verb(verb) in _AGREES:
            one.move("occurred", "planned")
    elif (
        one.likeliest == "planned"
        and sentence.deps[top] == "xcomp"
        and sentence.words[verb].lemma in _GOES_ON
        and not _is_to_come(sentence, verb)
    ):
        one.move("planned", "occurred")


def _is_arranged(sentence: Sentence, place: int) -> bool:
    """Whether a word is the infinitive of what sides arrange to do, whenever they did so."""
    above = sentence.words[sentence.heads[place]].lemma
    return sentence.deps[place] == "xcomp" and "VerbForm=Inf" in sentence.morphs[place] and above == "vereinbaren"


def _is_to_come(sentence: Sentence, verb: int) -> bool:
    """Whether a verb stands with "will", "to" and the like, or under one that does."""
    helpers = {sentence.words[at].lower for at, up in enumerate(sentence.heads) if up == verb and at < verb}
    return not _TO_COME.isdisjoint(helpers) or sentence.deps[verb] == "xcomp"


def read_resumed(text: Sequence[Judged]) -> None:
    """Keeps both of a sentence that tells of deliveries that are taken up again and of their pause: "resumed arms
    exports three months after Berlin suspended them". The second judgement takes the one for the other."""
    told = [one for one in text if one.chance and one.candidate.sentence.parsed]
    pauses = [one for one in told if one.candidate.found.rule.type == "arms_delivery_pause"]
    for one in told if pauses else ():
        if one.candidate.found.rule.type != "arms_delivery":
            continue
        for other in pauses:
            if takes_up(one, other):
                one.chance = max(one.chance, one.read.chance)
                other.chance = max(other.chance, PLAIN if _has_object(other) else 0.0)


def takes_up(one: Judged, other: Judged) -> bool:
    """Whether a delivery is one that is taken up again by another verb than that of a pause in its sentence."""
    sentence, types = one.candidate.sentence, (one.candidate.found.rule.type, other.candidate.found.rule.type)
    if sentence is not other.candidate.sentence or types != ("arms_delivery", "arms_delivery_pause"):
        return False
    again, halt = _verb_again(one), _verb_of(other)
    return again is not None and halt is not None and again != halt and sentence.deps[halt] != "amod"


def _verb_again(one: Judged) -> int | None:
    """The verb by which a candidate's deliveries are taken up again."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    for place in trigger if sentence.parsed else ():
        word = sentence.words[place]
        verb = sentence.heads[place] if word.lower == "wieder" or sentence.tags[place] == "NOUN" else place
        if sentence.words[verb].lemma == "resume" or (word.lower == "wieder" and sentence.verb(verb) == "aufnehmen"):
            return verb
    return None


def _verb_of(one: Judged) -> int | None:
    """The verb of a pause, or the noun: "after a pause"."""
    sentence = one.candidate.sentence
    words = one.candidate.found.words if sentence.parsed else ()
    verb = next((at for at in words if sentence.tags[at] == "VERB"), None)
    return verb if verb is not None else next((at for at in words if _PAUSE.fullmatch(sentence.words[at].lower)), None)


def _has_object(one: Judged) -> bool:
    """Whether a candidate's verb has an object that is one of its own words, or stands for something."""
    sentence, verb = one.candidate.sentence, _verb_of(one)
    objects = sentence.under(verb, "obj") if verb is not None else []
    return any(at in one.candidate.found.words or sentence.tags[at] in {"PRON", "DET"} for at in objects)
