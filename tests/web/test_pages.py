"""Search, events, articles: what the pages show, and that nothing from feeds is ever taken for markup."""

import base64
import html
import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient

from processors.alerts.samples import MOMENT, hostile_articles, sample_article
from processors.settings import ROOT, IndexSettings, Settings
from processors.web.app import create_app
from tests.alerts.conftest import House, event
from tests.fetch.serving import serve_raw


def test_the_first_page_shows_the_newest_events_and_what_to_narrow_down_by(client: TestClient) -> None:
    page = client.get("/").text
    assert "Phone call between Russia and the United States" in page
    assert "Pause of arms deliveries by the United States to Ukraine" in page
    assert "6 results" in page
    assert 'href="/?q=type%3Aarms_delivery_pause&amp;kind=events&amp;sort="' in page


def test_a_query_finds_what_it_says_and_marks_the_words(client: TestClient) -> None:
    page = client.get("/", params={"q": "type:negotiation_offer AND sentence:host"}).text
    assert "1 result" in page
    assert "<mark>host</mark>" in page


def test_narrowing_a_query_with_or_sets_brackets(client: TestClient) -> None:
    page = client.get("/", params={"q": "type:threat OR type:leader_meeting"}).text
    assert "q=%28type%3Athreat+OR+type%3Aleader_meeting%29+AND+status%3Aplanned" in page


@pytest.mark.parametrize("query", ['-"host AND guest" type:leader_meeting', "(type:threat)OR(type:leader_meeting)"])
def test_the_links_that_narrow_a_query_are_queries(client: TestClient, query: str) -> None:
    links = re.findall(r'href="(/[?]q=[^"]*)"', client.get("/", params={"q": query}).text)
    assert links
    assert {client.get(html.unescape(link)).status_code for link in links} == {200}


def test_articles_are_searched_by_their_words(client: TestClient) -> None:
    page = client.get("/", params={"q": "title:Waffenruhe", "kind": "articles"}).text
    assert "Telefonat über <mark>Waffenruhe</mark>: Was bisher bekannt ist" in page
    assert "1 result" in page


@pytest.mark.parametrize("query", ["type:nonsense", "a AND b OR c", "nofield:x", "type:(", '"open'])
def test_a_query_that_cannot_be_understood_is_explained(client: TestClient, query: str) -> None:
    answer = client.get("/", params={"q": query})
    assert answer.status_code == 400
    assert "This query cannot be understood" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_the_next_page_goes_on_where_this_one_ends(client: TestClient, house: House) -> None:
    from tests.web.conftest import reindex

    for number in range(25):
        house.happened(event(f"e{number:02}x", type="protest", actors=("GEO",)), [])
    reindex(house)
    first = client.get("/", params={"q": "type:protest"}).text
    assert first.count("<h2>") == 20
    following = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(following).text
    assert second.count("<h2>") == 5
    assert 'rel="next"' not in second


_ATOM = "{http://www.w3.org/2005/Atom}"


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize("sort", ["", "score"])
@pytest.mark.parametrize(
    "place",
    [
        "[1e5]", '["x", "y"]', '["9999-99-99", "y"]', '["2026-01-01", 5]', '["0001-01-01", "y"]', "[{}, []]",
        "[true, null]", "[-1]", f"[{10**30}]", '{"a": 1}', "[" * 5000,
    ],
)  # fmt: skip
def test_a_place_to_go_on_from_that_no_page_gave_is_none(client: TestClient, place: str, sort: str) -> None:
    answer = client.get("/", params={"after": _cursor(place), "sort": sort})
    assert answer.status_code == 200
    assert "<h2>" in answer.text


def test_the_place_of_another_order_is_none(client: TestClient) -> None:
    newest = _cursor('["2025-11-12T09:00:00Z", "call0000000000000000"]')
    assert "<h2>" in client.get("/", params={"after": newest, "sort": "score"}).text
    assert "<h2>" in client.get("/", params={"after": _cursor("[1]")}).text


def test_an_event_shows_evidence_status_history_and_reports(client: TestClient) -> None:
    page = client.get(f"/events/{event('call').id}").text
    assert "<mark>spoke by phone</mark>" in page
    assert "has happened or is going on" in page
    assert "announced (elbkurier.example)" in page
    assert "Trump und Putin <mark>telefonieren</mark> zwei Stunden lang." in page
    assert 'href="https://ledger.example/2025/11/12/report-1"' in page


def test_an_article_shows_its_lead_its_events_and_where_to_read_it(client: TestClient) -> None:
    page = client.get(f"/articles/{sample_article(0).id}").text
    assert "Trump und Putin telefonieren zwei Stunden lang" in page
    assert f"/events/{event('call').id}" in page
    assert 'href="https://elbkurier.example/2025/11/12/report-0"' in page


def test_a_near_copy_shows_the_events_of_its_original(client: TestClient, house: House) -> None:
    copy = sample_article(6, duplicate_of=sample_article(0).id)
    house.published(copy)
    page = client.get(f"/articles/{copy.id}").text
    assert f"/events/{event('call').id}" in page
    assert "<mark>telefonieren</mark>" in page


def test_an_event_shows_when_its_first_and_its_last_report_came_out(client: TestClient, house: House) -> None:
    # Eventwire read of it in the evening, all at once, and more reports than are listed had come out before.
    reports = [sample_article(number) for number in range(202)]
    seen, ids = MOMENT + timedelta(days=2), tuple(report.id for report in reports)
    late = event("late", published_at=MOMENT, first_seen_at=seen, last_seen_at=seen, articles=ids)
    house.happened(late, reports)
    page = client.get(f"/events/{late.id}").text
    assert "<dt>First report</dt><dd>12 Nov 2025, 14:05 UTC</dd>" in page
    assert "<dt>Last report</dt><dd>13 Nov 2025, 13:32 UTC</dd>" in page
    german = client.get(f"/events/{late.id}", headers={"Accept-Language": "de"}).text
    assert "<dt>Erster Bericht</dt><dd>12. Nov. 2025, 14:05 UTC</dd>" in german


def test_a_date_ahead_of_its_own_fetching_is_no_last_report(client: TestClient, house: House) -> None:
    ahead = sample_article(7, published_at=MOMENT + timedelta(hours=9), fetched_at=MOMENT + timedelta(hours=1))
    house.happened(event("ahead", articles=(sample_article(0).id, ahead.id)), [ahead])
    page = client.get(f"/events/{event('ahead').id}").text
    assert "<dt>Last report</dt><dd>12 Nov 2025, 15:05 UTC</dd>" in page


@pytest.mark.parametrize("path", ["/", "/?kind=articles", f"/articles/{sample_article(0).id}"])
def test_pages_say_that_their_times_are_utc(client: TestClient, path: str) -> None:
    assert re.search(r"12 Nov 2025, \d\d:\d\d UTC<", client.get(path).text)
    assert not re.search(r"\d\d:\d\d<", client.get(path).text)


_BARE = {"url": "", "source": "", "title": "", "summary": "", "text": "Ankara spoke to Oslo.\n\nAbout fish & grain."}
_BEGINNING = "Ankara spoke to Oslo. About fish &amp; grain."


@pytest.mark.parametrize("title", ["", "Ankara calls Oslo"])
def test_an_article_without_an_address_is_found_and_shown(client: TestClient, house: House, title: str) -> None:
    from tests.web.conftest import reindex

    bare = sample_article(7, id="bare", **_BARE | {"title": title})
    house.happened(event("bare", articles=("bare",), sources=(), source_count=0), [bare])
    reindex(house)
    headline = title or _BEGINNING
    for query in ("", "text:Ankara"):
        answer = client.get("/", params={"kind": "articles", "q": query})
        assert answer.status_code == 200
        assert f'<h2 dir="auto"><a href="/articles/bare">{headline}</a></h2>' in answer.text
        assert "None" not in answer.text
    page = client.get("/articles/bare").text
    assert f'<h1 dir="auto">{headline}</h1>' in page
    assert f'<p dir="auto">{_BEGINNING}</p>' in page
    assert f'<a href="/articles/bare" dir="auto">{headline}</a></p>' in client.get(f"/events/{event('bare').id}").text


def test_an_article_without_an_address_is_told_in_its_rules_feed(client: TestClient, house: House) -> None:
    house.write_rules({"name": "Norway", "on": "articles", "query": "text:Oslo"})
    house.published(sample_article(7, id="bare", **_BARE))
    house.match()
    entry = next(ElementTree.fromstring(client.get("/alerts/Norway.atom").content).iter(f"{_ATOM}entry"))
    assert entry.findtext(f"{_ATOM}title") == "Ankara spoke to Oslo. About fish & grain."
    assert entry.findtext(f"{_ATOM}summary") == "Ankara spoke to Oslo. About fish & grain."
    assert entry.find(f"{_ATOM}link").get("href") == "https://ew.example.org/articles/bare"  # type: ignore[union-attr]


def test_the_address_of_a_merged_event_leads_to_what_it_became(client: TestClient, house: House) -> None:
    house.happened(event("other"))
    house.merged(event("call").id, event("other").id)
    answer = client.get(f"/events/{event('call').id}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/events/{event('other').id}"


@pytest.mark.parametrize("path", ["/events/nothing", "/articles/nothing", "/alerts/nothing.atom", "/elsewhere"])
def test_what_is_not_there_is_said_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize("path", ["/events/%00", "/articles/a%00", "/articles/%EF%BC%91", "/events/a%20b"])
def test_what_can_be_no_id_is_not_there_either(database_url: str, tmp_path: Path, path: str) -> None:
    settings = Settings(var_dir=tmp_path, database_url=database_url).with_defaults()
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        assert client.get(path).status_code == 404


def test_a_kind_that_there_is_not_is_said_so_and_the_query_kept(client: TestClient) -> None:
    answer = client.get("/", params={"kind": "people<b>", "q": "type:threat"})
    assert answer.status_code == 400
    assert "kind=people&lt;b&gt; is unknown" in answer.text
    assert 'name="q" value="type:threat"' in answer.text
    assert "aria-invalid" not in answer.text


def test_a_query_that_is_too_long_is_said_so_and_kept(client: TestClient) -> None:
    query = " OR ".join(["sanctions"] * 200)
    answer = client.get("/", params={"q": query})
    assert answer.status_code == 400
    assert "This query is too long" in answer.text
    assert "It has 2596 characters; 2000 are the most that are read." in answer.text
    assert f'value="{query}"' in answer.text
    assert client.get("/", params={"q": query[:1959]}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/?q=type:threat", f"/events/{event('call').id}", "/alerts", "/healthz"])
def test_whether_a_page_is_there_can_be_asked_without_its_text(client: TestClient, path: str) -> None:
    asked, got = client.head(path), client.get(path)
    assert (asked.status_code, asked.headers["content-type"]) == (200, got.headers["content-type"])
    assert client.head("/events/nothing").status_code == 404


def test_the_page_is_in_the_language_that_the_browser_asks_for(client: TestClient) -> None:
    page = client.get("/", headers={"Accept-Language": "fr-FR, de;q=0.8, en;q=0.5"}).text
    assert '<html lang="de">' in page
    assert "Telefonat zwischen Russland und den USA" in page


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en;q=0.1,de;q=0.9", "de"),
        ("de;q=0.9, en", "en"),
        ("de-CH, en-GB;q=0.9", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("de ; q=0.5, en ; q=0.5", "de"),
        ("fr, es;q=0.5, de;q=0.01", "de"),
        ("de;q=0", "en"),
        ("den, fr", "en"),
        ("*", "en"),
        ("", "en"),
        (";;q=,de;q=x,\u00e4".encode(), "de"),
    ],
)
def test_the_language_with_more_weight_is_the_one_that_the_browser_asks_for(
    client: TestClient, asked: str | bytes, language: str
) -> None:
    page = client.get("/alerts", headers={"Accept-Language": asked}).text  # type: ignore[dict-item]
    assert f'<html lang="{language}">' in page


def test_hostile_feed_text_is_shown_as_text(client: TestClient) -> None:
    pages = [
        client.get("/").text,
        client.get("/", params={"q": '"><script>alert(9)</script>'}).text,
        client.get(f"/events/{event('hostile').id}").text,
        *(client.get(f"/articles/{article.id}").text for article in hostile_articles()),
        client.get("/", params={"kind": "articles"}).text,
    ]
    for page in pages:
        lowered = page.lower()
        assert "<script" not in lowered
        assert "<img" not in lowered
        assert "<style>" not in lowered
        assert 'href="javascript:' not in lowered
        assert not any(mark in page for mark in "\u202e\u2066")


def test_pages_run_no_scripts_and_load_nothing_from_elsewhere(client: TestClient) -> None:
    answer = client.get("/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/static/style.css").headers["content-type"].startswith("text/css")


def test_an_index_that_is_away_is_said_so(house: House) -> None:
    away = house.settings.model_copy(update={"index_url": "http://127.0.0.1:9"})
    with TestClient(create_app(away)) as client:
        answer = client.get("/")
        assert answer.status_code == 503
        assert "does not answer just now" in answer.text
        assert client.get(f"/events/{event('call').id}").status_code == 200


def test_an_index_that_takes_connections_and_never_answers_is_asked_once(house: House) -> None:
    asked: list[bytes] = []
    with serve_raw(lambda connection: asked.append(connection.recv(1))) as address:  # which waits until the client goes
        hanging = {"index_url": address, "index": IndexSettings(timeout=0.2)}
        with TestClient(create_app(house.settings.model_copy(update=hanging))) as client:
            assert client.get("/").status_code == 503
    assert len(asked) == 1


def test_a_typo_in_the_rules_is_no_trouble_of_the_search_and_shows_readers_no_path(
    client: TestClient, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    (house.settings.config_dir / "alerts.yaml").write_text("rules: [{name: x}]")
    for path in ("/alerts", "/alerts/x.atom"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "Something is set up wrong here" in answer.text
        assert "search does not answer" not in answer.text
        assert str(house.settings.config_dir) not in answer.text
        assert "alerts.yaml" in caplog.text, "who runs it must find out what"
    assert client.get("/").status_code == 200


def test_a_database_that_is_away_is_said_so_without_its_address(house: House) -> None:
    away = house.settings.model_copy(update={"database_url": "postgresql+psycopg://ada:secret@127.0.0.1:9/news"})
    with TestClient(create_app(away)) as client:
        answer = client.get("/alerts/x.atom", headers={"Accept-Language": "de"})
        assert answer.status_code == 404, "the rules are in a file"
        answer = client.get(f"/events/{event('call').id}", headers={"Accept-Language": "de"})
        assert answer.status_code == 503
        assert "Die Daten sind gerade nicht zu erreichen" in answer.text
        assert "127.0.0.1" not in answer.text


def test_under_another_path_all_links_stay_below_it(house: House) -> None:
    outer = FastAPI()
    outer.mount("/eventwire", create_app(house.settings))
    page = TestClient(outer).get("/eventwire/").text
    links = [part.partition('"')[0] for part in page.split('href="')[1:]]
    assert links
    assert all(link.startswith(("/eventwire/", "https://", "#")) for link in links)
    assert TestClient(outer).get("/eventwire/static/style.css").status_code == 200


def test_guarded_pages_are_closed_and_unsubscribing_stays_open(house: House) -> None:
    def nobody() -> None:
        raise HTTPException(401)

    with TestClient(create_app(house.settings, access=[Depends(nobody)])) as client:
        for path in ("/", f"/events/{event('call').id}", "/alerts", "/alerts/x.atom"):
            assert client.get(path).status_code == 401
        assert client.get("/unsubscribe/x").status_code == 404
        assert client.get("/healthz").json() == "ok"


_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def _guarded(house: House, status: int) -> TestClient:
    """Mounted as in Airflow, with everybody refused."""

    def nobody() -> None:
        raise HTTPException(status)

    outer = FastAPI()
    outer.mount("/eventwire", create_app(house.settings, [Depends(nobody)], "/api/v2/auth/login"))
    return TestClient(outer, follow_redirects=False)


def test_who_opens_a_mails_link_without_a_login_is_led_to_it_and_back(house: House) -> None:
    client = _guarded(house, 401)
    answer = client.get(f"/eventwire/events/{event('call').id}", headers=_BROWSER)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/api/v2/auth/login?next=%2Feventwire%2Fevents%2F{event('call').id}"
    answer = client.get("/eventwire/?q=type:threat&kind=events", headers=_BROWSER)
    assert answer.headers["location"].endswith("?next=%2Feventwire%2F%3Fq%3Dtype%3Athreat%26kind%3Devents")


def test_what_is_no_browser_is_refused_and_not_led_to_a_page(house: House) -> None:
    answer = _guarded(house, 401).get("/eventwire/alerts/Calls.atom", headers={"Accept": "application/atom+xml"})
    assert answer.status_code == 401
    assert "Please log in" in answer.text
    assert "There is no such page" not in answer.text


def test_a_login_that_holds_no_longer_is_no_page_that_is_not_there(house: House) -> None:
    # No redirect: whom the login lets in, and the page does not, would go in circles.
    answer = _guarded(house, 403).get("/eventwire/alerts", headers=_BROWSER)
    assert answer.status_code == 403
    assert "This page is closed to you" in answer.text
    assert 'href="/api/v2/auth/login?next=%2Feventwire%2Falerts"' in answer.text


def test_what_a_page_cannot_be_asked_is_no_page_that_is_not_there(client: TestClient) -> None:
    answer = client.post("/alerts")
    assert answer.status_code == 405
    assert "That cannot be done here" in answer.text


def test_the_manual_opens_the_address_that_mails_unsubscribe_at(house: House) -> None:
    address = create_app(house.settings).url_path_for("unsubscribe", token="x").removesuffix("x")
    assert f"`/eventwire{address}` of Airflow's address" in (ROOT / "docs" / "operations.md").read_text()


def test_each_rule_has_an_atom_feed_of_its_hits(client: TestClient, house: House) -> None:
    house.write_rules({"name": "Anrufe & <Treffen>", "query": "type:leader_call AND status:occurred"})
    house.match()
    page = client.get("/alerts").text
    assert "Anrufe &amp; &lt;Treffen&gt;" in page
    answer = client.get("/alerts/Anrufe%20&%20%3CTreffen%3E.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}title") == "Anrufe & <Treffen>"
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles == ["Phone call between Russia and the United States"] * 2
    links = [entry.find(f"{atom}link").get("href") for entry in feed.iter(f"{atom}entry")]  # type: ignore[union-attr]
    assert sorted(links) == sorted(f"https://ew.example.org/events/{event(name).id}" for name in ("call", "hostile"))
    summaries = {entry.findtext(f"{atom}summary") for entry in feed.iter(f"{atom}entry")}
    assert "Happened. Trump and Putin spoke by phone for two hours on Wednesday, the Kremlin said." in summaries


@pytest.mark.parametrize("name", ["Ukraine/Russia calls", "a #1 rule?", "100 % & ü", "..", "a.atom"])
def test_a_rules_feed_is_where_the_pages_say_whatever_its_name(client: TestClient, house: House, name: str) -> None:
    house.write_rules({"name": name, "query": "type:leader_call"})
    page = client.get("/alerts").text
    href = html.unescape(page.partition('type="application/atom+xml"')[2].partition('href="')[2].partition('"')[0])
    answer = client.get(href)
    assert answer.status_code == 200
    feed = ElementTree.fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}title") == name
    assert f"https://ew.example.org{href}" in [one.get("href") for one in feed.findall(f"{atom}link")]
