"""What became known of an event, in the order in which it was reported."""

from collections.abc import Iterator, Sequence

from processors.database.stored_mentions import StoredMention
from processors.records import Change

SOURCES_TOLD = (3, 10, 30, 100)  # a new count of sources is news at these


def history_of(ordered: Sequence[StoredMention]) -> tuple[Change, ...]:
    """The changes that mentions in order of report bring: announced, occurred, denied, cancelled, disputed, a new
    participant, a round number of sources. What an article only looks back on is no change."""
    teller = _Teller()
    return tuple(change for mention in ordered for change in teller.changes(mention))


class _Teller:
    # What has been told so far.
    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.participants: set[str] = set()
        self.originals: set[str] = set()
        self.sources: set[str] = set()

    def changes(self, stored: StoredMention) -> Iterator[Change]:
        said = stored.mention
        first = not self.originals
        kind = self._kind(stored.status)
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

    def _kind(self, status: str) -> str | None:
        if status == "negated":
            if "occurred" in self.kinds:
                return "disputed"
            return "cancelled" if "announced" in self.kinds else "denied"
        if status == "occurred":
            return "occurred"
        # After it took place, "they will meet" is a late article or the next meeting, and no news of this one.
        return "announced" if status == "planned" and "occurred" not in self.kinds else None

    def _sources(self, stored: StoredMention) -> Iterator[Change]:
        if stored.original in self.originals or stored.source in self.sources:
            return
        self.originals.add(stored.original)
        self.sources.add(stored.source)
        if len(self.sources) in SOURCES_TOLD:
            yield _change(stored, "sources", str(len(self.sources)))


def _change(stored: StoredMention, kind: str, value: str) -> Change:
    said = stored.mention
    return Change(stored.reported_at, kind, value, stored.source, said.article_id, said.sentence)
