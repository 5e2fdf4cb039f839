"""What changed, matched against the rules; hits and mails stored in one transaction with the mark that it was."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from processors.alerts.decide import News, article_news, event_news, snapshot, told_from
from processors.alerts.outbox import Outbox, Telling
from processors.alerts.rules import load_rules, rules_path
from processors.database import Claim, Database, claim, fail, finish, now, returned_if_stopped
from processors.database.alerts import add_hit, awaiting_coding, hits_of, merged_into
from processors.database.articles import article_events, load_articles
from processors.database.events import load_events
from processors.database.failpoints import failpoint
from processors.documents import article_document, event_document
from processors.errors import ConfigError, EventwireError
from processors.query import fields_of, parse_query
from processors.records import AlertRule, Article, Event, Hit, Summary, hashed_id
from processors.settings import Settings

Match = Callable[[Any, Sequence[dict[str, Any]], Mapping[str, str]], dict[str, set[str]]]
_FROM_THE_CODER = frozenset({"event_types", "participants"})


@dataclass
class _Batch:
    """What was claimed, loaded. `rules` are those that each key's document meets, `uncoded` the ids of articles that
    are still to be coded."""

    events: dict[str, Event] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    documents: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rules: dict[str, list[AlertRule]] = field(default_factory=dict)
    uncoded: set[str] = field(default_factory=set)


def match_alerts(database: Database, settings: Settings, match: Match, *, limit: int = 1000) -> Summary:
    """Matches up to `limit` new and changed events and articles against the rules, by `match` (kind, documents,
    {rule: query}) -> {rule: ids}. Counts done, failed, hits and mails.

    A hit, its mails and the mark that this version was matched are one transaction: a crash leaves all or none.
    Raises ConfigError for a rules file or a setting that is wrong; what is pending then waits, and no attempt is
    counted.
    """
    rules = load_rules(rules_path(settings))
    claims = claim(database, "match", limit)
    if not claims:
        return Summary("match", {"done": 0, "failed": 0})
    with returned_if_stopped(database, claims):
        return _work(database, Outbox(settings, database), rules, match, claims)


def _work(
    database: Database, outbox: Outbox, rules: Sequence[AlertRule], match: Match, claims: Sequence[Claim]
) -> Summary:
    try:
        batch = _load(database, [one.key for one in claims])
        _match(batch, rules, match)
    except EventwireError:
        raise
    except Exception as error:  # one document that cannot be read: find it, and let the others through
        if len(claims) == 1:
            return _failed(database, claims[0], error)
        half = len(claims) // 2
        parts = (_work(database, outbox, rules, match, part) for part in (claims[:half], claims[half:]))
        return sum(parts, Summary("match"))
    return _store(database, outbox, batch, claims)


def _load(database: Database, keys: Iterable[str]) -> _Batch:
    ids: dict[str, list[str]] = {"event": [], "article": []}
    for key in keys:
        kind, _, document_id = key.partition(":")
        ids.setdefault(kind, []).append(document_id)
    with database.reading() as connection:
        # First: what is coded meanwhile is matched once more.
        uncoded = awaiting_coding(connection, ids["article"])
        events = load_events(connection, ids["event"])
        articles = load_articles(connection, ids["article"])
        coded = article_events(connection, [article.id for article in articles])
    documents = {
        "events": [event_document(event) for event in events],
        "articles": [article_document(article, *coded.get(article.id, ((), ()))) for article in articles],
    }
    return _Batch({e.id: e for e in events}, {a.id: a for a in articles}, documents, uncoded=uncoded)


def _match(batch: _Batch, rules: Sequence[AlertRule], match: Match) -> None:
    for kind, word in (("events", "event"), ("articles", "article")):
        watching = [rule for rule in rules if rule.on == kind]
        if not watching or not batch.documents[kind]:
            continue
        matched = match(kind, batch.documents[kind], {rule.name: rule.query for rule in watching})
        for rule in watching:
            # What an article does not report is known only when it is coded, and it is matched again then.
            early = batch.uncoded if kind == "articles" and _asks_the_coder(rule.query) else set()
            for document_id in sorted(matched.get(rule.name, set()) - early):
                batch.rules.setdefault(f"{word}:{document_id}", []).append(rule)


@lru_cache(maxsize=10_000)
def _asks_the_coder(query: str) -> bool:
    return bool(_FROM_THE_CODER & fields_of(parse_query(query, "articles").tree))


def _store(database: Database, outbox: Outbox, batch: _Batch, claims: Sequence[Claim]) -> Summary:
    quiet = [one for one in claims if one.key not in batch.rules]
    if quiet:
        with database.transaction() as connection:
            finish(connection, quiet)
    summary = Summary("match", {"done": len(quiet), "failed": 0, "hits": 0, "mails": 0})
    for one in claims:
        if one.key in batch.rules:
            summary = summary + _store_hits(database, outbox, batch, one)
    return summary


def _store_hits(database: Database, outbox: Outbox, batch: _Batch, work: Claim) -> Summary:
    kind, _, document_id = work.key.partition(":")
    try:
        failpoint("match.before-store")
        with database.transaction() as connection:
            hits = mails = 0
            for rule in batch.rules[work.key]:
                document = batch.events[document_id] if kind == "event" else batch.articles[document_id]
                telling = _hit(connection, rule, document)
                if telling:
                    hits += 1
                    mails += outbox.add(connection, telling)
            finish(connection, [work])
        failpoint("match.after-store")
        return Summary("match", {"done": 1, "hits": hits, "mails": mails})
    except EventwireError as error:
        if error.retryable or isinstance(error, ConfigError):
            raise
        return _failed(database, work, error)
    except Exception as error:  # one document that cannot be rendered must not hold up the others
        return _failed(database, work, error)


def _failed(database: Database, work: Claim, error: Exception) -> Summary:
    text = f"{type(error).__name__}: {error}"
    with database.transaction() as connection:
        fail(connection, work, text)
    return Summary("match", {"failed": 1}, (f"{work.key}: {text}",))


def _hit(connection: Any, rule: AlertRule, document: Event | Article) -> Telling | None:
    is_event = isinstance(document, Event)
    aliases = [document.id, *(merged_into(connection, [document.id]).get(document.id, ()) if is_event else ())]
    known = hits_of(connection, aliases)
    mine = sorted((s for alias in aliases for s in known.get((rule.name, alias), ())), key=lambda s: s.hit.created_at)
    everyones = sorted((s for stored in known.values() for s in stored), key=lambda s: s.hit.created_at)
    told = [told_from(stored.hit.document_id, stored.data) for stored in mine]
    news: News | None
    if isinstance(document, Event):
        news, version, data = event_news(rule, document, told), document.version, snapshot(document)
    else:
        news, version, data = article_news(document, told), 1, {}
    if news is None:
        return None
    # The hit before, not the version, makes the id: how often an event was rewritten depends on how work was batched.
    # Nor does their number: retention deletes old ones, and a split takes away what a merge brought.
    word = "event" if is_event else "article"
    hit_id = hashed_id("hit", rule.name, word, document.id, mine[-1].hit.id if mine else "")
    hit = Hit(hit_id, rule.name, word, document.id, version, ", ".join(news.reasons), now())  # type: ignore[arg-type]
    add_hit(connection, hit, data)
    thread = everyones[0].hit.document_id if everyones else document.id
    return Telling(rule, hit, document, news, thread)
