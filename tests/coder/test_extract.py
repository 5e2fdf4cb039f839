"""`eventwire extract`, as typed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TEXT = "Macron met Merz in Paris on Wednesday."
LINES = [
    *enumerate(["2025-11-13", "20251113", "2025-W46-4", 1_762_992_000, "1762992000", 1_762_992_000_000]),
    ("text", "2025-11-13T08:00:00z"),
    (7.5, "2025-11-13 08:00"),
]


def extract(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "processors", "extract", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def written(path: Path, *rows: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_articles_as_they_are_exported_keep_their_day_and_language(tmp_path: Path) -> None:
    exported = {"id": "a", "title": None, "text": TEXT, "language": "en", "published_at": "2025-11-13T08:00:00+00:00"}
    own = {"id": "b", "text": TEXT, "lang": "en-GB", "date": "2025-11-13"}
    done = extract("-i", written(tmp_path / "in.jsonl", exported, own))
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["lang"], row["events"][0]["event_date"]) for row in rows] == [("en", "2025-11-12")] * 2


def test_ids_dates_and_headlines_are_taken_as_importing_takes_them(tmp_path: Path) -> None:
    rows = [{"id": id_, "text": TEXT, "lang": "en", "date": date} for id_, date in LINES]
    headline = {"id": "headline", "title": TEXT, "text": None, "lang": "en", "date": "2025-11-13"}
    done = extract("-i", written(tmp_path / "in.jsonl", *rows, headline))
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in found] == [id_ for id_, _ in LINES] + ["headline"]
    assert {row["events"][0]["event_date"] for row in found} == {"2025-11-12"}


def test_lines_that_cannot_be_read_cost_the_others_nothing(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    bad = ['{"id": ' + "1" * 5_000 + "}", '{"id": true, "text": "x"}', '{"id": 1, "text": "x", "date": 2025}']
    good = json.dumps({"id": "a", "text": TEXT, "lang": "en"})
    path.write_text("\ufeff" + "\n".join([good, *bad]) + "\n", encoding="utf-8")
    done = extract("-i", str(path))
    assert (done.returncode, done.stderr) == (1, "3 lines could not be coded\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("id", row.get("line")) for row in rows] == ["a", 2, 3, 1]
    assert "events" in rows[0]
    assert '"id" is missing, or neither text nor a number' in rows[2]["error"]
    assert "2025 is no date; write 2025-11-12" in rows[3]["error"]


def test_the_texts_are_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "texts.jsonl", {"id": "a", "text": TEXT})
    done = extract("-i", path, "-o", path)
    assert (done.returncode, "name another --output" in done.stderr) == (2, True)
    assert TEXT in Path(path).read_text(encoding="utf-8")
