"""Articles into the database: with their near-copies, and with the work that follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from processors.articles.near_copies import WINDOW, original_of
from processors.database import Claim, Connection, Database, add_work, finish
from processors.database.articles import (
    candidates,
    insert_article,
    known_articles,
    load_articles,
    lock_fingerprints,
    store_bands,
    stored_article,
    take_over,
    update_article,
)
from processors.database.entries import article_of, link_article
from processors.database.failpoints import failpoint
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
        kept = article_of(connection, [entry.id]).get(entry.id)
        article = replace(article, id=kept or article.id)
        outcome = _stored(connection, article, bands)
        link_article(connection, entry.id, article.id)
        finish(connection, [work])
        failpoint("read.before-store")
    failpoint("read.after-store")
    return outcome


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
    store_bands(connection, article, bands)
    _mark(connection, article)
    return Outcome(_kind(article, before is None), from_feed=from_feed)


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

    def order(one: Article) -> tuple[bool, datetime, str]:
        return one.published_at is None, one.published_at or datetime.max.replace(tzinfo=UTC), one.id

    return order(article) < order(other)


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


def link_known(database: Database, entry: Entry, work: Claim) -> Outcome | None:
    """Links an entry that is new to an article that another feed brought before; None where there is none."""
    if not entry.url:
        return None
    article_id = hashed_id("article", entry.url)
    with database.reading() as connection:
        if article_of(connection, [entry.id]) or article_id not in known_articles(connection, [article_id]):
            return None
    with database.transaction() as connection:
        link_article(connection, entry.id, article_id)
        finish(connection, [work])
    return Outcome("unchanged")
