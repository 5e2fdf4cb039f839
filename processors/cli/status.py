"""`eventwire status`: the one look at feeds, backlog, index and mails."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer

from processors.database.overview import Overview, overview
from processors.errors import EventwireError
from processors.records import STAGES
from processors.settings import load_settings

_PARKED_SHOWN = 10


def status(
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    unpark: Annotated[bool, typer.Option("--unpark", help="Make parked work pending again.")] = False,
) -> None:
    """Show feeds, backlog, index and mails at a glance.

    Ends with 1 where something needs a person: parked work, an index that is away, mails that no server took.
    """
    from processors.alerts.transport import open_transport
    from processors.database import unpark as make_pending
    from processors.pipeline import opened

    if format not in {"text", "json"}:
        raise typer.BadParameter("text or json", param_hint="--format")
    settings = load_settings()
    open_transport(settings.smtp_url)  # says what is wrong with the address, and connects nowhere yet
    with opened(settings) as pipeline:
        if unpark:
            print(f"{make_pending(pipeline.database)} pieces of parked work are pending again")
        facts = _facts(pipeline)
    print(json.dumps(facts, indent=2, default=datetime.isoformat) if format == "json" else _text(facts))
    raise typer.Exit(1 if facts["parked"] or facts["index"]["error"] or facts["mails"].get("parked") else 0)


def _facts(pipeline: Any) -> dict[str, Any]:
    from processors.database import parked, pending
    from processors.database.work import oldest_pending

    numbers: Overview = overview(pipeline.database)
    waiting, oldest = pending(pipeline.database, due_only=True), oldest_pending(pipeline.database)
    return {
        "feeds": numbers.feed_states,
        "entries": numbers.entries,
        "articles": {"all": numbers.articles, "near_copies": numbers.near_copies, "uncoded": numbers.uncoded}
        | {"by_language": numbers.languages, "newest": numbers.newest_article_at},
        "mentions": numbers.mentions,
        "events": numbers.events,
        "hits": numbers.hits,
        "mails": numbers.mail_states,
        "backlog": {stage: {"pending": waiting.get(stage, 0), "since": oldest.get(stage)} for stage in STAGES},
        "parked": [{"stage": p.stage, "key": p.key, "error": p.error} for p in parked(pipeline.database)],
        "index": _index_facts(pipeline),
    }


def _index_facts(pipeline: Any) -> dict[str, Any]:
    from processors.errors import mask_secrets

    facts: dict[str, Any] = {"url": mask_secrets(pipeline.settings.index_url), "error": None}
    try:
        index = pipeline.search_index
        index.check()  # waits for seconds only, where the index hangs
        return facts | {"events": index.count("events"), "articles": index.count("articles")}
    except EventwireError as error:
        return facts | {"error": str(error)}


def _text(facts: dict[str, Any]) -> str:
    def counts(numbers: dict[str, Any]) -> str:
        return ", ".join(f"{n} {name}" for name, n in sorted(numbers.items(), key=lambda p: -p[1])) or "none"

    read, index = facts["articles"], facts["index"]
    newest = f"{read['newest']:%Y-%m-%d %H:%M}" if read["newest"] else "none"
    lines = [
        f"feeds     {counts(facts['feeds'])}",
        f"entries   {facts['entries']}",
        f"articles  {read['all']} ({counts(read['by_language'])}; {read['near_copies']} near-copies, "
        f"{read['uncoded']} in a language without a pipeline); newest {newest}",
        f"events    {facts['events']} from {facts['mentions']} mentions",
        f"hits      {facts['hits']}",
        f"mails     {counts(facts['mails'])}",
    ]
    behind = [
        f"{waiting['pending']} {stage} (since {waiting['since']:%Y-%m-%d %H:%M})"
        for stage, waiting in facts["backlog"].items()
        if waiting["pending"]
    ]
    lines.append(f"backlog   {', '.join(behind) or 'none'}")
    content = index["error"] or f"{index['events']} events, {index['articles']} articles"
    lines.append(f"index     {index['url']}: {content}")
    for piece in facts["parked"][:_PARKED_SHOWN]:
        lines.append(f"parked    {piece['stage']} {piece['key']}: {piece['error']}")
    if len(facts["parked"]) > _PARKED_SHOWN:
        lines.append(f"parked    ... and {len(facts['parked']) - _PARKED_SHOWN} more (--format json shows all)")
    if facts["parked"]:
        lines.append("          `eventwire status --unpark` makes parked work pending again")
    return "\n".join(lines)
