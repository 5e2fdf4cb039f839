"""Who must do something is asked, and who says so asks; what a passive tells is done to its subject; who has made a
weapon does not strike with it."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts
from tests.coder.coded import coded

SPOKEN = [
    (
        "en",
        "Sudan's army and the Rapid Support Forces must stop fighting, UN Secretary-General Antonio Guterres said.",
        "peace_call",
        ("UN",),
        ("RSF", "SDN"),
    ),
    ("en", "Russian troops must leave Ukraine, French President Emmanuel Macron said.", "demand", ("FRA",), ("RUS",)),
    (
        "de",
        "Die Türkei müsse ihre Grenze öffnen, sagte der französische Präsident Emmanuel Macron.",
        "demand",
        ("FRA",),
        ("TUR",),
    ),
]


@pytest.mark.parametrize(("language", "text", "type_", "actors", "recipients"), SPOKEN)
def test_the_subject_is_asked_and_the_speaker_asks(
    language: str, text: str, type_: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    found = [(event.actors, event.recipients) for event in events if event.type == type_]
    assert (actors, recipients) in found, [(e.type, e.actors, e.recipients, e.trigger) for e in events]
    assert not any(set(recipients) & set(doers) for doers, _ in found)


PASSIVE = [
    ("en", "Hungary was asked on Monday to pay a fine of 200 million euros within two weeks.", "demand", (), ("HUN",)),
    ("en", "Turkey has been accused by Greece of violating its airspace.", "accusation", ("GRC",), ("TUR",)),
    ("en", "Israel is being urged by Germany to allow more aid into Gaza.", "demand", ("DEU",), ("ISR",)),
]


@pytest.mark.parametrize(("language", "text", "type_", "actors", "recipients"), PASSIVE)
def test_what_a_passive_tells_is_done_to_its_subject(
    language: str, text: str, type_: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    assert [(event.actors, event.recipients) for event in events if event.type == type_] == [(actors, recipients)]


def test_troops_that_are_sent_are_sent_by_their_own_side() -> None:
    text = "Russian troops were deployed along the border with Finland on Monday."
    events = next(code_texts([Text(text, "en", day=date(2025, 7, 4))]))
    assert [event.actors for event in events if event.type == "mobilization"] == [("RUS",)]


def attacks(language: str, text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    return [(event.status, event.actors, event.recipients) for event in events if event.type == "attack"]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "Sudan attacked Chad with Turkish drones.", ("SDN",), ("TCD",)),
        ("en", "Armenia shelled Baku with French missiles on Monday.", ("ARM",), ("AZE",)),
        ("de", "Aserbaidschan griff Eriwan mit israelischen Drohnen an.", ("AZE",), ("ARM",)),
        ("de", "Die Ukraine beschoss Kursk mit US-Raketen.", ("UKR",), ("RUS",)),
        ("de", "Äthiopien setzte türkische Drohnen gegen Eritrea ein.", ("ETH",), ("ERI",)),
    ],
)
def test_who_has_made_a_weapon_does_not_strike_with_it(
    language: str, text: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    assert attacks(language, text) == [("occurred", actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("de", "Die pakistanische Luftabwehr hat zwölf indische Drohnen abgeschossen.", ("PAK",), ("IND",)),
        ("de", "Kuwait fing iranische Raketen ab.", ("KWT",), ("IRN",)),
        ("en", "Pakistan was attacked with Indian drones overnight.", ("IND",), ("PAK",)),
    ],
)
def test_weapons_stand_for_those_who_strike_where_nobody_else_does(
    language: str, text: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    assert attacks(language, text) == [("occurred", actors, recipients)]


@pytest.mark.parametrize(
    "text",
    [
        "Pakistan bestreitet, Indien angegriffen zu haben.",
        "Pakistan hat am Mittwoch dementiert, Indien angegriffen zu haben.",
    ],
)
def test_who_denies_to_have_struck_has_not_been_struck(text: str) -> None:
    assert attacks("de", text) == [("negated", ("PAK",), ("IND",))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mayor of London condemned Russia's attack on a school."),
        ("en", "German lawmakers urged Israel to stop the war."),
        ("en", "Former US president Barack Obama criticised Israel."),
        ("en", "Four US senators met President Zelensky in Kyiv on Monday."),
        ("en", "Zelensky received US senators in Kyiv."),
        ("en", "The US was criticised by Democratic senators."),
        ("de", "Die ungarische Opposition kritisiert Russland scharf."),
        ("de", "Der Gouverneur von Kursk warf der Ukraine Terror vor."),
        ("de", "Abgeordnete der Duma drohten Finnland mit Vergeltung."),
        ("de", "Selenskyj empfing US-Senatoren in Kiew."),
        ("de", "Die SPD-Fraktion fordert Israel zum Ende der Angriffe auf."),
    ],
)
def test_what_those_say_who_act_for_nobody_is_no_event(language: str, text: str) -> None:
    assert not next(code_texts([Text(text, language, day=date(2025, 10, 15))]))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Russia arrested a US journalist in Moscow.", ("coercion", ("RUS",), ("USA",))),
        ("en", "Russian troops killed the mayor of Kherson.", ("attack", ("RUS",), ("UKR",))),
        ("en", "Moscow sanctioned 23 British lawmakers.", ("sanctions", ("RUS",), ("GBR",))),
        ("en", "The US Congress approved new sanctions against Russia.", ("sanctions", ("USA",), ("RUS",))),
        ("en", "Trump and US senators urged Hamas to release the hostages.", ("demand", ("USA",), ("HAMAS",))),
        ("de", "Die Türkei nahm einen deutschen Journalisten fest.", ("coercion", ("TUR",), ("DEU",))),
        ("de", "Die Duma fordert von Polen eine Entschuldigung.", ("demand", ("RUS",), ("POL",))),
        ("de", "Vizeaußenminister der Ukraine wirft Russland Völkermord vor.", ("accusation", ("UKR",), ("RUS",))),
    ],
)
def test_what_is_done_to_them_is_done_to_their_state(
    language: str, text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 10, 15))]))
    assert [(event.type, event.actors, event.recipients) for event in events] == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Iran, which is supported by Russia and China, rejected the US demand.",
            ("rejection", ("IRN",), ("USA",)),
        ),
        ("de", "Das von Russland unterstützte Regime griff die Türkei an.", ("attack", (), ("TUR",))),
        (
            "de",
            "Die von den Emiraten unterstützte RSF beschoss die sudanesische Armee.",
            ("attack", ("RSF",), ("SDN",)),
        ),
        (
            "de",
            "Die von Saudi-Arabien unterstützte Regierung des Jemen verurteilte Israel.",
            ("accusation", ("YEM",), ("ISR",)),
        ),
        ("de", "Israel, das von den USA Waffen erhält, bombardierte den Libanon.", ("attack", ("ISR",), ("LBN",))),
        ("en", "Malian soldiers backed by Russian mercenaries captured Kidal.", ("coercion", ("MLI",), ())),
        ("en", "Backed by Russian mercenaries, Malian soldiers captured Kidal.", ("coercion", ("MLI",), ())),
        (
            "en",
            "Syrian government fighters backed by Turkey seized a dam from the SDF.",
            ("coercion", ("SYR",), ("SDF",)),
        ),
        ("en", "Yemeni troops supported by Saudi jets attacked the Houthis.", ("attack", ("YEM",), ("HOUTHIS",))),
        (
            "de",
            "Von russischen Söldnern unterstützte malische Soldaten nahmen Kidal ein.",
            ("coercion", ("MLI",), ()),
        ),
        (
            "de",
            "Malische Soldaten nahmen mit Unterstützung russischer Söldner Kidal ein.",
            ("coercion", ("MLI",), ()),
        ),
    ],
)
def test_who_only_stands_behind_somebody_does_nothing(
    language: str, text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 10, 15))]))
    assert [(event.type, event.actors, event.recipients) for event in events] == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "China backed Russia on Monday, the foreign ministry said."),
        ("en", "China, which backed Russia at the UN on Monday, condemned Israel."),
        ("de", "China unterstützte am Montag Russland."),
    ],
)
def test_support_that_is_news_stays(language: str, text: str) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 10, 15))]))
    assert ("support", ("CHN",), ("RUS",)) in [(event.type, event.actors, event.recipients) for event in events]


@pytest.mark.parametrize(
    ("language", "text", "kind", "sides"),
    [
        ("en", "Modi and Xi discussed Pakistan during their meeting in Kazan.", "leader_meeting", ("CHN", "IND")),
        ("en", "Rwanda and Congo signed a peace deal brokered by the US.", "agreement", ("COD", "RWA")),
        ("en", "Talks between Iran and the US over Yemen begin in Oman.", "negotiation", ("IRN", "USA")),
        ("en", "Israel and Hamas held indirect talks, mediated by Qatar.", "negotiation", ("HAMAS", "ISR", "QAT")),
        ("de", "Die USA und China verhandeln in Genf über Taiwan.", "negotiation", ("CHN", "USA")),
        ("de", "Trump und Putin sprachen am Telefon über den Iran.", "leader_call", ("RUS", "USA")),
    ],
)
def test_whom_others_talk_about_takes_no_part(language: str, text: str, kind: str, sides: tuple[str, ...]) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 10, 15))]))
    assert (kind, sides) in [(event.type, event.actors) for event in events]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Accused by Niger of arming jihadists, France recalled its ambassador.", "accusation", ("NER", "FRA")),
        ("Egypt, criticised by Israel over the border, closed the crossing.", "accusation", ("ISR", "EGY")),
        ("Lebanon, attacked by Israel overnight, appealed to the UN.", "attack", ("ISR", "LBN")),
    ],
)
def test_a_participle_without_an_auxiliary_is_a_passive_too(text: str, kind: str, sides: tuple[str, str]) -> None:
    events = next(code_texts([Text(text, "en", day=date(2025, 10, 15))]))
    assert (kind, sides[:1], sides[1:]) in [(event.type, event.actors, event.recipients) for event in events]


@pytest.mark.parametrize(
    "text",
    [
        "China was criticised by Manila for breaching a fishing accord.",
        "China, accused by Manila of betrayal, recalled its ambassador.",
    ],
)
def test_what_somebody_is_accused_of_is_no_second_accusation(text: str) -> None:
    events = next(code_texts([Text(text, "en", day=date(2025, 10, 15))]))
    accused = [(event.actors, event.recipients) for event in events if event.type == "accusation"]
    assert accused == [(("PHL",), ("CHN",))]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Der Brand, den Warschau Moskau anlastet, zerstörte ein Lager.", "accusation", ("POL", "RUS")),
        ("Die Mine, für die Seoul Pjöngjang verantwortlich macht, tötete zwei.", "accusation", ("KOR", "PRK")),
        ("Ein Anschlag, den Ankara der PKK anlastet, tötete fünf Soldaten.", "accusation", ("TUR", "PKK")),
        ("Die Drohnen, die der Iran Russland geliefert hat, sind veraltet.", "arms_delivery", ("IRN", "RUS")),
    ],
)
def test_of_two_named_in_a_german_relative_clause_the_first_does_it(
    text: str, kind: str, sides: tuple[str, str]
) -> None:
    events = next(code_texts([Text(text, "de", day=date(2025, 10, 15))]))
    assert (kind, sides[:1], sides[1:]) in [(event.type, event.actors, event.recipients) for event in events]


@pytest.mark.parametrize(
    ("text", "actor", "recipients"),
    [
        ("Bei Angriffen der RSF auf ein Lager sind 40 Menschen getötet worden.", "RSF", ()),
        ("Bei einem Luftschlag der Türkei wurden am Morgen vier Menschen getötet.", "TUR", ()),
        ("Nach dem Angriff der Ukraine auf Belgorod brannte ein Depot.", "UKR", ("RUS",)),
    ],
)
def test_the_genitive_of_a_german_noun_for_a_strike_is_who_strikes(
    text: str, actor: str, recipients: tuple[str, ...]
) -> None:
    events = next(code_texts([Text(text, "de", day=date(2025, 10, 15))]))
    assert ((actor,), recipients) in [(event.actors, event.recipients) for event in events if event.type == "attack"]


def test_who_is_hit_has_met_nobody() -> None:
    text = "Zwei philippinische Boote wurden von chinesischen Wasserwerfern getroffen."
    events = next(code_texts([Text(text, "de", day=date(2025, 10, 15))]))
    assert "leader_meeting" not in [event.type for event in events]


@pytest.mark.parametrize(
    ("language", "text", "kind", "sides"),
    [
        ("en", "Under Qatari mediation, Rwanda and the M23 held talks in Doha.", "negotiation", "M23 QAT RWA"),
        ("en", "Serbia and Kosovo are negotiating through an EU mediator.", "negotiation", "EU SRB XKX"),
        ("en", "Rwanda and Congo signed a peace accord under UN mediation.", "agreement", "COD RWA"),
        ("de", "Israel und die Hamas verhandeln unter ägyptischer Vermittlung.", "negotiation", "EGY HAMAS ISR"),
        ("de", "Der Iran und die USA führten über omanische Vermittler Gespräche.", "negotiation", "IRN OMN USA"),
        (
            "de",
            "Russland und die Ukraine verhandeln unter Vermittlung der Türkei und Katars.",
            "negotiation",
            "QAT RUS TUR UKR",
        ),
        ("de", "Ruanda und der Kongo sprachen über die ägyptische Vermittlung.", "negotiation", "COD RWA"),
        ("en", "Rubio met Sybiha on the sidelines of the NATO meeting.", "leader_meeting", "UKR USA"),
        ("de", "Am Rande der Nato-Tagung trafen sich Fidan und Sybiha.", "leader_meeting", "TUR UKR"),
    ],
)
def test_who_mediates_in_talks_takes_part_and_whose_guests_meet_does_not(
    language: str, text: str, kind: str, sides: str
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 10, 15))]))
    assert (kind, tuple(sides.split())) in [(event.type, event.actors) for event in events]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Militants fire rockets at Israel. Hezbollah fired rockets at Haifa on Friday.",
            [("attack", ("HEZBOLLAH",), ("ISR",))],
        ),
        (
            "de",
            "Golfstaat weist iranischen Botschafter aus. Kuwait hat am Freitag den iranischen Botschafter ausgewiesen.",
            [("diplomatic_break", ("KWT",), ("IRN",))],
        ),
        (
            "en",
            "Rebels shell Goma airport. India shelled a village in Pakistan on Friday.",
            [("attack", ("OTHER",), ("COD",)), ("attack", ("IND",), ("PAK",))],
        ),
    ],
)
def test_whom_a_headline_calls_by_his_kind_is_who_is_named_below_it(
    language: str, text: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 10, 15))]))
    assert [(event.type, event.actors, event.recipients) for event in events] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Somali troops recaptured Moqokori with Turkish drones.", ("coercion", ("SOM",), ())),
        ("de", "Somalische Truppen eroberten Moqokori mit türkischen Drohnen zurück.", ("coercion", ("SOM",), ())),
        ("en", "Ethiopian soldiers used Iranian drones to retake Lalibela.", ("attack", ("ETH",), ())),
        ("en", "The US Navy seized a ship with Iranian missiles on Friday.", ("coercion", ("USA",), ("IRN",))),
    ],
)
def test_who_has_made_the_drones_takes_no_town_with_them(
    language: str, text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    events = next(code_texts([Text(text, language, day=date(2025, 10, 15))]))
    assert [(event.type, event.actors, event.recipients) for event in events] == [expected]


HEADLINES = [
    ("de", "US-Soldaten in Syrien bei Angriff des IS getötet", "attack", ("IS",), ("USA",)),
    ("de", "Israelische Soldaten bei Angriff der Hamas in Rafah getötet", "attack", ("HAMAS",), ("ISR",)),
    ("de", "Kämpfer der Hamas getötet", "attack", (), ("HAMAS",)),
    ("de", "Deutsche Diplomaten aus Russland ausgewiesen", "diplomatic_break", ("RUS",), ("DEU",)),
    ("de", "Nato-Luftraum über Estland verletzt", "attack", (), ("EST",)),
    ("en", "NATO airspace over Estonia violated", "attack", (), ("EST",)),
    ("de", "Emirate wegen Sudan in der Kritik", "accusation", (), ("ARE",)),
    ("de", "Zehntausende protestieren in Istanbul gegen Gaza-Krieg", "protest", ("OTHER",), ()),
    ("de", "Aus Moskau hieß es, man lehne das Angebot Kiews ab.", "rejection", ("RUS",), ("UKR",)),
    ("de", "Orban legt Veto gegen Ukraine-Kredit ein", "rejection", ("HUN",), ("UKR",)),
    ("de", "Ungarn blockiert Milliardenhilfe für die Ukraine", "rejection", ("HUN",), ("UKR",)),
    ("de", "Vucic lehnt Sanktionen gegen Russland ab", "rejection", ("SRB",), ()),
    ("de", "China weist US-Sanktionen gegen Iran zurück", "rejection", ("CHN",), ("USA",)),
    ("en", "Vucic rejects sanctions against Russia", "rejection", ("SRB",), ()),
    ("de", "Moskau werde keine Nato-Truppen in der Ukraine dulden, sagte Lawrow.", "rejection", ("RUS",), ("NATO",)),
]


@pytest.mark.parametrize(("language", "text", "kind", "actors", "recipients"), HEADLINES)
def test_who_does_it_to_whom(
    language: str, text: str, kind: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    told = [(one, doing, done) for one, _, doing, done in coded(language, text)]
    assert told == [(kind, actors, recipients)]
