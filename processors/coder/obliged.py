"""Who has to do something, where somebody says so: "Sudan's army must stop fighting, he said" asks the army.

The subject of such a verb is who is asked, and who says so is the one who asks; the learned layer, which sees few such
sentences, often takes the subject for the actor.
"""

from processors.coder.analysis import Party
from processors.coder.details import speaker
from processors.coder.judged import Judged
from processors.coder.lexicon import Lexicon

_TYPES = frozenset({"demand", "peace_call"})
_MUST = frozenset(
    "must should ought muss müssen müsse müssten müsste sollen sollten sollte darf dürfen dürfe dürften".split()
)
_WITHIN = frozenset({"conj", "flat"})  # further down in a subject
_ASKS = 0.9


def oblige(one: Judged, lexicon: Lexicon) -> None:
    """Changes the roles of a candidate that says what somebody has to do; nothing where its subject is no party."""
    found, sentence = one.candidate.found, one.candidate.sentence
    if found.rule.type not in _TYPES or not sentence.parsed:
        return
    words = enumerate(sentence.words)
    modal = next((place for place, word in words if word.lower in _MUST and _is_its(place, one)), None)
    if modal is None:
        return
    verb = sentence.heads[modal] if sentence.deps[modal] == "aux" else modal
    asked = {name for party in sentence.parties if _is_subject(party, verb, one) for name in party.ids}
    if not asked:
        return
    one.must = sentence.words[modal].text
    for name in asked & one.roles.keys():
        odds = one.roles[name]
        one.roles[name] = {**odds, "actor": 0.0, "recipient": odds["actor"] + odds["recipient"]}
    asks = speaker(one.candidate, lexicon)
    for name in (set(asks.ids) if asks else set()) - asked:
        if name in one.roles:
            one.roles[name] = {**dict.fromkeys(one.roles[name], 0.0), "actor": max(_ASKS, one.roles[name]["actor"])}


def _is_its(modal: int, one: Judged) -> bool:
    # Whether a word like "must" is among a candidate's, or is with a verb that is.
    sentence, words = one.candidate.sentence, one.candidate.found.words
    return modal in words or (sentence.deps[modal] == "aux" and sentence.heads[modal] in words)


def _is_subject(party: Party, verb: int, one: Judged) -> bool:
    sentence, place = one.candidate.sentence, party.words[1]
    if any(word.text == ":" for word in sentence.words[place:verb]):
        return False
    while sentence.deps[place] in _WITHIN and sentence.heads[place] < place:
        place = sentence.heads[place]
    return sentence.deps[place] == "nsubj" and sentence.heads[place] == verb
