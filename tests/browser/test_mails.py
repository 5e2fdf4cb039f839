"""Mails in a real browser, light and dark, on a phone and on a desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from processors.alerts.gallery import build_gallery

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return build_gallery(tmp_path_factory.mktemp("gallery"))


def test_every_mail_is_readable_and_fits(
    gallery: list[Path],
    browser: Any,
    look: str,
    width: int,
    poor_contrasts: Callable[[], list[str]],
    overflows: Callable[[], bool],
) -> None:
    troubles = {}
    for page in gallery:
        browser.get(page.as_uri())
        if trouble := [*poor_contrasts(), *(["is wider than the window"] if overflows() else [])]:
            troubles[page.stem] = trouble
    assert troubles == {}


def test_dark_mails_are_dark_and_light_ones_light(gallery: list[Path], browser: Any, look: str) -> None:
    browser.get(gallery[0].as_uri())
    ground = browser.execute_script("return getComputedStyle(document.querySelector('.card')).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(25, 31, 37)"}[look]


def test_hostile_text_runs_nothing_and_loads_nothing(gallery: list[Path], browser: Any) -> None:
    for page in (page for page in gallery if "hostile" in page.stem):
        browser.get(page.as_uri())
        assert browser.execute_script("return document.querySelectorAll('script, img, iframe').length") == 0
        assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
        assert "<script>alert(1)</script>" in browser.find_element("css selector", ".evidence").text


def test_flags_are_pictures_and_not_letters(gallery: list[Path], browser: Any) -> None:
    browser.get(next(page for page in gallery if page.stem == "en-event").as_uri())
    narrower = """
      const wide = text => { const s = document.createElement('span'); s.textContent = text;
        document.querySelector('.card').append(s); const w = s.getBoundingClientRect().width; s.remove(); return w; };
      return wide('\U0001f1fa\U0001f1e6') < 0.8 * (wide('\U0001f1fa') + wide('\U0001f1e6'));
    """
    assert browser.execute_script(narrower), "a font with flags is missing: apt-get install fonts-noto-color-emoji"


def test_only_flags_are_drawn_in_a_font_of_pictures(
    gallery: list[Path], browser: Any, fonts: Callable[[str], set[str]]
) -> None:
    # Its digits and blanks are as wide as pictures: on a machine with few fonts all text was drawn with them.
    for page in (page for page in gallery if "hostile" not in page.stem):
        browser.get(page.as_uri())
        assert {name for name in fonts("body *:not(.flag, :has(.flag))") if "Emoji" in name} == set(), page.stem
    browser.get(next(page for page in gallery if page.stem == "en-event").as_uri())
    assert all("Emoji" in name for name in fonts(".flag"))


def test_what_is_hard_to_read_or_too_wide_would_be_found(
    browser: Any, tmp_path: Path, poor_contrasts: Callable[[], list[str]], overflows: Callable[[], bool]
) -> None:
    page = tmp_path / "poor.html"
    page.write_text("<body style='background:#fff'><p style='color:#999'>pale</p><div style='width:3000px'>wide</div>")
    browser.get(page.as_uri())
    assert [trouble.split()[-1] for trouble in poor_contrasts()] == ["pale"]
    assert overflows()
