"""What becomes of an article when its page, its entry or its near-copies change."""

from datetime import UTC, datetime
from html import escape

import pytest

from processors.database import Database, add_work
from processors.database.alerts import add_hit
from processors.database.articles import mark_coded
from processors.database.work import work
from processors.records import Article, Hit
from processors.settings import Settings
from tests.articles.test_reading import TEASER, articles, brought, read
from tests.articles.writing import CALL, LAST, MORE, page
from tests.fetch.serving import Answer, Site

NEWS = ("Messe zieht Tausende an", "Hafen bleibt gesperrt", "Rathaus wird saniert")
ZOO = (
    "Im Zoo von Neustadt ist ein Elefant zur Welt gekommen, und Mutter und Kalb sind wohlauf. "
    "Besucher können das Kalb ab Mai sehen, wenn es sich an die Herde gewöhnt hat und das Gehege fertig ist. "
    "Der Eintritt kostet zwölf Euro, für Kinder die Hälfte, und an jedem Dienstag ist er für alle frei. "
    "Zuletzt war dort vor neun Jahren ein Elefant geboren worden, der heute in einem anderen Zoo lebt."
)
WALL = page("Wir und unsere Partner verwenden Cookies.", title="Ihre Zustimmung", around=False)
LOGIN = page("Bereits Abonnent? Dann melden Sie sich an, um alle Texte zu lesen.", title="Anmelden", around=False)


def told(title: str, url: str, text: str = TEASER, guid: str = "", day: int = 10, hour: int = 8) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link><guid>{escape(guid or url)}</guid>"
        f"<description>{escape(text)}</description><pubDate>{day} Nov 2025 {hour:02}:00:00 GMT</pubDate></item>"
    )


def feed(*items: str) -> bytes:
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><language>de</language>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


def paper(database: Database, settings: Settings, site: Site, name: str, *text: str, title: str, hour: int) -> Article:
    """The article of a paper that has brought it or changed it."""
    site.routes[f"/{name}/1.html"] = Answer(page(*text, title=title))
    item = told(title, f"{site.base}/{name}/1.html", escape(title), hour=hour)
    brought(database, settings, site, feed(item), name)
    read(database, settings)
    return next(article for article in articles(database) if article.source == name)


def coded(database: Database) -> None:
    """All that waits for the coder is coded, and what else waits is done."""
    with database.transaction() as connection:
        for one in articles(database):
            if not one.duplicate_of:
                mark_coded(connection, one.id, "coded", datetime.now(UTC))
        connection.execute(work.delete())


def waiting(database: Database, stage: str) -> set[str]:
    with database.reading() as connection:
        return set(connection.execute(work.select().where(work.c.stage == stage)).scalars("key"))


@pytest.mark.parametrize(
    ("target", "answer"),
    [("/zustimmung", Answer(WALL)), ("/anmelden", Answer(LOGIN)), ("/", Answer(page(CALL, MORE, title="Turmbote")))],
)
def test_articles_that_lead_to_one_page_for_all_are_told_by_the_feed_each_at_its_own_address(
    database: Database, settings: Settings, site: Site, target: str, answer: Answer
) -> None:
    site.routes[target] = answer
    addresses = [f"{site.base}/turmbote/{n}.html" for n in range(len(NEWS))]
    for n in range(len(NEWS)):
        site.routes[f"/turmbote/{n}.html"] = Answer(b"", 302, {"Location": target})
    items = [told(title, url, f"{title}.") for title, url in zip(NEWS, addresses, strict=True)]
    brought(database, settings, site, feed(*items))

    assert read(database, settings).counts == {"done": 3, "failed": 0, "new": 3, "from_feed": 3}

    found = {(one.title, one.text, one.url, one.source) for one in articles(database)}
    assert found == {(title, f"{title}.", url, "turmbote") for title, url in zip(NEWS, addresses, strict=True)}


def test_a_paywall_behind_a_short_address_is_still_the_articles_page(
    database: Database, settings: Settings, site: Site
) -> None:
    start = f"{MORE} Mehr lesen Sie mit einem Abo."
    site.routes["/x7"] = Answer(b"", 301, {"Location": "/turmbote/hafen.html"})
    site.routes["/turmbote/hafen.html"] = Answer(page(start, title="Der Hafen bleibt vorerst gesperrt", around=False))
    brought(database, settings, site, feed(told("Hafen bleibt gesperrt", f"{site.base}/x7", "Gesperrt.")))

    read(database, settings)

    (article,) = articles(database)
    assert (article.url, article.text) == (f"{site.base}/turmbote/hafen.html", start)


def test_pages_that_all_name_one_address_as_their_own_stay_articles_of_their_own_through_updates(
    database: Database, settings: Settings, site: Site
) -> None:
    def publish(*texts: str) -> None:
        for n, text in enumerate(texts):
            head = '<link rel="canonical" href="/turmbote/aktuell">'
            site.routes[f"/turmbote/{n}.html"] = Answer(page(text, title=NEWS[n], head=head))
        items = [told(NEWS[n], f"{site.base}/turmbote/{n}.html", text[:20]) for n, text in enumerate(texts)]
        brought(database, settings, site, feed(*items))
        read(database, settings)

    publish(CALL, ZOO)
    publish(CALL, MORE)

    assert {(one.title, one.text) for one in articles(database)} == {(NEWS[0], CALL), (NEWS[1], MORE)}
    assert len({one.url for one in articles(database)}) == 2


def test_one_article_at_two_addresses_that_its_page_names_the_same_is_one(
    database: Database, settings: Settings, site: Site
) -> None:
    head = '<link rel="canonical" href="/turmbote/1.html">'
    for path in ("/turmbote/1.html", "/turmbote/amp/1.html"):
        site.routes[path] = Answer(page(CALL, MORE, head=head))
    brought(database, settings, site, feed(told("Telefonat der Rathäuser", f"{site.base}/turmbote/1.html")))
    brought(database, settings, site, feed(told("Rathäuser im Telefonat", f"{site.base}/turmbote/amp/1.html")), "amp")

    read(database, settings)

    assert [one.url for one in articles(database)] == [f"{site.base}/turmbote/1.html"]


@pytest.mark.parametrize("answer", [Answer(b"", 403), Answer(b"", 410), Answer(WALL)])
def test_an_update_whose_page_cannot_be_had_keeps_the_text_that_was_read(
    database: Database, settings: Settings, site: Site, answer: Answer
) -> None:
    site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE))
    url = f"{site.base}/turmbote/1.html"
    brought(database, settings, site, feed(told("Telefonat", url)))
    read(database, settings)
    coded(database)
    site.routes["/turmbote/1.html"] = answer

    brought(database, settings, site, feed(told("Telefonat", url, "Ein anderer Anlauf.")))
    assert read(database, settings).counts.get("unchanged") == 1
    brought(database, settings, site, feed(told("Das Telefonat der Städte", url, "Noch ein Anlauf.")))
    assert read(database, settings).counts.get("changed") == 1

    (article,) = articles(database)
    assert (article.title, article.summary) == ("Das Telefonat der Städte", "Noch ein Anlauf.")
    assert (article.text, article.text_from, article.url) == (f"{CALL}\n{MORE}", "page", url)
    assert waiting(database, "code") == {article.id}


@pytest.mark.parametrize(
    ("title", "hour", "is_read"), [("Telefonat", 8, False), ("Telefonat abgesagt", 8, True), ("Telefonat", 9, True)]
)
def test_an_entry_with_a_new_guid_is_read_where_it_tells_something_new(
    database: Database, settings: Settings, site: Site, title: str, hour: int, is_read: bool
) -> None:
    url = f"{site.base}/turmbote/1.html"
    site.routes["/turmbote/1.html"] = Answer(page(CALL, MORE))
    brought(database, settings, site, feed(told("Telefonat", url, guid=f"{url}#0")))
    read(database, settings)
    site.routes["/turmbote/1.html"] = Answer(page(ZOO))

    brought(database, settings, site, feed(told(title, url, guid=f"{url}#1", hour=hour)))
    read(database, settings)

    (article,) = articles(database)
    assert (article.title, article.text) == ((title, ZOO) if is_read else ("Telefonat", f"{CALL}\n{MORE}"))


def test_of_several_entries_with_one_address_the_newest_is_read_and_the_page_fetched_once(
    database: Database, settings: Settings, site: Site
) -> None:
    url = f"{site.base}/turmbote/live.html"
    site.routes["/turmbote/live.html"] = Answer(page(CALL, MORE))
    parts = [told(f"Teil {hour}", url, guid=f"{hour}", hour=hour) for hour in (7, 9, 8)]
    brought(database, settings, site, feed(*parts))

    assert read(database, settings).counts == {"done": 3, "failed": 0, "new": 1, "unchanged": 2}

    assert [one.title for one in articles(database)] == ["Teil 9"]
    assert site.paths().count("/turmbote/live.html") == 1


def test_a_full_text_takes_the_place_of_another_feeds_teaser_and_is_kept(
    database: Database, settings: Settings, site: Site
) -> None:
    url = f"{site.base}/turmbote/1.html"
    site.routes["/turmbote/1.html"] = Answer(b"", 403)
    brought(database, settings, site, feed(told("Telefonat", url)))
    read(database, settings)

    brought(database, settings, site, feed(told("Telefonat", url, f"<p>{CALL}</p><p>{MORE}</p><p>{LAST}</p>" * 2)), "b")
    read(database, settings)
    brought(database, settings, site, feed(told("Telefonat", url, "Ein anderer Anlauf.")))
    read(database, settings)

    (article,) = articles(database)
    assert article.text.splitlines()[:3] == [CALL, MORE, LAST]


def test_copies_of_an_original_that_becomes_another_text_are_coded_in_its_place(
    database: Database, settings: Settings, site: Site
) -> None:
    first = paper(database, settings, site, "agentur", CALL, MORE, LAST, title="Telefonat", hour=8)
    second = paper(database, settings, site, "bote", CALL, MORE, LAST, title="Telefonat", hour=9)
    third = paper(database, settings, site, "kurier", CALL, MORE, title="Telefonat", hour=10)
    assert (second.duplicate_of, third.duplicate_of) == (first.id, first.id)
    coded(database)

    paper(database, settings, site, "agentur", ZOO, title="Elefant geboren", hour=8)

    now = {one.source: one.duplicate_of for one in articles(database)}
    assert now == {"agentur": None, "bote": None, "kurier": second.id}
    assert waiting(database, "code") == {first.id, second.id}
    assert waiting(database, "index") == {f"article:{one.id}" for one in (first, second, third)}


def test_copies_of_an_original_that_says_a_little_more_stay_copies(
    database: Database, settings: Settings, site: Site
) -> None:
    first = paper(database, settings, site, "agentur", CALL, MORE, title="Telefonat", hour=8)
    paper(database, settings, site, "bote", CALL, MORE, title="Telefonat", hour=9)
    coded(database)

    paper(database, settings, site, "agentur", CALL, MORE, LAST, title="Das Telefonat", hour=8)

    assert {one.source: one.duplicate_of for one in articles(database)} == {"agentur": None, "bote": first.id}
    assert waiting(database, "code") == {first.id}


def test_a_copy_that_becomes_another_text_has_its_originals_events_resolved_without_it(
    database: Database, settings: Settings, site: Site
) -> None:
    first = paper(database, settings, site, "agentur", CALL, MORE, title="Telefonat", hour=8)
    copy = paper(database, settings, site, "bote", CALL, MORE, title="Telefonat", hour=9)
    coded(database)

    paper(database, settings, site, "bote", ZOO, title="Elefant geboren", hour=9)

    assert waiting(database, "resolve") == {first.id}
    assert waiting(database, "code") == {copy.id}


@pytest.mark.parametrize("before", ["coded by an earlier text", "told by a mail"])
def test_an_original_stays_one_though_an_earlier_copy_comes(
    database: Database, settings: Settings, site: Site, before: str
) -> None:
    late = paper(database, settings, site, "spaet", ZOO, title="Elefant geboren", hour=12)
    if before == "told by a mail":
        hit = Hit("hit", "rule", "article", late.id, 1, "new", datetime.now(UTC))
        with database.transaction() as connection:
            add_hit(connection, hit, {})
            add_work(connection, "code", [late.id])
    else:
        coded(database)
        paper(database, settings, site, "spaet", CALL, MORE, title="Telefonat", hour=12)
    text = (ZOO,) if before == "told by a mail" else (CALL, MORE)

    early = paper(database, settings, site, "frueh", *text, title="Aus der Region", hour=7)

    assert early.duplicate_of == late.id
    assert waiting(database, "code") == {late.id}
