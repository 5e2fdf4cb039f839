"""Text from feeds made harmless for headers, mails and pages. Escaping is the templates' part; this is the rest."""

import re
import unicodedata
from urllib.parse import urlsplit

# Characters that reorder or hide text: bidirectional controls (UAX 9), invisible joiners and fillers that no
# headline needs, tags (U+E0000), interlinear annotation. ZWNJ and ZWJ stay: Persian and emoji are written with them.
_INVISIBLE = re.compile(
    "[\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_WORD = 120  # characters: longer than any word or address that helps a reader
_MARKS_IN_A_ROW = 4  # more combining marks on one letter than any script needs ("zalgo")


def inner(text: str) -> str:
    """A piece of a line as `plain` makes it, with the blanks at its ends kept: pieces are joined again."""
    middle = plain(text, max(1, len(text)))
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{before}{middle}{after}" if middle else before


def plain(text: str, limit: int) -> str:
    """`text` as one line of at most `limit` characters: no controls, line breaks, reordering or invisible
    characters, no towers of accents, no endless words. What is cut ends in an ellipsis."""
    text = unicodedata.normalize("NFC", text[: limit * 8 + 10_000])
    text = _INVISIBLE.sub("", text)
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp", "Co", "Cn"} else char for char in text)
    text = re.sub(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{%d,}" % _MARKS_IN_A_ROW, "", text)  # noqa: UP031
    text = " ".join(word if len(word) <= _WORD else word[: _WORD - 1] + "…" for word in text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def web_address(url: str) -> str:
    """`url` where it is one that a browser may follow (http or https with a host), else ""."""
    if len(url) > 2000 or any(char.isspace() or not char.isprintable() for char in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


def marked(sentence: str, trigger: str) -> list[tuple[str, bool]]:
    """`sentence` in pieces, each with whether it is a part of `trigger`. The parts of a trigger that is spread over
    the sentence ("setzt ... aus") are found one after the other; one that is not found whole is looked up by words."""
    pieces = _find(sentence, [part for part in re.split(r"\s*(?:\.\.\.|…|\||/)\s*", trigger) if part])
    return pieces or _find(sentence, trigger.split()) or [(sentence, False)]


def _find(sentence: str, parts: list[str]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for part in parts:
        found = re.search(rf"(?<!\w){re.escape(part)}", sentence[at:]) or re.search(re.escape(part), sentence[at:])
        if not found:
            return []
        pieces += [(sentence[at : at + found.start()], False), (found[0], True)]
        at += found.end()
    pieces.append((sentence[at:], False))
    return [piece for piece in pieces if piece[0]] if parts else []
