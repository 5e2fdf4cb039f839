"""`python -m benchmarks.resolve.pairs FOLDER`: resolution on real text, against pairs labelled by reading.

FOLDER holds the collections that tests/events/pairs.jsonl names, as gzipped JSON Lines with `date` and `text`. All
items of all pairs are coded and resolved together; a pair counts where the coder found the type that is meant in both.
"""

import argparse
import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from dateutil.parser import parse

from processors.coder import code_article
from processors.database import add_work, open_database
from processors.database.articles import insert_article
from processors.database.mentions import store_mentions
from processors.database.stored_mentions import mentions_of_articles
from processors.events import resolve_events
from processors.records import Article, hashed_id
from processors.settings import Settings

PAIRS = Path(__file__).parents[2] / "tests" / "events" / "pairs.jsonl"


def main() -> None:
    """Codes, resolves, compares, prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--show", action="store_true", help="the pairs that come out otherwise than labelled")
    chosen = options.parse_args()
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    articles = dict(_articles(pairs, chosen.folder))
    records = resolved(articles)
    print("\n".join(table(pairs, records)))
    if chosen.show:
        _show(pairs, articles, records)


def _key(side: dict[str, Any]) -> tuple[str, int]:
    return side["file"], side["line"]


def _articles(pairs: list[dict[str, Any]], folder: Path) -> Iterator[tuple[tuple[str, int], Article]]:
    wanted = {_key(pair[side]): pair[side]["date"] for pair in pairs for side in ("a", "b")}
    for file in sorted({file for file, _ in wanted}):
        with gzip.open(folder / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if (file, number) in wanted:
                    yield (file, number), _article((file, number), json.loads(line))


def _article(key: tuple[str, int], data: dict[str, Any]) -> Article:
    at = parse(data["date"])
    at = at if at.tzinfo else datetime.fromisoformat(f"{at.date()}T12:00:00+00:00")
    id_, language = hashed_id(*key), "de" if key[0].startswith("de") else "en"
    return Article(id_, id_, data["source"], data["source"], language, None, at, at, "", "", data["text"])


def resolved(articles: dict[tuple[str, int], Article]) -> dict[tuple[tuple[str, int], str], set[str]]:
    """The events of each item and type."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/pairs.sqlite")
        with database.transaction() as connection:
            for article in articles.values():
                insert_article(connection, article, article.id)
                store_mentions(connection, article, code_article(article))
            add_work(connection, "resolve", [article.id for article in articles.values()])
        while (summary := resolve_events(database, Settings())).counts["done"]:
            assert not summary.problems, summary.problems
        names = {article.id: key for key, article in articles.items()}
        found: dict[tuple[tuple[str, int], str], set[str]] = {}
        with database.reading() as connection:
            for m in mentions_of_articles(connection, names):
                found.setdefault((names[m.mention.article_id], m.mention.type), set()).add(str(m.event_id))
    return found


def _outcome(pair: dict[str, Any], records: dict[tuple[tuple[str, int], str], set[str]]) -> str:
    one, other = (records.get((_key(pair[side]), pair[side]["type"])) for side in ("a", "b"))
    if one is None or other is None:
        return "not coded"
    return f"{'same' if pair['same'] else 'different'} as {'one' if one & other else 'two'}"


def table(pairs: list[dict[str, Any]], records: dict[tuple[tuple[str, int], str], set[str]]) -> list[str]:
    """Precision and recall of "in one record", over all pairs and over those that are near."""
    lines = [f"{'':8}{'pairs':>7}{'coded':>7}{'right':>7}{'precision':>11}{'recall':>9}"]
    for group in ("near", "far", ""):
        counts = Counter(_outcome(pair, records) for pair in pairs if group in ("", pair["group"]))
        right, wrong, missed = counts["same as one"], counts["different as one"], counts["same as two"]
        coded = counts.total() - counts["not coded"]
        precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
        agreed = right + counts["different as two"]
        lines.append(f"{group or 'all':8}{counts.total():7}{coded:7}{agreed:7}{precision:11.3f}{recall:9.3f}")
    return lines


def _show(
    pairs: list[dict[str, Any]],
    articles: dict[tuple[str, int], Article],
    records: dict[tuple[tuple[str, int], str], set[str]],
) -> None:
    for pair in pairs:
        outcome = _outcome(pair, records)
        if outcome in ("same as two", "different as one"):
            print(f"\n{pair['id']} {outcome}")
            for side in ("a", "b"):
                article, type_ = articles[_key(pair[side])], pair[side]["type"]
                print(f"  {article.day} {article.text[:170]}")
                for m in (m for m in code_article(article) if m.type == type_):
                    sides = f"{','.join(m.actors)}>{','.join(m.recipients)}"
                    print(f"     {m.type} {m.status} {sides} {m.event_date} {m.date_precision} {m.place} {m.topics}")


if __name__ == "__main__":
    main()
