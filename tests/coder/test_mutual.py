"""What two do to each other is coded both ways."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts
from processors.coder.explain import as_text, explained
from processors.settings import load_settings

MUTUAL = [
    ("en", "Moscow and Kyiv accused each other of shelling the nuclear plant.", "accusation", "RUS", "UKR"),
    ("en", "Israel and Hezbollah exchanged fire across the border on Monday.", "attack", "HEZBOLLAH", "ISR"),
    ("en", "Thailand and Cambodia expelled each other's ambassadors.", "diplomatic_break", "KHM", "THA"),
    ("de", "Indien und Pakistan beschuldigen einander, die Waffenruhe gebrochen zu haben.", "accusation", "IND", "PAK"),
    ("de", "Israel und die Hisbollah haben sich am Montag gegenseitig beschossen.", "attack", "HEZBOLLAH", "ISR"),
    ("en", "Yerevan and Baku each accused the other of violating the border.", "accusation", "ARM", "AZE"),
    ("en", "Thailand and Cambodia fired rockets across the border on Friday.", "attack", "KHM", "THA"),
    ("en", "India and Pakistan each recalled their ambassadors.", "diplomatic_break", "IND", "PAK"),
    ("en", "India and Pakistan met on Monday. Both armies kept attacking.", "attack", "IND", "PAK"),
    ("de", "Indien und Pakistan haben jeweils Diplomaten ausgewiesen.", "diplomatic_break", "IND", "PAK"),
    ("de", "Indien und Pakistan sprachen am Montag. Beide Seiten beschossen sich weiter.", "attack", "IND", "PAK"),
    ("de", "Kämpfe zwischen M23-Rebellen und kongolesischer Armee", "attack", "COD", "M23"),
    ("de", "Gefechte an der Grenze zwischen Afghanistan und Pakistan", "attack", "AFG", "PAK"),
    ("en", "Fighting between Thailand and Cambodia", "attack", "KHM", "THA"),
    ("de", "Thailändische und kambodschanische Soldaten haben sich Gefechte geliefert.", "attack", "KHM", "THA"),
]


def sides(language: str, text: str, type_: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    return sorted((event.actors, event.recipients) for event in events if event.type == type_)


@pytest.mark.parametrize(("language", "text", "type_", "one", "other"), MUTUAL)
def test_what_two_do_to_each_other_is_two_events(language: str, text: str, type_: str, one: str, other: str) -> None:
    assert sides(language, text, type_) == [((one,), (other,)), ((other,), (one,))]


def test_what_belongs_to_other_words_is_one_event() -> None:
    text = "Moscow accused Kyiv of shelling the plant after the two presidents had spoken to each other."
    assert sides("en", text, "accusation") == [(("RUS",), ("UKR",))]


def test_what_two_each_do_to_a_third_goes_one_way() -> None:
    text = "Germany and France each expelled Russian diplomats on Monday."
    assert sides("en", text, "diplomatic_break") == [(("DEU", "FRA"), ("RUS",))]


def test_talks_with_each_other_stay_one_event() -> None:
    assert sides("de", "Putin und Trump telefonierten am Montag miteinander.", "leader_call") == [(("RUS", "USA"), ())]


def test_the_explanation_names_the_words_that_say_so() -> None:
    shown = as_text(explained(MUTUAL[3][1], "de", "2025-07-04", load_settings()))
    assert "accusation (occurred) IND -> PAK" in shown
    assert "accusation (occurred) PAK -> IND" in shown
    assert "'einander': done both ways, if two take part" in shown
