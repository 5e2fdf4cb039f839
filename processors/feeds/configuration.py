"""config/feeds.yaml."""

from collections import Counter
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from processors.errors import ConfigError, FetchError
from processors.fetch.client import parse_url
from processors.records import Feed, hashed_id
from processors.settings import config_error, line_of, load_yaml


class _ConfiguredFeed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    url: str
    language: str | None = Field(default=None, pattern="^[a-z]{2,3}$")
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        try:
            parse_url(value)
        except FetchError as error:
            raise ValueError(str(error)) from None
        return value.strip()


class _FeedsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    feeds: list[_ConfiguredFeed] = []


def load_configured(path: Path) -> list[Feed]:
    """The feeds of a file in the order in which they stand there. Raises ConfigError with file, line and key."""
    raw: Any = load_yaml(path)
    try:
        parsed = _FeedsFile.model_validate(raw)
    except ValidationError as error:
        raise config_error(path, error) from None
    for what in ("url", "name"):
        _check_unique(path, [getattr(feed, what) for feed in parsed.feeds], what)
    return [Feed(feed_id(feed.url), feed.name, feed.url, feed.language, feed.country) for feed in parsed.feeds]


def feed_id(url: str) -> str:
    """The id of a feed: hashed from its configured address."""
    return hashed_id("feed", url)


def _check_unique(path: Path, values: list[str], what: str) -> None:
    twice = next((value for value, count in Counter(values).items() if count > 1), None)
    if twice is not None:
        number = len(values) - 1 - values[::-1].index(twice)
        line = line_of(path, ["feeds", number, what])
        raise ConfigError(f"{path}:{line}: feeds.{number}.{what}: {twice!r} stands here for the second time")
