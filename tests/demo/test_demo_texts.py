"""The demonstration's texts hold together: pages show what is annotated, feeds lead to them, expectations resolve."""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import feedparser
import pytest
import trafilatura
import yaml

from processors.cli.demo import second_edition
from processors.records import EVENT_TYPES, STATUSES
from processors.web.demo import DemoSite

DEMO = Path(__file__).parents[2] / "config" / "demo"
SITE = DEMO / "site"
BASE = "http://127.0.0.1:8099"
NO_ARTICLE_TEXT = re.compile("cookie|Impressum|Imprint|Datenschutz|Mehr zum Thema|Related articles", re.IGNORECASE)


@cache
def annotations() -> dict[str, dict[str, Any]]:
    lines = (DEMO / "annotations.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


@cache
def expected() -> dict[str, Any]:
    return dict(yaml.safe_load((DEMO / "expected.yaml").read_text("utf-8")))


@cache
def demo_feeds() -> list[dict[str, str]]:
    return list(yaml.safe_load((DEMO / "feeds.yaml").read_text("utf-8"))["feeds"])


def served(path: str) -> bytes:
    return (SITE / path).read_bytes().replace(b"{{base}}", BASE.encode())


def parsed(feed: dict[str, str]) -> Any:
    return feedparser.parse(served(feed["url"].removeprefix("{{base}}/")))


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("row", annotations().values(), ids=lambda row: row["id"])
def test_page_shows_exactly_the_annotated_text(row: dict[str, Any]) -> None:
    text = trafilatura.extract(served(row["page"]), include_comments=False, url=f"{BASE}/{row['page']}")
    assert text is not None
    body = words(text).removeprefix(row["title"]).strip()
    assert body.endswith(words(row["text"]))
    assert not NO_ARTICLE_TEXT.search(body)
    assert len(body) - len(words(row["text"])) < 80, "no more than a byline may stand before the text"


@pytest.mark.parametrize("row", annotations().values(), ids=lambda row: row["id"])
def test_page_states_title_date_and_canonical_address(row: dict[str, Any]) -> None:
    found = trafilatura.extract_metadata(served(row["page"]))
    assert (found.title, found.date, found.url) == (row["title"], row["date"], f"{BASE}/{row['page']}")
    assert 115 <= len(row["text"].split()) <= 350


@pytest.mark.parametrize("feed", demo_feeds(), ids=lambda feed: feed["name"])
def test_feed_leads_to_each_article_of_its_paper_once(feed: dict[str, str]) -> None:
    rows = {row["page"]: row for row in annotations().values() if row["source"] == feed["name"]}
    entries = parsed(feed).entries
    assert sorted(urlsplit(entry.link).path.lstrip("/") for entry in entries) == sorted(rows)
    for entry in entries:
        row = rows[urlsplit(entry.link).path.lstrip("/")]
        assert entry.title == row["title"]
        assert row["text"].startswith(entry.summary.rstrip(".")[:60]) or "content" in entry
        assert entry.get("published_parsed", entry.get("updated_parsed"))[:3] == tuple(map(int, row["date"].split("-")))


def test_feeds_cover_the_formats_and_both_languages() -> None:
    versions = {feed["name"]: parsed(feed).version for feed in demo_feeds()}
    assert sorted(versions.values()) == ["atom10", "rss10", "rss20", "rss20", "rss20"]
    assert {feed["language"] for feed in demo_feeds()} == {"de", "en"}


def test_full_text_in_a_feed_is_the_text_of_the_page() -> None:
    by_title = {row["title"]: row for row in annotations().values()}
    whole = [entry for feed in demo_feeds() for entry in parsed(feed).entries if "content" in entry]
    assert len(whole) == expected()["counts"]["articles_from_feed_text"]
    for entry in whole:
        text = re.sub(r"<[^>]+>", " ", entry.content[0].value)
        assert words(text) == words(by_title[entry.title]["text"])


def test_one_paper_is_really_written_in_iso_8859_1() -> None:
    files = sorted((SITE / "mainbote").rglob("*.*ml"))
    assert len(files) == 8
    for file in files:
        data = file.read_bytes()
        assert b"iso-8859-1" in data[:200].lower()
        assert any(letter in data for letter in (b"\xfc", b"\xe4", b"\xf6", b"\xdf"))
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")


def test_annotated_events_are_of_the_contract_and_quote_their_text() -> None:
    for row in annotations().values():
        for event in row["events"]:
            assert event["type"] in EVENT_TYPES
            assert event["status"] in STATUSES
            quotes = [*event["trigger"].split(" … "), event["attribution"] or ""]
            assert all(quote in f"{row['title']}\n\n{row['text']}" for quote in quotes), (row["id"], quotes)


def test_expected_events_are_the_annotated_ones_merged() -> None:
    reports: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for row in sorted(annotations().values(), key=lambda row: str(row["date"])):
        for event in row["events"]:
            reports[event["event"]].append((row, event))
    assert {event["ref"] for event in expected()["events"]} == set(reports)
    for event in expected()["events"]:
        rows = reports[event["ref"]]
        assert event["articles"] == len(rows)
        assert event["sources"] == sorted({row["source"] for row, _ in rows})
        assert event["history"] == list(dict.fromkeys(mention["status"] for _, mention in rows))
        assert event["status"] == event["history"][-1]
        for _, mention in rows:
            assert mention["type"] == event["type"]
            assert (sorted(mention["actors"]), sorted(mention["recipients"])) == (event["actors"], event["recipients"])


def test_the_feeds_leave_out_the_second_edition_until_it_is_published() -> None:
    held = second_edition()
    assert [row["id"] for row in annotations().values() if row["page"] in held] == ["don-04", "mai-04", "har-05"]
    with DemoSite(SITE, held_back=held) as site:
        first = linked(site)
        site.publish()
        assert linked(site) - first == set(held)
    assert len(first) == expected()["counts"]["entries"] - len(held)


def linked(site: DemoSite) -> set[str]:
    """The pages that the site's feeds lead to, and that an RDF feed has in its list."""
    found: set[str] = set()
    for feed in demo_feeds():
        with urlopen(feed["url"].replace("{{base}}", site.base)) as answer:
            content = answer.read()
        entries = {urlsplit(entry.link).path.lstrip("/") for entry in feedparser.parse(content).entries}
        listed = re.findall(rb'<rdf:li rdf:resource="[^"]*?//[^/]*/([^"]*)"', content)
        assert set(map(bytes.decode, listed)) in (set(), entries)
        found |= entries
    return found


def test_expected_counts_and_mails_refer_to_what_is_there() -> None:
    counts, rows = expected()["counts"], annotations()
    assert (counts["feeds"], counts["entries"], counts["articles"]) == (len(demo_feeds()), len(rows), len(rows))
    assert counts["articles_with_events"] == sum(bool(row["events"]) for row in rows.values())
    assert counts["articles_without_events"] == sum(not row["events"] for row in rows.values())
    assert counts["events"] == len(expected()["events"])
    assert counts["mails"] == sum(mail["count"] for mail in expected()["mails"])
    rules = {rule["name"] for rule in yaml.safe_load((DEMO / "alerts.yaml").read_text("utf-8"))["rules"]}
    assert {mail["rule"] for mail in expected()["mails"]} == rules
    refs = {event["ref"] for event in expected()["events"]}
    for mail in expected()["mails"]:
        assert mail.get("event") in refs or mail.get("article") in rows


def test_at_least_six_events_are_reported_three_times_and_in_both_languages() -> None:
    languages: dict[str, list[str]] = defaultdict(list)
    for row in annotations().values():
        for event in row["events"]:
            languages[event["event"]].append(row["lang"])
    assert sum(len(langs) >= 3 and set(langs) == {"de", "en"} for langs in languages.values()) >= 6
