"""Offers that somebody answers, accepts or leaves lying: "North Korea did not respond to Trump's offer of talks",
"Putin nimmt Trumps Vorschlag an". Whose offer it is has made it, who answers has got it, and no answer denies none; who
accepts a plan supports whose it is, and who agrees to one for a truce agrees to that alone."""

import re

from processors.coder.analysis import Party, Sentence
from processors.coder.judged import PLAIN, Judged
from processors.coder.parties import opener, owners

_OFFERS = re.compile(
    r".*(?:offers?|proposals?|invitations?|overtures?|initiativen?|angebote?s?|vorschl[aä]ge?n?s?|einladung(?:en)?"
    r"|\bplans?|(?:friedens|-)plan(?:e?s)?|pläne?n?|entwurf(?:e?s)?|resolution(?:s|en)?|solutions?"
    r"|.+lösung)"
)
_ACCEPTS = frozenset(
    "accept agree respond react review welcome back endorse annehmen akzeptieren zustimmen reagieren prüfen begrüßen "
    "einverstanden".split()
)
_ANSWERS = _ACCEPTS.union(
    "answer reply ignore dismiss consider study weigh receive antworten beantworten ignorieren eingehen lassen "
    "erhalten".split()
)
_CONTENT = frozenset({"obj", "iobj", "obl", "nmod", "xcomp", "nsubj:pass"})
_AGREES = frozenset("agree accept zustimmen einverstanden annehmen akzeptieren".split())
_BODIES = frozenset("UN EU NATO G7 G20 OSCE AU ARAB_LEAGUE OIC ASEAN".split())
_UNSURE = frozenset("not n't never must should to nicht nie muss müsse müssen soll solle sollte".split())
_AGREED = "einverstanden"
_FROM = frozenset({"by", "from", "von", "aus"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_LIKELY = 0.5


def read_answered(one: Judged) -> None:
    """Makes actors of those whose offer it is that a verb of answering has as its object, and recipients of its
    subject; that nobody answers does not deny the offer. Nobody has made what he himself only answers; who accepts a
    truce agrees to it without those who proposed it."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if kind not in {"negotiation_offer", "support", "ceasefire"} or not sentence.parsed:
        return
    noun = _offer(one)
    if kind == "ceasefire":
        _agree(one, noun)
        return
    if noun is None:
        return
    verb = sentence.governor(noun)
    told, whose, answering = _answer(sentence, verb), _whose(sentence, noun), sentence.subject(verb)
    if kind == "support" and one.candidate.found.rule.plain:
        _support(one, whose - answering, told)
    if kind == "support" or sentence.deps[noun] not in _CONTENT or told not in _ANSWERS:
        return
    if verb not in one.candidate.found.words:
        _make(one, whose if whose.isdisjoint(answering) else set(), answering, told)


def _agree(one: Judged, noun: int | None) -> None:
    """Plans a truce to a proposal for which somebody agrees, without those who proposed it."""
    sentence = one.candidate.sentence
    thing = sentence.top(one.candidate.found.words) if noun is None else noun
    verb = sentence.governor(thing)
    below = sentence.under(verb)
    if noun is None:  # "haben sich mit einem Vorschlag für eine Waffenruhe einverstanden erklärt"
        noun = next((at for at in below if _is_offer(at, sentence)), None)
    answering = sentence.subject(verb)
    if noun is None or verb == thing or sentence.deps[thing] not in _CONTENT or not answering:
        return
    if _answer(sentence, verb) not in _AGREES or any(sentence.words[at].lower in _UNSURE for at in below):
        return
    one.move("occurred", "planned")
    if one.likeliest != "negated":
        one.chance = max(one.chance, PLAIN)
    one.bar(_whose(sentence, noun) - answering)
    one.give(answering, "actor")


def _support(one: Judged, whose: set[str], told: str) -> None:
    """Makes who accepts a plan support those whose it is; of one that is nobody else's only bodies of states do: "Das
    Kabinett nimmt den Plan an" is of its own, and to what two agree is an agreement."""
    acting = {name for name, odds in one.roles.items() if odds["actor"] >= _LIKELY}
    one.bar(set(one.roles) - acting - whose)
    one.give(whose, "recipient")
    if (not whose and _BODIES.isdisjoint(acting)) or (len(acting) > 1 and told in _AGREES):
        one.chance = 0.0


def _offer(one: Judged) -> int | None:
    """The noun for an offer that a trigger has or, a truce, hangs on."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    places = list(words)
    if one.candidate.found.rule.type == "ceasefire":
        places = [up for at in words for up in sentence.above(at)]
    return next((at for at in places if _is_offer(at, sentence)), None)


def _is_offer(place: int, sentence: Sentence) -> bool:
    return sentence.tags[place] in _NOUNS and _OFFERS.fullmatch(sentence.words[place].lower) is not None


def _is_at(party: Party, noun: int) -> bool:
    """Whether a name is a part of a noun, or stands in the genitive right before it."""
    owns = party.genitive and party.words[1] + 1 == noun
    return owns or (party.words == (noun, noun) and party.kind != "city")


def _backs(party: Party, sentence: Sentence) -> bool:
    return sentence.words[party.words[1]].lower.endswith("-backed")


def _whose(sentence: Sentence, noun: int) -> set[str]:
    """Whose an offer is: "the proposal by Qatar" is Qatar's."""
    under = [party for party in sentence.parties if sentence.heads[party.first.head] == noun]
    told = [party for party in under if opener(sentence, party.first) in _FROM]
    told += [party for party in sentence.parties if _is_at(party, noun)]  # "UN-Resolution"
    # "Trump's Gaza plan" is Trump's, a "Western-backed plan" may be anybody's.
    scenes = [party for party in under if party.kind == "city" or _backs(party, sentence)]
    return (owners(sentence, noun) - sentence.only(scenes)) | {name for party in told for name in party.ids}


def _answer(sentence: Sentence, verb: int) -> str:
    """The word by which a verb answers: "einverstanden" of "sich einverstanden erklären"."""
    below = (sentence.words[at].lower for at in sentence.under(verb))
    agreed = sentence.words[verb].lower == _AGREED or _AGREED in below
    return _AGREED if agreed else sentence.verb(verb)


def _make(one: Judged, whose: set[str], answering: set[str], told: str) -> None:
    """Gives an offer those whose it is and those who answer it."""
    if one.likeliest == "negated":
        one.settle("occurred")
    if whose:
        one.give(whose, "actor")
        one.give(answering, "recipient")
    elif told in _ACCEPTS and any(one.roles[name]["actor"] >= _LIKELY for name in answering & one.roles.keys()):
        one.chance = 0.0
