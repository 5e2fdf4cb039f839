"""What headlines leave out: helpers of passives, and who of two buys or gives; attacks in words; questions."""

import pytest

from tests.coder.coded import Sides, coded


@pytest.mark.parametrize(
    ("text", "type_", "actors", "recipients"),
    [
        ("Iran accused of arming Houthi rebels", "accusation", (), ("IRN",)),
        ("Israel condemned over strike on Gaza hospital", "accusation", (), ("ISR",)),
        ("UN urged to launch inquiry into Sudan massacre", "demand", (), ("UN",)),
        ("Iranian ambassador summoned over detained tourist", "accusation", (), ("IRN",)),
        ("Russian diplomats expelled from Poland", "diplomatic_break", ("POL",), ("RUS",)),
        ("US tanker seized by Iran in Gulf", "coercion", ("IRN",), ("USA",)),
        ("Russian oil depot hit in Ukrainian drone strike", "attack", ("UKR",), ("RUS",)),
        ("Two Ukrainian drones downed over Moscow, mayor says", "attack", (), ("UKR",)),
        ("Georgia threatened with sanctions over foreign agent law", "threat", (), ("GEO",)),
        ("Iran, accused of arming the Houthis, denied any involvement.", "accusation", (), ("IRN",)),
        # With an object of its own the verb is active.
        ("Iran accused Israel of killing its scientists.", "accusation", ("IRN",), ("ISR",)),
        ("Germany condemned Russia over the attack on Kyiv.", "accusation", ("DEU",), ("RUS",)),
        ("Russian missiles hit in Kyiv overnight", "attack", ("RUS",), ("UKR",)),
        ("Ukraine urged allies to send more missiles.", "demand", ("UKR",), ("OTHER",)),
    ],
)
def test_english_headlines_leave_out_the_helper_of_a_passive(
    text: str, type_: str, actors: Sides, recipients: Sides
) -> None:
    assert (type_, "occurred", actors, recipients) in coded("en", text)


@pytest.mark.parametrize(
    ("text", "type_", "actors", "recipients"),
    [
        ("Russische Diplomaten aus Polen ausgewiesen", "diplomatic_break", ("POL",), ("RUS",)),
        ("Iranischer Botschafter in Berlin einbestellt", "accusation", (), ("IRN",)),
        ("Deutschland zu mehr Hilfe für Ukraine aufgefordert", "demand", (), ("DEU",)),
        ("Polen hat russische Diplomaten ausgewiesen", "diplomatic_break", ("POL",), ("RUS",)),
    ],
)
def test_german_headlines_leave_out_the_helper_of_a_passive(
    text: str, type_: str, actors: Sides, recipients: Sides
) -> None:
    assert (type_, "occurred", actors, recipients) in coded("de", text)


def test_whose_request_is_turned_down_has_not_turned_it_down() -> None:
    assert coded("en", "Iran's request was turned down by FIFA") == [("rejection", "occurred", (), ("IRN",))]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "Poland to buy South Korean-made K2 tanks", ("KOR",), ("POL",)),
        ("en", "India will buy S-400 systems from Russia.", ("RUS",), ("IND",)),
        ("en", "Poland received South Korean howitzers.", ("KOR",), ("POL",)),
        ("de", "Polen kauft Panzer aus Südkorea", ("KOR",), ("POL",)),
        ("de", "Die Türkei will US-Kampfjets kaufen.", ("USA",), ("TUR",)),
        # Who buys for somebody else gives.
        ("en", "Germany bought 100 tanks for Ukraine.", ("DEU",), ("UKR",)),
        ("de", "Tschechien hat für die Ukraine weitere Granaten beschafft.", ("CZE",), ("UKR",)),
    ],
)
def test_who_buys_arms_gets_them(language: str, text: str, actors: Sides, recipients: Sides) -> None:
    assert ("arms_delivery", actors, recipients) in [(one[0], *one[2:]) for one in coded(language, text)]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "Trump's scathing attack on Zelensky shocks Europe", ("USA",), ("UKR",)),
        ("en", "Orban launches verbal attack on Brussels", ("HUN",), ("EU",)),
        ("en", "Trump attacks Merz over Greenland", ("USA",), ("DEU",)),
        ("de", "Trumps scharfe Attacke gegen Selenskyj schockiert Europa", ("USA",), ("UKR",)),
        ("de", "Trump greift Merz wegen Grönland an", ("USA",), ("DEU",)),
    ],
)
def test_who_attacks_a_person_does_so_in_words(language: str, text: str, actors: Sides, recipients: Sides) -> None:
    assert coded(language, text) == [("accusation", "occurred", actors, recipients)]


def test_who_attacks_a_state_does_not() -> None:
    assert coded("en", "Putin attacks Ukraine") == [("attack", "occurred", ("RUS",), ("UKR",))]


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "Why did Russia attack Kharkiv again?", "occurred"),
        ("de", "Warum griff Russland erneut Charkiw an?", "occurred"),
        ("de", "Was bedeutet der Lieferstopp der USA für die Ukraine?", "occurred"),
        ("de", "Wie könnte eine Waffenruhe zwischen Russland und der Ukraine aussehen?", "hypothetical"),
        ("de", "Was, wenn Russland Estland angreift?", "hypothetical"),
        ("de", "Wann treffen sich Trump und Putin?", "hypothetical"),
        ("de", "Was heißt das für die deutsche Waffenhilfe an die Ukraine?", "hypothetical"),
    ],
)
def test_a_question_takes_for_granted_what_it_asks_the_reasons_of(language: str, text: str, status: str) -> None:
    assert [one[1] for one in coded(language, text)] == [status]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die USA ziehen das Kopfgeld auf den syrischen Milizenchef zurück."),
        ("en", "Russia says it will withdraw from the International Space Station after 2024."),
        ("en", "The United States withdrew from UNESCO in July."),
    ],
)
def test_only_forces_withdraw(language: str, text: str) -> None:
    assert "troop_withdrawal" not in [one[0] for one in coded(language, text)]


def test_whose_strikes_they_are_may_be_said_with_von() -> None:
    text = "Bei Angriffen von Palästinensern wurden im Oktober zwei israelische Soldaten getötet."
    assert ("attack", ("PSE",)) in [(one[0], one[2]) for one in coded("de", text)]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("en", "Germany will not send Taurus missiles to Ukraine, Merz says", (("DEU",), ("UKR",))),
        ("de", "Deutschland wird der Ukraine keine Taurus liefern, sagte Merz.", (("DEU",), ("UKR",))),
        ("de", "Bulgarien will keine Waffen an die Ukraine liefern", (("BGR",), ("UKR",))),
    ],
)
def test_what_somebody_will_not_give_he_refuses(language: str, text: str, sides: tuple[Sides, Sides]) -> None:
    assert coded(language, text) == [("rejection", "occurred", *sides)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Slovakia will no longer supply weapons to Ukraine"),
        ("de", "Deutschland liefert keine Waffen mehr an Israel"),
    ],
)
def test_what_somebody_gives_no_longer_is_paused(language: str, text: str) -> None:
    assert [one[:2] for one in coded(language, text)] == [("arms_delivery_pause", "occurred")]


def test_who_is_ready_to_fight_offers_no_talks() -> None:
    for text in (
        "Iran says it is ready for war with Israel",
        "Russia is ready to fight if Europe wants war, Putin says",
    ):
        assert "negotiation_offer" not in [one[0] for one in coded("en", text)]


def test_what_tells_something_as_a_verb_only_is_no_event_as_a_noun() -> None:
    assert coded("en", "What we know about the US strikes on Houthi targets in Yemen") == [
        ("attack", "occurred", ("USA",), ("HOUTHIS",))
    ]
    assert coded("en", "Russia targets Ukrainian energy sites") == [("attack", "occurred", ("RUS",), ("UKR",))]
    assert coded("en", "A Prague exhibition documents the Slovak National Gallery's decline") == []
