"""Dates of relative clauses: in "lifted the sanctions that Obama imposed in 2011" the year dates what Obama did, and in
"reopened the crossing it had shut in 2023" the shutting."""

from collections.abc import Sequence
from datetime import date

from processors.coder.analysis import VERBS, Sentence
from processors.coder.dates import is_past, standing
from processors.coder.days import MONTH_NAMES, WEEKDAYS
from processors.coder.judged import Judged

_NAMES = MONTH_NAMES | WEEKDAYS
_NOUNS = frozenset({"NOUN", "PROPN"})
_RELATIVES = frozenset("that which who der die das".split())


def dated_text(sentence: Sentence, trigger: Sequence[int]) -> str:
    """A sentence without the days, months and years of relative clauses that the trigger stands outside of and is not
    the noun of; places in it stay as they are."""
    text = sentence.text
    for place in _dates(sentence, trigger) if sentence.parsed else ():
        word = sentence.words[place]
        begin, end = word.start - sentence.start, word.end - sentence.start
        text = text[:begin] + "_" * (end - begin) + text[end:]
    return text


def _dates(sentence: Sentence, trigger: Sequence[int]) -> list[int]:
    verbs = [
        at
        for at, label in enumerate(sentence.deps)
        if label.startswith("acl") or (label == "ccomp" and _is_of_noun(sentence, at))
        if _is_clause(sentence, at, trigger)
    ]
    if not verbs:
        return []
    dated = [at for at, word in enumerate(sentence.words) if word.text.isdigit() or word.lower in _NAMES]
    return [at for at in dated if not set(verbs).isdisjoint(sentence.above(at))]


def _is_of_noun(sentence: Sentence, verb: int) -> bool:
    """Whether a "that" right behind a noun opens a clause: some parses hang it on the verb."""
    marks = sentence.under(verb, "mark")
    return any(at and sentence.words[at].lower == "that" and sentence.tags[at - 1] in _NOUNS for at in marks)


def _is_clause(sentence: Sentence, verb: int, trigger: Sequence[int]) -> bool:
    """Whether a verb is that of a relative clause, with a subject of its own, that tells nothing of the trigger."""
    top = sentence.top(trigger)
    if sentence.tags[verb] not in VERBS or verb in trigger or verb in sentence.above(top):
        return False
    noun = sentence.heads[verb]
    subjects = {
        sentence.words[at].lower
        for at, up in enumerate(sentence.heads)
        if up == verb and sentence.deps[at].startswith("nsubj")
    }
    if sentence.tags[top] not in VERBS:
        # In "sanctions over the war that were imposed in January" some parses have the war imposed.
        passive = "Voice=Pass" in sentence.morphs[verb]
        below = passive and top in sentence.above(noun) and not subjects.isdisjoint(_RELATIVES)
        if noun == top or below:
            return False
    return bool(subjects)


def keep_to_clause(one: Judged, language: str, today: date | None) -> None:
    """Takes the chance of being history from a candidate that only the date of a relative clause makes one."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if not sentence.parsed or one.likeliest != "historical":
        return
    text = dated_text(sentence, trigger)
    if text == sentence.text:
        return
    near, past = sentence.words[trigger[0]].start - sentence.start, is_past(sentence, trigger[0])
    if standing(text, near, language, today, past) != "historical":
        one.move("historical", "occurred")
