"""Feed documents to entries: RSS 0.9x, 1.0, 2.0, RDF, Atom by feedparser, and JSON Feed. Runs in worker processes."""

import codecs
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from processors.errors import FeedError
from processors.feeds.dates import from_struct, from_text
from processors.feeds.documents import ParsedEntry, ParsedFeed
from processors.fetch.markup import line_of_text, name_of, safe_html, text_of
from processors.fetch.urls import absolute_url

log = logging.getLogger(__name__)
_HEAD = 4_096  # bytes in which a document says what it is
_LONGEST_ENTITY = 200  # characters; a real feed declares &nbsp; and the like, a bomb long texts
_ENTITY = re.compile(r"""<!ENTITY\s+(%\s+)?[^\s"'>]+\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\bencoding\s*=", re.IGNORECASE)
# A document type stands before the first element: behind nothing but comments, instructions and text.
_DOCTYPE = re.compile(r"(?>[^<]+|<!--.*?-->|<\?.*?\?>)*+<!doctype", re.IGNORECASE | re.DOTALL)
_FIRST_TAG = re.compile(r"<\s*([a-zA-Z][\w.:-]*)")


def parse_feed(body: bytes, content_type: str, url: str, max_entries: int = 2_000) -> ParsedFeed:
    """The entries of a document served from `url`, at most `max_entries`.

    Raises FeedError: "empty", "html", "not_a_feed", "xml_entities".
    """
    if not body.strip():
        raise FeedError("the server sends an empty document", "empty")
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        from processors.feeds.jsonfeed import parse_json_feed

        return parse_json_feed(body, url, max_entries)
    check_entities(body)
    return _parse_xml(body, content_type, url, max_entries)


def check_entities(body: bytes) -> None:
    """Raises FeedError "xml_entities" where a document declares entities that refer to others, lie outside it, or
    are long: no feed needs them, and attacks consist of them."""
    text = _decoded(body)
    # Entities can be declared nowhere else; further down it may be the text of an entry.
    if not _DOCTYPE.match(text) and "<!doctype" not in text[:_HEAD].lower():
        return
    for match in _ENTITY.finditer(text):
        value = match[3] or match[4] or ""
        nested = re.search(r"[&%][A-Za-z_]", value)
        if match[1] or match[2] or nested or len(value) > _LONGEST_ENTITY:
            raise FeedError("the document declares dangerous XML entities", "xml_entities", retryable=False)


def _decoded(body: bytes) -> str:
    for bom, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(bom):
            return body.decode(name, "replace")
    if b"\0" in body[:64]:
        return body.replace(b"\0", b"").decode("latin-1")
    return body.decode("latin-1")


def _parse_xml(body: bytes, content_type: str, url: str, max_entries: int) -> ParsedFeed:
    import feedparser

    headers = {"content-type": _believable(content_type, body), "content-location": url}
    try:
        found = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    except UnicodeError:  # a document that declares the charset "undefined"
        raise _no_feed(body) from None
    if not found.version and not found.entries:
        raise _no_feed(body)
    feed = found.feed
    language = _language(feed.get("language"))
    entries = readable(found.entries[:max_entries], lambda entry: _entry(entry, url, language))
    site = absolute_url(url, feed["link"]) if feed.get("link") else None
    return ParsedFeed(line_of_text(feed.get("title")), site, language, _ttl(feed), found.version or "unknown", entries)


def _believable(content_type: str, body: bytes) -> str:
    # Servers add a default charset to everything; the document's own declaration, or that it is valid UTF-8, says more.
    match = _CHARSET.search(content_type)
    if match and not _DECLARED.match(body[:_HEAD]) and not _is_utf8(body) and _is_charset(match[1]):
        return f"application/xml; charset={match[1]}"
    return "application/xml"


def _is_charset(name: str) -> bool:
    try:
        b"  ".decode(name, "replace")
    except (UnicodeError, LookupError):  # JavaScript's "undefined" is a codec that raises plain UnicodeError
        return False
    return True


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _no_feed(body: bytes) -> FeedError:
    text = body[: _HEAD * 4].decode("utf-8", "replace")
    first = _FIRST_TAG.search(re.sub(r"(?s)<!--.*?-->", "", text))
    if "<!doctype html" in text.lower() or (first and first[1].lower() in {"html", "head", "body"}):
        return FeedError("the address serves a web page, not a feed", "html")
    return FeedError("the document is no feed in any format that is known", "not_a_feed")


def readable(raw: Iterable[Any], read: Callable[[Any], ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """The entries that can be read: one that cannot must not cost its feed the others."""
    entries = []
    for one in raw:
        try:
            entries.append(read(one))
        except MemoryError:
            raise
        except Exception:
            log.exception("an entry is left out")
    return tuple(entries)


def _entry(entry: dict[str, Any], url: str, feed_language: str | None) -> ParsedEntry:
    contents = [part for part in entry.get("content", ()) if part.get("value")]
    longest = max((part["value"] for part in contents), key=len, default=None)
    summary = entry.get("summary") or ""
    # dict.get, since feedparser's own takes one date for the other where it has only one.
    published = from_struct(dict.get(entry, "published_parsed")) or from_struct(dict.get(entry, "updated_parsed"))
    spoken = next((_language(part.get("language")) for part in contents if part.get("language")), None)
    return ParsedEntry(
        guid=name_of(entry.get("id")) or None,
        url=_link(entry, url),
        title=line_of_text(entry.get("title")),
        summary=text_of(summary),
        content=safe_html(longest if longest and len(longest) >= len(summary) else summary),
        author=line_of_text(entry.get("author")) or None,
        language=spoken or feed_language,
        published_at=published or from_text(dict.get(entry, "published") or dict.get(entry, "updated")),
    )


def _link(entry: Mapping[str, Any], base: str) -> str | None:
    # FeedBurner keeps the publisher's own address beside its counting one.
    link = entry.get("feedburner_origlink") or entry.get("link") or _guid_link(entry)
    return absolute_url(base, str(link)) if link else None


def _guid_link(entry: Mapping[str, Any]) -> str | None:
    guid = str(entry.get("id") or "")
    return guid if guid.startswith(("http://", "https://")) else None


def _ttl(feed: Mapping[str, Any]) -> int | None:
    raw = str(feed.get("ttl") or "").strip()
    return int(raw) * 60 if re.fullmatch("[0-9]{1,5}", raw) and 0 < int(raw) < 10_080 else None


def _language(code: object) -> str | None:
    """The two-letter code of a language tag ("de-AT" -> "de"); None for what is no language ("US")."""
    from babel import Locale, UnknownLocaleError

    primary = str(code or "").strip().replace("_", "-").partition("-")[0].lower()
    try:
        return Locale(primary).language if len(primary) in {2, 3} else None
    except (UnknownLocaleError, ValueError):
        return None
