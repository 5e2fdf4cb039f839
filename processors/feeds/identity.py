"""Which entry is which: by GUID, else by canonical address, else by title and text.

Some feeds give several entries one GUID, or use one again for other news later; their entries are told apart by GUID
and address together. Without GUIDs, several entries of one address are told apart by their titles.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from processors.database.entries import KnownEntry
from processors.feeds.dates import repaired
from processors.feeds.documents import ParsedEntry
from processors.fetch.urls import canonical_url
from processors.records import Entry, hashed_id

_WORD = re.compile(r"\w{4,}")
_REDATED = 0.25  # share of a document's entries from which new dates mean nothing
_SAME_STORY = 0.3  # share of common words from which two titles with one GUID are one story, rewritten


def identities(feed_id: str, parsed: Sequence[ParsedEntry]) -> list[tuple[str, str]]:
    """For each entry its id, and the id it has where its GUID turns out to be used for something else."""
    guids = Counter(entry.guid for entry in parsed if entry.guid)
    # One entry that a document holds twice is not two: titles count, not entries.
    pages = Counter(page for page, _ in {(_address(entry), entry.title) for entry in parsed if not entry.guid})
    return [
        _identity(feed_id, entry, guids[entry.guid] == 1 if entry.guid else pages[_address(entry)] == 1)
        for entry in parsed
    ]


def _address(entry: ParsedEntry) -> str:
    return canonical_url(entry.url) if entry.url else ""


def _identity(feed_id: str, entry: ParsedEntry, is_unique: bool) -> tuple[str, str]:
    address = _address(entry)
    if entry.guid:
        both = hashed_id(feed_id, "guid", entry.guid, address or entry.title)
        return (hashed_id(feed_id, "guid", entry.guid) if is_unique else both), both
    if not address:
        only = hashed_id(feed_id, "text", entry.title, entry.summary)
    else:  # the parts of a live page have its address, which ends in "#part-1"
        only = hashed_id(feed_id, "url", address) if is_unique else hashed_id(feed_id, "url", address, entry.title)
    return only, only


def content_hash(entry: ParsedEntry) -> str:
    """A hash of what a reader would see change."""
    return hashed_id(entry.title, entry.summary, entry.content or "", entry.author or "")


def recognise(
    feed_id: str, parsed: Sequence[ParsedEntry], known: Mapping[str, KnownEntry], seen: datetime
) -> tuple[list[tuple[Entry, str]], list[tuple[Entry, str]]]:
    """The entries that are new, and those that are known and changed (their text, or their date alone where few have a
    new one), each with its content hash.

    `known` holds the stored entries among all ids of `identities`.
    """
    new: dict[str, tuple[Entry, str]] = {}
    changed: dict[str, tuple[Entry, str]] = {}
    redated: dict[str, tuple[Entry, str]] = {}
    for entry, (first, second) in zip(parsed, identities(feed_id, parsed), strict=True):
        key = second if first in known and _is_another(known[first], entry) else first
        digest = content_hash(entry)
        if key not in known:
            new.setdefault(key, (_record(key, feed_id, entry, seen), digest))
        elif known[key].content_hash != digest:
            changed[key] = (_record(key, feed_id, entry, known[key].first_seen_at), digest)
        elif _is_redated(known[key], entry, seen):
            redated[key] = (_record(key, feed_id, entry, known[key].first_seen_at), digest)
    # A later date says that the page was updated, unless the feed gives new dates to everything all the time.
    if len(redated) <= _REDATED * len(known):
        changed |= redated
    return list(new.values()), list(changed.values())


def _is_redated(known: KnownEntry, entry: ParsedEntry, seen: datetime) -> bool:
    return bool(known.published_at and entry.published_at and known.published_at < entry.published_at <= seen)


def _is_another(known: KnownEntry, entry: ParsedEntry) -> bool:
    if not entry.url or not known.url or canonical_url(entry.url) == known.url:
        return False
    mine, theirs = (set(_WORD.findall(title.lower())) for title in (entry.title, known.title))
    return len(mine & theirs) < _SAME_STORY * max(min(len(mine), len(theirs)), 1)


def _record(key: str, feed_id: str, entry: ParsedEntry, seen: datetime) -> Entry:
    return Entry(
        id=key,
        feed_id=feed_id,
        guid=entry.guid,
        url=canonical_url(entry.url) if entry.url else None,
        title=entry.title,
        summary=entry.summary,
        content=entry.content,
        author=entry.author,
        language=entry.language,
        published_at=repaired(entry.published_at, seen),
        first_seen_at=seen,
    )
