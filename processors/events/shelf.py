"""The mentions of one type around some days, read by signature: each stretch of the calendar once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from processors.database import Connection
from processors.database.stored_mentions import (
    StoredMention,
    outlines_of_signatures,
    read_mentions,
    signatures_of_type,
)
from processors.events.joining import Place, are_related, is_whole, participants, within
from processors.events.timeline import LEVELS, day_of

_STRETCH = 8  # days looked up at once


class Shelf:
    """What one resolution reads of one type. Timelines must be placed before, and stay."""

    def __init__(self, connection: Connection, type_: str) -> None:
        self.connection, self.type = connection, type_
        self._whole: dict[str, set[str]] = defaultdict(set)  # signatures by participant
        self._looked_up: set[tuple[str, int]] = set()
        self._ids: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._groups: dict[str, dict[int, dict[str, dict[str, str | None]]]] = defaultdict(dict)

    def find(self, days: Collection[int]) -> set[str]:
        """The signatures of the mentions from the first to the last of these days, given as ordinals; none without
        days."""
        if not days:
            return set()
        found = signatures_of_type(self.connection, self.type, *_dates(min(days), max(days)))
        for signature in found:
            if is_whole(self.type, signature):
                for name in participants(signature):
                    self._whole[name].add(signature)
        return found

    def groups_of(self, signature: str) -> list[str]:
        """Those found that name somebody on every side, and all whom a signature names, or some of them and nobody
        else: where its mentions or groups may go."""
        near = [self._whole[name] for name in participants(signature)]
        if not is_whole(self.type, signature):
            return [other for other in min(near, key=len, default=()) if within(signature, other)]
        return [other for other in set().union(*near) if other == signature or are_related(signature, other)]

    def look_up(self, days: Mapping[str, Iterable[int]]) -> None:
        """Finds which mentions of these signatures there are on these days, given as ordinals."""
        names: dict[int, set[str]] = defaultdict(set)
        for signature, ordinals in days.items():
            for number in {day // _STRETCH for day in ordinals}:
                if (signature, number) not in self._looked_up:
                    names[number].add(signature)
        for number, here in sorted(names.items()):
            self._looked_up.update((signature, number) for signature in here)
            for row in outlines_of_signatures(self.connection, self.type, sorted(here), *_days(number)):
                self._put(*row)

    def _put(self, id_: str, signature: str, timeline: str | None, day: date, cluster: str | None) -> None:
        if not is_whole(self.type, signature):
            self._ids[signature][day.toordinal()].add(id_)
        elif timeline and timeline[0] in LEVELS:
            here = self._groups[signature].setdefault(day_of(timeline), {})
            here.setdefault(timeline, {})[id_] = cluster

    def take(self, days: Mapping[str, Iterable[int]]) -> list[StoredMention]:
        """Those looked up of these signatures, which lack a side, and days, given as ordinals."""
        known = [(self._ids[signature], of) for signature, of in sorted(days.items()) if signature in self._ids]
        ids = [id_ for here, of in known for day in sorted(here.keys() & of) for id_ in sorted(here[day])]
        return read_mentions(self.connection, ids)

    def groups(self, signature: str, days: Iterable[int]) -> Iterator[tuple[str, dict[str, str | None]]]:
        """The groups looked up of a signature that names somebody on every side, and days, given as ordinals: the key
        of each, and its members' ids with their stored clusters."""
        here = self._groups.get(signature, {})
        for day in days:
            yield from here.get(day, {}).items()

    def take_groups(self, places: Iterable[Place]) -> list[StoredMention]:
        """The members of these groups."""
        found = [self._groups[signature][day_of(key)][key] for signature, key in sorted(places)]
        return read_mentions(self.connection, [id_ for members in found for id_ in sorted(members)])


def stretch(day: date) -> tuple[date, date]:
    """The first and the last day of the stretch of the calendar that a day is in: what is read is read by stretches, so
    that few queries do."""
    return _days(day.toordinal() // _STRETCH)


def _days(number: int) -> tuple[date, date]:
    return _dates(number * _STRETCH, (number + 1) * _STRETCH - 1)


def _dates(first: int, last: int) -> tuple[date, date]:
    most = date.max.toordinal()
    return date.fromordinal(min(max(first, 1), most)), date.fromordinal(min(last, most))
