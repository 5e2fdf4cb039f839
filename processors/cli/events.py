"""`eventwire events`, `eventwire series`, `eventwire recode`: look at events, correct them, follow two sides."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer

from processors.cli.output import counted
from processors.settings import load_settings

if TYPE_CHECKING:
    from processors.database import Database
    from processors.events.recoding import Recoding
    from processors.events.series import Point
    from processors.records import Event

app = typer.Typer(
    help="Show and correct events.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


EventId = Annotated[str, typer.Argument(help="The event's id; one that was merged into another leads there.")]
_SEEN = "; search and alerts have it from the next run on"
Author = Annotated[str, typer.Option("--by", help="Who says so; the login name otherwise.")]


def _opened() -> "Database":
    from processors.database import open_database

    return open_database(load_settings().database_url)


@app.command()
def show(event_id: EventId, format: Annotated[str, typer.Option("--format", help="text or json.")] = "text") -> None:
    """Show an event with its history and its articles."""
    from processors.database.articles import load_articles
    from processors.database.events import current_id, load_events
    from processors.events.corrections import UnknownEvent

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    with _opened().reading() as connection:
        current = current_id(connection, event_id)
        found = load_events(connection, [current] if current else [], hidden=True)
        if not found:
            raise UnknownEvent(f"there is no event {event_id!r}")
        (event,) = found
        articles = load_articles(connection, event.articles)
    if format == "json":
        print(json.dumps(_as_json(event), ensure_ascii=False, indent=2))
        return
    if event.id != event_id:
        print(f"{event_id} was merged into {event.id}:")
    print("\n".join(_lines(event)))
    print(f"\narticles ({event.article_count} of {counted(event.source_count, 'source')}):")
    for article in articles:
        print(f"  {article.id}  {article.day}  {article.source}  {article.title}\n    {article.url}")


def _as_json(event: "Event") -> Any:
    from pydantic import TypeAdapter

    from processors.records import Event

    return TypeAdapter(Event).dump_python(event, mode="json")


def _lines(event: "Event") -> list[str]:
    sides = " - ".join(", ".join(side) for side in (event.actors, event.recipients) if side)
    if event.event_date is None:
        when = "date unknown"
    elif event.date_precision == "unknown":
        when = f"reported {event.event_date}"
    else:
        when = f"{event.event_date} ({event.date_precision})"
    flags = [name for name in ("disputed", "hidden") if getattr(event, name)]
    rows = [
        ("type", event.type),
        ("status", ", ".join([event.status, *flags])),
        ("sides", sides),
        ("when", when + (f", {event.place}" if event.place else "")),
        ("persons", ", ".join(event.persons)),
        ("topics", ", ".join(event.topics)),
        ("says", event.attribution),
        ("codes", f"{event.plover}, CAMEO {event.cameo}, Goldstein {event.goldstein:+.1f}, quad {event.quad_class}"),
        ("confidence", f"{event.confidence:.2f}"),
        ("since last", f"{event.days_since_previous} days" if event.days_since_previous is not None else None),
        ("sentence", event.sentence),
    ]
    head = [f"{event.id}  {event.title}", *(f"  {name:11}{value}" for name, value in rows if value)]
    return [*head, "", "history:", *(_told(change) for change in event.history)]


def _told(change: Any) -> str:
    told = f"  {change.at:%Y-%m-%d %H:%M}  {change.kind:12}{change.value}  ({change.source})"
    return f"{told}\n    {change.sentence}" if change.sentence else told


@app.command()
def merge(
    event_id: EventId, other: Annotated[str, typer.Argument(help="What is the same event.")], by: Author = ""
) -> None:
    """Make one event of two of one type that are the same. Kept over recoding."""
    from processors.database.events import load_events
    from processors.events.corrections import merge_events

    database = _opened()
    merged = merge_events(database, event_id, other, by)
    with database.reading() as connection:
        (event,) = load_events(connection, [merged], hidden=True)
    print(f"{event_id} and {other} are one event now, {merged}{', and hidden' if event.hidden else ''}{_SEEN}")


@app.command()
def split(
    event_id: EventId,
    article: Annotated[list[str], typer.Option("--article", help="An article that reports another event; may repeat.")],
    by: Author = "",
) -> None:
    """Make an event of its own of what some articles report. Kept over recoding."""
    from processors.events.corrections import split_event

    apart, rest = split_event(_opened(), event_id, article, by)
    print(f"what these articles report is event {apart} now, the rest {rest}{_SEEN}")


@app.command()
def hide(
    event_id: EventId,
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
    by: Author = "",
) -> None:
    """Take an event out of search and alerts. Kept over recoding."""
    from processors.events.corrections import hide_event

    hidden = hide_event(_opened(), event_id, by, undo=undo)
    print(f"{hidden} is {'shown again' if undo else 'hidden'}{_SEEN}")


def series(
    one: Annotated[str, typer.Argument(help="A side, as in USA.")],
    other: Annotated[str, typer.Argument(help="The other side, as in RUS.")],
    by: Annotated[str, typer.Option("--by", help="day or week (from Monday).")] = "week",
    since: Annotated[str, typer.Option("--since", help="The first day, as 2026-01-31.")] = "",
    until: Annotated[str, typer.Option("--until", help="The last day.")] = "",
    format: Annotated[str, typer.Option("--format", help="chart, table or csv; a chart on a terminal.")] = "",
) -> None:
    """Show how two sides get on: events, mean Goldstein score, cooperation against conflict, by day or week.

    Counted is what took place; what is planned, denied or only possible is left out.
    """
    from processors.database.series import dyad_events
    from processors.events.series import series as points

    one, other = one.upper(), other.upper()
    chosen = format or ("chart" if sys.stdout.isatty() else "table")
    if by not in {"day", "week"}:
        raise typer.BadParameter("day or week", param_hint="--by")
    if chosen not in {"chart", "table", "csv"}:
        raise typer.BadParameter("chart, table or csv", param_hint="--format")
    if one == other:
        raise typer.BadParameter("name two different sides", param_hint="OTHER")
    first, last = _day(since, "--since"), _day(until, "--until")
    if first and last and first > last:
        raise typer.BadParameter(f"{since} is after {until}", param_hint="--since")
    with _opened().reading() as connection:
        found = dyad_events(connection, one, other, first, last)
    if not found:
        print(f"no event of {one} and {other} took place; sides are ids, such as RUS, DEU or HAMAS", file=sys.stderr)
    line = points(found, "day" if by == "day" else "week")
    {"chart": _chart, "table": _table, "csv": _csv}[chosen](line, f"{one} and {other}")


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write 2026-01-31", param_hint=option) from None


def _csv(line: Sequence["Point"], _title: str) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("start", "events", "mean_score", "cooperation", "conflict"))
    for point in line:
        score = "" if point.mean_score is None else point.mean_score
        writer.writerow((point.start, point.events, score, point.cooperation, point.conflict))


def _table(line: Sequence["Point"], title: str) -> None:
    print(f"{title}: {counted(sum(point.events for point in line), 'event')}")
    if line:
        print(f"{'from':12}{'events':>8}{'score':>8}{'cooperation':>13}{'conflict':>10}")
    for point in line:
        score = "" if point.mean_score is None else f"{point.mean_score:+.2f}"
        print(f"{point.start!s:12}{point.events:8}{score:>8}{point.cooperation:13}{point.conflict:10}")


def _chart(line: Sequence["Point"], title: str) -> None:
    import plotext

    if not line:
        _table(line, title)
        return
    figure = plotext.figure
    figure.clear()
    figure.plot_size(min(get_terminal_size((100, 24)).columns, 120), 20)
    days = [f"{point.start:%d.%m.%y}" for point in line]
    # Two marks that differ without colour, too.
    figure.draw(figure.bar(days, [point.cooperation for point in line], marker="█"))
    figure.draw(figure.bar(days, [-point.conflict for point in line], marker="░"))
    figure.title(f"{title}: cooperation up, conflict down")
    figure.show(colorless=not sys.stdout.isatty())
    _table(line, title)


def recode(
    since: Annotated[str, typer.Option("--since", help="Articles fetched from this day on, as 2026-01-31.")],
    write: Annotated[bool, typer.Option("--write", help="Write it; otherwise it is only shown.")] = False,
) -> None:
    """Code stored articles again after a change of the lexicon: shows what would change, and writes it with --write."""
    from processors.coder import code_article
    from processors.events.recoding import recode as run

    day = _day(since, "--since")
    if day is None:
        raise typer.BadParameter("is empty; write 2026-01-31", param_hint="--since")
    settings = load_settings()
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    _tell(run(_opened(), lambda article: code_article(article, settings), start, write=write))


def _tell(result: "Recoding") -> None:
    for sign, events in (("+", result.new), ("-", result.gone)):
        for event in events:
            print(f"{sign} {event.id}  {_short(event)}")
    for one in result.different:
        print(f"~ {one.after.id}  {_short(one.after)}")
        for name in one.fields:
            print(f"    {name}: {getattr(one.before, name)} -> {getattr(one.after, name)}")
    for article, error in result.failed:
        print(f"! article {article}: {error}")
    counts = f"{counted(len(result.new), 'event')} new, {len(result.gone)} gone, {len(result.different)} different"
    written = "written" if result.written else "nothing written (--write does)"
    print(f"{counted(result.articles, 'article')}: {counts}; {written}")


def _short(event: "Event") -> str:
    sides = " > ".join(",".join(side) for side in (event.actors, event.recipients) if side)
    return f"{event.type} {event.status} {sides} {event.event_date or ''}".rstrip()
