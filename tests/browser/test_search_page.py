"""The pages in a real browser, served by a real server."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from processors.alerts.samples import sample_article
from processors.database import open_database
from processors.web.app import create_app
from tests.alerts.conftest import House, event
from tests.web.conftest import fill

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served."""
    folder: Path = tmp_path_factory.mktemp("pages")
    house = House(folder, open_database(f"sqlite:///{folder / 'eventwire.sqlite'}"))
    house.settings = house.settings.model_copy(update={"index_url": f"tantivy://{folder / 'index'}"})
    fill(house)
    house.write_rules({"name": "Anrufe", "query": "type:leader_call AND actors:(USA OR RUS)"})
    server = uvicorn.Server(uvicorn.Config(create_app(house.settings), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
    house.database.close()


PATHS = ("/", "/?q=a+AND+b+OR+c", "/?kind=articles&q=title:call", "/alerts", "/nowhere", f"/events/{event('call').id}",
         f"/events/{event('hostile').id}", f"/articles/{sample_article(1).id}", "/unsubscribe/x")  # fmt: skip


def test_every_page_is_readable_and_fits(
    address: str,
    browser: Any,
    look: str,
    width: int,
    poor_contrasts: Callable[[], list[str]],
    overflows: Callable[[], bool],
) -> None:
    troubles = {}
    for path in PATHS:
        browser.get(address + path)
        if trouble := [*poor_contrasts(), *(["is wider than the window"] if overflows() else [])]:
            troubles[path] = trouble
    assert troubles == {}


def test_a_search_is_typed_narrowed_and_followed_to_its_event(address: str, browser: Any) -> None:
    from selenium.webdriver.support.expected_conditions import staleness_of
    from selenium.webdriver.support.wait import WebDriverWait

    browser.get(address)
    field = browser.find_element("id", "q")
    field.send_keys("sentence:phone OR sentence:host")
    field.submit()
    WebDriverWait(browser, 60).until(staleness_of(field))  # submitting waits for no page
    assert len(browser.find_elements("css selector", ".results article")) == 3
    browser.find_element("link text", "Offer to negotiate").click()
    assert browser.find_element("id", "q").get_attribute("value") == (
        "(sentence:phone OR sentence:host) AND type:negotiation_offer"
    )
    browser.find_element("partial link text", "Offer to negotiate by").click()
    assert browser.find_element("tag name", "h1").text == "Offer to negotiate by Türkiye to Russia and Ukraine"
    assert browser.find_element("css selector", ".evidence mark").text == "offered to host"


def test_on_a_phone_narrowing_is_one_tap_from_the_top(address: str, browser: Any) -> None:
    from tests.browser.conftest import NARROW, WIDE, set_size

    set_size(browser, *WIDE)
    browser.get(address)
    assert not browser.find_element("class name", "to-narrow").is_displayed()
    set_size(browser, *NARROW)
    browser.get(address)
    browser.find_element("class name", "to-narrow").click()
    assert browser.current_url.endswith("#narrow")


def test_only_flags_are_drawn_in_a_font_of_pictures(
    address: str, browser: Any, fonts: Callable[[str], set[str]]
) -> None:
    for path in PATHS:
        browser.get(address + path)
        assert {name for name in fonts("body *:not(.flag, :has(.flag))") if "Emoji" in name} == set(), path
    browser.get(address)
    assert all("Emoji" in name for name in fonts(".flag"))


def test_on_a_phone_all_of_the_navigation_is_in_one_line(address: str, browser: Any) -> None:
    from tests.browser.conftest import NARROW, set_size

    set_size(browser, *NARROW)
    browser.get(address)
    assert len({link.rect["y"] for link in browser.find_elements("css selector", "nav a:not(.brand)")}) == 1


def test_the_browser_reports_no_breach_of_the_content_policy(address: str, browser: Any) -> None:
    browser.get_log("browser")
    for path in PATHS:
        browser.get(address + path)
    told = [line["message"] for line in browser.get_log("browser") if "favicon" not in line["message"]]
    assert [line for line in told if "Content Security Policy" in line or "Uncaught" in line] == []
