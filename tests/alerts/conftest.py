"""A small house for alerts: a database, rules, and words for storing what happened."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select, update

from processors.alerts import match_alerts, send_alerts
from processors.alerts.samples import sample_article, sample_event
from processors.database import Database, add_work, open_database
from processors.database.articles import insert_article
from processors.database.events import merge_event, store_events
from processors.database.tables import mails, work
from processors.database.work import now
from processors.index import match_queries
from processors.records import Article, Event, Summary
from processors.settings import MailSettings, Settings

DESK = {"address": "desk@example.org", "language": "en", "time_zone": "Europe/London"}
REDAKTION = {"address": "redaktion@example.org", "language": "de", "time_zone": "Europe/Berlin"}


class House:
    """A database with rules and an outbox folder in `folder`."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database
        self.settings = Settings(
            database_url=database.url,
            config_dir=folder / "config",
            var_dir=folder / "var",
            smtp_url=f"file://{folder / 'outbox'}",
            mail=MailSettings(sender="Eventwire <eventwire@example.org>", base_url="https://ew.example.org"),
        )
        self.settings.config_dir.mkdir(parents=True, exist_ok=True)

    def with_mail(self, **changes: Any) -> None:
        """Changes the mail settings."""
        mail = self.settings.mail.model_copy(update=changes)
        self.settings = self.settings.model_copy(update={"mail": mail})

    def write_rules(self, *rules: dict[str, Any]) -> None:
        """Writes config/alerts.yaml; a rule without subscribers gets one."""
        full = [{"subscribers": [DESK]} | rule if "notify" not in rule else rule for rule in rules]
        text = yaml.safe_dump({"rules": full}, allow_unicode=True)
        (self.settings.config_dir / "alerts.yaml").write_text(text, encoding="utf-8")

    def happened(self, event: Event, articles: Sequence[Article] | None = None) -> None:
        """Stores an event as the events stage does, and marks it to be matched."""
        articles = [sample_article(number) for number in range(5)] if articles is None else articles
        with self.database.transaction() as connection:
            for article in articles:
                self._store_article(connection, article)
            store_events(connection, [event])
            add_work(connection, "match", [f"event:{event.id}"])

    def published(self, article: Article) -> None:
        """Stores an article as the articles stage does, and marks it to be matched."""
        with self.database.transaction() as connection:
            self._store_article(connection, article)
            add_work(connection, "match", [f"article:{article.id}"])

    def _store_article(self, connection: Any, article: Article) -> None:
        from processors.database.articles import known_articles

        if not known_articles(connection, [article.id]):
            insert_article(connection, article, article.id)

    def merged(self, event_id: str, into: str) -> None:
        """Merges an event into another."""
        with self.database.transaction() as connection:
            merge_event(connection, event_id, into)
            add_work(connection, "match", [f"event:{event_id}", f"event:{into}"])

    def match(self) -> Summary:
        return match_alerts(self.database, self.settings, match_queries)

    def send(self) -> Summary:
        return send_alerts(self.database, self.settings)

    def go(self) -> Summary:
        """Matches, then sends."""
        self.match()
        return self.send()

    def make_due(self) -> None:
        """As if the pauses before pending mails were over."""
        with self.database.transaction() as connection:
            connection.execute(update(work).where(work.c.stage == "send").values(not_before=now()))

    def rows(self) -> list[Any]:
        """The rows of the mails, in the order in which they were made."""
        with self.database.reading() as connection:
            return list(connection.execute(select(mails).order_by(mails.c.created_at, mails.c.id)))

    def delivered(self) -> list[EmailMessage]:
        """The mails in the outbox folder, by their dates."""
        files = sorted((self.folder / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [read_mail(file.read_bytes()) for file in files]


# Where the tests run in a shell's background Ctrl-C is ignored, by the processes that they start too.
_STAGES = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from processors.alerts import match_alerts, send_alerts
from processors.database import open_database
from processors.index import match_queries
from processors.settings import load_settings
settings = load_settings()
database = open_database(settings.database_url)
if sys.argv[1] == "match":
    match_alerts(database, settings, match_queries)
else:
    send_alerts(database, settings)
"""


def started(house: House, stage: str, failpoint: str = "") -> subprocess.Popen[str]:
    """Starts a stage in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EVENTWIRE")} | {
        "EVENTWIRE_DATABASE_URL": house.settings.database_url,
        "EVENTWIRE_SMTP_URL": house.settings.smtp_url,
        "EVENTWIRE_CONFIG_DIR": str(house.settings.config_dir),
        "EVENTWIRE_MAIL__SENDER": house.settings.mail.sender,
        "EVENTWIRE_TEST_FAILPOINT": failpoint,
    }
    command = [sys.executable, "-c", _STAGES, stage]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(house: House, stage: str, failpoint: str) -> None:
    """Runs a stage in a process of its own, which is killed at a fail point."""
    ended = started(house, stage, failpoint)
    _, errors = ended.communicate()
    assert ended.returncode == -signal.SIGKILL, errors


def read_mail(content: bytes) -> EmailMessage:
    """A message parsed."""
    message = message_from_bytes(content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    """The plain text of a message."""
    return str(message.get_body(("plain",)).get_content()).replace("\r\n", "\n")  # type: ignore[union-attr]


def html_of(message: EmailMessage) -> str:
    """The HTML of a message."""
    return str(message.get_body(("html",)).get_content())  # type: ignore[union-attr]


def event(name: str = "call", **changes: Any) -> Event:
    """An event of its own for each name."""
    return replace(sample_event(), id=f"{name:0<20}"[:20], **changes)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house on SQLite."""
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    yield House(tmp_path, database)
    database.close()
