"""Offers that somebody answers, accepts or leaves lying: "North Korea did not respond to Trump's offer of talks",
"Putin nimmt Trumps Vorschlag an". Whose offer it is has made it, who answers has got it, and no answer denies none."""

from processors.coder.judged import Judged
from processors.coder.parties import owners

_OFFERS = frozenset(
    "offer proposal invitation overture initiative angebot gesprächsangebot vorschlag einladung".split()
)
_ANSWERS = frozenset(
    "respond answer reply ignore accept react dismiss consider study review welcome weigh receive reagieren antworten "
    "beantworten ignorieren annehmen akzeptieren eingehen prüfen begrüßen lassen erhalten".split()
)
_CONTENT = frozenset({"obj", "obl", "nmod", "xcomp", "nsubj:pass"})


def read_answered(one: Judged) -> None:
    """Makes actors of those whose offer it is that a verb of answering has as its object, and recipients of its
    subject; that nobody answers does not deny the offer."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type != "negotiation_offer" or not sentence.parsed:
        return
    noun = next((at for at in one.candidate.found.words if sentence.words[at].lemma in _OFFERS), None)
    if noun is None or sentence.deps[noun] not in _CONTENT:
        return
    verb = sentence.governor(noun)
    if sentence.verb(verb) not in _ANSWERS or verb in one.candidate.found.words:
        return
    if one.likeliest == "negated":
        one.settle("occurred")
    whose, answering = owners(sentence, noun), sentence.subject(verb)
    if whose and whose.isdisjoint(answering):
        one.give(whose, "actor")
        one.give(answering, "recipient")
