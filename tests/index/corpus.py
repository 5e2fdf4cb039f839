"""Events and articles of our own writing, as documents."""

from typing import Any

from processors.documents import FIELDS, Document
from processors.records import dyads


def event(id: str, type: str, status: str, who: str, title: str, sentence: str = "", **more: Any) -> Document:
    """An event document; `who` is "RUS USA" or "USA > UKR"."""
    actors, _, recipients = who.partition(">")
    participants = sorted({*actors.split(), *recipients.split()})
    document: Document = dict.fromkeys(FIELDS["events"]) | {
        "id": id,
        "type": type,
        "status": status,
        "actors": actors.split(),
        "recipients": recipients.split(),
        "participants": participants,
        "dyads": list(dyads(participants)),
        "persons": [],
        "topics": [],
        "quad_class": 1,
        "plover": "CONSULT",
        "cameo": "040",
        "goldstein": 1.0,
        "event_date": "2026-11-20",
        "date_precision": "day",
        "published_at": "2026-11-20T12:00:00Z",
        "first_seen_at": "2026-11-20T12:05:00Z",
        "last_seen_at": "2026-11-20T12:05:00Z",
        "languages": ["de"],
        "sources": ["elbkurier.example"],
        "source_count": 1,
        "article_count": 1,
        "title": title,
        "sentence": sentence or title,
        "confidence": 0.8,
        "articles": [f"a-{id}"],
    }
    return document | more


EVENTS = [
    event(
        "call", "leader_call", "occurred", "RUS USA",
        "Putin und Trump telefonieren zwei Stunden",
        "Die beiden Präsidenten sprachen am Freitag über die Ukraine und über größere Gefangenenaustausche.",
        persons=["Wladimir Putin", "Donald Trump"], topics=["Ukraine"], goldstein=1.5, cameo="041",
        sources=["elbkurier.example", "harbour-post.example"], source_count=2, article_count=3,
        languages=["de", "en"], days_since_previous=14, published_at="2026-11-20T18:30:00Z",
        last_seen_at="2026-11-21T07:00:00Z", confidence=0.95,
    ),
    event(
        "pause", "arms_delivery_pause", "occurred", "USA > UKR",
        "Washington stoppt Waffenlieferungen an die Ukraine",
        "Das Pentagon hält Abwehrraketen zurück, wie der Elbkurier am Dienstag erfuhr.",
        topics=["Raketen"], quad_class=4, goldstein=-5.6, cameo="1622", plover="SANCTION-discontinue",
        event_date="2026-11-17", published_at="2026-11-17T06:00:00Z", place="Washington",
        attribution="Pentagon", days_since_previous=0,
    ),
    event(
        "offer", "negotiation_offer", "occurred", "RUS > UKR",
        "Moskau bietet Gespräche in Istanbul an",
        "Der Kreml ist nach eigenen Worten zu Verhandlungen ohne Bedingungen bereit.",
        place="Istanbul", attribution="Kreml", goldstein=4.0, cameo="036", plover="AGREE",
        event_date="2026-11-18", published_at="2026-11-18T09:15:00Z",
    ),
    event(
        "visit", "leader_meeting", "planned", "DEU IND",
        "Chancellor to visit Delhi in December",
        "The German chancellor plans to meet the Indian prime minister for talks on trade and energy.",
        languages=["en"], sources=["harbour-post.example"], event_date="2026-12-03", place="New Delhi",
        topics=["trade", "energy"], goldstein=1.9, cameo="042", published_at="2026-11-19T10:00:00Z",
    ),
    event(
        "cancelled", "leader_meeting", "negated", "FRA TUR",
        "Treffen in Ankara abgesagt",
        "Das für Montag geplante Treffen der Präsidenten fällt aus.",
        place="Ankara", event_date="2026-11-23", goldstein=1.9, published_at="2026-11-20T12:00:00Z",
    ),
    event(
        "denied", "arms_delivery", "negated", "CHN > RUS",
        "Peking dementiert Lieferung von Drohnen",
        "China habe keine Drohnen geliefert, sagte eine Sprecherin des Außenministeriums.",
        attribution="Peking", quad_class=2, goldstein=8.3, cameo="072", place="Peking",
        event_date=None, date_precision="unknown", published_at="2026-11-16T20:00:00Z",
    ),
    event(
        "ceasefire", "peace_call", "occurred", "UN > ISR HAMAS",
        "UN chief calls for ceasefire in Gaza",
        "The secretary-general urged both sides to lay down their arms and to negotiate.",
        languages=["en"], sources=["harbour-post.example", "valley-times.example"], source_count=2, article_count=2,
        quad_class=3, goldstein=0.0, cameo="106", plover="REQUEST-yield", place="Gaza", persons=["António Guterres"],
        published_at="2026-11-15T08:00:00Z", event_date="2026-11-15", confidence=0.7,
    ),
    event(
        "strike", "attack", "occurred", "RUS > UKR",
        "Drohnenangriff auf Kiew: F-16 steigen auf",
        "In der Nacht schlugen nach Angaben der Stadt 30 Drohnen und 12 Marschflugkörper ein.",
        place="Kiew", quad_class=4, goldstein=-10.0, cameo="190", plover="ASSAULT", article_count=12, source_count=5,
        published_at="2026-11-22T05:00:00Z", event_date="2026-11-22", days_since_previous=1, topics=["Krieg (Ukraine)"],
    ),
]  # fmt: skip


def article(id: str, language: str, title: str, text: str, **more: Any) -> Document:
    """An article document."""
    document: Document = dict.fromkeys(FIELDS["articles"]) | {
        "id": id,
        "url": f"https://elbkurier.example/{id}",
        "source": "elbkurier.example",
        "feed": "Elbkurier Ausland",
        "language": language,
        "country": "DE",
        "published_at": "2026-11-20T12:00:00Z",
        "fetched_at": "2026-11-20T12:04:00Z",
        "title": title,
        "text": text,
        "event_types": [],
        "participants": [],
    }
    return document | more


ARTICLES = [
    article(
        "stop", "de", "USA stoppen Waffenlieferungen",
        "Das Pentagon hat die Lieferung mehrerer Raketensysteme gestoppt. In Kiew hieß es, man sei nicht unterrichtet "
        "worden. Größere Mengen an Munition lagern nach Angaben aus Regierungskreisen noch in Polen.",
        summary="Kiew wurde nicht gewarnt.", event_types=["arms_delivery_pause"], participants=["UKR", "USA"],
    ),
    article(
        "talks", "en", "Talks in Geneva resume",
        "Negotiators from both countries met again in Geneva on Monday. The Swiss hosts spoke of a good start.",
        source="harbour-post.example", feed="Harbour Post World", country="GB", url="https://harbour-post.example/talks",
        event_types=["negotiation"], participants=["CHE", "IRN", "USA"], fetched_at="2026-10-31T23:30:00Z",
        published_at=None,
    ),
    article(
        "copy", "de", "USA stoppen Waffenlieferungen",
        "Das Pentagon hat die Lieferung mehrerer Raketensysteme gestoppt.",
        source="talbote.example", duplicate_of="stop", fetched_at="2026-11-20T13:00:00Z",
    ),
    article(
        "cooking", "de", "Fünf Suppen für den Winter",
        "Kürbis, Linsen und Lauch: so wird es warm. Die Straße zum Glück führt durch die Küche.",
        fetched_at="2026-09-02T08:00:00Z", published_at="2026-09-02T07:00:00Z", feed="Elbkurier Genuss",
    ),
]  # fmt: skip
