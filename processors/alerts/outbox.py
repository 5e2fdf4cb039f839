"""Mails made from hits: at once, or waiting for a digest. All writing happens in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processors.alerts.decide import News
from processors.alerts.messages import compose, message_id, thread_root
from processors.alerts.recipients import Mutes, Recipient, mutes, recipients_of, unsubscribing
from processors.alerts.render import EventStory, Reader, Rendered, article_mail, event_mail
from processors.alerts.schedule import parse_schedule, start_of_day
from processors.database import Database, add_work, now
from processors.database.alerts import Mail, add_mail, count_mails, latest_of_dyads, thread_mails
from processors.database.articles import load_articles
from processors.database.events import load_events
from processors.records import AlertRule, Article, Event, Hit, hashed_id
from processors.settings import Settings

_REPORTS = 200  # articles of an event that its mail looks at
_DYAD_EVENTS = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """A hit that is news, with all that its mails need. `thread` is the id that its mails thread by."""

    rule: AlertRule
    hit: Hit
    document: Event | Article
    news: News
    thread: str


class Outbox:
    """Makes and stores mails. Make one for each batch: it knows who is muted now."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.signer = unsubscribing(database, settings)
        with database.reading() as connection:
            self.mutes: Mutes = mutes(connection)

    def reader(self, rule: str, recipient: Recipient) -> Reader:
        """For whom to render."""
        base = self.settings.mail.base_url
        url = self.signer.url(base, rule, recipient.key) if recipient.is_mail else ""
        return Reader(recipient.language, recipient.zone, base, url)

    def add(self, connection: Any, telling: Telling) -> int:
        """Stores the mails of a hit, one for each recipient who is not muted; returns how many go out by themselves.
        The others wait for a digest."""
        sent = 0
        for recipient in recipients_of(telling.rule):
            if self.mutes.hold(telling.rule.name, recipient.key):
                continue
            at = now()
            waits = self._waits(connection, telling.rule, recipient, at)
            mail = (
                self._waiting(telling, recipient, at, waits)
                if waits
                else self._single(connection, telling, recipient, at)
            )
            if add_mail(connection, mail) and not waits:
                add_work(connection, "send", [mail.id])
                sent += 1
        return sent

    def _waits(self, connection: Any, rule: AlertRule, recipient: Recipient, at: datetime) -> str:
        """Why a mail waits for a digest: "schedule", "over_limit" or "" where it does not."""
        if parse_schedule(rule.when).kind != "immediate":
            return "schedule"
        if rule.max_mails_per_day is None:
            return ""
        today = count_mails(connection, rule.name, recipient.key, start_of_day(recipient.zone, at))
        return "over_limit" if today >= rule.max_mails_per_day else ""

    def _waiting(self, telling: Telling, recipient: Recipient, at: datetime, why: str) -> Mail:
        data = self._data(telling) | {"why": why}
        return self._mail(telling, recipient, at, Rendered("", "", ""), "", "waiting", data)

    def _single(self, connection: Any, telling: Telling, recipient: Recipient, at: datetime) -> Mail:
        earlier = thread_mails(connection, telling.thread, recipient.key)
        subject = earlier[0].subject.removeprefix("Re: ") if earlier else ""
        reader = self.reader(telling.rule.name, recipient)
        rendered = self._render(connection, telling, reader, subject)
        mail_id = hashed_id("mail", telling.hit.id, recipient.key)
        root = thread_root(telling.thread, self.settings.mail)
        references = [root, *(mail.message_id for mail in earlier)] if telling.hit.kind == "event" else []
        body = rendered.text
        if recipient.is_mail:
            body = compose(
                mail_id,
                rendered,
                recipient.key,
                self.settings.mail,
                at,
                rule=telling.rule.name,
                references=references,
                unsubscribe_url=reader.unsubscribe_url,
            )
        return self._mail(telling, recipient, at, rendered, body, "pending", self._data(telling))

    def _mail(
        self, telling: Telling, recipient: Recipient, at: datetime, rendered: Rendered, body: str, state: str, data: Any
    ) -> Mail:
        mail_id = hashed_id("mail", telling.hit.id, recipient.key)
        return Mail(
            mail_id,
            message_id(mail_id, self.settings.mail),
            telling.rule.name,
            recipient.key,
            telling.hit.kind,
            rendered.subject,
            body,
            telling.thread,
            data,
            state,
            at,
        )

    def _data(self, telling: Telling) -> dict[str, Any]:
        changes = [[change.kind, change.value, change.source] for change in telling.news.changes]
        return {
            "hit": telling.hit.id,
            "document": telling.hit.document_id,
            "reasons": list(telling.news.reasons),
            "changes": changes,
        }

    def _render(self, connection: Any, telling: Telling, reader: Reader, thread_subject: str) -> Rendered:
        if isinstance(telling.document, Article):
            return article_mail(telling.rule, telling.document, reader)
        story = event_story(connection, telling.document, telling.news)
        return event_mail(telling.rule, story, reader, thread_subject=thread_subject)


def event_story(connection: Any, event: Event, news: News) -> EventStory:
    """An event with its reports and what else was between its sides lately."""
    articles = load_articles(connection, event.articles[:_REPORTS])
    others = latest_of_dyads(connection, event.dyads, without=event.id, limit=_DYAD_EVENTS)
    by_id = {other.id: other for other in load_events(connection, others)}
    return EventStory(event, tuple(articles), news, tuple(by_id[one] for one in others if one in by_id))
