"""The mentions of one type around some days, read by participant: each stretch of the calendar once."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from processors.database import Connection
from processors.database.stored_mentions import StoredMention, ids_of_participants, read_mentions

_STRETCH = 8  # days looked up at once


class Shelf:
    """What one resolution reads of one type. Timelines must be placed before, and stay."""

    def __init__(self, connection: Connection, type_: str) -> None:
        self.connection, self.type = connection, type_
        self._looked_up: set[tuple[str, int]] = set()
        self._seen: set[str] = set()
        self._ids: dict[tuple[str, date], list[str]] = defaultdict(list)

    def take(self, days: Mapping[str, set[int]], wanted: Callable[[str, date], bool]) -> list[StoredMention]:
        """The mentions whose signature and day are `wanted`; `days` are those, as ordinals, on which mentions that
        name somebody can be."""
        self._look_up(days)
        ids = [id_ for (signature, day), ids in self._ids.items() if wanted(signature, day) for id_ in ids]
        return read_mentions(self.connection, ids)

    def _look_up(self, days: Mapping[str, set[int]]) -> None:
        names: dict[int, set[str]] = defaultdict(set)
        for name, ordinals in days.items():
            for number in {day // _STRETCH for day in ordinals}:
                if (name, number) not in self._looked_up:
                    names[number].add(name)
        for number, here in sorted(names.items()):
            self._looked_up.update((name, number) for name in here)
            near = _days(number)
            for id_, signature, day in sorted(ids_of_participants(self.connection, self.type, sorted(here), *near)):
                if id_ not in self._seen:
                    self._seen.add(id_)
                    self._ids[signature, day].append(id_)


def stretch(day: date) -> tuple[date, date]:
    """The first and the last day of the stretch of the calendar that a day is in: what is read is read by stretches, so
    that few queries do."""
    return _days(day.toordinal() // _STRETCH)


def _days(number: int) -> tuple[date, date]:
    first, last = max(number * _STRETCH, 1), min((number + 1) * _STRETCH - 1, date.max.toordinal())
    return date.fromordinal(first), date.fromordinal(last)
