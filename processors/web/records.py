"""The pages of one event and of one article."""

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from processors.alerts.decide import News
from processors.alerts.outbox import event_story
from processors.alerts.plain import marked, plain, web_address
from processors.alerts.render import LEAD, SENTENCE, TITLE, Reader, dyad_line, event_context
from processors.alerts.wording import Wording, article_headline, wording
from processors.database.alerts import events_of_article
from processors.database.articles import load_articles
from processors.database.events import current_id, load_events
from processors.database.mentions import load_mentions, reported_at
from processors.database.stored_mentions import mentions_of_events
from processors.records import Article, Change, Mention
from processors.web.pages import READ, language_of, pages
from processors.web.sources import sources

router = APIRouter()
_UTC = ZoneInfo("UTC")


@router.api_route("/events/{event_id}", methods=READ, name="event")
def event_page(request: Request, event_id: str) -> Response:
    """An event: evidence, who, when, history, reports, what else was between its sides. The address of an event that
    was merged into another one leads there."""
    words = wording(language_of(request))
    with sources(request).database.reading() as connection:
        now_id = current_id(connection, event_id)
        events = load_events(connection, [now_id]) if now_id else []
        if not events:
            raise HTTPException(404)
        if now_id != event_id:
            return RedirectResponse(request.url_for("event", event_id=now_id).path, 301)
        story = event_story(connection, events[0], News(("new",)))
        unlisted = load_articles(connection, events[0].articles[len(story.articles) :])
        quotes = {
            stored.mention.article_id: stored.mention for stored in mentions_of_events(connection, [events[0].id])
        }
    reported = [reported_at(article) for article in (*story.articles, *unlisted)]
    reports = [_report(article, quotes.get(article.id), words) for article in story.articles]
    context = event_context(story, words, Reader(words.language))
    return pages(request).page(
        request,
        "event",
        headline=words.sentence(events[0]),
        history=[_history_line(change, words) for change in events[0].history],
        reports=sorted(reports, key=lambda report: report["at"], reverse=True),
        first=words.moment(events[0].published_at, _UTC),
        last=words.moment(max(reported, default=events[0].published_at), _UTC),
        others=[{"id": other.id, **dyad_line(other, words, Reader())} for other in story.dyad_events],
        **context,
    )


def _history_line(change: Change, words: Wording) -> dict[str, str]:
    at = words.moment(change.at, _UTC)
    return {"at": at, "text": words.change(change), "sentence": plain(change.sentence, SENTENCE)}


def _report(article: Article, quote: Mention | None, words: Wording) -> dict[str, Any]:
    pieces = marked(plain(quote.sentence, SENTENCE), plain(quote.trigger, TITLE)) if quote else []
    return {
        "id": article.id,
        "source": plain(article.source, 80),
        "title": article_headline(article.title, article.url, article.text, TITLE),
        "url": web_address(article.url),
        "at": reported_at(article),
        "when": words.moment(reported_at(article), _UTC),
        "pieces": pieces,
        "status": quote.status if quote else "",
        "is_copy": article.duplicate_of is not None,
    }


@router.api_route("/articles/{article_id}", methods=READ, name="article")
def article_page(request: Request, article_id: str) -> Response:
    """An article: where to read it, how it begins, and the events coded in it, or in what it is a near-copy of."""
    words = wording(language_of(request))
    with sources(request).database.reading() as connection:
        articles = load_articles(connection, [article_id])
        if not articles:
            raise HTTPException(404)
        article = articles[0]
        coded = article.duplicate_of or article.id  # a near-copy reports what its original does
        mentions = load_mentions(connection, [coded])
        events = load_events(connection, events_of_article(connection, coded))
    return pages(request).page(
        request,
        "article",
        kind="articles",
        article=article,
        title=article_headline(article.title, article.url, article.text, TITLE),
        url=web_address(article.url),
        when=words.moment(article.published_at or article.fetched_at, _UTC),
        lead=plain(article.summary or article.text, LEAD),
        mentions=[marked(plain(m.sentence, SENTENCE), plain(m.trigger, TITLE)) for m in mentions],
        events=[{"id": event.id, "text": words.sentence(event), "day": words.day(event)} for event in events],
    )
