"""A database, settings and a local site for the tests of articles."""

from tests.feeds.conftest import database, settings, site

__all__ = ["database", "settings", "site"]
