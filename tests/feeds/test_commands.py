"""`eventwire feeds ...`, as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.feeds.writing import rss
from tests.fetch.serving import Answer, Site

OPML = """<opml version="2.0"><body><outline text="Politik">
<outline type="rss" text="Turmbote" xmlUrl="http://turmbote.example/rss"/>
<outline type="rss" text="Turmbote" xmlUrl="http://turmbote.example/sport"/>
<outline type="rss" text="Falsch" xmlUrl="javascript:alert(1)"/>
</outline></body></opml>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feeds.yaml").write_text("# our feeds\nfeeds:\n- {name: Alt, url: 'http://alt.example/rss'}\n")
    return tmp_path


def eventwire(folder: Path, *arguments: str, code: int = 0) -> str:
    environment = os.environ | {
        "EVENTWIRE_CONFIG_DIR": str(folder),
        "EVENTWIRE_VAR_DIR": str(folder / "var"),
        "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
        "EVENTWIRE_FETCH__TIMEOUT": "5",
    }
    command = [sys.executable, "-m", "processors", "feeds", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_list_shows_configured_feeds_before_the_first_fetch(folder: Path) -> None:
    (feed,) = json.loads(eventwire(folder, "list", "--format", "json"))
    shown = {key: feed[key] for key in ("name", "url", "state", "entries", "last_error")}
    assert shown == {"name": "Alt", "url": "http://alt.example/rss", "state": "new", "entries": 0, "last_error": None}


def test_check_asks_at_once_shows_reasons_and_ends_with_1_where_a_feed_fails(folder: Path, site: Site) -> None:
    site.routes["/rss"] = Answer(rss(("A", "http://turmbote.example/a")))
    lines = [f"- {{name: Gut, url: '{site.base}/rss'}}", f"- {{name: Weg, url: '{site.base}/weg'}}"]
    (folder / "feeds.yaml").write_text("feeds:\n" + "\n".join(lines) + "\n")
    shown = eventwire(folder, "check", code=1)
    assert "not_found" in shown
    assert "answers 404" in shown
    assert "ok" in eventwire(folder, "check", "Gut")
    assert "there is no feed 'Nirgends'" in eventwire(folder, "check", "Nirgends", code=2)


def test_a_full_disk_does_not_cost_the_list(folder: Path) -> None:
    path = folder / "feeds.yaml"
    before = "feeds:\n" + "".join(f"- {{name: F{n}, url: 'http://a.example/{n}'}}\n" for n in range(300))
    path.write_text(before)
    program = f"""
import pathlib, resource
from processors.feeds.lists import append_feeds
from processors.records import Feed
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
append_feeds(pathlib.Path({str(path)!r}), [Feed("x", "X", "http://x.example/")])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "cannot be written: File too large" in done.stderr
    assert path.read_text() == before
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []


def test_opml_comes_in_and_goes_out_and_comments_stay(folder: Path) -> None:
    (folder / "in.opml").write_text(OPML)
    assert "2 added" in eventwire(folder, "import", str(folder / "in.opml"))
    assert "0 added, 2 known already" in eventwire(folder, "import", str(folder / "in.opml"))
    assert (folder / "feeds.yaml").read_text().startswith("# our feeds\n")
    exported = eventwire(folder, "export")
    addresses = ("http://alt.example/rss", "http://turmbote.example/rss", "http://turmbote.example/sport")
    assert [address for address in addresses if f'xmlUrl="{address}"' not in exported] == []
    (folder / "out.opml").write_text(exported)
    assert "0 added, 3 known already" in eventwire(folder, "import", str(folder / "out.opml"))


def test_add_finds_the_feeds_that_a_site_announces(folder: Path, site: Site) -> None:
    announced = '<link rel="alternate" type="application/rss+xml" href="/feeds/all.rss">'
    head = announced + '<link rel="alternate" hreflang="en" href="/en">'
    site.routes["/"] = Answer(f"<html><head>{head}</head><body>Turmbote</body></html>".encode())
    site.routes["/feeds/all.rss"] = Answer(rss(("A", "http://turmbote.example/a")))
    shown = eventwire(folder, "add", site.base, "--yes", "--country", "DE")
    assert "added Der Turmbote" in shown
    feeds = json.loads(eventwire(folder, "list", "--format", "json"))
    added = next(feed for feed in feeds if feed["name"] == "Der Turmbote")
    assert (added["url"], added["language"], added["country"]) == (f"{site.base}/feeds/all.rss", "de", "DE")


def test_add_looks_at_the_usual_places_and_says_where_there_is_none(folder: Path, site: Site) -> None:
    site.routes["/"] = Answer(b"<html><body>Turmbote</body></html>")
    assert "no feed there" in eventwire(folder, "add", site.base, "--yes", code=1)
    site.routes["/feed.xml"] = Answer(rss(("A", "http://turmbote.example/a")))
    assert f"{site.base}/feed.xml" in eventwire(folder, "add", site.base, "--yes", "--name", "Turm")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("feeds:\n- {name: A, url: 'ftp://a.example/'}\n", "feeds.yaml:2: feeds.0.url"),
        ("feeds:\n- {name: A, url: 'http://a.example/'}\n- {name: A, url: 'http://b.example'}", ":3: feeds.1.name"),
        ("feeds:\n- {name: A, url: 'http://a.example/', langage: de}\n", "feeds.0.langage"),
        ("feeds:\n- {name: A, url: 'http://a.example/', country: Germany}\n", "feeds.yaml:2: feeds.0.country"),
    ],
)  # fmt: skip
def test_a_wrong_feeds_file_is_an_error_with_file_line_and_key(folder: Path, lines: str, complaint: str) -> None:
    (folder / "feeds.yaml").write_text(lines)
    assert complaint in eventwire(folder, "list", code=2)
