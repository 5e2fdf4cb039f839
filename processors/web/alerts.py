"""Alert rules: their list, an Atom feed each, and unsubscribing from mails (RFC 8058)."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from processors.alerts.atom import FeedEntry, atom_feed
from processors.alerts.plain import plain, web_address
from processors.alerts.recipients import UNSUBSCRIBED, mute
from processors.alerts.render import SENTENCE, TITLE
from processors.alerts.wording import Wording, article_headline, wording
from processors.database.alerts import StoredHit, recent_hits
from processors.database.articles import load_articles
from processors.database.events import current_id, load_events
from processors.records import AlertRule, Article, Event
from processors.web.pages import READ, language_of, pages, quoted
from processors.web.sources import sources

router, open_router = APIRouter(), APIRouter()
_IN_FEED = 50


@router.api_route("/alerts", methods=READ, name="alerts")
def rules_page(request: Request) -> Response:
    """The alert rules, without their subscribers."""
    return pages(request).page(request, "alerts", kind="", rules=sources(request).rules())


@router.api_route("/alerts/{rule:path}.atom", methods=READ, name="alert_feed")
def feed(request: Request, rule: str) -> Response:
    """The latest hits of a rule as an Atom feed."""
    found = next((one for one in sources(request).rules() if one.name == rule), None)
    if found is None:
        raise HTTPException(404)
    with sources(request).database.reading() as connection:
        hits = recent_hits(connection, rule, limit=_IN_FEED)
        documents = _documents(connection, found, [stored.hit.document_id for stored in hits])
    words = wording(found.subscribers[0].language if found.subscribers else language_of(request))
    entries = [_entry(request, stored, documents[stored.hit.document_id], words) for stored in hits
               if stored.hit.document_id in documents]  # fmt: skip
    text = atom_feed(found, _absolute(request, "alert_feed", rule=rule), _absolute(request, "search"), entries)
    return Response(text, media_type="application/atom+xml")


def _absolute(request: Request, name: str, **values: str) -> str:
    # Feed readers keep addresses: behind a proxy only the setting knows the one that holds.
    base, values = sources(request).settings.mail.base_url.rstrip("/"), quoted(values)
    return base + request.app.url_path_for(name, **values) if base else str(request.url_for(name, **values))


def _documents(connection: Any, rule: AlertRule, ids: list[str]) -> dict[str, Event | Article]:
    if rule.on == "articles":
        return {article.id: article for article in load_articles(connection, sorted(set(ids)))}
    now_ids = {one: current_id(connection, one) for one in ids}
    events = {event.id: event for event in load_events(connection, [one for one in now_ids.values() if one])}
    return {one: events[now_id] for one, now_id in now_ids.items() if now_id in events}


def _entry(request: Request, stored: StoredHit, document: Event | Article, words: Wording) -> FeedEntry:
    hit = stored.hit
    if isinstance(document, Event):
        url = _absolute(request, "event", event_id=document.id)
        text = f"{words.status_labels[document.status]}. {plain(document.sentence, SENTENCE)}"
        return FeedEntry(f"urn:eventwire:hit:{hit.id}", words.sentence(document), url, text, hit.created_at)
    url = web_address(document.url) or _absolute(request, "article", article_id=document.id)
    title = article_headline(document.title, document.url, document.text, TITLE)
    title = plain(f"{document.source}: {title}" if document.source else title, TITLE)
    text = plain(document.summary or document.text, SENTENCE)
    return FeedEntry(f"urn:eventwire:hit:{hit.id}", title, url, text, hit.created_at)


@open_router.api_route("/healthz", methods=READ)
def health() -> str:
    """Answers while the server runs; it asks neither database nor index."""
    return "ok"


@open_router.api_route("/unsubscribe/{token}", methods=READ, name="unsubscribe")
def ask(request: Request, token: str) -> Response:
    """Asks once more: what merely follows links (virus scanners, previews) must not unsubscribe anybody."""
    return _page(request, token, done=False)


@open_router.post("/unsubscribe/{token}")
def unsubscribe(request: Request, token: str) -> Response:
    """Stops a rule's mails to a subscriber: the button of the page, or a mail program's one click."""
    read = sources(request).unsubscribing.read(token)
    if read:
        with sources(request).database.transaction() as connection:
            mute(connection, *read, by=UNSUBSCRIBED)
    return _page(request, token, done=True)


def _page(request: Request, token: str, *, done: bool) -> Response:
    read = sources(request).unsubscribing.read(token)
    if read is None:
        words = wording(language_of(request)).unsubscribe
        return pages(request).trouble(request, words["bad_title"], words["bad"], 404)
    return pages(request).page(request, "unsubscribe", kind="", done=done, rule=read[0], address=read[1])
