"""Asking the feeds that are due: many at once, each on its own, so that none can hold up or spoil the others."""

import asyncio
import hashlib
import logging
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from processors.database import Claim, Connection, Database, add_work, claim, finish, now, returned_if_stopped
from processors.database.entries import insert_entries, known_entries, update_entries
from processors.database.failpoints import failpoint
from processors.database.feeds import FeedState, load_feeds, lock_feeds, save_feed
from processors.database.hosts import DatabaseHosts
from processors.errors import DatabaseError, EventwireError, FeedError, FetchError, mask_secrets
from processors.feeds.dates import repaired
from processors.feeds.documents import ParsedFeed
from processors.feeds.identity import identities, recognise
from processors.feeds.outcomes import Answer, failed, succeeded
from processors.feeds.parsing import parse_feed
from processors.feeds.polling import is_unconditional
from processors.fetch import Client, Response
from processors.fetch.together import Together
from processors.fetch.workers import Workers, workers
from processors.records import Summary
from processors.settings import Settings

log = logging.getLogger(__name__)

PARSE_SECONDS = 20.0  # the slowest document that a user told of took 15 s (5 MB)
_PRELOAD = ("processors.feeds.parsing", "feedparser", "nh3", "babel", "dateutil.parser")
_CLAIMS = 5_000  # feeds that one call takes on
_IN_HAND = 1_000  # feeds under way at once; the client's own limits say how many of them really fetch


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one feed gave. `problem` is in words, for people."""

    feed: FeedState
    new: int = 0
    changed: int = 0
    not_modified: bool = False
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A feed, the work that it is asked for, and what came: an answer and its document, or an error."""

    feed: FeedState
    work: Claim | None
    answer: Answer | None = None
    parsed: ParsedFeed | None = None
    error: FeedError | None = None


class Round:
    """One pass over some feeds: what is shared while it lasts."""

    def __init__(self, database: Database, settings: Settings, client: Client, pool: Workers) -> None:
        self._database = database
        self._settings = settings
        self._client = client
        self._workers = pool
        self._dice = random.Random()
        self._store = Together(self._store_all)

    async def fetch(self, feed: FeedState, work: Claim | None, *, conditional: bool = True) -> Fetched:
        """Asks one feed, and stores what comes of it. Never raises for what the feed or its server does."""
        try:
            answer, parsed = await self._ask(feed, conditional)
            return await self._store(_Asked(feed, work, answer, parsed))
        except FeedError as error:
            return await self._store(_Asked(feed, work, error=error))
        except DatabaseError:
            raise
        except Exception as error:
            log.exception("feed %s", mask_secrets(feed.url))
            told = FeedError(f"an error of this program: {error!r}", "internal")
            return await self._store(_Asked(feed, work, error=told))

    async def _ask(self, feed: FeedState, conditional: bool) -> tuple[Answer, ParsedFeed | None]:
        conditional = conditional and not is_unconditional(self._dice)
        response = await self._client.get(
            feed.url,
            etag=feed.etag if conditional else None,
            last_modified=feed.last_modified if conditional else None,
            # What ran out of time before holds its place for less time now.
            seconds=self._settings.fetch.timeout / 2 if feed.error_reason in {"timeout", "too_slow"} else None,
            kind="feed",
        )
        if response.not_modified:
            return Answer(response, None, ttl=feed.polling.get("ttl")), None
        digest = hashlib.sha256(response.body).hexdigest()
        if digest == feed.body_hash and feed.error_reason is None:
            # The server knows no conditional requests, or this one was not conditional.
            return Answer(_emptied(response), digest, ttl=feed.polling.get("ttl")), None
        kind, limit = response.headers.get("content-type", ""), self._settings.feeds.max_entries
        parsed = await self._workers.run(parse_feed, response.body, kind, response.final_url, limit)
        return Answer(_emptied(response), digest, ttl=parsed.ttl), parsed

    def _store_all(self, lot: Sequence[_Asked]) -> list[Fetched]:
        try:
            with self._database.transaction() as connection:
                # Another process may have asked a feed of these meanwhile; what it learned and stored counts.
                present = lock_feeds(connection, [asked.feed.id for asked in lot])
                results = []
                for asked in lot:
                    results.append(self._store_one(connection, asked, present[asked.feed.id]))
                    present[asked.feed.id] = results[-1].feed
                failpoint("fetch.before-store")
        except EventwireError:
            raise
        except Exception:
            if len(lot) == 1:
                raise
            # What one feed holds must not keep the others from being stored.
            return [self._alone(asked) for asked in lot]
        failpoint("fetch.after-store")
        return results

    def _alone(self, asked: _Asked) -> Fetched:
        try:
            return self._store_all([asked])[0]
        except EventwireError:
            raise
        except Exception as error:
            log.exception("feed %s", mask_secrets(asked.feed.url))
            told = FeedError(f"an error of this program: {error!r}", "internal")
            return self._store_all([replace(asked, answer=None, parsed=None, error=told)])[0]

    def _store_one(self, connection: Connection, asked: _Asked, feed: FeedState) -> Fetched:
        at, answer = now(), asked.answer
        if answer is None or asked.error is not None:
            error = asked.error or FeedError("nothing came", "internal")
            retry_at = error.retry_at if isinstance(error, FetchError) else None
            state = failed(feed, error, retry_at, at, self._dice)
            result = Fetched(state, problem=f"{feed.name}: {error} [{error.reason}]")
        else:
            changed = 0
            if asked.parsed is not None:
                answer, changed = _store_entries(connection, feed, answer, asked.parsed, at)
            state = succeeded(feed, answer, at, self._settings.feeds, self._dice)
            result = Fetched(state, len(answer.new), changed, answer.response.not_modified)
        save_feed(connection, state)
        _reschedule(connection, state, asked.work)
        return result


def _store_entries(
    connection: Connection, feed: FeedState, answer: Answer, parsed: ParsedFeed, at: datetime
) -> tuple[Answer, int]:
    ids = [key for pair in identities(feed.id, parsed.entries) for key in pair]
    new, changed = recognise(feed.id, parsed.entries, known_entries(connection, sorted(set(ids))), at)
    insert_entries(connection, new)
    update_entries(connection, changed)
    add_work(connection, "read", [entry.id for entry, _ in [*new, *changed]])
    dated = [date for entry in parsed.entries if (date := repaired(entry.published_at, at))]
    return replace(answer, new=[entry for entry, _ in new], dated=dated), len(changed)


def _emptied(response: Response) -> Response:
    # The body has been used; hundreds of them must not wait for the database together.
    return replace(response, body=b"")


def _reschedule(connection: Connection, state: FeedState, work: Claim | None) -> None:
    if work is not None:
        finish(connection, [work])
    if state.active:
        add_work(connection, "fetch", [state.id], not_before=state.next_fetch_at)


def fetch_feeds(database: Database, settings: Settings, *, feed_ids: Sequence[str] | None = None) -> Summary:
    """Asks the feeds that are due (among `feed_ids`, where given), and stores new and changed entries.

    Counts: done, failed (feeds), unchanged, new, changed (entries). One bad feed is a problem told, never an error
    raised. Raises DatabaseError where the database is away.
    """
    claims = _claimed(database, feed_ids)
    if not claims:
        return Summary("fetch", {"done": 0, "failed": 0})
    feeds = {feed.id: feed for feed in load_feeds(database, list(claims))}
    _drop(database, [work for key, work in claims.items() if key not in feeds])
    pairs = [(feed, claims[feed.id]) for feed in by_turns(list(feeds.values()))]
    with returned_if_stopped(database, claims.values()):
        results = asyncio.run(fetch_all(database, settings, pairs))
    return summed(results)


def _claimed(database: Database, feed_ids: Sequence[str] | None) -> dict[str, Claim]:
    # What failed before is handed out one by one; documents are parsed in processes of their own, so they may go
    # together here.
    found: dict[str, Claim] = {}
    while len(found) < _CLAIMS:
        claims = claim(database, "fetch", _CLAIMS, keys=feed_ids)
        if not claims:
            break
        found |= {work.key: work for work in claims}
    return found


def by_turns(feeds: Sequence[FeedState]) -> list[FeedState]:
    """`feeds` in an order in which every host comes once before one comes twice."""
    seen: Counter[str] = Counter()
    turns = []
    for feed in feeds:
        seen[feed.host] += 1
        turns.append((seen[feed.host], feed))
    return [feed for _, feed in sorted(turns, key=lambda pair: pair[0])]


def _drop(database: Database, claims: Sequence[Claim]) -> None:
    if claims:  # feeds that are no longer configured
        with database.transaction() as connection:
            finish(connection, claims)


async def fetch_all(
    database: Database, settings: Settings, pairs: Sequence[tuple[FeedState, Claim | None]], *, conditional: bool = True
) -> list[Fetched]:
    """Asks feeds, those with a claim because they are due; the results are in the order of `pairs`."""
    async with (
        Client(settings, DatabaseHosts(database)) as client,
        workers(PARSE_SECONDS, _PRELOAD, len(pairs)) as pool,
    ):
        current = Round(database, settings, client, pool)
        gate = asyncio.Semaphore(_IN_HAND)

        async def one(feed: FeedState, work: Claim | None) -> Fetched:
            async with gate:
                return await current.fetch(feed, work, conditional=conditional)

        return list(await asyncio.gather(*(one(feed, work) for feed, work in pairs)))


def summed(results: Sequence[Fetched]) -> Summary:
    """The summary of what many feeds gave."""
    problems = [result.problem for result in results if result.problem]
    counts = {
        "done": len(results) - len(problems),
        "failed": len(problems),
        "unchanged": sum(result.not_modified for result in results),
        "new": sum(result.new for result in results),
        "changed": sum(result.changed for result in results),
    }
    return Summary("fetch", counts, tuple(problems))
