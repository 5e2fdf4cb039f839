"""Status by rule, in the manner of ConText: cue words with direction, reach and terminators, all from the lexicon."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from processors.coder.lexicon import Cue, Government, Lexicon
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

    def present(self, words: Sequence[Word]) -> list[tuple[int, _Pattern]]:
        """All cues of a sentence, with the places of their first words."""
        out = []
        for place, word in enumerate(words):
            for pattern in self._first.get(word.lower or word.text, ()):
                pseudo = is_pseudo(words, place, self._government) or _is_month(words, place)
                if _stands(pattern, words, place) and not pseudo:
                    out.append((place, pattern))
        return out

    def on(self, present: Sequence[tuple[int, _Pattern]], words: Sequence[Word], trigger: Sequence[int]) -> list[Hit]:
        """The cues that reach a trigger, nearest first."""
        hits, first, last = [], trigger[0], trigger[-1]
        for place, pattern in present:
            distance = place - first if place < first else max(0, place - last) if place > last else 0
            direction = pattern.cue.direction
            if (direction == "after" and place > last) or (direction == "before" and place < first):
                continue
            between = words[min(place, last) : max(place, first)]
            if abs(distance) <= pattern.cue.within and not any(word.lower in self._stops for word in between):
                hits.append(Hit(pattern.cue.status, " ".join(pattern.words), distance))
        return sorted(hits, key=lambda hit: abs(hit.distance))


def is_pseudo(words: Sequence[Word], place: int, rules: Government) -> bool:
    """Whether the word at `place` only seems to negate, ConText's pseudo-negation: "not only", "nicht mehr nur"."""
    if words[place].lower not in rules.negators:
        return False
    return any(word.lower in rules.only for word in words[place + 1 : place + 3])


# What stands before a month.
_BEFORE_MONTH = frozenset("in of on by since until till before after from to last next this early mid late".split())


def _is_month(words: Sequence[Word], place: int) -> bool:
    """Whether the word at `place` is the month of May and not the verb: "on May 3", "in May", "3 May"."""
    if words[place].text != "May":
        return False
    before, after = words[place - 1] if place else None, words[place + 1] if place + 1 < len(words) else None
    number = any(word is not None and word.text[0].isdigit() for word in (before, after))
    return number or (before is not None and before.lower in _BEFORE_MONTH)


def _stands(pattern: _Pattern, words: Sequence[Word], place: int) -> bool:
    if pattern.gap:
        rest = [word.lower for word in words[place + 1 : place + 20]]
        return all(word in rest for word in pattern.words[1:])
    forms = [word.lower or word.text for word in words[place : place + len(pattern.words)]]
    return tuple(forms) == pattern.words
