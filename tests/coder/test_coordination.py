"""Who is named together with whom: "A, B and C" stand to an act as the first of them does."""

from datetime import date

import pytest

from processors.coder.coding import read, tools


def together(text: str, language: str) -> list[list[str]]:
    """The ids of each list of names in a sentence, in the order of the text."""
    kit = tools(language)
    out: dict[int, list[str]] = {}
    for sentence in read(text, None, kit):
        for party in sentence.parties:
            out.setdefault(id(party.first), []).extend(party.ids)
    return [ids for ids in out.values() if len(ids) > 1]


@pytest.mark.parametrize(
    ("language", "text", "lists"),
    [
        ("en", "Germany, France and Britain condemned the attack.", [["DEU", "FRA", "GBR"]]),
        ("en", "He spoke to the leaders of Bahrain, Jordan and Qatar.", [["BHR", "JOR", "QAT"]]),
        ("en", "U.S.-Israeli strikes hit Iran.", [["USA", "ISR"]]),
        ("en", "US, Israel strike Iran.", [["USA", "ISR"]]),
        ("de", "Deutschland, Frankreich und die Türkei verurteilen den Angriff.", [["DEU", "FRA", "TUR"]]),
        ("de", "US-israelische Angriffe treffen den Iran.", [["USA", "ISR"]]),
        ("de", "Trump und Selenskyj telefonieren.", [["USA", "UKR"]]),
        ("en", "Modi spoke by phone with Macron and with Meloni.", [["FRA", "ITA"]]),
        ("en", "He met with Macron and later with Meloni.", [["FRA", "ITA"]]),
        ("en", "Sanctions on Iran, on Syria and on the Taliban stay.", [["IRN", "SYR", "TALIBAN"]]),
        ("en", "Israel shelled Lebanon, Syria and even Yemen.", [["LBN", "SYR", "YEM"]]),
        ("en", "Norway (and Sweden) signed.", [["NOR", "SWE"]]),
        ("en", "Neither Egypt nor Jordan signed.", [["EGY", "JOR"]]),
        ("en", "Not only Norway but also Sweden signed.", [["NOR", "SWE"]]),
        ("en", "Norway as well as Sweden signed.", [["NOR", "SWE"]]),
        ("de", "Meloni telefonierte mit Macron und anschließend mit Modi.", [["FRA", "IND"]]),
        ("de", "Strafen gegen den Iran und gegen die Taliban bleiben.", [["IRN", "TALIBAN"]]),
        ("de", "Schweden rügte sowohl den Iran als auch Syrien.", [["IRN", "SYR"]]),
        ("de", "Nicht nur Norwegen, sondern auch Schweden unterschrieb.", [["NOR", "SWE"]]),
        ("de", "Weder Ägypten noch Jordanien unterschrieb.", [["EGY", "JOR"]]),
    ],
)
def test_a_list_of_names_is_one(language: str, text: str, lists: list[list[str]]) -> None:
    assert together(text, language) == lists


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia attacked Ukraine."),
        ("en", "The strikes hit Iran, Israel said."),
        ("de", "Laut Moskau, so Kiew, gab es keinen Angriff."),
        ("de", "Putin droht, Selenskyj antwortet mit einem Angriff."),
        ("de", "Am Abend rief Modi noch Macron an."),
        ("en", "Modi wrote to Macron and later Meloni called."),
        ("en", "Modi flew from Egypt and with Macron he left."),
    ],
)
def test_names_that_only_stand_near_are_no_list(language: str, text: str) -> None:
    assert together(text, language) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Raketen schlagen in Charkiw ein Von Ida Amsel und Jon Brandt, Kiew und Moskau", ["Charkiw"]),
        ("Merz trifft Macron. Aus Paris berichtet Ida Amsel.", ["Merz", "Macron"]),
        ("Merz hat einen Brief an Macron geschrieben. Von Moskau war keine Rede.", ["Merz", "Macron", "Moskau"]),
    ],
)
def test_where_a_german_text_was_written_is_no_party(text: str, named: list[str]) -> None:
    sentences = read(text, None, tools("de"))
    assert [text[party.start : party.end] for one in sentences for party in one.parties] == named


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Serbian President Aleksandar Vucic is back. He accused Kosovo of a provocation."),
        ("de", "Der serbische Präsident Aleksandar Vučić ist zurück. Er warf dem Kosovo eine Provokation vor."),
    ],
)
def test_a_pronoun_is_a_party_where_one_person_can_be_meant(language: str, text: str) -> None:
    told = read(text, date(2025, 7, 4), tools(language))[1].parties
    assert [(party.ids, party.kind) for party in told] == [(("SRB",), "pronoun"), (("XKX",), "state")]


def test_where_an_embassy_stands_is_in_the_sentence_without_a_side() -> None:
    (sentence,) = read("A bomb hit the Turkish embassy in Oslo.", None, tools("en"))
    assert [(party.ids, party.kind) for party in sentence.parties] == [(("TUR",), "body"), ((), "capital")]
