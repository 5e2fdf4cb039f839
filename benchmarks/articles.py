"""How well article pages are read: text, title and date against pages with known content.

    python -m benchmarks.articles FOLDER [--worst N]

FOLDER holds, in any depth, a fundus test set: NAME_DATE.html.gz beside NAME.json (the expected `title`,
`publishing_date` and `body` of each parser version) and meta.info (addresses). Prints one table; the texts stay where
they are.
"""

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from processors.articles.documents import Page, PageSource
from processors.articles.extraction import read_page

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Score:
    """How one page was read."""

    name: str
    f1: float
    precision: float
    recall: float
    title: bool | None
    date: bool | None
    page: Page
    expected: dict[str, Any]


def token_f1(expected: str, found: str) -> tuple[float, float, float]:
    """F1, precision and recall of the words of `found`, each counted as often as it occurs."""
    want, have = Counter(_WORD.findall(expected.lower())), Counter(_WORD.findall(found.lower()))
    common = sum((want & have).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / sum(have.values()), common / sum(want.values())
    return 2 * precision * recall / (precision + recall), precision, recall


def body_text(body: dict[str, Any]) -> str:
    """The expected text: the lead, then headlines and paragraphs."""
    parts = list(body.get("summary", ()))
    for section in body.get("sections", ()):
        parts += [*section.get("headline", ()), *section.get("paragraphs", ())]
    return "\n".join(parts)


def pages(folder: Path) -> list[tuple[Path, str, dict[str, Any]]]:
    """Each page with its address and what is expected of it."""
    found = []
    for meta in sorted(folder.rglob("meta.info")):
        addresses = json.loads(meta.read_text(encoding="utf-8"))
        for page in sorted(meta.parent.glob("*.html.gz")):
            versions = json.loads((meta.parent / f"{page.name.split('_')[0]}.json").read_text(encoding="utf-8"))
            found.append((page, addresses[page.name]["url"], expected_of(page, list(versions.values()))))
    return found


def expected_of(page: Path, versions: list[dict[str, Any]]) -> dict[str, Any]:
    """Which of a publisher's expectations belongs to `page`: the one whose words are in its source."""
    words = set(_WORD.findall(gzip.decompress(page.read_bytes()).decode("utf-8", "replace").lower()))
    return max(versions, key=lambda expected: _contained(words, body_text(expected["body"])))


def _contained(words: set[str], text: str) -> float:
    wanted = _WORD.findall(text.lower())
    return sum(word in words for word in wanted) / max(len(wanted), 1)


def score(path: Path, url: str, expected: dict[str, Any]) -> Score:
    """How the page at `path` is read."""
    page = read_page(PageSource(gzip.decompress(path.read_bytes()), "text/html", url))
    f1, precision, recall = token_f1(body_text(expected["body"]), page.text)
    return Score(path.name, f1, precision, recall, same_title(expected.get("title"), page.title),
                 same_date(expected.get("publishing_date"), page.published_at), page, expected)  # fmt: skip


def same_title(expected: str | None, found: str) -> bool | None:
    """Whether the titles have the same words; None where none is expected."""
    return None if not expected else _words(expected) == _words(found)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("\u00ad", ""))


def same_date(expected: str | None, found: datetime | None) -> bool | None:
    """Whether the day is right, in either's own zone; None where no date is expected."""
    if not expected:
        return None
    want = datetime.fromisoformat(expected)
    if found is None:
        return False
    days = {(found + timedelta(hours=hours)).date() for hours in (-8, 0, 2)}
    return want.date() in days or (want.tzinfo is not None and want.astimezone(UTC).date() in days)


def share(values: list[bool | None]) -> str:
    """The share of what is right among what is known."""
    known = [value for value in values if value is not None]
    return f"{sum(known)}/{len(known)} = {sum(known) / max(len(known), 1):.1%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=12)
    arguments = parser.parse_args()
    started = time.perf_counter()
    scores = [score(*page) for page in pages(arguments.folder)]
    if not scores:
        sys.exit(f"{arguments.folder}: there are no pages with expected content")
    seconds = time.perf_counter() - started
    print(f"pages                 {len(scores)} in {seconds:.1f} s on one core")
    print(f"text, mean token F1   {statistics.mean(s.f1 for s in scores):.3f}")
    print(f"  precision, recall   {statistics.mean(s.precision for s in scores):.3f}, "
          f"{statistics.mean(s.recall for s in scores):.3f}")  # fmt: skip
    print(f"pages below 0.6       {sum(s.f1 < 0.6 for s in scores)}")
    print(f"title right           {share([s.title for s in scores])}")
    close = [s.title is not None and token_f1(s.expected["title"], s.page.title)[0] >= 0.6 for s in scores]
    print(f"  or nearly (F1>=0.6) {share(list(close))}")
    print(f"date right            {share([s.date for s in scores])}")
    print(f"taken for walls       {Counter(s.page.wall for s in scores if s.page.wall)}")
    for s in sorted(scores, key=lambda s: s.f1)[: arguments.worst]:
        print(f"  {s.f1:.2f} P {s.precision:.2f} R {s.recall:.2f} {s.page.wall or ''} {s.name}")
    for s in scores:
        if s.title is False:
            print(f"  title {s.name}: {s.page.title!r} for {s.expected['title']!r}")
        if s.date is False:
            print(f"  date {s.name}: {s.page.published_at} for {s.expected['publishing_date']}")


if __name__ == "__main__":
    main()
