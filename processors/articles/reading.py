"""Reading what is pending: pages are fetched, understood, compared and stored."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from processors.articles.documents import Page, PageSource
from processors.articles.extraction import is_front_page, read_markup, read_page
from processors.articles.feed_text import has_full_text, longer
from processors.articles.near_copies import titles_alike
from processors.articles.storing import Outcome, link_known, store
from processors.database import Claim, Database, claim, fail, finish, give_back, returned_if_stopped
from processors.database.entries import load_entries
from processors.database.feeds import FeedState, load_feeds
from processors.database.hosts import DatabaseHosts
from processors.database.work import MAX_ATTEMPTS
from processors.errors import ArticleError, DatabaseError, FeedError, FetchError
from processors.fetch import Client
from processors.fetch.urls import canonical_url, source_of
from processors.fetch.workers import Workers, workers
from processors.records import Article, Entry, Summary, hashed_id
from processors.settings import Settings

log = logging.getLogger(__name__)

PAGE_SECONDS = 30.0
_PRELOAD = ("processors.articles.extraction", "trafilatura", "htmldate", "py3langid", "datasketch", "babel")
_NO_RETRY_OF_TEXT = frozenset({"robots", "forbidden", "unauthorized", "bot_wall", "not_found", "gone"})


@dataclass(slots=True)
class Reading:
    """What is shared while one lot of entries is read."""

    database: Database
    settings: Settings
    client: Client
    workers: Workers
    feeds: dict[str, FeedState]
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, entry: Entry, work: Claim) -> Outcome:
        """Reads one entry and stores what comes of it. Never raises for what a page or its server does."""
        try:
            page, url, text_from = await self._page(entry, work)
            article = self._article(entry, page, url, text_from)
            async with self.writing:
                return await asyncio.to_thread(store, self.database, entry, article, page.bands, work)
        except DatabaseError:
            raise
        except FeedError as error:
            return await self._put_off(entry, work, error)
        except Exception as error:
            log.exception("entry %s (%s)", entry.id, entry.url)
            return await self._put_off(entry, work, ArticleError(f"an error of this program: {error!r}", "internal"))

    async def _page(self, entry: Entry, work: Claim) -> tuple[Page, str, str]:
        language = self.feeds[entry.feed_id].language or entry.language
        if has_full_text(entry):
            return await self._own(entry, language), entry.url or "", "feed"
        if not entry.url:
            return await self._own(entry, language), "", "feed"
        try:
            page, url = await self._fetched(entry.url, language)
        except FeedError as error:
            if not self._is_final(error, work):
                raise
            return await self._own(entry, language), entry.url, "feed"
        if leads_elsewhere(entry, page, url):
            return await self._own(entry, language), entry.url, "feed"
        if page.wall or not page.text:
            return await self._behind_wall(entry, page, language), page.canonical or url, "feed"
        return page, page.canonical or url, "page"

    async def _fetched(self, url: str, language: str | None) -> tuple[Page, str]:
        response = await self.client.get(url, kind="page")
        final = canonical_url(response.final_url)
        source = PageSource(response.body, response.headers.get("content-type", ""), final, language)
        return await self.workers.run(read_page, source), final

    def _is_final(self, error: FeedError, work: Claim) -> bool:
        if error.reason == "host_paused":
            return False
        return not error.retryable or error.reason in _NO_RETRY_OF_TEXT or work.attempts >= MAX_ATTEMPTS

    async def _own(self, entry: Entry, language: str | None) -> Page:
        markup = longer(entry.content, entry.summary)
        if not markup and not entry.title:
            raise ArticleError("neither its page nor its feed has a text", "no_text", retryable=False)
        return await self.workers.run(read_markup, markup, entry.title, language)

    async def _behind_wall(self, entry: Entry, page: Page, language: str | None) -> Page:
        own = await self._own(entry, language or page.language)
        # What a paywall lets everybody read is the article's own beginning, and often longer than the feed's teaser.
        text = page.text if page.wall == "paywall" and len(page.text) > len(own.text) else own.text
        return replace(page, text=text, language=own.language or page.language, bands=())

    def _article(self, entry: Entry, page: Page, url: str, text_from: str) -> Article:
        feed = self.feeds[entry.feed_id]
        at = datetime.now(UTC)
        published = entry.published_at or page.published_at
        return Article(
            id=hashed_id("article", url or entry.id),
            url=url,
            source=source_of(url or feed.url),
            feed=feed.name,
            language=page.language or "und",
            country=feed.country,
            published_at=min(published, at) if published and published < at + timedelta(hours=15) else None,
            fetched_at=at,
            title=entry.title or page.title,
            summary=entry.summary or page.summary,
            text=page.text,
            author=entry.author or page.author,
            text_from=text_from,
        )

    async def _put_off(self, entry: Entry, work: Claim, error: FeedError) -> Outcome:
        async with self.writing:
            return await asyncio.to_thread(self._record, entry, work, error)

    def _record(self, entry: Entry, work: Claim, error: FeedError) -> Outcome:
        retry_at = error.retry_at if isinstance(error, FetchError) else None
        with self.database.transaction() as connection:
            if error.reason == "host_paused":
                give_back(connection, [work], not_before=retry_at)
                return Outcome("waiting")
            fail(connection, work, f"{error} [{error.reason}]", retryable=error.retryable)
        return Outcome("failed", f"{entry.url or entry.title}: {error} [{error.reason}]")


def leads_elsewhere(entry: Entry, page: Page, url: str) -> bool:
    """Whether the entry's address has led to another page than its article, `page` at `url`: to the front page, as what
    was removed does, or to a page that asks for consent or a login."""
    if url == entry.url:
        return False
    if is_front_page(url) and not is_front_page(entry.url or ""):
        return True
    return page.wall is not None and not titles_alike(page.title, entry.title)


def read_articles(database: Database, settings: Settings, *, limit: int = 500) -> Summary:
    """Reads up to `limit` entries that are pending; call it again until nothing is done and nothing fails.

    Counts: done, failed (entries); new, changed, unchanged, copies (articles), from_feed (feed's text used), waiting.
    """
    claims = _claimed(database, limit)
    if not claims:
        return Summary("read", {"done": 0, "failed": 0})
    with database.reading() as connection:
        entries = load_entries(connection, list(claims))
    feeds = {feed.id: feed for feed in load_feeds(database, inactive=True)}
    gone = [work for key, work in claims.items() if key not in entries]
    with database.transaction() as connection:
        finish(connection, gone)
    with returned_if_stopped(database, claims.values()):
        outcomes = asyncio.run(_read_all(database, settings, feeds, [(entries[key], claims[key]) for key in entries]))
    return summed([*outcomes, *(Outcome("unchanged") for _ in gone)])


def _claimed(database: Database, limit: int) -> dict[str, Claim]:
    # What failed before is handed out one by one; pages are read in processes of their own, so they may go together.
    found: dict[str, Claim] = {}
    while len(found) < limit and (claims := claim(database, "read", limit - len(found))):
        found |= {work.key: work for work in claims}
    return found


async def _read_all(
    database: Database, settings: Settings, feeds: dict[str, FeedState], pairs: Sequence[tuple[Entry, Claim]]
) -> list[Outcome]:
    first, later = _by_address(pairs)
    async with Client(settings, DatabaseHosts(database)) as client, workers(PAGE_SECONDS, _PRELOAD, len(pairs)) as pool:
        reading = Reading(database, settings, client, pool, feeds)

        async def one(entry: Entry, work: Claim, just_read: bool) -> Outcome:
            known = await asyncio.to_thread(link_known, database, entry, work, just_read=just_read)
            return known or await reading.read(entry, work)

        outcomes = list(await asyncio.gather(*(one(entry, work, False) for entry, work in first)))
        return outcomes + list(await asyncio.gather(*(one(entry, work, True) for entry, work in later)))


def _by_address(pairs: Sequence[tuple[Entry, Claim]]) -> tuple[list[tuple[Entry, Claim]], list[tuple[Entry, Claim]]]:
    # Feeds of one publisher share articles: what is read for the first, the newest, need not be fetched for the second.
    first: dict[str, tuple[Entry, Claim]] = {}
    later = []
    for entry, work in sorted(pairs, key=lambda pair: pair[0].published_at or pair[0].first_seen_at, reverse=True):
        key = entry.url or entry.id
        if key in first:
            later.append((entry, work))
        else:
            first[key] = (entry, work)
    return list(first.values()), later


def summed(outcomes: Sequence[Outcome]) -> Summary:
    """The summary of what many entries gave."""
    counts = {"done": 0, "failed": 0}
    for outcome in outcomes:
        counts[outcome.kind] = counts.get(outcome.kind, 0) + 1
        if outcome.from_feed:
            counts["from_feed"] = counts.get("from_feed", 0) + 1
    counts["done"] = len(outcomes) - counts["failed"] - counts.get("waiting", 0)
    return Summary("read", counts, tuple(outcome.problem for outcome in outcomes if outcome.problem))
