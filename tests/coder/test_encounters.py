"""Calls and meetings: with whom one by one, at a distance, and which are none between states."""

from datetime import date

import pytest

from processors.coder.code import Text, TextEvent, code_texts

DAY = date(2025, 11, 10)
KINDS = ("leader_call", "leader_meeting", "negotiation")


def encounters(language: str, text: str) -> list[TextEvent]:
    (events,) = code_texts([Text(text, language, day=DAY)])
    return [event for event in events if event.type in KINDS]


def told(language: str, text: str) -> list[tuple[str, str, set[str]]]:
    return [(event.type, event.status, set(event.actors)) for event in encounters(language, text)]


@pytest.mark.parametrize(
    ("language", "text", "hub", "partners"),
    [
        (
            "en",
            "Marco Rubio met Armenian Prime Minister Nikol Pashinyan in Yerevan on Monday. "
            "On Tuesday he met Azerbaijan's President Ilham Aliyev in Baku.",
            "USA",
            ["ARM", "AZE"],
        ),
        (
            "de",
            "Außenminister Wadephul traf am Montag in Eriwan Ministerpräsident Paschinjan. "
            "Am Dienstag traf er in Baku Aserbaidschans Präsident Alijew.",
            "DEU",
            ["ARM", "AZE"],
        ),
        (
            "de",
            "Lula telefonierte am Freitag mit Macron. Danach rief er auch Indiens Premier Modi an.",
            "BRA",
            ["FRA", "IND"],
        ),
        (
            "en",
            "Zelensky will meet Macron in Paris on Monday before travelling to Madrid for talks with Sanchez.",
            "UKR",
            ["FRA", "ESP"],
        ),
        ("en", "Xi arrived in Hanoi on Monday after visiting Malaysia.", "CHN", ["VNM", "MYS"]),
        (
            "de",
            "Trumps Gesandter Witkoff traf Putin in Moskau. Danach flog er nach Kiew weiter und traf dort Selenskyj.",
            "USA",
            ["RUS", "UKR"],
        ),
        (
            "en",
            "Malaysian Prime Minister Anwar Ibrahim spoke by telephone to Cambodia's Hun Manet and then to Thailand's "
            "acting premier.",
            "MYS",
            ["KHM", "THA"],
        ),
        ("en", "Macron spoke separately with Putin and Zelensky on Sunday.", "FRA", ["RUS", "UKR"]),
        ("en", "Macron held phone conversations with Zelensky and Putin on Sunday.", "FRA", ["RUS", "UKR"]),
        ("de", "In Telefonaten mit Netanjahu und Abbas mahnte Wadephul zur Zurückhaltung.", "DEU", ["ISR", "PSE"]),
        (
            "de",
            "Am Rande des G20-Gipfels kam Modi zu bilateralen Treffen mit Macron, Merz und Starmer zusammen.",
            "IND",
            ["FRA", "DEU", "GBR"],
        ),
        ("de", "Trump telefonierte am Montag mit Putin und am Dienstag mit Selenskyj.", "USA", ["RUS", "UKR"]),
        ("en", "Rubio phoned with Lavrov on Monday and with Sybiha on Tuesday.", "USA", ["RUS", "UKR"]),
    ],
)
def test_who_is_met_in_turn_is_met_on_his_own(language: str, text: str, hub: str, partners: list[str]) -> None:
    found = sorted((sorted(sides) for _, _, sides in told(language, text)), key=str)
    assert found == sorted((sorted([hub, name]) for name in partners), key=str)


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("en", "Erdogan hosted Putin and Zelensky in Istanbul.", {"RUS", "TUR", "UKR"}),
        ("en", "Trump met Macron and Merz on Monday. He received Macron at the White House.", {"DEU", "FRA", "USA"}),
        (
            "de",
            "Erdoğan empfängt Merz mit militärischen Ehren. Auf eine Kranzniederlegung folgten Gespräche mit "
            "Präsident Erdoğan.",
            {"DEU", "TUR"},
        ),
    ],
)
def test_who_is_met_together_is_met_once(language: str, text: str, sides: set[str]) -> None:
    assert [found for _, _, found in told(language, text)] == [sides]


@pytest.mark.parametrize(
    ("language", "text", "days", "places"),
    [
        (
            "en",
            "Trump met Putin in Alaska on Friday and Zelensky in Washington on Monday.",
            {"RUS": date(2025, 11, 7), "UKR": date(2025, 11, 10)},
            {"RUS": "Alaska", "UKR": "Washington"},
        ),
        (
            "de",
            "Araghtschi reiste am Freitag nach Maskat und am Samstag nach Doha.",
            {"OMN": date(2025, 11, 7), "QAT": date(2025, 11, 8)},
            {"OMN": "Maskat", "QAT": "Doha"},
        ),
    ],
)
def test_each_has_its_own_day_and_place(
    language: str, text: str, days: dict[str, date], places: dict[str, str]
) -> None:
    found = encounters(language, text)
    assert {name: event.event_date for event in found for name in event.actors if name in days} == days
    assert {name: event.place for event in found for name in event.actors if name in places} == places


@pytest.mark.parametrize(
    ("language", "text", "event", "sides"),
    [
        ("en", "Putin and Zelensky will meet in Budapest, the White House said.", "leader_meeting", {"RUS", "UKR"}),
        ("en", "Israeli and Hamas negotiators met in Cairo.", "negotiation", {"HAMAS", "ISR"}),
        ("de", "Unterhändler Israels und der Hamas kamen in Kairo zusammen.", "negotiation", {"HAMAS", "ISR"}),
        ("de", "Delegationen aus Russland und der Ukraine trafen sich in Istanbul.", "negotiation", {"RUS", "UKR"}),
        ("en", "France and Italy open talks with Iran on safe passage.", "negotiation", {"FRA", "IRN", "ITA"}),
    ],
)
def test_who_takes_part_and_in_what(language: str, text: str, event: str, sides: set[str]) -> None:
    (events,) = code_texts([Text(text, language, day=DAY)])
    assert [(one.type, set(one.actors)) for one in events if one.type in KINDS] == [(event, sides)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Trump spoke with Putin by phone on Monday. The two leaders spoke again on Thursday."),
        ("de", "Trump telefonierte am Montag mit Putin. Am Donnerstag telefonierten die beiden erneut."),
    ],
)
def test_two_calls_on_two_days_are_two(language: str, text: str) -> None:
    found = encounters(language, text)
    assert [(event.type, set(event.actors)) for event in found] == [("leader_call", {"RUS", "USA"})] * 2
    assert [event.event_date for event in found] == [date(2025, 11, 10), date(2025, 11, 6)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Trump and Putin speak again. The two leaders spoke by phone on Thursday, the Kremlin said on Friday."),
        ("de", "Trump telefoniert erneut mit Putin. Das Gespräch fand am Donnerstag statt."),
    ],
)
def test_a_call_that_is_told_again_is_one(language: str, text: str) -> None:
    assert [(event.type, set(event.actors)) for event in encounters(language, text)] == [
        ("leader_call", {"RUS", "USA"})
    ]


def test_a_joined_verb_has_its_own_day() -> None:
    text = "Trump hat am Donnerstag mit Putin telefoniert und empfängt am Freitag Selenskyj im Weißen Haus."
    assert [event.event_date for event in encounters("de", text)] == [date(2025, 11, 6), date(2025, 11, 14)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In a telephone interview with Reuters, Donald Trump said the war would end soon."),
        ("en", "Speaking to the newspaper in a telephone call, Macron praised Italian Prime Minister Giorgia Meloni."),
        ("en", "Reuters spoke to three Iranian officials and two diplomats from Qatar."),
        ("en", '"We will not stop," Netanyahu told Fox News in a phone call.'),
        ("en", "The Lebanese officials spoke on condition of anonymity."),
        ("de", "Macron sprach am Telefon mit der Zeitung Le Monde über Russland."),
        ("de", '"Wir hören nicht auf", sagte Netanjahu dem Sender Fox News in einem Telefonat.'),
        ("en", "Saudi Arabia's Prince Sultan Airbase has hosted U.S. forces for decades."),
        ("de", "Deutschland beherbergt rund 35.000 US-Soldaten."),
        ("en", "Siemens chief executive Roland Busch met Chinese Premier Li Qiang in Beijing on Thursday."),
        ("de", "Ministerpräsident Li Qiang empfing Manager deutscher Konzerne in Peking."),
        ("en", "Zelensky met his top generals in Kyiv."),
        ("de", "Putin beriet mit seinem Sicherheitsrat über die Lage."),
        ("en", "Kim might return to negotiations with Trump, experts say."),
    ],
)
def test_press_troops_companies_and_own_people_make_no_meeting_of_states(language: str, text: str) -> None:
    assert told(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("en", "Trump told Reuters after a phone call with Vladimir Putin that talks would resume.", "leader_call"),
        ("en", "Putin spoke by phone with Trump, TASS reported.", "leader_call"),
        ("de", "Putin telefonierte mit Trump, wie die Agentur Tass berichtete.", "leader_call"),
        ("en", "Trump spoke to reporters after he met Putin in Busan.", "leader_meeting"),
        (
            "en",
            "On a call with reporters on Monday after Vladimir Putin spoke to Donald Trump, the Kremlin aide's "
            "connection cut out.",
            "leader_call",
        ),
    ],
)
def test_what_is_told_to_the_press_stays(language: str, text: str, event: str) -> None:
    assert (event, "occurred", {"RUS", "USA"}) in told(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The foreign ministers of ASEAN met virtually on Monday to discuss Myanmar."),
        ("en", "G7 leaders held an online summit on Tuesday."),
        ("de", "Die Staats- und Regierungschefs der G7 trafen sich am Dienstag virtuell."),
        ("de", "Die Außenminister der ASEAN berieten am Montag in einer Videokonferenz über Myanmar."),
    ],
)
def test_what_is_held_online_is_a_call(language: str, text: str) -> None:
    assert [event for event, _, _ in told(language, text)] == ["leader_call"]


@pytest.mark.parametrize(
    ("language", "text", "statuses"),
    [
        ("en", "The collapse of talks between India and China alarmed investors.", ["negated"]),
        ("en", "The cancellation of the summit between Trump and Putin surprised Budapest.", ["negated"]),
        ("de", "Nach dem Scheitern der Gespräche zwischen Indien und China sank die Stimmung.", ["negated"]),
        ("de", "Die Verschiebung des Treffens zwischen Xi und Takaichi wurde am Montag bekannt.", ["negated"]),
        (
            "en",
            "Talks between India and China could resume next week after the collapse of weekend negotiations.",
            ["hypothetical", "negated"],
        ),
        (
            "de",
            "Die Gespräche zwischen Indien und China sind gescheitert. Nächste Woche soll wieder verhandelt werden.",
            ["negated", "planned"],
        ),
        ("en", "The planned talks between India and China failed on Sunday because of a dispute.", ["negated"]),
        ("en", "The White House called the talks between Iran and the United States productive.", ["occurred"]),
    ],
)
def test_what_has_failed_and_what_is_tried_anew(language: str, text: str, statuses: list[str]) -> None:
    assert [status for _, status, _ in told(language, text)] == statuses


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Macron demanded that Israel and Hezbollah negotiate a truce."),
        ("de", "Macron verlangte, dass Israel und die Hisbollah verhandeln."),
        ("de", "Der Kanzler forderte Israel und die Hisbollah auf, zu verhandeln."),
    ],
)
def test_who_is_urged_to_negotiate_does_not_thereby(language: str, text: str) -> None:
    (events,) = code_texts([Text(text, language, day=DAY)])
    assert [(event.type, event.recipients) for event in events] == [("peace_call", ("HEZBOLLAH", "ISR"))]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("de", "Ruandas Außenminister traf in Washington seine kongolesische Kollegin", {"COD", "RWA"}),
        ("de", "Irans Außenminister traf in Washington seinen türkischen Kollegen", {"IRN", "TUR"}),
        ("de", "Irans Außenminister traf in Ankara seinen türkischen Kollegen", {"IRN", "TUR"}),
        ("en", "In Washington, Rwanda's foreign minister met his Congolese counterpart", {"COD", "RWA"}),
        ("en", "Rubio met Netanyahu in Israel", {"ISR", "USA"}),
    ],
)
def test_where_two_meet_is_none_of_them(language: str, text: str, sides: set[str]) -> None:
    assert [set(event.actors) for event in encounters(language, text)] == [sides]
