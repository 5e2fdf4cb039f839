"""Where events are said to be: the place that tells of the event, and of nothing else in its sentence."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts


def places(language: str, text: str, type_: str) -> set[str | None]:
    """The places of the events of one type."""
    return {
        event.place for event in next(code_texts([Text(text, language, "", date(2025, 7, 4))])) if event.type == type_
    }


@pytest.mark.parametrize(
    ("language", "text", "type_", "place"),
    [
        ("de", "Macron und Selenskyj trafen sich am Montag in Genf.", "leader_meeting", "Genf"),
        (
            "de",
            "Bei einem russischen Luftangriff in der ostukrainischen Stadt Charkiw starben drei Menschen.",
            "attack",
            "Charkiw",
        ),
        ("de", "Bei russischen Angriffen auf Odessa starben zwei Menschen.", "attack", "Odessa"),
        ("en", "Macron met Zelensky in Geneva on Monday.", "leader_meeting", "Geneva"),
        ("en", "Macron will visit Warsaw next week.", "leader_meeting", "Warsaw"),
        ("en", "Russian forces shelled a market in the eastern city of Kharkiv.", "attack", "Kharkiv"),
        ("en", "Russian troops in besieged Kherson shelled Ukrainian soldiers.", "attack", "Kherson"),
        ("en", "Two people died in a Russian drone attack on Odesa.", "attack", "Odesa"),
        ("de", "Russland griff am Mittwoch Charkiw mit Drohnen an.", "attack", "Charkiw"),
        ("de", "Israel bombardierte Beirut.", "attack", "Beirut"),
        ("de", "Beirut wurde von Israel bombardiert.", "attack", "Beirut"),
        ("de", "Bei einem russischen Angriff auf die Hafenstadt Odessa starben zwei Menschen.", "attack", "Odessa"),
        ("de", "Bei einem russischen Angriff nahe Cherson starben zwei Menschen.", "attack", "Cherson"),
        ("de", "Bei einem israelischen Angriff im Süden des Libanon starben zwei Menschen.", "attack", "Libanon"),
        ("de", "Macron und Merz trafen sich am Montag nördlich von Berlin.", "leader_meeting", "Berlin"),
        ("de", "Macron und Merz trafen sich am Montag auf Zypern.", "leader_meeting", "Zypern"),
        ("de", "Merz besuchte am Montag Kiew.", "leader_meeting", "Kiew"),
        ("en", "Russia shelled Kharkiv.", "attack", "Kharkiv"),
        ("en", "Kharkiv was shelled by Russian forces.", "attack", "Kharkiv"),
        ("en", "Israel bombed the southern suburbs of Beirut.", "attack", "Beirut"),
        ("en", "Four people died in a Russian attack on the port city of Odesa.", "attack", "Odesa"),
        ("en", "Russia seized the town of Vovchansk.", "coercion", "Vovchansk"),
        ("en", "Macron and Merz met on Monday outside Berlin.", "leader_meeting", "Berlin"),
        ("en", "Macron and Merz met on Monday north of Berlin.", "leader_meeting", "Berlin"),
        ("en", "Macron and Merz met on Monday in the French capital, Paris.", "leader_meeting", "Paris"),
        ("en", "Macron and Merz met on Monday in Beijing's Great Hall of the People.", "leader_meeting", "Beijing"),
        ("de", "Macron besucht am 8. Juli Athen.", "leader_meeting", "Athen"),
        ("de", "Macron will Anfang August nach Kairo reisen.", "leader_meeting", "Kairo"),
        ("en", "Macron's trip to India lasted three days.", "leader_meeting", "India"),
        ("de", "Macron und Merz treffen sich auf dem Luftwaffenstützpunkt Ramstein.", "leader_meeting", "Ramstein"),
        (
            "de",
            "Ruanda und Kongo wollen am 27. Juli in Washington ein Abkommen unterzeichnen.",
            "agreement",
            "Washington",
        ),
        (
            "de",
            "Unterhändler des Iran und der USA haben in der Schweiz indirekte Gespräche zur Urananreicherung geführt.",
            "negotiation",
            "Schweiz",
        ),
        (
            "de",
            "Zehntausende haben am Samstag in London gegen die israelischen Angriffe im Gazastreifen demonstriert.",
            "protest",
            "London",
        ),
        ("de", "Bei einem Angriff der Hisbollah im Nordosten Syriens starben sechs Soldaten.", "attack", "Syrien"),
        ("de", "Bewaffnete haben in der Hauptstadt Malis, Bamako, eine Kaserne angegriffen.", "attack", "Bamako"),
        ("en", "Hezbollah fired on U.N. peacekeepers in Lebanon's south.", "attack", "Lebanon"),
        ("en", "The UN will convene a meeting of Greece and Turkey on Cyprus in Geneva.", "leader_meeting", "Geneva"),
        (
            "de",
            "Die Gespräche zwischen Mali und dem Sudan, die am Montag in Genf begonnen hatten, sind gescheitert.",
            "negotiation",
            "Genf",
        ),
    ],
)
def test_an_event_is_where_it_happens(language: str, text: str, type_: str, place: str) -> None:
    assert places(language, text, type_) == {place}


@pytest.mark.parametrize(
    ("language", "text", "type_"),
    [
        ("de", "Krieg in der Ukraine: Macron telefoniert mit Putin.", "leader_call"),
        ("de", "Nach dem Treffen in Genf meldet Kiew neue russische Angriffe.", "attack"),
        ("de", "China lobt die Unterstützung Moskaus.", "support"),
        ("de", "Deutschland verurteilt den russischen Angriff auf ein Krankenhaus in Charkiw.", "accusation"),
        ("en", "Turkey urged Russia to end the war in Ukraine.", "peace_call"),
        ("en", "France condemned the Russian strike on a hospital in Kharkiv.", "accusation"),
        ("en", "Germany will supply tanks to Ukraine, the ministry in Berlin said.", "arms_delivery"),
        ("en", "A gunman attacked Israeli soldiers near a U.S. base.", "attack"),
        ("de", "Rutte erklärte in Brüssel, Russland habe ein Krankenhaus beschossen.", "attack"),
        ("de", "Lawrow sagte Journalisten in Moskau, die Ukraine habe ein Kraftwerk angegriffen.", "attack"),
        ("de", "Wie der Kreml in Moskau mitteilte, hat die Ukraine eine Brücke angegriffen.", "attack"),
        ("en", "Lavrov told reporters in Moscow that Ukraine had attacked a power plant.", "attack"),
        ("en", "Speaking in Brussels, Rutte said Russia had shelled a hospital.", "attack"),
        ("en", "Russia attacked Ukraine, Zelensky said in Rome.", "attack"),
    ],
)
def test_what_else_is_somewhere_gives_an_event_no_place(language: str, text: str, type_: str) -> None:
    assert places(language, text, type_) == {None}


def test_another_sentence_may_say_where() -> None:
    text = "Macron meets Zelensky. The meeting of Macron and Zelensky in Geneva lasted three hours."
    assert places("en", text, "leader_meeting") == {"Geneva"}
