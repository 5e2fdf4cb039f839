"""Feed text arrives harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.alerts.plain import marked, plain, web_address


def test_line_breaks_and_controls_become_blanks() -> None:
    assert plain("Call\r\nBcc: all@example.org\x00\x1b[31m\u2028now", 200) == "Call Bcc: all@example.org [31m now"


def test_reordering_and_invisible_characters_go() -> None:
    assert plain("Pay\u202eload\u2066 gpj.exe\u200b\u2069\u200f\U000e0041", 200) == "Payload gpj.exe"


def test_hebrew_persian_and_emoji_stay() -> None:
    for text in ("שלום עולם", "می‌خواهم", "👩‍💻 🇺🇦", "Kyjiw – “Tō​kyō”".replace("\u200b", "")):
        assert plain(text, 200) == text


def test_towers_of_accents_are_flattened() -> None:
    assert plain("Z" + "\u0335\u0321\u0322\u0327" * 40 + "algo", 200) == "Zalgo"


def test_ten_thousand_characters_are_cut_with_an_ellipsis() -> None:
    cut = plain("word " * 2000, 160)
    assert len(cut) <= 160
    assert cut.endswith("…")


@given(st.text())
def test_what_comes_out_is_one_printable_line_within_the_limit(text: str) -> None:
    out = plain(text, 50)
    assert len(out) <= 50
    assert len(out.splitlines()) <= 1
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or "\u202a" <= char <= "\u202e" for char in out)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "//example.org/x",
        "http://[::1",
        "https://a b.org",
        "x",
        "",
    ],
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert web_address(url) == ""


def test_a_web_address_stays_as_it_is() -> None:
    assert web_address("https://example.org/a?b=c&d=%20") == "https://example.org/a?b=c&d=%20"


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        ("They spoke by phone.", "spoke by phone", ["spoke by phone"]),
        ("Berlin setzt die Lieferung vorerst aus.", "setzt ... aus", ["setzt", "aus"]),
        ("Berlin setzt die Lieferung vorerst aus.", "setzt aus", ["setzt", "aus"]),
        ("Nothing of the kind.", "spoke", []),
        ("Nothing of the kind.", "", []),
        ("Das Haus ist aus.", "aus", ["aus"]),
    ],
)
def test_the_trigger_is_marked_where_it_stands(sentence: str, trigger: str, expected: list[str]) -> None:
    pieces = marked(sentence, trigger)
    assert "".join(piece for piece, _ in pieces) == sentence
    assert [piece for piece, is_trigger in pieces if is_trigger] == expected


def test_an_endless_word_is_cut_and_what_follows_stays() -> None:
    assert plain("A" * 5000 + " then words", 400) == "A" * 119 + "… then words"
