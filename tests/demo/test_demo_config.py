"""The demonstration's configuration folder."""

from pathlib import Path

import pytest

from processors.cli.demo import DEMO, demo_config
from processors.errors import ConfigError
from processors.settings import load_settings
from processors.web.demo import DemoSite

SITE = DEMO / "site"


def test_each_start_of_the_demo_writes_its_configuration_anew(tmp_path: Path) -> None:
    for _ in range(2):
        with DemoSite(SITE) as site:
            demo_config(site, tmp_path / "config")
            assert f"url: {site.base}/" in (tmp_path / "config" / "feeds.yaml").read_text().replace('"', "")
    assert load_settings({"EVENTWIRE_CONFIG_DIR": str(tmp_path / "config")}).feeds_file.exists()


@pytest.mark.parametrize("name", ["feeds.yaml", "alerts.yaml"])
def test_feeds_and_rules_of_ones_own_are_not_overwritten(tmp_path: Path, name: str) -> None:
    own = tmp_path / name
    own.write_text("feeds:\n- {name: Alt, url: 'http://alt.example/rss'}\n")
    with DemoSite(SITE) as site, pytest.raises(ConfigError, match=f"{name}: is not the demo's"):
        demo_config(site, tmp_path)
    assert "alt.example" in own.read_text()
    assert list(tmp_path.iterdir()) == [own], "nothing else was written"


def test_what_was_added_to_the_demos_own_feeds_stays(tmp_path: Path) -> None:
    with DemoSite(SITE) as site:
        demo_config(site, tmp_path)
        feeds = tmp_path / "feeds.yaml"
        feeds.write_text(feeds.read_text() + "  - {name: Alt, url: 'http://alt.example/rss'}\n")
        with pytest.raises(ConfigError, match="would be lost"):
            demo_config(site, tmp_path)
    assert "alt.example" in feeds.read_text()
