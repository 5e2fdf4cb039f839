"""The mentions of one type and one set of participants, grouped into events along time.

Everything here looks only a bounded number of days around each mention (REACH), and at nothing but the mentions:
so the grouping does not depend on their order of arrival, and a new mention changes only what is near it.

Levels, each joining the ones before it where the days fit, else forming groups of its own:

    o  dated reports that it took place       p  dated plans, denials, speculation
    u  undated reports that it took place     c  undated plans, denials, speculation
    h  what articles look back on             n  mentions without any participant
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from processors.database.stored_mentions import StoredMention
from processors.events.evidence import Evidence
from processors.records import RECIPROCAL, hashed_id

# Days that a change can be felt in at the most: the sum of all the distances below, rounded up.
REACH = 60
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
_RUN_GAP = {"u": 3, "c": 4, "h": 4}  # days between reports of one undated event
_RUN_SPAN = {"u": 5, "c": 7, "h": 7}  # and the longest that they go on as one


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


def group_of(key: str, members: Iterable[StoredMention]) -> Group:
    """The group with this key, given its members; its evidence is what its core says: those of its very day, and for
    undated ones of its first days."""
    day = date.fromisoformat(key[1:])
    last = day if key[0] in "op" else day + timedelta(CORE)
    return Group(key, day, day.toordinal(), Evidence(m for m in members if day <= m.day <= last))


def said(key: str, members: Iterable[StoredMention]) -> dict[str, str]:
    """All that others go by of the group with this key: what its core says, and who says it."""
    return group_of(key, members).evidence.told


def timeline(mentions: Sequence[StoredMention]) -> dict[str, str]:
    """The key of each mention's group, by mention id. All mentions are of one type and signature."""
    if mentions and set(mentions[0].mention.participants) <= {"OTHER"}:
        return {m.mention.id: _anonymous(m) for m in mentions}
    line = _Line()
    news = [m for m in mentions if m.status != "historical"]
    line.add_dated("o", [m for m in news if m.is_dated and m.status == "occurred"])
    line.add_dated("p", [m for m in news if m.is_dated and m.status != "occurred"])
    line.add_undated("u", [m for m in news if not m.is_dated and m.status == "occurred"])
    line.add_undated("c", [m for m in news if not m.is_dated and m.status != "occurred"])
    line.add_undated("h", [m for m in mentions if m.status == "historical"])
    return line.keys


def _anonymous(stored: StoredMention) -> str:
    # Nobody is named: only the same place on the same day says that two articles speak of one event.
    place = stored.mention.place
    return "n" + (hashed_id(place, stored.day.isoformat()) if place else stored.original)


class _Line:
    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.groups: dict[int, list[Group]] = defaultdict(list)

    def add_dated(self, level: str, mentions: Sequence[StoredMention]) -> None:
        left = self._join(mentions)
        by_day: dict[date, list[StoredMention]] = defaultdict(list)
        for m in left:
            by_day[m.day].append(m)
        # Copies repeat each other's dates, right or wrong, whether or not they were recognised as copies.
        days = {day: group_of(f"{level}{day}", members) for day, members in by_day.items()}
        own = {day: group for day, group in days.items() if not _is_stray(day, days)}
        for day, members in by_day.items():
            near = [own[d] for d in (day, day - _DAY, day + _DAY) if d in own]
            for m in members:
                self.keys[m.mention.id] = best(m, near).key
        for group in own.values():
            self.groups[group.ordinal].append(group)

    def add_undated(self, level: str, mentions: Sequence[StoredMention]) -> None:
        left = self._join(mentions)
        runs: dict[date, list[StoredMention]] = defaultdict(list)
        days = {m.day for m in left}
        for m in left:
            runs[_run_start(m.day, days, _RUN_GAP[level], _RUN_SPAN[level])].append(m)
        for start, members in runs.items():
            key = f"{level}{start}"
            self.keys |= {m.mention.id: key for m in members}
            self.groups[start.toordinal()].append(group_of(key, members))

    def _join(self, mentions: Sequence[StoredMention]) -> list[StoredMention]:
        # Puts mentions into groups of the levels before; returns those that fit none.
        left = []
        for m in mentions:
            near = fitting(m, self.groups)
            if near:
                self.keys[m.mention.id] = best(m, near).key
            else:
                left.append(m)
        return left


_DAY = timedelta(1)


def _is_stray(day: date, days: Mapping[date, Group]) -> bool:
    return any(_absorbs(days, other, day) and not _stays(other, days) for other in (day - _DAY, day + _DAY))


def _stays(day: date, days: Mapping[date, Group]) -> bool:
    # Whether a day is itself pulled away, so that it cannot pull others.
    return any(_absorbs(days, other, day) for other in (day - _DAY, day + _DAY))


def _absorbs(days: Mapping[date, Group], big: date, small: date) -> bool:
    return big in days and is_misdated(days[small], days[big])


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


def _run_start(day: date, days: set[date], gap: int, span: int) -> date:
    """The first day of the run of reports that `day` is in: no day of it more than `gap` after the one before it.
    A run longer than `span` goes on in pieces of `span` days by the calendar, so that nobody has to look further back.
    """
    start = day
    while (start - day).days > -span:
        before = next((start - _DAY * n for n in range(1, gap + 1) if start - _DAY * n in days), None)
        if before is None:
            return start
        start = before
    first = day - _DAY * (day.toordinal() % span)
    return min((d for d in days if first <= d <= day), default=day)


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


def fitting(stored: StoredMention, groups: Mapping[int, Sequence[Group]]) -> list[Group]:
    """The groups, given by the ordinals of their days, that a mention may belong to by day, status and level."""
    return Reach(stored).of(groups)


class Reach:
    """Which groups a mention may belong to by day, status and level. One that does not name all sides (not `whole`)
    may know the date of what the others tell without one."""

    def __init__(self, stored: StoredMention, *, whole: bool = True) -> None:
        first, last, self.levels = _fit(stored)
        if not whole:
            self.levels, last = ("opu", LATE) if stored.is_dated else (self.levels, CORE)
        day = stored.day.toordinal()
        self.stored, self.days = stored, range(day + first, day + last + 1)

    def of(self, groups: Mapping[int, Sequence[Group]]) -> list[Group]:
        """Those among these groups, given by the ordinals of their days."""
        near = [group for day in self.days if day in groups for group in groups[day]]
        return [group for group in near if group.level in self.levels and _in_period(self.stored, group)]


def _fit(stored: StoredMention) -> tuple[int, int, str]:
    # How many days before or after the mention's day the event may be, and on which levels.
    status = stored.status
    if status == "historical":
        if stored.is_dated:
            return -1, 1, "opu"
        return (-_BACK, -_FRESH, "ou") if stored.mention.event_date is None else (-_RUN_SPAN["u"], 31, "ou")
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
