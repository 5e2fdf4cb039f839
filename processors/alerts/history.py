"""Looking back: stored events and articles, to try a rule on what has happened already."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from processors.alerts.decide import article_news, event_news
from processors.database import now
from processors.database.alerts import latest_articles, latest_events
from processors.database.articles import article_events, load_articles
from processors.database.events import load_events
from processors.documents import article_document, event_document
from processors.records import AlertRule, Article, Event


def recent_documents(
    connection: Any, on: str, back: timedelta
) -> tuple[list[dict[str, Any]], Sequence[Event | Article]]:
    """The events or articles of the time up to `back` ago, newest first, as documents and as records."""
    since = now() - back
    if on == "events":
        events = load_events(connection, latest_events(connection, since=since))
        return [event_document(event) for event in events], events
    articles = load_articles(connection, latest_articles(connection, since=since))
    coded = article_events(connection, [article.id for article in articles])
    return [article_document(article, *coded.get(article.id, ((), ()))) for article in articles], articles


def worth_telling(rule: AlertRule, record: Event | Article) -> bool:
    """Whether a rule would tell of a record that nobody was told of."""
    news = event_news(rule, record, ()) if isinstance(record, Event) else article_news(record, ())
    return news is not None
