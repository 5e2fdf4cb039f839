"""Sanctions and goods: what is not imposed, kept, triggered, delivered again or paid for; names for something else."""

import pytest

from tests.coder.coded import Seen as Event
from tests.coder.coded import coded as told


@pytest.mark.parametrize(
    ("language", "text", "status", "giver", "hit"),
    [
        ("en", "Trump has so far shied away from imposing sanctions on Russia.", "negated", "USA", "RUS"),
        ("en", "The EU refrained from imposing tariffs on China.", "negated", "EU", "CHN"),
        ("en", "The United States avoided imposing sanctions on China.", "negated", "USA", "CHN"),
        ("de", "Trump ist bislang vor Sanktionen gegen Russland zurückgeschreckt.", "negated", "USA", "RUS"),
        ("de", "Die EU scheute bislang vor Zöllen auf chinesische Autos zurück.", "negated", "EU", "CHN"),
        ("de", "Die EU sah von Zöllen auf amerikanische Waren ab.", "negated", "EU", "USA"),
        ("en", "Washington did not refrain from imposing sanctions on Iran.", "occurred", "USA", "IRN"),
        ("en", "The EU said its own sanctions on Belarus would stay in place.", "occurred", "EU", "BLR"),
        ("en", "The EU will keep its sanctions on Belarus in place.", "occurred", "EU", "BLR"),
        ("en", "Venezuela has been under U.S. sanctions since 2018.", "occurred", "USA", "VEN"),
        ("de", "Der Schweiz drohen US-Zölle von 39 Prozent.", "planned", "USA", "CHE"),
    ],
)
def test_what_is_held_back_or_stays(language: str, text: str, status: str, giver: str, hit: str) -> None:
    assert told(language, text) == [("sanctions", status, (giver,), (hit,))]


def test_what_somebody_should_refrain_from_is_not_told() -> None:
    events = told("en", "The EU was urged to refrain from imposing tariffs on China.")
    assert "sanctions" not in {event[0] for event in events}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The company has been under U.S. sanctions since 2018.", "occurred"),
        ("Rosneft has been under U.S. sanctions since October.", "occurred"),
    ],
)
def test_who_is_under_sanctions_since_a_day_is_so_still(text: str, status: str) -> None:
    assert [event[:3] for event in told("en", text)] == [("sanctions", status, ("USA",))]


@pytest.mark.parametrize(
    ("language", "text", "givers"),
    [
        ("en", "Britain, France and Germany trigger U.N. sanctions on Iran.", ("DEU", "FRA", "GBR")),
        (
            "de",
            "Großbritannien, Frankreich und Deutschland lösen UN-Sanktionen gegen den Iran aus.",
            ("DEU", "FRA", "GBR"),
        ),
        ("de", "Europäer lösen UN-Sanktionen gegen den Iran aus", ("OTHER",)),
    ],
)
def test_who_triggers_sanctions_imposes_them(language: str, text: str, givers: tuple[str, ...]) -> None:
    assert told(language, text) == [("sanctions", "planned", givers, ("IRN",))]


def test_a_threat_with_sanctions_is_one() -> None:
    assert told("de", "Trump droht der Schweiz mit Zöllen.") == [("threat", "occurred", ("USA",), ("CHE",))]


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("en", "Russia resumed gas supplies to Hungary.", ("concession", "occurred", ("RUS",), ("HUN",))),
        ("en", "Russia resumed gas deliveries to Moldova.", ("concession", "occurred", ("RUS",), ("MDA",))),
        (
            "de",
            "Russland nahm die Gaslieferungen an Moldau wieder auf.",
            ("concession", "occurred", ("RUS",), ("MDA",)),
        ),
        ("en", "The World Food Programme resumed food deliveries to Gaza.", ("aid", "occurred", ("UN",), ("PSE",))),
        ("en", "Russia resumed deliveries of jets to Egypt.", ("arms_delivery", "occurred", ("RUS",), ("EGY",))),
        ("de", "Russland lieferte Weizen und Waffen an Mali.", ("arms_delivery", "occurred", ("RUS",), ("MLI",))),
        (
            "de",
            "Polen zahlte Südkorea zwei Milliarden Dollar für Panzer.",
            ("arms_delivery", "planned", ("KOR",), ("POL",)),
        ),
        (
            "en",
            "Germany paid Ukraine 100 million euros for the repair of power plants.",
            ("aid", "occurred", ("DEU",), ("UKR",)),
        ),
        (
            "en",
            "Ukraine received the bodies of 1,000 soldiers from Russia.",
            ("prisoner_exchange", "occurred", ("RUS", "UKR"), ()),
        ),
        (
            "de",
            "Die Ukraine erhielt von Russland die Leichen von 1000 Soldaten.",
            ("prisoner_exchange", "occurred", ("RUS", "UKR"), ()),
        ),
        (
            "en",
            "Australia is to receive nuclear submarines from the United States.",
            ("arms_delivery", "planned", ("USA",), ("AUS",)),
        ),
        (
            "de",
            "Australien soll von den USA atomgetriebene U-Boote erhalten.",
            ("arms_delivery", "planned", ("USA",), ("AUS",)),
        ),
        ("en", "Mexico got a 90-day reprieve from U.S. tariffs.", ("concession", "occurred", ("USA",), ("MEX",))),
    ],
)
def test_goods_and_who_gets_them(language: str, text: str, event: Event) -> None:
    assert told(language, text) == [event]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Poland paid South Korea $2 billion for tanks."),
        ("en", "India paid Russia $5 billion for air defence systems."),
        ("de", "Indien zahlte Russland fünf Milliarden Dollar für Flugabwehrsysteme."),
    ],
)
def test_a_price_is_no_aid(language: str, text: str) -> None:
    assert "aid" not in {event[0] for event in told(language, text)}


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("en", "NATO has launched its Eastern Sentry operation.", ("mobilization", "occurred", ("NATO",), ())),
        ("en", "NATO launched operation Baltic Sentry.", ("mobilization", "occurred", ("NATO",), ())),
        ("en", "NATO has launched air strikes on Libya.", ("attack", "occurred", ("NATO",), ("LBY",))),
        ("en", "Israel launched Operation Rising Lion.", ("attack", "occurred", ("ISR",), ())),
        ("en", "Trump and Xi agreed to extend a tariff truce.", ("agreement", "occurred", ("CHN", "USA"), ())),
        (
            "de",
            "China und die USA verlängern ihren Waffenstillstand im Handelsstreit.",
            ("agreement", "occurred", ("CHN", "USA"), ()),
        ),
        (
            "de",
            "Im Handelsstreit schlossen China und die USA einen Waffenstillstand.",
            ("agreement", "occurred", ("CHN", "USA"), ()),
        ),
    ],
)
def test_names_for_something_else(language: str, text: str, event: Event) -> None:
    assert told(language, text) == [event]


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Three Russian MiG-31 fighters entered Estonian airspace.", "RUS", "EST"),
        ("Russian fighters violated Estonian airspace.", "RUS", "EST"),
        ("Pakistani fighters shot down an Indian jet.", "PAK", "IND"),
        ("Israeli fighters bombed Damascus.", "ISR", "SYR"),
        ("Turkish F-16 fighters struck northern Iraq.", "TUR", "IRQ"),
        ("Japan's jets intercepted two Russian fighters.", "JPN", "RUS"),
        ("Chechen fighters attacked a Ukrainian village.", "OTHER", "UKR"),
        ("Taliban fighters shot down a Pakistani drone.", "TALIBAN", "PAK"),
    ],
)
def test_fighters_that_are_aircraft(text: str, actor: str, recipient: str) -> None:
    assert told("en", text) == [("attack", "occurred", (actor,), (recipient,))]
