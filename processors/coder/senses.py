"""What only sounds like an event: nouns of words that tell one as a verb, the charge that somebody denies, the right
that somebody claims for himself, the accord that runs out, questions, two who "trafen sich"."""

from processors.coder.government import DENIES
from processors.coder.judged import Judged

_VERBS_ONLY = frozenset({"target", "decline"})
_RUNS_OUT = frozenset("expire lapse auslaufen ablaufen".split())
_VOICES = frozenset({"express", "voice"})
_RIGHT = frozenset({"right", "recht"})
_ONESELF = frozenset("it we they he she es wir sie er man".split())
_ASKS = frozenset({"about", "whether", "if", "how", "why"})
_PRESS = frozenset("reporter reporters journalist journalists broadcaster newspaper television".split())
_EACH_OTHER = frozenset({"sich", "einander"})


def drop_senses(one: Judged) -> None:
    """Drops a candidate that the parse tells to be none of these."""
    if one.candidate.sentence.parsed and any(is_other(one) for is_other in _OTHERS):
        one.chance = 0.0


def _is_mere_noun(one: Judged) -> bool:
    """Whether a word that tells something as a verb is a noun: "strikes on rebel targets", "the gallery's decline"."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    if len(words) > 1 or sentence.words[words[0]].lemma not in _VERBS_ONLY:
        return False
    # Some parses have a headline's verb as a noun that hangs on nothing.
    return sentence.tags[words[0]] == "NOUN" and sentence.heads[words[0]] != words[0]


def _is_each_other(one: Judged) -> bool:
    """Whether the German verb for hitting tells of two who meet: "trafen sich"."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    if one.candidate.found.rule.type != "attack" or sentence.words[verb].lemma != "treffen":
        return False
    return any(up == verb and sentence.words[at].lower in _EACH_OTHER for at, up in enumerate(sentence.heads))


def _is_denied_charge(one: Judged) -> bool:
    """Whether an accusation is only the noun for what somebody denies ("which denies the charge") or regrets."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    if one.candidate.found.rule.type != "accusation" or sentence.tags[top] != "NOUN":
        return False
    over = sentence.heads[top]
    if sentence.words[top].lower == "regret":
        return sentence.words[over].lemma in _VOICES  # an apology, of nobody's doing but one's own
    return sentence.deps[top] == "obj" and sentence.verb(over) in DENIES


def _is_over(one: Judged) -> bool:
    """Whether an agreement only runs out: "the treaty expired"."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    runs_out = sentence.verb(sentence.heads[top]) in _RUNS_OUT and sentence.deps[top].startswith("nsubj")
    return one.candidate.found.rule.type == "agreement" and runs_out


def _is_own_right(one: Judged) -> bool:
    """Whether support is the right to defend oneself that somebody has by his own word: "it had a right to ..."."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "support" or not any(sentence.words[at].lemma in _RIGHT for at in words):
        return False
    verb = sentence.governor(next(at for at in words if sentence.words[at].lemma in _RIGHT))
    has = {verb, sentence.heads[verb]}
    subjects = [at for at, up in enumerate(sentence.heads) if up in has and sentence.deps[at] == "nsubj"]
    return any(sentence.tags[at] == "PRON" and sentence.words[at].lower in _ONESELF for at in subjects)


def _is_question(one: Judged) -> bool:
    """Whether "asked" tells of a question: "asked by reporters whether", "asked about the talks"."""
    words, (first, *_) = one.candidate.sentence.words, one.candidate.found.words
    if one.candidate.found.rule.type != "demand" or words[first].lower != "asked":
        return False
    behind = [word.lower for word in words[first + 1 : first + 5]]
    return bool(behind) and (behind[0] in _ASKS or (behind[0] == "by" and not _PRESS.isdisjoint(behind)))


_OTHERS = (_is_question, _is_mere_noun, _is_each_other, _is_denied_charge, _is_own_right, _is_over)
