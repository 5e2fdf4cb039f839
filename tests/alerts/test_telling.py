"""From a changed event to its mail: what is told, to whom, how often."""

from dataclasses import replace
from datetime import timedelta

import pytest

from processors.alerts.samples import MOMENT, sample_article
from processors.database import add_work, claim, fail, finish, pending
from processors.database.alerts import recent_hits
from processors.database.mentions import store_mentions
from processors.errors import ConfigError
from processors.records import Change, Mention
from tests.alerts.conftest import DESK, REDAKTION, House, event, html_of, killed, text_of

CALLS = {"name": "Calls", "query": "type:leader_call AND actors:USA"}


def test_an_event_that_meets_a_rule_is_told_once_in_text_and_html(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event())
    assert house.match().counts == {"done": 1, "failed": 0, "hits": 1, "mails": 1}
    assert house.send().counts["done"] == 1
    (mail,) = house.delivered()
    assert mail["Subject"] == "Phone call between Russia and the United States"
    assert mail["To"] == "desk@example.org"
    assert mail["Reply-To"] == "eventwire@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"].endswith(".eventwire.example.org>")
    assert mail["Date"].datetime.tzinfo
    assert mail["In-Reply-To"] is None
    assert mail.get_content_type() == "multipart/alternative"
    assert "has happened or is going on" in text_of(mail)
    assert "*spoke by phone*" in text_of(mail)
    assert "<mark" in html_of(mail)
    assert pending(house.database) == {}


def test_a_mail_has_one_link_for_each_publisher_the_dyads_last_events_and_why_it_came(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event("before", type="threat", published_at=MOMENT - timedelta(days=3)), [])
    house.happened(event("elsewhere", type="protest", actors=("FRA",), published_at=MOMENT - timedelta(days=3)), [])
    articles = [sample_article(number) for number in range(7)]  # the last two are of publishers that are there already
    house.happened(event(articles=tuple(one.id for one in articles), article_count=7), articles)
    house.go()
    (mail,) = house.delivered()
    text = text_of(mail)
    sources = text.partition("Sources:\n")[2].partition("\n\n")[0]
    assert [sources.count(f"https://{one.source}/") for one in articles] == [1] * 7
    assert sources.count("(2 reports)") == 2
    last = text.partition("Last between the same sides:\n")[2].partition("\n\n")[0]
    assert "Threat by Russia and the United States" in last
    assert "Protest" not in last
    assert "You get this mail because of the rule “Calls”" in text
    assert CALLS["query"] in text
    assert "🇷🇺" in text


def test_an_event_that_meets_no_rule_is_done_without_a_mail(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event(type="threat"))
    assert house.match().counts == {"done": 1, "failed": 0, "hits": 0, "mails": 0}
    assert house.send().counts["done"] == 0
    assert pending(house.database) == {}


def test_forty_reports_of_one_event_are_one_mail(house: House) -> None:
    house.write_rules(CALLS)
    for count in range(1, 41):
        house.happened(event(source_count=count, article_count=count))
        house.go()
    assert len(house.delivered()) == 1


def test_each_subscriber_is_written_to_in_their_language(house: House) -> None:
    house.write_rules(CALLS | {"subscribers": [DESK, REDAKTION]})
    house.happened(event())
    house.go()
    subjects = {mail["To"]: mail["Subject"] for mail in house.delivered()}
    assert subjects == {
        "desk@example.org": "Phone call between Russia and the United States",
        "redaktion@example.org": "Telefonat zwischen Russland und den USA",
    }


def test_two_rules_on_one_event_are_two_mails_of_one_thread(house: House) -> None:
    house.write_rules(CALLS, {"name": "Russia", "query": "participants:RUS"})
    house.happened(event())
    house.go()
    first, second = house.delivered()
    assert first["List-Id"] != second["List-Id"]
    assert str(first["References"]).split()[0] == str(second["References"]).split()[0]


@pytest.mark.parametrize(
    ("rule", "too_early", "enough"),
    [
        ({"min_sources": 3}, {"source_count": 2}, {"source_count": 3}),
        ({"min_confidence": 0.8}, {"confidence": 0.79}, {"confidence": 0.8}),
    ],
)
def test_a_rule_waits_for_enough_sources_and_confidence(
    house: House, rule: dict[str, float], too_early: dict[str, float], enough: dict[str, float]
) -> None:
    house.write_rules(CALLS | rule)
    house.happened(event(**too_early))
    house.go()
    assert house.rows() == []
    house.happened(event(**enough))
    house.go()
    assert len(house.delivered()) == 1


def test_first_call_in_a_year_works_like_any_field(house: House) -> None:
    house.write_rules({"name": "First in a year", "query": "type:leader_call AND days_since_previous:>365"})
    house.happened(event("recent", days_since_previous=365))
    house.happened(event("long", days_since_previous=366))
    house.happened(event("never", days_since_previous=None))
    house.go()
    assert [row.data["document"] for row in house.rows()] == [event("long").id]


def test_without_realert_a_new_status_is_no_mail(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event(status="planned"))
    house.go()
    house.happened(event(status="occurred"))
    house.go()
    assert len(house.rows()) == 1


def test_a_new_status_is_told_as_an_update_of_the_thread(house: House) -> None:
    house.write_rules(CALLS | {"realert_on": ["new_status"]})
    announced = Change(MOMENT, "announced", "planned", "elbkurier.example")
    occurred = Change(MOMENT, "occurred", "occurred", "ledger.example")
    house.happened(event(status="planned", history=(announced,)))
    house.go()
    house.happened(event(status="occurred", history=(announced, occurred)))
    house.go()
    house.happened(event(status="occurred", history=(announced, occurred), article_count=9))
    house.go()
    first, update = house.delivered()
    assert first["Subject"] == "Announced: Phone call between Russia and the United States"
    assert update["Subject"] == f"Re: {first['Subject']}"
    assert update["In-Reply-To"] == first["Message-ID"]
    assert first["Message-ID"] in str(update["References"]).split()
    changed = text_of(update).partition("Changed since the last mail:")[2].partition("\n\n")[0]
    assert changed.strip() == "- has happened (ledger.example)"


def test_a_new_participant_is_told_once(house: House) -> None:
    house.write_rules(CALLS | {"realert_on": ["new_participant"]})
    for actors in (("RUS", "USA"), ("RUS", "UKR", "USA"), ("RUS", "USA"), ("RUS", "UKR", "USA")):
        house.happened(event(actors=actors))
        house.go()
    assert [row.data["reasons"] for row in house.rows()] == [["new"], ["new_participant"]]


def test_the_tenth_source_is_told_once(house: House) -> None:
    house.write_rules(CALLS | {"realert_on": ["tenth_source"]})
    for count in (1, 9, 12, 13, 9, 30):
        house.happened(event(source_count=count))
        house.go()
    assert [row.data["reasons"] for row in house.rows()] == [["new"], ["tenth_source"]]


def test_an_event_merged_into_one_that_was_told_is_not_told_again(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event("first"))
    house.go()
    house.happened(event("second", actors=("UKR",), recipients=()))
    house.go()
    house.merged(event("first").id, event("second").id)
    house.happened(event("second", article_count=8))
    house.go()
    assert len(house.rows()) == 1


def test_an_update_of_a_merged_event_stays_in_its_old_thread(house: House) -> None:
    house.write_rules(CALLS | {"realert_on": ["new_status"]})
    house.happened(event("first", status="planned"))
    house.go()
    house.happened(event("second", type="threat"))
    house.merged(event("first").id, event("second").id)
    house.happened(event("second", status="occurred"))
    house.go()
    first, update = house.delivered()
    assert update["In-Reply-To"] == first["Message-ID"]


def test_a_hidden_event_is_not_told(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event(hidden=True))
    house.go()
    assert house.rows() == []


def test_articles_are_told_once_and_near_copies_never(house: House) -> None:
    house.write_rules({"name": "Ceasefire", "query": "text:ceasefire", "on": "articles"})
    original = sample_article(1)
    house.published(original)
    house.published(sample_article(3, duplicate_of=original.id))
    house.go()
    house.published(replace(original, title="A new headline"))
    house.go()
    (mail,) = house.delivered()
    assert mail["Subject"] == "ledger.example: Presidents hold two-hour call on ceasefire terms"


def test_a_rule_on_what_articles_report_waits_until_they_are_coded(house: House) -> None:
    on_articles = {"query": "text:ceasefire AND (NOT event_types:leader_call)", "on": "articles"}
    house.write_rules(on_articles | {"name": "No calls"}, {"name": "Words", "query": "text:truce", "on": "articles"})
    call, other, broken = (sample_article(number, text="Of a ceasefire, a truce.") for number in range(3))
    said = Mention("m1", call.id, "leader_call", "occurred", ("RUS", "USA"), (), "spoke", "They spoke.", ((0, 5),))
    for article in (call, other, broken):
        house.published(article)
        with house.database.transaction() as connection:
            add_work(connection, "code", [article.id])
    assert house.match().counts["hits"] == 3
    for claimed in claim(house.database, "code", 3):
        with house.database.transaction() as connection:
            if claimed.key == broken.id:
                fail(connection, claimed, "no memory", retryable=False)
                continue
            if claimed.key == call.id:
                store_mentions(connection, call, [said])
            finish(connection, [claimed])
            add_work(connection, "match", [f"article:{claimed.key}"])
    house.match()
    with house.database.reading() as connection:
        told = {(hit.hit.rule, hit.hit.document_id) for hit in recent_hits(connection)}
    assert told == {("Words", one.id) for one in (call, other, broken)} | {("No calls", other.id)}


def test_without_rules_everything_is_done(house: House) -> None:
    house.happened(event())
    assert house.match().counts["done"] == 1


def test_one_document_that_cannot_be_told_does_not_hold_up_others(house: House) -> None:
    house.write_rules(CALLS)
    house.happened(event("strange", status="no such status", actors=("CHN", "FRA")))  # type: ignore[arg-type]
    house.happened(event("well"))
    house.match()
    house.send()
    assert len(house.delivered()) == 1


@pytest.mark.parametrize("sender", ["Eventwire", "Eventwire <eventwire@example..org>", "Jörg <jörg@example.org>"])
def test_what_is_pending_waits_while_the_sender_is_no_address(house: House, sender: str) -> None:
    house.with_mail(sender=sender)
    house.write_rules(CALLS)
    house.happened(event())
    for _ in range(4):
        with pytest.raises(ConfigError, match=rf"mail\.sender '{sender}' is no address"):
            house.match()
    assert pending(house.database) == {"match": 1}
    house.with_mail(sender="Eventwire <eventwire@example.org>")
    assert house.match().counts["mails"] == 1


def test_what_is_pending_waits_while_the_rules_are_wrong(house: House) -> None:
    house.write_rules(CALLS | {"query": "type:no_such_type"})
    house.happened(event())
    with pytest.raises(ConfigError, match=r"alerts\.yaml:\d+: rules\.0\.query"):
        house.match()
    house.write_rules(CALLS)
    assert house.match().counts["mails"] == 1


@pytest.mark.parametrize("failpoint", ["match.before-store:2", "match.after-store:2"])
def test_a_crash_while_matching_loses_and_repeats_nothing(house: House, failpoint: str) -> None:
    house.write_rules(CALLS, {"name": "Russia", "query": "participants:RUS"})
    for name in ("a", "b", "c"):
        house.happened(event(name))
    killed(house, "match", failpoint)
    assert pending(house.database)["match"] in {1, 2}
    while house.match().counts["done"]:
        pass
    house.send()
    assert sorted((row.rule, row.data["document"][0]) for row in house.rows()) == [
        (rule, name) for rule in ("Calls", "Russia") for name in "abc"
    ]
    assert len(house.delivered()) == 6
