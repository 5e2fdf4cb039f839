"""Mails' subjects, texts and HTML, from records. Pure: the same story gives the same mail.

Everything from feeds passes `plain` here (no controls, no reordering, bounded) and is escaped by the templates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from processors.alerts.decide import News
from processors.alerts.plain import marked, plain, web_address
from processors.alerts.wording import Wording, article_headline, flag, wording
from processors.records import AlertRule, Article, Event

SUBJECT, TITLE, SENTENCE, LEAD = 160, 240, 700, 500  # characters that each may have in a mail
_SOURCES = 8  # publishers listed


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a mail is rendered, and where its links lead ("" where there is no web page)."""

    language: str = "en"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    base_url: str = ""
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True)
class EventStory:
    """All that a mail on an event tells. `dyad_events` are the latest others between the same sides."""

    event: Event
    articles: tuple[Article, ...]
    news: News
    dyad_events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's subject (one line), plain text and HTML with its CSS inlined."""

    subject: str
    text: str
    html: str


@cache
def _environments() -> tuple[Environment, Environment]:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    html = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    text = Environment(loader=loader, autoescape=False, undefined=StrictUndefined, trim_blocks=True)
    return html, text


@cache
def _inliner() -> css_inline.CSSInliner:
    # What is inlined cannot know the reader's colours: the media queries stay in a style element.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def filled(template: str, subject: str, preview: str, context: Mapping[str, Any]) -> Rendered:
    """The templates `template`.html and .txt filled with `context`; `preview` is what mail programs show in lists."""
    html, text = _environments()
    everything = {**context, "subject": subject, "preview": preview}
    body = text.get_template(f"{template}.txt").render(everything)
    page = html.get_template(f"{template}.html").render(everything)
    return Rendered(subject, body.strip() + "\n", _inliner().inline(page))


def base_context(rule: AlertRule, reader: Reader) -> dict[str, Any]:
    """What every mail of a rule needs."""
    words = wording(reader.language)
    return {"words": words, "t": words.mail, "rule": rule, "unsubscribe_url": reader.unsubscribe_url}


def event_mail(rule: AlertRule, story: EventStory, reader: Reader, *, thread_subject: str = "") -> Rendered:
    """The mail on an event. An update keeps its thread's subject, because mail programs thread by it too."""
    words = wording(reader.language)
    event, update = story.event, story.news.reasons != ("new",)
    headline = words.sentence(event)
    context = base_context(rule, reader) | event_context(story, words, reader)
    context |= {"headline": headline, "update": update}
    subject = f"Re: {thread_subject}" if update and thread_subject else plain(headline, SUBJECT)
    return filled("event", subject, _preview(story, words), context)


def _preview(story: EventStory, words: Wording) -> str:
    changes = [words.change(change) for change in story.news.changes]
    sentence = plain(story.event.sentence, 120)
    return " · ".join([words.statuses[story.event.status], *changes[:3], sentence])


def event_context(story: EventStory, words: Wording, reader: Reader) -> dict[str, Any]:
    """An event in the words of its reader, for a mail or a page."""
    event = story.event
    sources, more = sources_of(story.articles)
    return {
        "event": event,
        "sides": [{"flag": flag(actor), "name": words.actor(actor)} for actor in event.participants],
        "persons": plain(", ".join(event.persons), TITLE),
        "topics": plain(", ".join(event.topics), TITLE),
        "attribution": plain(words.actor(event.attribution), 80) if event.attribution else "",
        "place": plain(event.place or "", 80),
        "day": words.day(event),
        "evidence": marked(plain(event.sentence, SENTENCE), plain(event.trigger, TITLE)),
        "changes": [words.change(change) for change in story.news.changes],
        "sources": sources,
        "more_reports": words.count("more_reports", more) if more else "",
        "since": _since(event, words),
        "dyad_lines": [dyad_line(other, words, reader) for other in story.dyad_events],
        "event_url": event_url(reader.base_url, event.id),
    }


def event_url(base_url: str, event_id: str) -> str:
    """Where an event's page is; "" where there are no pages."""
    return f"{base_url.rstrip('/')}/events/{event_id}" if base_url else ""


def _since(event: Event, words: Wording) -> str:
    if event.days_since_previous is None:
        return ""
    return words.mail["days_since"].format(count=event.days_since_previous)


def dyad_line(event: Event, words: Wording, reader: Reader) -> dict[str, str]:
    """Another event in one line."""
    return {"text": words.sentence(event), "day": words.day(event), "url": event_url(reader.base_url, event.id)}


def sources_of(articles: Sequence[Article]) -> tuple[list[dict[str, Any]], int]:
    """One line per publisher, the earliest report of each, and how many reports of further publishers there are."""
    by_source: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda one: (one.published_at or one.fetched_at, one.id)):
        by_source.setdefault(article.source, []).append(article)
    lines: list[dict[str, Any]] = [
        {
            "name": plain(source, 80),
            "title": article_headline(reports[0].title, reports[0].url, reports[0].text, TITLE),
            "url": web_address(reports[0].url),
            "count": len(reports),
        }
        for source, reports in by_source.items()
    ]
    return lines[:_SOURCES], sum(line["count"] for line in lines[_SOURCES:])


def article_mail(rule: AlertRule, article: Article, reader: Reader) -> Rendered:
    """The mail on an article."""
    words = wording(reader.language)
    title = article_headline(article.title, article.url, article.text, TITLE)
    source = plain(article.source, 80)
    context = base_context(rule, reader) | {
        "title": title,
        "source": source,
        "article_url": web_address(article.url),
        "published": words.moment(article.published_at, reader.zone) if article.published_at else "",
        "lead": plain(article.summary or article.text, LEAD),
    }
    return filled("article", plain(f"{source}: {title}" if source else title, SUBJECT), context["lead"], context)
