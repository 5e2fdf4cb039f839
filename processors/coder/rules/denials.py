"""What a German verb denies of itself, wherever its "nicht" stands ("lehnt den Vorschlag nicht ab", "verurteilte den
Angriff nicht"); what somebody denies to have done ("stritt ab, Polen angegriffen zu haben"), or his part in; and what
he only meant to do, with the modal verb last ("der mit ihm telefonieren wollte")."""

from processors.coder.judged import Judged
from processors.coder.lexicon import Government
from processors.coder.negators import is_pseudo

_SAID = frozenset({"rejection", "accusation", "support", "demand", "peace_call"})
_NOT = frozenset({"nicht", "nie", "niemals"})
# Refusals by verbs of which "nicht" takes them back; "will nicht verzichten" is one itself.
_REFUSES = frozenset(
    "ablehnen zurückweisen abweisen verwerfen verweigern weigern sträuben blockieren bestreiten dementieren "
    "widersprechen".split()
)
# Behind "nicht" these make another sense; in a clause with these it is only supposed.
_IDLE = frozenset("zuletzt weniger minder ohne".split())
_SUPPOSED = frozenset("wenn falls sofern solange sollte sollten ob bevor".split())
_DENIES = frozenset("bestreiten abstreiten dementieren leugnen verneinen".split())
_TURNS_DOWN = _DENIES | {"zurückweisen"}
_PART = frozenset("beteiligung verwicklung mitwirkung verantwortung urheberschaft".split())
_DENIED = frozenset({"obj", "xcomp", "ccomp"})
_IN = frozenset("an am für in".split())
_MEANT = frozenset({"wollen", "sollen"})
_ENDS = frozenset(".!?,;:–—")


def keep_to_denial(one: Judged, rules: Government) -> None:
    """Gives a candidate that only words do the status negated, where its own verb has a "nicht"."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type not in _SAID or one.likeliest != "occurred" or not sentence.parsed:
        return
    verb, words = sentence.top(trigger), sentence.words
    clause = [at for at in range(len(words)) if sentence.clause[at] == sentence.clause[verb]]
    if one.candidate.found.rule.type == "rejection" and sentence.verb(verb) not in _REFUSES:
        return
    if sentence.tags[verb] != "VERB" or any(words[at].lower in _SUPPOSED for at in clause):
        return
    if any(words[at].lower in _NOT and _denies(at, verb, one, rules) for at in clause):
        one.settle("negated")


def _denies(place: int, verb: int, one: Judged, rules: Government) -> bool:
    """Whether a "nicht" is a verb's own: under it in the parse, right before its particle or the end of its clause."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if place in trigger or place + 1 >= len(sentence.words) or is_pseudo(sentence.words, place, rules):
        return False
    behind = sentence.words[place + 1]
    phrase = sentence.tags[place + 1] in {"DET", "ADP"} and sentence.deps[place + 1] != "compound:prt"
    if behind.lower in _IDLE or (phrase and any(word.lower == "sondern" for word in sentence.words[place:])):
        return False
    particle = sentence.heads[place + 1] == verb and sentence.deps[place + 1] == "compound:prt"
    return sentence.heads[place] == verb or particle or (place > verb and behind.text in _ENDS)


def keep_to_disowned(one: Judged) -> None:
    """Gives what somebody denies, or denies his part in, the status negated."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    if not sentence.parsed or one.candidate.found.rule.type in _SAID | {"threat", "negotiation_offer"}:
        return
    verb = sentence.heads[top]
    part = next((at for at in range(verb, top) if sentence.words[at].lower in _PART), None)
    if part is not None and part == verb:
        verb = sentence.heads[part]
    elif part is None and sentence.deps[top] not in _DENIED:
        return
    if part is not None and _IN.isdisjoint(word.lower for word in sentence.words[part + 1 : part + 2]):
        return
    undone = any(up == verb and sentence.words[at].lower in _NOT for at, up in enumerate(sentence.heads))
    if verb != top and not undone and sentence.verb(verb) in (_DENIES if part is None else _TURNS_DOWN):
        one.settle("negated")


def keep_to_intent(one: Judged) -> None:
    """Gives an infinitive under a modal verb that stands right behind it the status planned, where it would have
    occurred."""
    sentence, verb = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    if not sentence.parsed or "VerbForm=Inf" not in sentence.morphs[verb] or verb + 1 >= len(sentence.words):
        return
    if sentence.words[verb + 1].lemma in _MEANT and sentence.tags[verb + 1] == "AUX":
        one.move("occurred", "planned")
