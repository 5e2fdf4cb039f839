"""What became known of an event, in the order in which it was reported."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from processors.database.stored_mentions import StoredMention
from processors.records import Change

SOURCES_TOLD = (3, 10, 30, 100)  # a new count of sources is news at these
# A plan that is told once more so long after it was cancelled is a new plan, not the background of the cancellation.
REVIVED = timedelta(days=2)


def history_of(ordered: Sequence[StoredMention]) -> tuple[Change, ...]:
    """The changes that mentions in order of report bring: announced, occurred, denied, cancelled, disputed, a new
    participant, a round number of sources. What an article only looks back on is no change."""
    teller = _Teller()
    return tuple(change for mention in ordered for change in teller.changes(mention))


class _Teller:
    # What has been told so far.
    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.denied_at: datetime | None = None
        self.last_day: date | None = None  # on which it is said to have taken place
        self.participants: set[str] = set()
        self.originals: set[str] = set()
        self.sources: set[str] = set()

    def changes(self, stored: StoredMention) -> Iterator[Change]:
        said = stored.mention
        first = not self.originals
        kind = self._kind(stored)
        if kind and kind not in self.kinds:
            self.kinds.add(kind)
            yield _change(stored, kind, stored.status)
        new = [name for name in said.participants if name not in self.participants]
        self.participants.update(new)
        if not first and stored.status != "historical":
            for name in new:
                yield _change(stored, "participant", name)
        if stored.status != "historical":
            yield from self._sources(stored)

    def _kind(self, stored: StoredMention) -> str | None:
        status = stored.status
        if status == "negated":
            if is_of_later(stored, self.last_day):
                return None
            self.denied_at = stored.reported_at
            if "occurred" in self.kinds:
                return "disputed"
            return "cancelled" if "announced" in self.kinds else "denied"
        if status == "occurred":
            self.last_day = max(self.last_day or date.min, day_of(stored))
            return "occurred"
        # After it took place, "they will meet" is a late article or the next meeting, and no news of this one.
        if status != "planned" or "occurred" in self.kinds:
            return None
        if self.denied_at and stored.reported_at - self.denied_at > REVIVED:
            self.denied_at = None
            self.kinds.clear()  # planned anew: all this is told once more
        return "announced"

    def _sources(self, stored: StoredMention) -> Iterator[Change]:
        known = stored.original in self.originals or stored.source in self.sources
        self.originals.add(stored.original)
        if known:
            return
        self.sources.add(stored.source)
        if len(self.sources) in SOURCES_TOLD:
            yield _change(stored, "sources", str(len(self.sources)))


def day_of(stored: StoredMention) -> date:
    """The day that a mention says, else the day of its report."""
    return stored.mention.event_date or stored.reported_at.date()


def is_of_later(denial: StoredMention, took_place: date | None) -> bool:
    """Whether a denial is of another event than what took place by that day: "the talks planned for Tuesday are off"
    says nothing against those of Monday."""
    named = denial.mention.event_date if denial.mention.date_precision == "day" else None
    return took_place is not None and named is not None and named > took_place


def _change(stored: StoredMention, kind: str, value: str) -> Change:
    said = stored.mention
    return Change(stored.reported_at, kind, value, stored.source, said.article_id, said.sentence)
