"""Who gets something and who gives it, where it is told from the side of who gets it: "Poland buys tanks from South
Korea", "Kenya receives aid from Japan", "Switzerland exempted from US tariffs"."""

from collections.abc import Iterable

from processors.coder.analysis import Party, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import opener

_RECEIVING = "receive"  # the frame of such triggers for arms
# Types whose noun tells nothing of who gives, and the verbs over it whose subject gets it.
_GIVEN = frozenset({"aid", "concession", "support"})
_GETS = frozenset("get receive obtain secure win gain land erhalten bekommen kriegen empfangen sichern".split())
# What is ordered or bought "in" a country is bought from there.
_BUYS = frozenset("buy order purchase acquire bestellen kaufen ordern erwerben beschaffen".split())
_EXEMPTS = frozenset("exempt exemption spare waiver exclude ausnehmen ausnahme befreien befreiung verschonen".split())
_FROM = frozenset("from aus von vom bei".split())
_IN = frozenset({"in"})
_FOR = frozenset({"for", "für"})
# Between a buyer and the verb: "Serbia to buy", "Morocco has bought".
_BEFORE_VERB = frozenset("to will would has have had is set may could wants plans".split())
_FAR = 3  # words up the parse from what is got to the verb
_NEAR = 4  # words from "from" to what somebody is exempted from


def turn_buyers(one: Judged) -> None:
    """Makes recipients of those who get something, and actors of those behind "from" and of those whose it is ("French
    jets", "Chinese loan"), also where that is the subject ("German tanks arrive"). Who buys for somebody else gives."""
    sentence = one.candidate.sentence
    verb = _verb(one) if sentence.parsed else None
    if verb is None:
        return
    # "Hat einen Kredit erhalten": some parses have the subject under the first of the two.
    verbs = {verb, sentence.heads[verb]} if sentence.deps[verb] == "xcomp" else {verb}
    here = [party for party in sentence.parties if _stands_under(party.first, verbs, sentence)]
    openers = {id(party): opener(sentence, party.first) for party in sentence.parties}
    if any(openers[id(party)] in _FOR for party in here):
        return
    subject = [party for party in here if _is_subject(party, verbs, sentence)] or _before(verb, sentence)
    leads = _FROM | _IN if sentence.words[verb].lemma in _BUYS else _FROM
    behind = [party for party in sentence.parties if party.words[0] > verb or party in here]
    whose = _names(party for party in behind if _is_whose(party, verb, one))
    getting = _names(subject) - whose
    giving = (_names(party for party in behind if openers[id(party)] in leads) | whose) - getting
    if subject:
        one.give(getting, "recipient")
        one.give(giving, "actor")


def drop_exempted(one: Judged) -> None:
    """Drops the sanctions that somebody is exempted from."""
    sentence, head = one.candidate.sentence, one.candidate.head
    if one.candidate.found.rule.type != "sanctions" or not sentence.parsed:
        return
    near = {word.lower for word in sentence.words[max(0, head - _NEAR) : head]}
    if not _FROM.isdisjoint(near) and any(sentence.words[place].lemma in _EXEMPTS for place in sentence.above(head)):
        one.chance = 0.0


def _verb(one: Judged) -> int | None:
    """The verb by which what a candidate tells of is got."""
    sentence, found = one.candidate.sentence, one.candidate.found
    if found.rule.frame == _RECEIVING:
        return next((place for place in found.words if sentence.tags[place] == "VERB"), found.words[0])
    if found.rule.type not in _GIVEN:
        return None
    if sentence.words[found.words[0]].lemma in _EXEMPTS and (one.passive or sentence.tags[found.words[0]] == "ADJ"):
        return found.words[0]
    top = sentence.top(found.words)
    if top and sentence.verb(top - 1) in _GETS:
        return top - 1
    for place in (top, *sentence.above(top)):
        if sentence.verb(place) in _GETS and sentence.tags[place] == "VERB":
            way = sentence.way_up(top, [place])
            return place if way is not None and len(way) <= _FAR else None
    return None


def _names(parties: Iterable[Party]) -> set[str]:
    return {name for party in parties for name in party.ids}


def _stands_under(party: Party, verbs: set[int], sentence: Sentence) -> bool:
    return not verbs.isdisjoint((party.head, *sentence.above(party.head)))


def _is_subject(party: Party, verbs: set[int], sentence: Sentence) -> bool:
    return sentence.heads[party.first.head] in verbs and sentence.deps[party.first.head].startswith("nsubj")


def _before(verb: int, sentence: Sentence) -> list[Party]:
    """Who opens a headline right before the verb, where the parse knows no subject of it."""
    place = verb
    while place and sentence.words[place - 1].lower in _BEFORE_VERB:
        place -= 1
    if any(sentence.deps[at].startswith("nsubj") and sentence.heads[at] == verb for at in range(place)):
        return []
    named = [party for party in sentence.parties if party.first.words[0] == 0]
    return [party for party in named if any(other.words[1] == place - 1 for other in named)]


def _is_whose(party: Party, verb: int, one: Judged) -> bool:
    """Whether somebody is named with what is got: "French jets", "EU-Kredit"."""
    words, (first, last) = one.candidate.sentence.words, party.words
    things = set(one.candidate.found.words) - {verb}
    if party.kind == "adjective" and one.candidate.sentence.heads[last] in things:
        return True
    if words[last].start == party.start:  # a trigger may name who buys: "Ukraine … buy … weapons"
        things -= {last} if words[last].end == party.end else set()
    return any(first <= place <= last + 1 for place in things)
