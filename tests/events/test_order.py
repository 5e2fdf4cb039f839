"""The partition of mentions into events does not depend on the order of their arrival."""

import random
from collections import defaultdict
from dataclasses import replace

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import select

from processors.database import Database, open_database
from processors.database.tables import mentions
from processors.records import Mention
from tests.events.reports import article, mention, report, resolve

SIDES = {
    "leader_call": ("USA,RUS", "USA", "RUS", "RUS,USA,UKR", "RUS,UKR", "UKR", ""),
    "attack": ("RUS>UKR", "RUS>", ">UKR", "RUS>UKR,POL", "UKR>RUS", ">RUS", "OTHER>UKR", ">"),
}
STATUSES = ("occurred", "occurred", "occurred", "planned", "negated", "hypothetical", "historical")


@st.composite
def reports(draw: st.DrawFn) -> tuple[float, list[Mention]]:
    reported = draw(st.integers(0, 40))
    found = []
    for type_ in draw(st.lists(st.sampled_from(sorted(SIDES)), min_size=1, max_size=2)):
        status = draw(st.sampled_from(STATUSES))
        on = draw(st.none() | st.integers(max(0, reported - 6), reported + (4 if status == "planned" else 0)))
        one = mention(type_, draw(st.sampled_from(SIDES[type_])), on, status)
        topics = draw(st.sampled_from(((), ("energy",), ("grain",), ("energy", "grain"))))
        precision = draw(st.sampled_from(("day", "day", "day", "week", "month"))) if on is not None else "unknown"
        place = draw(st.sampled_from((None, "Kyiv", "Oslo")))
        found.append(replace(one, topics=topics, place=place, date_precision=precision))
    return reported, found


def stored_partition(database: Database) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    with database.reading() as connection:
        for row in connection.execute(select(mentions.c.id, mentions.c.event_id)):
            groups[row.event_id].add(row.id)
    return {frozenset(group) for group in groups.values()}


def resolved(
    month: list[tuple[float, list[Mention]]], batches: list[list[int]], recoded: set[int]
) -> set[frozenset[str]]:
    database = open_database("sqlite://")
    for batch in batches:
        for number in batch:
            reported, found = month[number]
            of = article(f"article{number}", reported)
            if number in recoded:  # first read as something else, resolved, and then read again
                report(
                    database, of, mention("leader_call", "RUS,USA", reported), mention("attack", "RUS>UKR", reported)
                )
                resolve(database)
            report(database, of, *found)
        resolve(database)
    found_partition = stored_partition(database)
    database.close()
    return found_partition


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    month=st.lists(reports(), min_size=2, max_size=14),
    seed=st.integers(0, 1000),
    size=st.integers(1, 4),
    recoded=st.sets(st.integers(0, 13), max_size=3),
)
def test_any_order_in_any_batches_gives_the_same_events(month, seed, size, recoded) -> None:
    order = list(range(len(month)))
    at_once = resolved(month, [order], set())
    random.Random(seed).shuffle(order)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    note(f"batches {batches}")
    assert resolved(month, batches, recoded) == at_once
