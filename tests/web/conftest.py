"""The application on a database and an index with a few own-written events."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from processors.alerts.samples import MOMENT, hostile_articles, hostile_event, sample_article, sample_events
from processors.database import add_work, open_database
from processors.database.mentions import store_mentions
from processors.database.tables import articles, mentions, work
from processors.index import index_documents, open_index
from processors.records import Change, Mention
from processors.web.app import create_app
from tests.alerts.conftest import House, event


def fill(house: House) -> None:
    """Stores the sample events with their reports, and indexes them."""
    history = (
        Change(MOMENT, "announced", "planned", "elbkurier.example", None, "Moscow announced a call with Washington."),
        Change(MOMENT, "occurred", "occurred", "ledger.example", None, "They spoke by phone."),
    )
    for one in sample_events():
        house.happened(
            event("call", history=history) if one.type == "leader_call" and one.status == "occurred" else one
        )
    _quote(house)
    hostile = hostile_articles()
    nasty = {name: getattr(hostile_event(), name) for name in ("title", "sentence", "place", "persons")}
    house.happened(event("hostile", articles=tuple(one.id for one in hostile), **nasty), hostile)
    reindex(house)


def _quote(house: House) -> None:
    article = sample_article(0)
    said = Mention("m1", article.id, "leader_call", "occurred", ("RUS", "USA"), (), "telefonieren",
                   "Trump und Putin telefonieren zwei Stunden lang.", ((16, 28),))  # fmt: skip
    with house.database.transaction() as connection:
        store_mentions(connection, article, [said])
        connection.execute(update(mentions).values(event_id=event("call").id))


def reindex(house: House) -> None:
    """Indexes everything that was marked to be matched."""
    with house.database.transaction() as connection:
        keys = list(connection.execute(select(work.c.key).where(work.c.stage == "match")).scalars())
        keys += [f"article:{one}" for one in connection.execute(select(articles.c.id)).scalars()]
        add_work(connection, "index", keys)
    index = open_index(house.settings.index_url, house.settings)
    assert index_documents(house.database, index).counts["failed"] == 0
    index.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    database = open_database(f"sqlite:///{tmp_path / 'eventwire.sqlite'}")
    house = House(tmp_path, database)
    house.settings = house.settings.model_copy(update={"index_url": f"tantivy://{tmp_path / 'index'}"})
    fill(house)
    yield house
    database.close()


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(create_app(house.settings), follow_redirects=False) as client:
        yield client
