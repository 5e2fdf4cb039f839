"""What a page holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# Why a page is not the article: a wall against readers without consent, subscription, JavaScript or a face; or nothing.
Wall = Literal["cookies", "paywall", "javascript", "bots", "empty"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was understood. `text` has one paragraph a line; `bands` are its fingerprint."""

    title: str
    text: str
    summary: str = ""
    author: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    canonical: str | None = None
    wall: Wall | None = None
    bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page to understand: its bytes, the Content-Type it came with, its address, and the language that the feed
    claims for it. Where the address is not `certain`, that of the page's canonical link is believed, whoever's it is.
    """

    body: bytes
    content_type: str
    url: str
    language: str | None = None
    certain: bool = True
