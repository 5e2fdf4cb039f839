"""Nothing from a feed is trusted: HTML becomes text, or HTML without anything that acts."""

import html
import re
import unicodedata

from processors.records import UNSEEN

_BLOCKS = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^<>]*>")
_SPACE = re.compile(r"[^\S\n]+")  # before _LINES, which is slow where many stand before a line's end
_LINES = re.compile(r"\s*\n\s*")
# Control characters, halves of characters, and signs that nobody sees.
_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff{UNSEEN}]|[\ud800-\udfff]")
_SCHEMES = {"http", "https", "mailto"}


def printable(text: str) -> str:
    """`text` without control characters, halves of characters and signs that nobody sees."""
    return _CONTROL.sub("", text)


def composed(text: str) -> str:
    """`text` as `printable`, a letter and its accents in one sign (NFC), as queries have them: some systems write them
    apart."""
    return unicodedata.normalize("NFC", printable(text))


def text_of(markup: str | None) -> str:
    """The text of a piece of HTML: no tags, entities resolved, blocks on lines of their own, letters `composed`."""
    return unicodedata.normalize("NFC", _plain(markup))


def _plain(markup: str | None) -> str:
    import nh3

    if not markup:
        return ""
    plain = html.unescape(nh3.clean(_BLOCKS.sub("\n", markup), tags=set())) if "<" in markup else html.unescape(markup)
    return _LINES.sub("\n", _SPACE.sub(" ", printable(plain))).strip()


def line_of_text(markup: str | None) -> str:
    """The text of a piece of HTML on one line, as titles and names are."""
    return text_of(markup).replace("\n", " ").strip()


def name_of(markup: str | None) -> str:
    """As `line_of_text`, but sign for sign as it is written: of what is compared and never shown, such as a GUID."""
    return _plain(markup).replace("\n", " ").strip()


def safe_html(markup: str | None) -> str | None:
    """A piece of HTML without scripts, styles, handlers, frames and addresses that are not http(s) or mailto."""
    import nh3

    if not markup or not markup.strip():
        return None
    return nh3.clean(printable(markup), url_schemes=_SCHEMES).strip() or None
