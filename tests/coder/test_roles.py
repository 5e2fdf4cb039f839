"""Who does it and to whom, where the learned layer takes the wrong ones: who is only named beside it, who gets
something, who is blamed, who is told to do it, whose verb is joined to another."""

from datetime import date

import pytest

from processors.coder.code import Text, TextEvent, code_texts

NOBODY: tuple[str, ...] = ()


def coded(language: str, text: str) -> list[TextEvent]:
    return list(next(code_texts([Text(text, language, day=date(2025, 11, 10))])))


def roles(language: str, text: str, kind: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return sorted((event.actors, event.recipients) for event in coded(language, text) if event.type == kind)


OFFSHORE = [
    ("en", "US strikes boat off Venezuela", "attack", "USA"),
    ("en", "Houthis hit ship off Yemen", "attack", "HOUTHIS"),
    ("en", "Iran seizes tanker off UAE", "coercion", "IRN"),
    ("en", "US kills four in strike on boat near the coast of Venezuela.", "attack", "USA"),
    ("de", "US-Angriff auf Boot vor Venezuela", "attack", "USA"),
    ("de", "Die USA haben vor der Küste Venezuelas ein Boot angegriffen.", "attack", "USA"),
    ("de", "Ukraine greift Schiff vor der türkischen Küste an", "attack", "UKR"),
]


@pytest.mark.parametrize(("language", "text", "kind", "actor"), OFFSHORE)
def test_what_is_done_off_a_coast_is_not_done_to_the_country(language: str, text: str, kind: str, actor: str) -> None:
    assert roles(language, text, kind) == [((actor,), NOBODY)]


STRUCK = [
    ("Israel strikes Iranian ship off Iran's coast", "ISR", "IRN"),
    ("Ukraine beats off Russian attack near Pokrovsk", "RUS", "UKR"),
]


@pytest.mark.parametrize(("text", "actor", "recipient"), STRUCK)
def test_who_is_named_otherwise_too_is_struck(text: str, actor: str, recipient: str) -> None:
    assert roles("en", text, "attack") == [((actor,), (recipient,))]


GIVEN = [
    ("en", "Pakistan gets $3bn loan from Saudi Arabia", "aid", "SAU", "PAK"),
    ("en", "Kenya receives aid from Japan", "aid", "JPN", "KEN"),
    ("en", "Egypt secures $2bn loan from the EU", "aid", "EU", "EGY"),
    ("en", "Kenya gets Chinese loan", "aid", "CHN", "KEN"),
    ("de", "Moldau erhält Kredit von der EU", "aid", "EU", "MDA"),
    ("de", "Die Ukraine hat einen Kredit von der EU in Höhe von 2 Milliarden Euro erhalten.", "aid", "EU", "UKR"),
    ("de", "Kenia bekommt Hilfe aus Japan", "aid", "JPN", "KEN"),
    ("en", "Switzerland exempted from US tariffs", "concession", "USA", "CHE"),
    ("en", "Japan wins exemption from US tariffs", "concession", "USA", "JPN"),
    ("en", "Hungary wins exemption from US sanctions on Russian oil", "concession", "USA", "HUN"),
    ("de", "Japan erhält Ausnahme von US-Zöllen", "concession", "USA", "JPN"),
    ("en", "Serbia to buy Israeli drones", "arms_delivery", "ISR", "SRB"),
    ("en", "Morocco buys Israeli drones", "arms_delivery", "ISR", "MAR"),
    ("en", "Indonesia to buy Chinese jets", "arms_delivery", "CHN", "IDN"),
    ("en", "German tanks arrive in Ukraine", "arms_delivery", "DEU", "UKR"),
    ("de", "Marokko bestellt Panzer in Südkorea", "arms_delivery", "KOR", "MAR"),
    ("de", "Die Schweiz hat 36 Kampfjets in den USA bestellt.", "arms_delivery", "USA", "CHE"),
    ("de", "Griechenland bestellt französische Kampfjets", "arms_delivery", "FRA", "GRC"),
]


@pytest.mark.parametrize(("language", "text", "kind", "giver", "getter"), GIVEN)
def test_who_gets_something_does_not_give_it(language: str, text: str, kind: str, giver: str, getter: str) -> None:
    assert roles(language, text, kind) == [((giver,), (getter,))]


def test_the_sanctions_that_somebody_is_exempted_from_are_not_imposed() -> None:
    assert roles("en", "Japan wins exemption from US tariffs", "sanctions") == []


BLAMED = [
    ("Drone attack blamed on Ukraine kills two in Crimea", "UKR", NOBODY),
    ("Dozens killed in air strike blamed on Pakistan", "PAK", NOBODY),
    ("Ten killed in drone attack on Sudanese market blamed on RSF", "RSF", ("SDN",)),
    ("Drone attack blamed on Ukraine hits Russian refinery", "UKR", ("RUS",)),
]


@pytest.mark.parametrize(("text", "actor", "recipients"), BLAMED)
def test_who_an_attack_is_blamed_on_did_it(text: str, actor: str, recipients: tuple[str, ...]) -> None:
    assert roles("en", text, "attack") == [((actor,), recipients)]


def test_another_attack_is_not_that_of_who_is_blamed() -> None:
    text = "Ukraine hits Russian refinery after drone attack blamed on Moscow"
    assert roles("en", text, "attack") == [(("RUS",), ("UKR",)), (("UKR",), ("RUS",))]


REPORTED = [
    (
        "de",
        "Israel bombardiert Gaza. Nach Angaben der Hamas-Behörden wurden mindestens 30 Menschen getötet.",
        ("ISR",),
        ("PSE",),
    ),
    ("de", "Die Hamas meldet 30 Tote nach israelischem Angriff.", ("ISR",), NOBODY),
    ("de", "Mindestens 12 Zivilisten wurden getötet, teilten die Taliban mit.", NOBODY, NOBODY),
    ("de", "Nach Hamas-Angaben wurden 12 Palästinenser getötet.", NOBODY, ("PSE",)),
    ("en", "At least 10 people were killed in Pakistani air strikes, the Taliban said.", ("PAK",), NOBODY),
]


@pytest.mark.parametrize(("language", "text", "actors", "recipients"), REPORTED)
def test_a_group_that_only_reports_deaths_takes_no_part(
    language: str, text: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    assert roles(language, text, "attack") == [(actors, recipients)]


def test_a_group_that_says_it_has_killed_has() -> None:
    assert roles("en", "Taliban say they killed 12 civilians in Kabul", "attack") == [(("TALIBAN",), ("AFG",))]


SCENES = [
    ("Kenyan police kill gang leader in Haiti raid", "KEN", "OTHER"),
    ("Haiti: Kenyan-led force kills gang leader in Port-au-Prince raid", "KEN", "OTHER"),
    ("French-led force kills jihadist leader in Mali raid", "FRA", "OTHER"),
    ("Russia kills 12 in Ukraine attack", "RUS", "UKR"),
]


@pytest.mark.parametrize(("text", "actor", "recipient"), SCENES)
def test_where_somebody_is_killed_does_not_kill(text: str, actor: str, recipient: str) -> None:
    assert roles("en", text, "attack") == [((actor,), (recipient,))]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("India and Pakistan accuse each other of breaking truce", "IND", "PAK"),
        ("Thailand and Cambodia accuse each other of firing first", "KHM", "THA"),
    ],
)
def test_who_accuse_each_other_do_it_both_ways(text: str, one: str, other: str) -> None:
    assert roles("en", text, "accusation") == [((one,), (other,)), ((other,), (one,))]


JOINED = [
    (
        "Trump droht Kolumbien mit Zöllen. Präsident Petro wies den Vorwurf zurück und bot Gespräche an.",
        "COL",
        "USA",
    ),
    (
        "Israel droht Libanon mit Krieg. Der libanesische Präsident rief zur Ruhe auf und bot Verhandlungen an.",
        "LBN",
        "ISR",
    ),
]


@pytest.mark.parametrize(("text", "actor", "recipient"), JOINED)
def test_the_subject_of_a_verb_is_that_of_the_one_joined_to_it(text: str, actor: str, recipient: str) -> None:
    assert roles("de", text, "negotiation_offer") == [((actor,), (recipient,))]


ORDERS = [
    ("de", "Trump zu Netanjahu: Angriffe auf Syrien beenden", "peace_call", "USA", "ISR"),
    ("de", "Wadephul an Peking: Exportkontrollen aufheben", "demand", "DEU", "CHN"),
    ("de", "Merz zu Putin: Truppen abziehen", "demand", "DEU", "RUS"),
    ("en", "Beijing to Washington: Stop arms sales to Taiwan", "demand", "CHN", "USA"),
    ("en", "Trump to Hamas: Release hostages now", "demand", "USA", "HAMAS"),
]


@pytest.mark.parametrize(("language", "text", "kind", "actor", "recipient"), ORDERS)
def test_what_a_headline_tells_somebody_to_do_is_asked(
    language: str, text: str, kind: str, actor: str, recipient: str
) -> None:
    found = [(event.type, event.status, event.actors, event.recipients) for event in coded(language, text)]
    assert found == [(kind, "occurred", (actor,), (recipient,))]


def test_what_is_told_somebody_as_going_on_is_not_asked() -> None:
    assert [event.type for event in coded("de", "Putin zu Trump: Verhandlungen laufen")] == ["negotiation"]


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        ("Neither Iran nor Israel attacked the ship, officials said.", "attack", ("IRN", "ISR")),
        ("Both Russia and Ukraine rejected the plan.", "rejection", ("RUS", "UKR")),
    ],
)
def test_both_and_neither_name_two(text: str, kind: str, actors: tuple[str, ...]) -> None:
    assert roles("en", text, kind) == [(actors, NOBODY)]


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        (
            "Mali expels French diplomat. The envoy was given 48 hours to leave Bamako, state television reported.",
            "MLI",
            "FRA",
        ),
        ("French ambassador given 48 hours to leave Niger", "NER", "FRA"),
    ],
)
def test_who_has_hours_to_leave_is_sent_away(text: str, actor: str, recipient: str) -> None:
    assert roles("en", text, "diplomatic_break") == [((actor,), (recipient,))]


def test_whose_wrong_it_is_has_not_accused() -> None:
    text = "Polens Ministerpräsident Tusk sprach nach dem Einflug der Drohnen von einer russischen Provokation."
    assert roles("de", text, "accusation") == [(("POL",), ("RUS",))]


def test_where_somebody_is_expelled_from_expels() -> None:
    text = "Two Russian diplomats have been expelled from Moldova over alleged election meddling."
    assert roles("en", text, "diplomatic_break") == [(("MDA",), ("RUS",))]
    assert [event.attribution for event in coded("en", text)] == [None]
