"""What the coder makes of sentences: types, roles, statuses, dates, spans; and what it does with odd input."""

import json
import os
import random
import string
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest

from processors.coder import code_article
from processors.coder.code import Text, TextEvent, _places, code_texts, visible
from processors.coder.coding import judge_texts, read, tools
from processors.coder.extract import extract
from processors.coder.model import load_models
from processors.coder.rules.rivals import coded_events
from processors.errors import CoderError
from processors.records import RECIPROCAL, Article
from processors.settings import load_settings
from tests.effort import calls_of

DAY = date(2025, 7, 4)


def coded(text: str, language: str, title: str = "") -> list[TextEvent]:
    return next(code_texts([Text(text, language, title, DAY)]))


def sides(event: TextEvent) -> tuple[set[str], set[str]]:
    actors, recipients = set(event.actors), set(event.recipients)
    return (actors | recipients, set()) if event.type in RECIPROCAL else (actors, recipients)


@pytest.mark.parametrize(
    ("language", "text", "type_", "actors", "recipients"),
    [
        ("de", "Frankreich setzt die Lieferung von Raketen an Polen aus.", "arms_delivery_pause", {"FRA"}, {"POL"}),
        ("en", "Germany pauses delivery of tanks to Israel.", "arms_delivery_pause", {"DEU"}, {"ISR"}),
        ("de", "Macron telefoniert mit Putin.", "leader_call", {"FRA", "RUS"}, set()),
        ("en", "Macron spoke with Putin by phone.", "leader_call", {"FRA", "RUS"}, set()),
        ("de", "Die Türkei droht Griechenland mit Vergeltung.", "threat", {"TUR"}, {"GRC"}),
        ("en", "Turkey threatened Greece with retaliation.", "threat", {"TUR"}, {"GRC"}),
        ("de", "Die EU verhängt Sanktionen gegen Belarus.", "sanctions", {"EU"}, {"BLR"}),
        ("en", "The EU imposed sanctions on Belarus.", "sanctions", {"EU"}, {"BLR"}),
        ("de", "Russland greift Charkiw mit Drohnen an.", "attack", {"RUS"}, {"UKR"}),
        ("de", "Indien bietet Pakistan Gespräche an.", "negotiation_offer", {"IND"}, {"PAK"}),
    ],
)
def test_plain_sentences_are_coded_with_their_parties(
    language: str, text: str, type_: str, actors: set[str], recipients: set[str]
) -> None:
    assert (type_, (actors, recipients)) in [(event.type, sides(event)) for event in coded(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "type_", "status"),
    [
        ("de", "Macron will am Montag mit Putin telefonieren.", "leader_call", "planned"),
        ("en", "Macron is to hold a phone call with Putin on Monday.", "leader_call", "planned"),
        ("de", "Die Verhandlungen zwischen Iran und Israel sind gescheitert.", "negotiation", "negated"),
        ("de", "Macron und Putin haben am Montag telefoniert.", "leader_call", "occurred"),
        ("en", "China denies sending drones to Russia.", "arms_delivery", "negated"),
        ("de", "Weder die USA noch Israel haben den Iran angegriffen.", "attack", "negated"),
        ("de", "Die Waffenruhe zwischen Israel und der Hisbollah ist zusammengebrochen.", "ceasefire", "negated"),
        ("en", "Trump's meeting with Putin has been cancelled.", "leader_meeting", "negated"),
        ("en", "Russia did not only attack Kharkiv.", "attack", "occurred"),
        (
            "de",
            "Indien hat das Angebot von Präsident Sharif zu Gesprächen zurückgewiesen.",
            "negotiation_offer",
            "occurred",
        ),
        ("de", "Russland hat Charkiw nicht zum ersten Mal angegriffen.", "attack", "occurred"),
        ("en", "Macron's meeting with Erdogan is off.", "leader_meeting", "negated"),
        ("en", "Macron's meeting with Erdogan never happened.", "leader_meeting", "negated"),
        ("en", "Macron's planned meeting with Erdogan has been shelved.", "leader_meeting", "negated"),
        ("en", "Talks between Serbia and Kosovo fell apart.", "negotiation", "negated"),
        ("en", "The phone call between Modi and Xi did not materialise.", "leader_call", "negated"),
        ("en", "Talks between Iran and the United States are off to a slow start.", "negotiation", "occurred"),
        ("en", "Japan's visit to China has been cancelled.", "leader_meeting", "negated"),
        ("de", "Das Treffen zwischen Macron und Erdogan ist vom Tisch.", "leader_meeting", "negated"),
        ("de", "Das Treffen zwischen Macron und Erdogan wurde auf Eis gelegt.", "leader_meeting", "negated"),
        ("de", "Aus dem Treffen zwischen Macron und Erdogan wird nichts.", "leader_meeting", "negated"),
        ("de", "Macron hat das Treffen mit Erdogan gecancelt.", "leader_meeting", "negated"),
        ("de", "Die Gespräche zwischen Serbien und dem Kosovo sind zusammengebrochen.", "negotiation", "negated"),
        ("de", "Die Waffenlieferungen der USA an Taiwan wurden auf Eis gelegt.", "arms_delivery_pause", "occurred"),
        ("de", "Weder Indien noch Japan haben dem Iran Waffen geliefert.", "arms_delivery", "negated"),
        ("de", "Macron hat weder Modi noch Xi getroffen.", "leader_meeting", "negated"),
        ("de", "Kein polnischer Soldat hat Belarus angegriffen.", "attack", "negated"),
        ("de", "Niemand hat den Iran angegriffen.", "attack", "negated"),
        ("en", "Instead, Russia attacked Odesa.", "attack", "occurred"),
    ],
)
def test_status_follows_the_clause(language: str, text: str, type_: str, status: str) -> None:
    assert (type_, status) in [(event.type, event.status) for event in coded(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No casualties were reported after Russia attacked Odesa."),
        ("en", "There were no casualties in the Russian attack on Odesa."),
        ("en", "The Russian attack on Odesa caused no casualties."),
        ("en", "Russia fired missiles at Odesa, but no one was injured."),
        ("en", "Nobody was killed when Russia shelled Odesa."),
        ("de", "Bei dem russischen Angriff auf Odessa wurde niemand getötet."),
        ("de", "Russland griff Odessa an, es gab keine Verletzten."),
    ],
)
def test_an_attack_that_hurt_nobody_is_one_that_occurred(language: str, text: str) -> None:
    assert [(event.type, event.status, sides(event)) for event in coded(text, language)] == [
        ("attack", "occurred", ({"RUS"}, {"UKR"}))
    ]


def test_delaying_a_shipment_of_aid_is_no_assault() -> None:
    types = {event.type for event in coded("The United States is delaying a shipment of aid to Ukraine.", "en")}
    assert "attack" not in types


def test_a_target_behind_a_preposition_is_the_recipient() -> None:
    events = coded("Israel carried out air strikes on targets in Lebanon.", "en")
    assert ("attack", ({"ISR"}, {"LBN"})) in [(event.type, sides(event)) for event in events]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Japan on Friday turned down an offer by China to open direct talks."),
        ("de", "Japan hat am Freitag ein Gesprächsangebot Chinas abgelehnt."),
    ],
)
def test_who_turns_an_offer_down_is_not_who_made_it(language: str, text: str) -> None:
    found = {event.type: sides(event) for event in coded(text, language)}
    assert found["rejection"] == ({"JPN"}, {"CHN"})
    assert found.get("negotiation_offer", ({"CHN"}, {"JPN"})) == ({"CHN"}, {"JPN"})


def test_an_offer_is_turned_only_by_its_own_rejection_in_the_same_sentence() -> None:
    text = "Japan turned down China's offer to hold talks."
    kit, models = tools("en"), load_models("en")
    judged = judge_texts([read(text, DAY, kit)], kit, models)[0]
    offer = next(one for one in judged if one.candidate.found.rule.type == "negotiation_offer")
    offer.chance = 0.95
    for one in judged:
        wrong = {"actor": 0.9, "recipient": 0.1, "none": 0.0}, {"actor": 0.1, "recipient": 0.9, "none": 0.0}
        one.roles = dict(zip(("JPN", "CHN"), wrong, strict=True))
    found = {event.type: event for event in coded_events(judged, models.settings)}
    turned = found["negotiation_offer"]
    assert (turned.actors, turned.recipients, turned.turned) == (("CHN",), ("JPN",), True)
    without = [one for one in judged if one.candidate.found.rule.type != "rejection"]
    alone = next(one for one in coded_events(without, models.settings) if one.type == "negotiation_offer")
    assert (alone.actors, alone.recipients, alone.turned) == (("JPN",), ("CHN",), False)


def test_an_event_told_in_title_and_text_is_one_with_all_spans() -> None:
    events = coded(
        "Macron hat am Montag mit Putin telefoniert. Einzelheiten blieben offen.", "de", "Macron telefoniert mit Putin"
    )
    calls = [event for event in events if event.type == "leader_call"]
    assert len(calls) == 1
    whole = "Macron telefoniert mit Putin\n\nMacron hat am Montag mit Putin telefoniert. Einzelheiten blieben offen."
    assert {whole[a:b] for a, b in calls[0].spans} >= {"telefoniert"}
    assert len(calls[0].spans) == 2


def test_whoever_calls_one_and_then_others_has_made_two_calls() -> None:
    events = coded(
        "Macron said on Thursday he had spoken by phone to Japan's prime minister. "
        "Earlier Macron had spoken by phone to the presidents of Brazil, Chile and Peru.",
        "en",
    )
    first, second = (set(event.actors) for event in events if event.type == "leader_call")
    assert first == {"FRA", "JPN"}
    assert {"FRA", "BRA"} <= second <= {"FRA", "BRA", "CHL", "PER"}


@pytest.mark.parametrize(
    "sign", ["\u00ad", "\u200b", "\u2060", "\u200c", "\u200d", "\u200e", "\u200f", "\u202c", "\u2069"]
)
def test_signs_that_nobody_sees_change_nothing_but_the_spans(sign: str) -> None:
    plain = "Frankreich setzt die Waffenlieferungen an Polen, Litauen und Estland aus."
    text = plain.replace("lieferungen", f"{sign}lieferungen").replace("Litauen", f"{sign}Litauen")
    (expected,), (event,) = coded(plain, "de"), coded(text, "de")
    assert sides(event) == sides(expected) == ({"FRA"}, {"POL", "LTU", "EST"})
    assert event.sentence == plain
    assert [text[a:b].replace(sign, "") for a, b in event.spans] == [plain[a:b] for a, b in expected.spans]
    assert any(sign in text[a:b] for a, b in event.spans)


@pytest.mark.parametrize(
    ("language", "text", "type_", "trigger", "parties"),
    [
        ("de", "Österreich und die Türkei verurteilten Russland.", "accusation", "verurteilten", {"TUR", "AUT", "RUS"}),
        ("de", "Die Türkei überfiel Zypern.", "attack", "überfiel", {"TUR", "CYP"}),
        (
            "de",
            "Küstenwache: Die Türkei 👨\u200d👩\u200d👧 überfiel Zy\u200dpern.",
            "attack",
            "überfiel",
            {"TUR", "CYP"},
        ),
        ("de", "Öl! ñ̂ á̱ 각 Die Türkei über\u00adfiel Zypern.", "attack", "über\u00adfiel", {"TUR", "CYP"}),
        ("en", "Türkiye condemned Cyprus.", "accusation", "condemned", {"TUR", "CYP"}),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_decomposed_letters_change_nothing_but_the_spans(
    form: Literal["NFC", "NFD"], language: str, text: str, type_: str, trigger: str, parties: set[str]
) -> None:
    given = normalize(form, text)
    event = next(event for event in coded(given, language) if event.type == type_)
    assert sides(event)[0] | sides(event)[1] >= parties
    assert [given[a:b] for a, b in event.spans] == [normalize(form, trigger)]
    assert event.trigger == trigger.replace("\u00ad", "")


def test_every_sign_has_its_place_in_the_text_as_it_was_given() -> None:
    chance = random.Random(3)
    signs = [
        "u",
        "ü",
        "u\u0308",
        "o\u0302\u0323",
        "ệ",
        "e\u200d\u0301",
        "\u0301",
        "👩\u200d🔬",
        " ",
        "x\u0308\u0308",
        "가",
        "\u200e",
    ]
    for _ in range(300):
        text = "".join(chance.choices(signs, k=chance.randint(0, 12)))
        plain, places = visible(text), _places(text)
        assert len(plain) == len(places)
        for sign, (begin, end) in zip(plain, places, strict=True):
            assert sign in visible(text[begin:end])
        assert [begin for begin, _ in places] == sorted(begin for begin, _ in places)
        assert visible(plain) == plain


def test_every_event_has_codes_evidence_and_a_confidence() -> None:
    for event in coded("Russland beschoss am Donnerstag Charkiw mit Raketen.", "de"):
        assert event.plover
        assert event.cameo
        assert event.quad_class in {1, 2, 3, 4}
        assert 0.0 <= event.confidence <= 1.0
        assert event.sentence
        assert event.rule
        assert (event.event_date, event.date_precision) == (date(2025, 7, 3), "day")


def test_a_text_without_politics_has_no_events() -> None:
    assert coded("Der Chor probt am Montag im Gemeindehaus. Gäste sind willkommen.", "de") == []


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "😀" * 500, "<b>Putin</b> &amp; <i>Trump</i>", "\u202e\x00Putin", "a" * 5000, "?!" * 3000]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_odd_texts_do_no_harm(text: str, language: str) -> None:
    assert isinstance(coded(text, language), list)


def test_two_processes_say_the_same_of_a_text() -> None:
    code = (
        "from processors.coder.code import Text, code_texts;"
        "text = 'Die Friedensverhandlungen in Genf gehen weiter. Russland will Verhandlungen mit Kiew fortsetzen, "
        "die USA kündigen Waffenlieferungen an.';"
        "print(next(code_texts([Text(text, 'de')])))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    assert b"negotiation" in said.pop()


def test_a_text_in_the_other_language_does_no_harm() -> None:
    assert isinstance(coded("Macron hat am Montag mit Putin telefoniert.", "en"), list)


def test_a_language_without_a_lexicon_is_refused_by_name() -> None:
    with pytest.raises(CoderError, match="'fr'"):
        coded("Macron a parlé avec Poutine.", "fr")


def test_work_grows_with_the_length_of_a_text_and_not_with_its_square() -> None:
    part = "Russland beschoss Charkiw mit Raketen, und die Ukraine fordert von Deutschland mehr Panzer. "
    coded(part, "de")

    def calls(length: int) -> int:
        return calls_of(lambda: coded((part * (length // len(part) + 1))[:length], "de"))

    assert calls(200_000) < 12 * calls(20_000)


def test_ten_thousand_headlines_in_one_call_keep_their_order() -> None:
    chance = random.Random(1)
    names = ["".join(chance.choices(string.ascii_lowercase, k=6)) for _ in range(10_000)]
    texts = [Text(f"{name.title()} feiert", "de") for name in names]
    assert sum(1 for _ in code_texts(texts)) == 10_000


CALL = Article(
    id="a1", url="https://example.org/1", source="example.org", feed="f", language="de", country=None,
    published_at=datetime(2025, 7, 4, tzinfo=UTC), fetched_at=datetime(2025, 7, 4, tzinfo=UTC),
    title="Macron telefoniert mit Putin", summary="", text="Sie sprachen über Energie.",
)  # fmt: skip


def test_an_article_becomes_mentions_with_stable_ids() -> None:
    first, second = code_article(CALL), code_article(CALL)
    assert first == second
    assert first
    assert all(mention.article_id == "a1" for mention in first)
    assert {mention.type for mention in first} >= {"leader_call"}


def test_what_is_less_sure_than_the_settings_ask_for_is_no_mention() -> None:
    (call,) = (mention for mention in code_article(CALL) if mention.type == "leader_call")
    for least, stored in (("0.5", True), ("1", False)):
        settings = load_settings({"EVENTWIRE_CODER__MIN_CONFIDENCE": least})
        assert (call in code_article(CALL, settings)) is stored


LINES = [
    '{"id": "1", "text": "Macron telefoniert mit Putin.", "lang": "de", "date": "2025-07-04", "more": [1]}',
    "not json",
    '{"id": 2}',
    '{"id": "3", "text": "Turkey threatened Greece.", "date": "July"}',
    '{"id": "4", "text": "Turkey threatened Greece with retaliation."}',
    '{"id": "5", "text": "Salut", "lang": "fr"}',
    "[]",
]


@pytest.mark.parametrize("workers", [1, 2])
def test_lines_are_coded_in_order_and_bad_ones_end_nothing(workers: int) -> None:
    results = list(extract(LINES, load_settings(), workers))
    assert [good for _, good in results] == [True, False, False, False, True, False, False]
    rows = [row for row, _ in results]
    assert [row.get("id", row.get("line")) for row in rows] == ["1", 2, 2, "3", "4", "5", 7]
    assert all(("error" in row) != good for row, good in results)
    assert rows[4]["lang"] == "en"
    needed = {"type", "status", "actors", "recipients", "trigger", "attribution", "topics", "sentence", "spans"}
    needed |= {"event_date", "date_precision", "place", "confidence", "quad_class", "plover", "cameo"}
    assert needed <= set(rows[0]["events"][0])
    json.dumps(rows)


def test_whole_articles_are_coded_as_well_as_the_docs_say() -> None:
    hits = predicted = gold = false_events = quiet = 0
    for language in ("de", "en"):
        path = Path(__file__).parent / "articles" / f"{language}.jsonl"
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        texts = [Text(row["text"], language, row["title"], date.fromisoformat(row["date"][:10])) for row in rows]
        for row, events in zip(rows, code_texts(texts), strict=True):
            want, have = sorted(e["type"] for e in row["events"]), sorted(e.type for e in events)
            hits += sum(min(want.count(name), have.count(name)) for name in set(want))
            predicted, gold = predicted + len(have), gold + len(want)
            if not want:
                quiet, false_events = quiet + 1, false_events + len(have)
    assert 2 * hits / (predicted + gold) >= 0.70
    assert false_events <= quiet / 2
