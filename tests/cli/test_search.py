"""The tables of `eventwire search` in a pipe, where other programs read them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from processors.cli import main
from processors.index import open_index
from tests.index.corpus import EVENTS, article

ADDRESS = "https://elbkurier.example/" + "ausland/" * 40 + "stopp"


@pytest.fixture
def search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Puts documents into an index and searches it; gives standard output."""
    address = f"tantivy://{tmp_path / 'index'}"
    monkeypatch.setenv("EVENTWIRE_INDEX_URL", address)

    def call(kind: Any, documents: list[dict[str, Any]], *arguments: str) -> str:
        index = open_index(address)
        index.upsert(kind, documents)
        index.close()
        with pytest.raises(SystemExit) as ended:
            main(["search", *arguments])
        assert ended.value.code == 0
        return capsys.readouterr().out

    return call


def test_an_article_without_an_address_is_shown_without_one(search: Callable[..., str]) -> None:
    here, nowhere = article("here", "de", "Mit Adresse", "Text."), article("nowhere", "de", "Ohne", "Text.", url=None)
    lines = search("articles", [here, nowhere], "*:*", "--articles").splitlines()
    assert [line for line in lines if "Ohne" in line]
    assert [line.split()[-1] for line in lines if "http" in line] == ["https://elbkurier.example/here"]
    assert lines[-1] == "2 articles"


def test_what_is_piped_is_not_wrapped_and_ends_where_its_text_ends(search: Callable[..., str]) -> None:
    title = "Washington hält " + "und hält " * 30 + "zurück"
    found = [article("long", "de", title, "Text.", url=ADDRESS), article("short", "de", "Kurz", "Text.")]
    lines = search("articles", found, "*:*", "--articles").splitlines()
    assert [line for line in lines if line.endswith(ADDRESS)]
    assert [line for line in lines if line.endswith(title)]
    assert [line for line in lines if line != line.rstrip()] == []


def test_signs_of_a_source_are_no_markup(search: Callable[..., str]) -> None:
    assert "[/red]" in search("articles", [article("a", "de", "Eins", "Text.", source="[/red]")], "*:*", "--articles")


@pytest.mark.parametrize(
    "arguments",
    [
        ["-type:leader_call", "--limit", "1"],
        ["--sort", "-published_at", "-type:leader_call AND -type:nonesuch*", "--limit=1"],
        ["--limit", "1", "--", "-type:leader_call"],
    ],
)
def test_a_query_may_begin_with_a_minus(search: Callable[..., str], arguments: list[str]) -> None:
    calls = sum(event["type"] == "leader_call" for event in EVENTS)
    assert f"{len(EVENTS) - calls} events, 1 shown" in search("events", EVENTS, *arguments)


@pytest.mark.parametrize("wrong", ["--artciles", "-h"])
def test_an_option_that_there_is_not_is_no_query(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["search", "type:threat", wrong])
    assert (ended.value.code, f"No such option: {wrong}" in capsys.readouterr().err) == (2, True)
