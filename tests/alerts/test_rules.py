"""config/alerts.yaml: what is wrong is named by file, line and key."""

from pathlib import Path

import pytest

from processors.alerts.rules import load_rules
from processors.errors import ConfigError

GOOD = """rules:
- name: Calls
  query: type:leader_call
  when: daily at 07:30
  min_sources: 2
  min_confidence: 0.5
  max_mails_per_day: 10
  realert_on: [new_status, new_participant, tenth_source]
  subscribers:
  - {address: desk@example.org, language: de, time_zone: Europe/Berlin}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "alerts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (rule,) = load_rules(written(tmp_path, GOOD))
    assert (rule.name, rule.on, rule.when, rule.min_sources) == ("Calls", "events", "daily at 07:30", 2)
    assert rule.subscribers[0].time_zone == "Europe/Berlin"


@pytest.mark.parametrize("name", ["Desk", "Müller, Redaktion", '\\"Desk, Berlin\\"', ""])
def test_an_address_may_have_a_name_before_it(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, GOOD.replace("desk@example.org", f'"{name} <desk@example.org>"'))
    assert load_rules(path)[0].subscribers[0].address == "desk@example.org"


def test_the_shipped_files_are_good() -> None:
    config = Path(__file__).parents[2] / "config"
    for path in (config / "alerts.yaml", config / "demo" / "alerts.yaml"):
        assert load_rules(path)


def test_no_file_is_no_rules(tmp_path: Path) -> None:
    assert load_rules(tmp_path / "alerts.yaml") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("daily at 07:30", "at noon", r":4: rules\.0\.when: .*hourly"),
        ("type:leader_call", "type:nonsense", r":3: rules\.0\.query: .*nonsense"),
        ("type:leader_call", "a AND b OR c", r":3: rules\.0\.query: .*brackets"),
        ("type:leader_call", "colour:red", r":3: rules\.0\.query: (?s:.*)source_count"),
        ("min_sources: 2", "min_sources: 0", r":5: rules\.0\.min_sources: "),
        ("min_confidence: 0.5", "min_confidence: 50", r":6: rules\.0\.min_confidence: "),
        ("max_mails_per_day", "max_mails", r":7: rules\.0\.max_mails: "),
        ("tenth_source", "every_day", r":8: rules\.0\.realert_on\.2: .*new_participant"),
        ("desk@example.org", "desk", r":10: rules\.0\.subscribers\.0\.address: .*desk@example\.org"),
        ("desk@example.org", "Desk <desk>", r":10: rules\.0\.subscribers\.0\.address: .*desk@example\.org"),
        ("desk@example.org", '"a@b.org\\nBcc: c@d.org"', r":10: rules\.0\.subscribers\.0\.address"),
        ("Europe/Berlin", "Middle Earth", r":10: rules\.0\.subscribers\.0\.time_zone: .*Europe/Berlin"),
        ("language: de", "language: fr", r":10: rules\.0\.subscribers\.0\.language"),
        ("name: Calls", 'name: "Calls\\nand more"', r":2: rules\.0\.name: .*one line"),
        ("  subscribers:\n  - {address: desk@example.org, language: de, time_zone: Europe/Berlin}\n", "",
         r":2: rules\.0: .*nobody to tell"),
        ("when:", "on: articles\n  when:", r":2: rules\.0: .*only for rules on events"),
        ("rules:", "rule:", r":1: rule: "),
        ("- name: Calls", "- name: [Calls", r":\d+: is not valid YAML"),
        ("min_sources: 2", "query: type:threat", r":5: is not valid YAML: the key 'query' is there twice"),
        ("when:", "wenn:", r":4: rules\.0\.wenn: there is no such key"),
        ("  query: type:leader_call\n", "", r":2: rules\.0\.query: is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_file_line_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ConfigError, match=r"alerts\.yaml" + said):
        load_rules(path)


@pytest.mark.parametrize("name", ["Calls", "calls"])
def test_two_rules_of_one_name_are_named(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, GOOD + GOOD.removeprefix("rules:\n").replace("Calls", name))
    with pytest.raises(ConfigError, match=rf":11: rules\.1\.name: '{name}' is the name of rule 0 too"):
        load_rules(path)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_rules(tmp_path)


def test_a_notify_address_is_never_shown(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD + "  notify: [secret-token-without-scheme]\n")
    with pytest.raises(ConfigError, match=r":11: rules\.0\.notify: ") as caught:
        load_rules(path)
    assert "secret-token" not in str(caught.value)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    load_rules(path)
    written(tmp_path, GOOD.replace("Calls", "Telephone calls"))
    assert load_rules(path)[0].name == "Telephone calls"
