"""The mentions of one type and one set of participants, grouped into events along time.

Everything here looks only a bounded number of days around each mention (REACH), and at nothing but the mentions:
so the grouping does not depend on their order of arrival, and a new mention changes only what is near it.

Levels, each joining the ones before it where the days fit, else forming groups of its own:

    o  dated reports that it took place       p  dated plans, denials, speculation
    u  undated reports that it took place     c  undated plans, denials, speculation
    h  what articles look back on             n  mentions without any participant

Nothing is grouped before somebody asks for it, so that a change costs no more than what it reaches (`regrouping`).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from processors.database.stored_mentions import StoredMention
from processors.events.evidence import Evidence
from processors.records import RECIPROCAL, hashed_id

LEVELS, DATED = "opuch", "op"
_BEFORE = {"o": "", "p": "o", "u": "op", "c": "opu", "h": "opu"}  # a level's mentions join these first
# Days that a change can be felt in at the most: the sum of all the distances below, rounded up.
REACH = 60
NEAR = 10  # and days that suffice for most
# Of an event's reports this share gives the day before, and as many the day after; and so often the same sides do the
# same on a neighbouring day. (A tenth of the dates is off by a day; the second is put low, since two records of one
# event are worse than one of two.)
_SLIP, _AGAIN = 0.07, 0.015
_SLIP_MOST = 0.4  # no more than two and this share of the busier day's reports are misdated, whatever they say
LATE = 4  # days after which an event is still told as news
AHEAD = 7  # days that an undated plan may lie ahead of its event
_BACK = 30  # days that an undated look back reaches
_FRESH = 3  # what is no older than this is news, however it is told
CORE = 3  # days from a group's day on in which reports count as its core
# What distance in time counts against a mention, as the logarithm of a likelihood: one day for a dated report (about
# one in seven is off); each day, up to two, for one without a date.
_OFF, _AWAY, _AWAY_MOST = 2.0, 0.8, 2
RUN_GAP = {"u": 3, "c": 4, "h": 4}  # days between reports of one undated event
RUN_SPAN = {"u": 5, "c": 7, "h": 7}  # and the longest that they go on as one


@dataclass(frozen=True, slots=True)
class Group:
    """One event among the mentions of a signature. `key` is its level and day."""

    key: str
    day: date
    ordinal: int
    evidence: Evidence

    @property
    def level(self) -> str:
        """One of o, p, u, c, h, n."""
        return self.key[0]


@lru_cache(maxsize=10_000)
def day_of(key: str) -> int:
    """The day (an ordinal) of the group with this key; one of mentions that name nobody (level n) has none."""
    return date.fromisoformat(key[1:]).toordinal()


def group_of(key: str, members: Iterable[StoredMention]) -> Group:
    """The group with this key, given its members; its evidence is what its core says: those of its very day, and for
    undated ones of its first days."""
    day = date.fromordinal(day_of(key))
    last = day if key[0] in "op" else day + timedelta(CORE)
    return Group(key, day, day_of(key), Evidence(m for m in members if day <= m.day <= last))


def said(key: str, members: Iterable[StoredMention]) -> dict[str, str]:
    """All that others go by of the group with this key: what its core says, and who says it."""
    return group_of(key, members).evidence.told


def level_of(stored: StoredMention) -> str:
    """The level that a mention is grouped on."""
    if stored.status == "historical":
        return "h"
    return ("o" if stored.is_dated else "u") if stored.status == "occurred" else ("p" if stored.is_dated else "c")


def is_anonymous(stored: StoredMention) -> bool:
    """Whether a mention names nobody."""
    return set(stored.mention.participants) <= {"OTHER"}


def anonymous_key(stored: StoredMention) -> str:
    """The key of a mention that names nobody: only the same place on the same day says that two articles speak of one
    event."""
    place = stored.mention.place
    return "n" + (hashed_id(place, stored.day.isoformat()) if place else stored.original)


class Beyond(Exception):
    """What was asked for depends on mentions that are not there."""


class Line:
    """Some mentions of one type and signature along time. `known` are the days (as ordinals) of which all mentions are
    there, and None stands for all; what looks beyond them raises Beyond. What is looked back on is always there. A line
    that is much `like` another one takes over its groups of the same mentions, with what was counted of them."""

    def __init__(
        self, mentions: Iterable[StoredMention], known: range | None = None, like: "Line | None" = None
    ) -> None:
        self.known = known
        self._built: dict[tuple[str, ...], Group] = like._built if like else {}
        self.mentions: dict[str, dict[int, list[StoredMention]]] = {level: defaultdict(list) for level in LEVELS}
        for m in mentions:
            self.mentions[level_of(m)][m.day.toordinal()].append(m)
        self._left: dict[tuple[str, int], list[StoredMention]] = {}
        self._told: dict[tuple[str, int], Group | None] = {}
        self._groups: dict[tuple[str, int], Group | None] = {}
        self._reach: dict[str, Reach] = {}
        self._absorbed: dict[tuple[str, int, int], bool] = {}

    def key(self, stored: StoredMention) -> str:
        """The key of a mention's group."""
        joined = self._joined(stored)
        if joined:
            return joined.key
        level, day = level_of(stored), stored.day.toordinal()
        if level not in DATED:
            return _key(level, self.start(level, day))
        near = [group for near in (day - 1, day, day + 1) if (group := self.group(level, near))]
        return best(stored, near).key

    def left(self, level: str, day: int) -> list[StoredMention]:
        """The mentions of a level and day that fit no group of the levels before."""
        if (level, day) not in self._left:
            if self.known is not None and day not in self.known and level != "h":
                raise Beyond
            here = self.mentions[level].get(day, ())
            self._left[level, day] = [m for m in here if self._joined(m) is None]
        return self._left[level, day]

    def group(self, level: str, day: int) -> Group | None:
        """The group of this level and day, if there is one."""
        if (level, day) not in self._groups:
            if level in DATED:
                found = self._day(level, day)
                if found and self._is_stray(level, day):
                    found = None
            else:
                days = [d for d in range(day, day + RUN_SPAN[level]) if self.left(level, d)]
                members = [m for d in days if self.start(level, d) == day for m in self.left(level, d)]
                found = self._of(_key(level, day), members) if members else None
            self._groups[level, day] = found
        return self._groups[level, day]

    def start(self, level: str, day: int) -> int:
        """The first day of the run of reports that `day` is in: no day of it more than a gap after the one before it.
        A run longer than its span goes on in pieces of this span by the calendar, so that nobody has to look further
        back."""
        start, span = day, RUN_SPAN[level]
        while start - day > -span:
            before = next((d for d in range(start - 1, start - RUN_GAP[level] - 1, -1) if self.left(level, d)), None)
            if before is None:
                return start
            start = before
        return next((d for d in range(day - day % span, day) if self.left(level, d)), day)

    def reach(self, stored: StoredMention) -> "Reach":
        """Which groups a mention may belong to."""
        id_ = stored.mention.id
        if id_ not in self._reach:
            self._reach[id_] = Reach(stored)
        return self._reach[id_]

    def _joined(self, stored: StoredMention) -> Group | None:
        # The group of the levels before that a mention belongs to.
        levels = _BEFORE[level_of(stored)]
        if not levels:
            return None
        reach = self.reach(stored)
        near = [group for day in reach.days for level in levels if (group := self.group(level, day))]
        fitting = [group for group in near if reach.fits(group)]
        return best(stored, fitting) if fitting else None

    def _day(self, level: str, day: int) -> Group | None:
        # What is told for a day. Copies repeat each other's dates, right or wrong, whether or not they were recognised.
        if (level, day) not in self._told:
            members = self.left(level, day)
            self._told[level, day] = self._of(_key(level, day), members) if members else None
        return self._told[level, day]

    def _of(self, key: str, members: Sequence[StoredMention]) -> Group:
        place = (key, *(m.mention.id for m in members))
        if place not in self._built:
            self._built[place] = group_of(key, members)
        return self._built[place]

    def _is_stray(self, level: str, day: int) -> bool:
        return any(self._absorbs(level, near, day) and not self._is_pulled(level, near) for near in (day - 1, day + 1))

    def _is_pulled(self, level: str, day: int) -> bool:
        # Whether a day is itself pulled away, so that it cannot pull others.
        return any(self._absorbs(level, near, day) for near in (day - 1, day + 1))

    def _absorbs(self, level: str, big: int, small: int) -> bool:
        if (level, big, small) not in self._absorbed:
            one, other = self._day(level, small), self._day(level, big)
            self._absorbed[level, big, small] = one is not None and other is not None and is_misdated(one, other)
        return self._absorbed[level, big, small]


def _key(level: str, day: int) -> str:
    return f"{level}{date.fromordinal(day)}"


def is_misdated(small: Group, big: Group) -> bool:
    """Whether what is told for one day is more probably the next day's event, misdated: by how many reports there are
    (against a Poisson distribution of slips), and by what they say."""
    less, more = small.evidence.reports, big.evidence.reports
    if not more or (more, small.day) <= (less, big.day) or less > 2 + _SLIP_MOST * more:
        return False
    expected = _SLIP * more
    slips = less * math.log(expected) - expected - math.lgamma(less + 1)
    another = math.log(_AGAIN / (less + 1))  # a second event, which most probably has few reports
    return slips + small.evidence.agreement(big.evidence) > another


def best(stored: StoredMention, groups: Sequence[Group]) -> Group:
    """The group that a mention belongs to most probably: by closeness in time and by evidence."""
    if len(groups) == 1:
        return groups[0]
    return max(groups, key=lambda group: (score(stored, group), group.key))


def score(stored: StoredMention, group: Group) -> float:
    """How probably a mention belongs to a group, as a logarithm, for comparison with other groups."""
    away = abs((group.day - stored.day).days)
    if not stored.is_dated:
        against = _AWAY * min(away, _AWAY_MOST)
    elif group.level in "op":
        against = _OFF * min(away, 1)
    else:  # the group does not know its day
        against = _OFF / 2
    return group.evidence.support(stored) - against


class Reach:
    """Which groups a mention may belong to, by day, status and level. One that does not name all sides (not `whole`)
    may know the date of what the others tell without one."""

    def __init__(self, stored: StoredMention, *, whole: bool = True) -> None:
        first, last, self.levels = _fit(stored)
        if not whole:
            self.levels, last = ("opu", LATE) if stored.is_dated else (self.levels, CORE)
        day = stored.day.toordinal()
        self.stored, self.days = stored, range(day + first, day + last + 1)

    def fits(self, group: Group) -> bool:
        """Whether a group on one of these days is among them."""
        return group.level in self.levels and _in_period(self.stored, group)


def _fit(stored: StoredMention) -> tuple[int, int, str]:
    # How many days before or after the mention's day the event may be, and on which levels.
    status = stored.status
    if status == "historical":
        if stored.is_dated:
            return -1, 1, "opu"
        return (-_BACK, -_FRESH, "ou") if stored.mention.event_date is None else (-RUN_SPAN["u"], 31, "ou")
    if stored.is_dated:
        return -1, 1, "op"
    # A plan of something that two do together may be for the next time; other plans are told late like all news.
    again = stored.mention.type in RECIPROCAL
    return {
        "occurred": (-LATE, 1, "opu"),
        "planned": (-1 if again else -LATE, AHEAD, "opuc"),
        "hypothetical": (-LATE, AHEAD, "opuc"),
        "negated": (-LATE, LATE, "opuc"),
    }[status]


def _in_period(stored: StoredMention, group: Group) -> bool:
    # Whether a group's day is in the day, week or month that the mention names.
    named, precision, day = stored.mention.event_date, stored.mention.date_precision, group.day
    if named is None or precision == "unknown" or (precision == "day" and not stored.is_dated):
        # Of two undated reports either may be the late one.
        return group.level != "o" or stored.status != "occurred" or (day - stored.day).days <= 1
    if precision == "day":
        return group.level == "u" or abs((day - stored.day).days) <= 1
    if precision == "week":
        return named.isocalendar()[:2] == day.isocalendar()[:2]
    return named.year == day.year and (precision == "year" or named.month == day.month)
