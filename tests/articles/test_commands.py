"""`eventwire import` and `eventwire export`, as processes of their own."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from processors.database import open_database, pending
from processors.documents import FIELDS
from tests.articles.writing import CALL, LAST, MORE, page


def eventwire(folder: Path, *arguments: str, code: int = 0) -> str:
    return ran(folder, *arguments, code=code).stdout


def ran(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"EVENTWIRE_CONFIG_DIR": str(folder), "EVENTWIRE_VAR_DIR": str(folder / "var")}
    command = [sys.executable, "-m", "processors", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def exported(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in eventwire(folder, "export", "articles").splitlines()]


def test_json_lines_become_articles_with_work_and_a_bad_line_is_told(tmp_path: Path) -> None:
    lines = [
        {"title": "Telefonat", "text": f"{CALL}\n{MORE}", "lang": "de", "date": "2025-11-10", "url": "https://a.example/1",
         "extra": 1},
        {"id": "7", "text": "The mayor spoke with her colleague on Monday.", "source": "ledger.example"},
    ]  # fmt: skip
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)) + '\n{"title": "ohne Text"}\nkaputt\n')

    done = ran(tmp_path, "import", str(tmp_path / "in.jsonl"), "--feed", "Archiv", code=1)

    assert "2 done, 2 failed" in done.stdout
    assert "in.jsonl:3: text:" in done.stderr
    assert "in.jsonl:4:" in done.stderr
    by_source = {str(article["source"]): article for article in exported(tmp_path)}
    first = by_source["a.example"]
    assert (first["title"], first["text"], first["language"]) == ("Telefonat", f"{CALL}\n{MORE}", "de")
    assert (first["feed"], str(first["published_at"])[:10]) == ("Archiv", "2025-11-10")
    assert by_source["ledger.example"]["language"] == "en"
    with closing(open_database(f"sqlite:///{tmp_path}/var/eventwire.sqlite")) as database:
        assert pending(database) == {"code": 2, "index": 2, "match": 2}


def test_a_line_or_page_that_breaks_its_reader_costs_none_of_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "c.html").mkdir(parents=True)
    (folder / "a.html").write_bytes(page(CALL, MORE))
    (folder / "b.html.gz").write_bytes(gzip.compress(page(CALL, LAST))[:-20])
    done = ran(tmp_path, "import", str(folder), code=1)
    assert "1 done, 1 failed" in done.stdout
    assert "b.html.gz: it is no gzip file, or not a whole one" in done.stderr
    lines = [
        {"text": CALL, "date": "0001-01-01T00:00:00+01:00"},
        {"text": MORE, "url": "http://[x"},
        {"text": LAST, "date": 20251112},
        {"text": LAST, "date": 1762905600, "url": "https://seconds.example/1", "title": "Wende \x1b[31mim Rat"},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8-sig")
    shown = ran(tmp_path, "import", str(tmp_path / "in.jsonl"), code=1).stderr
    assert "in.jsonl:1" not in shown
    assert "in.jsonl:2: url: is no web address" in shown
    assert "in.jsonl:3: date: 20251112 is no date; write 2025-11-12" in shown
    (dated,) = (one for one in exported(tmp_path) if one["source"] == "seconds.example")
    assert str(dated["published_at"]).startswith("2025-11-12")
    assert dated["title"] == "Wende [31mim Rat"


def test_importing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"title": "Telefonat", "text": CALL}) + "\n")
    eventwire(tmp_path, "import", str(tmp_path / "in.jsonl"))
    assert "1 unchanged" in eventwire(tmp_path, "import", str(tmp_path / "in.jsonl"))
    assert len(exported(tmp_path)) == 1


def test_a_folder_of_pages_is_read_with_the_addresses_that_they_name(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    link = '<link rel="canonical" href="https://turmbote.example/stadt/bruecke">'
    (folder / "a.html").write_bytes(page(CALL, MORE, head=link))
    (folder / "b.html").write_bytes(page(MORE, LAST, title="Stau auf der Brücke"))
    (folder / "urls.json").write_text(json.dumps({"b.html": "https://neustadt.example/stau?utm_source=x"}))
    eventwire(tmp_path, "import", str(folder))
    found = {(article["url"], article["source"], article["title"]) for article in exported(tmp_path)}
    assert found == {
        ("https://turmbote.example/stadt/bruecke", "turmbote.example", "Telefonat über die Brücke"),
        ("https://neustadt.example/stau", "neustadt.example", "Stau auf der Brücke"),
    }


def test_csv_has_a_header_and_no_cell_that_a_spreadsheet_would_compute(tmp_path: Path) -> None:
    given = {"title": '=HYPERLINK("http://x")', "summary": "-2+3", "text": CALL}
    (tmp_path / "in.jsonl").write_text(json.dumps(given) + "\n")
    eventwire(tmp_path, "import", str(tmp_path / "in.jsonl"))
    (row,) = csv.DictReader(io.StringIO(eventwire(tmp_path, "export", "articles", "--format", "csv")))
    assert (row["title"], row["summary"]) == ('\'=HYPERLINK("http://x")', "'-2+3")
    assert row["text"] == CALL
    assert eventwire(tmp_path, "export", "events") == ""
    assert next(csv.reader([eventwire(tmp_path, "export", "events", "--format", "csv")])) == list(FIELDS["events"])


def test_every_problem_of_an_import_is_told_on_standard_error(tmp_path: Path) -> None:
    lines = [
        {"text": ""}, {"text": " 12.11. ***"}, {"text": None, "title": "-"}, {"title": "Nur ein Titel"}, ["Text"],
        {"text": CALL, "url": "foo bar"}, {"text": CALL, "url": "https://foo bar/"},
        {"text": CALL, "url": "mailto:a@b.c"},
        {"text": CALL, "country": "Deutschland"},
    ]  # fmt: skip
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)))
    done = ran(tmp_path, "import", str(tmp_path / "in.jsonl"), code=1)
    expected = ["text: has no letters"] * 3 + ["text: Field required", "must be an object"]
    expected += ["url: is no web address"] * 3 + ["country: "]
    told = done.stderr.splitlines()
    assert len(told) == len(expected)
    for number, (line, problem) in enumerate(zip(told, expected, strict=True), start=1):
        assert f"in.jsonl:{number}: {problem}" in line
    assert "0 done, 9 failed" in done.stdout
    assert "status" not in done.stdout
