"""What dense reports tell beside their news: denied charges, claims of one's own right, drills, mediators, shared
intelligence."""

import pytest

from tests.coder.coded import Sides, coded


@pytest.mark.parametrize(
    ("language", "text", "gone"),
    [
        (
            "en",
            "Ethiopia accused Eritrea of arming rebels. Asmara, which denies the charge, said Addis Ababa was "
            "preparing for war.",
            ("accusation", "negated"),
        ),
        ("en", "Hezbollah said it had a legitimate right to defend itself.", ("support", "occurred")),
        ("de", "Delegationen aus Russland und der Ukraine trafen sich in Istanbul.", ("attack", "occurred")),
        ("en", "Iran's foreign minister said Britain and France had killed the deal.", ("attack", "occurred")),
    ],
)
def test_what_only_sounds_like_an_event(language: str, text: str, gone: tuple[str, str]) -> None:
    assert gone not in [event[:2] for event in coded(language, text)]


@pytest.mark.parametrize(
    ("language", "text", "type_", "status", "actors", "recipients"),
    [
        (
            "de",
            "Die Philippinen wollen mit Kanada gemeinsame Manöver abhalten.",
            "mobilization",
            "planned",
            ("CAN", "PHL"),
            (),
        ),
        (
            "de",
            "Belarus hält mit Russland gemeinsame Militärübungen ab.",
            "mobilization",
            "occurred",
            ("BLR", "RUS"),
            (),
        ),
        ("en", "The U.S. said Israel had a right to defend itself.", "support", "occurred", ("USA",), ("ISR",)),
        (
            "en",
            "Britain has stopped sharing intelligence with the U.S. about suspected drug boats.",
            "arms_delivery_pause",
            "occurred",
            ("GBR",),
            ("USA",),
        ),
        (
            "en",
            "Pakistan and Afghanistan ended a third round of talks in Istanbul. Turkey, which mediated with Qatar, "
            "said it would continue its efforts.",
            "negotiation",
            "occurred",
            ("AFG", "PAK", "QAT", "TUR"),
            (),
        ),
        (
            "de",
            "Die Ukraine erhielt die ersten F-16 aus den Niederlanden.",
            "arms_delivery",
            "occurred",
            ("NLD",),
            ("UKR",),
        ),
        ("de", "Kanada sagte Kiew weitere 50 gepanzerte Fahrzeuge zu.", "arms_delivery", "planned", ("CAN",), ("UKR",)),
        ("en", "Egypt has armed Sudan's army, diplomats say.", "arms_delivery", "occurred", ("EGY",), ("SDN",)),
        (
            "en",
            "The EU banned visas for Russians, prompting Moscow to vow retaliation.",
            "threat",
            "occurred",
            ("RUS",),
            ("EU",),
        ),
        (
            "en",
            "The raid prompted Jordan to recall its ambassador from Israel.",
            "diplomatic_break",
            "occurred",
            ("JOR",),
            ("ISR",),
        ),
        (
            "en",
            "Thailand halted the release of 18 Cambodian prisoners.",
            "prisoner_exchange",
            "negated",
            ("KHM", "THA"),
            (),
        ),
        (
            "en",
            "There is talk of a summit between Putin and Zelensky.",
            "leader_meeting",
            "hypothetical",
            ("RUS", "UKR"),
            (),
        ),
        ("de", "Die RSF hat einer humanitären Waffenruhe zugestimmt.", "ceasefire", "planned", ("RSF",), ()),
        (
            "de",
            "Die EU-Außenminister haben sich auf neue Visa-Regeln für Russen verständigt.",
            "agreement",
            "occurred",
            ("EU",),
            (),
        ),
        (
            "en",
            "Turkey issued arrest warrants for Netanyahu. Israel's government rejected the move. Hamas praised it.",
            "support",
            "occurred",
            ("HAMAS",),
            ("TUR",),
        ),
    ],
)
def test_who_does_what(language: str, text: str, type_: str, status: str, actors: Sides, recipients: Sides) -> None:
    assert [event for event in coded(language, text) if event[0] == type_] == [(type_, status, actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text", "events"),
    [
        (
            "en",
            "Colombia accused Ecuador of bombing its territory and recalled its ambassador.",
            [("accusation", ("COL",), ("ECU",)), ("diplomatic_break", ("COL",), ("ECU",))],
        ),
        (
            "de",
            "Litauen schloss die Grenze zu Belarus. Minsk verurteilte den Schritt.",
            [("coercion", ("LTU",), ("BLR",)), ("accusation", ("BLR",), ("LTU",))],
        ),
        (
            "de",
            "Die Republik Moldau hat den Abzug der russischen Soldaten aus Transnistrien verlangt.",
            [("demand", ("MDA",), ("RUS",))],
        ),
        ("en", "The New START treaty between Russia and the United States expired on Thursday.", []),
    ],
)
def test_all_that_is_told(language: str, text: str, events: list[tuple[str, Sides, Sides]]) -> None:
    assert [(type_, actors, recipients) for type_, _, actors, recipients in coded(language, text)] == events


def test_what_somebody_defends_of_his_own_is_no_support() -> None:
    text = "Colombia suspended intelligence sharing with the United States. Rubio defended the campaign of strikes."
    assert "support" not in [event[0] for event in coded("en", text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Japan Airlines and American Airlines agreed on a partnership."),
        ("en", "Russian Railways suspended services to Finland."),
        ("en", "The Israel Football Association condemned the ban."),
        ("de", "Turkish Airlines fliegt wieder nach Damaskus."),
    ],
)
def test_companies_with_a_country_in_their_name_act_for_nobody(language: str, text: str) -> None:
    assert coded(language, text) == []


@pytest.mark.parametrize(
    ("text", "type_", "actor", "recipient"),
    [
        ("Dem Iran drohte Trump mit neuen Angriffen.", "threat", "USA", "IRN"),
        ("Der Hamas drohte Netanjahu mit Vernichtung.", "threat", "ISR", "HAMAS"),
        ("Von Kiew verlangt Putin den Verzicht auf den Donbass.", "demand", "RUS", "UKR"),
        ("Den Vorschlag der USA lehnte Sudans Armee ab.", "rejection", "SDN", "USA"),
        ("Das Vorgehen Chinas kritisierte Manila scharf.", "accusation", "PHL", "CHN"),
        ("Der Ukraine sagte Merz weitere Raketen zu.", "arms_delivery", "DEU", "UKR"),
        ("Die Ukraine verlangte von Deutschland Taurus.", "demand", "UKR", "DEU"),
        ("Pakistan, dem Indien den Anschlag anlastet, bestreitet eine Beteiligung.", "accusation", "IND", "PAK"),
        ("Putin, dem Trump mit Sanktionen drohte, blieb hart.", "threat", "USA", "RUS"),
        ("Die USA drohten dem Iran mit Angriffen.", "threat", "USA", "IRN"),
    ],
)
def test_a_german_sentence_may_open_with_its_object(text: str, type_: str, actor: str, recipient: str) -> None:
    assert [(kind, actors, to) for kind, _, actors, to in coded("de", text)] == [(type_, (actor,), (recipient,))]


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("de", "Israel hat die Gespräche ohne Angabe von Gründen abgebrochen.", ("diplomatic_break", "occurred")),
        ("de", "Trump hat mit Putin ohne Ergebnis telefoniert.", ("leader_call", "occurred")),
        ("en", "A ceasefire between Pakistan and Afghanistan expired on Friday.", ("ceasefire", "negated")),
        ("en", "The ceasefire between Israel and Hamas expires on Sunday.", ("ceasefire", "occurred")),
        (
            "de",
            "Eine Feuerpause zwischen Pakistan und Afghanistan war am Freitag ausgelaufen.",
            ("ceasefire", "negated"),
        ),
    ],
)
def test_what_is_denied_and_what_is_over(language: str, text: str, event: tuple[str, str]) -> None:
    assert [one[:2] for one in coded(language, text)] == [event]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lavrov was asked about the meeting with Rubio."),
        ("en", "The Pakistani general died of a heart attack in Doha."),
        ("de", "Libyen stoppte Migranten auf dem Weg nach Italien."),
    ],
)
def test_questions_heart_attacks_and_migrants_are_no_events(language: str, text: str) -> None:
    assert coded(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Russland greift Hafen an. Warschau (AFP) - Bei einem russischen Drohnenangriff brannte ein Hafen.",
        ),
        ("en", "Russia attacks port. Warsaw (AFP) - A harbour was damaged in a Russian drone strike."),
    ],
)
def test_where_a_report_was_written_is_not_hit(language: str, text: str) -> None:
    assert coded(language, text) == [("attack", "occurred", ("RUS",), ())]
