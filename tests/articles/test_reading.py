import threading
from datetime import UTC, datetime
from html import escape

import pytest

from processors.articles import read_articles
from processors.database import Database, add_work, claim, open_database, pending
from processors.database.articles import article_events, copies_of
from processors.database.feeds import load_feeds
from processors.database.work import parked, work
from processors.feeds import fetch_feeds, sync_feeds
from processors.records import Article, Summary
from processors.settings import Settings
from tests.articles.writing import CALL, LAST, MORE, page, stored_articles
from tests.feeds.conftest import configure
from tests.feeds.writing import rss
from tests.fetch.serving import Answer, Site, interrupting, serve_raw

TEASER = "Zwei Städte wollen eine Brücke bauen."


def brought(database: Database, settings: Settings, site: Site, document: bytes, name: str = "turmbote") -> None:
    """A feed has brought `document`."""
    site.routes[f"/{name}/rss"] = Answer(document)
    configure(settings, **{feed.name: feed.url for feed in load_feeds(database)} | {name: f"{site.base}/{name}/rss"})
    sync_feeds(database, settings)
    with database.transaction() as connection:
        add_work(connection, "fetch", [feed.id for feed in load_feeds(database)])
    assert fetch_feeds(database, settings).counts["failed"] == 0


def articles(database: Database) -> list[Article]:
    with database.reading() as connection:
        return stored_articles(connection)


def read(database: Database, settings: Settings) -> Summary:
    return read_articles(database, settings)


def test_an_entrys_page_becomes_an_article_with_work_for_all_that_follows(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE), headers={"Content-Type": "text/html"})
    brought(database, settings, site, rss(("Telefonat", f"{site.base}/turmbote/1.html?utm_source=rss"), text=TEASER))

    summary = read(database, settings)

    (article,) = articles(database)
    assert (article.title, article.text, article.summary) == ("Telefonat", f"{CALL}\n{MORE}", TEASER)
    assert (article.url, article.source, article.feed) == (f"{site.base}/turmbote/1.html", "turmbote", "turmbote")
    assert (article.language, article.text_from) == ("de", "page")
    assert summary.counts == {"done": 1, "failed": 0, "new": 1}
    assert {stage: n for stage, n in pending(database).items() if stage != "fetch"} == {
        "code": 1,
        "index": 1,
        "match": 1,
    }
    assert read(database, settings).counts == {"done": 0, "failed": 0}


def test_the_feeds_own_full_text_is_taken_and_the_page_not_fetched(
    database: Database, settings: Settings, site: Site
) -> None:
    whole = f"<p>{CALL}</p><p>{MORE}</p><p>{LAST}</p>" * 2
    brought(database, settings, site, rss(("Telefonat", f"{site.base}/turmbote/1.html"), text=whole))

    read(database, settings)

    (article,) = articles(database)
    assert (article.text_from, article.text.splitlines()[:2]) == ("feed", [CALL, MORE])
    assert "/turmbote/1.html" not in site.paths()


@pytest.mark.parametrize(
    "answer",
    [
        Answer(page("Wir und unsere Partner verwenden Cookies.", around=False)),
        Answer(b"", 404),
        Answer(b"", 403),
        Answer(b"%PDF-1.4", headers={"Content-Type": "application/pdf"}),
        Answer(b""),
    ],
)
def test_where_a_page_gives_no_article_the_feeds_text_is_used_and_marked(
    database: Database, settings: Settings, site: Site, answer: Answer
) -> None:
    site.routes["/turmbote/1.html"] = answer
    brought(database, settings, site, rss(("Telefonat", f"{site.base}/turmbote/1.html"), text=TEASER))

    summary = read(database, settings)

    (article,) = articles(database)
    assert (article.text, article.text_from, summary.counts["from_feed"]) == (TEASER, "feed", 1)


def test_robots_txt_keeps_us_from_the_page_but_not_from_the_feeds_text(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /turmbote/")
    site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE))
    brought(database, settings, site, rss(("Telefonat", f"{site.base}/turmbote/1.html"), text=TEASER))

    read(database, settings)

    assert [article.text for article in articles(database)] == [TEASER]
    assert "/turmbote/1.html" not in site.paths()


def test_a_page_that_fails_for_now_is_tried_again_and_after_the_third_time_the_feeds_text_is_used(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/turmbote/1.html"] = Answer(b"", 500)
    brought(database, settings, site, rss(("Telefonat", f"{site.base}/turmbote/1.html"), text=TEASER))

    outcomes = []
    for _ in range(3):
        summary = read(database, settings)
        outcomes.append((summary.counts["done"], summary.counts["failed"]))
        with database.transaction() as connection:  # the back-off has passed
            connection.execute(work.update().where(work.c.stage == "read").values(not_before=datetime.now(UTC)))

    assert outcomes == [(0, 1), (0, 1), (1, 0)]
    assert [article.text_from for article in articles(database)] == ["feed"]
    assert parked(database) == []


def test_a_slow_page_does_not_keep_others_from_being_read(database: Database, settings: Settings, site: Site) -> None:
    with serve_raw(lambda _: threading.Event().wait(8)) as silent:
        stories = [("Langsam", f"{silent}/langsam.html"), ("Telefonat", f"{site.base}/turmbote/1.html")]
        site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE))
        brought(database, settings, site, rss(*stories, text=TEASER))
        summary = read(database, settings)
    assert (summary.counts["done"], summary.counts["failed"]) == (1, 1)
    assert "[timeout]" in summary.problems[0]


def test_a_changed_text_is_a_new_version_that_is_coded_again(
    database: Database, settings: Settings, site: Site
) -> None:
    address = f"{site.base}/turmbote/1.html"
    site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE))
    brought(database, settings, site, rss(("Telefonat", address), text=TEASER))
    read(database, settings)
    with database.transaction() as connection:
        connection.execute(work.delete())
    site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE, LAST))
    brought(database, settings, site, rss(("Telefonat", address), text=f"{TEASER} Mehr dazu."))

    summary = read(database, settings)

    assert (summary.counts.get("changed"), len(articles(database))) == (1, 1)
    assert articles(database)[0].text.endswith(LAST)
    assert pending(database)["code"] == 1


def test_an_article_in_two_feeds_is_fetched_once_and_is_one_article(
    database: Database, settings: Settings, site: Site
) -> None:
    site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE))
    document = rss(("Telefonat", f"{site.base}/turmbote/1.html"), text=TEASER)
    brought(database, settings, site, document)
    brought(database, settings, site, document, "zweiter")

    read(database, settings)

    assert len(articles(database)) == 1
    assert site.paths().count("/turmbote/1.html") == 1


def test_agency_text_in_three_papers_is_coded_once_whatever_order_it_comes_in(
    database_url: str, settings: Settings, site: Site
) -> None:
    settings = settings.model_copy(update={"database_url": database_url})
    database = open_database(database_url)

    def paper(name: str, hour: int, *paragraphs: str) -> None:
        site.routes[f"/{name}/1.html"] = Answer(page(*paragraphs, title=f"Aus {name}"))
        dated = f"<pubDate>Mon, 10 Nov 2025 {hour:02}:00:00 GMT</pubDate></item>".encode()
        document = rss((f"Aus {name}", f"{site.base}/{name}/1.html"), text=escape(name))
        brought(database, settings, site, document.replace(b"</item>", dated), name)

    paper("spaet", 12, f"TURMSTADT (tb). {CALL}", MORE, LAST)
    read(database, settings)
    paper("frueh", 8, CALL, MORE, LAST)
    paper("mittel", 10, CALL, MORE)
    read(database, settings)

    by_source = {article.source: article for article in articles(database)}
    first = by_source["frueh"]
    assert first.duplicate_of is None
    assert {by_source[name].duplicate_of for name in ("mittel", "spaet")} == {first.id}
    waiting = pending(database)
    assert (waiting["code"], waiting["index"], waiting["match"]) == (1, 3, 3)
    with database.reading() as connection:
        assert {source for _, source in copies_of(connection, [first.id])[first.id]} == {"mittel", "spaet"}
        assert article_events(connection, [by_source["spaet"].id]) == {by_source["spaet"].id: ((), ())}


def test_a_pass_that_is_interrupted_gives_its_entries_back_without_an_attempt(
    database: Database, settings: Settings, site: Site
) -> None:
    brought(database, settings, site, rss(("Telefonat", f"{site.base}/turmbote/1.html"), text=TEASER))

    with interrupting(Answer(page(CALL))) as site.routes["/turmbote/1.html"], pytest.raises(KeyboardInterrupt):
        read(database, settings)

    assert [one.attempts for one in claim(database, "read", 5)] == [1]
