"""Mails to the operators: on change of state only, with the reason in words."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from processors.alerts import report_operations, send_operations_mail
from processors.database import Database, add_work, now
from processors.database.tables import feeds, work
from processors.errors import MailError
from processors.pipeline import Pipeline
from tests.alerts.conftest import House, event, text_of
from tests.alerts.mailserver import Inbox, MailServer


@pytest.fixture
def operated(house: House) -> House:
    house.with_mail(operators=("ops@example.org", "night@example.org"))
    with house.database.transaction() as connection:
        for number, name in enumerate(("Elbkurier", "Mainbote")):
            connection.execute(
                insert(feeds).values(
                    id=str(number), name=name, url=f"https://f{number}.example/rss", host=f"f{number}.example",
                    configured_url=f"https://f{number}.example/rss", state="ok", polling={}
                )
            )  # fmt: skip
    return house


def set_state(house: House, feed: str, state: str, error: str | None = None) -> None:
    with house.database.transaction() as connection:
        connection.execute(update(feeds).where(feeds.c.id == feed).values(state=state, last_error=error))


def report(house: House, index_problem: str | None = None) -> list[str]:
    """Reports and sends; the new mails' texts to one of the operators."""
    before = {row.id for row in house.rows()}
    report_operations(house.database, house.settings, index_problem=index_problem)
    house.send()
    new = [row.id for row in house.rows() if row.id not in before and row.recipient == "ops@example.org"]
    mails = {str(mail["Message-ID"])[1:21]: text_of(mail) for mail in house.delivered()}
    return [mails[one] for one in new]


def test_as_long_as_all_is_well_nobody_is_written_to(operated: House) -> None:
    assert report(operated) == []
    assert report(operated) == []


def test_a_feed_that_breaks_is_told_once_and_its_recovery_once(operated: House) -> None:
    report(operated)
    set_state(operated, "0", "broken", "HTTP 503 from the server")
    (text,) = report(operated)
    assert "Feed Elbkurier: is broken" in text
    assert "HTTP 503 from the server" in text
    assert "Mainbote" not in text
    assert report(operated) == []
    set_state(operated, "0", "ok")
    (text,) = report(operated)
    assert "Feed Elbkurier: works (before: is broken)" in text


@pytest.mark.parametrize(
    ("state", "said"),
    [("moved", "has moved"), ("blocked", "is blocked"), ("quiet", "has gone quiet"), ("gone", "is gone for good")],
)
def test_each_change_has_its_words(operated: House, state: str, said: str) -> None:
    report(operated)
    set_state(operated, "1", state)
    assert f"Feed Mainbote: {said}" in report(operated)[0]


def test_many_changes_are_one_mail_to_each_operator(operated: House) -> None:
    report(operated)
    set_state(operated, "0", "broken")
    set_state(operated, "1", "blocked")
    report_operations(operated.database, operated.settings, index_problem="connection refused")
    operated.send()
    assert sorted(str(mail["To"]) for mail in operated.delivered()) == ["night@example.org", "ops@example.org"]
    assert operated.delivered()[0]["Subject"] == "Eventwire: 3 changes in its running"


def test_a_feed_that_never_worked_is_told(operated: House) -> None:
    set_state(operated, "0", "broken", "no such host")
    assert "no such host" in report(operated)[0]


@pytest.mark.parametrize("password", ["GEHEIM99", "GEHEIM/99", "GE@HEIM99"])
def test_no_password_of_a_feed_is_shown_or_kept(operated: House, password: str) -> None:
    url = f"https://reader:{password}@f0.example/rss?page=2"
    with operated.database.transaction() as connection:
        change = {"url": url, "name": url, "last_error": f"{url} answers 404", "state": "broken"}
        connection.execute(update(feeds).where(feeds.c.id == "0").values(change))
    (text,) = report(operated)
    assert "f0.example/rss?page=2" in text
    assert not any("HEIM" in row.subject + row.body for row in operated.rows())


def test_a_feed_is_linked_without_the_user_that_it_is_asked_with(operated: House) -> None:
    with operated.database.transaction() as connection:
        url = "https://reader:geheim@f0.example:8443/rss?to=a@b.example"
        connection.execute(update(feeds).where(feeds.c.id == "0").values(url=url, state="broken"))
    assert "  https://f0.example:8443/rss?to=a@b.example\n" in report(operated)[0]


def test_of_reports_at_once_one_is_told(tmp_path: Path, database: Database) -> None:
    house = House(tmp_path, database)
    house.with_mail(operators=("ops@example.org",))
    start = threading.Barrier(4)

    def tell(_: int) -> int:
        start.wait()
        return report_operations(database, house.settings, index_problem="connection refused").counts["mails"]

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(tell, range(4))) == 1
    assert len(house.rows()) == 1
    assert report(house, "connection refused") == []


def test_an_index_that_hangs_holds_up_no_mails(operated: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processors.index.elastic.index.PATIENCE", 0.3)
    operated.write_rules({"name": "Calls", "query": "type:leader_call"})
    operated.happened(event())
    with operated.database.transaction() as connection:
        add_work(connection, "index", [f"event:{event().id}"])
    with socket.create_server(("127.0.0.1", 0)) as server:  # takes connections, and never says a word
        asked: list[tuple[socket.socket, int]] = []
        threading.Thread(target=_let_wait, args=(server, asked, operated), daemon=True).start()
        settings = operated.settings.model_copy(update={"index_url": f"http://127.0.0.1:{server.getsockname()[1]}"})
        pipeline, begun = Pipeline(settings, operated.database), now()
        index, _, _ = (pipeline.run(stage) for stage in ("index", "match", "send"))
    assert "does not answer" in index.problems[0]
    assert now() - begun < timedelta(seconds=30)
    assert [sent for _, sent in asked] == [0, 1], "the mail was sent before the index was asked how it is"
    assert {str(mail["To"]) for mail in operated.delivered()} > {"ops@example.org", "night@example.org"}


def _let_wait(server: socket.socket, asked: list[tuple[socket.socket, int]], house: House) -> None:
    with suppress(OSError):
        while True:
            asked.append((server.accept()[0], len(house.delivered())))


def test_an_index_that_is_away_is_told_when_it_goes_and_when_it_comes_back(operated: House) -> None:
    report(operated)
    assert "connection refused" in report(operated, "connection refused")[0]
    assert report(operated, "connection refused") == []
    assert "works (before: is away)" in report(operated)[0]


def test_an_index_that_is_set_up_wrong_is_told_and_holds_up_no_mails(operated: House) -> None:
    settings = operated.settings.model_copy(update={"index_url": "http://elastic:secret@host:many"})
    operated.write_rules({"name": "Calls", "query": "type:leader_call"})
    operated.happened(event())
    operated.match()
    Pipeline(settings, operated.database).send()
    mails = {str(mail["To"]): text_of(mail) for mail in operated.delivered()}
    assert set(mails) == {"desk@example.org", "ops@example.org", "night@example.org"}
    assert "index_url" in mails["ops@example.org"]
    assert "secret" not in mails["ops@example.org"]


def test_an_index_that_is_set_up_wrong_holds_up_no_matching(operated: House) -> None:
    settings = operated.settings.model_copy(update={"index_url": "http://elastic:secret@host:many"})
    operated.write_rules({"name": "Calls", "query": "type:leader_call"})
    operated.happened(event())
    pipeline = Pipeline(settings, operated.database)
    index, match, _ = (pipeline.run(stage) for stage in ("index", "match", "send"))
    assert "index_url" in index.problems[0]
    assert "secret" not in index.problems[0]
    assert match.counts["mails"] == 1
    assert "desk@example.org" in {str(mail["To"]) for mail in operated.delivered()}


def test_a_backlog_is_told_when_it_grows_and_when_it_is_worked_off(operated: House) -> None:
    report(operated)

    def waiting_for(minutes: int) -> None:
        with operated.database.transaction() as connection:
            add_work(connection, "code", ["a", "b"])
            since = now() - timedelta(minutes=minutes)
            connection.execute(update(work).where(work.c.stage == "code").values(added_at=since, not_before=since))

    waiting_for(30)
    assert report(operated) == []
    waiting_for(95)
    (text,) = report(operated)
    assert "Backlog of stage code: grows" in text
    assert "2 pieces wait, the oldest for 95 minutes" in text
    waiting_for(30)
    assert report(operated) == [], "half worked off is not worked off"
    waiting_for(5)
    assert "Backlog of stage code: works" in report(operated)[0]


def test_a_notice_goes_past_the_database(operated: House) -> None:
    assert send_operations_mail(operated.settings, "a DAG failed", "eventwire_code failed\nValueError: <b>no</b>") == 2
    first = operated.delivered()[0]
    assert first["Subject"] == "Eventwire: a DAG failed"
    assert "ValueError: <b>no</b>" in text_of(first)
    assert operated.rows() == []


def test_an_operator_whose_mail_is_refused_keeps_no_other_from_a_notice(operated: House, tmp_path: Path) -> None:
    inbox = Inbox()
    inbox.unknown.add("ops@example.org")
    server = MailServer(inbox, tmp_path)
    settings = operated.settings.model_copy(update={"smtp_url": server.url})
    try:
        with pytest.raises(MailError, match="550"):
            send_operations_mail(settings, "a DAG failed", "text")
    finally:
        server.stop()
    assert [str(mail["To"]) for mail in inbox.mails()] == ["night@example.org"]
