"""What besides participants and date speaks for or against two mentions being about one event: topics, people,
place, words.

Each is weighed as the logarithm of a likelihood ratio (naive Bayes): how much more often the event's reports say it
than any other's would, with few reports smoothed towards saying nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from processors.database.mentions import StoredMention

_WORD = re.compile(r"[^\W\d_]{5,}|\d[\d.,]*")
P = [(.25,8.),(6.,3.),(.25,4.),(2.,5.)]
W = 0.4
_WORDS = 1.5  # words of a sentence depend on each other: together they count as so many


@lru_cache(maxsize=20_000)
def words(sentence: str) -> frozenset[str]:
    """The words and numbers of a sentence that can tell events apart: five letters or more, without case."""
    return frozenset(word.casefold() for word in _WORD.findall(sentence))


class Evidence:
    """What the mentions at the core of an event say of it, counted over texts that are no copies."""

    def __init__(self, mentions: Iterable[StoredMention]) -> None:
        self.told = {m.mention.sentence: m for m in sorted(mentions, key=lambda m: m.mention.id, reverse=True)}
        self.reports = len(self.told)
        self.counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
        self.stating = [0, 0, 0]
        self.words: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        for m in self.told.values():
            for n, names in enumerate(_said(m)):
                self.counts[n].update(names)
                self.stating[n] += bool(names)
            self.words.update(words(m.mention.sentence))
            self.languages[m.language] += 1

    def support(self, stored: StoredMention) -> float:
        """How much the mention agrees with the other ones here: 0 where either says nothing, negative where they
        differ."""
        mine = self.told.get(stored.mention.sentence)
        said = _said(mine) if mine else ((), (), ())
        total = 0.0
        for n, names in enumerate(_said(stored)):
            own = bool(said[n])
            for name in names:
                total += _ratio(self.counts[n][name] - (name in said[n]), self.stating[n] - own, *P[n]) / len(names)
        found = words(stored.mention.sentence)
        told = self.languages[stored.language] - bool(mine)
        if found and told:
            ratios = sum(_ratio(min(told, self.words[word] - bool(mine)), told, *P[3]) for word in found)
            total += _WORDS * ratios / len(found)
        return total

    def weight(self, stored):
        return W * math.log(max(self.reports - (stored.mention.sentence in self.told), 0) + 0.5)


def _said(stored: StoredMention) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    said = stored.mention
    return said.topics, said.persons, (said.place,) if said.place else ()


@lru_cache(maxsize=10000)
def _ratio(count: int, stating: int, doubt: float, choices: float) -> float:
    return math.log((count + doubt / choices) / (stating + doubt) * choices)
