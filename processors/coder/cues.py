"""Status by rule, in the manner of ConText: cue words with direction, reach and terminators, all from the lexicon."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from processors.coder.lexicon import Cue, Lexicon
from processors.coder.negators import is_pseudo, spared
from processors.coder.triggers import Word


class Hit(NamedTuple):
    """A cue at work on a trigger: its status, its words, and how many words away it stands (negative: before)."""

    status: str
    words: str
    distance: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    cue: Cue
    words: tuple[str, ...]
    gap: bool


class Cues:
    """The compiled cues of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._first: dict[str, list[_Pattern]] = defaultdict(list)
        self._stops = frozenset(lexicon.terminators)
        self._government = lexicon.government
        for cue in lexicon.cues:
            for text in cue.words:
                words = tuple(word for word in text.lower().split() if word != "…")
                self._first[words[0]].append(_Pattern(cue, words, "…" in text))

    def present(self, words: Sequence[Word]) -> list[tuple[int, _Pattern, int]]:
        """All cues of a sentence, with the places of their first words and where the aside ends that they stand in, 0
        for none."""
        out = []
        for place, word in enumerate(words):
            for pattern in self._first.get(word.lower or word.text, ()):
                if _stands(pattern, words, place) and not self._is_idle(pattern, words, place):
                    out.append((place, pattern))
        asides = _asides(words) if out else []
        ends = (max((end for begin, end in asides if begin <= place < end), default=0) for place, _ in out)
        return [(place, pattern, end) for (place, pattern), end in zip(out, ends, strict=True)]

    def _is_idle(self, pattern: _Pattern, words: Sequence[Word], place: int) -> bool:
        """Whether a cue says nothing of what is around it: the month of May, "has not only", "no casualties"."""
        if _is_month(words, place) or spared(words, place, self._government):
            return True
        own = range(place, place + (1 if pattern.gap else len(pattern.words)))
        return any(is_pseudo(words, at, self._government) for at in own)

    def on(
        self, present: Sequence[tuple[int, _Pattern, int]], words: Sequence[Word], trigger: Sequence[int]
    ) -> list[Hit]:
        """The cues that reach a trigger, nearest first."""
        hits, first, last = [], trigger[0], trigger[-1]
        for place, pattern, aside in present:
            if place < aside <= first:
                continue
            distance = place - first if place < first else max(0, place - last) if place > last else 0
            direction = pattern.cue.direction
            if (direction == "after" and place > last) or (direction == "before" and place < first):
                continue
            between = words[min(place, last) : max(place, first)]
            if abs(distance) <= pattern.cue.within and not any(word.lower in self._stops for word in between):
                hits.append(Hit(pattern.cue.status, " ".join(pattern.words), distance))
        return sorted(hits, key=lambda hit: abs(hit.distance))


# What opens a clause that says something by the way of who is named before it.
_RELATIVES = frozenset({"which", "who", "whose", "whom"})
_BRACKETS = {"(": ")", "[": "]"}
_LONGEST = 40  # words of an aside


def _asides(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where asides begin and end: brackets, and relative clauses between commas. What they say of somebody does not
    reach on to what is said of him behind them."""
    out = []
    for place, word in enumerate(words):
        closing = _BRACKETS.get(word.text)
        if closing is None and word.text == "," and place + 1 < len(words) and words[place + 1].lower in _RELATIVES:
            closing = ","
        rest = range(place + 2, min(len(words), place + _LONGEST)) if closing else ()
        end = next((at for at in rest if words[at].text == closing), None)
        if end is not None:
            out.append((place, end))
    return out


# What stands before a month.
_BEFORE_MONTH = frozenset("in of on by since until till before after from to last next this early mid late".split())


def _is_month(words: Sequence[Word], place: int) -> bool:
    """Whether the word at `place` is the month of May and not the verb: "on May 3", "in May", "India's May strikes"."""
    if words[place].text != "May":
        return False
    before, after = words[place - 1] if place else None, words[place + 1] if place + 1 < len(words) else None
    number = any(word is not None and word.text[0].isdigit() for word in (before, after))
    return number or (before is not None and (before.lower in _BEFORE_MONTH or before.lower.endswith(("'s", "’s"))))


def _stands(pattern: _Pattern, words: Sequence[Word], place: int) -> bool:
    if pattern.gap:
        rest = [word.lower for word in words[place + 1 : place + 20]]
        return all(word in rest for word in pattern.words[1:])
    forms = [word.lower or word.text for word in words[place : place + len(pattern.words)]]
    return tuple(forms) == pattern.words
