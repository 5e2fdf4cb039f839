"""German word order: what opens a sentence may be its object, "nicht" stands last, and what somebody calls a step tells
whether he praises it."""

import pytest

from tests.coder.coded import Seen, coded

Sides = tuple[str, ...]
BOTH: tuple[tuple[str, str, Sides, Sides], ...] = (
    ("Der Hamas drohte am Montag auch Netanjahu mit Krieg.", "threat", ("ISR",), ("HAMAS",)),
    ("Von der Türkei hatte Schweden die Auslieferung verlangt.", "demand", ("SWE",), ("TUR",)),
    ("Einen Vorschlag der Slowakei lehnte Kiew ab.", "rejection", ("UKR",), ("SVK",)),
    ("Trumps Vorschlag lehnte die Hamas am Freitag ab.", "rejection", ("HAMAS",), ("USA",)),
    ("Die Forderung wies Moskau zurück.", "rejection", ("RUS",), ()),
    ("Die US-Angriffe auf Boote in der Karibik rügte Frankreich.", "accusation", ("FRA",), ("USA",)),
    ("Den Angriff Israels auf Katar verurteilte Saudi-Arabien.", "accusation", ("SAU",), ("ISR",)),
    ("Der Darstellung Kiews widersprach Moskau.", "rejection", ("RUS",), ("UKR",)),
    ("Serbien und dem Kosovo bot Brüssel Gespräche an.", "negotiation_offer", ("EU",), ("SRB", "XKX")),
    ("Seinem Amtskollegen Lukaschenko dankte Putin.", "support", ("RUS",), ("BLR",)),
    ("Den Philippinen sicherten die USA Beistand zu.", "support", ("USA",), ("PHL",)),
    ("Trump sagte, dem Iran drohe Israel zu Recht mit Angriffen.", "threat", ("ISR",), ("IRN",)),
    ("Der ukrainischen Regierung drohte der Kreml mit Vergeltung.", "threat", ("RUS",), ("UKR",)),
    ("Großbritannien warf der Kreml Einmischung vor.", "accusation", ("RUS",), ("GBR",)),
    ("Israel griff der Iran in der Nacht mit Raketen an.", "attack", ("IRN",), ("ISR",)),
    # Here the subject stands first.
    ("Der Hamas-Chef drohte Israel.", "threat", ("HAMAS",), ("ISR",)),
    ("Den Haag warf Moskau Spionage vor.", "accusation", ("NLD",), ("RUS",)),
    ("Der Kongo warf Ruanda Aggression vor.", "accusation", ("COD",), ("RWA",)),
    ("Russland warf der ukrainischen Regierung Terror vor.", "accusation", ("RUS",), ("UKR",)),
    ("Die Angriffe Russlands trafen die Ukraine schwer.", "attack", ("RUS",), ("UKR",)),
    ("Den Angaben zufolge griff Russland Kiew an.", "attack", ("RUS",), ("UKR",)),
)


@pytest.mark.parametrize(("text", "type_", "actors", "recipients"), BOTH)
def test_who_does_it_where_the_object_stands_first(text: str, type_: str, actors: Sides, recipients: Sides) -> None:
    assert (type_, "occurred", actors, recipients) in coded("de", text)
    assert len([event for event in coded("de", text) if event[0] == type_]) == 1


def test_who_only_censures_a_strike_was_not_struck() -> None:
    assert ("attack", "occurred", ("PAK",), ()) in coded("de", "Die Angriffe Pakistans verurteilte Indien.")
    told = coded("de", "Frankreich rügte am Montag die US-Angriffe auf Boote in der Karibik scharf.")
    assert all(recipients != ("FRA",) for type_, _, _, recipients in told if type_ == "attack")


RELATIVE = (
    ("Die RSF, die al-Burhan für Drohnenangriffe verantwortlich macht, schwiegen.", ("accusation", "SDN", "RSF")),
    ("Die Huthi, die Israel angegriffen haben, drohten Saudi-Arabien.", ("attack", "HOUTHIS", "ISR")),
    ("Die Nato, der von Frederiksen Zögern vorgeworfen worden war, schwieg.", ("accusation", "DNK", "NATO")),
    ("Die Türkei, der Griechenland Provokationen vorwirft, wies das zurück.", ("accusation", "GRC", "TUR")),
    ("Ruanda, dem Kinshasa Waffenlieferungen vorwirft, wies das zurück.", ("rejection", "RWA", "COD")),
    ("Indonesien, dem Malaysia vorwirft, Fischer beschossen zu haben, wies das zurück.", ("rejection", "IDN", "MYS")),
    ("Kiew beschuldigte Ruanda, dem Kinshasa Waffenlieferungen vorwirft.", ("accusation", "COD", "RWA")),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), RELATIVE)
def test_who_does_it_in_and_behind_a_relative_clause(text: str, wanted: tuple[str, str, str]) -> None:
    type_, actor, recipient = wanted
    assert (type_, "occurred", (actor,), (recipient,)) in coded("de", text)


def test_who_asks_stands_behind_the_pronoun() -> None:
    text = "Tomahawk-Raketen, um die Selenskyj gebeten hatte, sagte Trump der Ukraine nicht zu."
    assert [event[2] for event in coded("de", text) if event[0] == "demand"] == [("UKR",)]


STATUS = (
    ("Peking lehnt den Vorschlag nicht ab.", "rejection", "negated"),
    ("Merz lehnte die Lieferung von Taurus nicht ab.", "rejection", "negated"),
    ("China verurteilte den russischen Angriff nicht.", "accusation", "negated"),
    ("Moskau lehnt die Waffenruhe nicht zuletzt wegen der Sanktionen ab.", "rejection", "occurred"),
    ("Erdogan weist die Kritik der EU zurück, nicht aber die der Nato.", "rejection", "occurred"),
    ("Die USA haben die Waffenlieferungen ohne Absprache ausgesetzt.", "arms_delivery_pause", "occurred"),
    ("Washington und Moskau haben ohne Kiew verhandelt.", "negotiation", "occurred"),
    ("Trump und Xi haben sich ohne Einigung getrennt.", "agreement", "negated"),
    ("Russland stritt eine Beteiligung an dem Angriff auf Polen ab.", "attack", "negated"),
    ("Russland bestritt, Polen angegriffen zu haben.", "attack", "negated"),
    ("Moskau hat nicht bestritten, Kiew angegriffen zu haben.", "attack", "occurred"),
    ("Macron, der noch mit Starmer telefonieren wollte, sprach von einem Fortschritt.", "leader_call", "planned"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "status"), STATUS)
def test_what_is_denied_and_what_is_meant(text: str, type_: str, status: str) -> None:
    assert [event[1] for event in coded("de", text) if event[0] == type_] == [status]


CALLED = (
    ("Fico nannte Prags Kurs vernünftig.", [("support", "occurred", ("SVK",), ("CZE",))]),
    ("Selenskyj hat die Zusage Schwedens historisch genannt.", [("support", "occurred", ("UKR",), ("SWE",))]),
    ("Lukaschenko bezeichnete Trump als klugen Mann.", [("support", "occurred", ("BLR",), ("USA",))]),
    ("Trump nannte Orbán einen großartigen Führer.", [("support", "occurred", ("USA",), ("HUN",))]),
    ("Den Plan Trumps nannte Orban vernünftig.", [("support", "occurred", ("HUN",), ("USA",))]),
    ("Moskau nannte die Reaktion Polens überzogen.", [("accusation", "occurred", ("RUS",), ("POL",))]),
    ("Lawrow nannte die Äußerungen Macrons nicht gerade klug.", [("accusation", "occurred", ("RUS",), ("FRA",))]),
    ("Putin nannte die Entscheidung Trumps einen großen Fehler.", [("accusation", "occurred", ("RUS",), ("USA",))]),
    ("Teheran bezeichnete das Angebot der USA als Täuschung.", [("rejection", "occurred", ("IRN",), ("USA",))]),
    ("Moskau nannte den Plan der Europäer unannehmbar.", [("rejection", "occurred", ("RUS",), ("OTHER",))]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CALLED)
def test_what_somebody_calls_a_step(text: str, wanted: list[Seen]) -> None:
    assert coded("de", text) == wanted


def test_praise_of_what_one_did_oneself_supports_nobody() -> None:
    events = coded("de", "Trump nannte die Angriffe auf den Iran einen vollen Erfolg.")
    assert not {"support", "accusation"}.intersection(event[0] for event in events)


def test_praise_and_blame_of_two_stay_two() -> None:
    assert coded("de", "Trump nannte Merz einen starken Führer und kritisierte Macron.") == [
        ("support", "occurred", ("USA",), ("DEU",)),
        ("accusation", "occurred", ("USA",), ("FRA",)),
    ]


OTHERS = (
    ("In Abu Dhabi traf der US-Heeresminister eine russische Delegation.", ("leader_meeting", ("RUS", "USA"), ())),
    ("Thailand will zunächst eine Entschuldigung Phnom Penhs.", ("demand", ("THA",), ("KHM",))),
    ("London hat den Austausch von Geheimdienstinformationen mit Washington eingeschränkt.",
     ("arms_delivery_pause", ("GBR",), ("USA",))),
    ("In Luanda beginnt der Gipfel von EU und Afrikanischer Union.", ("leader_meeting", ("AU", "EU"), ())),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), OTHERS)
def test_words_that_look_like_another_event(text: str, wanted: tuple[str, Sides, Sides]) -> None:
    assert [(type_, actors, recipients) for type_, _, actors, recipients in coded("de", text)] == [wanted]


def test_a_coalition_against_somebody_is_not_his() -> None:
    text = "Syrien hat sich der Anti-IS-Koalition angeschlossen und ein Abkommen unterzeichnet."
    assert all("IS" not in (*actors, *recipients) for _, _, actors, recipients in coded("de", text))
    assert coded("de", "Moskau stritt jede Beteiligung ab.") == []
