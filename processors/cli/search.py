"""`eventwire search` and `eventwire reindex`."""

import csv
import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from processors.cli.output import counted, print_table
from processors.documents import FIELDS, KINDS, Kind
from processors.settings import load_settings

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from processors.index import Found, SearchResult

_PAGE = 1000


class _Search(TyperCommand):
    """A command without options of one dash: what begins with one is the query, or a field to sort by."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Takes the arguments apart."""
        ctx.ignore_unknown_options = any(re.match(r"-[^-].", one) for one in args)
        return super().parse_args(ctx, args)


search = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@search.command(cls=_Search)
def _search(
    query: Annotated[str, typer.Argument(help="Such as: type:leader_call AND actors:RUS AND published_at:>now-7d")],
    articles: Annotated[bool, typer.Option("--articles", help="Search articles instead of events.")] = False,
    format: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
    limit: Annotated[int, typer.Option(help="How many at the most; 0 for all.", min=0)] = 20,
    sort: Annotated[str | None, typer.Option(help="A date or number field, -field for the largest, or score.")] = None,
) -> None:
    """Search events (or articles) with Lucene's query syntax; docs/query-language.md lists fields and forms.

    json, jsonl and csv hold the whole documents; lists in a csv cell are separated by a semicolon and a space.
    """
    from processors.index import open_index

    writers = {"table": _write_table, "json": _write_json, "jsonl": _write_jsonl, "csv": _write_csv}
    if format not in writers:
        raise typer.BadParameter("table, json, jsonl or csv", param_hint="--format")
    kind: Kind = "articles" if articles else "events"
    settings = load_settings()
    index = open_index(settings.index_url, settings)
    try:
        index.check()  # before it is asked with all patience: whoever typed waits for seconds only, where it hangs
        writers[format](kind, _all_pages(index, kind, query, limit, sort, snippets=format in {"table", "json"}))
    finally:
        index.close()


def _all_pages(index: Any, kind: Kind, query: str, limit: int, sort: str | None, *, snippets: bool) -> "SearchResult":
    from processors.index import SearchResult

    hits: list[Found] = []
    after: list[Any] | None = None
    while True:
        size = min(_PAGE, limit - len(hits)) if limit else _PAGE
        page = index.search(kind, query, limit=size, sort=sort, after=after, snippets=snippets)
        hits += page.hits
        after = page.next_after
        if after is None or (limit and len(hits) >= limit):
            return SearchResult(page.total, tuple(hits), after)


def _write_json(kind: Kind, result: "SearchResult") -> None:
    hits = [
        {
            **hit.document,
            "snippets": {name: snippet.marked("<em>", "</em>") for name, snippet in hit.snippets.items()},
        }
        for hit in result.hits
    ]
    print(json.dumps({"total": result.total, kind: hits}, ensure_ascii=False, indent=2))


def _write_jsonl(kind: Kind, result: "SearchResult") -> None:
    for hit in result.hits:
        print(json.dumps(hit.document, ensure_ascii=False))


def _write_csv(kind: Kind, result: "SearchResult") -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(FIELDS[kind])
    for hit in result.hits:
        writer.writerow([_cell(hit.document.get(name)) for name in FIELDS[kind]])


def _cell(value: Any) -> Any:
    text = "; ".join(map(str, value)) if isinstance(value, list) else value
    # A spreadsheet takes a cell that begins so for a formula, whoever wrote the headline.
    return f"'{text}" if isinstance(text, str) and text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _write_table(kind: Kind, result: "SearchResult") -> None:
    if result.hits:
        print_table(_event_table(result.hits) if kind == "events" else _article_table(result.hits))
    shown = f", {len(result.hits)} shown (--limit 0 shows all)" if len(result.hits) < result.total else ""
    print(f"{counted(result.total, kind.removesuffix('s'))}{shown}")


def _event_table(hits: Sequence["Found"]) -> "Table":
    table = _table("date", "type", "status", "who", "sources", "what")
    for hit in hits:
        event = hit.document
        who = " ".join(event["actors"]) + (f" → {' '.join(event['recipients'])}" if event["recipients"] else "")
        day = event["event_date"] or event["published_at"][:10]
        number = str(event["source_count"])
        table.add_row(day, event["type"], event["status"], who, number, _evidence(hit, "sentence", "title"))
    return table


def _article_table(hits: Sequence["Found"]) -> "Table":
    table = _table("published", "source", "lang", "events", "what")
    for hit in hits:
        article = hit.document
        when = (article["published_at"] or article["fetched_at"])[:16].replace("T", " ")
        table.add_row(when, article["source"], article["language"], ", ".join(article["event_types"]), _story(hit))
    return table


def _table(*columns: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns[:-1]:
        table.add_column(name, no_wrap=name in {"date", "published", "type"})
    table.add_column(columns[-1], ratio=1)
    return table


def _story(hit: "Found") -> "Text":
    from rich.text import Text

    lines = [_evidence(hit, "title")]
    lines += [_highlighted(hit.snippets[name]) for name in ("summary", "text") if name in hit.snippets][:1]
    if hit.document["url"]:
        lines.append(Text(hit.document["url"], style="dim"))
    return Text("\n").join(lines)


def _evidence(hit: "Found", *names: str) -> "Text":
    from rich.text import Text

    for name in names:
        if name in hit.snippets:
            return _highlighted(hit.snippets[name])
    return Text(next((hit.document[name] for name in names if hit.document.get(name)), ""))


def _highlighted(snippet: Any) -> "Text":
    from rich.text import Text

    if not sys.stdout.isatty():
        return Text(snippet.marked("[", "]"))
    text = Text(snippet.text)
    for start, end in snippet.marks:
        text.stylize("bold yellow", start, end)
    return text


def reindex(
    kind: Annotated[
        list[str] | None, typer.Option("--only", help="events or articles; both by default. May be given again.")
    ] = None,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Only load templates and move Elasticsearch indices of older versions on.")
    ] = False,
) -> None:
    """Rebuild the search index from the database, beside the present one, which answers until the new one is whole.

    Ends with 1 where the index refused documents; each is told with its reason.
    """
    from processors.index import rebuild_index
    from processors.pipeline import opened

    chosen = [_kind(name) for name in kind or KINDS]
    refused = 0
    with opened(load_settings()) as pipeline:
        if migrate:
            print("\n".join(pipeline.search_index.migrate()) or "the index is up to date")
            return
        for one in chosen:
            rebuilt = rebuild_index(pipeline.database, pipeline.search_index, one)
            refused += len(rebuilt.rejected)
            print(f"{one}: {rebuilt.count} indexed, {len(rebuilt.rejected)} refused", flush=True)
            for rejection in rebuilt.rejected:
                print(f"  {rejection.id}: {rejection.reason}")
    raise typer.Exit(1 if refused else 0)


def _kind(name: str) -> Kind:
    for kind in KINDS:
        if name == kind:
            return kind
    raise typer.BadParameter("events or articles", param_hint="--only")
