"""Charges without a verb of accusing, who says them and against whom; who does what another only tells."""

import pytest

from tests.coder.coded import coded as told


@pytest.mark.parametrize(
    ("language", "text", "says", "accused"),
    [
        ("en", "Poland says Russia was behind rail sabotage.", "POL", "RUS"),
        ("en", "Lithuania says Belarus is behind balloon incursions.", "LTU", "BLR"),
        ("en", "Iran says Israel was behind the assassination of Haniyeh.", "IRN", "ISR"),
        ("en", "Kallas: Putin does not want peace.", "EU", "RUS"),
        ("en", "Zelensky says Putin is not serious about peace.", "UKR", "RUS"),
        ("en", "Zelensky: Russia is only dragging its feet on talks.", "UKR", "RUS"),
        ("en", "Zelensky says Russia is dragging out the war.", "UKR", "RUS"),
        ("en", "Venezuela says US is seeking regime change.", "VEN", "USA"),
        ("en", "Venezuela sees US build-up as attempt to overthrow Maduro.", "VEN", "USA"),
        ("en", "Taiwan says China is trying to intimidate island.", "TWN", "CHN"),
        ("en", "Sudan says UAE is fuelling war.", "SDN", "ARE"),
        ("en", "Kyiv says Russia is using winter as a weapon.", "UKR", "RUS"),
        ("en", "Poland: Belarus using migrants as weapon.", "POL", "BLR"),
        ("en", "Iran says the talks with Washington were only a cover for war.", "IRN", "USA"),
        ("en", "China says Japan is crossing a red line on Taiwan.", "CHN", "JPN"),
        ("en", "Japan PM's remarks 'shocking', China says.", "CHN", "JPN"),
        ("en", "Kremlin says Kyiv is stalling peace talks.", "RUS", "UKR"),
        ("en", "Erdogan says Netanyahu is the biggest obstacle to peace.", "TUR", "ISR"),
        ("en", "Beijing calls US port fees discriminatory.", "CHN", "USA"),
        ("en", "Trump says China is ripping off the US.", "USA", "CHN"),
        ("de", "Litauen sagt, Belarus stecke hinter den Ballons.", "LTU", "BLR"),
        ("de", "Selenskyj sagt, Putin wolle keinen Frieden.", "UKR", "RUS"),
        ("de", "Putin spielt laut Merz auf Zeit.", "DEU", "RUS"),
        ("de", "Kiew: Russland zieht den Krieg in die Länge.", "UKR", "RUS"),
        ("de", "Laut Maduro streben die USA einen Regimewechsel an.", "VEN", "USA"),
        ("de", "Der Sudan sagt, die VAE heizten den Krieg an.", "SDN", "ARE"),
        ("de", "China sagt, Japan überschreite eine rote Linie.", "CHN", "JPN"),
    ],
)
def test_who_tells_anothers_doing_as_a_charge_accuses_him(language: str, text: str, says: str, accused: str) -> None:
    assert told(language, text) == [("accusation", "occurred", (says,), (accused,))]


def test_the_real_goal_is_that_of_the_other_side() -> None:
    events = told(
        "en",
        "Washington says its build-up is aimed at drug traffickers; Caracas insists the real goal is to topple its "
        "government.",
    )
    assert ("accusation", "occurred", ("VEN",), ("USA",)) in events
    assert "demand" not in {event[0] for event in events}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia is dragging out the war."),
        ("en", "Rubio says Hamas is not violating the ceasefire."),
        ("en", "Trump denies US is seeking regime change in Venezuela."),
        ("en", "Sweden says it has no evidence Russia was behind cable damage."),
        ("en", "Kremlin denies Russia was behind the sabotage."),
        ("en", "Israel's defence minister says the goal is to topple Hamas."),
        ("en", "Netanyahu says Israel wants to topple the regime in Tehran."),
        ("en", "Macron asked whether Putin was playing for time."),
        ("en", "Israel was behind the explosions, two US officials said."),
        ("en", "The opposition says Orban is dragging out the war."),
        ("en", "Police say gang was behind blast in Malmo."),
        ("de", "Russland zieht den Krieg in die Länge."),
        ("de", "Der Kreml sagt, Russland spiele nicht auf Zeit."),
        ("de", "Wenn Putin keinen Frieden will, muss Europa handeln, sagte Merz."),
        ("de", "Netanjahu will die Hamas stürzen."),
    ],
)
def test_what_nobody_charges_another_with_is_no_accusation(language: str, text: str) -> None:
    assert "accusation" not in {event[0] for event in told(language, text)}


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("en", "Ukraine says Russia violated the Easter ceasefire 1,200 times.", "RUS"),
        ("en", "Azerbaijan violated the ceasefire with Armenia.", "AZE"),
        ("en", "Rubio says Hamas is violating the ceasefire.", "HAMAS"),
        ("de", "Rubio: Hamas verletzt die Waffenruhe.", "HAMAS"),
    ],
)
def test_who_breaks_a_truce_attacks(language: str, text: str, actor: str) -> None:
    assert [event[:3] for event in told(language, text)] == [("attack", "occurred", (actor,))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hezbollah accused Israel of violating the truce."),
        ("de", "Die Hamas wirft Israel vor, die Waffenruhe zu verletzen."),
    ],
)
def test_the_breach_that_somebody_is_accused_of_is_no_event_beside_it(language: str, text: str) -> None:
    assert [event[0] for event in told(language, text)] == ["accusation"]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Lithuania says Belarus closed crossing in retaliation.", "coercion", "BLR", "LTU"),
        ("Slovakia says Ukraine cut off gas.", "sanctions", "UKR", "SVK"),
        ("Ukraine says Poland has imposed a grain ban.", "sanctions", "POL", "UKR"),
        ("Venezuela says US seized tanker.", "coercion", "USA", "VEN"),
    ],
)
def test_who_only_says_so_has_not_done_it(text: str, kind: str, actor: str, recipient: str) -> None:
    assert told("en", text) == [(kind, "occurred", (actor,), (recipient,))]
