"""`eventwire feeds`: what is known of the feeds, and changes of their list."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from processors.cli.output import print_table
from processors.database import Database, open_database
from processors.database.feeds import FeedState, load_feeds
from processors.errors import mask_secrets
from processors.records import Feed
from processors.settings import Settings, load_settings

if TYPE_CHECKING:
    from processors.feeds.discovery import FoundFeed

app = typer.Typer(
    help="Check, list, add, import and export feeds.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Format = Literal["table", "json"]
State = Literal["new", "ok", "moved", "quiet", "stale", "broken", "blocked", "gone"]
_UNHEALTHY = frozenset({"broken", "blocked", "gone"})


@contextmanager
def _synced() -> Iterator[tuple[Database, Settings]]:
    from processors.feeds import sync_feeds

    settings = load_settings()
    database = open_database(settings.database_url)
    try:
        sync_feeds(database, settings)
        yield database, settings
    finally:
        database.close()


@app.command("list")
def list_feeds(
    format: Annotated[Format, typer.Option(help="table or json.")] = "table",
    state: Annotated[State | None, typer.Option(help="Only feeds in this state.")] = None,
) -> None:
    """Show all feeds: state and since when, entries, next request, and the last error in words."""
    with _synced() as (database, _):
        known = load_feeds(database)
    if state and known and format == "table" and state not in {feed.state for feed in known}:
        print(f"no feed is {state}")
        return
    _show([feed for feed in known if state in (None, feed.state)], format)


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(help="Names or addresses; all feeds without any.")] = None,
    format: Annotated[Format, typer.Option(help="table or json.")] = "table",
) -> None:
    """Ask feeds now, whether they are due or not, and show what came. Ends with 1 where one does not work."""
    from processors.feeds.checking import check_feeds

    with _synced() as (database, settings):
        feeds = [result.feed for result in check_feeds(database, settings, names or [])]
    _show(sorted(feeds, key=lambda feed: feed.name), format)
    if any(feed.last_error for feed in feeds):
        raise typer.Exit(1)


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="The address of a feed, or of a site whose feeds are looked for.")],
    name: Annotated[str | None, typer.Option(help="Its name, where there is one feed.")] = None,
    language: Annotated[str | None, typer.Option(help="Two letters, such as de; else what the feed says.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-2, such as AT.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Add all that are found, without asking.")] = False,
) -> None:
    """Find the feeds of a site, and add those that you choose to the feeds file."""
    from processors.feeds.configuration import feed_id
    from processors.feeds.discovery import find_feeds
    from processors.feeds.lists import known_feeds, place

    language = _code(language, "[a-z]{2,3}", "de", "--language") if language else None
    country = _code(country, "[A-Z]{2}", "AT", "--country") if country else None
    settings = load_settings()
    found = find_feeds(settings, url)
    if not found:
        print(f"{url}: no feed there, none announced, none at the usual places", file=sys.stderr)
        raise typer.Exit(1)
    known = known_feeds(settings.feeds_file)
    for old in (known[at] for one in found if (at := place(one.url)) in known):
        told = f"{old.name} ({mask_secrets(old.url)}) is known already and stays as it is"
        print(f"{told}; change its name, address, language or country in {settings.feeds_file}")
    new = [one for one in found if place(one.url) not in known]
    wanted = [one for one in new if yes or _wanted(one)]
    title = {one.url: name if name and len(wanted) == 1 else one.title for one in wanted}
    feeds = [Feed(feed_id(one.url), title[one.url], one.url, language or one.language, country) for one in wanted]
    _append(settings, feeds, known=len(found) - len(new))


@app.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(help="An OPML file.", exists=True, dir_okay=False)],
) -> None:
    """Add the feeds of an OPML file to the feeds file, with the languages and countries that it states.

    A file that is damaged or has no feeds is refused as a whole.
    """
    from processors.feeds.lists import read_opml

    feeds, others = read_opml(file.read_bytes(), str(file))
    for other in others:
        print(f"left out {mask_secrets(other)}: it is no web address", file=sys.stderr)
    _append(load_settings(), feeds)


@app.command()
def export(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output without.")] = None,
) -> None:
    """Write the configured feeds as OPML."""
    from processors.feeds.configuration import load_configured
    from processors.feeds.lists import write_opml

    document = write_opml(load_configured(load_settings().feeds_file))
    if output is None:
        print(document, end="")
    else:
        output.write_text(document, encoding="utf-8")


def _code(text: str, letters: str, example: str, option: str) -> str:
    code = text.upper() if example.isupper() else text.lower()
    if not re.fullmatch(letters, code):
        raise typer.BadParameter(f"{text!r} is no code such as {example}", param_hint=option)
    return code


def _wanted(found: "FoundFeed") -> bool:
    entries = f"{found.entries} {'entry' if found.entries == 1 else 'entries'}"
    return typer.confirm(f"Add {found.title} · {mask_secrets(found.url)} · {entries}?", default=True, err=True)


def _append(settings: Settings, feeds: Sequence[Feed], known: int = 0) -> None:
    from processors.feeds.lists import append_feeds

    added = append_feeds(settings.feeds_file, feeds)
    for feed in added:
        print(f"added {feed.name} ({mask_secrets(feed.url)})")
    print(f"{len(added)} added, {known + len(feeds) - len(added)} known already, in {settings.feeds_file}")


def _show(feeds: Sequence[FeedState], format: Format) -> None:
    if format == "json":
        print(json.dumps([_as_json(feed) for feed in feeds], ensure_ascii=False, indent=2))
    elif not feeds:
        print("there are no feeds; add one with `eventwire feeds add ADDRESS`")
    else:
        _table(feeds)


def _as_json(feed: FeedState) -> dict[str, object]:
    times = ("state_since", "last_fetch_at", "last_success_at", "next_fetch_at", "newest_entry_at")
    plain = ("id", "name", "url", "configured_url", "language", "country", "state", "entries", "interval", "errors")
    return {
        **{key: mask_secrets(value) if isinstance(value := getattr(feed, key), str) else value for key in plain},
        **{key: value.isoformat() if (value := getattr(feed, key)) else None for key in times},
        "error_reason": feed.error_reason,
        "last_error": feed.last_error,
    }


def _table(feeds: Sequence[FeedState]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in ("feed", "state", "since", "entries", "every", "next", "what is wrong"):
        table.add_column(title, justify="right" if title == "entries" else "left", overflow="fold")
    for feed in feeds:
        style = "red" if feed.state in _UNHEALTHY else "yellow" if feed.state in {"stale", "quiet", "new"} else "green"
        wrong = f"{feed.error_reason}: {feed.last_error}" if feed.last_error else _remark(feed)
        table.add_row(
            Text(feed.name), Text(feed.state, style), _ago(feed.state_since), str(feed.entries),
            _span(feed.interval), _ahead(feed.next_fetch_at), Text(wrong),
        )  # fmt: skip
    print_table(table)


def _remark(feed: FeedState) -> str:
    if feed.url != feed.configured_url:
        return f"moved for good to {mask_secrets(feed.url)}"
    if feed.state in {"stale", "quiet"} and feed.newest_entry_at:
        return f"newest entry of {feed.newest_entry_at:%Y-%m-%d}"
    return ""


def _ago(time: datetime | None) -> str:
    return _span((datetime.now(UTC) - time).total_seconds()) if time else ""


def _ahead(time: datetime | None) -> str:
    seconds = (time - datetime.now(UTC)).total_seconds() if time else 0.0
    return f"in {_span(seconds)}" if seconds > 0 else "now"


def _span(seconds: float) -> str:
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size or (unit == "min" and seconds >= size):
            return f"{seconds / size:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
