"""Unsubscribing by the address in a mail (RFC 8058)."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.alerts.conftest import DESK, REDAKTION, House, event, html_of, text_of

RULE = {"name": "Anrufe", "query": "type:leader_call", "subscribers": [DESK, REDAKTION], "realert_on": ["new_status"]}


@pytest.fixture
def paths(house: House) -> dict[str, str]:
    """The unsubscribe path in the mail of each subscriber."""
    house.write_rules(RULE)
    house.happened(event("told", status="planned"))
    house.go()
    found = {}
    for mail in house.delivered():
        url = re.fullmatch(r"<https://ew\.example\.org(/unsubscribe/\S+)>", str(mail["List-Unsubscribe"]))
        assert url
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert url[1] in text_of(mail)
        assert url[1] in html_of(mail)
        found[str(mail["To"])] = url[1]
    return found


def _recipients_of_the_next_mail(house: House) -> set[str]:
    before = len(house.rows())
    house.happened(event("next", type="leader_call"))
    house.go()
    return {row.recipient for row in house.rows()[before:]}


def test_one_click_stops_one_subscribers_mails_of_the_rule(
    house: House, client: TestClient, paths: dict[str, str]
) -> None:
    answer = client.post(paths["desk@example.org"], data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "No more mails" in answer.text
    assert _recipients_of_the_next_mail(house) == {"redaktion@example.org"}


def test_following_the_link_only_asks(house: House, client: TestClient, paths: dict[str, str]) -> None:
    page = client.get(paths["redaktion@example.org"], headers={"Accept-Language": "de"})
    assert "Diese Mails abbestellen?" in page.text
    assert '<form method="post">' in page.text
    assert _recipients_of_the_next_mail(house) == {"desk@example.org", "redaktion@example.org"}


@pytest.mark.parametrize(
    "change", [lambda t: t[:-2], lambda t: t.replace(t[20], "x" if t[20] != "x" else "y"), lambda t: "/unsubscribe/x"]
)
def test_an_address_that_is_not_signed_by_us_does_nothing(
    house: House, client: TestClient, paths: dict[str, str], change: object
) -> None:
    forged = change(paths["desk@example.org"])  # type: ignore[operator]
    assert client.post(forged).status_code == 404
    assert _recipients_of_the_next_mail(house) == {"desk@example.org", "redaktion@example.org"}


def test_what_was_not_sent_yet_is_withdrawn(house: House, client: TestClient, paths: dict[str, str]) -> None:
    house.happened(event("late"))
    house.match()
    client.post(paths["desk@example.org"])
    house.send()
    late = {row.recipient: row.state for row in house.rows() if row.data["document"] == event("late").id}
    assert late == {"desk@example.org": "withdrawn", "redaktion@example.org": "sent"}
