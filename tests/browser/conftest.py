"""A real Chromium. Without one these tests are skipped with what to install; where CI is set they fail."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

HOW_TO = "needs Chromium and its driver: apt-get install chromium chromium-driver fonts-noto-color-emoji"
NARROW, WIDE = (360, 800), (1280, 1000)
# What a browser run as root in a container needs, and what keeps it from talking to anybody.
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium with a fresh profile."""
    chromium, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not chromium or not driver:
        if os.environ.get("CI"):
            pytest.fail(HOW_TO)
        pytest.skip(HOW_TO)
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = chromium
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        opened = Chrome(options=options, service=Service(driver))
        yield opened
        opened.quit()


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest, browser: Any) -> str:
    """The reader's colours, each in turn."""
    set_colours(browser, request.param)
    return str(request.param)


@pytest.fixture(params=[NARROW, WIDE], ids=["narrow", "wide"])
def width(request: pytest.FixtureRequest, browser: Any) -> int:
    """The width of a phone and of a desk's window, in CSS pixels, each in turn."""
    set_size(browser, *request.param)
    return int(request.param[0])


def set_colours(browser: Any, look: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": look}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def set_size(browser: Any, width: int, height: int) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


# Texts whose contrast with what is behind them is below what WCAG 2.1 asks for (4.5, large text 3).
_CONTRAST = """
const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
const poor = [];
for (const e of document.querySelectorAll('body *')) {
  const text = [...e.childNodes].filter(n => n.nodeType === 3 && n.textContent.trim()).map(n => n.textContent).join('');
  const style = getComputedStyle(e);
  if (!text || !e.getClientRects().length || style.visibility === 'hidden') continue;
  const a = light(parse(style.color)), b = light(behind(e));
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) poor.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)} ${text.slice(0, 40)}`);
}
return poor;
"""


@pytest.fixture
def poor_contrasts(browser: Any) -> Callable[[], list[str]]:
    """Which texts of the present page are hard to read."""
    return lambda: list(browser.execute_script(_CONTRAST))


@pytest.fixture
def overflows(browser: Any) -> Callable[[], bool]:
    """Whether the present page has to be moved sideways."""
    script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return lambda: bool(browser.execute_script(script))


@pytest.fixture
def fonts(browser: Any) -> Callable[[str], set[str]]:
    """The names of the fonts that the texts of the elements of a CSS selector are drawn in."""

    def drawn(selector: str) -> set[str]:
        ask = browser.execute_cdp_cmd
        ask("DOM.enable", {})
        ask("CSS.enable", {})
        root = ask("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        nodes = ask("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
        used = [ask("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
        return {font["familyName"] for one in used for font in one}

    return drawn
