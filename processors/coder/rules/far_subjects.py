"""Who does something though another verb has the subject ("called for calm and offered talks", "prompting Moscow to
vow retaliation"), and who is made to leave ("the envoy was given 48 hours to leave Bamako")."""

from processors.coder.analysis import Party, Sentence
from processors.coder.attribution import VERBAL
from processors.coder.judged import Judged
from processors.coder.rules.subjects import is_passive, subjects_of
from processors.records import RECIPROCAL

_AND = frozenset({"and", "und", "sowie"})
_DEADLINE = frozenset({"hours", "days", "weeks"})
_TOLD_IN = frozenset({"in", "aus"})
_BEFORE = 3  # words from a deadline to "leave"
_NEXT = 2  # words from a verb to its object, with an article between
_LIKELY = 0.5
# What is done to those whom the verb before has accused, warned or attacked.
_ALIKE = frozenset({"diplomatic_break", "sanctions", "arms_delivery_pause", "demand", "threat"})
_PROMPTS = frozenset("prompt lead force push drive cause compel provoke spur".split())


def turn_joined(one: Judged) -> None:
    """Makes actors of the subject of the verb that a candidate's verb is joined to ("called for calm and offered
    talks"), and recipients of those who were taken for the actors instead."""
    sentence, found = one.candidate.sentence, one.candidate.found
    if found.rule.type not in VERBAL or not sentence.parsed or one.must or one.passive:
        return
    verb = sentence.top(found.words)
    doing = _joined(verb, one)
    if not doing or any(one.roles[name]["actor"] >= _LIKELY for name in doing & one.roles.keys()):
        return
    one.turn(doing, "actor")
    one.turn(one.roles.keys() - doing, "recipient")


def name_told(one: Judged) -> None:
    """Makes the actor of a German "man" of whose capital it is where that is said: "In Kabul hieß es, man lehne das
    ab"."""
    sentence, words = one.candidate.sentence, one.candidate.sentence.words
    told = next((at for at, word in enumerate(words) if word.lower == "man" and sentence.parsed), None)
    if told is None or sentence.heads[told] not in one.candidate.found.words:
        return
    for party in sentence.parties:
        behind = [word.lower for word in words[party.words[1] + 1 : party.words[1] + 3]]
        if party.words[0] == 1 and behind == ["hieß", "es"] and words[0].lower in _TOLD_IN:
            one.turn({name for name, odds in one.roles.items() if odds["actor"] >= _LIKELY} - {*party.ids}, "recipient")
            one.give(party.ids, "actor")


def _joined(verb: int, one: Judged) -> set[str]:
    """The subject of the verb before that one is joined to, where it has none of its own."""
    sentence = one.candidate.sentence
    above = _verb_before(verb, one)
    if above is None:
        return set()
    link = next((place for place in range(verb - 1, above, -1) if sentence.words[place].lower in _AND), None)
    own = any(sentence.deps[child].startswith("nsubj") for child in sentence.children()[verb])
    # "Blocked a draft tabled by A and backed by B" tells of no backing by who blocked it.
    by = "by" in (word.lower for word in sentence.words[above : verb + 2])
    if link is None or own or by:
        return set()
    if any(link < party.words[0] < verb for party in sentence.parties):
        return set()
    return subjects_of(above, one)


def _verb_before(verb: int, one: Judged) -> int | None:
    """The verb before one that it is joined to, both of them active."""
    sentence = one.candidate.sentence
    above = sentence.heads[verb]
    if sentence.deps[verb] != "conj" or above > verb or {sentence.tags[verb], sentence.tags[above]} != {"VERB"}:
        return None
    if any(sentence.words[at].lower == "to" and sentence.deps[at] == "mark" for at in sentence.children()[above]):
        return None  # "appealed to A and B to lay down arms and return": an infinitive has no subject
    return None if is_passive(verb, one) or is_passive(above, one) else above


def share_object(one: Judged) -> None:
    """Makes recipients of the object of the verb that a candidate's verb is joined to, where it names nobody itself:
    "accused Kigali of arming rebels and cut ties" cuts those with Kigali, not with the rebels."""
    sentence, found = one.candidate.sentence, one.candidate.found
    verb = sentence.top(found.words) if sentence.parsed else 0
    if found.rule.type not in _ALIKE or not sentence.parsed:
        return
    above = _verb_before(verb, one)
    if above is None or any(
        sentence.governor(party.head) == verb or party.words[0] > verb for party in sentence.parties
    ):
        return
    met = [party for party in sentence.parties if sentence.heads[sentence.phrase(party.first)] == above]
    objects = {
        name for party in met if sentence.deps[sentence.phrase(party.first)] in {"obj", "iobj"} for name in party.ids
    }
    if objects & one.roles.keys() and not objects & sentence.subject(above):
        wrong = {name for name, odds in one.roles.items() if odds["recipient"] >= _LIKELY} - objects
        one.bar(wrong)
        one.give(objects, "recipient")


def turn_prompted(one: Judged) -> None:
    """Makes the actor of who is prompted, led or forced to do something, and recipients of those who were taken for
    the actors instead."""
    sentence, found = one.candidate.sentence, one.candidate.found
    if found.rule.type in RECIPROCAL or not sentence.parsed:
        return
    near = range(found.words[0] - 1, max(-1, found.words[0] - 1 - _NEXT), -1)  # "to vow retaliation"
    to = next((place for place in near if sentence.words[place].lower == "to"), 0)
    prompted = next((party for party in sentence.parties if party.words[1] == to - 1), None)
    if prompted is None or not _PROMPTS.intersection(_before(prompted, sentence)):
        return
    wrong = {name for name, odds in one.roles.items() if odds["actor"] >= _LIKELY}.difference(prompted.ids)
    one.turn(wrong, "recipient")
    one.give(prompted.ids, "actor")


def _before(party: Party, sentence: Sentence) -> set[str]:
    """The lemmas of the words right before a name or the list that it ends."""
    first = party.first.words[0]
    return {word.lemma for word in sentence.words[max(0, first - _NEXT) : first]}


def turn_expelled(one: Judged) -> None:
    """Makes the actor of whose country somebody has "48 hours to leave", and recipients of those who are to."""
    sentence, words = one.candidate.sentence, one.candidate.sentence.words
    leave = next((place for place in one.candidate.found.words if words[place].lower == "leave"), 0)
    if one.candidate.found.rule.type != "diplomatic_break" or not leave:
        return
    if not _DEADLINE.intersection(word.lower for word in words[max(0, leave - _BEFORE) : leave]):
        return
    country = next((party for party in sentence.parties if 0 < party.words[0] - leave <= _NEXT), None)
    if country is None:
        return
    one.turn(country.ids, "actor")
    one.turn({name for party in sentence.parties for name in party.ids}.difference(country.ids), "recipient")
