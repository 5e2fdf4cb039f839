"""What a feed has of an article's text itself."""

from processors.fetch.markup import text_of
from processors.records import Entry

FULL_TEXT = 200  # words from which a feed's own text is taken for the whole article
_CUT = (
    "...",
    "…",
    "[…]",
    "[...]",
    "weiterlesen",
    "mehr lesen",
    "read more",
    "continue reading",
)


def has_full_text(entry: Entry) -> bool:
    """Whether the feed's own text is the whole article: long, and not cut off."""
    if not entry.content or len(entry.content) < FULL_TEXT * 5:
        return False
    text = text_of(entry.content)
    return is_full(text) and not text.lower().rstrip(" .»›→").endswith(_CUT)


def is_full(text: str) -> bool:
    """Whether a text is long enough for a whole article."""
    return len(text.split()) >= FULL_TEXT


def longer(markup: str | None, summary: str) -> str:
    """The longer of a feed's content and summary."""
    return markup if markup and len(text_of(markup)) >= len(summary) else summary.replace("<", "&lt;")
