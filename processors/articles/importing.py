"""Articles from elsewhere: JSON Lines, or a folder of pages. They go through the same stages as what feeds bring."""

import asyncio
import html
import json
import re
from codecs import BOM_UTF8
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from processors.articles.documents import Page, PageSource
from processors.articles.extraction import read_markup, read_page
from processors.articles.language import language_code
from processors.articles.near_copies import are_copies, shingles
from processors.articles.storing import Outcome, store_imported
from processors.database import Database
from processors.errors import ArticleError, ConfigError, FeedError, FetchError
from processors.fetch.decompression import decoder_for
from processors.fetch.markup import composed, printable
from processors.fetch.urls import absolute_url, canonical_url, host_of, source_of
from processors.fetch.workers import Workers, workers
from processors.moments import moment
from processors.records import Article, Summary, hashed_id

_LOT = 200
_AT_ONCE = 16  # of a lot, as whole pages lie in memory
_MAX_BYTES = 16_000_000  # of a page, without compression: more than is read of one
_TOO_LARGE = f"it has more than {_MAX_BYTES // 1_000_000} MB"
_SECONDS = 30.0
_PRELOAD = ("processors.articles.extraction", "trafilatura", "py3langid", "datasketch")
_OLDEST = datetime(1970, 1, 2, tzinfo=UTC)  # "1970-01-01" and "0001-01-01" mean that there is no date
_WRONG_ZONE = timedelta(hours=15)  # as for feeds: a local time that is said to be UTC is off by at most 14 hours
_ADDRESSES = "urls.json"
_PAGES = (".html", ".htm", ".html.gz", ".xhtml")
_NOWHERE = "https://page.invalid/"  # where a page without an address is; what its links are relative to is not known
_OWN_ID = re.compile("[0-9a-f]{20}")  # as `hashed_id` makes them


class _Line(BaseModel):
    """A line of a JSON Lines file; what it has beyond this is ignored, and null means that there is nothing.

    `text` must be there; it is null where there is no more than a headline, as an export has it.
    """

    model_config = ConfigDict(extra="ignore")

    id: str | None = Field(default=None, coerce_numbers_to_str=True)
    text: str | None
    title: str = ""
    url: str = ""
    language: str | None = Field(default=None, validation_alias=AliasChoices("language", "lang"))
    published_at: datetime | None = Field(default=None, validation_alias=AliasChoices("published_at", "date"))
    source: str | None = None
    country: str | None = Field(default=None, max_length=8)
    summary: str = ""
    author: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            raise ValueError('must be an object, such as {"title": "...", "text": "..."}')
        return {key: value for key, value in given.items() if value is not None or key == "text"}

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return _address(value) if value.strip() else ""

    @field_validator("published_at", mode="before")
    @classmethod
    def _is_a_moment(cls, value: Any) -> datetime | None:
        return moment(value)

    @model_validator(mode="after")
    def _says_something(self) -> "_Line":
        if not any(map(str.isalpha, self.title if self.text is None else self.text)):
            raise ValueError("text: has no letters")
        return self


def _address(url: str) -> str:
    """`url` in its canonical form. Raises ValueError for what is no web address."""
    found = canonical_url(absolute_url("", url) or "")
    if len(host_of(found).split()) != 1 or not source_of(found):
        raise ValueError(f"is no web address: {url}")
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """An article as it was read, with its fingerprint. `other_id` is its id unless that is another article's."""

    article: Article
    bands: Sequence[str]
    other_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    """An article as it is given: where it stands, and how it is understood."""

    place: str
    read: Callable[[Workers], Awaitable[_Read]]


def import_articles(
    database: Database, path: Path, feed: str, on_summary: Callable[[Summary], None] | None = None
) -> Summary:
    """Stores the articles of a JSON Lines file or of a folder of pages, as if the feed `feed` had brought them.

    Counts as `read_articles`. A line or page that cannot be understood is a problem told. Raises ConfigError where
    there is nothing at `path`, or a folder without pages.
    """
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file or folder")
    given = _pages(path, feed) if path.is_dir() else _lines(path, feed)
    return asyncio.run(_import(database, given, on_summary))


async def _import(database: Database, given: Iterator[_Given], on_summary: Callable[[Summary], None] | None) -> Summary:
    from processors.articles.reading import summed

    total = summed([])
    gate = asyncio.Semaphore(_AT_ONCE)
    async with workers(_SECONDS, _PRELOAD) as pool:
        while lot := list(islice(given, _LOT)):
            part = summed(await asyncio.gather(*(_one(database, pool, gate, each) for each in lot)))
            total = total + part
            if on_summary:
                on_summary(part)
    return total


async def _one(database: Database, pool: Workers, gate: asyncio.Semaphore, given: _Given) -> Outcome:
    try:
        async with gate:
            found = await given.read(pool)
    except ValidationError as error:
        return Outcome("failed", f"{given.place}: {_told(error)}")
    except FeedError as error:
        return Outcome("failed", f"{given.place}: {error}")
    except Exception as error:  # one file or line must not cost the others
        return Outcome("failed", f"{given.place}: cannot be read: {error or type(error).__name__}")
    return await asyncio.to_thread(store_imported, database, found.article, found.bands, found.other_id, _is_same)


def _told(error: ValidationError) -> str:
    first = error.errors()[0]
    key, text = ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")
    return f"{key + ': ' if key else ''}{text}"


def _is_same(stored: Article | None, article: Article) -> bool:
    """Whether `article` may have the id that it comes with, where `stored` has it, or nothing has.

    An article with an address is the same whoever brings it, and has its id from there; only one that moved after it
    was read has another. Pages of two folders may share a name: what has become of a page is still much like it.
    """
    if stored is None:
        return not article.url
    if article.text_from != "page":
        return stored.url == article.url
    alike = stored.text == article.text or are_copies(shingles(stored.text), shingles(article.text))
    return alike and (stored.url, stored.source) == (article.url, article.source)


def _lines(path: Path, feed: str) -> Iterator[_Given]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            line = line.removeprefix(BOM_UTF8) if number == 1 else line
            if line.strip():
                yield _Given(f"{path}:{number}", _line_reader(line, feed))


def _line_reader(line: bytes, feed: str) -> Callable[[Workers], Awaitable[_Read]]:
    async def read(pool: Workers) -> _Read:
        parsed = _Line.model_validate_json(line)
        # The text is plain: signs that mean something in HTML mean themselves.
        markup = html.escape(parsed.text or "", quote=False)
        page = await pool.run(read_markup, markup, parsed.title, language_code(parsed.language))
        article = _from_line(parsed, page, feed)
        return _Read(article, page.bands, parsed.id if _OWN_ID.fullmatch(parsed.id or "") else None)

    return read


def _from_line(line: _Line, page: Page, feed: str) -> Article:
    at = datetime.now(UTC)
    return Article(
        # Without an address its own id or its text tells an article apart.
        id=hashed_id("article", line.url or line.id or (line.title, line.text)),
        url=line.url,
        source=composed(line.source or "").strip() or (source_of(line.url) if line.url else feed),
        feed=feed,
        language=page.language or "und",
        country=printable(line.country or "") or None,
        published_at=_published(line.published_at, at),
        fetched_at=at,
        title=composed(line.title),
        summary=composed(line.summary),
        text=page.text,
        author=composed(line.author or "") or None,
        text_from="import",
    )


def _published(given: datetime | None, at: datetime) -> datetime | None:
    """The feeds' rule, but for old dates, which an archive has: what is a little in the future is of now, what is far
    in the future is no date."""
    try:
        found = given and (given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC))
    except OverflowError:  # 0001-01-01T00:00:00+01:00
        return None
    return min(found, at) if found and _OLDEST <= found <= at + _WRONG_ZONE else None


def _pages(folder: Path, feed: str) -> Iterator[_Given]:
    paths = [path for path in sorted(folder.rglob("*")) if path.name.lower().endswith(_PAGES) and path.is_file()]
    if not paths:
        raise ConfigError(f"{folder}: there are no pages in this folder ({', '.join(_PAGES)})")
    addresses = _addresses(folder)
    for path in paths:
        name = path.relative_to(folder).as_posix()
        yield _Given(str(path), _page_reader(path, name, addresses.pop(name, ""), feed))
    for name in addresses:
        yield _Given(f"{folder / _ADDRESSES}: {name}", _no_page)


def _addresses(folder: Path) -> dict[str, str]:
    """The addresses of the pages, where the folder has a file urls.json ({"page.html": "https://..."})."""
    path = folder / _ADDRESSES
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise ConfigError(f"{path}: is not valid JSON: {error}") from None
    if not isinstance(found, dict):
        raise ConfigError(f'{path}: must be an object, such as {{"page.html": "https://..."}}')
    return {name: "" if url is None else str(url) for name, url in found.items()}


async def _no_page(pool: Workers) -> _Read:
    raise ArticleError("there is no such page in the folder", "no_page", retryable=False)


def _page_reader(path: Path, name: str, given: str, feed: str) -> Callable[[Workers], Awaitable[_Read]]:
    async def read(pool: Workers) -> _Read:
        try:
            url = _address(given) if given else ""
        except ValueError as error:
            raise ArticleError(f"its address in {_ADDRESSES} {error}", "bad_url", retryable=False) from None
        body = await asyncio.to_thread(_read_file, path)
        page = await pool.run(read_page, PageSource(body, "text/html", url or _NOWHERE, None, bool(url)))
        if page.wall or not page.text:
            raise ArticleError(f"there is no article on the page ({page.wall or 'empty'})", "wall", retryable=False)
        line = _Line(text=page.text, title=page.title, url=_own_address(page) or url, published_at=page.published_at,
                     summary=page.summary, author=page.author)  # fmt: skip
        article = replace(_from_line(line, page, feed), text_from="page")
        return _Read(article, page.bands, None if article.url else hashed_id("article", name))

    return read


def _own_address(page: Page) -> str:
    """The address that a page names as its own, unless that is relative to one that is not known."""
    try:
        found = _address(page.canonical or "")
    except ValueError:
        return ""
    return "" if found.startswith(_NOWHERE) else found


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        body = file.read(_MAX_BYTES + 1)
    if len(body) > _MAX_BYTES:
        raise ArticleError(_TOO_LARGE, "too_large", retryable=False)
    return _inflated(body) if path.name.lower().endswith(".gz") else body


def _inflated(packed: bytes) -> bytes:
    decoder = decoder_for("gzip", _MAX_BYTES)
    try:
        body = decoder.feed(packed)
        decoder.end()
    except FetchError as error:
        told = _TOO_LARGE if error.reason == "bomb" else "it is no gzip file, or not a whole one"
        raise ArticleError(told, error.reason, retryable=False) from None
    return body
