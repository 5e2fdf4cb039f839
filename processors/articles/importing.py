"""Articles from elsewhere: JSON Lines, or a folder of pages. They go through the same stages as what feeds bring."""

import asyncio
import gzip
import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from processors.articles.documents import Page, PageSource
from processors.articles.extraction import read_markup, read_page
from processors.articles.storing import Outcome, store
from processors.database import Database
from processors.errors import ArticleError, ConfigError, FeedError
from processors.fetch.markup import printable
from processors.fetch.urls import canonical_url, source_of
from processors.fetch.workers import Workers, workers
from processors.records import Article, Summary, hashed_id

_LOT = 200
_SECONDS = 30.0
_PRELOAD = ("processors.articles.extraction", "trafilatura", "py3langid", "datasketch")
_EARLIEST = 100_000_000  # seconds since 1970, March 1973: 20251112 is not meant as the 235th day of 1970
_PAGES = (".html", ".htm", ".html.gz", ".xhtml")


class _Line(BaseModel):
    """A line of a JSON Lines file; what it has beyond this is ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    text: str
    title: str = ""
    url: str = ""
    language: str | None = Field(default=None, validation_alias=AliasChoices("language", "lang"))
    published_at: datetime | None = Field(default=None, validation_alias=AliasChoices("published_at", "date"))
    source: str | None = None
    country: str | None = None
    summary: str = ""
    author: str | None = None

    @field_validator("published_at", mode="before")
    @classmethod
    def _is_no_number_of_digits(cls, value: Any) -> Any:
        if isinstance(value, int | float) and value < _EARLIEST:
            raise ValueError("must be a date as text, such as 2025-11-12, or seconds since 1970")
        return value


@dataclass(frozen=True, slots=True)
class _Given:
    """An article as it is given: where it stands, and how it is understood."""

    place: str
    read: Callable[[Workers], Any]


def import_articles(
    database: Database, path: Path, feed: str, on_summary: Callable[[Summary], None] | None = None
) -> Summary:
    """Stores the articles of a JSON Lines file or of a folder of pages, as if the feed `feed` had brought them.

    Counts as `read_articles`. A line or page that cannot be understood is a problem told. Raises ConfigError where
    there is nothing at `path`.
    """
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file or folder")
    given = _pages(path, feed) if path.is_dir() else _lines(path, feed)
    return asyncio.run(_import(database, given, on_summary))


async def _import(database: Database, given: Iterator[_Given], on_summary: Callable[[Summary], None] | None) -> Summary:
    from processors.articles.reading import summed

    total = summed([])
    async with workers(_SECONDS, _PRELOAD) as pool:
        while lot := list(islice(given, _LOT)):
            part = summed(await asyncio.gather(*(_one(database, pool, each) for each in lot)))
            total = total + part
            if on_summary:
                on_summary(part)
    return total


async def _one(database: Database, pool: Workers, given: _Given) -> Outcome:
    try:
        article, bands = await given.read(pool)
    except FeedError as error:
        return Outcome("failed", f"{given.place}: {error}")
    except Exception as error:  # one file or line must not cost the others
        return Outcome("failed", f"{given.place}: cannot be read: {error or type(error).__name__}")
    return await asyncio.to_thread(store, database, None, article, bands, None)


def _lines(path: Path, feed: str) -> Iterator[_Given]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            line = line.removeprefix(BOM_UTF8) if number == 1 else line
            if line.strip():
                yield _Given(f"{path}:{number}", _line_reader(line, feed))


def _line_reader(line: bytes, feed: str) -> Callable[[Workers], Any]:
    async def read(pool: Workers) -> tuple[Article, Sequence[str]]:
        try:
            parsed = _Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            key, text = ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")
            raise ArticleError(f"{key + ': ' if key else ''}{text}", "bad_line", retryable=False) from None
        page = await pool.run(read_markup, parsed.text.replace("<", "&lt;"), parsed.title, parsed.language)
        return _from_line(parsed, page, feed), page.bands

    return read


def _from_line(line: _Line, page: Page, feed: str) -> Article:
    url = canonical_url(line.url) if line.url else ""
    published = line.published_at
    try:
        published = published and (published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC))
    except OverflowError:  # 0001-01-01T00:00:00+01:00 stands for no date
        published = None
    return Article(
        # An article with an address is the same whoever brings it; without one its own id or its text tells it apart.
        id=hashed_id("article", url or line.id or (line.title, line.text)),
        url=url,
        source=line.source or (source_of(url) if url else feed),
        feed=feed,
        language=page.language or "und",
        country=line.country,
        published_at=published,
        fetched_at=datetime.now(UTC),
        title=printable(line.title),
        summary=printable(line.summary),
        text=page.text,
        author=line.author,
        text_from="import",
    )


def _pages(folder: Path, feed: str) -> Iterator[_Given]:
    addresses = _addresses(folder)
    for path in sorted(folder.rglob("*")):
        if path.name.lower().endswith(_PAGES) and path.is_file():
            name = path.relative_to(folder).as_posix()
            yield _Given(str(path), _page_reader(path, addresses.get(name, ""), feed))


def _addresses(folder: Path) -> dict[str, str]:
    """The addresses of the pages, where the folder has a file urls.json ({"page.html": "https://..."})."""
    path = folder / "urls.json"
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ConfigError(f"{path}: is not valid JSON: {error}") from None
    return {str(name): str(url) for name, url in found.items()} if isinstance(found, dict) else {}


def _page_reader(path: Path, url: str, feed: str) -> Callable[[Workers], Any]:
    async def read(pool: Workers) -> tuple[Article, Sequence[str]]:
        body = await asyncio.to_thread(_read_file, path)
        page = await pool.run(read_page, PageSource(body, "text/html", url or "https://localhost/", None, bool(url)))
        if page.wall or not page.text:
            raise ArticleError(f"there is no article on the page ({page.wall or 'empty'})", "wall", retryable=False)
        address = page.canonical or (canonical_url(url) if url else "")
        line = _Line(id=path.name, text=page.text, title=page.title, url=address, published_at=page.published_at,
                     summary=page.summary, author=page.author)  # fmt: skip
        article = _from_line(line, page, feed)
        return replace(article, text_from="page"), page.bands

    return read


def _read_file(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.name.endswith(".gz") else body
