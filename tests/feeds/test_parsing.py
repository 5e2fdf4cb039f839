import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from processors.database.entries import KnownEntry
from processors.errors import FeedError
from processors.feeds.dates import repaired
from processors.feeds.documents import ParsedEntry
from processors.feeds.identity import identities, recognise
from processors.feeds.parsing import parse_feed, readable
from processors.fetch.markup import text_of
from tests.feeds.writing import rss

SEEN = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
URL = "http://turmbote.example/feed"


def known(entries: list[tuple[object, str]]) -> dict[str, KnownEntry]:
    return {
        e.id: KnownEntry(e.id, e.guid, e.url, e.title, digest, e.first_seen_at, e.published_at)  # type: ignore[attr-defined]
        for e, digest in entries
    }


ITEM = "<item{about}><title>A</title><link>http://t.example/a</link></item>"
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{}"><channel><title>T</title></channel>{}'
)
RSS = '<rss version="{}"><channel><title>T</title>{}</channel></rss>'
ATOM = '<title>T</title><entry><title>A</title><id>urn:a</id><link href="http://t.example/a"/></entry></feed>'
FORMATS = {
    "rss091u": RSS.format("0.91", ITEM.format(about="")),
    "rss20": RSS.format("2.0", ITEM.format(about="")),
    "rss090": RDF.format("http://my.netscape.com/rdf/simple/0.9/", ITEM.format(about="")),
    "rss10": RDF.format("http://purl.org/rss/1.0/", ITEM.format(about=' rdf:about="http://t.example/a"'))
    + "</rdf:RDF>",
    "atom10": '<feed xmlns="http://www.w3.org/2005/Atom">' + ATOM,
    "json": '{"title": "T", "items": [{"id": "1", "title": "A", "url": "http://t.example/a"}]}',
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_gives_title_and_address(format: str) -> None:
    feed = parse_feed(FORMATS[format].encode(), "application/xml", URL)
    assert (feed.format, feed.title) == (format, "T")
    assert [(entry.title, entry.url) for entry in feed.entries] == [("A", "http://t.example/a")]


@pytest.mark.parametrize(
    ("encoding", "text"), [("iso-8859-1", "Kälte über Köln"), ("windows-1251", "Новости дня"), ("utf-16", "Übermut")]
)
def test_declared_encodings_are_read_without_mojibake(encoding: str, text: str) -> None:
    document = rss((text, "http://turmbote.example/1")).decode().replace('encoding="utf-8"', f'encoding="{encoding}"')
    feed = parse_feed(document.encode(encoding), "text/xml", URL)
    assert feed.entries[0].title == text


def test_a_servers_default_charset_does_not_spoil_a_document_in_utf_8() -> None:
    document = rss(("Kälte über Köln", "http://turmbote.example/1"))
    assert parse_feed(document, "text/xml; charset=iso-8859-1", URL).entries[0].title == "Kälte über Köln"


def test_json_feed_has_text_author_date_and_language() -> None:
    item = {
        "id": 7,
        "url": "/a",
        "content_html": "<p>Eins</p><script>x()</script>",
        "date_published": "2025-11-10T08:00:00+01:00",
        "authors": [{"name": "Ida Amsel"}],
    }
    body = json.dumps({"title": "T", "language": "de-AT", "items": [item]})
    entry = parse_feed(body.encode(), "application/feed+json", URL).entries[0]
    assert (entry.guid, entry.url) == ("7", "http://turmbote.example/a")
    assert (entry.author, entry.language) == ("Ida Amsel", "de")
    assert (entry.content, entry.summary) == ("<p>Eins</p>", "Eins")
    assert entry.published_at == datetime(2025, 11, 10, 7, 0, tzinfo=UTC)


def test_signs_that_divide_words_unseen_are_taken_out() -> None:
    document = rss(("Waffen&#173;lieferung ge\u2060stoppt", "http://t.example/1"), text="<p>Ver&shy;teidigung</p>")
    entry = parse_feed(document, "text/xml", URL).entries[0]
    assert (entry.title, entry.summary) == ("Waffenlieferung gestoppt", "Verteidigung")


def test_what_acts_in_a_browser_is_taken_out_of_text() -> None:
    nasty = '<p onclick="x()">Eins<script>a()</script> <a href="javascript:x()">zwei</a><iframe src="//e"></iframe></p>'
    entry = parse_feed(rss(("<b>Fett</b> & <i>mehr</i>", "http://t.example/1"), text=nasty), "text/xml", URL).entries[0]
    assert entry.title == "Fett & mehr"
    assert entry.summary == "Eins zwei"
    assert entry.content is not None
    assert [sign for sign in ("script", "onclick", "iframe") if sign in entry.content] == []


@pytest.mark.parametrize(
    ("document", "reason"),
    [(b"", "empty"), (b"<!DOCTYPE html><html><body>Hallo</body></html>", "html"), (b"{}", "not_a_feed"),
     (b'{"items": [', "not_a_feed"), (b"<opml><body/></opml>", "not_a_feed"), (b"%PDF-1.4 abc", "not_a_feed")],
)  # fmt: skip
def test_what_is_no_feed_is_named(document: bytes, reason: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(document, "", URL)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        (None, None),
        (SEEN - timedelta(days=3), SEEN - timedelta(days=3)),
        (SEEN + timedelta(minutes=5), SEEN + timedelta(minutes=5)),
        (SEEN + timedelta(hours=2), SEEN),
        (datetime(2035, 8, 19, tzinfo=UTC), None),
        (datetime(1970, 1, 1, tzinfo=UTC), None),
    ],
)
def test_dates_are_repaired(published: datetime | None, kept: datetime | None) -> None:
    assert repaired(published, SEEN) == kept


def only_entry(item: str) -> ParsedEntry:
    return parse_feed(RSS.format("2.0", item).encode(), "", URL).entries[0]


def test_a_date_in_no_standard_is_read_and_nonsense_is_none() -> None:
    def date(text: str) -> datetime | None:
        return only_entry(f"<item><title>A</title><pubDate>{text}</pubDate></item>").published_at

    assert date("Thu,28 Jul 2022 4:35:5 GMT+9") == datetime(2022, 7, 27, 19, 35, 5, tzinfo=UTC)
    assert date("Mon, 10 Nov 2025 08:00:00 +0100") == datetime(2025, 11, 10, 7, 0, tzinfo=UTC)
    assert date("gestern Abend") is None


def test_an_entry_is_known_by_guid_then_address_then_text() -> None:
    def identity(guid: str = "", link: str = "", title: str = "A", text: str = "t") -> str:
        parts = {"guid": guid, "link": link, "title": title, "description": text}
        item = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)
        return identities("f", [only_entry(f"<item>{item}</item>")])[0][0]

    address = "http://t.example/a"
    assert identity("1", address) == identity("1", "http://t.example/b", "B")
    assert identity("", f"{address}?utm_source=x") == identity("", address, "B")
    assert identity("", "", "A", "t") == identity("", "", "A", "t")
    assert len({identity("1"), identity("2"), identity("", address), identity(), identity(text="u")}) == 5


def test_one_guid_for_all_entries_of_a_document_does_not_make_them_one() -> None:
    document = rss(("A", "http://t.example/a"), ("B", "http://t.example/b"))
    document = re.sub(rb"<guid>[^<]+", b"<guid>x", document)
    new, _ = recognise("f", parse_feed(document, "", URL).entries, {}, SEEN)
    assert len(new) == 2


def test_a_guid_used_again_for_other_news_is_another_entry_and_a_rewritten_title_is_not() -> None:
    def document(title: str, url: str) -> bytes:
        return rss((title, url)).replace(f"<guid>{url}".encode(), b"<guid>top-story")

    first = parse_feed(document("Regierung stellt Haushalt vor", "http://t.example/haushalt"), "", URL).entries
    new, _ = recognise("f", first, {}, SEEN)
    stored = known(new)  # type: ignore[arg-type]

    other = parse_feed(document("Sturm trifft die Nordseeküste", "http://t.example/sturm"), "", URL).entries
    rewritten = parse_feed(
        document("Regierung stellt Haushalt fertig vor", "http://t.example/haushalt-2"), "", URL
    ).entries
    assert [len(part) for part in recognise("f", other, stored, SEEN)] == [1, 0]
    assert [len(part) for part in recognise("f", rewritten, stored, SEEN)] == [0, 1]


def test_a_later_date_means_that_the_page_was_updated_unless_all_entries_get_one() -> None:
    def document(*hours: int) -> bytes:
        items = "".join(
            f"<item><title>{n}</title><guid>{n}</guid><pubDate>Mon, 10 Nov 2025 {hour:02}:00:00 GMT</pubDate></item>"
            for n, hour in enumerate(hours)
        )
        return RSS.format("2.0", items).encode()

    def changed(*hours: int) -> list[str]:
        _, found = recognise("f", parse_feed(document(*hours), "", URL).entries, stored, SEEN)
        return [entry.title for entry, _ in found]

    new, _ = recognise("f", parse_feed(document(7, 7, 7, 7), "", URL).entries, {}, SEEN)
    stored = known(new)  # type: ignore[arg-type]
    assert changed(7, 7, 9, 7) == ["2"]
    assert changed(9, 9, 9, 9) == []
    assert changed(6, 7, 7, 7) == []


def test_a_changed_entry_keeps_when_it_was_first_seen() -> None:
    new, _ = recognise("f", parse_feed(rss(("A", "http://t.example/a")), "", URL).entries, {}, SEEN)
    later = parse_feed(rss(("A", "http://t.example/a"), text="Mehr."), "", URL).entries
    _, changed = recognise("f", later, known(new), SEEN + timedelta(hours=1))  # type: ignore[arg-type]
    assert [entry.first_seen_at for entry, _ in changed] == [SEEN]


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:00:00-05:00", "2025-11-10T08:00:00+99:99"]
)
def test_a_date_out_of_time_costs_its_entry_the_date_and_the_feed_nothing(date: str) -> None:
    document = rss(("A", "http://t.example/a")).replace(b"</item>", f"<pubDate>{date}</pubDate></item>".encode())
    (entry,) = parse_feed(document, "text/xml", URL).entries
    assert entry.title == "A"
    items = [{"id": "1", "title": "A", "date_published": date}]
    (entry,) = parse_feed(json.dumps({"title": "T", "items": items}).encode(), "application/json", URL).entries
    assert entry.title == "A"


def test_an_item_of_a_json_feed_that_is_broken_costs_none_of_the_others() -> None:
    items = [
        {"id": "1", "title": "A", "url": "http://[oops"},
        {"id": "\ud83d2", "title": "B", "content_text": "a cut emoji \ud83d, and 1 < 2 & so on"},
        {"id": "3", "title": "C", "url": "http://t.example/c"},
    ]
    parsed = parse_feed(json.dumps({"title": "T", "items": items}).encode(), "application/json", URL)
    assert [(entry.title, entry.url) for entry in parsed.entries] == [
        ("A", None),
        ("B", None),
        ("C", "http://t.example/c"),
    ]
    assert parsed.entries[1].guid == "2"
    assert parsed.entries[1].summary == "a cut emoji , and 1 < 2 & so on"
    assert len(identities("f", parsed.entries)) == 3


def test_a_charset_that_is_none_is_passed_over() -> None:
    document = rss(("Kälte im Norden", "http://t.example/a")).decode().encode("latin-1")
    (entry,) = parse_feed(document, "text/xml; charset=undefined", URL).entries
    assert entry.url == "http://t.example/a"


def test_a_time_to_live_in_other_digits_is_none() -> None:
    document = rss(("A", "http://t.example/a")).replace(b"<item>", "<ttl>²</ttl><item>".encode(), 1)
    assert parse_feed(document, "text/xml", URL).ttl is None


def test_entities_are_found_behind_a_long_comment() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "&b;&b;">]><rss version="2.0"><channel><title>T</title></channel></rss>'
    with pytest.raises(FeedError) as caught:
        parse_feed(b"<!-- " + b"x" * 5_000 + b" -->" + bomb, "text/xml", URL)
    assert caught.value.reason == "xml_entities"


def test_blanks_of_every_kind_are_read_without_quadratic_time() -> None:
    (entry,) = parse_feed(rss(("A\u3000" + "\u2003" * 300_000 + "B", "http://t.example/a")), "text/xml", URL).entries
    assert entry.title == "A B"


def test_parts_of_a_live_page_without_guids_are_entries_of_their_own() -> None:
    parts = [
        ParsedEntry(None, f"http://t.example/live#p{number}", title, "", None, None, None, None)
        for number, title in enumerate(("Kabinett tagt", "Sitzung endet"))
    ]
    first, second = identities("f", parts)
    assert first != second
    assert identities("f", parts[::-1]) == [second, first]


def test_an_entry_without_a_guid_that_a_document_holds_twice_is_the_one_that_it_holds_once() -> None:
    entry = ParsedEntry(None, "http://t.example/a", "Rat tagt", "", None, None, None, None)
    assert set(identities("f", [entry, entry])) == set(identities("f", [entry]))


def test_tags_that_never_end_are_read_without_quadratic_time() -> None:
    assert text_of("<br " * 200_000) == ""


def test_half_a_character_in_an_address_or_a_language_costs_none_of_the_entries() -> None:
    items = [{"id": "1", "title": "A", "url": "http://t.example/\ud83d", "language": "\ud83d\ud83d"}, {"title": "B"}]
    parsed = parse_feed(json.dumps({"title": "T", "items": items}).encode(), "application/json", URL)
    assert [entry.title for entry in parsed.entries] == ["A", "B"]
    assert [(entry.url, entry.language) for entry in parsed.entries] == [(None, None)] * 2


def test_an_entry_that_breaks_its_reader_is_left_out() -> None:
    def read(title: str) -> ParsedEntry:
        return ParsedEntry(None, None, ["A", "B"][int(title)], "", None, None, None, None)

    assert [entry.title for entry in readable(["0", "x", "7", "1"], read)] == ["A", "B"]


def test_a_document_that_declares_no_real_charset_is_no_feed() -> None:
    document = '<?xml version="1.0" encoding="undefined"?><x>Kälte</x>'.encode("latin-1")
    with pytest.raises(FeedError) as caught:
        parse_feed(document, "text/xml", URL)
    assert caught.value.reason == "not_a_feed"


def test_entities_that_an_entry_tells_about_are_no_danger() -> None:
    told = '<![CDATA[<pre><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]></pre>]]>'
    document = RSS.format("2.0", f"<item><title>A</title><description>{'x' * 5_000}{told}</description></item>")
    assert [entry.title for entry in parse_feed(document.encode(), "", URL).entries] == ["A"]


@pytest.mark.parametrize("sign", ["\0", "&#0;", "&#x0;"])
def test_an_entry_whose_link_holds_a_nul_is_an_entry_without_a_link(sign: str) -> None:
    document = RSS.format("2.0", f"<item><title>A</title><link>http://t.example/{sign}a</link></item>")
    assert [(entry.title, entry.url) for entry in parse_feed(document.encode(), "", URL).entries] == [("A", None)]
    item = {"id": "1", "title": "A", "url": "http://t.example/\0a"}
    (entry,) = parse_feed(json.dumps({"items": [item]}).encode(), "", URL).entries
    assert (entry.title, entry.url) == ("A", None)


def test_letters_and_accents_written_apart_are_put_together_but_for_guid_and_address() -> None:
    title, summary, guid = "Präsident Müller über die Brücke", "Sie hält", "meldung/müller"
    apart = [unicodedata.normalize("NFD", text) for text in (title, summary, guid)]
    item = f"<item><title>{apart[0]}</title><description>&lt;p>{apart[1]}&lt;/p></description>"
    item += f"<guid isPermaLink='false'>{apart[2]}</guid><link>http://t.example/{apart[2]}</link></item>"
    (entry,) = parse_feed(RSS.format("2.0", item).encode(), "", URL).entries
    assert (entry.title, entry.summary) == (title, summary)
    assert (entry.guid, entry.url) == (apart[2], f"http://t.example/{apart[2]}")
    assert text_of(entry.content) == summary
    as_json = {"id": apart[2], "title": apart[0], "content_text": apart[1]}
    (entry,) = parse_feed(json.dumps({"items": [as_json]}).encode(), "", URL).entries
    assert (entry.guid, entry.title, entry.summary) == (apart[2], title, summary)
