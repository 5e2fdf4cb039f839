"""`python -m benchmarks.storage`: how much room generated reports take in a database and a search index, one table.

The reports are those of `benchmarks.resolve.month` (1.6 mentions an article), their articles' texts lengthened to
`--characters` with words drawn by Zipf's law, so that they compress about as running text does.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from pathlib import Path

from sqlalchemy import text

from benchmarks.resolve.__main__ import store
from benchmarks.resolve.month import Report, month
from processors.database import Database, add_work, open_database
from processors.database.overview import overview
from processors.events import resolve_events
from processors.index import SearchIndex, index_documents, open_index
from processors.settings import ROOT, Settings

_BATCH = 1_000
_VOCABULARY = 60_000  # word forms, of which a text uses the frequent ones often


def main() -> None:
    """Generates, stores, resolves, indexes, measures, prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--characters", type=int, default=3_000, help="of an article's text")
    options.add_argument("--database", default="", help="URL of an empty one; a temporary SQLite file otherwise")
    options.add_argument("--index", default="", help="URL of an empty one; a temporary tantivy folder otherwise")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(chosen.database or f"sqlite:///{folder}/reports.sqlite")
        index = open_index(chosen.index or f"tantivy://{folder}/index", Settings().with_defaults())
        seconds = fill(database, index, chosen.articles, chosen.characters)
        show(database, index, Path(folder), seconds)


def fill(database: Database, index: SearchIndex, articles: int, characters: int) -> dict[str, float]:
    """Brings the reports through resolution and index; returns the wall-clock seconds of each."""
    seconds = {"resolve": 0.0, "index": 0.0}
    reports = lengthened(month(articles), characters)
    while part := list(islice(reports, _BATCH)):
        store(database, part)
        with database.transaction() as connection:
            add_work(connection, "index", [f"article:{report.article.id}" for report in part])
        seconds["resolve"] += _drained(lambda: resolve_events(database, Settings()).counts["done"])
        seconds["index"] += _drained(lambda: index_documents(database, index).counts["done"])
    return seconds


def _drained(step: object) -> float:
    started = time.perf_counter()
    while step():  # type: ignore[operator]
        pass
    return time.perf_counter() - started


def lengthened(reports: Iterator[Report], characters: int) -> Iterator[Report]:
    """The reports with texts of about that length."""
    drawn = random.Random(3)
    words = vocabulary(drawn)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for report in reports:
        more = " ".join(drawn.choices(words, cum_weights=weights, k=characters // 7))
        whole = f"{report.article.text} {more}"[:characters]
        yield replace(report, article=replace(report.article, text=whole))


def vocabulary(drawn: random.Random) -> Sequence[str]:
    """Made-up word forms: parts of compounds, joined."""
    lines = (ROOT / "config" / "elasticsearch" / "compound_parts_de.txt").read_text(encoding="utf-8").splitlines()
    parts = [word for line in lines for word in line.partition("#")[0].split()]
    short = sorted(parts, key=len)[: len(parts) // 3]
    joined = [drawn.choice(parts) + drawn.choice(parts) for _ in range(_VOCABULARY - len(short))]
    return [*short, *joined]


def show(database: Database, index: SearchIndex, folder: Path, seconds: dict[str, float]) -> None:
    """One line for each: bytes, bytes an article, articles in a GB (10^9 bytes)."""
    numbers = overview(database)
    print(f"{numbers.articles} articles, {numbers.mentions} mentions, {numbers.events} events")
    for name, size in (("database", database_bytes(database)), ("index", index_bytes(index, folder))):
        each = size / numbers.articles
        print(f"{name:10}{size / 1e6:10.1f} MB{each:10.0f} bytes an article{1e9 / each:12,.0f} articles in a GB")
    for name, spent in seconds.items():
        print(f"{name:10}{spent:10.1f} s {numbers.articles / spent:10.0f} articles/s")


def database_bytes(database: Database) -> int:
    """What the database takes on the disk."""
    if database.is_sqlite:
        database.close()  # the last connection takes the write-ahead log into the file
        return Path(str(database.engine.url.database)).stat().st_size
    with database.reading() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def index_bytes(index: SearchIndex, folder: Path) -> int:
    """What the index takes on the disk."""
    client = getattr(index, "client", None)
    if client is None:
        return sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    index.refresh()
    return int(client.indices.stats(index="eventwire-*", metric="store")["_all"]["primaries"]["store"]["size_in_bytes"])


if __name__ == "__main__":
    main()
