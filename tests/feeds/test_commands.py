"""`eventwire feeds ...`, as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from processors.feeds.configuration import load_configured
from processors.feeds.lists import read_opml
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


def eventwire(folder: Path, *arguments: str, code: int = 0, input: str = "") -> str:
    environment = os.environ | {
        "EVENTWIRE_CONFIG_DIR": str(folder),
        "EVENTWIRE_VAR_DIR": str(folder / "var"),
        "EVENTWIRE_ALLOW_PRIVATE_ADDRESSES": "1",
        "EVENTWIRE_FETCH__TIMEOUT": "5",
    }
    command = [sys.executable, "-m", "processors", "feeds", *arguments]
    done = subprocess.run(
        command, env=environment, input=input, capture_output=True, text=True, timeout=60, check=False
    )
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
    again = eventwire(folder, "import", str(folder / "in.opml"))
    assert "0 added, 2 known already" in again
    assert "left out javascript:alert(1): it is no web address" in again
    assert (folder / "feeds.yaml").read_text().startswith("# our feeds\n")
    exported = eventwire(folder, "export")
    addresses = ("http://alt.example/rss", "http://turmbote.example/rss", "http://turmbote.example/sport")
    assert [address for address in addresses if f'xmlUrl="{address}"' not in exported] == []
    (folder / "out.opml").write_text(exported)
    assert "0 added, 3 known already" in eventwire(folder, "import", str(folder / "out.opml"))


def test_languages_and_countries_survive_the_way_through_opml(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [
        "{name: A, url: 'http://a.example/?x=1&y=2', language: de, country: AT}",
        "{name: B, url: 'http://b.example/'}",
    ]
    (folder / "feeds.yaml").write_text("feeds:\n" + "".join(f"- {line}\n" for line in lines))
    opml, other = folder / "out.opml", tmp_path_factory.mktemp("other")
    eventwire(folder, "export", "-o", str(opml))
    assert "2 added" in eventwire(other, "import", str(opml))
    assert load_configured(other / "feeds.yaml") == load_configured(folder / "feeds.yaml")


def test_other_programs_languages_are_taken_where_they_are_one() -> None:
    outlines = [
        ("http://a.example/", "de-AT", "at"),
        ("http://b.example/", "unknown", "Austria"),
        ("http://c.example/", "", ""),
    ]
    lines = [f'<outline XMLURL="{url}" language="{lang}" country="{land}"/>' for url, lang, land in outlines]
    feeds, _ = read_opml(f"<opml><body>{''.join(lines)}</body></opml>".encode(), "a.opml")
    found = [(feed.name, feed.language, feed.country) for feed in feeds]
    assert found == [
        ("http://a.example/", "de", "AT"),
        ("http://b.example/", None, None),
        ("http://c.example/", None, None),
    ]


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        (OPML[: OPML.index("</outline>")], "in.opml:5: is damaged or no OPML"),
        (OPML.replace("Falsch", "Falsch & mehr"), "in.opml:4: is damaged or no OPML"),
        ("feeds:\n- {name: A}\n", "in.opml:1: is damaged or no OPML"),
        ("", "in.opml:1: is damaged or no OPML"),
        ("<html><body><p>http://a.example/</p></body></html>", "in.opml: has no feeds"),
        ('<opml version="2.0"><body><outline text="Politik"/></body></opml>', "in.opml: has no feeds"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_as_a_whole_is_refused(folder: Path, document: str, complaint: str) -> None:
    before = (folder / "feeds.yaml").read_text()
    (folder / "in.opml").write_text(document)
    assert complaint in eventwire(folder, "import", str(folder / "in.opml"), code=2)
    assert (folder / "feeds.yaml").read_text() == before


def test_list_of_a_state_tells_no_feed_in_it_from_no_state_at_all(folder: Path) -> None:
    assert "Alt" in eventwire(folder, "list", "--state", "new")
    assert eventwire(folder, "list", "--state", "broken") == "no feed is broken\n"
    assert json.loads(eventwire(folder, "list", "--state", "broken", "--format", "json")) == []
    assert "'quiet', 'stale'" in eventwire(folder, "list", "--state", "tired", code=2)
    (folder / "feeds.yaml").write_text("feeds: []\n")
    assert "there are no feeds; add one" in eventwire(folder, "list", "--state", "broken")


def test_add_says_that_a_known_feed_stays_as_it_is(folder: Path, site: Site) -> None:
    site.routes["/rss"] = Answer(rss(("A", "http://turmbote.example/a")))
    asked = eventwire(folder, "add", f"{site.base}/rss", input="y\n")
    assert "· 1 entry?" in asked
    assert "1 added, 0 known already" in asked
    before = (folder / "feeds.yaml").read_text()
    for answers in (("--yes",), ("--country", "AT"), ("--name", "Turm")):  # who is not asked needs no answer
        told = eventwire(folder, "add", f"{site.base}/rss", *answers)
        assert f"Der Turmbote ({site.base}/rss) is known already and stays as it is; change its name, address," in told
        assert f"0 added, 1 known already, in {folder}/feeds.yaml" in told
    assert (folder / "feeds.yaml").read_text() == before


@pytest.mark.parametrize("known", ["https://{host}/rss", "http://{host}/rss/", "http://LOCALHOST:{port}/rss"])
def test_add_knows_a_feed_by_another_spelling_of_its_address(folder: Path, site: Site, known: str) -> None:
    site.routes["/rss"] = Answer(rss(("A", "http://turmbote.example/a")))
    host = site.base.removeprefix("http://")
    address = f"http://localhost:{host.partition(':')[2]}/rss" if "LOCALHOST" in known else f"{site.base}/rss"
    line = f"- {{name: Turm, url: '{known.format(host=host, port=host.partition(':')[2])}'}}\n"
    (folder / "feeds.yaml").write_text(f"feeds:\n{line}")
    told = eventwire(folder, "add", address, "--yes")
    assert ("Turm (" in told, "0 added, 1 known already" in told) == (True, True)
    assert (folder / "feeds.yaml").read_text() == f"feeds:\n{line}"
    (folder / "in.opml").write_text(OPML.replace("http://turmbote.example/rss", address))
    assert "1 added, 1 known already" in eventwire(folder, "import", str(folder / "in.opml"))


def test_of_two_spellings_of_an_address_in_a_list_the_first_is_added(folder: Path) -> None:
    (folder / "in.opml").write_text(OPML.replace("http://turmbote.example/sport", "https://Turmbote.example/rss/"))
    assert "1 added, 1 known already" in eventwire(folder, "import", str(folder / "in.opml"))
    assert load_configured(folder / "feeds.yaml")[1].url == "http://turmbote.example/rss"


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


@pytest.mark.parametrize(
    ("option", "value"), [("--country", "Deutschland"), ("--country", "D"), ("--language", "german")]
)
def test_add_names_the_option_that_is_no_code(folder: Path, option: str, value: str) -> None:
    told = eventwire(folder, "add", "http://127.0.0.1:1/rss", "--yes", option, value, code=2)
    assert f"{option}: '{value}' is no code such as" in told


def test_add_takes_codes_in_any_case(folder: Path, site: Site) -> None:
    site.routes["/rss"] = Answer(rss(("A", "http://turmbote.example/a")))
    eventwire(folder, "add", f"{site.base}/rss", "--yes", "--country", "at", "--language", "DE")
    added = next(
        feed for feed in json.loads(eventwire(folder, "list", "--format", "json")) if feed["url"] == f"{site.base}/rss"
    )
    assert (added["language"], added["country"]) == ("de", "AT")


def test_an_address_that_does_not_answer_ends_with_1(folder: Path) -> None:
    assert "127.0.0.1" in eventwire(folder, "add", "http://127.0.0.1:1/rss", "--yes", code=1)


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
