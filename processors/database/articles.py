"""The rows of articles, and the fingerprints that find near-copies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, or_, select, update

from processors.database.parts import PART, among, in_parts
from processors.database.tables import articles, entries, fingerprints, hits, mentions, work
from processors.records import Article

_COPIES_LOCK = 7_203_402  # any number that no other advisory lock of the database uses
_COLUMNS = [articles.c[name] for name in Article.__dataclass_fields__]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What is known of an article that was read before."""

    id: str
    content_hash: str
    version: int
    duplicate_of: str | None
    fetched_at: datetime


def stored_article(connection: Connection, article_id: str) -> StoredArticle | None:
    """The stored article with this id."""
    columns = [articles.c[name] for name in StoredArticle.__dataclass_fields__]
    row = connection.execute(select(*columns).where(articles.c.id == article_id)).one_or_none()
    return StoredArticle(**row._mapping) if row else None


def known_articles(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Which of `ids` are stored."""
    found: set[str] = set()
    for part in in_parts(ids):
        found |= set(connection.execute(select(articles.c.id).where(articles.c.id.in_(part))).scalars())
    return found


def insert_article(connection: Connection, article: Article, content_hash: str) -> None:
    """Stores an article that was not known."""
    values = {**asdict(article), "content_hash": content_hash, "version": 1, "coding": _coding(article)}
    connection.execute(insert(articles).values(**values))


def update_article(connection: Connection, article: Article, content_hash: str, version: int) -> None:
    """Stores an article whose text changed, as `version`; when it was first fetched stays."""
    values = {**asdict(article), "content_hash": content_hash, "version": version, "coding": _coding(article)}
    del values["id"], values["fetched_at"]
    connection.execute(update(articles).where(articles.c.id == article.id).values(**values))


def _coding(article: Article) -> str:
    return "skipped" if article.duplicate_of else "pending"


def mark_coded(connection: Connection, article_id: str, coding: str, at: datetime) -> None:
    """Records what became of an article's coding: "coded", "no_pipeline" or "skipped"."""
    query = update(articles).where(articles.c.id == article_id)
    connection.execute(query.values(coding=coding, coded_at=at if coding == "coded" else None))


def load_articles(connection: Connection, ids: Sequence[str]) -> list[Article]:
    """The articles with `ids`, in the order of `ids`; what is not stored is left out."""
    found: dict[str, Article] = {}
    for part in in_parts(ids):
        rows = connection.execute(select(*_COLUMNS).where(articles.c.id.in_(part)))
        found |= {row.id: _article(row) for row in rows}
    return [found[key] for key in ids if key in found]


def _article(row: Row[Any]) -> Article:
    return Article(**row._mapping)


def iterate_article_ids(connection: Connection, lot: int = PART) -> Iterator[list[str]]:
    """The ids of all articles in lots, in the order of their ids, without holding them in memory."""
    last = ""
    while True:
        query = select(articles.c.id).where(articles.c.id > last).order_by(articles.c.id).limit(lot)
        ids = list(connection.execute(query).scalars())
        if not ids:
            return
        yield ids
        last = ids[-1]


def article_events(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each article its event types and participants, sorted; near-copies have those of their original."""
    original = _originals(connection, ids)
    types: dict[str, set[str]] = {key: set() for key in original.values()}
    participants: dict[str, set[str]] = {key: set() for key in original.values()}
    for part in in_parts(sorted(types)):
        query = select(mentions.c.article_id, mentions.c.type, mentions.c.data).where(mentions.c.article_id.in_(part))
        for row in connection.execute(query.where(mentions.c.state != "gone")):
            types[row.article_id].add(row.type)
            participants[row.article_id].update((*row.data.get("actors", ()), *row.data.get("recipients", ())))
    return {key: (tuple(sorted(types[of])), tuple(sorted(participants[of]))) for key, of in original.items()}


def _originals(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    found = {key: key for key in ids}
    for part in in_parts(ids):
        query = select(articles.c.id, articles.c.duplicate_of).where(articles.c.id.in_(part))
        found |= {row.id: row.duplicate_of or row.id for row in connection.execute(query)}
    return found


def copies_of(connection: Connection, article_ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Id and source of the near-copies of each of these articles that has any, the earliest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for chunk in in_parts(sorted(set(article_ids))):
        query = select(articles.c.duplicate_of, articles.c.id, articles.c.source)
        query = query.where(among(articles.c.duplicate_of, chunk)).order_by(articles.c.fetched_at, articles.c.id)
        for row in connection.execute(query).all():
            found.setdefault(row.duplicate_of, []).append((row.id, row.source))
    return found


def make_copies(connection: Connection, article_ids: Sequence[str], original_id: str | None) -> None:
    """Makes articles near-copies of `original_id`; where that is None, originals that are still to be coded."""
    coding = "skipped" if original_id else "pending"
    for part in in_parts(article_ids):
        these = update(articles).where(articles.c.id.in_(part))
        connection.execute(these.values(duplicate_of=original_id, coding=coding))


def entry_addresses(connection: Connection, article_id: str) -> set[str | None]:
    """The addresses of the entries that an article came of."""
    return set(connection.execute(select(entries.c.url).where(entries.c.article_id == article_id)).scalars())


def lock_fingerprints(connection: Connection) -> None:
    """Waits until no other transaction is looking for near-copies, so that two copies stored at the same moment see
    each other. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_COPIES_LOCK)))


def candidates(connection: Connection, bands: Sequence[str], since: datetime, *, other_than: str) -> list[Article]:
    """Articles that share a band and were fetched after `since`, the earliest first."""
    query = (
        select(fingerprints.c.article_id)
        .where(fingerprints.c.band.in_(bands), fingerprints.c.fetched_at >= since)
        .where(fingerprints.c.article_id != other_than)
        .distinct()
        .limit(50)
    )
    found = load_articles(connection, list(connection.execute(query).scalars()))
    return sorted(found, key=lambda article: (article.fetched_at, article.id))


def take_over(connection: Connection, original_id: str, article_id: str) -> list[str]:
    """Makes the article `original_id` and its copies copies of `article_id`, unless it is coded (be it by an earlier
    text), being coded, or told by a mail. Returns their ids, none where it did not."""
    waiting = (work.c.stage == "code", work.c.key == original_id, work.c.leased_by.is_(None))
    uncoded = (articles.c.id == original_id, articles.c.coding == "pending", articles.c.coded_at.is_(None))
    told = exists().where(hits.c.document_id == original_id, hits.c.kind == "article")
    if (
        connection.execute(select(articles.c.id).where(*uncoded, ~told)).one_or_none() is None
        or not connection.execute(delete(work).where(*waiting)).rowcount
    ):
        return []
    copies = or_(articles.c.id == original_id, articles.c.duplicate_of == original_id)
    connection.execute(update(articles).where(copies).values(duplicate_of=article_id, coding="skipped"))
    return list(connection.execute(select(articles.c.id).where(articles.c.duplicate_of == article_id)).scalars())


def store_bands(connection: Connection, article: Article, bands: Sequence[str]) -> None:
    """Replaces the fingerprint of an article."""
    connection.execute(delete(fingerprints).where(fingerprints.c.article_id == article.id))
    if bands:
        rows = [{"band": band, "article_id": article.id, "fetched_at": article.fetched_at} for band in bands]
        connection.execute(insert(fingerprints), rows)
