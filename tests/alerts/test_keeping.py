"""What retention leaves of mails."""

from datetime import timedelta

from processors.alerts.digests import compose_digests
from processors.database import now
from processors.database.retention import apply_retention
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
