"""Training texts of our own: sentence frames filled with parties, so that rare types and roles are learned too.

The frames lie in own_de.txt and own_en.txt, in the format that their first lines tell.
"""

import json
import random
import re
from pathlib import Path
from typing import Any

import yaml

from processors.settings import ROOT

HERE = Path(__file__).parent
ARMS = {
    "de": [
        "Panzern",
        "Raketen",
        "Flugabwehrraketen",
        "Drohnen",
        "Haubitzen",
        "Munition",
        "Kampfjets",
        "Marschflugkörpern",
        "Artilleriegranaten",
    ],
    "en": [
        "tanks",
        "missiles",
        "air defence missiles",
        "drones",
        "howitzers",
        "ammunition",
        "fighter jets",
        "rockets",
        "artillery shells",
    ],
}
OPENERS = {
    "de": ["", "", "", "", "Liveticker: ", "Am Montag: ", "Krieg und Frieden: "],
    "en": ["", "", "", "", "Update: ", "LONDON, June 3 - ", "World news: "],
}
TAILS = {
    "de": [
        "",
        "",
        "",
        " Das teilte ein Sprecher mit.",
        " Beobachter hatten damit gerechnet.",
        " Einzelheiten blieben offen.",
    ],
    "en": ["", "", "", " A spokesman gave no details.", " Observers had expected it.", " Details were not given."],
}
SENSES_TRUST, SENTENCES_TRUST = 0.7, 0.4
_SLOT = re.compile(r"\{([sctpjg]?)([ABC])\}")


def own_rows(language: str, copies: int = 4, seed: int = 5) -> list[dict[str, Any]]:
    """Annotated texts made from the frames of a language, `copies` of each with other parties."""
    chance, parties = random.Random(seed), yaml.safe_load((HERE / "parties.yaml").read_text(encoding="utf-8"))
    lines = (HERE / f"own_{language}.txt").read_text(encoding="utf-8").splitlines()
    frames = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [
        _filled(head.strip(), sentence, language, chance, f"own_{language}-{number:04}-{copy}", parties)
        for number, (head, sentence) in enumerate(frames)
        for copy in range(copies)
    ]


def demo_rows() -> list[dict[str, Any]]:
    """The demonstration's articles with their annotations, whole texts of our own writing: what stands around the news
    of an article is learned from them. The demonstration therefore shows that everything works together, and not how
    well texts are coded that nobody has seen."""
    lines = (ROOT / "config" / "demo" / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [{**row, "text": f"{row['title']}\n\n{row['text']}", "own": True, "trust": 1.0} for row in rows]


def wire_rows() -> list[dict[str, Any]]:
    """Annotated reports of our own writing: invented news, dense with events, in wire_en.jsonl, and of arms deliveries
    and offers in wire_de.jsonl."""
    return [{**row, "made": True} for row in _ours("wire")]


def sense_rows() -> list[dict[str, Any]]:
    """Annotated texts of our own in which words that tell events tell one, or another, or none: in senses_de.jsonl and
    senses_en.jsonl a third holds no event at all."""
    return [{**row, "made": True, "trust": SENSES_TRUST} for row in _ours("senses")]


def pair_rows() -> list[dict[str, Any]]:
    """Annotated texts of our own in pairs of nearly the same words, in pairs_de.jsonl and pairs_en.jsonl: in the second
    another one does it, it is planned, denied or long ago, or it is no event."""
    return [{**row, "made": True} for row in _ours("pairs")]


def sentence_rows() -> list[dict[str, Any]]:
    """Single sentences of our own, each telling an event by another word than all others of its type. What else they
    tell is not annotated, nor do they say what else their words mean: they are believed less."""
    return [
        {
            "id": f"sentence_{row['lang']}-{number:04}", "lang": row["lang"], "date": "2025-06-10", "text": row["text"],
            "own": True, "trust": SENTENCES_TRUST,
            "events": [
                {**{key: row[key] for key in ("type", "status", "actors", "recipients", "trigger")},
                 "attribution": None, "topics": []}
            ],
        }
        for number, row in enumerate(_ours("sentences"))
    ]  # fmt: skip


def _ours(name: str) -> list[dict[str, Any]]:
    paths = [HERE / f"{name}_{language}.jsonl" for language in ("de", "en")]
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def _filled(
    head: str, sentence: str, language: str, chance: random.Random, name: str, known: dict[str, Any]
) -> dict[str, Any]:
    parties = dict(zip("ABC", chance.sample(sorted(known), 3), strict=True))
    sentence = sentence.replace("{arms}", chance.choice(ARMS[language]))
    text = _SLOT.sub(
        lambda hit: _name(hit.group(1), known[parties[hit.group(2)]][language], language, chance), sentence
    )
    trigger = " … ".join(re.findall(r"\[(.+?)\]", text))
    text = text.replace("[", "").replace("]", "")
    text = chance.choice(OPENERS[language]) + text[0].upper() + text[1:] + chance.choice(TAILS[language])
    row = {"id": name, "lang": language, "date": "2025-07-01", "text": text, "events": [], "own": True}
    if head != "-":
        row["events"] = [_event(head, parties, trigger)]
    return row


def _name(kind: str, forms: list[str], language: str, chance: random.Random) -> str:
    state, capital, person, title, adjective = forms
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
        "actors": [parties[letter] for letter in left],
        "recipients": [parties[letter] for letter in right.replace(",", " ").split()],
    }  # fmt: skip
