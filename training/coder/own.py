"""Training texts of our own: sentence frames filled with parties, so that rare types and roles are learned too.

The frames lie in own_de.txt and own_en.txt, in the format that their first lines tell.
"""

import random
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# id: German state, capital, surname, title and name, adjective stem; English state, capital, surname, title and name, adjective
PARTIES: dict[str, tuple[tuple[str, str, str, str, str], tuple[str, str, str, str, str]]] = {
    "FRA": (("Frankreich", "Paris", "Macron", "Präsident Emmanuel Macron", "französisch"), ("France", "Paris", "Macron", "President Emmanuel Macron", "French")),
    "DEU": (("Deutschland", "Berlin", "Merz", "Bundeskanzler Friedrich Merz", "deutsch"), ("Germany", "Berlin", "Merz", "Chancellor Friedrich Merz", "German")),
    "GBR": (("Großbritannien", "London", "Starmer", "Premierminister Keir Starmer", "britisch"), ("Britain", "London", "Starmer", "Prime Minister Keir Starmer", "British")),
    "USA": (("Amerika", "Washington", "Trump", "US-Präsident Donald Trump", "amerikanisch"), ("the United States", "Washington", "Trump", "President Donald Trump", "American")),
    "RUS": (("Russland", "Moskau", "Putin", "der russische Präsident Wladimir Putin", "russisch"), ("Russia", "Moscow", "Putin", "Russian President Vladimir Putin", "Russian")),
    "CHN": (("China", "Peking", "Xi", "Staatschef Xi Jinping", "chinesisch"), ("China", "Beijing", "Xi", "President Xi Jinping", "Chinese")),
    "POL": (("Polen", "Warschau", "Tusk", "Ministerpräsident Donald Tusk", "polnisch"), ("Poland", "Warsaw", "Tusk", "Prime Minister Donald Tusk", "Polish")),
    "ISR": (("Israel", "Jerusalem", "Netanjahu", "Ministerpräsident Benjamin Netanjahu", "israelisch"), ("Israel", "Jerusalem", "Netanyahu", "Prime Minister Benjamin Netanyahu", "Israeli")),
    "IND": (("Indien", "Neu-Delhi", "Modi", "Premierminister Narendra Modi", "indisch"), ("India", "New Delhi", "Modi", "Prime Minister Narendra Modi", "Indian")),
    "PAK": (("Pakistan", "Islamabad", "Sharif", "Premierminister Shehbaz Sharif", "pakistanisch"), ("Pakistan", "Islamabad", "Sharif", "Prime Minister Shehbaz Sharif", "Pakistani")),
    "HUN": (("Ungarn", "Budapest", "Orbán", "Ministerpräsident Viktor Orbán", "ungarisch"), ("Hungary", "Budapest", "Orban", "Prime Minister Viktor Orban", "Hungarian")),
    "ITA": (("Italien", "Rom", "Meloni", "Ministerpräsidentin Giorgia Meloni", "italienisch"), ("Italy", "Rome", "Meloni", "Prime Minister Giorgia Meloni", "Italian")),
    "JPN": (("Japan", "Tokio", "Ishiba", "Ministerpräsident Shigeru Ishiba", "japanisch"), ("Japan", "Tokyo", "Ishiba", "Prime Minister Shigeru Ishiba", "Japanese")),
    "TUR": (("Ankara", "Ankara", "Erdogan", "Präsident Recep Tayyip Erdogan", "türkisch"), ("Turkey", "Ankara", "Erdogan", "President Tayyip Erdogan", "Turkish")),
    "UKR": (("Kiew", "Kiew", "Selenskyj", "Präsident Wolodymyr Selenskyj", "ukrainisch"), ("Ukraine", "Kyiv", "Zelenskiy", "President Volodymyr Zelenskiy", "Ukrainian")),
    "SRB": (("Serbien", "Belgrad", "Vučić", "Präsident Aleksandar Vučić", "serbisch"), ("Serbia", "Belgrade", "Vucic", "President Aleksandar Vucic", "Serbian")),
    "ARM": (("Armenien", "Eriwan", "Paschinjan", "Ministerpräsident Nikol Paschinjan", "armenisch"), ("Armenia", "Yerevan", "Pashinyan", "Prime Minister Nikol Pashinyan", "Armenian")),
    "EGY": (("Ägypten", "Kairo", "al-Sisi", "Präsident Abdel Fattah al-Sisi", "ägyptisch"), ("Egypt", "Cairo", "Sisi", "President Abdel Fattah al-Sisi", "Egyptian")),
    "ETH": (("Äthiopien", "Addis Abeba", "Abiy", "Ministerpräsident Abiy Ahmed", "äthiopisch"), ("Ethiopia", "Addis Ababa", "Abiy", "Prime Minister Abiy Ahmed", "Ethiopian")),
    "KOR": (("Südkorea", "Seoul", "Lee", "Präsident Lee Jae-myung", "südkoreanisch"), ("South Korea", "Seoul", "Lee", "President Lee Jae-myung", "South Korean")),
    "NOR": (("Norwegen", "Oslo", "Støre", "Ministerpräsident Jonas Gahr Støre", "norwegisch"), ("Norway", "Oslo", "Stoere", "Prime Minister Jonas Gahr Stoere", "Norwegian")),
    "COD": (("Kongo", "Kinshasa", "Tshisekedi", "Präsident Félix Tshisekedi", "kongolesisch"), ("Congo", "Kinshasa", "Tshisekedi", "President Felix Tshisekedi", "Congolese")),
    "RWA": (("Ruanda", "Kigali", "Kagame", "Präsident Paul Kagame", "ruandisch"), ("Rwanda", "Kigali", "Kagame", "President Paul Kagame", "Rwandan")),
    "KHM": (("Kambodscha", "Phnom Penh", "Hun Manet", "Ministerpräsident Hun Manet", "kambodschanisch"), ("Cambodia", "Phnom Penh", "Hun Manet", "Prime Minister Hun Manet", "Cambodian")),
    "IRN": (("Iran", "Teheran", "Peseschkian", "Präsident Massud Peseschkian", "iranisch"), ("Iran", "Tehran", "Pezeshkian", "President Masoud Pezeshkian", "Iranian")),
    "SAU": (("Saudi-Arabien", "Riad", "bin Salman", "Kronprinz Mohammed bin Salman", "saudisch"), ("Saudi Arabia", "Riyadh", "bin Salman", "Crown Prince Mohammed bin Salman", "Saudi")),
}  # fmt: skip
ARMS = {
    "de": ["Panzern", "Raketen", "Flugabwehrraketen", "Drohnen", "Haubitzen", "Munition", "Kampfjets", "Marschflugkörpern", "Artilleriegranaten"],
    "en": ["tanks", "missiles", "air defence missiles", "drones", "howitzers", "ammunition", "fighter jets", "rockets", "artillery shells"],
}
OPENERS = {
    "de": ["", "", "", "", "Liveticker: ", "Am Montag: ", "Krieg und Frieden: "],
    "en": ["", "", "", "", "Update: ", "LONDON, June 3 - ", "World news: "],
}
TAILS = {
    "de": ["", "", "", " Das teilte ein Sprecher mit.", " Beobachter hatten damit gerechnet.", " Einzelheiten blieben offen."],
    "en": ["", "", "", " A spokesman gave no details.", " Observers had expected it.", " Details were not given."],
}
_SLOT = re.compile(r"\{([sctpjg]?)([ABC])\}")


def own_rows(language: str, copies: int = 4, seed: int = 5) -> list[dict[str, Any]]:
    """Annotated texts made from the frames of a language, `copies` of each with other parties."""
    chance = random.Random(seed)
    lines = (HERE / f"own_{language}.txt").read_text(encoding="utf-8").splitlines()
    frames = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [
        _filled(head.strip(), sentence, language, chance, f"own_{language}-{number:04}-{copy}")
        for number, (head, sentence) in enumerate(frames)
        for copy in range(copies)
    ]


def _filled(head: str, sentence: str, language: str, chance: random.Random, name: str) -> dict[str, Any]:
    parties = dict(zip("ABC", chance.sample(sorted(PARTIES), 3), strict=True))
    sentence = sentence.replace("{arms}", chance.choice(ARMS[language]))
    text = _SLOT.sub(lambda hit: _name(hit.group(1), parties[hit.group(2)], language, chance), sentence)
    trigger = " … ".join(re.findall(r"\[(.+?)\]", text))
    text = text.replace("[", "").replace("]", "")
    text = chance.choice(OPENERS[language]) + text[0].upper() + text[1:] + chance.choice(TAILS[language])
    row = {"id": name, "lang": language, "date": "2025-07-01", "text": text, "events": [], "own": True}
    if head != "-":
        row["events"] = [_event(head, parties, trigger)]
    return row


def _name(kind: str, party: str, language: str, chance: random.Random) -> str:
    state, capital, person, title, adjective = PARTIES[party][0 if language == "de" else 1]
    if kind == "g":
        base = chance.choice([state, person])
        if language == "en":
            return f"{base}'s"
        return f"{base}’" if base[-1] in "sxz" else f"{base}s"
    names = {"s": state, "c": capital, "p": person, "t": title, "j": adjective}
    return names[kind] if kind else chance.choice([state, state, capital, person])


def _event(head: str, parties: dict[str, str], trigger: str) -> dict[str, Any]:
    sides, right = head.split(">")
    kind, status, *left = sides.replace(",", " ").split()
    return {
        "type": kind, "status": status, "trigger": trigger, "attribution": None, "topics": [],
        "actors": [parties[letter] for letter in left], "recipients": [parties[letter] for letter in right.replace(",", " ").split()],
    }  # fmt: skip
