"""Lists of feeds: OPML in and out, and lines added to config/feeds.yaml."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from processors.errors import ConfigError, FetchError
from processors.feeds.configuration import feed_id, load_configured
from processors.feeds.parsing import check_entities
from processors.fetch.client import parse_url
from processors.records import Feed

Place = tuple[str, int | None, str, bytes]


def read_opml(document: bytes, name: str) -> tuple[list[Feed], list[str]]:
    """The feeds of an OPML document, each once, and what stands there as a feed's address and is none.

    `name` stands for the document in errors. Raises ConfigError where it is cut off, damaged or without any feed: what
    could still be read of it would pass for the whole. Raises FeedError for dangerous XML.
    """
    from lxml import etree

    check_entities(document)
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        remedy = "nothing was added; export it anew, or mend this line"
        raise ConfigError(f"{name}:{error.lineno}: is damaged or no OPML ({error.msg}); {remedy}") from None
    found: dict[str, Feed] = {}
    for outline in root.iter("{*}outline"):
        feed = _feed({key.lower(): value.strip() for key, value in outline.items()})
        if feed.url:
            found.setdefault(feed.url, feed)
    if not found:
        raise ConfigError(f"{name}: has no feeds (no outline with an xmlUrl); is it an OPML file?")
    return [feed for feed in found.values() if _is_address(feed.url)], [url for url in found if not _is_address(url)]


def _feed(outline: dict[str, str]) -> Feed:
    url = outline.get("xmlurl", "")
    language = outline.get("language", "").lower().partition("-")[0]  # others write de-at, or unknown
    country = outline.get("country", "").upper()
    return Feed(
        feed_id(url),
        outline.get("text") or outline.get("title") or url,
        url,
        language if re.fullmatch("[a-z]{2,3}", language) else None,
        country if re.fullmatch("[A-Z]{2}", country) else None,
    )


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
        + (f" country={quoteattr(feed.country)}" if feed.country else "")
        + "/>"
        for feed in feeds
    ]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Eventwire feeds</title></head>\n'
    )
    return head + "  <body>\n" + "\n".join(lines) + "\n  </body>\n</opml>\n"


def place(url: str) -> Place:
    """What tells the address of one feed from another's: host, port, path and query; neither capitals in the host, nor
    http from https, nor a slash at the end of the path."""
    parts = parse_url(url)
    return parts.host, parts.port, parts.path.rstrip("/"), parts.query


def known_feeds(path: Path) -> dict[Place, Feed]:
    """The feeds of the file, which need not be there, by their places."""
    return {place(feed.url): feed for feed in (load_configured(path) if path.exists() else [])}


def append_feeds(path: Path, feeds: Sequence[Feed]) -> list[Feed]:
    """Adds the feeds that `path` does not have yet, as lines at its end; what stands there stays as it is.

    Returns the added ones, renamed where their name was taken. Raises ConfigError, and then leaves the file as it was.
    """
    known = known_feeds(path)
    unknown: dict[Place, Feed] = {}
    for feed in feeds:
        if (at := place(feed.url)) not in known:
            unknown.setdefault(at, feed)
    new = _named_apart(list(unknown.values()), list(known.values()))
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
