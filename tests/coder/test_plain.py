"""Headlines whose words tell their event plainly, offers that somebody answers, two clauses of one sentence, armed
groups with their states, and the West."""

import pytest

from processors.coder.model import for_length, load_models, threshold
from tests.coder.coded import Sides, coded


def done(language: str, text: str) -> list[tuple[str, Sides, Sides]]:
    """What is coded without its status."""
    return [(type_, actors, recipients) for type_, _, actors, recipients in coded(language, text)]


PLAIN = [
    ("en", "Pope pleads for Christmas truce in Ukraine.", "peace_call", ("VAT",), ()),
    ("en", "Lula tells Trump and Maduro to sit down and talk.", "peace_call", ("BRA",), ("USA", "VEN")),
    ("en", "Erdogan tells Putin it's time to end war.", "peace_call", ("TUR",), ("RUS",)),
    ("en", "Guterres says guns must fall silent in Sudan.", "peace_call", ("UN",), ()),
    ("de", "UN-Chef: Gewalt im Sudan muss enden", "peace_call", ("UN",), ()),
    ("en", "US trims troop presence in Romania.", "troop_withdrawal", ("USA",), ("ROU",)),
    ("en", "Orbán in Moscow for talks with Putin", "leader_meeting", ("HUN", "RUS"), ()),
    ("en", "Hamas walks out of ceasefire talks", "diplomatic_break", ("HAMAS",), ()),
    ("de", "Hamas verlässt Verhandlungen über Waffenruhe", "diplomatic_break", ("HAMAS",), ()),
    ("en", "Norway gives Ukraine $8bn", "aid", ("NOR",), ("UKR",)),
    ("en", "Suicide bomber kills 12 outside court in Islamabad", "attack", ("OTHER",), ("PAK",)),
    ("en", "Belgium blocks EU plan to use frozen Russian assets", "rejection", ("BEL",), ("EU",)),
    ("en", "Moscow will respond to closure of consulate, Zakharova says", "threat", ("RUS",), ()),
    ("en", "India backs Russia-Ukraine peace efforts", "support", ("IND",), ("RUS", "UKR")),
    ("en", "US withdraws from peace talks", "diplomatic_break", ("USA",), ()),
    ("de", "Katar setzt Vermittlung aus", "diplomatic_break", ("QAT",), ()),
    ("de", "Litauen macht Grenze zu Belarus dicht", "coercion", ("LTU",), ("BLR",)),
    ("de", "Großbritannien stockt Militärhilfe für die Ukraine auf", "arms_delivery", ("GBR",), ("UKR",)),
    ("de", "Trump rückt von Zolldrohung gegen Europa ab", "concession", ("USA",), ("OTHER",)),
    ("de", "Kanada stellt Handelsgespräche mit den USA ein", "diplomatic_break", ("CAN",), ("USA",)),
    ("de", "Australien stuft Revolutionsgarden als Terrorgruppe ein", "sanctions", ("AUS",), ("IRN",)),
    ("de", "Polen zieht sich aus Ottawa-Konvention zurück", "diplomatic_break", ("POL",), ()),
    ("de", "Katar legt Vermittlerrolle nieder", "diplomatic_break", ("QAT",), ()),
    ("de", "Islamabad weist jede Beteiligung von sich", "rejection", ("PAK",), ()),
    ("de", "Polen ließ vorsorglich Kampfflugzeuge aufsteigen", "mobilization", ("POL",), ()),
    ("de", "Deutsche Eurofighter fangen russisches Aufklärungsflugzeug ab", "mobilization", ("DEU",), ("RUS",)),
    ("de", "Iran hält Tanker im Persischen Golf auf", "coercion", ("IRN",), ()),
    ("de", "Israel lässt wieder Hilfslieferungen nach Gaza", "concession", ("ISR",), ("PSE",)),
    ("de", "Deutschland hebt Exportstopp für Rüstungsgüter nach Israel auf", "arms_delivery", ("DEU",), ("ISR",)),
    ("en", "Turkey suspends trade with Israel over Gaza war", "sanctions", ("TUR",), ("ISR",)),
    ("en", "UK announces £100m for Sudan", "aid", ("GBR",), ("SDN",)),
    ("en", "Rubio says Iran has to stop enriching uranium", "demand", ("USA",), ("IRN",)),
    ("en", "Modi dials Putin on birthday", "leader_call", ("IND", "RUS"), ()),
    ("en", "India test-fires Agni-5 missile", "mobilization", ("IND",), ()),
    ("en", "Ukrainian troops quit Siversk", "troop_withdrawal", ("UKR",), ()),
    ("en", "Zelensky wins backing from Macron", "support", ("FRA",), ("UKR",)),
]


@pytest.mark.parametrize(("language", "text", "type_", "actors", "recipients"), PLAIN)
def test_plain_headlines_tell_their_event(
    language: str, text: str, type_: str, actors: Sides, recipients: Sides
) -> None:
    assert (type_, actors, recipients) in done(language, text)


@pytest.mark.parametrize(
    "text",
    [
        "A priest pleads for better roads.",
        "The mayor tells residents to sit down and enjoy the concert.",
        "Firefighters will respond to the attack of wasps.",
        "Unions walk out of talks with the railway.",
    ],
)
def test_plain_words_of_nobody_tell_none(text: str) -> None:
    assert done("en", text) == []


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "North Korea did not respond to Trump's offer to meet Kim.", ("USA",), ("PRK",)),
        ("en", "Iran has not answered an American offer of talks.", ("USA",), ("IRN",)),
        ("en", "Tehran said Washington had not answered its offer of talks.", ("IRN",), ("USA",)),
        ("en", "Putin accepts Trump's proposal for talks in Istanbul.", ("USA",), ("RUS",)),
        ("de", "Nordkorea reagierte nicht auf Trumps Angebot eines Treffens.", ("USA",), ("PRK",)),
        ("de", "Der Kreml ließ das Angebot der Ukraine zu einem Treffen unbeantwortet.", ("UKR",), ("RUS",)),
        ("de", "Putin nimmt Einladung von Trump zu Gipfel an", ("USA",), ("RUS",)),
    ],
)
def test_whose_offer_is_answered_has_made_it(language: str, text: str, actors: Sides, recipients: Sides) -> None:
    assert ("negotiation_offer", "occurred", actors, recipients) in coded(language, text)


@pytest.mark.parametrize(
    ("language", "text", "type_", "giver"),
    [
        ("en", "Japan delivered generators to Ukraine, and Sweden gave it tanks.", "arms_delivery", "SWE"),
        ("en", "Japan sent Ukraine generators, while Sweden delivered tanks.", "arms_delivery", "SWE"),
        ("de", "Polen lieferte der Ukraine Panzer, während Norwegen Geld gab.", "arms_delivery", "POL"),
    ],
)
def test_words_of_two_clauses_make_no_trigger(language: str, text: str, type_: str, giver: str) -> None:
    assert [actors for name, actors, _ in done(language, text) if name == type_] == [(giver,)]


@pytest.mark.parametrize(
    ("language", "text", "type_", "actors", "recipients"),
    [
        ("de", "Merz sagt der Ukraine weitere Hilfe zu", "aid", ("DEU",), ("UKR",)),
        ("de", "Berlin sagt Kiew Panzer zu", "arms_delivery", ("DEU",), ("UKR",)),
        ("en", "Sudan's paramilitary RSF rejects army's conditions.", "rejection", ("RSF",), ()),
        ("en", "Afghanistan's Taliban reject Pakistani offer.", "rejection", ("TALIBAN",), ("PAK",)),
        ("en", "Drone attack in West Kordofan kills 20.", "attack", (), ("SDN",)),
        ("en", "Israeli settlers attacked a village in the West Bank.", "attack", ("ISR",), ("PSE",)),
        ("en", "Russia accused the West of prolonging the war.", "accusation", ("RUS",), ("WEST",)),
        ("en", "Israeli strike kills two Radwan Force operatives in Lebanon.", "attack", ("ISR",), ("HEZBOLLAH",)),
        ("en", "A Jordanian convoy brought medicine to Gaza.", "aid", ("JOR",), ("PSE",)),
        ("de", "Burkina Faso hat sein Abkommen mit Frankreich auf Eis gelegt.", "diplomatic_break", ("BFA",), ("FRA",)),
        ("en", "Germany delivered a frigate to Egypt.", "arms_delivery", ("DEU",), ("EGY",)),
        ("de", 'Deutschland schickt die Fregatte "Hamburg" nach Kopenhagen.', "mobilization", ("DEU",), ()),
    ],
)
def test_who_does_it(language: str, text: str, type_: str, actors: Sides, recipients: Sides) -> None:
    assert done(language, text) == [(type_, actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Xi spoke to Trump, and Trump telephoned Takaichi the next day."),
        ("de", "Xi telefonierte mit Trump, und Trump rief Takaichi an."),
    ],
)
def test_two_calls_one_after_the_other_are_two(language: str, text: str) -> None:
    assert done(language, text) == [("leader_call", ("CHN", "USA"), ()), ("leader_call", ("JPN", "USA"), ())]


def test_two_meetings_one_after_the_other_are_two() -> None:
    events = done("en", "Xi met Putin on Monday, and Putin met Modi the next day.")
    assert events == [("leader_meeting", ("CHN", "RUS"), ()), ("leader_meeting", ("IND", "RUS"), ())]


def test_a_participle_behind_its_noun_tells_of_the_past() -> None:
    events = coded("en", "India is hit by tariffs imposed in August by the United States.")
    assert events == [("sanctions", "historical", ("USA",), ("IND",))]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("EU beschließt 20. Sanktionspaket gegen Russland", "occurred"),
        ("EU will Sanktionspaket gegen Russland beschließen", "planned"),
    ],
)
def test_what_is_adopted_is_imposed(text: str, status: str) -> None:
    assert coded("de", text) == [("sanctions", status, ("EU",), ("RUS",))]


@pytest.mark.parametrize(
    "text",
    [
        "Estland berief Konsultationen ein.",
        "Maduro sei ein Lügner, sagte der US-Präsident an Bord der Air Force One.",
        "Japan setzt sich für eine Lösung ein.",
    ],
)
def test_words_of_another_sense_tell_no_deed(text: str) -> None:
    assert not {type_ for type_, *_ in coded("de", text)} & {"mobilization", "coercion", "troop_withdrawal"}


@pytest.mark.parametrize(
    ("language", "text", "type_", "recipients"),
    [
        ("en", "EU imposes sanctions on Rwanda, Uganda", "sanctions", ("RWA", "UGA")),
        ("en", "US slaps tariffs on Canada, Mexico, China", "sanctions", ("CAN", "CHN", "MEX")),
        ("en", "France condemns Russia, Belarus over balloons", "accusation", ("BLR", "RUS")),
        ("de", "EU verhängt Sanktionen gegen Ruanda, Uganda", "sanctions", ("RWA", "UGA")),
    ],
)
def test_a_comma_stands_for_and_in_headlines(language: str, text: str, type_: str, recipients: Sides) -> None:
    assert [(name, told) for name, _, told in done(language, text)] == [(type_, recipients)]


def test_a_comma_before_another_clause_joins_nobody() -> None:
    assert done("en", "EU slams Russia, China urges calm") == [("accusation", ("EU",), ("RUS",))]


def test_what_two_do_to_each_other_behind_as_is_theirs_alone() -> None:
    events = done("en", "UN urges restraint as Israel, Hezbollah exchange fire")
    assert ("peace_call", ("UN",), ("HEZBOLLAH", "ISR")) in events
    assert {actors for type_, actors, _ in events if type_ == "attack"} == {("HEZBOLLAH",), ("ISR",)}
    assert len(events) == 3


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Rubio arrived in Doha. Spain has ruled out sending soldiers.", "rejection"),
        ("Rubio arrived in Doha. Chad demanded an apology.", "demand"),
        ("The prime minister of Iraq flew to Kuwait. Peru has offered to mediate.", "negotiation_offer"),
    ],
)
def test_who_only_meets_others_elsewhere_is_not_meant(text: str, type_: str) -> None:
    assert [recipients for name, _, recipients in done("en", text) if name == type_] == [()]


def test_who_has_asked_is_meant() -> None:
    events = done("en", "Trump asked Spain to send soldiers. Madrid has ruled it out.")
    assert ("rejection", ("ESP",), ("USA",)) in events


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "India crush Pakistan by six wickets in Asia Cup clash"),
        ("en", "Spain and France meet in Nations League final"),
        ("en", "Argentina blow away Bolivia in qualifier"),
        ("de", "Deutschland und Italien treffen in der Nations League aufeinander"),
    ],
)
def test_sport_is_no_event(language: str, text: str) -> None:
    assert coded(language, text) == []


def test_those_in_office_meet_at_a_match_all_the_same() -> None:
    assert ("leader_meeting", ("MEX", "USA"), ()) in done("en", "Trump meets Sheinbaum ahead of World Cup draw")


def test_who_met_and_failed_to_agree_has_met() -> None:
    assert ("leader_meeting", "occurred", ("UKR", "USA"), ()) in coded(
        "en", "Zelensky met Trump but failed to secure Tomahawks"
    )


def test_a_long_text_asks_a_higher_chance_of_all() -> None:
    settings = load_models("en").settings
    assert for_length(settings, 1_000) == settings
    assert threshold("attack", for_length(settings, 2_000)) > threshold("attack", settings)
