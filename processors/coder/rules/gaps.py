"""Whom a clause names second, behind a verb that is not said again: "accused London of sabotage and Paris of arming
Kyiv", "dankte Schweden für die Jets und Kanada für die Soldaten"."""

from processors.coder.analysis import Party, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import JOINING
from processors.records import RECIPROCAL

# What stands behind both names: a preposition, German genitives, an object of those who are charged with it.
_LINKS = frozenset("of for on in over with to as about from für wegen mit am im zu um bei".split())
_TO = frozenset({"zur", "zum"})
_GENITIVE = frozenset({"der", "des"})
_CHARGES = frozenset("bezichtigen beschuldigen".split())
_OBJECT = frozenset("den die das einen eine ein".split())
_ARTICLES = frozenset("the der die das den dem".split())
_LIKELY = 0.5


def share_verb(one: Judged) -> None:
    """Makes recipients of those who are named with "and" and the same preposition again as one who is a recipient."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type in RECIPROCAL or not sentence.parsed:
        return
    behind = [party for party in sentence.parties if party.words[0] > trigger[0] and _link(party, one)]
    first = next((party for party in behind if _is_recipient(party, one)), None)
    if first is None:
        return
    for second in behind:
        if second is not first and _link(second, one) == _link(first, one) and _is_second(second, sentence):
            one.give(second.ids, "recipient")


def _is_recipient(party: Party, one: Judged) -> bool:
    return any(one.roles[name]["recipient"] >= _LIKELY for name in one.roles.keys() & set(party.ids))


def _link(party: Party, one: Judged) -> str:
    """What leads from a name to what is done to it, or said of it: a preposition, or the case of what follows."""
    sentence, place = one.candidate.sentence, party.words[1] + 1
    if place >= len(sentence.words):
        return ""
    word, verb = sentence.words[place].lower, sentence.verb(one.candidate.head)
    word = "zu" if word in _TO else word
    if verb == "vorwerfen":
        return "object" if word in _OBJECT or sentence.tags[place] in {"NOUN", "PROPN"} else ""
    if verb in _CHARGES and word in _GENITIVE:
        return "genitive"
    return word if word in _LINKS else ""


def _is_second(party: Party, sentence: Sentence) -> bool:
    """Whether a name stands behind "and", and not as one of a list: "between Israel and Hamas", nor as a subject."""
    place = party.words[0] - 1
    if sentence.words[place].lower in _ARTICLES:
        place -= 1
    if party.lead or sentence.words[place].lower not in JOINING:
        return False
    return not sentence.deps[sentence.phrase(party)].startswith("nsubj")
