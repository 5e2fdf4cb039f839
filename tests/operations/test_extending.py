"""docs/extending.md, tried: a trigger, an actor, a way out, each in a copy of the configuration."""

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from processors.settings import ROOT

CABLE = """\
- id: call.cable
  type: leader_call
  frame: together
  triggers: ["kabeln … an"]
  match: ["Der polnische Präsident kabelte am Montag an Macron."]
  not: ["Der Techniker verlegte die Kabel an der Wand."]
"""
ELN = "ELN: {de: {names: [ELN, Nationale Befreiungsarmee]}, en: {names: [ELN, National Liberation Army]}}\n"


@pytest.fixture
def installation(empty_installation, tmp_path):
    """An installation with a configuration of its own."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return empty_installation.at(config_dir=str(tmp_path / "config"))


def coded(installation, tmp_path, text: str) -> list[dict[str, object]]:
    source = tmp_path / "texts.jsonl"
    source.write_text(json.dumps({"id": "1", "lang": "de", "text": text}), encoding="utf-8")
    done = installation.eventwire("extract", "--input", str(source))
    assert done.returncode == 0, done.stderr
    events: list[dict[str, object]] = json.loads(done.stdout)["events"]
    return events


def test_a_new_trigger_is_a_rule_in_the_lexicon_with_its_examples(installation, tmp_path):
    text = "Der polnische Präsident kabelte am Montag an Macron."
    assert coded(installation, tmp_path, text) == []
    lexicon = tmp_path / "config" / "lexicon" / "de.yaml"
    before = lexicon.read_text(encoding="utf-8")
    lexicon.write_text(before.replace("rules:\n", "rules:\n" + CABLE, 1), encoding="utf-8")
    checked = installation.eventwire("lexicon", "check")
    assert checked.returncode == 0, checked.stderr
    (event,) = coded(installation, tmp_path, text)
    assert (event["type"], event["actors"]) == ("leader_call", ["FRA", "POL"])
    assert event["rule"] == "call.cable"


def test_an_example_that_does_not_match_is_told_with_file_and_line(installation, tmp_path):
    lexicon = tmp_path / "config" / "lexicon" / "de.yaml"
    before = lexicon.read_text(encoding="utf-8")
    wrong = CABLE.replace("kabelte am Montag an", "funkte am Montag an")
    lexicon.write_text(before.replace("rules:\n", "rules:\n" + wrong, 1), encoding="utf-8")
    checked = installation.eventwire("lexicon", "check")
    assert checked.returncode == 1
    assert "de.yaml" in checked.stderr
    assert "call.cable" in checked.stderr


def test_a_new_actor_is_a_line_in_a_table(installation, tmp_path):
    text = "Kolumbien und die ELN haben sich auf eine Waffenruhe geeinigt."
    others = tmp_path / "config" / "actors" / "others.yaml"
    others.write_text(others.read_text(encoding="utf-8").replace(", ELN", ""), encoding="utf-8")
    groups = tmp_path / "config" / "actors" / "armed_groups.yaml"
    groups.write_text(groups.read_text(encoding="utf-8") + ELN, encoding="utf-8")
    events = coded(installation, tmp_path, text)
    assert ("ceasefire", ["COL", "ELN"]) in [(event["type"], event["actors"]) for event in events]


@pytest.fixture
def receiver():
    """A web server that keeps what is posted to it."""
    got: list[dict[str, object]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], got
        server.shutdown()


def test_a_webhook_is_a_line_in_an_alert_rule(installation, tmp_path, receiver):
    port, got = receiver
    (tmp_path / "config" / "alerts.yaml").write_text(
        "rules:\n- name: Calls\n  query: type:leader_call\n"
        "  subscribers: [{address: desk@example.org}]\n"
        f"  notify: ['json://127.0.0.1:{port}/hook']\n"
    )
    assert installation.eventwire("alerts", "check").returncode == 0
    installation.fill()
    done = installation.eventwire("run", "--stage", "match", "--stage", "send")
    assert done.returncode == 0, done.stderr
    assert got, done.stdout
    assert {"title", "message"} <= set(got[0])
