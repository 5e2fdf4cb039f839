"""What a change can reach: who may choose another event because a group came, went, or says something else now.

All distances are those of `timeline.fitting` and `joining`: a dated report chooses among dated groups a day away and
among undated ones up to LATE days, an undated one within LATE days to both sides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from processors.database.stored_mentions import StoredMention
from processors.events.joining import Place, are_related, is_whole, participants
from processors.events.timeline import CORE, LATE, day_of

_DATED = "op"
_Days = set[int]  # ordinals


class Nearby:
    """The reach of changes of one type. `groups` are the groups that changed; `moved` the mentions that are in
    another group now: they choose anew themselves, but nobody chooses by what lacks a side."""

    def __init__(self, type_: str, groups: Iterable[Place], moved: Mapping[str, set[date]]) -> None:
        self.exact: dict[str, _Days] = defaultdict(set)
        self.vague: dict[str, _Days] = defaultdict(set)
        for signature, key in groups:
            if key[0] != "n" and is_whole(type_, signature):
                day = day_of(key)
                self.exact[signature] |= set(_days(day, 1 if key[0] in _DATED else LATE, 1))
                self.vague[signature] |= set(_days(day, LATE, LATE))
        self.moved = {name: {day.toordinal() for day in days} for name, days in moved.items()}
        self._by_participant: dict[str, list[str]] = defaultdict(list)
        for signature in self.vague:
            for name in participants(signature):
                self._by_participant[name].append(signature)
        self._asked: dict[str, tuple[_Days, _Days]] = {}

    @property
    def days(self) -> _Days:
        """The days on which anything chooses anew."""
        return set().union(*self.vague.values(), *self.moved.values())

    def concerns_group(self, place: Place) -> bool:
        """Whether a group may follow another one now."""
        day = day_of(place[1])
        return day in self._choosing(place[0])[place[1][0] not in _DATED]

    def concerns(self, stored: StoredMention) -> bool:
        """Whether a mention that lacks a side may choose another event now."""
        return stored.day.toordinal() in self._choosing(stored.signature)[not stored.is_dated]

    def is_moved(self, stored: StoredMention) -> bool:
        """Whether moved mentions of this signature and day are among those that choose anew."""
        return stored.day.toordinal() in self.moved.get(stored.signature, ())

    def is_asked(self, signature: str) -> bool:
        """Whether mentions or groups of a signature may choose anew."""
        return bool(self._choosing(signature)[1] or signature in self.moved)

    def _choosing(self, signature: str) -> tuple[_Days, _Days]:
        # The days on which dated and undated ones of a signature choose anew.
        if signature not in self._asked:
            exact: _Days = set()
            vague: _Days = set()
            touched = {other for name in participants(signature) for other in self._by_participant.get(name, ())}
            for other in touched:
                if other == signature or are_related(signature, other):
                    exact |= self.exact[other]
                    vague |= self.vague[other]
            self._asked[signature] = exact, vague
        return self._asked[signature]

    def asked_days(self, signature: str) -> _Days:
        """The days on which mentions or groups of a signature choose anew."""
        return self._choosing(signature)[1] | self.moved.get(signature, set())


def wide(days: Iterable[int]) -> _Days:
    """These days, and all days on which reports speak for or against what is told for them."""
    found: _Days = set()
    for day in days:
        found.update(range(day - LATE, day + LATE + CORE + 1))
    return found


def _days(day: int, before: int, after: int) -> range:
    return range(day - before, day + after + 1)
