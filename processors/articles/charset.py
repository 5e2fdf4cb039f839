"""The character set of a page: what its header says, else what it says itself, else what it looks like."""

import codecs
import re

_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 4_096  # bytes in which the HTML standard wants the declaration (1,024), and some

# What the HTML standard reads under these names (Encoding Standard, section 4.2).
_BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}


def decoded(body: bytes, content_type: str) -> str:
    """The text of a page. A declaration that the bytes contradict is not believed."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace")
    declared = [match[1] for match in [_HEADER.search(content_type)] if match]
    # A page whose declaration can be read as ASCII is not UTF-16; browsers take that for UTF-8.
    named = [match[1].decode("ascii", "replace") for match in [_META.search(body[:_HEAD])] if match]
    declared += ["utf-8" if name.lower().startswith("utf-16") else name for name in named]
    for name in [*declared[:1], "utf-8", *declared[1:]]:
        text = _strictly(body, name)
        if text is not None:
            return text
    return _detected(body, declared)


def _strictly(body: bytes, name: str) -> str | None:
    name = _BROWSERS.get(name.lower(), name)
    # Every byte sequence is valid in a one-byte set, so that UTF-8 must be excluded before one is believed.
    for candidate in ("utf-8", name) if name == "cp1252" else (name,):
        try:
            return body.decode(candidate)
        except (UnicodeError, LookupError):  # the codec "undefined" raises plain UnicodeError
            continue
    return None


def _detected(body: bytes, declared: list[str]) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:200_000]).best()
    for name in [*([best.encoding] if best else []), *declared, "utf-8"]:
        try:
            return body.decode(name, "replace")
        except (UnicodeError, LookupError):
            continue
    return body.decode("utf-8", "replace")
