"""Importing articles: what tells them apart, what is understood of them, and what comes back from an export."""

import gzip
import json
import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processors.articles.importing import import_articles
from processors.articles.storing import content_hash
from processors.database import Database, open_database
from processors.database.articles import update_article
from processors.documents import article_document
from processors.errors import ConfigError
from processors.records import Article, Summary, hashed_id
from tests.articles.writing import CALL, LAST, MORE, page, stored_articles


def imported(database: Database, folder: Path, *lines: object) -> Summary:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return import_articles(database, path, "import")


def exported(database: Database) -> list[dict[str, Any]]:
    return [article_document(article, (), ()) for article in articles(database)]


def articles(database: Database) -> list[Article]:
    with database.reading() as connection:
        return stored_articles(connection)


def test_pages_that_share_a_name_are_different_articles(database: Database, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one / "a", one / "b", two / "a"):
        folder.mkdir(parents=True)
    (one / "a" / "index.html").write_bytes(page(CALL, LAST))
    (one / "b" / "index.html").write_bytes(page(MORE, LAST))
    # A link that is relative to an address that is not known says nothing.
    (two / "a" / "index.html").write_bytes(page(MORE, CALL, head='<link rel="canonical" href="/a/index.html">'))
    assert import_articles(database, one, "import").counts == {"done": 2, "failed": 0, "new": 2}
    assert import_articles(database, two, "import").counts == {"done": 1, "failed": 0, "new": 1}
    assert import_articles(database, one, "import").counts == {"done": 2, "failed": 0, "unchanged": 2}
    assert import_articles(database, two, "import").counts == {"done": 1, "failed": 0, "unchanged": 1}
    found = articles(database)
    assert {article.text for article in found} == {f"{CALL}\n{LAST}", f"{MORE}\n{LAST}", f"{MORE}\n{CALL}"}
    assert {(article.url, article.source) for article in found} == {("", "import")}


def test_a_page_that_was_edited_stays_its_article(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "1.html").write_bytes(page(CALL, MORE))
    import_articles(database, folder, "import")
    (first,) = articles(database)
    (folder / "1.html").write_bytes(page(CALL, MORE, "Ein Termin steht noch nicht fest."))
    assert import_articles(database, folder, "import").counts == {"done": 1, "failed": 0, "changed": 1}
    (second,) = articles(database)
    assert second.id == first.id
    assert second.text.endswith("Ein Termin steht noch nicht fest.")
    # Under another feed it may as well be another paper's page with the same agency's text.
    (folder / "1.html").write_bytes(page(CALL, MORE, "Das sagte eine Sprecherin."))
    import_articles(database, folder, "Turmbote")
    assert {article.source for article in articles(database)} == {"import", "Turmbote"}


def test_a_folder_without_pages_and_addresses_of_no_page_are_told(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "notes.txt").write_text(CALL)
    with pytest.raises(ConfigError, match="there are no pages in this folder"):
        import_articles(database, folder, "import")
    (folder / "a.html").write_bytes(page(CALL, MORE))
    (folder / "b.html").write_bytes(page(MORE, LAST))
    (folder / "urls.json").write_text(json.dumps([["a.html", "https://turmbote.example/1"]]))
    with pytest.raises(ConfigError, match=r"urls\.json: must be an object"):
        import_articles(database, folder, "import")
    addresses = {"a.html": "foo bar", "b.html": None, "c.html": "https://turmbote.example/3"}
    (folder / "urls.json").write_text(json.dumps(addresses))
    summary = import_articles(database, folder, "import")
    assert summary.counts == {"done": 1, "failed": 2, "new": 1}
    assert sorted(summary.problems) == [
        f"{folder}/a.html: its address in urls.json is no web address: foo bar",
        f"{folder}/urls.json: c.html: there is no such page in the folder",
    ]


def test_languages_dates_and_plain_text_of_lines(database: Database, tmp_path: Path) -> None:
    text = "The mayor of Turmstadt spoke with AT&amp;T &lt;b&gt; & <b>others</b> on Monday, at 5 < 6."
    soon = datetime.now(UTC) + timedelta(hours=9)
    lines = [
        {"title": "1", "text": text, "language": "EN", "date": "2099-01-01"},
        {"title": "2", "text": f"2 {text}", "language": "en-GB", "date": soon.isoformat()},
        {"title": "3", "text": f"3 {text}", "language": "English", "date": "1970-01-01"},
        {"title": "4", "text": f"4 {text}", "language": None, "lang": "de_AT", "date": "1983-05-04"},
    ]
    imported(database, tmp_path, *lines)
    found = sorted(articles(database), key=lambda article: article.title)
    assert [article.language for article in found] == ["en", "en", "en", "de"]
    assert [article.text for article in found] == [line["text"] for line in lines]
    assert found[1].published_at is not None
    assert found[1].published_at < soon - timedelta(hours=8)
    old = datetime(1983, 5, 4, tzinfo=UTC)
    assert [article.published_at for article in (found[0], found[2], found[3])] == [None, None, old]


def test_ids_and_dates_are_taken_as_coding_takes_them(database: Database, tmp_path: Path) -> None:
    dates = ["2025-11-13", "20251113", "2025-W46-4", 1_762_992_000, "1762992000", 1_762_992_000_000, ""]
    lines = [{"id": number, "text": f"{CALL} {number}", "date": date} for number, date in enumerate(dates)]
    assert imported(database, tmp_path, *lines).problems == ()
    found = {article.text.rpartition(" ")[2]: article.published_at for article in articles(database)}
    assert [found[str(number)] for number in range(6)] == [datetime(2025, 11, 13, tzinfo=UTC)] * 6
    assert found["6"] is None
    assert imported(database, tmp_path, *lines).counts["unchanged"] == 7
    (problem,) = imported(database, tmp_path, {"text": CALL, "date": 20251113}).problems
    assert problem.endswith("date: 20251113 is no date; write 2025-11-12, 2025-11-12T18:00:00Z or seconds since 1970")


def test_what_is_exported_can_be_imported_here_and_elsewhere(database: Database, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.html").write_bytes(page(CALL, LAST))
    import_articles(database, pages, "import")
    lines = [
        {"id": "7", "text": f"{CALL}\n{MORE}", "title": "AT&amp;T <b>", "date": "2025-11-10"},
        {"text": "The mayor spoke with her aide.", "date": "2025-11-09T12:00:00Z", "country": "GB", "summary": "S"},
        {"text": f"{CALL}\n{MORE}", "url": "https://copy.example/2", "date": "2025-11-12"},
        {"text": None, "title": "Bürgermeister telefoniert mit Amtskollegin"},
    ]
    imported(database, tmp_path, *lines)
    (moved,) = (article for article in articles(database) if article.url)
    with database.transaction() as connection:
        update_article(connection, replace(moved, url="https://copy.example/moved"), content_hash(moved), 2)
    here = exported(database)
    assert len(here) == 5
    assert [article["id"] for article in here if article["duplicate_of"]] == [moved.id]
    assert imported(database, tmp_path, *here).counts == {"done": 5, "failed": 0, "unchanged": 5}
    assert exported(database) == here

    with closing(open_database(f"sqlite:///{tmp_path}/elsewhere.sqlite")) as elsewhere:
        assert imported(elsewhere, tmp_path, *here).counts["done"] == 5
        there = exported(elsewhere)
        # An article with an address is known by it; that it had another one before is known only where it moved.
        for article in here:
            if article["url"]:
                article["id"] = hashed_id("article", "https://copy.example/moved")
        assert sorted(map(without_reading, there)) == sorted(map(without_reading, here))
        assert imported(elsewhere, tmp_path, *there).counts == {"done": 5, "failed": 0, "unchanged": 5}


def without_reading(article: dict[str, Any]) -> str:
    """The article without when it was read, which is of its database."""
    return json.dumps(article | {"fetched_at": None})


def test_an_id_of_ours_is_not_believed_where_the_address_is_another(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path, {"text": CALL, "url": "https://a.example/1"})
    (first,) = articles(database)
    other = {"id": first.id, "text": LAST, "url": "https://b.example/"}
    imported(database, tmp_path, {"id": first.id, "text": MORE}, other)
    assert len(articles(database)) == 3
    assert first in articles(database)


def test_a_page_that_is_too_large_or_no_gzip_is_told_and_costs_the_others_nothing(
    database: Database, tmp_path: Path
) -> None:
    whole = gzip.compress(page(CALL, MORE))
    bomb = gzip.compress(b" " * 16_000_001)
    for name, body in {"bomb": bomb, "cut": whole[:-20], "good": whole, "plain": page(MORE, LAST)}.items():
        (tmp_path / f"{name}.html.gz").write_bytes(body)
    (tmp_path / "large.html").write_bytes(b" " * 16_000_001)
    summary = import_articles(database, tmp_path, "import")
    assert summary.counts == {"done": 1, "failed": 4, "new": 1}
    large, damaged = "it has more than 16 MB", "it is no gzip file, or not a whole one"
    assert sorted(summary.problems) == [
        f"{tmp_path}/bomb.html.gz: {large}",
        f"{tmp_path}/cut.html.gz: {damaged}",
        f"{tmp_path}/large.html: {large}",
        f"{tmp_path}/plain.html.gz: {damaged}",
    ]


def test_letters_and_accents_written_apart_are_put_together(database: Database, tmp_path: Path) -> None:
    line = {
        "title": "Präsident Müller hält Wort",
        "text": f"{CALL}\n{MORE}",
        "summary": "Über die Brücke",
        "author": "Jörg Süß",
        "source": "Tölzer Bote",
        "country": "D\0E",
    }
    imported(database, tmp_path, {key: unicodedata.normalize("NFD", value) for key, value in line.items()})
    (found,) = articles(database)
    assert {key: getattr(found, key) for key in line} == line | {"country": "DE"}
