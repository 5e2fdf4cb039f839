"""What is for somebody whom no rule tells any more: it is withdrawn, and `status` shows it no longer."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from processors.alerts import report_operations
from processors.alerts.recipients import mute
from processors.database import now, parked, pending
from tests.alerts.conftest import DESK, REDAKTION, House, event
from tests.alerts.mailserver import Inbox, MailServer

CALLS = {"name": "Calls", "query": "type:leader_call", "subscribers": [DESK, REDAKTION]}


@pytest.fixture
def inbox(house: House, tmp_path: Path) -> Iterator[Inbox]:
    """Of a server that knows the desk and nobody else."""
    inbox = Inbox()
    inbox.unknown.update({"redaktion@example.org", "ops@example.org"})
    server = MailServer(inbox, tmp_path)
    house.settings = house.settings.model_copy(update={"smtp_url": server.url})
    yield inbox
    server.stop()


def states(house: House) -> dict[str, str]:
    return {row.recipient: row.state for row in house.rows()}


def test_a_parked_mail_says_to_whom_it_was(house: House, inbox: Inbox) -> None:
    house.write_rules(CALLS)
    house.happened(event())
    house.go()
    (dead,) = parked(house.database, "send")
    assert dead.error.startswith("to redaktion@example.org (Calls): ")


def test_a_parked_mail_stays_as_long_as_its_rule_tells_the_subscriber(house: House, inbox: Inbox) -> None:
    house.write_rules(CALLS)
    house.happened(event())
    house.go()
    inbox.unknown.clear()
    assert house.send().counts["done"] == 0
    assert len(parked(house.database, "send")) == 1


@pytest.mark.parametrize("rules", [[CALLS | {"subscribers": [DESK]}], [CALLS | {"name": "Other"}], []])
def test_a_parked_mail_goes_with_its_rule_or_subscriber(house: House, inbox: Inbox, rules: list[dict]) -> None:  # type: ignore[type-arg]
    house.write_rules(CALLS)
    house.happened(event())
    house.go()
    house.write_rules(*rules)
    inbox.unknown.clear()
    assert house.send().counts["withdrawn"] == 1
    assert states(house) == {"desk@example.org": "sent", "redaktion@example.org": "withdrawn"}
    assert parked(house.database) == []
    assert pending(house.database) == {}
    assert len(inbox.taken) == 1, "the desk's, which went before"


def test_muting_takes_back_what_is_parked(house: House, inbox: Inbox) -> None:
    house.write_rules(CALLS)
    house.happened(event())
    house.go()
    with house.database.transaction() as connection:
        mute(connection, "Calls", "redaktion@example.org")
    house.send()
    assert states(house)["redaktion@example.org"] == "withdrawn"
    assert parked(house.database) == []


def test_a_mail_that_is_still_to_go_goes_not_to_who_was_taken_out_meanwhile(house: House, inbox: Inbox) -> None:
    house.write_rules(CALLS)
    house.happened(event())
    house.match()
    house.write_rules(CALLS | {"subscribers": [REDAKTION]})
    house.send()
    assert states(house) == {"desk@example.org": "withdrawn", "redaktion@example.org": "parked"}
    assert inbox.taken == []


def test_a_notify_address_that_was_taken_out_leaves_nothing_parked(house: House) -> None:
    house.write_rules({"name": "Calls", "query": "type:leader_call", "notify": ["nosuchservice://x"]})
    house.happened(event("before"))
    house.go()
    house.happened(event("after"))
    house.match()
    assert len(parked(house.database)) == 1
    house.write_rules({"name": "Calls", "query": "type:leader_call"})
    house.send()
    assert [row.state for row in house.rows()] == ["withdrawn", "withdrawn"]
    assert parked(house.database) == []


def test_an_operator_who_is_none_any_more_is_written_to_no_longer(house: House, inbox: Inbox) -> None:
    house.write_rules()
    house.with_mail(operators=("ops@example.org", "desk@example.org"))
    report_operations(house.database, house.settings, index_problem="it does not answer")
    house.send()
    assert states(house) == {"ops@example.org": "parked", "desk@example.org": "sent"}
    house.with_mail(operators=("desk@example.org",))
    house.send()
    assert states(house) == {"ops@example.org": "withdrawn", "desk@example.org": "sent"}
    assert parked(house.database) == []


def test_retention_takes_old_parked_mails_and_their_work(house: House, inbox: Inbox) -> None:
    from processors.database.retention import apply_retention
    from processors.settings import RetentionSettings

    house.write_rules(CALLS)
    house.happened(event())
    house.go()
    for days, left in ((29, 1), (31, 0)):
        with house.database.transaction() as connection:
            apply_retention(connection, RetentionSettings(mails=30), now() + timedelta(days=days))
        assert len(parked(house.database)) == left
    assert house.rows() == []
