"""What is only named as the background of something else: "trotz Waffenruhe", "despite sanctions", "facing US tariffs".

The parties of the main clause do not take part in it for being named beside it.
"""

from processors.coder.analysis import Party, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import opener

_KINDS = frozenset({"ceasefire", "sanctions"})
_DESPITE = frozenset("despite trotz ungeachtet".split())
# Whom it weighs upon is the subject of the main clause.
_FACING = frozenset("facing amid angesichts".split())
_BY = frozenset({("hit", "by"), ("threatened", "by"), ("faced", "with"), ("confronted", "with")})
_WITHIN_NOUN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PUNCT", "PART"})
_WITH = frozenset("with between against on of mit zwischen gegen".split())
_NEAR = 5  # words before the trigger


def leave_backdrop(one: Judged) -> None:
    """Takes the roles in what is mere background from those who are named in the main clause only."""
    candidate = one.candidate
    sentence, trigger = candidate.sentence, candidate.found.words
    if candidate.found.rule.type not in _KINDS or not sentence.parsed or len(trigger) > 1:
        return
    place = _opening(sentence, trigger[0])
    told = any(up == trigger[0] and sentence.deps[p].startswith("acl") for p, up in enumerate(sentence.heads))
    if place is None or told or _fight_each_other(one):
        return
    own = [party for party in sentence.parties if _is_within(sentence, party, place, trigger[0])]
    names = {name for party in own for name in party.ids}
    if sentence.words[place].lower not in _DESPITE and names:
        names.update(_subject(sentence, place, trigger[0]))
    elif names and all(opener(sentence, party.first) not in {"between", "zwischen"} for party in own):
        return
    one.bar(one.roles.keys() - names)


def _fight_each_other(one: Judged) -> bool:
    """Whether a ceasefire is that of two who are named together and fire at each other: "A and B trade fire despite
    truce"."""
    sentence = one.candidate.sentence
    pairs = [party.first for party in sentence.parties if party.first is not party]
    names = {name for party in sentence.parties if party.first in pairs for name in party.ids}
    everybody = {name for party in sentence.parties for name in party.ids}
    return one.candidate.found.rule.type == "ceasefire" and len(names) == 2 and names == everybody


def _opening(sentence: Sentence, noun: int) -> int | None:
    """The place of the word that makes a noun, with what stands before it, mere background."""
    for place in range(noun - 1, max(-1, noun - 1 - _NEAR), -1):
        word = sentence.words[place].lower
        before = sentence.words[place - 1].lower if place else ""
        if word in _DESPITE or word in _FACING or (before, word) in _BY:
            return place
        if sentence.tags[place] not in _WITHIN_NOUN:
            return None
    return None


def _is_within(sentence: Sentence, party: Party, begin: int, noun: int) -> bool:
    """Whether a party stands in the phrase of the background."""
    if begin < party.words[0] <= noun:
        return True
    first = party.first
    behind = first.words[0] > noun and opener(sentence, first) in _WITH
    return behind and sentence.way_up(first.head, [noun]) is not None


def _subject(sentence: Sentence, begin: int, noun: int) -> tuple[str, ...]:
    """Who is named first outside the background, where a sentence begins with it behind its comma."""
    after = next((p for p in range(noun, len(sentence.words)) if sentence.words[p].text == ","), noun)
    first = min((p for p in sentence.parties if p.words[1] < begin), key=lambda p: p.words, default=None)
    first = first or min((p for p in sentence.parties if p.words[0] > after), key=lambda p: p.words, default=None)
    return first.ids if first else ()
