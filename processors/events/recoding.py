"""Articles coded again after a change of the lexicon: what would change is shown before anything is written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from processors.database import Connection, Database, add_work
from processors.database.articles import copies_of, load_articles
from processors.database.events import load_events
from processors.database.mentions import articles_to_recode, store_mentions
from processors.events.stage import resolve_articles
from processors.records import Article, Event, Mention

Coder = Callable[[Article], Sequence[Mention]]
_TELLING = (
    "type", "status", "actors", "recipients", "persons", "topics", "attribution", "quad_class", "plover", "cameo",
    "goldstein", "event_date", "date_precision", "place", "source_count", "article_count", "days_since_previous",
    "confidence", "sentence", "trigger", "disputed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """An event that is not as it was. `fields` are those of the record that differ, by name."""

    before: Event
    after: Event
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recoding:
    """What coding anew changes. `failed` are articles that the coder could not code, which stay as they are."""

    articles: int
    new: tuple[Event, ...]
    gone: tuple[Event, ...]
    different: tuple[Difference, ...]
    failed: tuple[tuple[str, str], ...]
    written: bool


class _Undone(Exception):
    pass


def recode(database: Database, code: Coder, since: datetime, *, write: bool = False) -> Recoding:
    """Codes all articles fetched since `since` once more, with `code`, and resolves them.

    Without `write` everything is done and then undone, so that what is shown is what will happen. What people
    corrected stays. Alerts are not sent again for what is only read differently.
    """
    coded, failed = _coded(database, code, since)
    result: Recoding | None = None
    try:
        with database.transaction() as connection:
            # What was changed or deleted since it was read is coded anew by the pipeline.
            changed = _changed(connection, [article for article, _ in coded])
            coded = [one for one in coded if one[0].id not in changed]
            for article, found in coded:
                store_mentions(connection, article, found)
            _, ids = resolve_articles(connection, [article.id for article, _ in coded])
            result = _compared(database, connection, ids, len(coded), failed, write)
            if not write:
                raise _Undone
            # So is, on PostgreSQL, what others have stored since: they may have been done before this is committed.
            add_work(connection, "code", _changed(connection, [article for article, _ in coded]))
            articles = _with_copies(connection, [article.id for article, _ in coded])
            add_work(connection, "index", [f"event:{id_}" for id_ in ids] + [f"article:{id_}" for id_ in articles])
    except _Undone:
        pass
    assert result is not None
    return result


def _changed(connection: Connection, articles: Sequence[Article]) -> set[str]:
    return {article.id for article in articles if load_articles(connection, [article.id]) != [article]}


def _with_copies(connection: Connection, ids: list[str]) -> list[str]:
    # Near-copies report what their original does.
    return ids + [copy for copies in copies_of(connection, ids).values() for copy, _ in copies]


def _coded(
    database: Database, code: Coder, since: datetime
) -> tuple[list[tuple[Article, Sequence[Mention]]], list[tuple[str, str]]]:
    coded: list[tuple[Article, Sequence[Mention]]] = []
    failed: list[tuple[str, str]] = []
    for article in _articles(database, since):
        try:
            coded.append((article, code(article)))
        except Exception as error:  # one bad article must not hold up the others
            failed.append((article.id, f"{type(error).__name__}: {error}"))
    return coded, failed


def _articles(database: Database, since: datetime) -> Iterator[Article]:
    after = ""
    while True:
        with database.reading() as connection:
            ids = articles_to_recode(connection, since, after)
            found = load_articles(connection, ids)
        if not ids:
            return
        yield from found
        after = ids[-1]


def _compared(
    database: Database,
    connection: Connection,
    ids: Sequence[str],
    articles: int,
    failed: Sequence[tuple[str, str]],
    written: bool,
) -> Recoding:
    # Another connection still sees what was before.
    with database.reading() as past:
        before = {event.id: event for event in load_events(past, ids, hidden=True)}
    after = {event.id: event for event in load_events(connection, ids, hidden=True)}
    different = [_difference(before[id_], after[id_]) for id_ in ids if id_ in before and id_ in after]
    return Recoding(
        articles,
        tuple(after[id_] for id_ in ids if id_ in after and id_ not in before),
        tuple(before[id_] for id_ in ids if id_ in before and id_ not in after),
        tuple(one for one in different if one.fields),
        tuple(failed),
        written,
    )


def _difference(before: Event, after: Event) -> Difference:
    return Difference(before, after, tuple(n for n in _TELLING if getattr(before, n) != getattr(after, n)))
