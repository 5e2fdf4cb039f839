"""Lists of feeds: OPML in and out, and lines added to config/feeds.yaml."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from processors.errors import ConfigError, FetchError
from processors.feeds.configuration import feed_id, load_configured
from processors.feeds.parsing import check_entities
from processors.fetch.client import parse_url
from processors.records import Feed


def read_opml(document: bytes, name: str) -> list[Feed]:
    """The feeds of an OPML document, each once; `name` stands for it in errors. Raises ConfigError, FeedError."""
    import listparser

    check_entities(document)
    found = listparser.parse(document)
    if found.get("bozo") and not found.feeds:
        raise ConfigError(f"{name}: is no OPML ({found.get('bozo_exception')})")
    feeds = {entry.url: Feed(feed_id(entry.url), entry.title or entry.url, entry.url) for entry in found.feeds}
    return [feed for feed in feeds.values() if _is_address(feed.url)]


def _is_address(url: str) -> bool:
    try:
        parse_url(url)
    except FetchError:
        return False
    return True


def write_opml(feeds: Sequence[Feed]) -> str:
    """An OPML 2.0 document of `feeds`."""
    lines = [
        f'    <outline type="rss" text={quoteattr(feed.name)} title={quoteattr(feed.name)} xmlUrl={quoteattr(feed.url)}'
        + (f" language={quoteattr(feed.language)}" if feed.language else "")
        + "/>"
        for feed in feeds
    ]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Eventwire feeds</title></head>\n'
    )
    return head + "  <body>\n" + "\n".join(lines) + "\n  </body>\n</opml>\n"


def append_feeds(path: Path, feeds: Sequence[Feed]) -> list[Feed]:
    """Adds the feeds that `path` does not have yet, as lines at its end; what stands there stays as it is.

    Returns the added ones, renamed where their name was taken. Raises ConfigError, and then leaves the file as it was.
    """
    known = load_configured(path) if path.exists() else []
    new = _named_apart([feed for feed in feeds if feed.url not in {old.url for old in known}], known)
    if not new:
        return []
    before = path.read_text(encoding="utf-8") if path.exists() else "feeds:\n"
    if not known:
        before = before.replace("feeds: []", "feeds:")
        before = before if "feeds:" in before else f"{before}feeds:\n"
    indent = _indent(before)
    lines = "".join(f"{indent}- {_line(feed)}\n" for feed in new)
    written = path.resolve().with_name(f".{path.name}.new")  # a full disk must not cost the list
    try:
        written.write_text(before.rstrip("\n") + "\n" + lines, encoding="utf-8")
        load_configured(written)
        if path.exists():
            shutil.copymode(path, written)
        written.replace(path.resolve())
    except ConfigError as error:
        raise ConfigError(str(error).replace(str(written), str(path))) from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        written.unlink(missing_ok=True)
    return new


def _named_apart(feeds: Sequence[Feed], known: Sequence[Feed]) -> list[Feed]:
    taken = {feed.name for feed in known}
    named = []
    for feed in feeds:
        name, number = feed.name, 2
        while name in taken:
            name, number = f"{feed.name} {number}", number + 1
        taken.add(name)
        named.append(Feed(feed.id, name, feed.url, feed.language, feed.country))
    return named


def _indent(text: str) -> str:
    lines = [line for line in text.splitlines() if line.lstrip().startswith("- ")]
    return lines[-1][: len(lines[-1]) - len(lines[-1].lstrip())] if lines else ""


def _line(feed: Feed) -> str:
    # JSON strings are YAML strings; a flow mapping keeps one feed on one line.
    parts = {"name": feed.name, "url": feed.url, "language": feed.language, "country": feed.country}
    return "{" + ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in parts.items() if v) + "}"
