"""What searching does, the same on both engines."""

import pytest

from processors.errors import QueryError
from processors.index import SearchIndex
from tests.index.corpus import ARTICLES, EVENTS

ALL = {event["id"] for event in EVENTS}

EVENT_QUERIES = {
    # fields, alone and together
    "type:leader_call": {"call"},
    "type:leader_meeting AND status:planned": {"visit"},
    "actors:RUS": {"call", "offer", "strike"},
    "actors:(RUS OR CHN)": {"call", "offer", "strike", "denied"},
    "participants:UKR AND NOT type:attack": {"pause", "offer"},
    "dyads:RUS-UKR": {"offer", "strike"},
    "(type:attack OR type:arms_delivery_pause) AND recipients:UKR": {"pause", "strike"},
    "+actors:RUS -recipients:UKR": {"call"},
    "languages:en sources:harbour-post.example": {"call", "visit", "ceasefire"},
    "cameo:041": {"call"},
    'plover:"REQUEST-yield"': {"ceasefire"},
    "articles:a-offer": {"offer"},
    "id:call": {"call"},
    # negation alone
    "NOT actors:RUS": {"pause", "visit", "cancelled", "denied", "ceasefire"},
    "-status:occurred": {"visit", "cancelled", "denied"},
    "NOT (actors:RUS OR recipients:UKR)": {"visit", "cancelled", "denied", "ceasefire"},
    "type:attack OR NOT status:occurred": {"strike", "visit", "cancelled", "denied"},
    # what is there and what is not
    "_exists_:days_since_previous": {"call", "pause", "strike"},
    "NOT _exists_:event_date": {"denied"},
    "persons:*": {"call", "ceasefire"},
    "NOT _exists_:place AND status:occurred": {"call"},
    "*:*": ALL,
    # numbers
    "quad_class:4": {"pause", "strike"},
    "goldstein:-5.6": {"pause"},
    "goldstein:<0": {"pause", "strike"},
    "goldstein:[-10 TO 0]": {"pause", "strike", "ceasefire"},
    "goldstein:{-10 TO 0}": {"pause"},
    "source_count:>=2": {"call", "ceasefire", "strike"},
    "article_count:[2 TO 3]": {"call", "ceasefire"},
    "article_count:[10 TO *]": {"strike"},
    "days_since_previous:0": {"pause"},
    "confidence:>0.9": {"call"},
    # dates
    "event_date:2026-11-20": {"call"},
    "event_date:2026-11": {"call", "pause", "offer", "cancelled", "ceasefire", "strike"},
    "event_date:2026": ALL - {"denied"},
    "event_date:>2026-11-20": {"visit", "cancelled", "strike"},
    "event_date:>=2026-11-20 AND event_date:<=2026-11-22": {"call", "strike"},
    "event_date:[2026-11-15 TO 2026-11-17]": {"pause", "ceasefire"},
    "event_date:{2026-11-15 TO 2026-11-17}": set(),
    "published_at:2026-11-20": {"call", "cancelled"},
    "published_at:2026-11-20T18:30:00Z": {"call"},
    "published_at:2026-11-20T18:30": {"call"},
    "published_at:[2026-11-20T12:00:00Z TO 2026-11-20T18:00:00Z]": {"cancelled"},
    "published_at:<2026-11-16": {"ceasefire"},
    "published_at:>now+50y": set(),
    "published_at:<now+50y/y": ALL,
    # wildcards
    "sources:harbour*": {"call", "visit", "ceasefire"},
    "sources:*-times.example": {"ceasefire"},
    "cameo:04?": {"call", "visit"} | {"cancelled"},
    "type:leader_*": {"call", "visit", "cancelled"},
    "title:waffen*": {"pause"},
    "title:W?shington": {"pause"},
    "persons:gut*": {"ceasefire"},
    # fuzzy
    "title:Washingtan~1": {"pause"},
    "title:Istambul~": {"offer"},
    "type:leader_cull~1": {"call"},
    "persons:Guteres~1": {"ceasefire"},
    # words and phrases
    "Kiew": {"strike"},
    "title:Drohnen": {"denied", "strike"},
    "Putin Trump": {"call"},
    '"zwei Stunden"': {"call"},
    'title:"Stunden zwei"': set(),
    'title:"Putin telefonieren"': set(),
    'title:"Putin telefonieren"~2': {"call"},
    "title:F-16": {"strike"},
    'sentence:"30 Drohnen"': {"strike"},
    "Delhi^3 OR Ankara": {"visit", "cancelled"},
    "place:delhi": {"visit"},
    'place:"New Delhi"': {"visit"},
    "persons:trump": {"call"},
    "persons:antonio": {"ceasefire"},
    "topics:trade": {"visit"},
    "topics:ukraine": {"call", "strike"},
    "attribution:kreml": {"offer"},
    # escaping
    'topics:"Krieg (Ukraine)"': {"strike"},
    "topics:Krieg\\ \\(Ukraine\\)": {"strike"},
    "title:Kiew\\:": {"strike"},
    # inflection, umlauts, compounds, both languages
    "title:Stunde": {"call"},
    "sentence:Präsident": {"call", "cancelled"},
    "sentence:praesident": {"call", "cancelled"},
    "sentence:president": set(),
    "sentence:grosser": {"call"},
    "sentence:größer": {"call"},
    "title:Gespräch": {"offer"},
    "title:gespraeche": {"offer"},
    "title:Gesprache": {"offer"},
    "title:Lieferung": {"pause", "denied"},
    "title:Lieferungen": {"pause", "denied"},
    "title:Waffen": {"pause"},
    "title:Waffenlieferung": {"pause"},
    "sentence:Austausch": {"call"},
    "title:Angriff": {"strike"},
    "sentence:Rakete": {"pause"},
    "sentence:plan": {"visit"},
    "sentence:negotiating": {"ceasefire"},
    "title:calling": {"ceasefire"},
    "sentence:side": {"ceasefire"},
}

ARTICLE_QUERIES = {
    "Lieferung": {"stop", "copy"},
    "Raketen": {"stop", "copy"},
    "text:groessere": {"stop"},
    "text:strasse": {"cooking"},
    "Munition AND NOT _exists_:duplicate_of": {"stop"},
    "negotiator": {"talks"},
    "duplicate_of:stop": {"copy"},
    "event_types:negotiation": {"talks"},
    "participants:(USA AND UKR)": {"stop"},
    "language:de AND feed:ausland": {"stop", "copy"},
    "country:GB": {"talks"},
    'url:"https://harbour-post.example/talks"': {"talks"},
    "url:https\\:\\/\\/elbkurier.example\\/*": {"stop", "copy", "cooking"},
    "fetched_at:2026-10": {"talks"},
    "fetched_at:[2026-10 TO 2026-11]": {"stop", "talks", "copy"},
    "NOT _exists_:published_at": {"talks"},
    "_exists_:summary": {"stop"},
}


def _ids(index: SearchIndex, kind: str, query: str) -> set[str]:
    return {hit.id for hit in index.search(kind, query, limit=100, snippets=False).hits}


@pytest.mark.parametrize("query", EVENT_QUERIES)
def test_events_are_found_by(filled: SearchIndex, query: str) -> None:
    assert _ids(filled, "events", query) == EVENT_QUERIES[query]


@pytest.mark.parametrize("query", ARTICLE_QUERIES)
def test_articles_are_found_by(filled: SearchIndex, query: str) -> None:
    assert _ids(filled, "articles", query) == ARTICLE_QUERIES[query]


def test_a_hit_is_the_whole_document(filled: SearchIndex) -> None:
    result = filled.search("events", "id:pause")
    assert result.total == 1
    assert result.hits[0].document == next(event for event in EVENTS if event["id"] == "pause")


@pytest.mark.parametrize("query", ["actor:RUS", "a AND b OR c", "(a", "type:leadercall", "goldstein:much"])
def test_a_query_that_means_nothing_is_an_error(filled: SearchIndex, query: str) -> None:
    with pytest.raises(QueryError):
        filled.search("events", query)


SORTED = {
    "-published_at": ["strike", "call", "cancelled", "visit", "offer", "pause", "denied", "ceasefire"],
    "published_at": ["ceasefire", "denied", "pause", "offer", "visit", "cancelled", "call", "strike"],
    # equals by id; without a value last, in both directions
    "event_date": ["ceasefire", "pause", "offer", "call", "strike", "cancelled", "visit", "denied"],
    "-event_date": ["visit", "cancelled", "strike", "call", "offer", "pause", "ceasefire", "denied"],
    "-source_count": ["strike", "call", "ceasefire", "cancelled", "denied", "offer", "pause", "visit"],
    "days_since_previous": ["pause", "strike", "call", "cancelled", "ceasefire", "denied", "offer", "visit"],
    "-goldstein": ["denied", "offer", "cancelled", "visit", "call", "ceasefire", "pause", "strike"],
}


@pytest.mark.parametrize("sort", SORTED)
@pytest.mark.parametrize("size", [3, 100])
def test_results_are_sorted_and_paged(filled: SearchIndex, sort: str, size: int) -> None:
    found: list[str] = []
    after = None
    while True:
        page = filled.search("events", "*:*", limit=size, sort=sort, after=after, snippets=False)
        assert page.total == len(EVENTS)
        assert len(page.hits) <= size
        found += [hit.id for hit in page.hits]
        after = page.next_after
        if after is None:
            break
    assert found == SORTED[sort]


def test_the_newest_come_first_by_default(filled: SearchIndex) -> None:
    assert [hit.id for hit in filled.search("events", "*:*").hits] == SORTED["-published_at"]
    newest = [hit.id for hit in filled.search("articles", "*:*").hits]
    assert newest == ["copy", "stop", "talks", "cooking"]


def test_the_score_prefers_what_says_more_of_it(filled: SearchIndex) -> None:
    hits = filled.search("events", "title:Drohnen OR title:Kiew", sort="score").hits
    assert [hit.id for hit in hits] == ["strike", "denied"]
    assert hits[0].score is not None
    assert hits[1].score is not None
    assert hits[0].score > hits[1].score


@pytest.mark.parametrize("sort", ["actors", "title", "nothing", "-persons"])
def test_what_cannot_be_sorted_by_is_told(filled: SearchIndex, sort: str) -> None:
    with pytest.raises(QueryError, match=r"by one of: .*published_at"):
        filled.search("events", "*:*", sort=sort)


def test_facets_count_types_actors_dyads_and_days(filled: SearchIndex) -> None:
    facets = filled.facets("events", "*:*", ["type", "actors", "dyads", "event_date", "quad_class", "persons"])
    assert facets["type"][0] == ("leader_meeting", 2)
    assert len(facets["type"]) == 7
    assert facets["actors"][:2] == [("RUS", 3), ("USA", 2)]
    assert facets["dyads"][0] == ("RUS-UKR", 2)
    assert facets["event_date"][:2] == [("2026-11-15", 1), ("2026-11-17", 1)]
    assert facets["event_date"][-1] == ("2026-12-03", 1)
    assert facets["quad_class"] == [("1", 4), ("4", 2), ("2", 1), ("3", 1)]
    assert facets["persons"] == [("António Guterres", 1), ("Donald Trump", 1), ("Wladimir Putin", 1)]


def test_facets_count_the_matches_only(filled: SearchIndex) -> None:
    assert filled.facets("events", "recipients:UKR", ["type"])["type"] == [
        ("arms_delivery_pause", 1),
        ("attack", 1),
        ("negotiation_offer", 1),
    ]
    assert filled.facets("events", "title:nirgendwo", ["type", "event_date"]) == {"type": [], "event_date": []}


def test_facets_of_running_text_are_refused(filled: SearchIndex) -> None:
    with pytest.raises(QueryError, match="by one of: id, type"):
        filled.facets("events", "*:*", ["sentence"])


SNIPPETS = {
    "sentence:Verhandlung": ("offer", "sentence", "Verhandlungen"),
    "title:Lieferung AND recipients:UKR": ("pause", "title", "Waffenlieferungen"),
    "title:calling": ("ceasefire", "title", "calls"),
    "sentence:groesser": ("call", "sentence", "größere"),
}


@pytest.mark.parametrize("query", SNIPPETS)
def test_snippets_mark_the_word_that_was_hit(filled: SearchIndex, query: str) -> None:
    id, field, word = SNIPPETS[query]
    hit = filled.search("events", query).hits[0]
    assert hit.id == id
    snippet = hit.snippets[field]
    assert [snippet.text[start:end] for start, end in snippet.marks] == [word]
    assert f"[{word}]" in snippet.marked("[", "]")


def test_a_snippet_of_a_long_text_is_short_and_holds_the_hit(filled: SearchIndex) -> None:
    text = next(article for article in ARTICLES if article["id"] == "stop")["text"]
    snippet = filled.search("articles", "text:Polen").hits[0].snippets["text"]
    assert "Polen" in {snippet.text[start:end] for start, end in snippet.marks}
    assert len(snippet.text) <= len(text)


def test_no_snippets_where_none_are_asked_for(filled: SearchIndex) -> None:
    assert filled.search("events", "title:Lieferung", snippets=False).hits[0].snippets == {}
