"""What an event is about, by the text's own words."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts
from processors.coder.nominative import nominative
from processors.coder.triggers import Word


def topics(language: str, text: str, type_: str) -> list[tuple[str, ...]]:
    events = next(code_texts([Text(text, language, day=date(2025, 3, 4))]))
    return [event.topics for event in events if event.type == type_]


@pytest.mark.parametrize(
    ("text", "type_", "about"),
    [
        ("Litauen fordert von Deutschland eine schnellere Lieferung der Luftabwehr.", "demand",
         "schnellere Lieferung der Luftabwehr"),
        ("Kiew bittet Warschau um weitere Munition.", "demand", "Munition"),
        ("Oslo verurteilt die Verfolgung von Fischern und Bauern.", "accusation", "Verfolgung von Fischern und Bauern"),
        ("Iran droht den USA mit Zöllen.", "threat", "Zölle"),
        ("Iran droht Israel mit neuen Angriffen auf Häfen.", "threat", "Angriffe auf Häfen"),
        ("Oslo fordert von Berlin die Rückkehr zum Pakt gegen Plastikmüll.", "demand", "Pakt gegen Plastikmüll"),
        ("Macron telefonierte mit Putin, in dem Gespräch ging es um die Gefangenen.", "leader_call", "Gefangenen"),
        ("Armenien wirft Aserbaidschan einen Bruch der Waffenruhe vor.", "accusation", "Bruch der Waffenruhe"),
        ("Ungarn lehnt ein Gasembargo gegen Russland ab.", "rejection", "Gasembargo gegen Russland"),
        ("Iran droht Israel mit der Schließung der Meerenge.", "threat", "Schließung der Meerenge"),
        ("Ägypten und Äthiopien verhandeln in Kairo über das Wasser des Nils.", "negotiation", "Wasser des Nils"),
        ("Die Handelsgespräche zwischen Indien und der EU gehen weiter.", "negotiation", "Handel"),
        ("Die EU hat ein Ölembargo gegen Russland verhängt.", "sanctions", "Öl"),
        ("Norwegen liefert der Ukraine Haubitzen.", "arms_delivery", "Haubitzen"),
        ("Macron telefonierte am Montag mit Putin und sprach mit ihm über die Gefangenen.", "leader_call",
         "Gefangenen"),
        ("Tausende demonstrieren in Madrid gegen den Krieg im Sudan.", "protest", "Krieg im Sudan"),
        ("Kenia und Somalia verhandeln über die Schaffung einer Fischereizone.", "negotiation", "Fischereizone"),
        ("Oslo verurteilt Folter. Oslo verurteilte am Montag die Folter von Fischern in Russland.", "accusation",
         "Folter von Fischern in Russland"),
    ],
)  # fmt: skip
def test_german_topics(text: str, type_: str, about: str) -> None:
    assert topics("de", text, type_) == [(about,)]


@pytest.mark.parametrize(
    ("text", "type_", "about"),
    [
        ("Lithuania urged Germany to speed up the delivery of air defences.", "demand", "delivery of air defences"),
        ("Armenia accused Azerbaijan of violating the truce.", "accusation", "truce"),
        ("Hungary rejected an embargo on Russian gas.", "rejection", "embargo on Russian gas"),
        ("Iran threatened Israel with the closure of the strait.", "threat", "closure of the strait"),
        ("Macron and Putin discussed the release of prisoners in a phone call on Monday.", "leader_call",
         "release of prisoners"),
        ("Modi met Macron in Paris on Tuesday to discuss nuclear reactors.", "leader_meeting", "nuclear reactors"),
        ("The European Union imposed an embargo on Russian oil.", "sanctions", "Russian oil"),
        ("Norway has delivered howitzers to Ukraine.", "arms_delivery", "howitzers"),
        ("Canada praised Poland for the reception of refugees.", "support", "reception of refugees"),
        ("Lithuania urged Germany to support a plan for a humanitarian corridor.", "demand", "humanitarian corridor"),
        ("Armenia accused Azerbaijan of the use of chemical weapons.", "accusation", "chemical weapons"),
        ("Hungary rejected an embargo on gas and oil.", "rejection", "embargo on gas and oil"),
        ("Modi met Macron in Paris on Tuesday for the signing of a trade pact.", "leader_meeting",
         "signing of a trade pact"),
        ("Brazil called for a ceasefire in Gaza.", "peace_call", "ceasefire in Gaza"),
        ("Kenya and Somalia are negotiating on the creation of a fishing zone.", "negotiation", "fishing zone"),
        ("Talks between Kenya and Somalia on the return of refugees began on Monday.", "negotiation",
         "return of refugees"),
        ("The European Union imposed a ban on flights from Belarus.", "sanctions", "flights from Belarus"),
        ("Modi met Macron in Paris on Tuesday to discuss migration and gas fields.", "leader_meeting",
         "migration and gas fields"),
        ("Venezuela threatened Guyana with the seizure of the Essequibo region.", "threat",
         "seizure of the Essequibo region"),
        ("The Philippines accused China of ramming a patrol boat.", "accusation", "patrol boat"),
        ("Austria condemns attack. Austria condemned on Tuesday an attack on a synagogue.", "accusation",
         "attack on a synagogue"),
    ],
)  # fmt: skip
def test_english_topics(text: str, type_: str, about: str) -> None:
    assert topics("en", text, type_) == [(about,)]


@pytest.mark.parametrize(
    ("language", "text", "type_"),
    [
        ("en", "A new round of talks between Egypt and Ethiopia began on Monday.", "negotiation"),
        ("en", "Germany will send weapons to Ukraine.", "arms_delivery"),
        ("en", "Macron and Putin spoke by phone on Monday.", "leader_call"),
        ("de", "Am Montag begannen neue Verhandlungen zwischen Ägypten und Äthiopien.", "negotiation"),
        ("de", "Deutschland liefert der Ukraine weitere Waffen.", "arms_delivery"),
        ("de", "Die US-Sanktionen gegen Russland gelten seit Montag.", "sanctions"),
        ("de", "Macron und Merz sind am Montag in Paris zu Beratungen zusammengekommen.", "leader_meeting"),
        ("de", "Nach dem Überfall auf den Hafen: Ägypten stimmt Verhandlungen mit Äthiopien zu", "negotiation"),
    ],
)
def test_who_takes_part_when_and_the_act_itself_are_no_topics(language: str, text: str, type_: str) -> None:
    assert topics(language, text, type_) == [()]


@pytest.mark.parametrize("with_", ["Vergeltung", "ernsten Konsequenzen"])
def test_a_threat_of_nothing_in_particular_has_no_topic(with_: str) -> None:
    assert topics("de", f"Iran droht Israel mit {with_}.", "threat") == [()]


@pytest.mark.parametrize(
    ("form", "morph", "lemma", "expected"),
    [
        ("Zöllen", "Case=Dat|Number=Plur", "zoll", "Zölle"),
        ("Angriffen", "Case=Dat|Number=Plur", "angriff", "Angriffe"),
        ("Ländern", "Case=Dat|Number=Plur", "land", "Länder"),
        ("Panzern", "Case=Dat|Number=Plur", "panzer", "Panzer"),
        ("Sanktionen", "Case=Dat|Number=Plur", "sanktion", "Sanktionen"),
        ("Wahlen", "Case=Dat|Number=Plur", "wahl", "Wahlen"),
        ("Waffen", "Case=Dat|Number=Plur", "waffe", "Waffen"),
        ("Häfen", "Case=Dat|Number=Plur", "hafen", "Häfen"),
        ("Völkerrechts", "Case=Gen|Number=Sing", "völkerrecht", "Völkerrecht"),
        ("Krieges", "Case=Gen|Number=Sing", "krieg", "Krieg"),
        ("Zölle", "Case=Acc|Number=Plur", "zoll", "Zölle"),
    ],
)
def test_german_nouns_are_told_in_the_nominative(form: str, morph: str, lemma: str, expected: str) -> None:
    assert nominative(Word(form, 0, len(form), form.lower(), lemma, frozenset()), morph) == expected


def test_several_topics_are_told_apart() -> None:
    text = "Egypt and Ethiopia are holding talks on water rights and grain in Cairo."
    assert topics("en", text, "negotiation") == [("water rights", "grain")]
