"""The second stage: entries become articles with their text."""

from processors.database import Database
from processors.records import Summary
from processors.settings import Settings

__all__ = ["read_articles"]


def read_articles(database: Database, settings: Settings, *, limit: int = 500) -> Summary:
    """Reads up to `limit` entries that are pending; call it again until nothing is done and nothing fails.

    Counts: done, failed (entries); new, changed, unchanged, copies (articles), from_feed (feed's text used), waiting.
    One bad page is a problem told, never an error raised. Raises DatabaseError where the database is away.
    """
    from processors.articles.reading import read_articles as read

    return read(database, settings, limit=limit)
