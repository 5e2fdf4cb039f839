"""`python -m benchmarks.index [--documents 100000]`: one table.

Writing: our writer against `elasticsearch.helpers.parallel_bulk` with ready-made actions, in turns, slice by slice,
into indices of the same templates. Searching: our search against the same question put to the client as a ready-made
query, in turns. Matching: 1,000 rules over 1,000 events in memory. The server is that of the tests; times of a busy
machine vary, the ratios of neighbours less.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from processors.documents import Document, Kind
from processors.index import match_queries, open_index
from processors.index.elastic import layout
from processors.index.elastic.index import ElasticsearchIndex
from processors.index.elastic.translate import to_elasticsearch
from processors.query import parse_query
from tests.index.corpus import article
from tests.index.generated import WORDS, documents, text_query
from tests.servers.elasticsearch import running
from tests.servers.fixtures import wipe

_SLICE = 5_000
_QUERIES = 300
_SIZE = 20


def main() -> None:
    """Runs all measurements and prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    count = parser.parse_args().documents
    _row("measurement", "ours", "plain client", "ratio")
    _match()
    _embedded(count)
    with running() as server:
        wipe(server)
        index, client = ElasticsearchIndex(server.url), Elasticsearch(server.url, request_timeout=120)
        _write(index, client, count)
        index.refresh()
        _search(index, client)
        wipe(server)


def _row(*cells: str) -> None:
    print(f"{cells[0]:52}{cells[1]:>16}{cells[2]:>16}{cells[3]:>8}", flush=True)


def _match() -> None:
    chance, events = random.Random(5), documents(1000, seed=5)
    rules = {str(number): text_query(chance, 2) for number in range(1000)}
    seconds = [_timed(lambda: match_queries("events", events, rules), time.process_time) for _ in range(4)]
    _row("1,000 rules x 1,000 events, first time (CPU)", f"{seconds[0]:.2f} s", "", "")
    _row("1,000 rules x 1,000 events, again (CPU, median of 3)", f"{statistics.median(seconds[1:]):.2f} s", "", "")


def _embedded(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(f"tantivy://{folder}")
        parts = list(_slices(count))
        seconds = sum(_timed(lambda k=kind, p=part: index.upsert(k, p)) for kind, part in parts)
        _row(f"{count:,} documents into tantivy", f"{count / seconds:,.0f}/s", "", "")
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        _row("size of that on disk", f"{size / 1e6:,.0f} MB", "", "")
        chance = random.Random(9)
        queries = [text_query(chance, 2) for _ in range(_QUERIES)]
        p95 = _p95([_timed(lambda q=query: index.search("events", q, limit=_SIZE)) for query in queries])
        _row(f"search with snippets in tantivy, p95 of {_QUERIES}", f"{p95 * 1000:.0f} ms", "", "")


def _write(index: ElasticsearchIndex, client: Elasticsearch, count: int) -> None:
    index.migrate()
    plain = {kind: _plain_index(client, kind) for kind in ("events", "articles")}
    ours, theirs = 0.0, 0.0
    for number, (kind, part) in enumerate(_slices(count)):
        turns: list[Callable[[], None]] = [
            lambda k=kind, p=part: _ours(index, k, p),
            lambda k=kind, p=part: _theirs(client, plain[k], p),
        ]
        seconds = [0.0, 0.0]
        for turn in (0, 1) if number % 2 else (1, 0):
            seconds[turn] = _timed(turns[turn])
        ours, theirs = ours + seconds[0], theirs + seconds[1]
    _row(
        f"{count:,} documents into Elasticsearch",
        f"{count / ours:,.0f}/s",
        f"{count / theirs:,.0f}/s",
        f"{theirs / ours:.2f}",
    )
    size = sum(s["total"]["store"]["size_in_bytes"] for s in client.indices.stats(index="plain-*")["indices"].values())
    _row("size of that on disk", f"{size / 1e6:,.0f} MB", "", "")
    client.indices.delete(index=",".join(plain.values()))


def _slices(count: int) -> Iterator[tuple[Kind, list[Document]]]:
    for start in range(0, count, 2 * _SLICE):
        events = documents(_SLICE, seed=start)
        yield "events", [event | {"id": f"{start}-{event['id']}"} for event in events]
        yield "articles", _articles(start)


def _articles(start: int) -> list[Document]:
    chance = random.Random(start)
    return [
        article(
            f"{start}-a{number:05}", chance.choice(["de", "en"]), " ".join(chance.choices(WORDS, k=8)),
            " ".join(chance.choices(WORDS, k=250)), fetched_at=f"2026-{chance.randint(6, 11):02}-12T12:00:00Z",
        )
        for number in range(_SLICE)
    ]  # fmt: skip


def _plain_index(client: Elasticsearch, kind: Kind) -> str:
    # The same mappings and analysis as ours, under a name of its own.
    name = f"plain-{kind}"
    client.options(ignore_status=404).indices.delete(index=name)
    made = client.indices.simulate_template(name=f"eventwire-{kind}-v{layout.VERSION}")["template"]
    client.indices.create(index=name, settings=made["settings"], mappings=made["mappings"])
    return name


def _ours(index: ElasticsearchIndex, kind: Kind, part: list[Document]) -> None:
    if rejected := index.upsert(kind, part):
        raise SystemExit(f"refused: {rejected[:3]}")


def _theirs(client: Elasticsearch, name: str, part: list[Document]) -> None:
    actions = [{"_op_type": "index", "_index": name, "_id": one["id"], "_source": one} for one in part]
    for ok, answer in parallel_bulk(client, actions, thread_count=4, chunk_size=500):
        if not ok:
            raise SystemExit(f"refused: {answer}")


def _search(index: ElasticsearchIndex, client: Elasticsearch) -> None:
    chance = random.Random(9)
    queries = [text_query(chance, 2) for _ in range(_QUERIES)]
    ours: list[float] = []
    plain: list[float] = []
    for query in [*queries[:20], *queries]:  # the first ones warm both up
        ours.append(_timed(lambda q=query: index.search("events", q, limit=_SIZE, snippets=False)))
        ready = to_elasticsearch("events", parse_query(query, "events").tree)
        plain.append(_timed(lambda r=ready: _plain_search(client, r)))
    mine, theirs = _p95(ours[20:]), _p95(plain[20:])
    _row(f"search, p95 of {_QUERIES}", f"{mine * 1000:.0f} ms", f"{theirs * 1000:.0f} ms", f"{mine / theirs:.2f}")
    marked = _p95([_timed(lambda q=query: index.search("events", q, limit=_SIZE)) for query in queries])
    _row("the same with snippets", f"{marked * 1000:.0f} ms", "", "")


def _plain_search(client: Elasticsearch, query: dict[str, Any]) -> Any:
    newest = [{"published_at": "desc"}, {"id": "asc"}]
    return client.search(index="eventwire-events", query=query, size=_SIZE, sort=newest, track_total_hits=True)


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _timed(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    call()
    return clock() - started


if __name__ == "__main__":
    main()
