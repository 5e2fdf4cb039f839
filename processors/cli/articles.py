"""`eventwire import` and `eventwire export`."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import typer

from processors.database import Connection, Database, open_database
from processors.documents import FIELDS
from processors.settings import load_settings

Kind = Literal["articles", "events"]
Format = Literal["jsonl", "csv"]
_LOT = 200


def import_articles(
    path: Annotated[Path, typer.Argument(help="A JSON Lines file, or a folder of pages (.html, .html.gz).")],
    feed: Annotated[str, typer.Option(help="The feed that the articles are to be shown under.")] = "import",
) -> None:
    """Import articles from JSON Lines or a folder of pages; they go through the same stages as others.

    A line has at least `text`, as plain text; `title`, `url`, `language` (or `lang`), `published_at` (or `date`),
    `source`, `country`, `summary`, `author` and `id` are used where they are there. An id is text or a number, a date
    ISO 8601 (2025-11-12, 2025-11-12T18:00:00Z) or seconds since 1970. What `export articles` writes can be imported.
    A folder may have a `urls.json` that maps file names to addresses. What could not be read is told on standard
    error, and the command ends with 1; `eventwire run` does the rest.
    """
    from processors.articles.importing import import_articles as run
    from processors.cli.progress import StageProgress
    from processors.fetch.markup import printable

    with closing(open_database(load_settings().database_url)) as database, StageProgress() as progress:
        progress.start("import")
        summary = run(database, path, feed, progress.advance)
        progress.finish(replace(summary, problems=()))
    for problem in summary.problems:  # all of them, since they are kept nowhere
        typer.echo(printable(problem), err=True)
    if summary.counts["failed"]:
        raise typer.Exit(1)


def export(
    kind: Annotated[Kind, typer.Argument(help="articles or events.")],
    format: Annotated[Format, typer.Option(help="jsonl or csv.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output without.")] = None,
) -> None:
    """Export all articles or events as JSON Lines or CSV, with the fields that the search has."""
    with closing(open_database(load_settings().database_url)) as database:
        if output is None:
            _write(_documents(database, kind), kind, format, sys.stdout)
        else:
            with output.open("w", encoding="utf-8", newline="") as file:
                _write(_documents(database, kind), kind, format, file)


def _documents(database: Database, kind: Kind) -> Iterator[dict[str, Any]]:
    with database.reading() as connection:
        yield from _articles(connection) if kind == "articles" else _events(connection)


def _articles(connection: Connection) -> Iterator[dict[str, Any]]:
    from processors.database.articles import article_events, iterate_article_ids, load_articles
    from processors.documents import article_document

    for ids in iterate_article_ids(connection, _LOT):
        found = article_events(connection, ids)
        for article in load_articles(connection, ids):
            yield article_document(article, *found[article.id])


def _events(connection: Connection) -> Iterator[dict[str, Any]]:
    from processors.database.events import iterate_event_ids, load_events
    from processors.documents import event_document

    for ids in iterate_event_ids(connection):
        yield from map(event_document, load_events(connection, ids))


def _write(documents: Iterator[dict[str, Any]], kind: Kind, format: Format, file: TextIO) -> None:
    if format == "jsonl":
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
        return
    table = csv.DictWriter(file, fieldnames=list(FIELDS[kind]))
    table.writeheader()
    for document in documents:
        table.writerow({name: _cell(value) for name, value in document.items()})


def _cell(value: Any) -> Any:
    # A list is one cell; a cell that a spreadsheet would take for a formula is made text.
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else value
    return f"'{text}" if isinstance(text, str) and text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
