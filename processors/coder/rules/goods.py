"""Goods that are no arms, and money that is no aid: "resumed gas supplies", "paid South Korea $2 billion for tanks"."""

import re

from processors.coder.analysis import Sentence
from processors.coder.judged import Judged
from processors.coder.parties import opener
from processors.coder.triggers import Matcher

_ENERGY = (
    "gas|öl|erdöl|erdgas|strom|kohle|oil|fuel|power|electricity|energy|energie|coal|diesel|treibstoff|water|wasser"
)
_GRAIN = "weizen|getreide|grain|wheat|fertilisers?|fertilizers?|dünger"
_RELIEF = (
    "food|medicine|medical|humanitarian|flour|relief|lebensmitteln?|medikamenten?|hilfsgütern?|nahrungsmitteln?|hilfs"
)
_OTHER = re.compile(rf"(?:{_ENERGY}|{_GRAIN}|{_RELIEF})")
_HEADS = re.compile(
    r"(?:suppl(?:y|ies)|deliver(?:y|ies)|shipments?|exports?|flows?)|.*(?:lieferung(?:en)?|export(?:e|en)?)"
)
_COMPOUND = re.compile(rf"(?:{_ENERGY}|{_GRAIN}|{_RELIEF})(?:s|n|en)?-?(?:lieferung(?:en)?|export(?:e|en)?)")
_PAYS = frozenset({"pay", "zahlen", "bezahlen", "überweisen"})
_FOR = frozenset({"for", "für"})
_BOUGHT = re.compile(r".*(?:system(?:s|e|en)?|gas|öl|oil|strom|electricity|coal|kohle|grain|getreide|goods|waren)")


def drop_goods(one: Judged, matcher: Matcher) -> None:
    """Drops the deliveries of arms that are of gas, grain or food; and the aid that is a price."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if kind == "arms_delivery" and _is_other(one, matcher):
        one.chance = 0.0
    elif kind in {"aid", "arms_delivery"} and sentence.parsed and (verb := _paying(one, matcher)) is not None:
        if kind == "aid":
            one.chance = 0.0
        else:
            _turn(one, verb)


def _is_other(one: Judged, matcher: Matcher) -> bool:
    """Whether a trigger is a word for deliveries without a kind of arms, and they are of something else."""
    words, trigger = one.candidate.sentence.words, one.candidate.found.words
    if any(matcher.classes["arms"] in words[place].elements for place in trigger):
        return False
    for place in trigger:
        if _HEADS.fullmatch(words[place].lower) is None:
            continue
        before = words[place - 1].lower if place else ""
        behind = [word.lower for word in words[place + 1 : place + 3]]
        of = behind[1] if behind[:1] in (["of"], ["von"]) and len(behind) > 1 else ""
        return (
            _COMPOUND.fullmatch(words[place].lower) is not None
            or _OTHER.fullmatch(before) is not None
            or _OTHER.fullmatch(of) is not None
        )
    return False


def _paying(one: Judged, matcher: Matcher) -> int | None:
    """The verb by which a price is paid for arms or goods, "paid $2 billion for tanks", and they are not for others."""
    sentence = one.candidate.sentence
    words = sentence.words
    verb = sentence.governor(one.candidate.head)
    if words[verb].lemma not in _PAYS:
        return None
    for place in range(verb + 1, len(words)):
        if words[place].lower in _FOR:
            noun = sentence.heads[place]
            bought = matcher.classes["arms"] in words[noun].elements or _BOUGHT.fullmatch(words[noun].lower)
            others = any(party.words[0] > noun and opener(sentence, party.first) in _FOR for party in sentence.parties)
            return verb if bought and not others else None
    return None


def _turn(one: Judged, verb: int) -> None:
    """Makes who pays for arms the one who gets them, and who is paid the one who gives them."""
    sentence = one.candidate.sentence
    buyer = sentence.subject(verb)
    seller = _paid(sentence, verb)
    if buyer and seller:
        one.give(buyer, "recipient")
        one.give(seller - buyer, "actor")


def _paid(sentence: Sentence, verb: int) -> set[str]:
    return {
        name
        for party in sentence.parties
        if sentence.heads[party.first.head] == verb and sentence.deps[party.first.head] in {"obj", "iobj"}
        for name in party.ids
    }
