"""The whole way of an alert on each database engine."""

from datetime import timedelta
from pathlib import Path

from processors.alerts.digests import compose_digests
from processors.alerts.recipients import mute, mutes, unmute
from processors.database import Database, now
from processors.database.alerts import count_hits, hits_between, recent_hits
from tests.alerts.conftest import DESK, REDAKTION, House, event


def test_hits_mails_digests_and_mutes_on_each_engine(database: Database, tmp_path: Path) -> None:
    house = House(tmp_path, database)
    house.write_rules(
        {"name": "Calls", "query": "type:leader_call", "realert_on": ["new_status"], "subscribers": [DESK, REDAKTION]},
        {"name": "Morning", "query": "participants:USA", "when": "hourly"},
    )
    house.happened(event(status="planned"))
    assert house.match().counts == {"done": 1, "failed": 0, "hits": 2, "mails": 2}
    house.happened(event(status="occurred"))
    house.match()
    assert house.send().counts["done"] == 4
    assert compose_digests(database, house.settings, now() + timedelta(hours=1)) == 1
    assert house.send().counts["done"] == 1
    with database.transaction() as connection:
        mute(connection, "Calls", "DESK@example.org")
    house.happened(event("other"))
    assert house.match().counts["mails"] == 1
    with database.transaction() as connection:
        assert mutes(connection).hold("Calls", "desk@example.org")
        assert unmute(connection, "Calls", "desk@example.org")
        assert count_hits(connection, now() - timedelta(hours=1)) == {"Calls": 3, "Morning": 2}
        assert len(recent_hits(connection, "Calls")) == 3
        assert len(hits_between(connection, "Morning", now() - timedelta(hours=1), now())) == 2
