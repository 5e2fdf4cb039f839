"""The feeds of a site."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from processors.errors import FeedError, FetchError
from processors.feeds.documents import ParsedFeed
from processors.feeds.parsing import parse_feed
from processors.fetch import Client, Response
from processors.fetch.workers import Workers, workers
from processors.settings import Settings

_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
_MOST = 12  # candidates that are looked at
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed of a site: where it is, what it calls itself, its language and how much it holds now."""

    url: str
    title: str
    language: str | None
    entries: int


def find_feeds(settings: Settings, url: str) -> list[FoundFeed]:
    """The feeds at or announced by the page `url`, else at the usual places of its site; each has been read.

    Raises FetchError where the page itself cannot be fetched.
    """
    return asyncio.run(_find(settings, url if "://" in url else f"https://{url}"))


async def _find(settings: Settings, url: str) -> list[FoundFeed]:
    async with Client(settings) as client, workers(_SECONDS, ()) as pool:
        response = await client.get(url, kind="feed")
        itself = await _as_feed(pool, response)
        if itself:
            return [itself]
        announced = list(announced_feeds(response.body, response.final_url))
        found = await _read_all(client, pool, announced)
        return found or await _read_all(client, pool, [urljoin(response.final_url, path) for path in _USUAL])


async def _read_all(client: Client, pool: Workers, addresses: Sequence[str]) -> list[FoundFeed]:
    tried = await asyncio.gather(*(_read(client, pool, address) for address in dict.fromkeys(addresses[:_MOST])))
    return list({feed.url: feed for feed in tried if feed}.values())


async def _read(client: Client, pool: Workers, url: str) -> FoundFeed | None:
    try:
        return await _as_feed(pool, await client.get(url, kind="feed"))
    except FetchError:
        return None


async def _as_feed(pool: Workers, response: Response) -> FoundFeed | None:
    kind = response.headers.get("content-type", "")
    try:
        parsed: ParsedFeed = await pool.run(parse_feed, response.body, kind, response.final_url)
    except FeedError:
        return None
    title = parsed.title or urlsplit(response.final_url).netloc
    return FoundFeed(response.permanent_redirect or response.url, title, parsed.language, len(parsed.entries))


def announced_feeds(body: bytes, url: str) -> Iterator[str]:
    """The feeds that a page names in its head, then those that it links to."""
    from lxml import html

    try:
        tree = html.document_fromstring(body)
    except (ValueError, html.etree.ParserError):
        return
    for link in tree.iter("link"):
        rel, kind = (link.get("rel") or "").lower().split(), (link.get("type") or "").lower().partition(";")[0]
        if "alternate" in rel and kind in _TYPES and link.get("href"):
            yield urljoin(url, link.get("href"))
    for anchor in tree.iter("a"):
        path = urlsplit(anchor.get("href") or "").path.lower()
        if path.endswith((".rss", ".rdf", "/rss", "/feed", "rss.xml", "atom.xml", "/rss/", "/feed/")):
            yield urljoin(url, anchor.get("href"))
