"""Labels that are kept without their texts find them again, by offsets."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from training.coder import gold

HEADLINE = "Laut Ankara hat Athen die Gespräche über die Ägäis abgesagt."
PASSAGE = "Polens Außenminister traf am Montag seinen litauischen Kollegen in Wilna."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    longer = " ".join(
        [f"{PASSAGE} Sie sprachen über Wasser.", *["Es regnete den ganzen Tag."] * 15, "Zum Schluss schien die Sonne."]
    )
    for name, texts in (
        ("de_headlines", [HEADLINE]),
        ("de_wikinews", [longer]),
        ("en_news", []),
        ("en_ukraine_2014", []),
    ):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps({"date": "2025-03-04", "text": text}) + "\n" for text in texts)
    return tmp_path


def labelled(text: str, trigger: str) -> str:
    start = text.index(trigger)
    event = {"type": "negotiation", "status": "negated", "actors": ["GRC", "TUR"], "recipients": [],
             "spans": [[start, start + len(trigger)]]}  # fmt: skip
    return json.dumps({"id": hashlib.sha1(text.encode()).hexdigest()[:12], "events": [event]}) + "\n"


def labels(monkeypatch: pytest.MonkeyPatch, folder: Path, lines: str) -> list[dict]:
    (folder / "labels_de.jsonl").write_text(lines, encoding="utf-8")
    (folder / "labels_en.jsonl").write_text("", encoding="utf-8")
    monkeypatch.setattr(gold, "HERE", folder)
    return gold.read_labels(folder)


def test_a_trigger_is_words_of_the_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = labels(monkeypatch, folder, labelled(HEADLINE, "Gespräche"))
    assert (row["text"], row["date"]) == (HEADLINE, "2025-03-04")
    assert row["events"][0]["trigger"] == "Gespräche"


def test_a_whole_article_is_labelled_by_passages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passage = next(text for _, text in gold._german(folder) if text.startswith("Polens"))
    (row,) = labels(monkeypatch, folder, labelled(passage, "traf"))
    assert row["text"] == passage
    assert "Zum Schluss" not in passage


def test_a_label_whose_text_is_not_there_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert labels(monkeypatch, folder, labelled("Ein anderer Text.", "Text")) == []
