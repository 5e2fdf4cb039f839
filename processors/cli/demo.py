"""The demonstration: its web site, its configuration, and the check of what came of it."""

import json
import re
import threading
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from processors.database.overview import MailLine
from processors.errors import ConfigError, EventwireError
from processors.records import RECIPROCAL, Article, Event
from processors.settings import ROOT, Settings, load_settings, load_yaml
from processors.web.demo import DemoSite

DEMO = ROOT / "config" / "demo"
_FILLED = ("feeds.yaml", "alerts.yaml")  # with the site's address in them
app = typer.Typer(
    help="The offline demonstration's parts.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
    config: Annotated[Path | None, typer.Option(help="Write a configuration folder with its address here.")] = None,
) -> None:
    """Serve the demo feeds and articles until Ctrl-C."""
    try:
        started = DemoSite(DEMO / "site", port)
    except OSError as error:
        raise ConfigError(f"cannot listen on port {port} of 127.0.0.1: {error.strerror}") from None
    with started as site:
        if config:
            demo_config(site, config)
        print(site.base, flush=True)
        threading.Event().wait()


@app.command()
def check(expected: Annotated[Path, typer.Option(help="What must be there.")] = DEMO / "expected.yaml") -> None:
    """Show what came of the demo feeds and compare it with what is expected; 1 where something is missing."""
    raise typer.Exit(0 if report(load_settings(), expected) else 1)


def second_edition() -> list[str]:
    """The pages that the demonstration's papers publish only when all else has gone all the way."""
    pages = _pages_by_ref()
    return [pages[ref] for ref in load_yaml(DEMO / "expected.yaml")["second_edition"]]


def demo_config(site: DemoSite, target: Path) -> Path:
    """Makes a configuration folder like config/, with the demo's feeds (at the site's address) and alert rules.

    Raises ConfigError, and writes nothing, where there are feeds or rules that are not the demo's.
    """
    for name in _FILLED:
        if (target / name).exists() and not _is_of_demo(target / name):
            raise ConfigError(f"{target / name}: is not the demo's, and would be lost; name another folder")
    target.mkdir(parents=True, exist_ok=True)
    for part in (ROOT / "config").iterdir():
        link = target / part.name
        if part.name not in {"demo", *_FILLED} and not link.exists():
            link.symlink_to(part)
    for name in _FILLED:
        site.fill(DEMO / name, target / name)
    return target


def _is_of_demo(file: Path) -> bool:
    """Whether a file is what an earlier start of the demo wrote: its own file of this name, with some address in it."""
    template = re.escape((DEMO / file.name).read_bytes())
    return bool(re.fullmatch(template.replace(re.escape(b"{{base}}"), rb"http://127\.0\.0\.1:\d+"), file.read_bytes()))


def finished(settings: Settings) -> bool:
    """Whether every entry has gone all the way: something was fetched, and nothing is due or under way any more."""
    from processors.database import pending
    from processors.pipeline import opened

    try:
        with opened(settings) as pipeline:
            waiting = pending(pipeline.database)
            from processors.database.overview import overview

            return overview(pipeline.database).entries > 0 and not any(waiting.get(s) for s in _AFTER_FETCH)
    except EventwireError:
        return False  # still busy: a locked database is no answer


_NOT_FETCHED = ("new", "broken", "blocked", "gone")
_AFTER_FETCH = ("read", "code", "resolve", "index", "match", "send")


def report(settings: Settings, expected: Path, *, editions: bool = False) -> bool:
    """Prints what came of the feeds as a table, then what is missing of `expected`. Returns whether nothing is.

    `editions`: the papers came in two editions, so that an update was told; else each event was told once at most.
    """
    from processors.database.articles import load_articles
    from processors.database.events import load_events
    from processors.database.overview import article_ids_by_url, event_ids, mail_lines, overview, seconds_to_mail
    from processors.pipeline import opened

    with opened(settings) as pipeline:
        database = pipeline.database
        numbers, mails = overview(database), mail_lines(database)
        with database.reading() as connection:
            events = load_events(connection, event_ids(database))
            articles = {a.id: a for a in load_articles(connection, sorted(article_ids_by_url(database).values()))}
        delay = seconds_to_mail(database)
    # The week of the demo lies back: its feeds are fetched, and rightly called stale.
    fetched = sum(count for state, count in numbers.feed_states.items() if state not in _NOT_FETCHED)
    table = _Table(events, articles, mails, editions)
    table.print_events()
    table.print_mails(settings)
    print(
        f"\n{fetched} feeds fetched, {numbers.entries} entries, "
        f"{numbers.articles} articles read ({numbers.near_copies} near-copies), "
        f"{numbers.mentions} mentions coded, {numbers.events} events, "
        f"{numbers.hits} hits, {numbers.mail_states.get('sent', 0)} mails sent"
    )
    print(f"from an entry's first sight to its mail: {delay:.0f} s in the median" if delay is not None else "no mails")
    missing = list(table.missing(load_yaml(expected), numbers.entries, numbers.articles))
    for line in table.surplus:
        print(f"SURPLUS  {line}")
    for line in missing:
        print(f"MISSING  {line}")
    if not missing:
        print(f"everything that {expected.name} states is there{'' if table.surplus else ', and nothing else'}")
    return not missing


class _Table:
    """What came out, beside what was expected."""

    def __init__(
        self, events: list[Event], articles: dict[str, Article], mails: list[MailLine], editions: bool
    ) -> None:
        self.events, self.articles, self.mails, self.editions = events, articles, mails, editions
        self.surplus: list[str] = []

    def feeds_of(self, event: Event) -> set[str]:
        return {self.articles[key].feed for key in event.articles if key in self.articles}

    def print_events(self) -> None:
        print("\nEVENTS")
        for e in self.events:
            sides = " ".join(e.actors) + (f" -> {' '.join(e.recipients)}" if e.recipients else "")
            what = f"{e.type:20} {e.status:12} {sides:24}"
            print(f"  {_shown_date(e.event_date):10}  {what} {e.article_count:3} articles  {e.title}")

    def print_mails(self, settings: Settings) -> None:
        print(f"\nMAILS ({settings.smtp_url.removeprefix('file://')})")
        for mail in self.mails:
            print(f"  {mail.recipient:24} {mail.state:8} {mail.subject}\n{'':26} {mail.server_answer}")

    def missing(self, expected: dict[str, Any], entries: int, articles: int) -> Any:
        """Lines that say what of `expected` is not there, and which mails are there although they are not expected.
        Fills `surplus` (events that are not expected) on the way."""
        for name, have in (("entries", entries), ("articles", articles)):
            if have != expected["counts"][name]:
                yield f"{expected['counts'][name]} {name}; there are {have}"
        found: dict[str, Event] = {}
        for want in expected["events"]:
            best = self._best(want)
            if best is not None:
                found[want["ref"]] = best
            yield from self._differences(want, best)
        known = {event.id for event in found.values()}
        self.surplus += [
            f"{e.type} {e.status} {' '.join(e.actors)} -> {' '.join(e.recipients)}: {e.sentence}"
            for e in self.events
            if e.id not in known
        ]
        yield from self._missing_mails(expected["mails"], found)

    def _best(self, want: dict[str, Any]) -> Event | None:
        same = [e for e in self.events if e.type == want["type"] and _sides(e) == _wanted_sides(want)]
        same.sort(key=lambda e: (e.status != want["status"], len(set(want["sources"]) ^ self.feeds_of(e))))
        return same[0] if same else None

    def _differences(self, want: dict[str, Any], have: Event | None) -> Any:
        if have is None:
            yield f"event {want['ref']}: no {want['type']} of {want['actors']} -> {want['recipients']}"
            return
        # What is only looked back on brings no change, and so has no history but its status.
        statuses = [change.value for change in have.history if change.kind in _STATUS_CHANGES] or [have.status]
        wanted_date = _shown_date(want["event_date"])
        pairs = {
            "status": (want["status"], have.status),
            "history": (want["history"], statuses),
            "sources": (sorted(want["sources"]), sorted(self.feeds_of(have))),
            "event_date": (wanted_date, _shown_date(have.event_date)[: len(wanted_date)]),
        }
        for name, (wanted, got) in pairs.items():
            if wanted != got:
                yield f"event {want['ref']}: {name} {wanted}; there is {got}"
        if have.article_count < want["articles"]:
            yield f"event {want['ref']}: {want['articles']} articles; there are {have.article_count}"

    def _missing_mails(self, wanted: list[dict[str, Any]], found: dict[str, Event]) -> Any:
        pages = _pages_by_ref()
        ids = {a.url.split("/", 3)[-1]: a.id for a in self.articles.values()}
        sent = Counter((mail.rule, mail.document_id) for mail in self.mails if mail.state == "sent")
        yield from self._unthreaded()
        for want in wanted:
            event = found.get(want.get("event", ""))
            document = event.id if event else ids.get(pages.get(want.get("article", ""), ""), "")
            have = sent.pop((want["rule"], document), 0)
            count = want["count"] if self.editions else min(want["count"], 1)
            if have != count:
                about = want.get("event") or want.get("article")
                yield f"mail of rule {want['rule']!r} on {about}: {count}; there are {have}"
        yield from (f"unexpected mail of rule {rule!r} on {document}" for rule, document in sent)

    def _unthreaded(self) -> Any:
        """Lines on mails that tell an event again and do not refer to the mail that told it first."""
        first: dict[tuple[str, str, str], MailLine] = {}
        for mail in self.mails:
            told = first.setdefault((mail.rule, mail.recipient, mail.document_id), mail)
            if mail is not told and mail.document_id and told.message_id not in mail.references:
                yield f"mail {mail.subject!r} does not refer to {told.subject!r}"


_STATUS_CHANGES = {"announced", "occurred", "denied", "cancelled", "disputed", "status"}


def _sides(event: Event) -> tuple[set[str], set[str]]:
    actors, recipients = set(event.actors), set(event.recipients)
    return (actors | recipients, set()) if event.type in RECIPROCAL else (actors, recipients)


def _wanted_sides(want: dict[str, Any]) -> tuple[set[str], set[str]]:
    return set(want["actors"]), set(want["recipients"])


def _shown_date(value: date | str | None) -> str:
    return str(value) if value else ""


def _pages_by_ref() -> dict[str, str]:
    lines = (DEMO / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["page"] for row in map(json.loads, lines)}
