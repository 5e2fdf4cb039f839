"""What besides participants and date speaks for or against two mentions being about one event: topics, people,
place, words."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from processors.database.mentions import StoredMention

_WORD = re.compile(r"[^\W\d_]{5,}|\d[\d.,]*")
# How much each kind of agreement says; found by the generated month with a seed that is not the measured one.
_TOPICS, _PERSONS, _PLACE, _WORDS = 1.0, 1.0, 1.0, 1.5
_WEIGHT = 0.6  # of the number of reports, as its logarithm: a lone mention more probably belongs to the big event


@lru_cache(maxsize=20_000)
def words(sentence: str) -> frozenset[str]:
    """The words and numbers of a sentence that can tell events apart: five letters or more, without case."""
    return frozenset(word.casefold() for word in _WORD.findall(sentence))


class Evidence:
    """What the mentions at the core of an event say of it, counted over texts that are no copies."""

    def __init__(self, mentions: Iterable[StoredMention]) -> None:
        told = {m.mention.sentence: m for m in sorted(mentions, key=lambda m: m.mention.id, reverse=True)}
        self.reports = len(told)
        self.topics: Counter[str] = Counter()
        self.persons: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        for m in told.values():
            self.topics.update(set(m.mention.topics))
            self.persons.update(set(m.mention.persons))
            self.places.update([m.mention.place] if m.mention.place else [])
            self.words.update(words(m.mention.sentence))

    def support(self, stored: StoredMention) -> float:
        """How much the mention agrees with these: 0 where neither says anything, negative where they differ."""
        said = stored.mention
        place = (said.place,) if said.place else ()
        return (
            _TOPICS * _agreement(said.topics, self.topics)
            + _PERSONS * _agreement(said.persons, self.persons)
            + _PLACE * _agreement(place, self.places)
            + _WORDS * _shared(words(said.sentence), self.words, self.reports)
            + _WEIGHT * math.log1p(self.reports)
        )


def _agreement(said: Iterable[str], counts: Counter[str]) -> float:
    # From -0.5 (both speak, of different things) to 1 (what all of them say too).
    names = set(said)
    if not names or not counts:
        return 0.0
    best = max(counts[name] for name in names)
    return best / max(counts.values()) if best else -0.5


def _shared(said: frozenset[str], counts: Counter[str], reports: int) -> float:
    # The share of the mention's words that others use too; a word of every report says no more than one of a few.
    if not said or not reports:
        return 0.0
    return sum(1 for word in said if counts[word]) / len(said)
