"""What a feed may try arrives harmless."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from processors.alerts.gallery import build_gallery
from processors.alerts.render import Reader, article_mail
from processors.alerts.samples import hostile_articles, hostile_event, sample_article, sample_rule
from tests.alerts.conftest import House, event, html_of, read_mail, text_of

_DANGEROUS = {"script", "img", "iframe", "object", "embed", "form", "svg", "base", "link"}


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.styles += tag == "style"
        self.attributes += [(name, value or "") for name, value in attrs]


def elements(html: str) -> _Elements:
    """The elements of a page, as a browser takes them."""
    parser = _Elements()
    parser.feed(html)
    return parser


@pytest.fixture
def told(house: House) -> House:
    house.write_rules(
        {"name": "Calls", "query": "type:leader_call"},
        {"name": "Words", "query": "text:ceasefire", "on": "articles"},
    )
    articles = hostile_articles()
    nasty = {name: getattr(hostile_event(), name) for name in ("title", "sentence", "place", "persons", "topics")}
    house.happened(event("hostile", articles=tuple(one.id for one in articles), **nasty), articles)
    for article in articles:
        house.published(article)
    house.go()
    return house


def test_markup_in_feed_text_stays_text(told: House) -> None:
    assert len(told.delivered()) == 3
    for mail in told.delivered():
        found = elements(html_of(mail))
        assert not found.names & _DANGEROUS
        assert found.styles == 1
        assert not [name for name, _ in found.attributes if name.startswith("on")]
        assert all(re.match(r"https?://", value) for name, value in found.attributes if name == "href")
    assert "<script>alert(1)</script>" in text_of(told.delivered()[0])


def test_titles_add_no_headers_and_no_recipients(told: House) -> None:
    expected = {"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id", "References",
                "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "In-Reply-To"}  # fmt: skip
    for mail in told.delivered():
        assert set(mail.keys()) <= expected
        assert len(mail.keys()) == len(set(mail.keys()))
        assert mail["To"] == "desk@example.org"
        assert len(str(mail["Subject"])) <= 160


def test_marks_that_reorder_text_are_gone(told: House) -> None:
    for mail in told.delivered():
        for text in (str(mail["Subject"]), text_of(mail), html_of(mail)):
            assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", text)


def test_endless_text_is_cut(told: House) -> None:
    for mail in told.delivered():
        assert len(text_of(mail)) < 10_000
        assert len(html_of(mail)) < 40_000


def test_no_line_of_a_message_is_longer_than_mail_servers_take(told: House) -> None:
    for row in told.rows():
        assert max(map(len, row.body.split("\r\n"))) <= 998
        assert row.body.isascii()
        assert "\n" not in row.body.replace("\r\n", "")


def test_a_title_in_hebrew_keeps_its_direction() -> None:
    article = hostile_articles()[1]
    rendered = article_mail(sample_rule(), replace(article, title="שיחה בין הנשיאים"), Reader("en", ZoneInfo("UTC")))
    assert 'dir="auto"' in rendered.html
    assert "שיחה בין הנשיאים" in rendered.html


def test_no_kind_of_mail_loads_anything_from_elsewhere(tmp_path) -> None:  # type: ignore[no-untyped-def]
    pages = build_gallery(tmp_path)
    assert len(pages) >= 28
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"\ssrc=|url\(|@import|<link", elements_text(html))
        mail = read_mail(page.with_suffix(".eml").read_bytes())
        assert mail.get_content_type() == "multipart/alternative"


def elements_text(html: str) -> str:
    """The tags of a page and its style sheet, without the text between."""
    return "".join(re.findall(r"<[^>]*>|<style>.*?</style>", html, re.DOTALL))


def test_the_mail_on_an_article_without_title_and_address_begins_with_its_text() -> None:
    article = replace(
        sample_article(), title="", url="", source="", text="Kiew meldet Angriffe auf Odessa. Mehr folgt."
    )
    rendered = article_mail(sample_rule(), article, Reader("de", ZoneInfo("UTC")))
    assert rendered.subject == "Kiew meldet Angriffe auf Odessa. Mehr folgt."
