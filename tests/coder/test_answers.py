"""Who accepts, answers or votes for another's proposal, and what is only the topic of talks, censure and demands."""

import pytest

from tests.coder.coded import Seen, Sides, coded


@pytest.mark.parametrize(
    ("language", "text", "actor", "whose"),
    [
        ("de", "RSF stimmt Vorschlag der USA zu", "RSF", ("USA",)),
        ("de", "Hamas mit Trumps Plan einverstanden", "HAMAS", ("USA",)),
        ("de", "Israel nimmt Trumps Gaza-Plan an", "ISR", ("USA",)),
        ("de", "UN-Sicherheitsrat stimmt für Gaza-Plan der USA", "UN", ("USA",)),
        ("de", "UN-Generalversammlung stimmt für Zweistaatenlösung", "UN", ()),
        ("de", "Deutschland stimmt für UN-Resolution gegen Russland", "DEU", ("UN",)),
        ("en", "Israel accepts Trump's Gaza plan", "ISR", ("USA",)),
        ("en", "Hamas agrees to Trump's plan", "HAMAS", ("USA",)),
        ("en", "UN Security Council votes for US Gaza plan", "UN", ("USA",)),
    ],
)
def test_who_accepts_a_plan_supports_whose_it_is(language: str, text: str, actor: str, whose: Sides) -> None:
    assert coded(language, text) == [("support", "occurred", (actor,), whose)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Aufsichtsrat nimmt den Vorschlag an."),
        ("de", "Der Bundestag stimmt für den Plan der Regierung."),
        ("de", "Israels Sicherheitskabinett nimmt Plan zur Einnahme von Gaza-Stadt an"),
        ("de", "Selenskyj reagierte auf Berichte über einen neuen Friedensplan."),
        ("en", "Israel's cabinet accepts plan to seize Gaza City"),
        ("en", "Lawmakers accept plan to cut spending"),
    ],
)
def test_a_plan_of_ones_own_is_neither_supported_nor_offered(language: str, text: str) -> None:
    assert {"support", "negotiation_offer"}.isdisjoint(event[0] for event in coded(language, text))


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("de", "Die RSF haben sich mit einem Vorschlag der USA für eine Waffenruhe einverstanden erklärt.", "RSF"),
        ("de", "Hamas stimmt US-Vorschlag für Waffenruhe zu", "HAMAS"),
        ("de", "Hamas akzeptiert Vorschlag für Feuerpause", "HAMAS"),
        ("en", "Hamas accepts US proposal for Gaza truce", "HAMAS"),
        ("en", "RSF agrees to US proposal for humanitarian truce", "RSF"),
    ],
)  # fmt: skip
def test_who_agrees_to_a_truce_plans_one(language: str, text: str, actor: str) -> None:
    events = coded(language, text)
    assert ("ceasefire", "planned", (actor,), ()) in events
    assert not [event for event in events if event[0] == "negotiation_offer" and actor in event[2]]


def test_who_has_not_agreed_plans_no_truce() -> None:
    assert ("ceasefire", "planned", ("RUS",), ()) not in coded("en", "Putin has not agreed to a ceasefire")
    assert ("ceasefire", "negated", ("HAMAS",), ()) in coded("de", "Hamas stimmt Waffenruhe nicht zu")


def test_who_only_reacts_has_not_made_the_plan() -> None:
    (event,) = coded("de", "Selenskyj reagiert auf Friedensplan der USA")
    assert event == ("negotiation_offer", "occurred", ("USA",), ("UKR",))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "UN-Sicherheitsrat nimmt Gaza-Resolution an"),
        ("en", "UN Security Council adopts Gaza resolution"),
    ],
)
def test_what_the_security_council_adopts_is_agreed(language: str, text: str) -> None:
    assert coded(language, text) == [("agreement", "occurred", ("UN",), ())]


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        (
            "de",
            "Israel und die Hamas verhandeln in Kairo über Geiselaustausch",
            ("negotiation", "occurred", ("HAMAS", "ISR"), ()),
        ),
        (
            "de",
            "Russland und die Ukraine beraten in Istanbul über einen Austausch von Gefangenen.",
            ("negotiation", "occurred", ("RUS", "UKR"), ()),
        ),
        ("de", "Fico kritisiert EU-Sanktionen gegen Russland", ("accusation", "occurred", ("SVK",), ("EU",))),
        ("de", "Orban blockiert EU-Sanktionen gegen Russland", ("rejection", "occurred", ("HUN",), ("EU",))),
        ("de", "Peking kritisiert Verkauf von US-Waffen an Taiwan", ("accusation", "occurred", ("CHN",), ("USA",))),
        ("de", "Trump verzichtet vorerst auf Zölle gegen Mexiko", ("concession", "occurred", ("USA",), ("MEX",))),
        ("de", "Im Gegenzug verzichten die USA auf die Zusatzzölle.", ("concession", "occurred", ("USA",), ())),
        ("de", "Selenskyj dringt auf Treffen mit Trump", ("demand", "occurred", ("UKR",), ("USA",))),
        ("de", "Schweiz und USA legen Zollstreit bei", ("agreement", "occurred", ("CHE", "USA"), ())),
        ("de", "Armenien und Aserbaidschan legen Grenzstreit bei", ("agreement", "occurred", ("ARM", "AZE"), ())),
        ("en", "Fico criticises EU sanctions on Russia", ("accusation", "occurred", ("SVK",), ("EU",))),
    ],
)
def test_a_topic_is_no_event_beside_what_is_said_of_it(language: str, text: str, event: Seen) -> None:
    assert coded(language, text) == [event]


def test_a_topic_that_also_happens_is_an_event() -> None:
    text = "Russland und die Ukraine verhandelten über einen Gefangenenaustausch und tauschten 300 Gefangene aus."
    assert {event[0] for event in coded("de", text)} == {"negotiation", "prisoner_exchange"}
    text = "Die USA verhängen Sanktionen gegen Kuba. Mexiko kritisierte die Sanktionen."
    assert {event[0] for event in coded("de", text)} == {"sanctions", "accusation"}


@pytest.mark.parametrize(
    "text",
    [
        "Wadephul warnt vor Annexion des Westjordanlands",
        "Moskau will vor einer Waffenruhe das Ende der Waffenlieferungen",
    ],
)
def test_what_somebody_warns_of_or_puts_last_is_not_his_doing(text: str) -> None:
    assert coded("de", text) == []


@pytest.mark.parametrize(
    ("language", "text", "says", "accused"),
    [
        ("de", "UN-Kommission: Israel begeht Völkermord in Gaza", "UN", "ISR"),
        ("de", "UN-Experten: Israel begeht in Gaza Kriegsverbrechen", "UN", "ISR"),
        ("de", "Türkei: Israel betreibt Staatsterror", "TUR", "ISR"),
        ("de", "EU-Bericht: Georgien verletzt Menschenrechte", "EU", "GEO"),
        ("de", "Lawrow: Europa will den Krieg fortsetzen", "RUS", "OTHER"),
        ("en", "UN experts: Israel committing war crimes in Gaza", "UN", "ISR"),
        ("en", "Zelensky: Putin wants to continue the war", "UKR", "RUS"),
    ],
)
def test_who_stands_before_the_colon_accuses(language: str, text: str, says: str, accused: str) -> None:
    assert coded(language, text) == [("accusation", "occurred", (says,), (accused,))]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("de", "Durchbruch im Handelsstreit: USA und Schweiz einigen sich auf niedrigere Zölle", ("CHE", "USA")),
        ("de", "USA und Japan einigen sich auf Zölle von 15 Prozent", ("JPN", "USA")),
        ("de", "EU und Indonesien einigen sich auf Abbau von Zöllen", ("EU", "IDN")),
        ("en", "US and Japan agree on 15 percent tariffs", ("JPN", "USA")),
        ("en", "EU and Indonesia agree to cut tariffs", ("EU", "IDN")),
    ],
)
def test_tariffs_on_which_two_agree_are_an_agreement(language: str, text: str, sides: Sides) -> None:
    assert coded(language, text) == [("agreement", "occurred", sides, ())]


def test_sanctions_on_which_two_agree_against_a_third_stay_sanctions() -> None:
    text = "EU und USA einigen sich auf Sanktionen gegen Russland"
    assert coded("de", text) == [("sanctions", "planned", ("EU", "USA"), ("RUS",))]
