"""Invented events and articles for previews and the gallery. Nothing here was reported by anybody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from processors.alerts.decide import News
from processors.alerts.render import EventStory
from processors.records import AlertRule, Article, Change, Event, Subscriber, hashed_id

MOMENT = datetime(2025, 11, 12, 14, 5, tzinfo=UTC)


def sample_rule(**changes: Any) -> AlertRule:
    """A rule with one subscriber."""
    rule = AlertRule(
        name="Calls of Washington and Moscow",
        description="Every call between leaders in which the United States or Russia takes part.",
        query="type:leader_call AND actors:(USA OR RUS)",
        subscribers=(Subscriber("analyst@example.org", "en", "Europe/London"),),
    )
    return replace(rule, **changes)


def sample_article(number: int = 0, **changes: Any) -> Article:
    """An article; each number is one of its own, of one of five invented publishers."""
    sources = ("elbkurier.example", "ledger.example", "mainbote.example", "harbourpost.example", "donaublick.example")
    titles = (
        "Trump und Putin telefonieren zwei Stunden lang",
        "Presidents hold two-hour call on ceasefire terms",
        "Telefonat über Waffenruhe: Was bisher bekannt ist",
        "Trump and Putin spoke for two hours, White House says",
        "Kreml bestätigt langes Gespräch mit Washington",
    )
    source = sources[number % 5]
    url = f"https://{source}/2025/11/12/report-{number}"
    article = Article(
        id=hashed_id("sample", url),
        url=url,
        source=source,
        feed=source,
        language="en" if number % 2 else "de",
        country=None,
        published_at=MOMENT + timedelta(minutes=7 * number),
        fetched_at=MOMENT + timedelta(minutes=7 * number + 2),
        title=titles[number % 5],
        summary="The two presidents spoke on Wednesday about the terms of a ceasefire, both sides said.",
        text="The two presidents spoke on Wednesday about the terms of a ceasefire, both sides said.",
    )
    return replace(article, **changes)


def _seen(hours: int) -> dict[str, Any]:
    # First reported an hour before it was last reported.
    return {"published_at": MOMENT - timedelta(hours=hours + 1), "last_seen_at": MOMENT - timedelta(hours=hours)}


def sample_event(**changes: Any) -> Event:
    """An event: a call between two presidents."""
    articles = tuple(sample_article(number) for number in range(5))
    event = Event(
        id=hashed_id("sample", "call"), version=1, type="leader_call", status="occurred",
        actors=("RUS", "USA"), recipients=(), persons=("Donald Trump", "Vladimir Putin"),
        topics=("ceasefire", "energy"), attribution="RUS", quad_class=1, plover="CONSULT-phone", cameo="041",
        goldstein=1.0, event_date=date(2025, 11, 12), date_precision="day", place="Washington",
        published_at=MOMENT, first_seen_at=MOMENT, last_seen_at=MOMENT + timedelta(hours=1), languages=("de", "en"),
        sources=tuple(article.source for article in articles), source_count=5, article_count=5,
        days_since_previous=43, title="Presidents hold two-hour call on ceasefire terms",
        sentence="Trump and Putin spoke by phone for two hours on Wednesday, the Kremlin said.", confidence=0.91,
        articles=tuple(article.id for article in articles), trigger="spoke by phone",
    )  # fmt: skip
    return replace(event, **changes)


def sample_events() -> list[Event]:
    """Several events, for a digest: newest first, of four types and three dyads."""
    call = sample_event()
    pause = sample_event(
        id=hashed_id("sample", "pause"), type="arms_delivery_pause", actors=("USA",), recipients=("UKR",),
        trigger="setzt aus", sentence="Washington setzt die Lieferung von Raketen an Kiew vorerst aus.",
        sources=("elbkurier.example", "ledger.example"), source_count=2, attribution=None,
        event_date=date(2025, 11, 11), **_seen(20), place=None, topics=(),
    )  # fmt: skip
    offer = sample_event(
        id=hashed_id("sample", "offer"), type="negotiation_offer", actors=("TUR",), recipients=("RUS", "UKR"),
        trigger="offered to host", sentence="Ankara offered to host direct talks between the two sides.",
        sources=("harbourpost.example",), source_count=1, attribution=None, place="Istanbul",
        event_date=date(2025, 11, 11), **_seen(26),
    )  # fmt: skip
    visit = sample_event(
        id=hashed_id("sample", "visit"), type="leader_meeting", status="planned", actors=("DEU", "POL"),
        trigger="will travel", sentence="The chancellor will travel to Warsaw next week for talks on border security.",
        event_date=date(2025, 11, 17), date_precision="week", place="Warsaw", sources=("donaublick.example",),
        source_count=1, attribution=None, **_seen(30),
    )  # fmt: skip
    older = sample_event(
        id=hashed_id("sample", "older"), status="planned", sentence="Moscow announced a call with Washington.",
        trigger="announced a call", **_seen(31),
    )  # fmt: skip
    return [call, pause, offer, visit, older]


def hostile_event() -> Event:
    """What a feed may try: markup, header injection, reordering marks, endless words."""
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>\r\nBcc: all@example.org\u202egnp.exe\u2066 "
    return sample_event(
        id=hashed_id("sample", "hostile"), title=nasty, sentence=nasty + "They spoke by phone. " + "A" * 10_000,
        place=nasty, persons=(nasty,), topics=(nasty * 50,), attribution=nasty, trigger="spoke by phone",
    )  # fmt: skip


def hostile_articles() -> tuple[Article, ...]:
    """Articles to go with it: one title of 10,000 characters, one address that must not be a link."""
    title = "<b>Call</b>\r\nSubject: changed \u202e" + "endless " * 1250
    return (
        sample_article(
            0,
            id=hashed_id("sample", "hostile", 0),
            title=title,
            source='<i>evil"</i>\n\u202eSource',
            url="javascript:alert(1)",
        ),
        sample_article(
            1, id=hashed_id("sample", "hostile", 1), title="</a></td></table><style>*{display:none}</style>Loose ends"
        ),
    )


def sample_story(event: Event | None = None, *, update: bool = False) -> EventStory:
    """The event with its reports; as an update, with what has changed since it was announced."""
    event = event or sample_event()
    changes = (
        Change(MOMENT, "occurred", "occurred", "ledger.example"),
        Change(MOMENT, "participant", "UKR", "mainbote.example"),
    )
    news = News(("new_status",), changes) if update else News(("new",))
    event = replace(event, actors=("RUS", "UKR", "USA")) if update else event
    articles = tuple(sample_article(number) for number in range(7))
    offer, threat = (replace(event, type=type_, status="occurred") for type_ in ("negotiation_offer", "threat"))
    others = (
        replace(offer, id=hashed_id("sample", "offer2"), actors=("RUS",), recipients=("USA",)),
        replace(threat, id=hashed_id("sample", "threat"), actors=("USA",), recipients=("RUS",)),
        replace(event, id=hashed_id("sample", "visit2"), type="leader_meeting", status="negated"),
    )
    return EventStory(event, articles, news, others)
