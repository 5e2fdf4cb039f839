"""Articles into the database: with their near-copies, and with the work that follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from processors.articles.feed_text import has_full_text, is_full
from processors.articles.near_copies import WINDOW, is_same_article, original_of
from processors.database import Claim, Connection, Database, add_work, finish
from processors.database.articles import (
    candidates,
    copies_of,
    entry_addresses,
    insert_article,
    known_articles,
    load_articles,
    lock_fingerprints,
    make_copies,
    store_bands,
    stored_article,
    take_over,
    update_article,
)
from processors.database.entries import article_of, entries_of_article, link_article
from processors.database.failpoints import failpoint
from processors.fetch.urls import source_of
from processors.records import Article, Entry, hashed_id

Kind = Literal["new", "changed", "unchanged", "copies", "failed", "waiting"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one entry."""

    kind: Kind
    problem: str | None = None
    from_feed: bool = False


def store(database: Database, entry: Entry, article: Article, bands: Sequence[str], work: Claim) -> Outcome:
    """Stores `article` with its fingerprint and marks the work that follows, in one transaction.

    An entry that was read before keeps its article, wherever its page has moved.
    """
    with database.transaction() as connection:
        lock_fingerprints(connection)
        article = _identified(connection, entry, article)
        stands_in = article.text_from == "feed" and not has_full_text(entry)
        outcome = _kept(connection, article) if stands_in else None
        outcome = outcome or _stored(connection, article, bands)
        link_article(connection, entry.id, article.id)
        finish(connection, [work])
        failpoint("read.before-store")
    failpoint("read.after-store")
    return outcome


def _identified(connection: Connection, entry: Entry, article: Article) -> Article:
    """`article` with its id: by the entry where that or its address was read before, else by the article's address."""
    own = hashed_id("article", entry.url or entry.id)
    kept = article_of(connection, [entry.id]).get(entry.id) or next(iter(known_articles(connection, [own])), None)
    if entry.url and article.id not in {kept, own} and _is_taken(connection, entry, article, kept):
        article = replace(article, id=own, url=entry.url, source=source_of(entry.url))
    return replace(article, id=kept or article.id)


def _is_taken(connection: Connection, entry: Entry, article: Article, kept: str | None) -> bool:
    # Some sites redirect many articles to one page, or name one address as that of all their pages.
    there = next(iter(load_articles(connection, [article.id])), None)
    if there is None:
        return False
    return bool(kept) or not (entry.url in entry_addresses(connection, there.id) or is_same_article(article, there))


def _kept(connection: Connection, article: Article) -> Outcome | None:
    """Stores an update of which there is but the feed's teaser under the text that the article had, where that is more;
    None where it is not."""
    before = stored_article(connection, article.id)
    if before is None:
        return None
    (known,) = load_articles(connection, [article.id])
    was_read = known.text_from != "feed" or (known.feed != article.feed and is_full(known.text))
    if not was_read or len(article.text) >= len(known.text):
        return None
    published = article.published_at or known.published_at
    title, summary = article.title or known.title, article.summary or known.summary
    article = replace(known, title=title, summary=summary, published_at=published)
    if content_hash(article) == before.content_hash:
        return Outcome("unchanged")
    update_article(connection, article, content_hash(article), before.version + 1)
    _mark(connection, article)
    return Outcome(_kind(article, False))


def store_imported(
    database: Database,
    article: Article,
    bands: Sequence[str],
    other_id: str | None,
    is_same: Callable[[Article | None, Article], bool],
) -> Outcome:
    """Stores an article that no feed brought: under `other_id` where `is_same` says so of what is stored there."""
    with database.transaction() as connection:
        if other_id is not None:
            stored = next(iter(load_articles(connection, [other_id])), None)
            article = replace(article, id=other_id if is_same(stored, article) else article.id)
        return _stored(connection, article, bands)


def _stored(connection: Connection, article: Article, bands: Sequence[str]) -> Outcome:
    lock_fingerprints(connection)
    digest = content_hash(article)
    before = stored_article(connection, article.id)
    from_feed = article.text_from == "feed"
    if before is not None and before.content_hash == digest:
        return Outcome("unchanged", from_feed=from_feed)
    original = None
    if before is None or before.duplicate_of:  # what was coded as an original stays one
        original = _original(connection, article, bands)
        if original and precedes(article, original) and (moved := take_over(connection, original.id, article.id)):
            add_work(connection, "index", [f"article:{copy}" for copy in moved])
            original = None
        article = replace(article, duplicate_of=original.id if original else None)
    if before is None:
        insert_article(connection, article, digest)
    else:
        article = replace(article, fetched_at=before.fetched_at)
        update_article(connection, article, digest, before.version + 1)
        _part(connection, article, before.duplicate_of)
    store_bands(connection, article, bands)
    _mark(connection, article)
    return Outcome(_kind(article, before is None), from_feed=from_feed)


def _part(connection: Connection, article: Article, copy_of: str | None) -> None:
    """Parts an article whose text changed from what it is no longer like: its original, `copy_of`, whose events lose a
    publisher, or its copies, which are coded in its place."""
    if copy_of:
        add_work(connection, "resolve", {copy_of} - {article.duplicate_of})
        return
    originals = [article]
    ids = [key for key, _ in copies_of(connection, [article.id]).get(article.id, ())]
    for copy in sorted(load_articles(connection, ids), key=_order):
        original = original_of(copy.text, [one for one in originals if one.language == copy.language])
        if original == article.id:
            continue
        make_copies(connection, [copy.id], original)
        copy = replace(copy, duplicate_of=original)
        _mark(connection, copy)
        if original is None:
            originals.append(copy)


def _kind(article: Article, is_new: bool) -> Kind:
    if article.duplicate_of:
        return "copies"
    return "new" if is_new else "changed"


def _original(connection: Connection, article: Article, bands: Sequence[str]) -> Article | None:
    if not bands:
        return None
    found = candidates(connection, bands, datetime.now(UTC) - WINDOW, other_than=article.id)
    original = original_of(article.text, [other for other in found if other.language == article.language])
    originals = load_articles(connection, [original] if original and original != article.id else [])
    return next(iter(originals), None)


def precedes(article: Article, other: Article) -> bool:
    """Whether `article` was published before `other`: the order in which pages happen to arrive must not decide which
    of two copies is the original."""
    return _order(article) < _order(other)


def _order(article: Article) -> tuple[bool, datetime, str]:
    return article.published_at is None, article.published_at or datetime.max.replace(tzinfo=UTC), article.id


def _mark(connection: Connection, article: Article) -> None:
    # A copy is not coded; but it is one more source of its original's events.
    if article.duplicate_of:
        add_work(connection, "resolve", [article.duplicate_of])
    else:
        add_work(connection, "code", [article.id])
    add_work(connection, "index", [f"article:{article.id}"])
    add_work(connection, "match", [f"article:{article.id}"])


def content_hash(article: Article) -> str:
    """A hash of what a change of makes an article another version."""
    return hashed_id(article.title, article.text, article.language)


def link_known(database: Database, entry: Entry, work: Claim, *, just_read: bool = False) -> Outcome | None:
    """Links an entry that is new to an article that another one brought before; None where there is none, or where the
    entry tells something new. An article that was `just_read` is newer than any entry."""
    if not entry.url:
        return None
    article_id = hashed_id("article", entry.url)
    with database.reading() as connection:
        if article_of(connection, [entry.id]):
            return None
        article = next(iter(load_articles(connection, [article_id])), None)
        before = entries_of_article(connection, article_id)
    if article is None or _tells_more(entry, article, before, just_read):
        return None
    with database.transaction() as connection:
        link_article(connection, entry.id, article_id)
        finish(connection, [work])
    return Outcome("unchanged")


def _tells_more(entry: Entry, article: Article, before: Sequence[Entry], just_read: bool) -> bool:
    # Many feeds give an update a GUID of its own.
    if article.text_from == "feed" and not is_full(article.text) and has_full_text(entry):
        return True
    if just_read:
        return False
    known: list[Article | Entry] = [article, *before]
    dates = [one.published_at for one in known if one.published_at]
    is_later = entry.published_at is not None and (not dates or entry.published_at > max(dates))
    said = all(
        text in {"", *(getattr(one, name) for one in known)}
        for name, text in (("title", entry.title), ("summary", entry.summary))
    )
    return is_later or not said
