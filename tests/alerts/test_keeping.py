"""What retention leaves of mails."""

from datetime import timedelta

from sqlalchemy import func, select, update

from processors.alerts.digests import compose_digests
from processors.alerts.samples import MOMENT, sample_article
from processors.database import add_work, now
from processors.database.mentions import store_mentions
from processors.database.retention import apply_retention
from processors.database.tables import hits, mails, mentions
from processors.records import Mention
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
    with house.database.transaction() as connection:  # no mention of it is stored here: nothing would change it again
        assert apply_retention(connection, RetentionSettings(mails=30), now())["hits"] == 1
    for status in ("occurred", "historical"):
        house.happened(event(status=status))
        house.go()
    assert [row.data["reasons"] for row in house.rows()] == [["new"], *[["new_status"]] * 3]


RULE = {"name": "Calls", "query": "type:leader_call"}


def _mentioned(house: House, event_id: str) -> None:
    """As the coder and the resolver leave it: the event's first report has a mention of it."""
    article = sample_article(0)
    said = Mention("m1", article.id, "leader_call", "occurred", ("RUS", "USA"), (), "telefonieren",
                   "Trump und Putin telefonieren zwei Stunden lang.", ((16, 28),))  # fmt: skip
    with house.database.transaction() as connection:
        store_mentions(connection, article, [said])
        connection.execute(update(mentions).values(event_id=event_id))


def _retain(house: House, articles: int = 0) -> dict[str, int]:
    """Retention on a day 40 days after all that was told."""
    with house.database.transaction() as connection:
        connection.execute(update(hits).values(created_at=now() - timedelta(days=40)))
        connection.execute(update(mails).values(sent_at=now() - timedelta(days=40)))
        return apply_retention(connection, RetentionSettings(mails=30, articles=articles), now())


def test_an_event_that_is_still_reported_on_is_not_told_as_new_when_its_mails_are_gone(house: House) -> None:
    house.write_rules(RULE)
    house.happened(event())
    house.go()
    _mentioned(house, event().id)
    assert (_retain(house)["mails"], _retain(house)["hits"]) == (1, 0)
    house.happened(event(source_count=7))
    house.go()
    assert house.rows() == []


def test_what_was_told_of_a_merged_event_is_remembered_as_long_as_what_it_became(house: House) -> None:
    house.write_rules(RULE)
    house.happened(event("told"))
    house.go()
    house.write_rules()
    for name in ("second", "third"):
        house.happened(event(name))
    house.merged(event("told").id, event("second").id)
    house.merged(event("second").id, event("third").id)
    house.match()
    _mentioned(house, event("third").id)
    _retain(house)
    house.write_rules(RULE)
    house.happened(event("third", source_count=7))
    house.go()
    assert house.rows() == []


def test_an_article_that_is_matched_again_is_not_told_again_when_its_mail_is_gone(house: House) -> None:
    house.write_rules({"name": "Ceasefire", "query": "text:ceasefire", "on": "articles"})
    house.published(sample_article(1))
    house.go()
    assert (_retain(house)["mails"], _retain(house)["hits"]) == (1, 0)
    with house.database.transaction() as connection:
        add_work(connection, "match", [f"article:{sample_article(1).id}"])
    house.go()
    assert house.rows() == []


def test_hits_go_with_the_articles_behind_them(house: House) -> None:
    house.write_rules(RULE, {"name": "Ceasefire", "query": "text:ceasefire", "on": "articles"})
    house.happened(event())
    house.published(sample_article(1))
    house.go()
    _mentioned(house, event().id)
    with house.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(hits)).scalar_one() == 2
    days = (now() - MOMENT).days
    assert _retain(house, articles=days + 30)["hits"] == 0
    assert _retain(house, articles=days - 30)["hits"] == 2
