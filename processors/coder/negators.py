"""Words that seem to negate what stands around them and do not: "not only", "no casualties"; and those that do so
without a "not": "almost", "no evidence that"."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from processors.coder.lexicon import Government

if TYPE_CHECKING:
    from processors.coder.analysis import Sentence
    from processors.coder.triggers import Word

_PHRASE = 4  # words of the longest phrase before which a negator does not negate
# How what there is no evidence of hangs on it, or on its verb; how words within that hang together.
_TOLD = frozenset({"acl", "ccomp", "csubj", "advcl", "nmod", "obl", "dep"})
_WITHIN = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "xcomp", "ccomp", "conj", "compound", "amod", "appos"})
_REACH = 3  # words from "no" to "evidence", and from there to "that"


def is_pseudo(words: Sequence["Word"], place: int, rules: Government) -> bool:
    """Whether the word at `place` only seems to negate, ConText's pseudo-negation: "not only", "nicht mehr nur",
    "nicht zum ersten Mal"."""
    if words[place].lower not in rules.negators:
        return False
    if any(word.lower in rules.only for word in words[place + 1 : place + 3]):
        return True
    after = [word.lower for word in words[place + 1 : place + 1 + _PHRASE]]
    return any(" " in phrase and after[: len(parts := phrase.split())] == parts for phrase in rules.only)


def spared(words: Sequence["Word"], place: int, rules: Government) -> list[int]:
    """The places of the harm of which the word at `place` says that it was done to nobody: "no reports of casualties",
    "nobody was killed or hurt"."""
    out: list[int] = []
    if words[place].lower in rules.spares:
        for at in range(place + 1, len(words)):
            if words[at].lower in rules.harm:
                out.append(at)
            elif words[at].lower not in rules.between:
                break
    return out


def never_was(sentence: "Sentence", trigger: Sequence[int], rules: Government) -> bool:
    """Whether the words around a trigger say that it came to nothing, "almost attacked", or that nothing tells of it,
    "no evidence that Iran attacked"."""
    return any(_is_almost(sentence, place, rules) for place in trigger) or _is_unproven(sentence, trigger, rules)


def _is_almost(sentence: "Sentence", verb: int, rules: Government) -> bool:
    if not sentence.parsed or sentence.tags[verb] != "VERB" or sentence.words[verb].lemma in rules.by_degrees:
        return False
    words = [word.lower for word in sentence.words]
    if not rules.unreal:
        # English: right before the verb, or its "been".
        end = verb - 1 if words[verb - 1] in {"been", "being"} else verb
        return any(words[max(0, end - len(phrase)) : end] == phrase for phrase in _phrases(rules))
    clause = [place for place in range(len(words)) if sentence.clause[place] == sentence.clause[verb]]
    if not any(words[place] in rules.unreal and sentence.heads[place] == verb for place in clause):
        return False
    return any(
        words[place : place + len(phrase)] == phrase and sentence.tags[place + len(phrase)] not in {"NUM", "ADJ", "ADV"}
        for place in clause
        if place < verb
        for phrase in _phrases(rules)
    )


def _phrases(rules: Government) -> Iterator[list[str]]:
    return (phrase.split() for phrase in rules.almost)


def _is_unproven(sentence: "Sentence", trigger: Sequence[int], rules: Government) -> bool:
    """Whether a trigger is what there is no evidence of, by the parse and the word that leads there."""
    words = [word.lower for word in sentence.words]
    for place in range(len(words)) if sentence.parsed else ():
        if words[place] not in rules.evidence or rules.no_evidence.isdisjoint(words[max(0, place - _REACH) : place]):
            continue
        top = sentence.top(trigger)
        way = sentence.way_up(top, {place, sentence.heads[place]})
        if not way or sentence.deps[way[-1]] not in _TOLD or any(sentence.deps[one] not in _WITHIN for one in way[:-1]):
            continue
        if place < top and not rules.evident.isdisjoint(words[place + 1 : place + 1 + _REACH]):
            return True
        before = range(max(0, way[-1] - _REACH), way[-1])
        if top < place and any(words[one] in rules.evident and sentence.heads[one] == way[-1] for one in before):
            return True
    return False
