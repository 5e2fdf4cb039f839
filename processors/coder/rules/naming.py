"""What somebody says of another's words or step is none of his own: who "backed the appeal" or "calls the invitation
unserious" neither appeals nor invites, who calls a step "a normal adjustment" or "claims capture" of a town accuses
nobody, and that something "had to respect the country's territorial integrity" supports nobody. Those "by" whom what
somebody condemns was done are condemned."""

from collections.abc import Iterator

from processors.coder.analysis import VERBS, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import opener, owners

# Verbs whose object is another's, and the nouns for what he has said; with these articles it is what was told before.
_TAKES_UP = frozenset(
    "back support endorse ignore dismiss call describe reject rebuff mock deride ridicule welcome praise criticise "
    "criticize condemn denounce term brand label shrug brush consider unterstützen ignorieren ablehnen zurückweisen "
    "nennen bezeichnen begrüßen abtun verspotten kritisieren".split()
)
_NOUNS = frozenset(
    "appeal call demand proposal invitation offer request threat warning ultimatum "
    "appell aufruf forderung vorschlag einladung angebot bitte drohung warnung".split()
)
_SAID = frozenset({"demand", "peace_call", "negotiation_offer", "threat"})
_KNOWN = frozenset("the this that der die das den diesen diese dieses".split())
# Verbs of naming, and by what words they blame nobody; what is only described.
_NAMES = frozenset("call describe regard term label nennen bezeichnen".split())
_MILD = frozenset(
    "normal routine internal temporary technical ordinary domestic bilateral sovereign defensive adjustment formality "
    "precaution relief standard expected overdue preliminary interim misunderstanding mishap coincidence "
    "intern vorübergehend technisch gewöhnlich üblich routinemäßig erwartet überfällig missverständnis "
    "vorsichtsmaßnahme formsache erleichterung".split()
)
_STATES = frozenset(
    "situation condition conditions atmosphere mood talk talks meeting conversation conversations discussion "
    "discussions lage zustand zustände atmosphäre stimmung gespräch gespräche treffen".split()
)
_IDLE = frozenset("call describe regard term label it this that as nennen bezeichnen als".split())
_CONDEMNS = frozenset("condemn denounce deplore decry criticise criticize censure slam blast".split())
_CRITICISED = frozenset({"in der kritik", "in die kritik"})
_ABOUT = frozenset({"wegen", "für", "nach"})
_ENDS = frozenset(".!?:;,–—|")
_INTEGRITY = frozenset("integrity sovereignty integrität souveränität".split())
_NO_SUPPORT = frozenset(
    "respect violate undermine threaten breach infringe lose challenge achten respektieren verletzen bedrohen".split()
)


def drop_named(one: Judged) -> None:
    """Drops a candidate that is only what somebody says of another's words or step."""
    if one.candidate.sentence.parsed and any(is_no_event(one) for is_no_event in _OTHERS):
        one.chance = 0.0


def name_criticised(one: Judged) -> None:
    """Makes the recipient of who is named before "in der Kritik" behind no preposition; nobody is what it is about."""
    sentence, head = one.candidate.sentence, one.candidate.head
    told = " ".join(word.lower for word in sentence.words[max(0, head - 2) : head + 1])
    if one.candidate.found.rule.type != "accusation" or told not in _CRITICISED:
        return
    begin = sentence.begin(head, _ENDS)
    near = [party for party in sentence.parties if begin <= party.words[0] < head and not opener(sentence, party.first)]
    about = [party for party in sentence.parties if opener(sentence, party.first) in _ABOUT]
    if near:
        one.bar(sentence.only(about))
        one.give({name for party in near for name in party.ids}, "recipient")


def name_condemned(one: Judged) -> None:
    """Makes recipients of those "by" whom was done what is condemned: "condemning atrocities by the RSF"."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type != "accusation" or not sentence.parsed:
        return
    for party in sentence.parties:
        noun = sentence.heads[sentence.phrase(party.first)]
        if sentence.tags[noun] != "NOUN" or opener(sentence, party.first) != "by" or noun > party.words[0]:
            continue
        over = {noun, sentence.heads[noun], *(at for at, up in enumerate(sentence.heads) if up == noun and at < noun)}
        condemns = any(sentence.words[at].lemma in _CONDEMNS for at in over.intersection(one.candidate.found.words))
        if condemns or noun in one.candidate.found.words:
            one.give(party.ids, "recipient")


def _is_of_another(one: Judged) -> bool:
    """Whether a candidate is the noun for what was told before, the object of who takes it up: "backed the appeal"."""
    sentence, head = one.candidate.sentence, one.candidate.head
    if one.candidate.found.rule.type not in _SAID or sentence.words[head].lemma.lower() not in _NOUNS:
        return False
    if sentence.tags[head] != "NOUN" or owners(sentence, head):
        return False
    below = sentence.under(head)
    if all(sentence.words[at].lower not in _KNOWN for at in below):
        return False
    verb = next(_over(head, sentence), None)
    return verb is not None and (sentence.verb(verb) in _TAKES_UP or sentence.words[verb].lemma in _TAKES_UP)


def _over(noun: int, sentence: Sentence) -> Iterator[int]:
    """The verb whose object a noun is; some parses have it as a part of what the object is called."""
    if sentence.deps[noun] == "compound":
        noun = sentence.heads[noun]
    above = sentence.heads[noun]
    if sentence.deps[noun] in {"obj", "ccomp", "xcomp", "nsubj", "nsubj:pass"} and sentence.tags[above] in VERBS:
        yield above


def _is_mild(one: Judged) -> bool:
    """Whether an accusation is only a verb of naming, by which a step is called what blames nobody, or a situation
    described."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "accusation" or not sentence.words:
        return False
    if not all(sentence.words[at].lemma in _IDLE or sentence.words[at].lower in _IDLE for at in trigger):
        return False
    verb = next((at for at in trigger if sentence.words[at].lemma in _NAMES), None)
    if verb is None:
        return False
    below = sentence.under(verb, "obj")
    if any(sentence.words[at].lemma.lower() in _STATES or sentence.words[at].lower in _STATES for at in below):
        return True
    end = next(
        (at for at in range(verb, len(sentence.words)) if sentence.words[at].text in ".;!?"), len(sentence.words)
    )
    return any(word.lemma.lower() in _MILD or word.lower in _MILD for word in sentence.words[verb + 1 : end])


def _is_claimed(one: Judged) -> bool:
    """Whether an accusation is only the verb for what somebody says to have done or to have: "claims capture of"."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "accusation" or len(trigger) > 1 or sentence.tags[trigger[0]] != "VERB":
        return False
    objects = any(up == trigger[0] and sentence.deps[at] == "obj" for at, up in enumerate(sentence.heads))
    return sentence.words[trigger[0]].lemma == "claim" and objects


def _is_integrity(one: Judged) -> bool:
    """Whether support is only the word for what somebody respects or violates."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "support":
        return False
    noun = next((at for at in trigger if sentence.words[at].lower in _INTEGRITY), None)
    return noun is not None and sentence.words[sentence.governor(noun)].lemma in _NO_SUPPORT


def _is_being(one: Judged) -> bool:
    """Whether a threat is only what somebody is: "Israel is a threat to the region"."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "threat" or len(trigger) > 1 or sentence.tags[trigger[0]] != "NOUN":
        return False
    return any(up == trigger[0] and sentence.deps[at] == "cop" for at, up in enumerate(sentence.heads))


_OTHERS = (_is_of_another, _is_mild, _is_claimed, _is_being, _is_integrity)
