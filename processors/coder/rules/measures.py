"""Sanctions that are not imposed, that stay as they are, or that somebody triggers: "refrained from imposing tariffs",
"sanctions will stay in place", "under sanctions since 2018", "Der Schweiz drohen US-Zölle", "Britain triggers U.N.
sanctions"."""

import re
from collections.abc import Sequence

from processors.coder.analysis import PLACES, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import opener

_MEASURE = re.compile(
    r".*(?:sanktion(?:en)?|z[oö]lle?n?|embargos?|verbote?n?|beschränkung(?:en)?|strafmaßnahmen?"
    r"|sanctions?|tariffs?|embargo(?:es)?|snapback|duties|restrictions)"
)
# Who does so imposes nothing; only these do with the particles: what "should refrain" asks is asked.
_REFRAINS = re.compile(
    r"(?:(?:shie[sd] away|shying away|refrain(?:s|ed|ing)?|(?:held|holds|holding) off|backed away|steered clear"
    r"|abstained|shrank(?: back)?)(?: so far| until now)? (?:from|on|of)"
    r"|avoid(?:s|ed) (?:imposing|introducing|adopting))(?: (?!and\b|but\b)[\w.-]+){0,5}$"
)
_ASKED = re.compile(r"\b(?:to|should|must|if) $")
_DENIED = re.compile(r"(?:\bnot|n't|\bnever) $")
_SHRINKS = frozenset("zurückschrecken zurückscheuen absehen".split())
_REACH = 70  # characters
# What stays as it is has been there before.
_STAYS = frozenset("stay remain bleiben".split())
_KEEPS = frozenset("keep maintain retain beibehalten aufrechterhalten".split())
_LASTING = frozenset({"sanctions", "ceasefire", "arms_delivery_pause"})
_IN_FORCE = frozenset("place force effect kraft".split())
_NOT = frozenset("not n't never nicht keine no".split())
_UNDER = frozenset({"under", "unter"})
_SINCE = frozenset({"since", "seit"})
_NEAR = 4  # words
_LOOMS = frozenset({"drohen"})
_FROZEN = re.compile(r"frozen|eingefroren(?:e[rnms]?)?")
_AGREES = frozenset({"agree", "einigen", "einige", "verständigen"})
_TRIGGERS = frozenset({"trigger", "auslösen"})
_ADOPTS = frozenset({"beschließen", "verabschieden"})
_WILL = frozenset("will wollen soll sollen wird werden würde würden könnte könnten möchte".split())
_SANCTIONS = re.compile("sanktion")
_CAUSES = frozenset("because due under amid despite wegen angesichts infolge trotz".split())
_UNITED_NATIONS = "UN"


def set_measures(text: Sequence[Judged]) -> None:
    """Sets the sanctions of a text right, and drops the threats that are only what triggers them, or that they loom."""
    for one in text:
        sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
        if not one.chance or not sentence.parsed:
            continue
        if kind == "threat":
            if _is_only_measure(one):
                one.chance = 0.0
            continue
        if kind in _LASTING:
            _keep(one)
        if kind == "sanctions":
            if _is_disputed(one):
                one.chance = 0.0
            _leave_afflicted(one)
            _adopt(one)
            _refrain(one)
            _loom(one)
            _trigger(one)


def _is_disputed(one: Judged) -> bool:
    """Whether frozen assets are only what sides cannot agree to use."""
    sentence, place = one.candidate.sentence, one.candidate.head
    if _FROZEN.fullmatch(sentence.words[place].lower) is None or sentence.deps[place] != "amod":
        return False
    above = list(sentence.above(place))
    disagree = any(sentence.words[at].lemma in _AGREES for at in above)
    return disagree and any(word.lemma == "fail" or word.lower in _NOT for word in sentence.words)


def _leave_afflicted(one: Judged) -> None:
    """Takes the recipient's role from a country in which somebody is only troubled by sanctions: "halted work in Iraq
    because of U.S. sanctions"."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    if sentence.tags[top] != "NOUN" or _CAUSES.isdisjoint(sentence.cases(top)):
        return
    scenes = [party for party in sentence.parties if party.kind in PLACES and opener(sentence, party.first) == "in"]
    one.bar(sentence.only([party for party in scenes if top not in sentence.above(party.head)]))


def _refrain(one: Judged) -> None:
    """Negates what somebody holds back from."""
    sentence = one.candidate.sentence
    end = sentence.words[one.candidate.head].end - sentence.start
    before = sentence.text[max(0, end - _REACH) : end].lower()
    found = _REFRAINS.search(before)
    if found is not None:
        leading = before[: found.start()]
        if _ASKED.search(leading):
            one.chance = 0.0
        elif _DENIED.search(leading):
            one.settle("occurred")
        else:
            one.settle("negated")
        return
    top = sentence.top(one.candidate.found.words)
    if sentence.verb(sentence.heads[top]) in _SHRINKS and sentence.deps[top] in {"obl", "obj", "nmod"}:
        one.settle("negated")


def _keep(one: Judged) -> None:
    """What "will stay in place", or is kept, is in force; so is what somebody is under "since" some day."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    top = sentence.top(trigger)
    verb = sentence.heads[top]
    below = [sentence.words[at].lower for at in sentence.under(verb)]
    lemma = sentence.words[verb].lemma
    stays = lemma in _STAYS and sentence.deps[top].startswith("nsubj") and not _IN_FORCE.isdisjoint(below)
    keeps = sentence.verb(verb) in _KEEPS and sentence.deps[top] == "obj"
    if one.likeliest == "planned" and (stays or keeps) and _NOT.isdisjoint(below):
        one.move("planned", "occurred")
    words = [word.lower for word in sentence.words]
    under = not _UNDER.isdisjoint(words[max(0, trigger[0] - _NEAR) : trigger[0]])
    around = words[max(0, trigger[0] - 2 * _NEAR) : trigger[-1] + _NEAR]
    if one.likeliest == "historical" and under and not _SINCE.isdisjoint(around):
        one.move("historical", "occurred")


def _adopt(one: Judged) -> None:
    """What is adopted is imposed, in a headline's present too: "EU beschließt Sanktionen"."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    verb = sentence.heads[top]
    adopted = sentence.deps[top] in {"obj", "nsubj:pass"} and sentence.verb(verb) in _ADOPTS
    helped = any(up == verb and sentence.words[at].lower in _WILL for at, up in enumerate(sentence.heads))
    if adopted and not helped and _SANCTIONS.match(sentence.words[top].lower):
        one.move("planned", "occurred")


def _is_only_measure(one: Judged) -> bool:
    """Whether a threat is only the verb for what a measure does, or for what triggers it."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    told = sentence.verb(verb)
    if told in _TRIGGERS:
        return _measure(sentence, verb, "obj") is not None
    return told in _LOOMS and _measure(sentence, verb, "nsubj", "obj") is not None


def _measure(sentence: Sentence, verb: int, *labels: str) -> int | None:
    """The noun for sanctions that is a verb's subject or object, no preposition before it."""
    nouns = (at for at in sentence.under(verb) if sentence.deps[at] in labels and not sentence.cases(at))
    return next((at for at in nouns if _MEASURE.fullmatch(sentence.words[at].lower)), None)


def _loom(one: Judged) -> None:
    """Of "Der Schweiz drohen US-Zölle" the sanctions, to come, with Switzerland as the one hit."""
    sentence = one.candidate.sentence
    top = sentence.top(one.candidate.found.words)
    verb = sentence.heads[top]
    if sentence.verb(verb) not in _LOOMS or _measure(sentence, verb, "nsubj", "obj") != top:
        return
    under = [party for party in sentence.parties if sentence.heads[party.first.head] == verb]
    hit = {
        name
        for party in under
        if party.first.head != top and not sentence.cases(party.first.head)
        for name in party.ids
    }
    one.give(hit, "recipient")
    if one.likeliest == "occurred":
        one.move("occurred", "planned")


def _trigger(one: Judged) -> None:
    """Who triggers sanctions is who imposes them, though they are the U.N.'s: they are to come."""
    sentence = one.candidate.sentence
    top = sentence.top(one.candidate.found.words)
    verb = next((up for up in sentence.above(top) if sentence.tags[up] == "VERB"), top)
    if sentence.verb(verb) not in _TRIGGERS or _measure(sentence, verb, "obj") not in {top, sentence.heads[top]}:
        return
    acting = sentence.subject(verb)
    if not acting:
        return
    one.give(acting, "actor")
    if _UNITED_NATIONS in one.roles and _UNITED_NATIONS not in acting:
        one.bar([_UNITED_NATIONS])
        if one.likeliest == "occurred":
            one.move("occurred", "planned")
