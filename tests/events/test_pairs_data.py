"""The labelled pairs of mentions are complete and hold no text."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from processors.records import EVENT_TYPES

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "pairs.jsonl").read_text("utf-8").splitlines()]


def days_apart(pair: dict[str, Any]) -> int:
    first, second = (date.fromisoformat(pair[side]["date"]) for side in ("a", "b"))
    return abs((first - second).days)


def test_there_are_two_hundred_pairs_each_once_and_at_least_half_are_near() -> None:
    keys = {tuple(sorted((pair[side]["file"], pair[side]["line"]) for side in ("a", "b"))) for pair in PAIRS}
    assert len(PAIRS) == len(keys) == 200
    assert sum(pair["group"] == "near" for pair in PAIRS) >= 100


def test_near_pairs_are_of_one_type_within_a_week() -> None:
    for pair in PAIRS:
        assert {pair["a"]["type"], pair["b"]["type"]} <= set(EVENT_TYPES)
        if pair["group"] == "near":
            assert pair["a"]["type"] == pair["b"]["type"]
            assert days_apart(pair) <= 7


def test_pairs_hold_references_and_labels_only() -> None:
    for pair in PAIRS:
        assert set(pair) == {"id", "a", "b", "group", "same"}
        assert all(set(pair[side]) == {"file", "line", "date", "type"} for side in ("a", "b"))
