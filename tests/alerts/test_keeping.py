"""What retention leaves of mails."""

from datetime import timedelta

from sqlalchemy import update

from processors.alerts.digests import compose_digests
from processors.database import now
from processors.database.retention import apply_retention
from processors.database.tables import hits
from processors.settings import RetentionSettings
from tests.alerts.conftest import House, event


def test_old_mails_go_whatever_became_of_them_and_what_waits_stays(house: House) -> None:
    house.write_rules({"name": "Hourly", "query": "type:leader_call", "when": "hourly"})
    house.happened(event("told"))
    house.match()
    compose_digests(house.database, house.settings, now() + timedelta(hours=1))
    house.send()
    house.happened(event("waits"))
    house.match()
    with house.database.transaction() as connection:
        apply_retention(connection, RetentionSettings(mails=30), now() + timedelta(days=31))
    assert [row.state for row in house.rows()] == ["waiting"]


def test_updates_are_told_after_the_oldest_of_an_events_hits_are_gone(house: House) -> None:
    house.write_rules({"name": "Calls", "query": "type:leader_call", "realert_on": ["new_status"]})
    house.happened(event(status="planned"))
    house.go()
    with house.database.transaction() as connection:
        connection.execute(update(hits).values(created_at=now() - timedelta(days=40)))
    house.happened(event(status="negated"))
    house.go()
    with house.database.transaction() as connection:
        assert apply_retention(connection, RetentionSettings(mails=30), now())["hits"] == 1
    for status in ("occurred", "historical"):
        house.happened(event(status=status))
        house.go()
    assert [row.data["reasons"] for row in house.rows()] == [["new"], *[["new_status"]] * 3]
