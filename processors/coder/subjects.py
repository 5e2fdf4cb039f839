"""Subjects that are no actors: who has to do something, and whom a passive names.

"Sudan's army must stop fighting, he said" asks the army, and who says so is the one who asks; "Hungary was asked to
pay" asks Hungary. The learned layer, which sees few such sentences, often takes the subject for the actor.
"""

from processors.coder.analysis import Party
from processors.coder.attribution import speaker
from processors.coder.judged import Judged
from processors.coder.lexicon import Lexicon
from processors.records import RECIPROCAL

_ASKING = frozenset({"demand", "peace_call"})
_MUST = frozenset(
    "must should ought muss müssen müsse müssten müsste sollen sollten sollte darf dürfen dürfe dürften".split()
)
_WITHIN = frozenset({"conj", "flat"})  # further down in a subject
_ASKS = 0.9
_PASSIVE = frozenset("was were been being is are be got gets wurde wurden worden wird werden".split())
# Who is sent or withdrawn does it: "Russian troops were sent to the border".
_DONE_BY_SUBJECT = RECIPROCAL | {"mobilization", "troop_withdrawal", "protest"}


def oblige(one: Judged, lexicon: Lexicon) -> None:
    """Changes the roles of a candidate that says what somebody has to do; nothing where its subject is no party."""
    found, sentence = one.candidate.found, one.candidate.sentence
    if found.rule.type not in _ASKING or not sentence.parsed:
        return
    words = enumerate(sentence.words)
    modal = next((place for place, word in words if word.lower in _MUST and _is_its(place, one)), None)
    if modal is None:
        return
    asked = _subjects(sentence.heads[modal] if sentence.deps[modal] == "aux" else modal, one)
    if not asked:
        return
    one.must = sentence.words[modal].text
    _is_done_to(asked, one)
    asks = speaker(one.candidate, lexicon)
    for name in (set(asks.ids) if asks else set()) - asked:
        if name in one.roles:
            one.roles[name] = {**dict.fromkeys(one.roles[name], 0.0), "actor": max(_ASKS, one.roles[name]["actor"])}


def turn_passive(one: Judged) -> None:
    """Makes recipients of the parties that are the subject of a candidate's verb in the passive.

    Of twenty annotated events of such verbs whose subject is a party, it is the recipient in all.
    """
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type in _DONE_BY_SUBJECT or not sentence.parsed:
        return
    verb = next((place for place in one.candidate.found.words if _is_passive(place, one)), None)
    if verb is not None and (suffering := _subjects(verb, one)):
        one.passive = sentence.words[verb].text
        _is_done_to(suffering, one)


def _is_done_to(names: set[str], one: Judged) -> None:
    for name in names & one.roles.keys():
        odds = one.roles[name]
        one.roles[name] = {**odds, "actor": 0.0, "recipient": odds["actor"] + odds["recipient"]}


def _is_its(modal: int, one: Judged) -> bool:
    # Whether a word like "must" is among a candidate's, or is with a verb that is.
    sentence, words = one.candidate.sentence, one.candidate.found.words
    return modal in words or (sentence.deps[modal] == "aux" and sentence.heads[modal] in words)


def _is_passive(place: int, one: Judged) -> bool:
    sentence = one.candidate.sentence
    if sentence.tags[place] != "VERB" or "VerbForm=Part" not in sentence.morphs[place]:
        return False
    helpers = {
        sentence.words[child].lower for child in sentence.children()[place] if sentence.deps[child].startswith("aux")
    }
    return not (_PASSIVE.isdisjoint(helpers) or sentence.words[place].lower.endswith("ing"))


def _subjects(verb: int, one: Judged) -> set[str]:
    """Who is named as the subject of a verb."""
    return {name for party in one.candidate.sentence.parties if _is_subject(party, verb, one) for name in party.ids}


def _is_subject(party: Party, verb: int, one: Judged) -> bool:
    sentence, place = one.candidate.sentence, party.words[1]
    if any(word.text == ":" for word in sentence.words[place:verb]):
        return False
    while sentence.deps[place] in _WITHIN and sentence.heads[place] < place:
        place = sentence.heads[place]
    return sentence.deps[place].startswith("nsubj") and sentence.heads[place] == verb
