"""`eventwire alerts`: look after the rules of config/alerts.yaml."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from processors.cli.output import counted, print_table
from processors.errors import ConfigError
from processors.settings import Settings, load_settings

if TYPE_CHECKING:
    from processors.database import Database
    from processors.records import AlertRule, Article, Event

app = typer.Typer(
    help="List, check, test, preview and mute alert rules.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_SHOWN = 20
RuleName = Annotated[str, typer.Argument(help="The rule's name, as in config/alerts.yaml.")]
Days = Annotated[int, typer.Option("--days", min=1, max=36_500, help="How many days back to look.")]


def _rules(settings: Settings) -> tuple["AlertRule", ...]:
    from processors.alerts.rules import load_rules, rules_path

    return load_rules(rules_path(settings))


def _opened(settings: Settings) -> "Database":
    from processors.database import open_database

    return open_database(settings.database_url)


@app.command("list")
def list_rules(format: Annotated[str, typer.Option("--format", help="table or json.")] = "table") -> None:
    """List the rules: what they watch, when they tell, whom, their hits of the last seven days, who is muted."""
    from processors.alerts.recipients import mutes
    from processors.database import now
    from processors.database.alerts import count_hits

    if format not in {"table", "json"}:
        raise typer.BadParameter("table or json", param_hint="--format")
    settings = load_settings()
    rules = _rules(settings)
    database = _opened(settings)
    with database.reading() as connection:
        hits, muted = count_hits(connection, now() - timedelta(days=7)), mutes(connection)
    rows = [_row(rule, hits.get(rule.name, 0), [m for m in muted.held if m["rule"] == rule.name]) for rule in rules]
    if format == "json":
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _table(rows)


def _row(rule: "AlertRule", hits: int, muted: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": rule.name,
        "on": rule.on,
        "query": rule.query,
        "when": rule.when,
        "subscribers": [subscriber.address for subscriber in rule.subscribers],
        "notify": len(rule.notify),
        "hits_7_days": hits,
        "muted": {note["recipient"]: note["until"] for note in muted},
    }


def _table(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        print("there are no rules; write some to config/alerts.yaml")
        return
    table = Table("rule", "on", "when", "tells", "hits in 7 days", "query", expand=False)
    for row in rows:
        tells = ", ".join([*row["subscribers"], *([f"{row['notify']} by notify"] if row["notify"] else [])])
        if row["muted"]:
            tells += "; muted: " + ", ".join(f"{_who(key)} {_until(until)}" for key, until in row["muted"].items())
        cells = (row["name"], row["on"], row["when"], tells, str(row["hits_7_days"]), row["query"])
        table.add_row(*(Text(cell) for cell in cells))
    print_table(table)


def _who(recipient: str) -> str:
    from processors.alerts.recipients import EVERYBODY

    return "everybody" if recipient == EVERYBODY else recipient


def _until(noted: str) -> str:
    from processors.alerts.recipients import FOR_EVER

    return noted if noted == FOR_EVER else f"until {datetime.fromisoformat(noted):%Y-%m-%d %H:%M %Z}"


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A rules file; config/alerts.yaml where none is named.")] = None,
) -> None:
    """Check the rules file: keys, queries, times, addresses. Names file, line and key of what is wrong (exit 2)."""
    from processors.alerts.rules import load_rules, rules_path

    path = file or rules_path(load_settings())
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file")
    rules = load_rules(path)
    _check_notify(path, rules)
    print(f"{path}: {counted(len(rules), 'rule')}, all well")


def _check_notify(path: Path, rules: tuple["AlertRule", ...]) -> None:
    from processors.settings import line_of

    problems = []
    for number, rule in enumerate(rules):
        for place, url in enumerate(rule.notify):
            from processors.alerts.notify import problem_with

            if problem := problem_with(url):
                line = line_of(path, ["rules", number, "notify", place])
                problems.append(f"{path}:{line}: rules.{number}.notify.{place}: {problem}")
    if problems:
        raise ConfigError("\n".join(problems))


@app.command("test")
def try_rule(
    rule: RuleName,
    days: Days = 30,
    query: Annotated[str | None, typer.Option("--query", help="Try this query in place of the rule's.")] = None,
) -> None:
    """Show what a rule would have told of the last days, without telling anybody. Ends with 1 where that is nothing."""
    settings = load_settings()
    found, looked_at = _matching(settings, _rule(settings, rule), days, query)
    for document in found[:_SHOWN]:
        print(_line(document))
    if len(found) > _SHOWN:
        print(f"... and {len(found) - _SHOWN} more")
    print(f"{len(found)} of {looked_at} meet the rule")
    raise typer.Exit(0 if found else 1)


def _rule(settings: Settings, name: str) -> "AlertRule":
    from processors.alerts.rules import rule_named

    return rule_named(_rules(settings), name)


def _line(document: "Event | Article") -> str:
    from processors.alerts.plain import plain
    from processors.alerts.wording import wording
    from processors.records import Event

    if isinstance(document, Event):
        words = wording("en")
        facts = f"{counted(document.source_count, 'source')}, confidence {document.confidence:.2f}"
        return f"{document.last_seen_at:%Y-%m-%d}  {document.id}  {words.sentence(document)} ({facts})"
    at = document.published_at or document.fetched_at
    return f"{at:%Y-%m-%d}  {document.id}  {plain(document.source, 40)}: {plain(document.title, 160)}"


def _matching(
    settings: Settings, rule: "AlertRule", days: int, query: str | None = None
) -> tuple[list["Event | Article"], int]:
    """The documents of the last days that the rule would tell of, newest first, and how many were looked at."""
    from processors.alerts.history import recent_documents, worth_telling
    from processors.index import match_queries

    database = _opened(settings)
    with database.reading() as connection:
        documents, records = recent_documents(connection, rule.on, timedelta(days=days))
    met = match_queries(rule.on, documents, {rule.name: query or rule.query}).get(rule.name, set())
    return [record for record in records if record.id in met and worth_telling(rule, record)], len(records)


@app.command()
def preview(
    rule: RuleName,
    to: Annotated[Path, typer.Option("--to", help="The folder for the .html, .txt and .eml files.")] = Path("preview"),
    days: Days = 365,
) -> None:
    """Write the mail that each subscriber would get on the latest event or article that meets the rule, of a rule that
    tells in digests the digest of the last period in which something met it; nothing is sent. Where nothing meets it,
    invented events are shown."""
    from processors.alerts.gallery import preview_mails

    settings = load_settings()
    chosen = _rule(settings, rule)
    found, _ = _matching(settings, chosen, days)
    for path in preview_mails(_opened(settings), settings, chosen, found, to):
        print(path)


@app.command()
def mute(
    rule: RuleName,
    address: Annotated[
        str, typer.Option("--address", help="Only this subscriber; everybody where none is named.")
    ] = "*",
    until: Annotated[str | None, typer.Option("--until", help="A day such as 2026-05-31, up to its end.")] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=36_500, help="For so many days.")] = None,
    off: Annotated[bool, typer.Option("--off", help="End the mute.")] = False,
) -> None:
    """Send no mails of a rule: for some days, until a day, or until it is ended by --off. What happens meanwhile is
    not told afterwards."""
    from processors.alerts.recipients import EVERYBODY, is_unsubscribed, mutes, unmute
    from processors.alerts.recipients import mute as hold

    settings = load_settings()
    chosen = _rule(settings, rule)
    if address != EVERYBODY and address.lower() not in {s.address.lower() for s in chosen.subscribers}:
        raise ConfigError(f"{address} is no subscriber of {chosen.name!r}")
    if off and (until or days):
        raise typer.BadParameter("--off ends the mute now: say it without --until and --days", param_hint="--off")
    end = _end(chosen, address, until, days)
    with _opened(settings).transaction() as connection:
        if off:
            there = unmute(connection, chosen.name, address)
            still = [_who(note["recipient"]) for note in mutes(connection).held if note["rule"] == chosen.name]
            print("unmuted" if there else "was not muted", *([f"({', '.join(still)} still muted)"] if still else []))
            return
        if end and is_unsubscribed(connection, chosen.name, address):
            raise ConfigError(f"{address} has unsubscribed from {chosen.name!r}; only --off ends that")
        withdrawn = hold(connection, chosen.name, address, end, by="command line")
    print(f"{chosen.name}: {_who(address)} muted {f'until {end:%Y-%m-%d %H:%M %Z}' if end else 'until --off'}", end="")
    print(f"; {withdrawn} mails withdrawn" if withdrawn else "")


def _end(rule: "AlertRule", address: str, until: str | None, days: int | None) -> datetime | None:
    from processors.database import now

    if until and days:
        raise typer.BadParameter("say --until or --days, not both")
    if days:
        return now() + timedelta(days=days)
    if until is None:
        return None
    zones = {subscriber.address.lower(): subscriber.time_zone for subscriber in reversed(rule.subscribers)}
    zone = ZoneInfo(zones.get(address.lower()) or next(reversed(zones.values()), "UTC"))
    try:
        after = datetime.fromisoformat(until).date() + timedelta(days=1)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{until!r} is no day such as 2026-05-31", param_hint="--until") from None
    end = datetime.combine(after, datetime.min.time(), tzinfo=zone)
    if end <= now():
        raise typer.BadParameter(f"{until} is over", param_hint="--until")
    return end


@app.command()
def gallery(
    folder: Annotated[
        Path | None, typer.Argument(help="Where the mails and index.html go.", show_default="gallery in the var folder")
    ] = None,
) -> None:
    """Write every kind of mail, of invented events, in both languages, as HTML, text and .eml."""
    from processors.alerts.gallery import build_gallery

    folder = folder or load_settings().var_dir / "gallery"
    pages = build_gallery(folder)
    print(f"{len(pages)} mails; open {folder / 'index.html'}")
