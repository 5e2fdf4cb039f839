"""Mails to look at: the gallery of every kind of mail, and the preview of one rule's."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from processors.alerts import samples
from processors.alerts.decide import News
from processors.alerts.digests import Digest, digest_mail, grouped_by
from processors.alerts.messages import compose
from processors.alerts.operations import Turn, notice_mail, operations_mail
from processors.alerts.outbox import event_story
from processors.alerts.recipients import recipients_of
from processors.alerts.render import EventStory, Reader, Rendered, article_mail, event_mail
from processors.alerts.schedule import last_boundary, next_boundary, parse_schedule, previous_boundary
from processors.database import Database
from processors.records import AlertRule, Article, Event, hashed_id
from processors.settings import MailSettings, Settings

_BASE = "https://eventwire.example.org"


def build_gallery(folder: Path) -> list[Path]:
    """Writes every kind of mail in both languages as NAME.html, .txt and .eml into `folder`, with an index.html.
    Returns the HTML files."""
    folder.mkdir(parents=True, exist_ok=True)
    pages, settings = [], MailSettings(sender="Eventwire <eventwire@example.org>", reply_to="desk@example.org")
    for language, zone in (("en", "Europe/London"), ("de", "Europe/Berlin")):
        reader = Reader(language, ZoneInfo(zone), _BASE, f"{_BASE}/unsubscribe/token")
        for name, rendered in _kinds(reader):
            pages.append(_write(folder, f"{language}-{name}", rendered, "analyst@example.org", settings))
    links = "".join(f'<li><a href="{escape(page.name)}">{escape(page.stem)}</a></li>' for page in pages)
    index = f"<!doctype html><meta charset=utf-8><title>Mails</title><h1>Mails</h1><ul>{links}</ul>"
    (folder / "index.html").write_text(index, encoding="utf-8")
    return pages


def _write(folder: Path, name: str, rendered: Rendered, recipient: str, settings: MailSettings) -> Path:
    mail_id = hashed_id("gallery", name)
    message = compose(mail_id, rendered, recipient, settings, samples.MOMENT, rule=name)
    (folder / f"{name}.txt").write_text(f"{rendered.subject}\n\n{rendered.text}", encoding="utf-8")
    (folder / f"{name}.eml").write_bytes(message.encode("ascii"))
    page = folder / f"{name}.html"
    page.write_text(rendered.html, encoding="utf-8")
    return page


def _kinds(reader: Reader) -> Iterator[tuple[str, Rendered]]:
    rule, event = samples.sample_rule(), samples.sample_event()
    yield "event", event_mail(rule, samples.sample_story(), reader)
    for status in ("planned", "hypothetical", "negated", "historical"):
        story = samples.sample_story(replace(event, status=status))
        yield f"event-{status}", event_mail(rule, story, reader)
    yield "event-update", event_mail(rule, samples.sample_story(update=True), reader, thread_subject="Phone call")
    disputed = replace(
        event, type="attack", actors=(), recipients=("UKR", "OTHER"), disputed=True, persons=(), topics=()
    )
    yield "event-disputed", event_mail(rule, replace(samples.sample_story(disputed), articles=()), reader)
    many = tuple(samples.sample_article(n, source=f"paper-{n:02}.example", id=str(n)) for n in range(40))
    yield "event-many-sources", event_mail(rule, replace(samples.sample_story(), articles=many), reader)
    yield "article", article_mail(replace(rule, on="articles", query="text:Macron"), many[1], reader)
    yield from _digests(rule, reader)
    yield "operations", operations_mail(_turns(), reader)
    failure = "eventwire_code.resolve failed in run scheduled__1.\n\nDatabaseError: database is locked"
    yield "notice", notice_mail("eventwire_code.resolve failed", failure, reader.language)
    hostile = EventStory(samples.hostile_event(), samples.hostile_articles(), News(("new",)))
    yield "hostile", event_mail(rule, hostile, reader)


def _digests(rule: AlertRule, reader: Reader) -> Iterator[tuple[str, Rendered]]:
    end, day = samples.MOMENT, timedelta(days=1)
    events = samples.sample_events()
    before = Counter({("leader_call", "RUS-USA"): 3, ("arms_delivery_pause", "UKR-USA"): 1, ("threat", "RUS-UKR"): 2})
    daily = replace(
        rule,
        name="Ukraine, every morning",
        description="What the night brought.",
        when="daily at 07:00",
        query="participants:UKR OR type:leader_call",
    )
    changes = {events[0].id: samples.sample_story(update=True).news.changes}
    yield "digest", digest_mail(Digest(daily, end - day, end, tuple(events), changes, before), reader)
    overflow = replace(rule, max_mails_per_day=5)
    yield "digest-overflow", digest_mail(Digest(overflow, end - day, end, tuple(events[:2]), {}, before, 2), reader)
    articles = tuple(samples.sample_article(number) for number in range(7))
    watch = replace(rule, name="Articles on Macron", description="", on="articles", query="text:Macron", when="hourly")
    counts = Counter({("", "ledger.example"): 4})
    yield "digest-articles", digest_mail(Digest(watch, end - day, end, articles, {}, counts), reader)


def _turns() -> list[Turn]:
    return [
        Turn("feed", "1", "Elbkurier", "broken", "ok", "HTTP 503 from the server for six hours",
             "https://elbkurier.example/feed.xml"),
        Turn("feed", "2", "Mainbote", "ok", "quiet", "", "https://mainbote.example/rss"),
        Turn("backlog", "code", "code", "growing", "ok", "214 pieces wait, the oldest for 95 minutes"),
        Turn("index", "index", "http://eventwire:***@search:9200", "away", "ok", "connection refused"),
    ]  # fmt: skip


def preview_mails(
    database: Database, settings: Settings, rule: AlertRule, records: Sequence[Event | Article], folder: Path
) -> list[Path]:
    """Writes the mail of a rule on the first of `records`, which meet it, newest first, for each of its recipients; of
    a digest's rule the digest of the last period that has any. Where there is none, it tells of invented ones."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, recipient in enumerate(recipients_of(rule), start=1):
        reader = Reader(recipient.language, recipient.zone, settings.mail.base_url)
        if parse_schedule(rule.when).kind == "immediate":
            rendered = _single(database, rule, next(iter(records), None), reader)
        else:
            rendered = digest_mail(_latest_digest(rule, records, reader.zone), reader)
        address = recipient.key if recipient.is_mail else "notify@localhost"
        written.append(_write(folder, f"{number}-{recipient.language}", rendered, address, settings.mail))
    return written


def _single(database: Database, rule: AlertRule, record: Event | Article | None, reader: Reader) -> Rendered:
    if isinstance(record, Event):
        with database.reading() as connection:
            return event_mail(rule, event_story(connection, record, News(("new",))), reader)
    if isinstance(record, Article):
        return article_mail(rule, record, reader)
    if rule.on == "articles":
        return article_mail(rule, samples.sample_article(), reader)
    return event_mail(rule, samples.sample_story(), reader)


def _latest_digest(rule: AlertRule, records: Sequence[Event | Article], zone: ZoneInfo) -> Digest:
    # What met the rule when is not stored of what it never watched: a record counts when it was last reported.
    schedule = parse_schedule(rule.when)
    periods: dict[datetime, list[Event | Article]] = defaultdict(list)
    for record in records:
        at = record.last_seen_at if isinstance(record, Event) else record.fetched_at
        periods[last_boundary(schedule, zone, at)].append(record)
    if not periods:
        invented = [samples.sample_article(number) for number in range(5)] if rule.on == "articles" else None
        periods[last_boundary(schedule, zone, samples.MOMENT)] += invented or samples.sample_events()
    start = max(periods)
    before = Counter(map(grouped_by, periods[previous_boundary(schedule, zone, start)]))
    return Digest(rule, start, next_boundary(schedule, zone, start), tuple(periods[start]), {}, before)
