"""Whether every entry of saved feed documents arrives: its date, address, title and text.

    python -m benchmarks.feeds_saved FOLDER

FOLDER holds feed documents as they were served. They are served again from the loopback and fetched; what comes into
the database is compared with what a plain XML parser finds in the files.
"""

import argparse
import functools
import html
import http.server
import re
import sys
import tempfile
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import yaml

from processors.database import Database, open_database
from processors.database.entries import entries_of_feed
from processors.database.feeds import load_feeds
from processors.feeds import fetch_feeds, sync_feeds
from processors.fetch.urls import canonical_url
from processors.records import Entry
from processors.settings import load_settings

_TAGS = re.compile(r"<[^>]+>")


def expected(path: Path) -> list[dict[str, str]]:
    """Title, address, date and text of each entry, as a plain XML parser reads the file."""
    from lxml import etree

    root = etree.fromstring(path.read_bytes(), etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True))
    found = []
    for node in root.iter():
        if isinstance(node.tag, str) and etree.QName(node).localname in {"item", "entry"}:
            parts: dict[str, str] = {}
            for child in node:
                if isinstance(child.tag, str):
                    name = etree.QName(child).localname
                    value = "".join(child.itertext()).strip() or child.get("href") or ""
                    parts.setdefault(name, value)
            found.append(parts)
    return found


def date_of(parts: dict[str, str]) -> datetime | None:
    """The date of an entry as RFC 822 or ISO 8601 has it; None where it has none or another spelling."""
    text = parts.get("pubDate") or parts.get("published") or parts.get("date") or parts.get("updated") or ""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError):
            continue
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def bare(text: str) -> str:
    """The letters and digits of a text: what remains when markup and white space are left out."""
    return re.sub(r"\W+", "", html.unescape(_TAGS.sub(" ", html.unescape(text)))).lower()


def compare(parts: dict[str, str], entry: Entry, seen: datetime) -> set[str]:
    """What of an entry is not as expected."""
    wrong = set()
    want = date_of(parts)
    if want and want > seen + timedelta(hours=15):
        want = None  # in the future: no date is the right one
    if want != entry.published_at and not (want is None and entry.published_at is not None and not date_of(parts)):
        wrong.add("date")
    if bare(parts.get("title", "")) != bare(entry.title):
        wrong.add("title")
    if canonical_url(html.unescape(parts.get("link", ""))) != entry.url:
        wrong.add("address")
    text = max(parts.get("description", ""), parts.get("summary", ""), key=len)
    if bare(text)[:60] not in bare(entry.summary + (entry.content or "")):
        wrong.add("text")
    if "\ufffd" in entry.title + entry.summary or "Ã" in entry.title:
        wrong.add("mojibake")
    return wrong


def fetched(folder: Path, database: Database, settings: Any, base: str) -> None:
    """Fetches all documents of `folder`."""
    listed = [{"name": path.name, "url": f"{base}/{path.name}"} for path in sorted(folder.iterdir())]
    settings.feeds_file.write_text(yaml.safe_dump({"feeds": listed}), encoding="utf-8")
    sync_feeds(database, settings)
    print(fetch_feeds(database, settings))


def report(folder: Path, database: Database) -> int:
    """Prints a line for each feed; returns how many entries are missing or not as expected."""
    bad = 0
    for feed in load_feeds(database):
        want = expected(folder / feed.name)
        with database.reading() as connection:
            have = entries_of_feed(connection, feed.id)
        by_url: dict[str | None, list[Entry]] = {}
        for entry in have:
            by_url.setdefault(entry.url, []).append(entry)
        problems: dict[str, int] = {}
        for parts in want:
            same = by_url.get(canonical_url(html.unescape(parts.get("link", ""))), [])
            best = min((compare(parts, entry, entry.first_seen_at) for entry in same), key=len, default={"missing"})
            for problem in best:
                problems[problem] = problems.get(problem, 0) + 1
        dated = sum(entry.published_at is not None for entry in have)
        bad += sum(problems.values())
        counts = f"{len(want):4} in the file {len(have):4} stored {dated:4} dated"
        print(f"{feed.name:48} {counts} {feed.state:6} {problems or ''}")
    return bad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as place:
        environment = {"EVENTWIRE_CONFIG_DIR": place, "EVENTWIRE_VAR_DIR": f"{place}/var"}
        settings = load_settings(environment | {"EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1"})
        with closing(open_database(settings.database_url)) as database:
            fetched(folder, database, settings, f"http://127.0.0.1:{server.server_address[1]}")
            bad = report(folder, database)
    server.shutdown()
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
