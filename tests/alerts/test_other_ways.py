"""Ways out other than mail, by apprise, to a real HTTP server."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from processors.database import parked, pending
from tests.alerts.conftest import DESK, House, event


class Hook:
    """A webhook that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.status = 200
        hook = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if hook.status == 200:
                    hook.told.append(json.loads(body))
                self.send_response(hook.status)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"json://user:s3cret@127.0.0.1:{self.server.server_address[1]}/hook"


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    yield hook
    hook.server.shutdown()
    hook.server.server_close()


def test_a_webhook_is_told_what_a_mail_would_say(house: House, hook: Hook) -> None:
    house.write_rules({"name": "Calls", "query": "type:leader_call", "notify": [hook.url]})
    house.happened(event())
    assert house.go().counts["done"] == 1
    (told,) = hook.told
    assert told["title"] == "Phone call between Russia and the United States"
    assert "*spoke by phone*" in told["message"]
    assert "Calls" in told["message"]
    (row,) = house.rows()
    assert row.state == "sent"
    assert "s3cret" not in f"{row.recipient} {row.server_answer} {row.data}"


def test_a_service_that_is_down_is_tried_again(house: House, hook: Hook) -> None:
    house.write_rules({"name": "Calls", "query": "type:leader_call", "notify": [hook.url]})
    house.happened(event())
    hook.status = 503
    summary = house.go()
    assert summary.counts["delayed"] == 1
    assert "s3cret" not in summary.problems[0]
    hook.status = 200
    house.make_due()
    assert house.send().counts["done"] == 1


def test_a_mail_server_that_is_away_holds_up_no_webhook(house: House, hook: Hook) -> None:
    house.settings = house.settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9"})
    both = {"subscribers": [DESK], "notify": [hook.url]}
    house.write_rules({"name": "Calls", "query": "type:leader_call"} | both)
    for name in "abcdefghijkl":  # more than are leased at a time, a mail before each
        house.happened(event(name))
    summary = house.go()
    assert (len(hook.told), summary.counts["done"], summary.counts["failed"]) == (12, 12, 0)
    assert len([problem for problem in summary.problems if "the mails wait" in problem]) == 1
    assert pending(house.database) == {"send": 12}


def test_an_address_that_apprise_does_not_know_is_parked(house: House) -> None:
    house.write_rules({"name": "Calls", "query": "type:leader_call", "notify": ["nosuchservice://x"]})
    house.happened(event())
    assert house.go().counts["failed"] == 1
    assert "apprise does not know" in parked(house.database, "send")[0].error


def test_an_address_that_was_taken_out_of_the_rule_gets_nothing(house: House, hook: Hook) -> None:
    house.write_rules({"name": "Calls", "query": "type:leader_call", "notify": [hook.url]})
    house.happened(event())
    house.match()
    house.write_rules({"name": "Calls", "query": "type:leader_call"})
    house.send()
    assert hook.told == []
