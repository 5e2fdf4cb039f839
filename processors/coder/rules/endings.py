"""What has run out, fallen apart or come to its end: a truce that is over is none, a waiver that has expired nothing
that is still granted, and that a pact or an embargo runs out no event of theirs."""

import re

from processors.coder.analysis import Sentence
from processors.coder.judged import Judged

_ENDS = frozenset("expire lapse unravel collapse crumble auslaufen ablaufen platzen zerbrechen zerbröckeln".split())
# Of these only who has no object: "the truce ended", but "the truce ended a week of fighting".
_STOPS = frozenset({"end", "enden"})
_RUNS_OUT = frozenset("expire lapse auslaufen ablaufen".split())
_GRANTED = frozenset("waiver exemption licence license reprieve ausnahmegenehmigung ausnahme".split())
_BARS = re.compile(r".*(?:embargo|sanktionen|sanctions|tariffs?|zölle|verbot|ban)")
_PACT = re.compile(r".*(?:vertrag|abkommen|pakt|vereinbarung|frist|mandat|lizenz|genehmigung|regelung|waffenruhe)")
# What an English truce has done right behind its name; what is told of something else may not stand between.
_OVER = re.compile(
    r"(?: (?:between|with|in|for|along|on)"
    r" (?:(?!\b(?:after|before|when|as|while|if|until|since|that|which|and then|talks|negotiations)\b)[^,;:.]){2,60}?)?"
    r" (?:has |have |had )?(?:already )?"
    r"(?:expired|lapsed|unravell?(?:ed|s)|collapse[sd]|crumble[sd]|f(?:alls|ell|allen) apart|br(?:eaks|oke|oken) down"
    r"|ended(?=[.,;]|$| (?:on|at|last|this|in|when|after) ))(?!\w)"
)
# Before a truce these say that it may only end, or "of" that something else has: "the first phase of the truce".
_SUPPOSED = frozenset("of if unless whether until before should could may might fear fears feared risk".split())
_MAY = frozenset("could would may might könnte könnten würde".split())
_BEFORE = 4  # words from "if" to the truce


def keep_to_end(one: Judged) -> None:
    """Gives a truce or waiver that is over the status negated, and drops pacts and embargoes that run out."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if not sentence.parsed:
        return
    if kind == "ceasefire":
        if _may_end(one):
            one.settle("hypothetical")
        elif _is_past(one) or _is_over(one):
            one.settle("negated")
    elif kind == "concession":
        granted = any(sentence.words[place].lemma in _GRANTED for place in one.candidate.found.words)
        if granted and _is_past(one):
            one.settle("negated")
    elif _runs_out(one) or _leaves_no_port(one):
        one.chance = 0.0


def _verb(sentence: Sentence, top: int) -> int | None:
    """The verb, or German participle beside "ist", whose subject a word is."""
    return sentence.heads[top] if sentence.deps[top].startswith("nsubj") else None


def _may_end(one: Judged) -> bool:
    """Whether a truce may end only: "fears that the truce could collapse"."""
    sentence = one.candidate.sentence
    verb = _verb(sentence, sentence.top(one.candidate.found.words))
    if verb is None or sentence.verb(verb) not in _ENDS:
        return False
    helpers = {sentence.words[at].lower for at in sentence.under(verb)}
    return not helpers.isdisjoint(_MAY)


def _is_past(one: Judged) -> bool:
    """Whether a candidate's noun is what has ended, by the parse."""
    sentence = one.candidate.sentence
    verb = _verb(sentence, sentence.top(one.candidate.found.words))
    if verb is None:
        return False
    told = sentence.verb(verb)
    objects = any(up == verb and sentence.deps[place] == "obj" for place, up in enumerate(sentence.heads))
    morphs = sentence.morphs[verb]
    done = "Tense=Past" in morphs or "VerbForm=Part" in morphs
    return done and (told in _ENDS or (told in _STOPS and not objects))


def _is_over(one: Judged) -> bool:
    """Whether a truce is what has ended, by the order of the words: parses of headlines take "collapses" for a noun."""
    sentence, last = one.candidate.sentence, one.candidate.found.words[-1]
    word = sentence.words[last]
    if _OVER.match(sentence.text.lower(), word.end - sentence.start) is None:
        return False
    before = sentence.words[max(0, one.candidate.head - _BEFORE) : one.candidate.head]
    return _SUPPOSED.isdisjoint(other.lower for other in before)


def _runs_out(one: Judged) -> bool:
    """Whether an agreement or an embargo only runs out: "the treaty expired"."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if kind not in {"agreement", "sanctions", "arms_delivery_pause"}:
        return False
    top = sentence.top(one.candidate.found.words)
    verb = _verb(sentence, top)
    if verb is None or sentence.verb(verb) not in _RUNS_OUT:
        return False
    return kind == "agreement" or _BARS.fullmatch(sentence.words[top].lower) is not None


def _leaves_no_port(one: Judged) -> bool:
    """Whether the German verb for leaving a port tells of a treaty: "der Vertrag ist ausgelaufen"."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    if one.candidate.found.rule.type != "mobilization" or sentence.words[verb].lower != "ausgelaufen":
        return False
    subjects = (at for at, up in enumerate(sentence.heads) if up == verb and sentence.deps[at].startswith("nsubj"))
    return any(_PACT.fullmatch(sentence.words[at].lower) is not None for at in subjects)
