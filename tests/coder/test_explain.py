"""`eventwire explain` shows what was seen and why; the stage stores what the coder finds."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from processors.cli import main
from processors.coder import code_articles
from processors.coder.explain import as_html, as_text, explained
from processors.database import Database, add_work, claim, open_database, parked, pending
from processors.database.articles import insert_article
from processors.database.mentions import load_mentions
from processors.errors import ConfigError
from processors.records import Article
from processors.settings import ROOT, Settings, load_settings

TEXT = "Frankreich setzt die Lieferung von Raketen an Polen aus. <script>alert(1)</script> Der Chor probt."


def test_the_explanation_names_trigger_parties_rule_and_parsed_sentences() -> None:
    shown = as_text(explained(TEXT, "de", "2025-07-04", load_settings()))
    assert "[Frankreich|actor FRA]" in shown
    assert "[Polen|recipient POL]" in shown
    assert "arms_delivery_pause (occurred) FRA -> POL" in shown
    assert "rule pause." in shown
    assert "role FRA: actor" in shown
    assert "sentences parsed" in shown


def test_a_language_without_a_lexicon_is_wrong_usage_and_a_tag_of_one_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    for language, code in (("fr", 2), ("de-AT", 0), ("EN", 0)):
        with pytest.raises(SystemExit) as ended:
            main(["explain", str(path), "--lang", language])
        assert ended.value.code == code
    assert "Invalid value for --lang: 'fr' has no lexicon; known: de, en" in capsys.readouterr().err


def test_what_turned_the_roles_is_named() -> None:
    text = "Russian troops must leave Ukraine, French President Emmanuel Macron said."
    shown = as_text(explained(text, "en", "2025-07-04", load_settings()))
    assert "demand (occurred) FRA -> RUS" in shown
    assert "'must': its subject is asked, who says so asks" in shown


@pytest.mark.parametrize("day", ["on May 3", "in May", "on 3 May", "since May"])
def test_the_month_of_may_is_no_verb(day: str) -> None:
    shown = as_text(explained(f"Russia attacked Odesa {day}.", "en", "2025-07-04", load_settings()))
    assert "attack (" in shown
    assert "cue 'may'" not in shown


def test_nor_is_whose_may_it_was() -> None:
    shown = as_text(explained("India's May strikes on Pakistan killed dozens.", "en", "2025-07-04", load_settings()))
    assert "attack (" in shown
    assert "cue 'may'" not in shown


@pytest.mark.parametrize(
    "text", ["Russia may attack Odesa.", "May 3 (AP) - Russia may attack Odesa.", "Russia May Attack Odesa"]
)
def test_the_verb_may_is_a_cue_beside_the_month(text: str) -> None:
    assert "cue 'may': hypothetical, 1 word before" in as_text(explained(text, "en", "2025-07-04", load_settings()))


@pytest.mark.parametrize(
    ("language", "text", "cue"),
    [
        ("en", "Russia, which denies any guilt, attacked Odesa.", "denies"),
        ("en", "Russia (which denies any guilt) attacked Odesa.", "denies"),
        ("de", "Russland (das alles bestreitet) griff Odessa an.", "bestreitet"),
        ("en", "Russia has not only attacked Odesa.", "has not"),
        ("de", "Russland hat Odessa nicht zum ersten Mal angegriffen.", "nicht"),
        ("en", "No casualties were reported when Russia attacked Odesa.", "no"),
    ],
)
def test_what_is_said_by_the_way_is_no_cue(language: str, text: str, cue: str) -> None:
    shown = as_text(explained(text, language, "2025-07-04", load_settings()))
    assert "attack (" in shown
    assert f"cue '{cue}'" not in shown


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The summit of Trump and Xi, which has been cancelled, was planned for Seoul.", "cancelled"),
        ("Russia denies that it, as Kyiv says, attacked Odesa.", "denies"),
    ],
)
def test_what_is_said_of_the_event_itself_is_a_cue(text: str, cue: str) -> None:
    assert f"cue '{cue}': negated" in as_text(explained(text, "en", "2025-07-04", load_settings()))


def test_the_page_escapes_the_text_and_is_well_formed() -> None:
    page = as_html(explained(TEXT, "de", "2025-07-04", load_settings()))
    assert "<script>" not in page
    assert '<mark class="actor"' in page
    HTMLParser().feed(page)


def test_a_wrong_date_is_named() -> None:
    with pytest.raises(ConfigError, match="--date 'July'"):
        explained(TEXT, "de", "July", load_settings())


def test_the_command_reads_a_file_and_writes_a_page(tmp_path: Path) -> None:
    import typer

    from processors.cli.coder import explain

    app = typer.Typer()
    app.command()(explain)
    source, page = tmp_path / "text.txt", tmp_path / "page.html"
    source.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, [str(source), "--date", "2025-07-04", "--html", str(page)])
    assert result.exit_code == 0
    assert "arms_delivery_pause" in result.output
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_text_in_another_charset_is_read_as_far_as_it_goes() -> None:
    import typer

    from processors.cli.coder import explain

    app = typer.Typer()
    app.command()(explain)
    result = CliRunner().invoke(app, ["-"], input="Außenminister Fidan traf Lawrow in Moskau.".encode("latin-1"))
    assert result.exit_code == 0
    assert "[traf|trigger leader_meeting] [Lawrow|actor RUS]" in result.output
    assert "language de" in result.output


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lukaschenko hat sich in einem persönlichen Schreiben an Präsident Trump gewandt.", "de"),
        ("Kiew und Moskau kehren am Donnerstag in Istanbul an den Verhandlungstisch zurück.", "de"),
        ("Mali, Burkina Faso and Niger quit the International Criminal Court.", "en"),
        ("1 2 3", "en"),
    ],
)
def test_the_language_of_a_text_that_comes_without_one_is_guessed(text: str, language: str) -> None:
    assert explained(text, "", "", load_settings()).language == language


def article(number: int, language: str, title: str) -> Article:
    at = datetime(2025, 7, 4, 12, tzinfo=UTC)
    return Article(
        id=f"article{number}", url=f"https://example.org/{number}", source="example.org", feed="f", language=language,
        country=None, published_at=at, fetched_at=at, title=title, summary="", text="Mehr ist noch nicht bekannt.",
    )  # fmt: skip


def to_be_coded(database: Database, *articles: Article) -> None:
    with database.transaction() as connection:
        for one in articles:
            insert_article(connection, one, "hash")
        add_work(connection, "code", [one.id for one in articles if not one.duplicate_of])


def test_the_stage_stores_mentions_and_hands_the_articles_on(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    to_be_coded(database, article(1, "de", "Macron telefoniert mit Putin"), article(2, "fr", "Macron appelle Poutine"))
    summary = code_articles(database, Settings().with_defaults())
    assert (summary.counts["done"], summary.counts["failed"], summary.counts["skipped"]) == (2, 0, 1)
    with database.reading() as connection:
        found = load_mentions(connection, ["article1", "article2"])
    assert {mention.type for mention in found} == {"leader_call"}
    assert pending(database)["resolve"] == 2
    assert claim(database, "code", 10) == []
    database.close()


def test_what_an_article_reports_is_matched_and_reaches_its_copies_in_the_index(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    original = article(1, "de", "Macron telefoniert mit Putin")
    copies = [replace(article(number, "de", original.title), duplicate_of=original.id) for number in (2, 3)]
    to_be_coded(database, original, *copies, article(4, "de", "Der Chor probt am Abend"))
    code_articles(database, Settings().with_defaults())
    assert {one.key for one in claim(database, "match", 10)} == {"article:article1", "article:article4"}
    assert {one.key for one in claim(database, "index", 10)} == {f"article:article{number}" for number in (1, 2, 3, 4)}
    database.close()


@pytest.mark.parametrize("file", ["lexicon/de.yaml", "actors/offices.yaml"])
def test_articles_wait_while_a_file_of_the_coder_is_half_saved(tmp_path: Path, file: str) -> None:
    config = shutil.copytree(ROOT / "config", tmp_path / "config")
    settings = Settings(config_dir=config, var_dir=tmp_path).with_defaults()
    database = open_database(settings.database_url)
    to_be_coded(database, *(article(number, "de", "Macron telefoniert mit Putin") for number in (1, 2)))
    whole = (config / file).read_text(encoding="utf-8")
    (config / file).write_text(f"{whole[:2000]}\n  : [", encoding="utf-8")
    for _ in range(4):
        with pytest.raises(ConfigError, match=file):
            code_articles(database, settings)
    assert (parked(database), pending(database)) == ([], {"code": 2})
    (config / file).write_text(whole, encoding="utf-8")
    assert code_articles(database, settings).counts["mentions"] == 2
    database.close()
