"""Sending to a real SMTP server, and to a folder."""

import re
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from processors.alerts import report_operations
from processors.alerts.sending import RETRY_FOR, after_refusal
from processors.alerts.transport import MailServerAway, SmtpServer, open_transport
from processors.database import now, parked, pending, unpark
from processors.database.alerts import Mail, withdraw_mails
from processors.database.work import MAX_ATTEMPTS
from processors.errors import ConfigError
from tests.alerts.conftest import DESK, REDAKTION, House, event, killed, started
from tests.alerts.mailserver import Inbox, MailServer

CALLS = {"name": "Calls", "query": "type:leader_call", "subscribers": [DESK, REDAKTION]}


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def serve(house: House, inbox: Inbox, tmp_path: Path) -> Iterator[Callable[..., MailServer]]:
    """Starts the server and points the house at it."""
    servers = []

    def start(**options: object) -> MailServer:
        server = MailServer(inbox, tmp_path, **options)  # type: ignore[arg-type]
        servers.append(server)
        house.settings = house.settings.model_copy(update={"smtp_url": server.url})
        return server

    yield start
    for server in servers:
        server.stop()


def test_mails_go_encrypted_after_login_and_are_marked_with_the_answer(
    house: House, inbox: Inbox, serve: Callable[..., MailServer]
) -> None:
    serve(secure=True)
    house.write_rules(CALLS)
    house.happened(event())
    assert house.go().counts["done"] == 2
    assert {str(mail["To"]) for mail in inbox.mails()} == {"desk@example.org", "redaktion@example.org"}
    assert inbox.logins == 1
    assert [row.server_answer for row in house.rows()] == ["250 2.0.0 queued as 1", "250 2.0.0 queued as 2"]
    assert all(row.state == "sent" and row.sent_at for row in house.rows())


def test_a_wrong_password_or_certificate_lets_mails_wait(
    house: House, inbox: Inbox, serve: Callable[..., MailServer]
) -> None:
    server = serve(secure=True)
    house.write_rules(CALLS)
    house.happened(event())
    house.match()
    for url in (server.url.replace("p%3A", "q%3A"), server.url.partition("&cafile")[0]):
        house.settings = house.settings.model_copy(update={"smtp_url": url})
        house.make_due()
        summary = house.send()
        assert summary.counts["failed"] == 0
        assert "the mails wait" in summary.problems[0]
        assert "p%3Aa" not in summary.problems[0]
    house.settings = house.settings.model_copy(update={"smtp_url": server.url})
    house.make_due()
    assert house.send().counts["done"] == 2
    assert inbox.taken


def test_one_bad_address_is_parked_and_holds_up_nobody(
    house: House, inbox: Inbox, serve: Callable[..., MailServer]
) -> None:
    serve()
    inbox.unknown.add("desk@example.org")
    house.write_rules(CALLS)
    house.happened(event())
    summary = house.go()
    assert (summary.counts["done"], summary.counts["failed"]) == (1, 1)
    (dead,) = parked(house.database, "send")
    assert "550 5.1.1 no such user here" in dead.error
    assert {row.recipient: row.state for row in house.rows()} == {
        "desk@example.org": "parked",
        "redaktion@example.org": "sent",
    }


def test_a_parked_mail_can_be_sent_after_all(house: House, inbox: Inbox, serve: Callable[..., MailServer]) -> None:
    serve()
    inbox.unknown.add("desk@example.org")
    house.write_rules(CALLS)
    house.happened(event())
    house.go()
    inbox.unknown.clear()
    assert unpark(house.database, "send") == 1
    assert house.send().counts["done"] == 1
    assert len(inbox.taken) == 2


def test_a_server_that_is_down_costs_delay_only(house: House, inbox: Inbox, serve: Callable[..., MailServer]) -> None:
    port = serve().port
    serve_again = serve
    house.write_rules(CALLS)
    house.happened(event())
    house.match()
    house.settings = house.settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9"})
    for _ in range(12):
        house.make_due()
        summary = house.send()
        assert (summary.counts["done"], summary.counts["failed"]) == (0, 0)
    assert pending(house.database) == {"send": 2}
    assert serve_again().port != port
    house.make_due()
    assert house.send().counts["done"] == 2


def _mail(**data: object) -> Mail:
    return Mail("m", "<m@x>", "Calls", "desk@example.org", "event", "", "", None, data, "pending", now())


def test_what_is_refused_for_now_is_tried_with_growing_pauses_for_two_days() -> None:
    mail, at, pauses = _mail(), now(), []
    start = at
    while True:
        data, next_try = after_refusal(mail, at)
        if next_try is None:
            break
        pauses.append(next_try - at)
        mail, at = replace(mail, data=data), next_try
    assert pauses[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert pauses == sorted(pauses)
    assert RETRY_FOR <= at - start < RETRY_FOR + max(pauses)


def test_after_two_days_a_refused_mail_is_parked(house: House, inbox: Inbox, serve: Callable[..., MailServer]) -> None:
    from processors.database.alerts import set_mails

    serve()
    inbox.refuse_every = 1
    house.write_rules(CALLS | {"subscribers": [DESK]})
    house.happened(event())
    house.match()
    (row,) = house.rows()
    since = (now() - RETRY_FOR).isoformat()
    with house.database.transaction() as connection:
        set_mails(connection, [row.id], data={**row.data, "refused": 30, "refused_since": since})
    assert house.send().counts["failed"] == 1
    assert "451 4.7.1 try again later" in parked(house.database, "send")[0].error


def test_an_update_waits_for_the_mail_before_it(house: House, inbox: Inbox, serve: Callable[..., MailServer]) -> None:
    serve()
    inbox.refuse_every = 1
    house.write_rules(CALLS | {"subscribers": [DESK], "realert_on": ["new_status"]})
    house.happened(event(status="planned"))
    house.go()
    inbox.refuse_every = 0
    house.happened(event(status="occurred"))
    house.go()
    assert inbox.taken == []
    for _ in range(2):
        house.make_due()
        house.send()
    subjects = [str(mail["Subject"]) for mail in inbox.mails()]
    assert subjects == [
        "Announced: Phone call between Russia and the United States",
        "Re: Announced: Phone call between Russia and the United States",
    ]


def test_five_hundred_hits_five_kills_and_a_difficult_server(
    house: House, inbox: Inbox, serve: Callable[..., MailServer]
) -> None:
    house.write_rules(CALLS | {"subscribers": [DESK], "realert_on": ["new_status"]})
    for status in ("hypothetical", "planned", "occurred", "negated", "historical"):
        for number in range(100):
            house.happened(event(f"e{number:02}x", status=status), [])
        house.match()
    serve(secure=True)
    inbox.refuse_every, inbox.cut_at, inbox.pause_at = 3, {100}, {200: 10.0}
    assert pending(house.database) == {"send": 500}

    kills = (
        "send.before-send:7",
        "send.before-mark:20",
        "send.before-mark:35",
        "send.after-mark:30",
        "send.before-mark:11",
    )
    for failpoint in kills:
        killed(house, "send", failpoint)
        house.make_due()
    for _ in range(60):
        if not pending(house.database):
            break
        house.send()
        house.make_due()

    rows = house.rows()
    assert {(row.state, row.server_answer[:4]) for row in rows} == {("sent", "250 ")}
    arrived = [str(mail["Message-ID"]) for mail in inbox.mails()]
    assert set(arrived) == {row.message_id for row in rows}
    assert len(arrived) - len(set(arrived)) <= len(kills) + len(inbox.cut_at)
    assert len(set(inbox.taken)) == 500, "a repeat is the same mail to the byte"
    threads = defaultdict(list)
    for row in rows:
        threads[row.thread].append(row.message_id)
    first_arrival = {mail: place for place, mail in reversed(list(enumerate(arrived)))}
    for thread in threads.values():
        assert len(thread) == 5
        assert [first_arrival[mail] for mail in thread] == sorted(first_arrival[mail] for mail in thread)


def test_what_a_slow_server_leaves_no_time_for_goes_back_and_is_sent_once(
    house: House, inbox: Inbox, serve: Callable[..., MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve()
    monkeypatch.setattr("processors.alerts.sending._LEASE", timedelta(seconds=4))
    inbox.pause_at = dict.fromkeys(range(1, 9), 0.7)
    house.write_rules(CALLS | {"subscribers": [DESK]})
    for number in range(8):
        house.happened(event(f"e{number}x"), [])
    house.match()
    first = threading.Thread(target=house.send)
    first.start()
    while pending(house.database):
        house.send()
    first.join()
    assert len(inbox.taken) == 8
    assert {str(mail["Message-ID"]) for mail in inbox.mails()} == {row.message_id for row in house.rows()}


def test_a_mail_that_was_withdrawn_while_others_were_sent_does_not_go(
    house: House, inbox: Inbox, serve: Callable[..., MailServer]
) -> None:
    serve()
    inbox.pause_at = {1: 1.5}
    house.write_rules(CALLS)
    house.happened(event())
    house.match()
    sending = threading.Thread(target=house.send)
    sending.start()
    while not inbox.data_commands:
        time.sleep(0.01)
    _, late = sorted(house.rows(), key=lambda row: (row.created_at, row.id))
    with house.database.transaction() as connection:
        assert withdraw_mails(connection, "Calls", late.recipient) == 1
    sending.join()
    assert [row.state for row in house.rows()] == ["sent", "withdrawn"]
    assert len(inbox.taken) == 1
    assert pending(house.database) == {}


def test_a_sender_that_is_stopped_gives_its_mails_back_without_an_attempt(
    house: House, inbox: Inbox, serve: Callable[..., MailServer]
) -> None:
    serve()
    inbox.pause_at = {1: 60.0}
    house.write_rules(CALLS)
    house.happened(event())
    house.match()
    for _ in range(MAX_ATTEMPTS + 1):
        inbox.data_commands = 0
        sending = started(house, "send")
        while not inbox.data_commands:
            time.sleep(0.01)
        sending.send_signal(signal.SIGINT)
        assert sending.wait(30) != 0
    inbox.pause_at = {}
    assert house.send().counts["done"] == 2
    assert parked(house.database) == []


def test_a_folder_has_each_mail_once_however_often_it_was_written(house: House) -> None:
    house.write_rules(CALLS | {"subscribers": [DESK]})
    house.happened(event())
    house.match()
    killed(house, "send", "send.before-mark")
    house.make_due()
    assert house.send().counts["done"] == 1
    (file,) = list((house.folder / "outbox").iterdir())
    (row,) = house.rows()
    assert row.message_id == f"<{file.stem}@example.org>"


NO_WAYS_OUT = ["mail.example.org", "smtp://", "smtp://host?tls=yes", "file://host/x", "file:///c#", "http://x"]


@pytest.mark.parametrize("url", [*NO_WAYS_OUT, "smtp://mail.example.org:99999", "smtp://mail.example.org:abc"])
def test_an_address_that_is_no_way_out_is_explained(url: str) -> None:
    with pytest.raises(ConfigError, match="smtp_url"):
        open_transport(url)


@pytest.mark.parametrize("sign", "/?#[]")
@pytest.mark.parametrize("password", ["geh{}eim", "12{}geheim", "12{}a=geheim"])
def test_a_password_with_a_sign_of_addresses_is_asked_for_in_its_code_and_never_shown(sign: str, password: str) -> None:
    with pytest.raises(ConfigError, match=r"smtp_url.*percent code|smtp_url: after the [?] only") as error:
        open_transport(f"smtps://bot:{password.format(sign)}@mail.example.org")
    assert not re.search("geh|eim|12", str(error.value))
    server = open_transport(f"smtps://bot:{password.format(quote(sign, safe=''))}@mail.example.org")
    assert isinstance(server, SmtpServer)
    assert (server.host, server.password) == ("mail.example.org", password.format(sign))


def test_without_encryption_nothing_goes_where_it_is_asked_for(inbox: Inbox, serve: Callable[..., MailServer]) -> None:
    transport = open_transport(f"{serve().url}?starttls=always")
    with pytest.raises(MailServerAway, match="does not offer STARTTLS"):
        transport.send("id", "a@example.org", "b@example.org", b"")


def test_addresses_that_are_not_in_ascii_are_parked_and_hold_up_nobody(
    house: House, inbox: Inbox, serve: Callable[..., MailServer]
) -> None:
    serve()
    house.with_mail(operators=(*(f"{number}ö@example.org" for number in range(4)), "ops@example.org"))
    report_operations(house.database, house.settings, index_problem="connection refused")
    summary = house.send()
    assert (summary.counts["done"], summary.counts["failed"]) == (1, 4)
    assert {str(mail["To"]) for mail in inbox.mails()} == {"ops@example.org"}
    assert "not in ASCII" in parked(house.database, "send")[0].error


def test_a_sender_or_password_that_is_not_in_ascii_lets_mails_wait(serve: Callable[..., MailServer]) -> None:
    server = serve(secure=True)
    with pytest.raises(MailServerAway, match="not in ASCII"):
        open_transport(server.url.replace("p%3A", "p%C3%A4")).send("id", "a@example.org", "b@example.org", b"")
    with pytest.raises(MailServerAway, match="sender"):
        open_transport(server.url).send("id", "a@exämple.org", "b@example.org", b"")
