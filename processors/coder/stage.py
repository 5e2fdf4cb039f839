"""The stage: pending articles out of the database, their mentions into it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from processors.coder.code import Text, code_texts, mentions
from processors.coder.lexicon import lexicon_languages
from processors.database import Claim, Connection, Database, add_work, claim, fail, finish, returned_if_stopped
from processors.database.articles import copies_of, load_articles, lock_fingerprints, mark_coded
from processors.database.failpoints import failpoint
from processors.database.mentions import store_mentions
from processors.errors import EventwireError
from processors.records import Article, Mention, Summary
from processors.settings import Settings


def code_articles(database: Database, settings: Settings, *, limit: int = 50) -> Summary:
    """Codes up to `limit` pending articles and stores their mentions in place of older ones.

    An article in a language without a lexicon is finished uncoded and counted as skipped; one that cannot be coded
    fails alone. Raises DatabaseError where the database is away, CoderError or ConfigError where the coder itself
    cannot work, as with a lexicon that is being saved: the work is then pending as before, and no attempt is counted.
    """
    claims = claim(database, "code", limit)
    if not claims:
        return Summary("code", {"done": 0, "failed": 0})
    with returned_if_stopped(database, claims):
        return _code(database, settings, claims)


def _code(database: Database, settings: Settings, claims: Sequence[Claim]) -> Summary:
    with database.reading() as connection:
        articles = {article.id: article for article in load_articles(connection, [one.key for one in claims])}
    coded = _coded(list(articles.values()), settings)
    total = Summary("code", {"done": 0, "failed": 0})
    for one in claims:
        total = total + _store(database, one, articles.get(one.key), coded)
    return total


Outcome = list[Mention] | Exception | None


def _coded(articles: Sequence[Article], settings: Settings) -> dict[str, Outcome]:
    """Mentions per article id; None for a language without a lexicon, the error of an article that breaks the coder."""
    languages = lexicon_languages(settings.config_dir)
    known = [article for article in articles if article.language in languages]
    out: dict[str, Outcome] = {article.id: None for article in articles}
    try:
        out |= _together(known, settings)
    except EventwireError:  # the coder's own trouble, and no article's
        raise
    except Exception:
        # One bad article must not hold up the others: each on its own.
        for article in known:
            out[article.id] = _alone(article, settings)
    return out


def _together(articles: Sequence[Article], settings: Settings) -> dict[str, Outcome]:
    texts = [Text(article.text, article.language, article.title, article.day) for article in articles]
    floor = settings.coder.min_confidence
    return {a.id: mentions(a, events, floor) for a, events in zip(articles, code_texts(texts, settings), strict=True)}


def _alone(article: Article, settings: Settings) -> Outcome:
    try:
        return _together([article], settings)[article.id]
    except EventwireError:
        raise
    except Exception as error:
        return error


def _store(database: Database, one: Claim, article: Article | None, coded: dict[str, Outcome]) -> Summary:
    """One article's outcome and its work, in one transaction."""
    outcome = coded.get(one.key)
    if isinstance(outcome, Exception):
        reason = f"{type(outcome).__name__}: {outcome}"
        with database.transaction() as connection:
            fail(connection, one, reason)
        return Summary("code", {"done": 0, "failed": 1}, (f"article {one.key}: {reason}",))
    with database.transaction() as connection:
        if article is not None:
            lock_fingerprints(connection)  # a copy that is being stored now is among the copies, or finds the mentions
            store_mentions(connection, article, outcome or [])
            mark_coded(connection, article.id, "no_pipeline" if outcome is None else "coded", datetime.now(UTC))
            _mark(connection, article.id)
        finish(connection, [one])
        failpoint("code.before-store")
    failpoint("code.after-store")
    skipped = int(article is not None and outcome is None)
    return Summary("code", {"done": 1, "failed": 0, "mentions": len(outcome or ()), "skipped": skipped})


def _mark(connection: Connection, article_id: str) -> None:
    # Rules may ask for what an article reports, and it may have been matched before that was known. Its copies report
    # the same, and are never told.
    copies = [copy for copy, _ in copies_of(connection, [article_id]).get(article_id, ())]
    add_work(connection, "resolve", [article_id])
    add_work(connection, "index", [f"article:{one}" for one in (article_id, *copies)])
    add_work(connection, "match", [f"article:{article_id}"])
