"""Status that the order of the words tells: "neither A nor B", headlines without a finite verb, questions."""

import pytest

from tests.coder.coded import coded


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Weder China noch Indien nehmen am Gipfel teil", ("leader_meeting", ("CHN", "IND"), ())),
        ("de", "Weder Moskau noch Kiew stimmten der Waffenruhe zu", ("ceasefire", ("RUS", "UKR"), ())),
        ("de", "Weder Berlin noch Paris werden Palästina anerkennen", ("support", ("DEU", "FRA"), ("PSE",))),
        ("de", "Trump traf weder Putin noch Selenskyj", ("leader_meeting", ("RUS", "UKR", "USA"), ())),
        ("en", "Neither Rwanda nor M23 attended talks in Luanda", ("negotiation", ("M23", "RWA"), ())),
        ("en", "Neither Moscow nor Kyiv agreed to the ceasefire", ("ceasefire", ("RUS", "UKR"), ())),
        ("en", "Trump skips G20 summit in South Africa", ("leader_meeting", ("G20", "USA"), ())),
        ("de", "Trump bleibt G20-Gipfel in Südafrika fern", ("leader_meeting", ("G20", "USA"), ())),
        ("en", "US-brokered ceasefire between Congo and M23 collapses", ("ceasefire", ("COD", "M23"), ())),
        ("en", "Peace talks between Kabul and Islamabad collapse", ("negotiation", ("AFG", "PAK"), ())),
        ("de", "Waffenruhe zwischen Kongo und M23 zerbrochen", ("ceasefire", ("COD", "M23"), ())),
        ("en", "Putin-Trump summit on hold, White House says", ("leader_meeting", ("RUS", "USA"), ())),
        ("de", "Treffen zwischen Trump und Putin in Budapest vom Tisch", ("leader_meeting", ("RUS", "USA"), ())),
        ("de", "Sanktionen gegen Israel vom Tisch", ("sanctions", (), ("ISR",))),
        ("en", "Sanctions against Israel off the table", ("sanctions", (), ("ISR",))),
        ("de", "Dialog zwischen Kosovo und Serbien vertagt", ("negotiation", ("SRB", "XKX"), ())),
        ("de", "Der Gipfel der EU mit China wurde vertagt.", ("leader_meeting", ("CHN", "EU"), ())),
    ],
)
def test_what_did_not_happen(language: str, text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]]) -> None:
    kind, actors, recipients = expected
    assert coded(language, text) == [(kind, "negated", actors, recipients)]


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        ("Ceasefire between Thailand and Cambodia to take effect at midnight", "ceasefire", ("KHM", "THA")),
        ("Ceasefire between Israel and Lebanon to be extended", "ceasefire", ("ISR", "LBN")),
        ("Erdogan to mediate between Somalia and Ethiopia", "negotiation", ("ETH", "SOM", "TUR")),
        ("Talks on Nile dam between Egypt and Ethiopia to resume", "negotiation", ("EGY", "ETH")),
    ],
)
def test_what_a_headline_says_is_to_be_is_planned(text: str, kind: str, actors: tuple[str, ...]) -> None:
    assert coded("en", text) == [(kind, "planned", actors, ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Will Xi visit Tokyo?", ("leader_meeting", ("CHN", "JPN"), ())),
        ("Will Berlin send Taurus to Kyiv?", ("arms_delivery", ("DEU",), ("UKR",))),
        ("Will Putin attend G20 summit?", ("leader_meeting", ("G20", "RUS"), ())),
        ("Trump-Putin summit in doubt", ("leader_meeting", ("RUS", "USA"), ())),
    ],
)
def test_what_is_asked_or_doubted_is_hypothetical(
    text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    kind, actors, recipients = expected
    assert coded("en", text) == [(kind, "hypothetical", actors, recipients)]


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        ("Trump attends G20 summit", "leader_meeting", ("G20", "USA")),
        ("Ceasefire between Israel and Hamas holds", "ceasefire", ("HAMAS", "ISR")),
        ("Ceasefire between Thailand and Cambodia takes effect", "ceasefire", ("KHM", "THA")),
        ("Talks between Iran and Europeans end without result", "negotiation", ("IRN", "OTHER")),
        ("Talks between Kabul and Islamabad resume", "negotiation", ("AFG", "PAK")),
        ("Neither Washington nor Tehran commented on the talks", "negotiation", ("IRN", "USA")),
        ("Why did Putin visit India?", "leader_meeting", ("IND", "RUS")),
    ],
)
def test_what_happens_is_left_as_it_is(text: str, kind: str, actors: tuple[str, ...]) -> None:
    assert coded("en", text) == [(kind, "occurred", actors, ())]


def test_who_neither_rules_out_has_not_refused() -> None:
    assert "rejection" not in [one[0] for one in coded("en", "Neither Moscow nor Kyiv ruled out talks")]


GERMAN = [
    ("Rubio trifft in Doha ein", ("leader_meeting", "occurred", ("USA",), ())),
    ("Rubio trifft am Mittwoch in Doha ein", ("leader_meeting", "planned", ("USA",), ())),
    ("Kremlchef Putin landet in Neu-Delhi", ("leader_meeting", "occurred", ("IND", "RUS"), ())),
    ("Trump befiehlt Angriff auf Boote vor Venezuela", ("attack", "planned", ("USA",), ())),
    ("Trump hat den Angriff auf Fordo befohlen", ("attack", "occurred", ("USA",), ("IRN",))),
    ("Friedensgespräche in Doha ohne Ergebnis vertagt", ("negotiation", "occurred", (), ())),
    ("Kiew räumt Rückzug aus Kupjansk ein", ("troop_withdrawal", "occurred", ("UKR",), ())),
]


@pytest.mark.parametrize(("text", "expected"), GERMAN)
def test_who_arrives_is_there_and_what_is_ordered_is_to_come(
    text: str, expected: tuple[str, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert coded("de", text) == [expected]
