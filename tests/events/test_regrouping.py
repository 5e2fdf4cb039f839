"""Changes are followed only as far as groups change by them: what comes of it is what grouping all at once gives."""

import random
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processors.database import open_database
from processors.database.stored_mentions import mentions_of_signatures
from processors.events.nearby import Nearby
from processors.events.shelf import Shelf
from processors.events.timeline import Line
from processors.records import Mention
from tests.events.reports import article, events, mention, report, resolve

ALWAYS = (date(1900, 1, 1), date(2100, 1, 1))
STATUSES = ("occurred", "occurred", "planned", "negated", "historical", "historical")


@st.composite
def reports(draw: st.DrawFn) -> tuple[int, Mention]:
    reported = draw(st.integers(0, 70))
    status = draw(st.sampled_from(STATUSES))
    on = draw(st.none() | st.integers(max(0, reported - 35), reported + (7 if status == "planned" else 0)))
    precision = draw(st.sampled_from(("day", "day", "week", "month"))) if on is not None else "unknown"
    topics = draw(st.sampled_from(((), ("energy",), ("grain",))))
    said = draw(st.integers(0, 5))  # some repeat others' sentences
    one = mention("leader_call", "RUS,USA", on, status)
    return reported, replace(one, topics=topics, date_precision=precision, sentence=f"They spoke, says paper {said}.")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    month=st.lists(reports(), min_size=8, max_size=40),
    seed=st.integers(0, 1000),
    size=st.integers(1, 6),
    recoded=st.sets(st.integers(0, 39), max_size=3),
)
def test_groups_followed_from_change_to_change_are_those_of_all_mentions_at_once(month, seed, size, recoded) -> None:
    database = open_database("sqlite://")
    order = [*range(len(month)), *sorted(n for n in recoded if n < len(month))]  # the latter come again, as plans
    random.Random(seed).shuffle(order)
    seen: set[int] = set()
    for start in range(0, len(order), size):
        for number in order[start : start + size]:
            reported, said = month[number]
            again = replace(said, status="planned") if number in seen else said
            seen.add(number)
            report(database, article(f"article{number}", reported), again)
        resolve(database)
    with database.reading() as connection:
        stored = mentions_of_signatures(connection, "leader_call", ["RUS,USA"], ALWAYS, ALWAYS)
    database.close()
    at_once = Line(stored)
    assert {m.mention.id: m.timeline for m in stored} == {m.mention.id: at_once.key(m) for m in stored}


def test_without_days_nothing_is_looked_for_and_what_names_nobody_changes_no_group() -> None:
    database = open_database("sqlite://")
    report(database, article("one"), mention("aid", ">", 0))
    resolve(database)
    with database.reading() as connection:
        assert Shelf(connection, "aid").find(Nearby("aid", (), {}).days) == set()
    assert [one.type for one in events(database)] == ["aid"]
    database.close()
