"""The annotated whole articles keep what their README promises, so that a measurement on them means something."""

import json
from pathlib import Path
from typing import Any

import pytest

from processors.records import EVENT_TYPES, RECIPROCAL, STATUSES

ARTICLES = Path(__file__).parent / "articles"


def rows(lang: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ARTICLES / f"{lang}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_language_has_fifteen_long_articles_four_of_them_without_events(lang: str) -> None:
    found = rows(lang)
    assert len(found) == 15
    assert sum(not row["events"] for row in found) == 4
    assert all(row["lang"] == lang and len(row["text"].split()) >= 300 for row in found)


def test_all_types_and_statuses_occur() -> None:
    events = [event for lang in ("de", "en") for row in rows(lang) for event in row["events"]]
    assert {event["type"] for event in events} == set(EVENT_TYPES)
    assert {event["status"] for event in events} == set(STATUSES)


@pytest.mark.parametrize("row", rows("de") + rows("en"), ids=lambda row: row["id"])
def test_triggers_attributions_and_topics_are_words_of_the_article(row: dict[str, Any]) -> None:
    whole = f"{row['title']}\n\n{row['text']}"
    for event in row["events"]:
        assert all(part in whole for part in event["trigger"].split(" … "))
        assert event["attribution"] is None or event["attribution"] in whole
        assert all(topic in whole for topic in event["topics"])
        assert not (event["type"] in RECIPROCAL and event["recipients"])
