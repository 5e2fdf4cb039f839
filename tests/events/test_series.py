"""Two sides over time, and the commands that show events."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from processors.database import Database, open_database
from processors.database.series import DyadEvent, dyad_events
from processors.events.series import Point, series
from tests.events.reports import article, day, events, mention, only, report, resolve


def test_weeks_without_events_are_points_too() -> None:
    found = [
        DyadEvent("a", date(2026, 3, 3), "leader_call", 1, 1.0),
        DyadEvent("b", date(2026, 3, 8), "threat", 3, -4.4),
        DyadEvent("c", date(2026, 3, 16), "attack", 4, -10.0),
    ]
    assert series(found, "week") == [
        Point(date(2026, 3, 2), 2, -1.7, 1, 1),
        Point(date(2026, 3, 9), 0, None, 0, 0),
        Point(date(2026, 3, 16), 1, -10.0, 0, 1),
    ]
    assert len(series(found, "day")) == 14
    assert series([], "day") == []


def test_before_the_first_news_only_weeks_that_are_looked_back_on_are_points() -> None:
    found = [
        DyadEvent("end of war", date(1945, 5, 8), "agreement", 1, 8.0, looked_back=True),
        DyadEvent("a", date(2026, 3, 3), "leader_call", 1, 1.0),
        DyadEvent("also looked back on", date(2026, 3, 10), "leader_call", 1, 1.0, looked_back=True),
        DyadEvent("b", date(2026, 3, 20), "leader_call", 1, 1.0),
    ]
    starts = [(point.start, point.events) for point in series(found, "week")]
    march = [(date(2026, 3, 2), 1), (date(2026, 3, 9), 1), (date(2026, 3, 16), 1)]
    assert starts == [(date(1945, 5, 7), 1), *march]
    assert [(point.start, point.events) for point in series(found[:1], "week")] == starts[:1]
    assert len(series(found, "day")) == 19


def test_an_event_is_a_part_of_the_day_or_week_that_its_time_lies_in_and_else_of_none() -> None:
    found = [
        DyadEvent("reported", date(2026, 3, 4), "threat", 3, -4.4, "unknown"),
        DyadEvent("week", date(2026, 3, 2), "threat", 3, -4.4, "week"),
        DyadEvent("month", date(2026, 3, 1), "threat", 3, -4.4, "month"),
        DyadEvent("year", date(2026, 1, 1), "threat", 3, -4.4, "year", looked_back=True),
    ]
    assert [(point.start, point.events) for point in series(found, "week")] == [(date(2026, 3, 2), 2)]
    assert [(point.start, point.events) for point in series(found, "day")] == [(date(2026, 3, 4), 1)]
    assert series(found[2:], "week") == []


def test_a_look_back_without_a_date_is_no_event_of_the_day_it_was_told(database: Database) -> None:
    report(database, article("back"), mention("arms_delivery_pause", "USA>UKR", None, "historical"))
    report(database, article("dated", 0.1), mention("arms_delivery_pause", "USA>UKR", -40, "historical"))
    report(database, article("news", 1), mention("threat", "USA>UKR", quad_class=3, goldstein=-4.4))
    resolve(database)
    with database.reading() as connection:
        found = [(one.day, one.precision, one.looked_back) for one in dyad_events(connection, "USA", "UKR")]
    assert found == [(day(-40), "day", True), (day(1), "unknown", False)]


def test_a_series_counts_what_took_place_between_the_two_whoever_acted(database: Database) -> None:
    codes = {"goldstein": -4.4, "quad_class": 3}
    report(database, article("one"), mention("threat", "RUS>POL", 0, **codes))
    report(database, article("back", 1), mention("threat", "POL>RUS", 1, **codes))
    report(database, article("plan", 1.1), mention("leader_call", "POL,RUS", 3, "planned"))
    report(database, article("other", 1.2), mention("threat", "RUS>UKR", 1, **codes))
    resolve(database)
    with database.reading() as connection:
        assert [(one.day, one.goldstein) for one in dyad_events(connection, "RUS", "POL")] == [
            (day(0), -4.4),
            (day(1), -4.4),
        ]
        assert len(dyad_events(connection, "POL", "RUS", day(1), day(9))) == 1


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a database that has two events."""
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    codes = {"goldstein": 1.0, "quad_class": 1, "plover": "CONSULT", "cameo": "041"}
    report(database, article("one"), mention("leader_call", "RUS,USA", 0, sentence="They spoke.", **codes))
    report(database, article("two", 9), mention("leader_call", "RUS,USA", 9, **codes))
    resolve(database)
    database.close()
    return tmp_path


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "EVENTWIRE_DATABASE_URL": f"sqlite:///{home / 'eventwire.sqlite'}"}
    command = [sys.executable, "-m", "processors", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_series_as_csv(home: Path) -> None:
    done = run(home, "series", "usa", "RUS", "--by", "week", "--format", "csv")
    assert done.stdout.splitlines() == [
        "start,events,mean_score,cooperation,conflict",
        "2026-03-02,1,1.0,1,0",
        "2026-03-09,1,1.0,1,0",
    ]


def test_sides_that_never_met_are_told_what_a_side_is(home: Path) -> None:
    done = run(home, "series", "Russia", "USA")
    assert (done.returncode, "sides are ids, such as RUS" in done.stderr) == (0, True)
    assert run(home, "series", "USA", "RUS", "--since", "2026-03-02", "--until", "2026-03-01").returncode == 2


def test_the_series_as_a_chart_names_both_directions(home: Path) -> None:
    done = run(home, "series", "USA", "RUS", "--format", "chart")
    assert done.returncode == 0, done.stderr
    assert "cooperation" in done.stdout
    assert "conflict" in done.stdout
    assert "02.03.26" in done.stdout
    assert "█" in done.stdout


def test_a_series_of_strangers_is_empty_and_no_error(home: Path) -> None:
    done = run(home, "series", "USA", "XKX", "--format", "chart")
    assert (done.returncode, done.stdout.strip()) == (0, "USA and XKX: 0 events")


def test_a_wrong_day_is_told_with_an_example(home: Path) -> None:
    done = run(home, "series", "USA", "RUS", "--since", "gestern")
    assert done.returncode == 2
    assert "2026-01-31" in done.stderr


def test_the_day_of_a_report_is_shown_as_that(home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'eventwire.sqlite'}")
    report(database, article("undated", 3), mention("threat", "RUS>POL", goldstein=-4.4, quad_class=3))
    resolve(database)
    threat = next(event for event in events(database) if event.type == "threat")
    assert f"reported {day(3)}" in run(home, "events", "show", threat.id).stdout


def test_events_are_shown_hidden_and_shown_again(home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'eventwire.sqlite'}")
    first = events(database)[0].id
    shown = run(home, "events", "show", first)
    assert "They spoke." in shown.stdout
    assert "one.example" in shown.stdout
    assert json.loads(run(home, "events", "show", first, "--format", "json").stdout)["type"] == "leader_call"
    assert run(home, "events", "hide", first, "--by", "ada").returncode == 0
    assert only(events(database)).id != first
    assert "ada" in run(home, "events", "show", first).stdout
    assert run(home, "events", "hide", first, "--undo").returncode == 0
    assert len(events(database)) == 2


def test_merging_on_the_command_line_leaves_a_link(home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'eventwire.sqlite'}")
    first, second = (event.id for event in events(database))
    assert run(home, "events", "merge", first, second).returncode == 0
    assert f"{second} was merged into {first}" in run(home, "events", "show", second).stdout


def test_an_unknown_event_is_an_error_in_one_line(home: Path) -> None:
    done = run(home, "events", "show", "nowhere")
    assert done.returncode == 1
    assert done.stderr.strip() == "eventwire: there is no event 'nowhere'"
