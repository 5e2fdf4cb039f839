"""What talks were about, where the sentences behind tell of it."""

from datetime import date

import pytest

from processors.coder.analysis import Candidate
from processors.coder.coding import parse_sentences, read, tools
from processors.coder.topics import topics


def told(language: str, text: str, type_: str = "leader_meeting") -> tuple[str, ...]:
    """The topics of the first mention of a type."""
    kit = tools(language)
    sentences = read(text, date(2025, 3, 4), kit)
    mention = next(Candidate(one, found, []) for one in sentences for found in one.found if found.rule.type == type_)
    parse_sentences([mention.sentence], language)
    return topics([mention], kit.matcher, ["FRA", "DEU"], text)


MET = {
    "de": "Macron und Merz haben sich am Montag in Paris getroffen.",
    "en": "Macron and Merz met in Paris on Monday.",
}


@pytest.mark.parametrize(
    ("language", "behind", "about"),
    [
        ("de", "Es ging um den Schutz von Unterseekabeln.", ("Schutz von Unterseekabeln",)),
        ("de", "Bei dem Gespräch soll es um Getreide gehen.", ("Getreide",)),
        ("de", "Thema war nach Angaben eines Sprechers die Lage im Sudan.", ("Sudan",)),
        ("de", "Im Mittelpunkt standen Luftabwehr und die Reparatur des Stromnetzes.",
         ("Luftabwehr", "Reparatur des Stromnetzes")),
        ("de", "Auf der Tagesordnung stehen Wasserfragen.", ("Wasserfragen",)),
        ("de", "Zur Sprache kamen Migration und der Klimaschutz.", ("Migration", "Klimaschutz")),
        ("de", "Beide sprachen über Zölle.", ("Zölle",)),
        ("de", "Dabei wurde über ein Gasabkommen gesprochen.", ("Gasabkommen",)),
        ("de", "Das Treffen dauerte zwei Stunden. Gegenstand der Unterredung war der Gastransit.", ("Gastransit",)),
        ("en", "They discussed the protection of undersea cables.", ("protection of undersea cables",)),
        ("en", "Topics will include air defence and trade.",
         ("air defence", "trade")),
        ("en", "On the agenda are water and a railway to China.", ("water", "railway to China")),
        ("en", "The main item on the agenda was grain.", ("grain",)),
        ("en", "Fisheries topped the agenda.", ("Fisheries",)),
        ("en", "Fish quotas were the main topic of the meeting, a spokesman said.", ("Fish quotas",)),
        ("en", "Migration and climate were raised during the meeting.", ("Migration", "climate")),
        ("en", "The two leaders discussed tariffs on steel.", ("tariffs on steel",)),
        ("en", "Their talks focused on gas supplies.", ("gas supplies",)),
    ],
)  # fmt: skip
def test_the_next_sentences_may_say_what_talks_were_about(language: str, behind: str, about: tuple[str, ...]) -> None:
    assert told(language, f"{MET[language]} {behind}") == about


@pytest.mark.parametrize(
    ("language", "behind"),
    [
        ("de", "Nicht angesprochen wurde der Getreidestreit."),
        ("de", "In Peking sprachen Xi und Putin über Zölle."),
        ("de", "Danach ging er über die Grenze."),
        ("de", "Der Regen hörte auf. Der Wind legte sich. Es ging um Zölle."),
        ("en", "The grain dispute was not raised."),
        ("en", "In Beijing, Xi and Putin discussed tariffs."),
        ("en", "Merz leads a coalition."),
    ],
)
def test_what_others_talked_about_or_nobody_did_is_no_topic(language: str, behind: str) -> None:
    assert told(language, f"{MET[language]} {behind}") == ()


def test_what_a_mention_says_itself_comes_first() -> None:
    text = "Macron and Merz met in Paris on Monday to discuss grain. They discussed tariffs as well."
    assert told("en", text) == ("grain",)


def test_an_attack_has_no_topic_of_later_talks() -> None:
    text = "Israel bombed Beirut on Monday. They discussed tariffs."
    assert told("en", text, "attack") == ()
