"""What is told to come, and what is called off."""

import pytest

from tests.coder.coded import Sides, coded


@pytest.mark.parametrize(
    ("text", "type_", "actors", "recipients"),
    [
        ("The Netherlands said it would suspend military aid to Rwanda.", "arms_delivery_pause", "NLD", ("RWA",)),
        (
            "Chancellor Merz said Germany would suspend some arms exports to Israel.",
            "arms_delivery_pause",
            "DEU",
            ("ISR",),
        ),
        ("Poland said it would shut its border with Belarus.", "coercion", "POL", ("BLR",)),
        ("Canada announced that it would recall its ambassador from Israel.", "diplomatic_break", "CAN", ("ISR",)),
        (
            "Burkina Faso would leave the International Criminal Court, its government announced.",
            "diplomatic_break",
            "BFA",
            ("ICC",),
        ),
    ],
)
def test_what_somebody_says_he_would_do_is_planned(text: str, type_: str, actors: str, recipients: Sides) -> None:
    assert (type_, "planned", (actors,), recipients) in coded("en", text)


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv said Russia would attack Kharkiv if the talks failed.",
        "Iran said it would close the strait if it was attacked.",
    ],
)
def test_what_depends_on_something_is_not_planned(text: str) -> None:
    assert "planned" not in {status for _, status, *_ in coded("en", text)}


@pytest.mark.parametrize(
    ("text", "type_", "actors"),
    [
        ("Trump cancels planned Budapest summit with Putin.", "leader_meeting", ("RUS", "USA")),
        ("Trump shelves plan for second Putin meeting.", "leader_meeting", ("RUS", "USA")),
        ("Xi shelves plans for Tokyo trip.", "leader_meeting", ("CHN", "JPN")),
        ("Saudi Arabia cancels second round of talks with Iran.", "negotiation", ("IRN", "SAU")),
        ("Thailand halts release of 18 Cambodian soldiers.", "prisoner_exchange", ("KHM", "THA")),
        (
            "The visit of the Israeli president to Ankara, planned for Monday, has been called off.",
            "leader_meeting",
            ("ISR", "TUR"),
        ),
        (
            "Thailand said the release of 18 captured Cambodian soldiers, due this week, would not go ahead.",
            "prisoner_exchange",
            ("KHM", "THA"),
        ),
        ("Plans for Trump-Putin summit on hold, White House says.", "leader_meeting", ("RUS", "USA")),
    ],
)
def test_what_is_called_off_did_not_happen(text: str, type_: str, actors: Sides) -> None:
    assert (type_, "negated", actors, ()) in coded("en", text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ahmed al-Sharaa became the first Syrian leader to visit the White House on Monday.", "occurred"),
        ("Trump will be the first US president to visit North Korea.", "planned"),
        ("Modi accepts Trump's invitation to Washington.", "planned"),
        ("India and Pakistan have agreed to send their top diplomats to Oman.", "planned"),
        ("Hungary agreed to host a summit between Trump and Putin.", "planned"),
    ],
)
def test_whether_a_meeting_is_to_come(text: str, status: str) -> None:
    assert [(type_, told) for type_, told, *_ in coded("en", text)] == [("leader_meeting", status)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyiv said Russia would attack Kharkiv in the summer.", ("attack", "hypothetical", ("RUS",), ("UKR",))),
        (
            "Trump said he would consider sending Tomahawks to Ukraine.",
            ("arms_delivery", "hypothetical", ("USA",), ("UKR",)),
        ),
        (
            "Trump said a meeting with Putin would take place in Budapest.",
            ("leader_meeting", "planned", ("RUS", "USA"), ()),
        ),
        (
            "Poland would close its border with Belarus, Prime Minister Donald Tusk said.",
            ("coercion", "planned", ("POL",), ("BLR",)),
        ),
    ],
)
def test_who_speaks_of_whom(text: str, expected: tuple[str, str, Sides, Sides]) -> None:
    assert coded("en", text) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "actor", "recipients"),
    [
        ("en", "Iran put on hold its cooperation with the IAEA.", "IRN", ("IAEA",)),
        ("en", "Seoul puts military pact with North Korea on hold.", "KOR", ("PRK",)),
        ("en", "Trump ends nuclear talks with Iran.", "USA", ("IRN",)),
        ("en", "Sudan's army walks out of US-led talks.", "SDN", ()),
        ("de", "Trump beendet Handelsgespräche mit Kanada.", "USA", ("CAN",)),
        ("de", "Sudans Armee verlässt Verhandlungen in Genf.", "SDN", ("CHE",)),
    ],
)
def test_what_is_put_on_hold_is_broken_off(language: str, text: str, actor: str, recipients: Sides) -> None:
    assert coded(language, text) == [("diplomatic_break", "occurred", (actor,), recipients)]


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("EU puts sanctions plan on hold as talks with Georgia continue.", "diplomatic_break"),
        ("US and Iran end nuclear talks in Oman without breakthrough.", "diplomatic_break"),
    ],
)
def test_talks_that_end_or_go_on_are_not_broken_off(text: str, unwanted: str) -> None:
    assert unwanted not in [one[0] for one in coded("en", text)]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Modi nimmt Trumps Einladung nach Washington an.", ["planned"]),
        ("Trump hat Xis Einladung nach Peking angenommen.", ["planned"]),
        ("Selenskyj nahm die Einladung an und reiste am Montag nach Berlin.", ["occurred"]),
        ("Trump legt Pläne für zweites Treffen mit Putin auf Eis.", ["negated"]),
    ],
)
def test_german_invitations_and_plans(text: str, statuses: list[str]) -> None:
    assert [status for type_, status, *_ in coded("de", text) if type_ == "leader_meeting"] == statuses
