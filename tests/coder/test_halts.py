"""What is brought to an end: attacks that their own side stops, pauses of deliveries, sanctions for one."""

import pytest

from tests.coder.coded import coded


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("en", "Houthis stop attacks on Israel", "HOUTHIS"),
        ("en", "India pauses strikes on Pakistan", "IND"),
        ("en", "Israel halts strikes on Lebanon", "ISR"),
        ("en", "Russia suspends attacks on Ukrainian energy sites", "RUS"),
        ("en", "The US ended its strikes on the Houthis in Yemen, Trump said.", "USA"),
        ("en", "Israel said it had halted its strikes on Gaza after a request from Trump.", "ISR"),
        ("de", "Pakistan stoppt Angriffe auf Afghanistan", "PAK"),
        ("de", "Huthi beenden Angriffe auf Israel", "HOUTHIS"),
        ("de", "Israel setzt Angriffe auf Gaza aus", "ISR"),
        ("de", "Russland hat seine Angriffe auf Kiew eingestellt", "RUS"),
    ],
)
def test_who_stops_his_own_attacks_declares_a_ceasefire(language: str, text: str, actor: str) -> None:
    found = coded(language, text)
    assert ("ceasefire", "occurred", (actor,), ()) in found
    assert "attack" not in [one[0] for one in found]


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("en", "Houthis say they will stop attacks on Israel", "HOUTHIS"),
        ("en", "Israel to halt strikes on Lebanon for 60 days", "ISR"),
        ("de", "Israel kündigt an, Angriffe auf Gaza einzustellen", "ISR"),
        ("de", "Russland will Angriffe auf Energieanlagen der Ukraine aussetzen", "RUS"),
    ],
)
def test_attacks_that_will_be_stopped_are_a_planned_ceasefire(language: str, text: str, actor: str) -> None:
    assert coded(language, text) == [("ceasefire", "planned", (actor,), ())]


@pytest.mark.parametrize(
    ("language", "text", "actor", "recipient"),
    [
        ("en", "Russia continues attacks on Ukraine", "RUS", "UKR"),
        ("en", "Ukraine stops Russian attack near Pokrovsk", "RUS", "UKR"),
        ("de", "Ukraine stoppt russischen Angriff bei Pokrowsk", "RUS", "UKR"),
        ("de", "Die Ukraine hat einen Angriff der Russen auf Kiew gestoppt", "RUS", "UKR"),
        ("en", "Israel has not stopped its attacks on Gaza, Hamas said.", "ISR", "PSE"),
        ("de", "Israel will die Angriffe auf Gaza nicht stoppen", "ISR", "PSE"),
    ],
)
def test_what_goes_on_or_another_stops_stays_an_attack(language: str, text: str, actor: str, recipient: str) -> None:
    assert coded(language, text) == [("attack", "occurred", (actor,), (recipient,))]


def test_attacks_that_somebody_is_asked_to_stop_are_no_ceasefire() -> None:
    text = "Hamas verlangt, dass Israel die Angriffe beendet"
    assert "ceasefire" not in [one[0] for one in coded("de", text)]


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "US ends pause in weapons deliveries to Ukraine", "occurred"),
        ("en", "Trump lifts pause on arms shipments to Kyiv", "occurred"),
        ("en", "US to end pause in weapons deliveries to Ukraine", "planned"),
        ("de", "USA heben Lieferstopp für Ukraine auf", "occurred"),
        ("de", "USA wollen Lieferstopp für Ukraine aufheben", "planned"),
    ],
)
def test_who_ends_a_pause_delivers_again(language: str, text: str, status: str) -> None:
    assert coded(language, text) == [("arms_delivery", status, ("USA",), ("UKR",))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "US stops weapons deliveries to Ukraine"),
        ("en", "US pauses arms shipments to Kyiv"),
        ("de", "Trump setzt Waffenlieferungen an Ukraine aus"),
    ],
)
def test_who_stops_deliveries_pauses_them(language: str, text: str) -> None:
    assert coded(language, text) == [("arms_delivery_pause", "occurred", ("USA",), ("UKR",))]


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Trump nimmt Ungarn von Öl-Sanktionen aus", "USA", "HUN"),
        ("EU nimmt Kosovo von Zöllen aus", "EU", "XKX"),
    ],
)
def test_who_takes_somebody_out_of_sanctions_gives_way_to_him(text: str, actor: str, recipient: str) -> None:
    assert coded("de", text) == [("concession", "occurred", (actor,), (recipient,))]
