"""Writing many documents: in parallel, with back-off, and with a word about each that was refused."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import streaming_bulk

from processors.documents import Document
from processors.errors import IndexUnavailable
from processors.index.elastic.client import Busy, block_of, explained, reason_of
from processors.index.protocol import Rejection

CHUNK = 500  # documents in one request
CHUNK_BYTES = 10_000_000
THREADS = 4
TRIES, TRIES_WHEN_BUSY = 4, 10  # a server that is away stays away; a busy one has room again soon
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0  # seconds; doubled each time, and up to half as long again by chance
_BUSY = (429, 502, 503, 504)

Action = dict[str, Any]


class AliasGone(IndexUnavailable):
    """The alias that a document is written through is not there (any more)."""


def action(target: str, document: Document) -> Action:
    """The bulk action that writes `document`, whole, through the alias `target` or into the index of that name."""
    return {"_op_type": "index", "_index": target, "_id": document["id"], "_source": document}


def write(client: Elasticsearch, url: str, actions: Iterable[Action], *, through_alias: bool) -> list[Rejection]:
    """Writes all actions; returns what Elasticsearch refused. The next chunk is read only when a thread is free.

    Raises IndexUnavailable where it is away, overloaded or blocked, after several tries with growing pauses; what
    was written before that stays written.
    """
    rejected: list[Rejection] = []

    def send(chunk: list[Action]) -> list[Rejection]:
        return _with_pauses(url, lambda: _send(client, url, chunk, through_alias))

    chunks = _chunks(actions)
    first = next(chunks, [])
    second = next(chunks, None)
    if second is None:
        return send(first) if first else []
    with ThreadPoolExecutor(THREADS, "bulk") as threads:
        running: set[Future[list[Rejection]]] = {threads.submit(send, first), threads.submit(send, second)}
        for chunk in chunks:
            while len(running) >= THREADS + 1:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                rejected += [one for future in done for one in future.result()]
            running.add(threads.submit(send, chunk))
        rejected += [one for future in running for one in future.result()]
    return rejected


def _chunks(actions: Iterable[Action]) -> Iterator[list[Action]]:
    rest = iter(actions)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _with_pauses(url: str, send: Callable[[], list[Rejection]]) -> list[Rejection]:
    # Written twice is written once: after a lost connection or a 429 the whole chunk is sent again.
    tries = 0
    while True:
        try:
            return send()
        except (TransportError, ApiError, Busy) as error:
            known = error if isinstance(error, Busy) else explained(url, error)
            tries += 1
            most = TRIES_WHEN_BUSY if isinstance(known, Busy) else TRIES
            if not isinstance(known, IndexUnavailable) or tries >= most:
                raise known from error
            time.sleep(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1)) * random.uniform(1.0, 1.5))


def _send(client: Elasticsearch, url: str, chunk: list[Action], through_alias: bool) -> list[Rejection]:
    answers = streaming_bulk(
        client,
        chunk,
        chunk_size=CHUNK,
        max_chunk_bytes=CHUNK_BYTES,
        raise_on_error=False,
        yield_ok=False,
        require_alias=through_alias or None,
    )
    # All answers first: a rejection that raises would leave the generator half-way.
    return [_rejection(url, outcome) for _, outcome in list(answers)]


def _rejection(url: str, outcome: dict[str, Any]) -> Rejection:
    told = next(iter(outcome.values()))
    reason = reason_of(told.get("error"))
    if blocked := block_of(reason):
        raise IndexUnavailable(f"Elasticsearch at {url} {blocked}")
    if told.get("status") == 404:
        raise AliasGone(f"Elasticsearch at {url}: {reason}")
    if told.get("status") in _BUSY:
        raise Busy(f"Elasticsearch at {url} is overloaded: {reason or 'HTTP ' + str(told.get('status'))}")
    return Rejection(str(told.get("_id")), reason)
