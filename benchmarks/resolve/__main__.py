"""`python -m benchmarks.resolve`: quality, speed and memory of resolution over the generated month, one table.

The baseline beside it makes one event of what has the same type, the same participants and the same day.
"""

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import insert, select

from benchmarks.resolve.measures import Told, about, b_cubed, told_twice
from benchmarks.resolve.month import CODERS, Coded, Report, month
from benchmarks.resolve.resolver import Resolve, resolver
from processors.database import Database, add_work, open_database
from processors.database.mentions import store_mentions
from processors.database.tables import articles, mentions


@dataclass
class Run:
    """What one pass over the month gave."""

    clusters: dict[str, str] = field(default_factory=dict)
    told: set[Told] = field(default_factory=set)
    seconds: float = 0.0
    memory: list[int] = field(default_factory=list)  # MiB after each batch


def main() -> None:
    """Generates, resolves, measures, prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=8)
    options.add_argument("--batch", type=int, default=10_000, help="articles that are pending at a time")
    options.add_argument("--order", choices=("arrival", "random"), default="arrival")
    options.add_argument("--database", default="", help="URL; a temporary SQLite file otherwise")
    options.add_argument("--coder", choices=list(CODERS), default="measured", help="the coder's errors")
    chosen = options.parse_args()
    reports = list(month(chosen.articles, chosen.seed, CODERS[chosen.coder]))
    if chosen.order == "random":
        random.Random(chosen.seed).shuffle(reports)
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.database or f"sqlite:///{Path(folder) / 'month.sqlite'}"
        database = open_database(url)
        with resolver(url) as resolve:
            ours = resolve_all(database, reports, chosen.batch, resolve)
    show(reports, ours, baseline(reports))


def resolve_all(database: Database, reports: Sequence[Report], batch: int, resolve: Resolve) -> Run:
    """Stores the reports batch by batch and calls `resolve` after each, which says how many seconds it worked and how
    many MiB of memory its process has then."""
    run, coded = Run(), {one.mention.id: one for report in reports for one in report.coded}
    stream = iter(reports)
    while part := list(islice(stream, batch)):
        store(database, part)
        seconds, resident = resolve()
        run.seconds += seconds
        run.memory.append(resident)
        run.told |= _told(database, part, coded)
    with database.reading() as connection:
        run.clusters = {row.id: row.event_id for row in connection.execute(select(mentions.c.id, mentions.c.event_id))}
    return run


def store(database: Database, part: Sequence[Report]) -> None:
    """What the stages before leave behind: articles, mentions, work for the resolver."""
    with database.transaction() as connection:
        rows = [
            {
                **{name: getattr(one.article, name) for name in one.article.__slots__},
                "content_hash": one.article.id,
                "version": 1,
                "coding": "coded",
            }
            for one in part
        ]
        connection.execute(insert(articles), rows)
        for one in part:
            store_mentions(connection, one.article, [coded.mention for coded in one.coded])
        add_work(connection, "resolve", [one.article.id for one in part])


def _told(database: Database, part: Sequence[Report], coded: dict[str, Coded]) -> set[Told]:
    # An alert goes out when an event appears: for what it is about as far as is known then.
    ids = [one.mention.id for report in part for one in report.coded]
    told: dict[str, list[Coded]] = defaultdict(list)
    with database.reading() as connection:
        for start in range(0, len(ids), 500):
            query = select(mentions.c.id, mentions.c.event_id).where(mentions.c.id.in_(ids[start : start + 500]))
            touched = {row.event_id for row in connection.execute(query)}
            query = select(mentions.c.id, mentions.c.event_id).where(mentions.c.event_id.in_(touched))
            for row in connection.execute(query):
                told[row.event_id].append(coded[row.id])
    return _about(told)


def _about(records: dict[str, list[Coded]]) -> set[Told]:
    return {told for record, group in records.items() if (told := about(record, group))}


def _at_the_end(run: Run, coded: Iterable[Coded]) -> set[Told]:
    records: dict[str, list[Coded]] = defaultdict(list)
    for one in coded:
        records[run.clusters[one.mention.id]].append(one)
    return _about(records)


def baseline(reports: Iterable[Report]) -> Run:
    """Same type, same participants, same day."""
    run, started, records = Run(), time.perf_counter(), defaultdict(list)
    for report in reports:
        for one in report.coded:
            said = one.mention
            day = said.event_date or report.article.day
            key = f"{said.type} {said.actors} {said.recipients} {day}"
            run.clusters[said.id] = key
            records[key].append(one)
    run.seconds = time.perf_counter() - started
    run.told = _about(records)
    return run


def oracle(reports: Iterable[Report]) -> Run:
    """Who knows the truth, but like every resolver keeps apart what contradicts it in type or participants: what the
    coder's errors leave within reach."""
    run, records = Run(), defaultdict(list)
    for one in (coded for report in reports for coded in report.coded):
        said = one.mention
        apart = "" if one.fits else f" {said.type} {said.actors} {said.recipients}"
        key = (one.truth or said.id) + apart
        run.clusters[said.id] = key
        records[key].append(one)
    run.told = _about(records)
    return run


def _line(name: str, values: Sequence[object], form: str) -> None:
    print(f"{name:28}" + "".join(f"{value:>14{form}}" for value in values))


def show(reports: Sequence[Report], ours: Run, base: Run) -> None:
    """The table."""
    coded = [one for report in reports for one in report.coded]
    truth = {one.mention.id: one.truth or one.mention.id for one in coded}
    real = len({one.truth for one in coded if one.truth})
    runs = {"eventwire": ours, "baseline": base, "oracle": oracle(reports)}
    print(f"{len(reports)} articles, {len(coded)} mentions of {real} events\n")
    _line("", list(runs), "")
    scores = [b_cubed(run.clusters, truth) for run in runs.values()]
    for n, name in enumerate(("precision", "recall", "F1")):
        _line(f"B-cubed {name}", [score[n] for score in scores], ".4f")
    _line("records", [len(set(run.clusters.values())) for run in runs.values()], "")
    ends = [_at_the_end(run, coded) for run in runs.values()]
    _line("events split, %", [100 * told_twice(end, real) for end in ends], ".2f")
    _line("told of twice on the way, %", [100 * told_twice(run.told, real) for run in runs.values()], ".2f")
    _line("mentions/s of one core", [len(coded) / ours.seconds], ".0f")
    quarter = ours.memory[len(ours.memory) // 4]
    print(f"\nresident memory: {quarter} MiB after a quarter of the month, {ours.memory[-1]} MiB at its end")


if __name__ == "__main__":
    main()
