import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.fetch.urls import absolute_url, canonical_url, source_of


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("https://Blatt.example/a?utm_source=rss&utm_medium=feed", "https://blatt.example/a"),
        ("https://blatt.example/a?id=7&at_medium=RSS&at_campaign=rss", "https://blatt.example/a?id=7"),
        ("https://blatt.example/a?traffic_source=rss", "https://blatt.example/a"),
        ("https://blatt.example/a.html#ref=rss", "https://blatt.example/a.html"),
        ("https://blatt.example/a.html?wt_mc=rss.ho.beitrag.rdf", "https://blatt.example/a.html"),
        ("https://blatt.example/a?xtor=RSS-16&cmpid=x&fbclid=1&gclid=2", "https://blatt.example/a"),
        ("https://blatt.example:443/a", "https://blatt.example/a"),
        ("http://blatt.example", "http://blatt.example/"),
        ("https://blatt.example/a?ref=rss", "https://blatt.example/a"),
        ("https://blatt.example/a?ref=startseite", "https://blatt.example/a?ref=startseite"),
        ("https://blatt.example/?p=123", "https://blatt.example/?p=123"),
        ("https://blatt.example/a?titel=%FCber&utm_source=rss", "https://blatt.example/a?titel=%FCber"),
        ("https://blatt.example/a?id=1&utm_source=rss&", "https://blatt.example/a?id=1"),
        ("https://blatt.example/a?12345&utm_source=rss", "https://blatt.example/a?12345"),
        ("https://blatt.example/a?id=1;b&fbclid=x&c=d+e%20f", "https://blatt.example/a?id=1;b&c=d+e%20f"),
        ("https://reader:secret@blatt.example/a", "https://blatt.example/a"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_tracking_goes_and_what_chooses_the_article_stays(given_url: str, canonical: str) -> None:
    assert canonical_url(given_url) == canonical


@given(st.text(alphabet="abc/?&=#%;:@._-~+!é ", max_size=40))
def test_a_canonical_address_is_its_own_canonical_address(tail: str) -> None:
    once = canonical_url(f"https://blatt.example/{tail}")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.tagesschau.de/ausland/x.html", "tagesschau.de"),
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("http://127.0.0.1:8123/elbkurier/2025/x.html", "elbkurier"),
        ("http://localhost:8123/mainbote/x", "mainbote"),
    ],
)
def test_the_source_is_the_registered_domain_and_on_this_machine_the_first_folder(url: str, source: str) -> None:
    assert source_of(url) == source


@pytest.mark.parametrize(
    ("link", "absolute"),
    [
        ("/a", "https://blatt.example/a"),
        (" \0\n/a\x1f ", "https://blatt.example/a"),
        ("https://ort.example/lan\n\tges", "https://ort.example/langes"),
        ("https://ort.example/a\0b", None),
        ("/a\x7f/b", None),
        ("mailto:a@ort.example", None),
        ("https://ort.example/mu\u0308he", "https://ort.example/mu\u0308he"),
    ],
)
def test_a_link_with_a_control_character_within_is_none(link: str, absolute: str | None) -> None:
    assert absolute_url("https://blatt.example/feed", link) == absolute
