"""Alert rules against documents in memory."""

from datetime import UTC, datetime

import pytest

from processors.errors import QueryError
from processors.index import match_queries
from tests.index.corpus import ARTICLES, EVENTS, event


def test_each_rule_gets_the_ids_of_what_it_matches() -> None:
    rules = {"calls": "type:leader_call", "arms": "title:Lieferung", "none": "type:threat", "all": "*:*"}
    assert match_queries("events", EVENTS, rules) == {
        "calls": {"call"},
        "arms": {"pause", "denied"},
        "all": {one["id"] for one in EVENTS},
    }
    assert match_queries("articles", ARTICLES, {"one": "Munition"}) == {"one": {"stop"}}


def test_nothing_matches_nothing() -> None:
    assert match_queries("events", [], {"all": "*:*"}) == {}
    assert match_queries("events", EVENTS, {}) == {}


def test_a_relative_rule_is_read_against_the_present_each_time() -> None:
    rules = {"new": "published_at:>now-1d"}
    day = datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert match_queries("events", EVENTS, rules, now=day) == {"new": {"strike"}}
    assert match_queries("events", EVENTS, rules, now=day.replace(year=2027)) == {}


def test_the_last_state_of_a_document_given_twice_counts() -> None:
    twice = [
        event("e", "threat", "planned", "PRK > KOR", "eins"),
        event("e", "threat", "occurred", "PRK > KOR", "zwei"),
    ]
    rules = {"planned": "status:planned", "occurred": "status:occurred"}
    assert match_queries("events", twice, rules) == {"occurred": {"e"}}


def test_a_document_that_fits_no_mapping_keeps_no_other_from_matching() -> None:
    assert match_queries("events", [*EVENTS, EVENTS[0] | {"id": "odd", "quad_class": "x"}], {"q": "quad_class:4"}) == {
        "q": {"pause", "strike"}
    }


def test_a_rule_that_means_nothing_is_an_error() -> None:
    with pytest.raises(QueryError):
        match_queries("events", EVENTS, {"bad": "actor:RUS"})
