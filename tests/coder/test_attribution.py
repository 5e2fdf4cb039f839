"""Whom a text names as the source of an event, and whom it does not."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts


def sources(language: str, text: str, type_: str) -> list[str | None]:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    return [event.attribution for event in events if event.type == type_]


@pytest.mark.parametrize(
    ("language", "text", "type_", "said_by"),
    [
        ("en", "Russia attacked Kharkiv with missiles, two officials said.", "attack", "two officials"),
        ("en", "Russia attacked Kharkiv with missiles, according to the governor.", "attack", "governor"),
        ("en", "Russian forces shell Kharkiv - Ministry of Defence", "attack", "Ministry of Defence"),
        ("en", "Defence Ministry: Russia attacked Kharkiv with missiles", "attack", "Defence Ministry"),
        ("en", "Russia attacked Kharkiv with missiles, says Berlin.", "attack", "Berlin"),
        (
            "en",
            "Russia attacked Kharkiv with missiles, according to state news agency Ukrinform.",
            "attack",
            "state news agency Ukrinform",
        ),
        (
            "en",
            "OSLO, May 4 (Wire) - Two officials said Russia attacked Kharkiv with missiles.",
            "attack",
            "Two officials",
        ),
        ("en", "South Korea reports missile test by North Korea.", "mobilization", "South Korea"),
        ("de", "Russland hat Charkiw angegriffen, sagte ein Sprecher.", "attack", "ein Sprecher"),
        ("de", "Südkorea meldet neuen Raketentest Nordkoreas.", "mobilization", "Südkorea"),
        ("de", "Laut Kiew hat Russland Charkiw mit Raketen angegriffen.", "attack", "Kiew"),
        ("de", "Israel meldet Angriff auf Stellungen der Hisbollah.", "attack", "Israel"),
        ("de", "Macron kündigt neue Sanktionen gegen Belarus an.", "sanctions", "Macron"),
        ("de", "Krieg im Osten: Kiew: Russland greift Charkiw mit Raketen an", "attack", "Kiew"),
        ("de", "Medienbericht: Macron telefoniert mit Putin", "leader_call", "Medienbericht"),
        ("de", "Frankreich liefert nach eigenen Angaben Panzer an Polen.", "arms_delivery", "Frankreich"),
        (
            "de",
            "Russland hat Charkiw angegriffen. Das teilte der Generalstab in Kiew am Morgen mit.",
            "attack",
            "der Generalstab in Kiew",
        ),
        (
            "de",
            "Norwegen liefert Polen Haubitzen. Das geht aus einer Liste des Ministeriums hervor.",
            "arms_delivery",
            "einer Liste des Ministeriums",
        ),
        (
            "de",
            "Russland hat Charkiw mit Raketen angegriffen, hieß es aus dem Verteidigungsministerium in Kiew.",
            "attack",
            "dem Verteidigungsministerium in Kiew",
        ),
        (
            "en",
            "Russia attacked Kharkiv with missiles. That is according to the Ministry of Defence.",
            "attack",
            "the Ministry of Defence",
        ),
        (
            "en",
            "Russia is ready for talks with Ukraine, Kremlin spokesman Dmitry Peskov told reporters on Saturday.",
            "negotiation_offer",
            "Kremlin spokesman Dmitry Peskov",
        ),
        (
            "de",
            "Frankreich liefert nach Turmbote-Informationen Panzer an Polen.",
            "arms_delivery",
            "Turmbote-Informationen",
        ),
    ],
)
def test_the_speaker_is_named(language: str, text: str, type_: str, said_by: str) -> None:
    assert said_by in sources(language, text, type_)


@pytest.mark.parametrize(
    ("language", "text", "type_"),
    [
        ("en", "Russia attacked Kharkiv with missiles.", "attack"),
        ("en", "Turkey threatened Greece with retaliation.", "threat"),
        ("en", "France and Oman signed a deal, according to which Oman will buy frigates.", "agreement"),
        ("de", "Russland hat Charkiw mit Raketen angegriffen – Tote und Verletzte.", "attack"),
        ("de", "Die Türkei droht Griechenland mit Vergeltung.", "threat"),
        ("de", "Jemen: Israel greift Stellungen der Huthi an", "attack"),
        ("de", "Treffen mit Putin: Macron droht Russland mit Sanktionen", "threat"),
        ("de", "Ukraine-Krieg: Frankreich liefert Panzer an Polen", "arms_delivery"),
        ("de", "Treffen von Macron und Modi: Macron nennt Zölle überflüssig", "leader_meeting"),
        ("de", "Nach dem Angriff auf Charkiw kündigte Kanzler Merz eine Rede an.", "attack"),
        ("de", "Russland hat Charkiw angegriffen. Das sagte vorher niemand voraus.", "attack"),
        ("de", "Frankreich liefert Panzer an Polen, hieß es in Bern.", "arms_delivery"),
        ("en", "Ukraine is ready for talks with Russia, President Volodymyr Zelensky has said.", "negotiation_offer"),
        (
            "en",
            "Roads come first, the envoy said after a meeting with French President Emmanuel Macron.",
            "leader_meeting",
        ),
        ("en", "Norway said after a meeting with Iraq in Oslo that roads come first.", "leader_meeting"),
    ],
)
def test_what_the_text_itself_says_has_no_speaker(language: str, text: str, type_: str) -> None:
    assert sources(language, text, type_) == [None]


def test_whom_somebody_speaks_of_or_to_is_not_who_speaks() -> None:
    for text in (
        "The envoy said Iran had attacked a port in Qatar.",
        "She told Iran that Israel had attacked Hezbollah.",
    ):
        assert not {"Iran", "Israel"} & set(sources("en", text, "attack"))


def test_a_headlines_speaker_speaks_in_the_sentence_under_it() -> None:
    text = "Selenskyj: Moskau lehnt Treffen ab\n\nRussland hat in der Nacht Charkiw mit Raketen angegriffen."
    assert "Selenskyj" in sources("de", text, "attack")
