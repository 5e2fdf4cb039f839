"""Digests: what waited for a recipient, in one mail: grouped by type and dyad, newest first, against the period
before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from processors.alerts.decide import MANY_SOURCES
from processors.alerts.messages import compose, message_id
from processors.alerts.outbox import Outbox
from processors.alerts.plain import marked, plain, web_address
from processors.alerts.recipients import Recipient, recipients_of
from processors.alerts.render import (
    SENTENCE,
    SUBJECT,
    TITLE,
    Reader,
    Rendered,
    base_context,
    event_url,
    filled,
)
from processors.alerts.rules import load_rules, rules_path
from processors.alerts.schedule import OVERFLOW, last_boundary, parse_schedule, previous_boundary
from processors.alerts.wording import Wording, article_headline, wording
from processors.database import Database, add_work
from processors.database.alerts import Mail, add_mail, hits_between, set_mails, waiting_mails
from processors.database.articles import load_articles
from processors.database.events import current_id, load_events
from processors.records import AlertRule, Article, Change, Event, hashed_id
from processors.settings import Settings

LISTED = 100  # events or articles that a digest lists; the others are counted
_QUOTED = 30  # with how many of them the evidence is shown


@dataclass(frozen=True, slots=True)
class Digest:
    """What a digest tells: documents, newest first, each with the changes that waited with it. `before` is what the
    rule met in the period before: (type, dyad) for events, publisher for articles, by count."""

    rule: AlertRule
    start: datetime
    end: datetime
    documents: tuple[Event | Article, ...]
    changes: dict[str, tuple[Change, ...]]
    before: Counter[tuple[str, str]]
    over_limit: int = 0


def compose_digests(database: Database, settings: Settings, at: datetime) -> int:
    """Makes the digests that are due at `at`, each in one transaction that marks what it tells as told; returns how
    many. A digest is due when something has waited since before its rule's last boundary; there is no empty one."""
    with database.reading() as connection:
        waiting = waiting_mails(connection, at)
    if not waiting:
        return 0
    rules = {rule.name: rule for rule in load_rules(rules_path(settings))}
    outbox, made = Outbox(settings, database), 0
    for (rule_name, key), group in groupby(sorted(waiting, key=_whose), key=_whose):
        rule = rules.get(rule_name)
        recipient = next((one for one in recipients_of(rule) if one.key == key), None) if rule else None
        mails = list(group)
        if rule is None or recipient is None or outbox.mutes.hold(rule_name, key):
            _withdraw(database, mails)
        elif due := _due(rule, recipient, mails, at):
            made += _make(database, outbox, rule, recipient, due)
    return made


def _whose(mail: Mail) -> tuple[str, str]:
    return mail.rule, mail.recipient


def _withdraw(database: Database, mails: Sequence[Mail]) -> None:
    with database.transaction() as connection:
        set_mails(connection, [mail.id for mail in mails], state="withdrawn")


@dataclass(frozen=True, slots=True)
class _Due:
    mails: tuple[Mail, ...]
    start: datetime
    end: datetime
    at: datetime  # when it is put together: later than its end where nothing ran then


def _due(rule: AlertRule, recipient: Recipient, mails: Sequence[Mail], at: datetime) -> _Due | None:
    schedule = parse_schedule(rule.when)
    schedule = OVERFLOW if schedule.kind == "immediate" else schedule
    end = last_boundary(schedule, recipient.zone, at)
    waited = tuple(mail for mail in mails if mail.created_at <= end)
    if not waited:
        return None
    # What waited over a boundary at which nothing ran makes the period longer: it is to hold all that is listed.
    oldest = min(mail.created_at for mail in waited)
    start = min(
        previous_boundary(schedule, recipient.zone, end),
        last_boundary(schedule, recipient.zone, oldest - timedelta(microseconds=1)),
    )
    return _Due(waited, start, end, at)


def _make(database: Database, outbox: Outbox, rule: AlertRule, recipient: Recipient, due: _Due) -> int:
    ids = [mail.id for mail in due.mails]
    digest_id = hashed_id("digest", rule.name, recipient.key, sorted(ids))
    with database.transaction() as connection:
        set_mails(connection, ids, state="digested")
        digest = _digest(connection, rule, due)
        if not digest.documents:
            return 0
        reader = outbox.reader(rule.name, recipient)
        rendered = digest_mail(digest, reader)
        body = rendered.text
        if recipient.is_mail:
            body = compose(
                digest_id, rendered, recipient.key, outbox.settings.mail, due.at,
                rule=rule.name, unsubscribe_url=reader.unsubscribe_url,
            )  # fmt: skip
        mail = Mail(
            digest_id, message_id(digest_id, outbox.settings.mail), rule.name, recipient.key, "digest",
            rendered.subject, body, None, {"told": ids}, "pending", due.at,
        )  # fmt: skip
        add_mail(connection, mail)
        add_work(connection, "send", [digest_id])
    return 1


def _digest(connection: Any, rule: AlertRule, due: _Due) -> Digest:
    documents = _documents(connection, rule, [mail.data["document"] for mail in due.mails])
    earlier = hits_between(connection, rule.name, due.start - (due.end - due.start), due.start)
    met_before = _documents(connection, rule, [stored.hit.document_id for stored in earlier])
    changes: dict[str, tuple[Change, ...]] = defaultdict(tuple)
    for mail in due.mails:
        lines = (Change(mail.created_at, kind, value, source) for kind, value, source in mail.data["changes"])
        changes[_now(connection, rule, mail.data["document"])] += tuple(lines)
    over_limit = sum(mail.data.get("why") == "over_limit" for mail in due.mails)
    before = Counter(map(grouped_by, met_before))
    return Digest(rule, due.start, due.end, documents, dict(changes), before, over_limit)


def _documents(connection: Any, rule: AlertRule, ids: Iterable[str]) -> tuple[Event | Article, ...]:
    unique = sorted({_now(connection, rule, one) for one in ids})
    if rule.on == "events":
        return tuple(sorted(load_events(connection, unique), key=lambda one: (one.last_seen_at, one.id), reverse=True))
    articles = load_articles(connection, unique)
    return tuple(sorted(articles, key=lambda one: (one.published_at or one.fetched_at, one.id), reverse=True))


def _now(connection: Any, rule: AlertRule, document_id: str) -> str:
    # An event may have been merged into another one while it waited.
    return (current_id(connection, document_id) or document_id) if rule.on == "events" else document_id


def grouped_by(document: Event | Article) -> tuple[str, str]:
    """What a digest groups by: the type and the sides of an event, the publisher of an article."""
    if isinstance(document, Article):
        return "", document.source
    return document.type, " ".join(document.dyads) or " ".join(document.participants)


def digest_mail(digest: Digest, reader: Reader) -> Rendered:
    """The mail of a digest."""
    words, total = wording(reader.language), len(digest.documents)
    kind = "digest" if digest.rule.on == "events" else "digest_articles"
    headline = words.count(kind, total, rule=digest.rule.name)
    start, end = (words.moment(at, reader.zone) for at in (digest.start, digest.end))
    context = base_context(digest.rule, reader) | {
        "headline": headline,
        "period": words.mail["digest_period"].format(start=start, end=end),
        "before": words.mail["before"].format(count=digest.before.total()),
        "over_limit": _over_limit(digest, words),
        "groups": _groups(digest, words, reader),
        "untold": words.mail["untold"].format(count=total - LISTED) if total > LISTED else "",
    }
    return filled("digest", plain(headline, SUBJECT), context["period"], context)


def _over_limit(digest: Digest, words: Wording) -> str:
    if not digest.over_limit:
        return ""
    return words.count("over_limit", digest.over_limit, limit=digest.rule.max_mails_per_day)


def _groups(digest: Digest, words: Wording, reader: Reader) -> list[dict[str, Any]]:
    # A group stands where its newest document does.
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    titles: dict[tuple[str, str], str] = {}
    counts = Counter(grouped_by(document) for document in digest.documents)
    for number, document in enumerate(digest.documents[:LISTED]):
        group = grouped_by(document)
        titles.setdefault(group, _group_title(document, words))
        entry = _entry(document, digest, words, reader, quoted=number < _QUOTED)
        found.setdefault(group, []).append(entry)
    return [
        {
            "title": titles[group],
            "now": words.mail["present"].format(count=counts[group]),
            "before": words.mail["before"].format(count=digest.before[group]),
            "entries": entries,
        }
        for group, entries in found.items()
    ]


def _group_title(document: Event | Article, words: Wording) -> str:
    if isinstance(document, Article):
        return plain(document.source, 80)
    sides = " – ".join(words.actor(actor) for actor in document.participants)
    return f"{words.type_name(document.type)}: {sides}" if sides else words.type_name(document.type)


def _entry(
    document: Event | Article, digest: Digest, words: Wording, reader: Reader, *, quoted: bool
) -> dict[str, Any]:
    if isinstance(document, Article):
        at = document.published_at or document.fetched_at
        title = article_headline(document.title, document.url, document.text, TITLE)
        url, detail = web_address(document.url), [words.moment(at, reader.zone)]
        return {"text": title, "url": url, "detail": detail, "changes": [], "evidence": []}
    changes = [words.change(change) for change in digest.changes.get(document.id, ())]
    evidence = marked(plain(document.sentence, SENTENCE), plain(document.trigger, TITLE)) if quoted else []
    return {
        "text": words.sentence(document),
        "url": event_url(reader.base_url, document.id),
        "detail": _detail(document, words),
        "changes": changes[:MANY_SOURCES],
        "evidence": evidence,
    }


def _detail(event: Event, words: Wording) -> list[str]:
    sources = ", ".join(plain(source, 60) for source in event.sources[:4])
    more = f" +{event.source_count - 4}" if event.source_count > 4 else ""
    return [part for part in (words.statuses[event.status], words.day(event), sources + more) if part]
