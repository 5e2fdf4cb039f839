"""The way of the data, wired: the one place that knows all stages.

    fetch -> read -> code -> resolve -> index -> match -> send

Each stage takes what is pending in the database and commits its result with its state, so the order in which they
are called, by whom and how often, changes when things happen and never what happens.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from processors.database import Database, now, open_database, pending
from processors.database.retention import apply_retention
from processors.errors import ConfigError, IndexUnavailable
from processors.index import SearchIndex, open_index
from processors.records import STAGES, Stage, Summary
from processors.settings import Settings

OnSummary = Callable[[Summary], None]
_log = logging.getLogger(__name__)


@dataclass
class Pipeline:
    """The open database and the settings that all stages work with. Use `opened` to get one."""

    settings: Settings
    database: Database
    _index: SearchIndex | None = field(default=None, repr=False)

    @property
    def search_index(self) -> SearchIndex:
        """The search index, opened when first asked for. Raises IndexUnavailable."""
        if self._index is None:
            self._index = open_index(self.settings.index_url, self.settings)
        return self._index

    def close(self) -> None:
        """Closes index and database."""
        if self._index is not None:
            self._index.close()
        self.database.close()

    def sync_feeds(self) -> None:
        """Takes over what config/feeds.yaml says."""
        from processors.feeds import sync_feeds

        sync_feeds(self.database, self.settings)

    def feed_batches(self, batches: int) -> list[list[str]]:
        """The ids of the feeds that are due, in at most `batches` lists, a host's feeds together."""
        from processors.feeds import due_batches

        return due_batches(self.database, self.settings, batches)

    def fetch(self, feed_ids: Sequence[str] | None = None) -> Summary:
        """Asks the feeds that are due (among `feed_ids`, where given)."""
        from processors.feeds import fetch_feeds

        return fetch_feeds(self.database, self.settings, feed_ids=feed_ids)

    def read(self, on_summary: OnSummary | None = None) -> Summary:
        """Reads the articles of all pending entries."""
        from processors.articles import read_articles

        return self._drain("read", partial(read_articles, self.database, self.settings), on_summary)

    def code(self, on_summary: OnSummary | None = None) -> Summary:
        """Codes all pending articles."""
        from processors.coder import code_articles

        return self._drain("code", partial(code_articles, self.database, self.settings), on_summary)

    def resolve(self, on_summary: OnSummary | None = None) -> Summary:
        """Merges new mentions into events."""
        from processors.events import resolve_events

        return self._drain("resolve", partial(resolve_events, self.database, self.settings), on_summary)

    def index(self, on_summary: OnSummary | None = None) -> Summary:
        """Brings the search index up to date. An index that is away or set up wrong is a problem told, not an error
        raised: the backlog waits in the database, and matching and sending go on. One that only hangs is found out in
        seconds, before it is written to with all patience."""
        from processors.index import index_documents

        try:
            step = partial(index_documents, self.database, self.search_index)
            if pending(self.database, due_only=True).get("index"):
                self.search_index.check()
            return self._drain("index", step, on_summary)
        except (IndexUnavailable, ConfigError) as error:
            return Summary("index", {"done": 0, "failed": 0}, (f"{error}; the backlog waits in the database",))

    def match(self, on_summary: OnSummary | None = None) -> Summary:
        """Matches what changed against the alert rules."""
        from processors.alerts import match_alerts
        from processors.index import match_queries

        return self._drain("match", partial(match_alerts, self.database, self.settings, match_queries), on_summary)

    def send(self, on_summary: OnSummary | None = None) -> Summary:
        """Sends the mails that are due, and then what there is to tell the operators: to see how all is doing takes a
        while where the index hangs."""
        from processors.alerts import send_alerts

        step = partial(send_alerts, self.database, self.settings)
        sent = self._drain("send", step, on_summary)
        return sent + self._drain("send", step, on_summary) if self.report().counts["mails"] else sent

    def run(self, stage: Stage, on_summary: OnSummary | None = None) -> Summary:
        """One stage, until nothing of it is due."""
        return self.fetch() if stage == "fetch" else getattr(self, stage)(on_summary)

    def run_once(self, on_summary: OnSummary | None = None) -> list[Summary]:
        """One whole pass, from the feeds to the mails."""
        self.sync_feeds()
        return [self.run(stage, on_summary) for stage in STAGES]

    def maintain(self) -> dict[str, int]:
        """Applies the retention settings to database and index. Returns how many rows of what were deleted.

        An index that is away or set up wrong is logged, not raised: what is left in it goes with the next day's
        maintenance.
        """
        with self.database.transaction() as connection:
            counts = apply_retention(connection, self.settings.retention, now())
        days = self.settings.retention.articles
        try:
            if days:
                counts["indexed_articles"] = self.search_index.delete_older("articles", now() - timedelta(days=days))
        except (IndexUnavailable, ConfigError) as error:
            _log.warning("old articles stay in the index for now: %s", error)
        return counts

    def report(self) -> Summary:
        """Writes the operators a mail where a feed, a backlog or the index has changed its state since the last."""
        from processors.alerts.operations import report_operations

        return report_operations(self.database, self.settings, index_problem=self._index_problem())

    def _index_problem(self) -> str | None:
        # An index that is set up wrong (a changed password) is told as well, and holds up no mails.
        try:
            self.search_index.check()
        except (IndexUnavailable, ConfigError) as error:
            return str(error)
        return None

    def coding_workers(self) -> int:
        """How many coding tasks are worth starting: as many as the settings say (one a core of this machine by
        default), none when nothing is pending."""
        most = self.settings.coder.workers or os.cpu_count() or 1
        return min(pending(self.database, due_only=True).get("code", 0), most)

    def _drain(self, stage: Stage, step: Callable[[], Summary], on_summary: OnSummary | None) -> Summary:
        total = Summary(stage, {"done": 0, "failed": 0})
        while True:
            part = step()
            total = total + part
            if on_summary:
                on_summary(part)
            if not part.counts.get("done") and not part.counts.get("failed"):
                return total


@contextmanager
def opened(settings: Settings) -> Iterator[Pipeline]:
    """The pipeline on the settings' database, migrated. Raises DatabaseError."""
    pipeline = Pipeline(settings, open_database(settings.database_url))
    try:
        yield pipeline
    finally:
        pipeline.close()
