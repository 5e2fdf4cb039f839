"""`eventwire extract`, as typed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TEXT = "Macron met Merz in Paris on Wednesday."


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


def test_the_texts_are_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "texts.jsonl", {"id": "a", "text": TEXT})
    done = extract("-i", path, "-o", path)
    assert (done.returncode, "name another --output" in done.stderr) == (2, True)
    assert TEXT in Path(path).read_text(encoding="utf-8")
