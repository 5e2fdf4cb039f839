"""What the pages are made from: database and index, opened when first asked for."""

import threading
from typing import TYPE_CHECKING, Any

from fastapi import Request

from processors.alerts.recipients import Unsubscribing, unsubscribing
from processors.alerts.rules import load_rules, rules_path
from processors.database import Database, open_database
from processors.records import AlertRule
from processors.settings import Settings

if TYPE_CHECKING:
    from processors.index import SearchIndex


class Sources:
    """The database and the index behind the pages."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._opened: dict[str, Any] = {}

    def _once(self, name: str, opening: Any) -> Any:
        with self._lock:
            if name not in self._opened:
                self._opened[name] = opening()
            return self._opened[name]

    @property
    def database(self) -> Database:
        """The database. Raises DatabaseError."""
        database: Database = self._once("database", lambda: open_database(self.settings.database_url))
        return database

    @property
    def index(self) -> "SearchIndex":
        """The search index. Raises IndexUnavailable when asked while it is away."""
        from processors.index import open_index

        index: SearchIndex = self._once("index", lambda: open_index(self.settings.index_url, self.settings))
        return index

    @property
    def unsubscribing(self) -> Unsubscribing:
        """What reads the addresses in mails."""
        database = self.database
        signer: Unsubscribing = self._once("unsubscribing", lambda: unsubscribing(database, self.settings))
        return signer

    def rules(self) -> tuple[AlertRule, ...]:
        """The alert rules as they are now. Raises ConfigError."""
        return load_rules(rules_path(self.settings))


def sources(request: Request) -> Sources:
    """The sources of the application that a request came to."""
    found: Sources = request.app.state.sources
    return found
