"""Who gets arms and who gives them, where they are bought or received: "Poland buys tanks from South Korea"."""

from processors.coder.analysis import Party, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import opener

_RECEIVING = "receive"  # the frame of such triggers
_FROM = frozenset("from aus von vom".split())
_FOR = frozenset({"for", "für"})
_SURE = 0.9


def turn_buyers(one: Judged) -> None:
    """Makes recipients of the subject of such a verb, and actors of those behind "from" and of those whose weapons they
    are ("French jets"). Who buys for somebody else gives."""
    sentence, found = one.candidate.sentence, one.candidate.found
    if found.rule.frame != _RECEIVING or not sentence.parsed:
        return
    verb = next((place for place in found.words if sentence.tags[place] == "VERB"), None)
    here = [party for party in sentence.parties if verb is not None and _stands_under(party, verb, sentence)]
    openers = {id(party): opener(sentence, party.first) for party in here}
    if verb is None or not _FOR.isdisjoint(openers.values()):
        return
    getting = {
        name
        for party in here
        if sentence.heads[party.first.head] == verb and _is_subject(party, sentence)
        for name in party.ids
    }
    giving = {name for party in here if openers[id(party)] in _FROM or party.kind == "adjective" for name in party.ids}
    if not getting:
        return
    for name in one.roles.keys() & getting:
        one.roles[name] = {"actor": 0.0, "recipient": _SURE, "none": 1.0 - _SURE}
    for name in one.roles.keys() & giving - getting:
        one.roles[name] = {"actor": _SURE, "recipient": 0.0, "none": 1.0 - _SURE}


def _is_subject(party: Party, sentence: Sentence) -> bool:
    return sentence.deps[party.first.head].startswith("nsubj")


def _stands_under(party: Party, verb: int, sentence: Sentence) -> bool:
    return party.first.head == verb or verb in sentence.above(party.first.head)
