"""`eventwire alerts`, as typed."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from processors.alerts.recipients import UNSUBSCRIBED, mute
from processors.alerts.samples import sample_article
from processors.database import now
from tests.alerts.conftest import DESK, REDAKTION, House, event

CALLS = {"name": "Calls", "query": "type:leader_call", "subscribers": [DESK, REDAKTION], "description": "All calls."}


def eventwire(house: House, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EVENTWIRE")} | {
        "EVENTWIRE_DATABASE_URL": house.settings.database_url,
        "EVENTWIRE_CONFIG_DIR": str(house.settings.config_dir),
        "EVENTWIRE_SMTP_URL": house.settings.smtp_url,
        "EVENTWIRE_VAR_DIR": str(house.settings.var_dir),
        "COLUMNS": "200",
    }
    return subprocess.run(
        [sys.executable, "-m", "processors", "alerts", *arguments],
        env=environment, capture_output=True, text=True, check=False, cwd=house.folder,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    from processors.settings import ROOT

    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_list_shows_rules_hits_and_who_is_muted(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event())
    house.match()
    eventwire(house, "mute", "Calls", "--address", "desk@example.org", "--days", "3")
    (row,) = json.loads(eventwire(house, "list", "--format", "json").stdout)
    assert (row["name"], row["hits_7_days"], list(row["muted"])) == ("Calls", 1, ["desk@example.org"])
    assert "type:leader_call" in eventwire(house, "list").stdout
    eventwire(house, "mute", "Calls")
    with house.database.transaction() as connection:
        mute(connection, "Calls", "redaktion@example.org", datetime(2099, 5, 31, 22, 0, tzinfo=UTC))
    told = eventwire(house, "list").stdout
    assert "everybody for ever" in told
    assert "redaktion@example.org until 2099-05-31 22:00 UTC" in told


def test_check_says_that_all_is_well_or_what_is_not(house: House) -> None:
    house.write_rules(CALLS)
    good = eventwire(house, "check")
    assert (good.returncode, "1 rule, all well" in good.stdout) == (0, True)
    house.write_rules(CALLS | {"query": "type:nonsense"})
    bad = eventwire(house, "check")
    assert bad.returncode == 2
    assert "alerts.yaml:" in bad.stderr
    assert "rules.0.query" in bad.stderr
    house.write_rules(CALLS | {"notify": ["nosuchservice://x"]})
    unknown = eventwire(house, "check")
    assert unknown.returncode == 2
    assert "rules.0.notify.0: apprise does not know" in unknown.stderr


def test_test_shows_what_a_rule_would_have_told_and_tells_nobody(house: House) -> None:
    house.write_rules(CALLS | {"min_sources": 3}, {"name": "Words", "query": "text:ceasefire", "on": "articles"})
    house.happened(event("many", source_count=3, last_seen_at=now()))
    house.happened(event("few", source_count=1, last_seen_at=now()))
    house.published(sample_article(1, id="fresh", fetched_at=now()))
    shown = eventwire(house, "test", "calls", "--days", "2")
    assert shown.returncode == 0
    assert event("many").id in shown.stdout
    assert event("few").id not in shown.stdout
    assert "1 of 2 meet the rule" in shown.stdout
    assert "ledger.example" in eventwire(house, "test", "Words").stdout
    house.write_rules(CALLS)
    assert "(1 source, confidence" in eventwire(house, "test", "Calls").stdout
    assert eventwire(house, "test", "Calls", "--query", "type:protest").returncode == 1
    assert house.rows() == []


def test_preview_writes_the_mail_of_each_subscriber(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event(last_seen_at=now()))
    shown = eventwire(house, "preview", "Calls", "--to", "out")
    assert shown.returncode == 0, shown.stderr
    names = sorted(file.name for file in (house.folder / "out").iterdir())
    assert names == ["1-en.eml", "1-en.html", "1-en.txt", "2-de.eml", "2-de.html", "2-de.txt"]
    assert "Telefonat zwischen Russland und den USA" in (house.folder / "out" / "2-de.txt").read_text()
    assert house.rows() == []


def test_preview_of_a_digest_rule_shows_the_digest_of_the_last_period_that_has_one(house: House) -> None:
    house.write_rules(CALLS | {"when": "daily at 07:30", "subscribers": [DESK]})
    london = datetime.now(ZoneInfo("Europe/London")).replace(hour=12, minute=0)
    for name, days in (("one", 2), ("two", 2), ("before", 3), ("old", 9)):
        house.happened(event(name, last_seen_at=(london - timedelta(days=days)).astimezone(UTC)))
    shown = eventwire(house, "preview", "Calls", "--to", "out")
    assert (shown.returncode, shown.stderr) == (0, "")
    text = (house.folder / "out" / "1-en.txt").read_text()
    assert text.startswith("Calls: 2 events\n")
    assert f"{(london - timedelta(days=2)).day} " in text.partition(", 07:30 to ")[0]
    assert text.count("1 in the period before") == 2
    assert house.rows() == []


def test_preview_of_a_digest_that_would_be_empty_shows_invented_ones(house: House) -> None:
    house.write_rules(
        CALLS | {"when": "hourly", "subscribers": [DESK]},
        {"name": "Papers", "query": "text:Macron", "on": "articles", "when": "weekly"},
    )
    assert eventwire(house, "preview", "Calls", "--to", "events").returncode == 0
    assert (house.folder / "events" / "1-en.txt").read_text().startswith("Calls: 5 events\n")
    assert eventwire(house, "preview", "Papers", "--to", "articles").returncode == 0
    assert (house.folder / "articles" / "1-en.txt").read_text().startswith("Papers: 5 articles\n")


def test_mute_holds_until_it_is_ended(house: House) -> None:
    house.write_rules(CALLS)
    muted = eventwire(house, "mute", "Calls")
    assert "everybody muted until --off" in muted.stdout
    house.happened(event("silent"))
    house.go()
    assert house.rows() == []
    assert "unmuted" in eventwire(house, "mute", "Calls", "--off").stdout
    house.happened(event("loud"))
    house.go()
    assert len(house.delivered()) == 2


def test_mute_refuses_whom_the_rule_does_not_know(house: House) -> None:
    house.write_rules(CALLS)
    assert "there is no alert rule 'Cals'; there are: Calls" in eventwire(house, "mute", "Cals").stderr
    assert eventwire(house, "mute", "Calls", "--address", "x@example.org").returncode == 2
    assert eventwire(house, "mute", "Calls", "--until", "soon").returncode == 2
    for day in ("9999-12-31", "2020-01-01"):
        assert eventwire(house, "mute", "Calls", "--until", day).returncode == 2
    assert eventwire(house, "mute", "Calls", "--off", "--days", "3").returncode == 2


def test_who_has_unsubscribed_is_not_brought_back_by_a_mute_that_ends(house: House) -> None:
    house.write_rules(CALLS)
    reader = DESK["address"]
    with house.database.transaction() as connection:
        mute(connection, "Calls", reader, by=UNSUBSCRIBED)
    refused = eventwire(house, "mute", "Calls", "--address", reader, "--days", "1")
    assert (refused.returncode, "has unsubscribed" in refused.stderr) == (2, True)
    assert f"was not muted ({reader} still muted)" in eventwire(house, "mute", "Calls", "--off").stdout
    assert "unmuted\n" in eventwire(house, "mute", "Calls", "--address", reader, "--off").stdout


def test_gallery_shows_every_kind_of_mail(house: House) -> None:
    assert eventwire(house, "gallery", "g").returncode == 0
    pages = {file.stem.partition("-")[2] for file in (house.folder / "g").glob("*-*.html")}
    assert {"event", "event-update", "digest", "digest-overflow", "article", "operations", "hostile"} <= pages
