"""What a query means, and how its errors help."""

from datetime import UTC, datetime
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.documents import FIELDS, Kind
from processors.errors import QueryError
from processors.index.embedded.translate import to_tantivy
from processors.query import parse_query
from processors.query.tree import All, And, Boost, Exists, Fuzzy, Node, Not, Or, Phrase, Range, Term, Wildcard

NOW = datetime(2026, 11, 24, 12, 30, 15, 999, tzinfo=UTC)


def _tree(text: str, kind="events"):
    return parse_query(text, kind, now=NOW).tree


def _error(text: str, kind="events") -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse_query(text, kind, now=NOW)
    return caught.value


def test_clauses_side_by_side_must_all_match() -> None:
    assert _tree("type:attack actors:RUS") == _tree("type:attack AND actors:RUS")
    assert _tree("type:attack AND actors:RUS") == And((Term("type", "attack"), Term("actors", "RUS")))


def test_words_without_a_field_are_looked_for_in_all_default_fields() -> None:
    fields = ("title", "sentence", "persons", "topics", "place")
    assert _tree("Genf") == Or(tuple(Term(field, "Genf") for field in fields))
    assert _tree('"in Genf"', "articles") == Or(tuple(Phrase(f, "in Genf") for f in ("title", "summary", "text")))


def test_negation_in_its_three_spellings() -> None:
    assert _tree("NOT type:attack") == _tree("-type:attack") == Not(Term("type", "attack"))
    assert _tree("+actors:RUS -type:attack") == And((Term("actors", "RUS"), Not(Term("type", "attack"))))


def test_a_field_holds_for_the_whole_bracket_behind_it() -> None:
    assert _tree("actors:(RUS OR UKR)") == Or((Term("actors", "RUS"), Term("actors", "UKR")))


def test_presence_and_everything() -> None:
    assert _tree("_exists_:place") == _tree("place:*") == Exists("place")
    assert _tree("event_date:[* TO *]") == Exists("event_date")
    assert _tree("*:*") == _tree("*") == All()


def test_negative_numbers_are_numbers() -> None:
    assert _tree("goldstein:-5.6") == Term("goldstein", -5.6)
    assert _tree("goldstein:>-5") == Range("goldstein", -5.0, None, include_low=False)
    assert _tree("goldstein:<-5") == Range("goldstein", None, -5.0, include_high=False)
    assert _tree("goldstein:[-10 TO -5}") == Range("goldstein", -10.0, -5.0, include_high=False)


def test_negative_numbers_in_the_brackets_of_a_number_field_are_numbers() -> None:
    assert _tree("goldstein:(-10 OR 0)") == Or((Term("goldstein", -10.0), Term("goldstein", 0.0)))
    assert _tree("goldstein:( -.5 )") == _tree("goldstein:((-0.5))") == Term("goldstein", -0.5)
    assert _tree("goldstein:(0 OR -10^3)") == Or((Term("goldstein", 0.0), Boost(Term("goldstein", -10.0), 3.0)))
    assert _tree("goldstein:(NOT -10)") == Not(Term("goldstein", -10.0))
    assert _tree("goldstein:(>-5 AND NOT 3)") == And((_tree("goldstein:>-5"), Not(Term("goldstein", 3.0))))


@pytest.mark.parametrize("query", ["sources:(-7)", 'goldstein:(-"10")', "goldstein:(- 10)", "(-2022)"])
def test_in_other_brackets_and_before_a_blank_or_a_quote_a_minus_is_a_negation(query: str) -> None:
    assert isinstance(_tree(query), Not)


def test_a_minus_before_a_bare_number_is_a_negation() -> None:
    assert isinstance(_tree("-2022"), Not)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2026-11-20", "2026-11-20", "2026-11-21"),
        ("2026-11", "2026-11-01", "2026-12-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-11-20T10:30", "2026-11-20T10:30", "2026-11-20T10:31"),
        ("now/d", "2026-11-24", "2026-11-25"),
        ("now-1M/M", "2026-10-01", "2026-11-01"),
        ("now/w", "2026-11-23", "2026-11-30"),
        ("now-1y/y", "2025-01-01", "2026-01-01"),
        ("now+1d-2h/h", "2026-11-25T10:00", "2026-11-25T11:00"),
    ],
)
def test_a_day_month_or_year_is_meant_whole(text: str, low: str, high: str) -> None:
    assert _tree(f"published_at:{text}") == Range("published_at", _at(low), _at(high), include_high=False)
    assert _tree(f"published_at:>{text}") == Range("published_at", _at(high), None)
    assert _tree(f"published_at:>={text}") == Range("published_at", _at(low), None)
    assert _tree(f"published_at:<{text}") == Range("published_at", None, _at(low), include_high=False)
    assert _tree(f"published_at:<={text}") == Range("published_at", None, _at(high), include_high=False)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2026-11-24T12:30:15"),
        ("now-7d", "2026-11-17T12:30:15"),
        ("now-90m", "2026-11-24T11:00:15"),
        ("now-1M", "2026-10-24T12:30:15"),
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00"),
        ("2026-11-20T10:00:00+01:00", "2026-11-20T09:00:00"),
    ],
)
def test_a_moment_is_a_moment(text: str, moment: str) -> None:
    query = f'published_at:>"{text}"' if "+01" in text else f"published_at:>{text}"
    if "+01" in text:
        query = f'published_at:{{"{text}" TO *]'
    assert _tree(query) == Range("published_at", _at(moment), None, include_low=False)


def test_a_month_back_from_its_last_day_is_the_last_day_of_a_shorter_one() -> None:
    end_of_march = datetime(2026, 3, 31, tzinfo=UTC)
    tree = parse_query("published_at:<now-1M", "events", now=end_of_march).tree
    assert tree == Range("published_at", None, _at("2026-02-28"), include_high=False)


def test_a_query_knows_whether_it_depends_on_the_present() -> None:
    assert parse_query("type:attack AND published_at:>now-7d", "events").relative
    assert not parse_query("type:attack AND published_at:>2026", "events").relative


@pytest.mark.parametrize(
    ("query", "kind", "node"),
    [
        ("title:Müller", "events", Term("title", "Müller")),
        ('title:"Präsident Müller"', "events", Phrase("title", "Präsident Müller")),
        ('title:"Präsident Müller"~2', "events", Phrase("title", "Präsident Müller", 2)),
        ("persons:Erdoğan", "events", Term("persons", "Erdoğan")),
        ("title:Müll*", "events", Wildcard("title", "mull*")),
        ("sources:Müll*", "events", Wildcard("sources", "Müll*")),
        ("sources:Müller~1", "events", Fuzzy("sources", "Müller", 1)),
        ("source:Müller", "articles", Term("source", "Müller")),
    ],
)
def test_letters_and_accents_typed_apart_are_the_letters(query: str, kind: Kind, node: Node) -> None:
    assert _tree(normalize("NFD", query), kind) == _tree(query, kind) == node


def test_an_address_is_looked_for_as_it_is_typed() -> None:
    apart = normalize("NFD", "https://blatt.example/brücke")
    assert _tree(f'url:"{apart}"', "articles") == Term("url", apart)


def test_wildcards_and_fuzzy_words_are_folded_in_text_and_kept_in_keywords() -> None:
    assert _tree("title:Größ*") == Wildcard("title", "gross*")
    assert _tree("sources:Elb*") == Wildcard("sources", "Elb*")
    assert _tree("title:Größer~1") == Fuzzy("title", "grosser", 1)
    assert _tree("title:Gespräch~") == Fuzzy("title", "gesprach", 2)
    assert _tree("title:ab~") == Term("title", "ab")


def test_escaped_signs_are_themselves() -> None:
    assert _tree("url:https\\:\\/\\/a.example\\/*", "articles") == Wildcard("url", "https://a.example/*")
    assert _tree("sources:a\\*b") == Term("sources", "a*b")
    assert _tree('topics:"a \\"b\\""') == Phrase("topics", 'a "b"')


ERRORS = {
    # query: (what the message says, the place it points at)
    "": ("empty", 0),
    "(type:attack": ("never closed", 0),
    "type:attack AND (a OR b": ("never closed", 16),
    "type:attack)": ("closes nothing", 11),
    'title:"abc': ("never closed", 6),
    "type:attack AND": ("ends where something must follow", 15),
    "a AND b OR c": ("mixed here without brackets", 8),
    "a OR b AND c": ("mixed here without brackets", 7),
    "a AND b c": ("missing between", 8),
    "a and b": ("write AND", 2),
    "a || b": ("write OR", 2),
    "type:attack ODER type:aid": ("write OR", 12),
    "type:attack und type:aid": ("write AND", 12),
    "goldstein:(1.5x OR -high)": ("takes a number, not '1.5x'", 11),
    "participants:r*": ("in capitals: write R*", 13),
    "dyads:(RUS-* OR *-ukr)": ("in capitals: write *-UKR", 16),
    "!a": ("write NOT", 0),
    "type:attack AND actor:RUS": ("no field 'actor'; did you mean actors?", 16),
    "source:x AND feed:y": ("no field 'source'", 0),
    "_exists_:plaice": ("no field 'plaice'; did you mean place?", 9),
    "type:leader_calls": ("did you mean leader_call?", 5),
    "status:done": ("never 'done'; it is one of: occurred", 7),
    "actors:Russland": ("ids in capitals", 7),
    "dyads:UKR-RUS": ("write RUS-UKR", 6),
    "quad_class:1.5": ("whole number", 11),
    "goldstein:high": ("takes a number", 10),
    "event_date:yesterday": ("write 2026", 11),
    "event_date:2026-02-30": ("no date", 11),
    "event_date:>0001": ("out of range", 12),
    "published_at:>now+500y": ("out of range", 14),
    "quad_class:1*": ("no wildcards", 11),
    "sentence:[a TO b]": ("ranges are for dates and numbers", 9),
    "[a TO b]": ("a range needs a field", 0),
    "title:abc~0.5.5": ("'0.5.5' is no number", 9),
    "title:abc~5": ("at most two edits", 6),
    'title:"a b"~0.3': ("whole number of moves", 11),
    'title:"a b"~99999999999999999999': ("at most 1000 moves", 6),
    "goldstein:\\inf": ("takes a number", 10),
    "goldstein:[1 TO inf]": ("takes a number", 16),
    "goldstein:5~": ("~ has no meaning", 10),
    'type:"attack"~2': ("near each other", 5),
    "/att.*/": ("not part of the query language", 0),
    "articles:https://x": ('must be "quoted"', 9),
    "actors:(RUS AND type:attack)": ("close its bracket first", 16),
}


@pytest.mark.parametrize("query", ERRORS)
def test_an_error_says_what_is_wrong_and_points_at_the_place(query: str) -> None:
    message, position = ERRORS[query]
    error = _error(query)
    assert message in str(error)
    assert error.position == position
    shown, caret = str(error).splitlines()[1:3]
    if query:
        assert shown == f"  {query}"
    assert caret.index("^") == position + 2


def test_an_unknown_field_lists_the_fields_of_its_kind() -> None:
    assert all(name in str(_error("mood:good")) for name in FIELDS["events"])
    assert all(name in str(_error("mood:good", "articles")) for name in FIELDS["articles"])
    assert "it is a field of events" in str(_error("goldstein:1", "articles"))


def test_a_long_query_is_cut_around_the_place() -> None:
    query = " OR ".join(["type:attack"] * 40) + " OR actor:RUS"
    error = _error(query)
    shown, caret = str(error).splitlines()[1:3]
    assert len(shown) <= 104
    assert shown[caret.index("^") :].startswith("actor:RUS")


@pytest.mark.parametrize("query", ["(" * 900 + "a" + ")" * 900, "NOT " * 500 + "a", "a OR (" * 500 + "b" + ")" * 500])
def test_clauses_too_deep_inside_each_other_are_an_error(query: str) -> None:
    assert "inside each other" in str(_error(query))
    _tree("(" * 50 + "NOT " * 40 + "a" + ")" * 50)


def test_a_boost_that_is_no_number_to_the_engines_is_an_error() -> None:
    assert "too large" in str(_error(f"type:attack^{'9' * 400}"))


@pytest.mark.parametrize("pattern", ["?" * 3000, "*a" * 200, "*a" + "?" * 20])
def test_a_pattern_that_the_embedded_index_cannot_take_is_an_error(pattern: str) -> None:
    with pytest.raises(QueryError, match=r"behind title: has too many"):
        to_tantivy("events", _tree(f"title:{pattern}"))


def test_a_query_over_several_lines_is_shown_on_one() -> None:
    shown, caret = str(_error("type:attack\n  AND actor:RUS")).splitlines()[1:3]
    assert shown[caret.index("^") :].startswith("actor:RUS")


PIECES = [
    *("type:attack", "title:", "AND", "OR", "NOT", "(", ")", "[", "]", "{", "}", "TO", '"', "~", "^", "*", "?", "\\"),
    *("-", "+", ":", "/", "<", ">", "=", "!", "&&", "ß", "now-1d", "2026-11", "goldstein:", "-5", "_exists_:", "0.5"),
    "99999999999999999999",
]


def _place_of_error(text: str) -> int | None:
    try:
        to_tantivy("events", parse_query(text, "events", now=NOW).tree)
    except QueryError as error:
        return error.position
    return 0


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from(["", " "]))
def test_whatever_is_typed_is_a_query_or_a_query_error_with_a_place(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    place = _place_of_error(text)
    assert place is not None
    assert 0 <= place <= len(text)
