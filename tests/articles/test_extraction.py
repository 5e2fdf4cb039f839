import json
from datetime import UTC, datetime

import pytest

from processors.articles.charset import decoded
from processors.articles.documents import Page, PageSource
from processors.articles.extraction import read_page
from processors.articles.headlines import without_site
from processors.articles.language import detect
from processors.errors import ArticleError
from tests.articles.writing import CALL, LAST, MORE, page

URL = "https://turmbote.example/stadt/bruecke.html"


def read(body: bytes, url: str = URL, language: str | None = None, content_type: str = "text/html") -> Page:
    return read_page(PageSource(body, content_type, url, language))


def test_the_text_is_the_article_and_nothing_around_it() -> None:
    found = read(page(CALL, MORE, LAST))
    assert found.text.splitlines() == [CALL, MORE, LAST]
    assert (found.title, found.language, found.wall) == ("Telefonat über die Brücke", "de", None)


def test_json_ld_gives_title_author_date_and_summary() -> None:
    facts = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Turmbote"},
            {
                "@type": "NewsArticle",
                "headline": "Bürgermeister reden über Brücke",
                "author": [{"@type": "Person", "name": "Ida Amsel"}, {"@type": "Person", "name": "Jan Specht"}],
                "datePublished": "2025-11-10T08:30:00+01:00",
                "description": "Ein Telefonat.",
            },
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    found = read(page(CALL, MORE, head=head))
    assert found.title == "Bürgermeister reden über Brücke"
    assert found.author == "Ida Amsel, Jan Specht"
    assert found.published_at == datetime(2025, 11, 10, 7, 30, tzinfo=UTC)
    assert found.summary == "Ein Telefonat."


def test_a_text_that_only_the_json_ld_has_is_found() -> None:
    facts = {"@type": "NewsArticle", "headline": "Brücke", "articleBody": f"{CALL}\n{MORE}\n{LAST}"}
    script = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    found = read(
        f"<html><head>{script}</head><body><div id='app'>Please enable JavaScript</div></body></html>".encode()
    )
    assert (found.text.splitlines(), found.wall) == ([CALL, MORE, LAST], None)


SEARCHED = "Neue Brücke: Bürgermeister telefonieren und streiten um die Kosten"
SHARED = "Warum zwei Bürgermeister stundenlang telefonierten"


def headed(h1: str, shown: str, linked: str = SEARCHED, shared: str = SHARED, **more: str) -> str:
    facts = json.dumps({"@type": "NewsArticle", "headline": linked, "alternativeHeadline": more.get("alternative", "")})
    head = f'<script type="application/ld+json">{facts}</script><meta property="og:title" content="{shared}">'
    head += f'<meta name="title" content="{more.get("named", "")}">'
    head += f'<title>{more.get("element", "")}</title><link rel="canonical" href="{more.get("address", "")}">'
    body = f"{shown}<article><p>{CALL}</p><p>{MORE}</p><p>{LAST}</p></article>"
    return read(f"<html><head>{head}</head><body><ol><li><h1>{h1}</h1></li></ol>{body}</body></html>".encode()).title


@pytest.mark.parametrize("shown", ["<h2>{}</h2>", "<header><span>{}</span></header>", "<h2><b>{}</b></h2>"])
def test_a_headline_shown_beside_the_h1_is_the_title_and_the_h1_is_for_search_engines(shown: str) -> None:
    assert headed(SEARCHED, shown.format(SHARED)) == SHARED


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "<h2><a href='/andere'>{}</a></h2>",
        "<a href='/andere'><span>{}</span></a>",
        "<ul><li><h2>{}</h2></li></ul>",
        "<nav><span>{}</span></nav>",
        "<p>{}</p>",
        "<h2>{} und was daraus wird</h2>",
    ],
)
def test_a_shared_title_that_readers_do_not_see_as_this_articles_headline_is_not_the_title(elsewhere: str) -> None:
    assert headed(SEARCHED, elsewhere.format(SHARED)) == SEARCHED


def test_the_headline_of_the_json_ld_stands_where_the_h1_is_another_one() -> None:
    assert headed(SHARED, f"<h2>{SEARCHED}</h2>") == SEARCHED


def test_a_short_word_shown_beside_the_h1_is_a_label_and_no_headline() -> None:
    assert headed(SEARCHED, "<span>Brückenbau</span>", shared="Brückenbau") == SEARCHED


def test_a_kicker_that_the_shared_title_leaves_out_is_no_part_of_the_title() -> None:
    assert headed(f"Brückenbau: {SHARED}", "", linked=f"Brückenbau: {SHARED}") == SHARED


@pytest.mark.parametrize("shown", ["", f"<h2><span>Brückenbau</span> <span>{SHARED}</span></h2>"])
def test_a_kicker_belongs_to_the_title_that_a_page_names_with_it_and_without_its_site(shown: str) -> None:
    whole = f"Brückenbau: {SHARED}"
    assert headed(whole, shown, linked=whole, named=whole) == whole
    assert headed(whole, shown, linked=whole, named=f"{whole} | Turmbote") == SHARED
    assert headed(whole, shown, linked=whole, named=SHARED) == SHARED


REWRITTEN = "Neue Brücke wird teurer: Bürgermeister streiten über die Kosten"
ADDRESS = "https://turmbote.example/stadt/warum-zwei-buergermeister-stundenlang-telefonierten-1234.html"


def test_a_headline_that_only_the_json_ld_has_is_a_later_one_where_the_address_was_made_of_the_others() -> None:
    assert headed(SHARED, "", REWRITTEN, element=f"{SHARED} | Turmbote", address=ADDRESS) == SHARED


@pytest.mark.parametrize(
    "more",
    [
        {"element": SHARED, "address": "https://turmbote.example/stadt/neue-bruecke-wird-teurer-1234.html"},
        {"element": SHARED, "address": "https://turmbote.example/stadt/1234.html"},
        {"element": REWRITTEN, "address": ADDRESS},
    ],
)
def test_the_json_lds_headline_stands_where_the_address_or_another_headline_speaks_for_it(more: dict[str, str]) -> None:
    assert headed(SHARED, "", REWRITTEN, **more) == REWRITTEN


@pytest.mark.parametrize("dash", ["-", "–", "|"])
def test_what_a_page_joins_to_its_headline_now_in_this_way_and_now_in_that_is_a_kicker(dash: str) -> None:
    told = f"Streit am Fluss: {SHARED}"
    shown = f"<h2><span>Streit am Fluss</span><div>{SHARED}</div></h2>"
    assert headed(SEARCHED, shown, shared=told) == told
    assert headed(SEARCHED, shown, shared=told, alternative=f"Streit am Fluss {dash} {SHARED}") == SHARED


def test_broken_json_ld_is_passed_over_and_meta_elements_are_read() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
        '<meta property="og:title" content="Die Brücke | Turmbote"><meta property="og:site_name" content="Turmbote">'
        '<meta property="article:published_time" content="2025-11-10T08:30:00Z">'
        '<meta name="author" content="Ida Amsel">'
    )
    found = read(page(CALL, MORE, head=head))
    assert (found.title, found.author) == ("Die Brücke", "Ida Amsel")
    assert found.published_at == datetime(2025, 11, 10, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "bare"),
    [("Rat tagt | Turmbote", "Rat tagt"), ("Rat tagt - lange", "Rat tagt - lange"), ("Rat tagt – TURMBOTE", "Rat tagt"),
     ("Turmbote", "Turmbote")],
)  # fmt: skip
def test_a_title_loses_its_sites_name_and_nothing_else(title: str, bare: str) -> None:
    assert without_site(title, {"turmbote"}) == bare


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://turmbote.example/stadt/bruecke.html?utm_source=x", "https://turmbote.example/stadt/bruecke.html"),
        ("/stadt/bruecke", "https://turmbote.example/stadt/bruecke"),
        ("https://agentur.example/bruecke", None),
        ("https://turmbote.example/", None),
        ("http://[kaputt", None),
    ],
)
def test_a_canonical_link_is_believed_for_the_same_publisher_only(link: str, canonical: str | None) -> None:
    amp = "https://turmbote.example/amp/stadt/bruecke.html"
    assert read(page(CALL, head=f'<link rel="canonical" href="{link}">'), amp).canonical == canonical


def test_the_feeds_word_on_the_language_comes_first_then_the_texts_then_the_pages() -> None:
    english = b"<html><body><article><p>" + b"The mayor and the council met on Monday to speak about the bridge. " * 5
    assert read(page(CALL, MORE), language="nl").language == "nl"
    assert read(page(CALL, MORE).replace(b'lang="de"', b'lang="en-US"')).language == "de"
    assert read(page("Mehr in Kürze.").replace(b'lang="de"', b'lang="de-AT"')).language == "de"
    assert read(english).language == "en"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Kälte".encode("iso-8859-1"), "text/html; charset=iso-8859-1"),
        ("Kälte".encode(), "text/html; charset=iso-8859-1"),
        ('<meta charset="windows-1252">Kälte'.encode("cp1252"), "text/html"),
        ("Kälte".encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        ("Kälte über der Nordsee, Föhn in München und Glätte in Thüringen".encode("cp1252"), "text/html"),
        ("Kälte".encode(), "text/html; charset=unheard-of"),
        ("Kälte".encode(), "text/html; charset=undefined"),
        ("Kälte über der Nordsee, Föhn in München".encode("cp1252"), "text/html; charset=undefined"),
        ('<meta charset="utf-16">Kälte in Kiel!'.encode(), "text/html"),
    ],
)
def test_the_charset_is_the_headers_then_the_pages_own_then_a_guess(body: bytes, content_type: str) -> None:
    assert "Kälte" in decoded(body, content_type)


WALLS = {
    "cookies": "<h1>Mit Werbung weiterlesen</h1><p>Wir und unsere 214 Partner verwenden Cookies. Stimmen Sie zu?</p>",
    "javascript": "<h1>Turmbote</h1><p>Please enable JavaScript to view this page.</p>",
    "bots": "<h1>Einen Moment</h1><p>Checking your browser. Are you a robot? Please solve the captcha.</p>",
    "paywall": f"<h1>Brücke</h1><p>{CALL}</p><p>Jetzt weiterlesen mit einem Abo. Bereits Abonnent? Anmelden.</p>",
    "empty": "<div id='app'></div>",
}


@pytest.mark.parametrize("wall", WALLS)
def test_walls_are_told_apart(wall: str) -> None:
    body = f"<html><head><title>Turmbote</title></head><body><article>{WALLS[wall]}</article></body></html>"
    assert read(body.encode()).wall == wall


def test_a_page_that_says_that_it_is_not_free_and_shows_little_is_behind_a_paywall() -> None:
    facts = {"@type": "NewsArticle", "headline": "Brücke", "isAccessibleForFree": "http://schema.org/False"}
    head = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    assert read(page(CALL, head=head)).wall == "paywall"


def test_an_article_about_cookies_and_paywalls_is_an_article() -> None:
    about = (
        "Der Verlag ändert seine Seite: Wer Cookies ablehnen will, braucht künftig ein Pur-Abo. Verbraucherschützer "
        "halten die Einwilligung, die so entsteht, für unwirksam, und wollen vor Gericht ziehen."
    )
    assert read(page(about, CALL, MORE, LAST)).wall is None


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "video/mp4", "application/json"])
def test_what_is_no_page_is_named(content_type: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read(b"%PDF <binary>", content_type=content_type)
    assert caught.value.reason == "not_html"


def test_a_headline_is_not_taken_for_a_look_alike_of_its_language() -> None:
    assert detect("Mali, Burkina Faso and Niger quit the International Criminal Court.") == "en"
    assert detect("Anerkennung Somalilands: Scharfe Kritik an Israel") == "de"
    pidgin = "Di goment of Nigeria don tok say dem go meet wit di oga dem of Niger for Abuja dis wik. "
    assert detect(pidgin * 3) == "pcm"
