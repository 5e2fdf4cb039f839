from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from processors.articles.near_copies import BANDS, are_copies, bands, original_of, shingles
from processors.records import Article
from tests.articles.writing import CALL, LAST, MORE

AGENCY = f"{CALL} {MORE} {LAST}"
PAPER = f"TURMSTADT (tb). {CALL.replace('am Montag', 'gestern')} {MORE} {LAST}"
CUT = f"{CALL} {MORE}"
OWN = (
    "Seit Jahren streiten die beiden Städte über eine neue Brücke. Nun gab es ein Gespräch der Rathäuser, und es "
    "verlief freundlicher als erwartet. Die Bürgermeister verabredeten ein Treffen am Fluss. Ob bis dahin das "
    "Gutachten zu den Auen vorliegt, das Naturschützer verlangen, ist offen. Der Rat hatte im Sommer knapp zugestimmt."
)


def article(key: str, text: str, duplicate_of: str | None = None) -> Article:
    at = datetime(2025, 11, 10, tzinfo=UTC)
    return Article(key, "", "", "", "de", None, at, at, "", "", text, duplicate_of=duplicate_of)


def test_agency_text_with_small_changes_or_a_cut_end_is_a_copy_and_own_words_are_not() -> None:
    assert are_copies(shingles(AGENCY), shingles(PAPER))
    assert are_copies(shingles(AGENCY), shingles(CUT))
    assert not are_copies(shingles(AGENCY), shingles(OWN))


def test_copies_share_a_band_and_other_texts_do_not() -> None:
    assert set(bands(AGENCY)) & set(bands(PAPER))
    assert set(bands(AGENCY)) & set(bands(CUT))
    assert not set(bands(AGENCY)) & set(bands(OWN))


def test_a_short_text_has_no_fingerprint() -> None:
    assert bands("Mehr in Kürze an dieser Stelle.") == ()


def test_a_copy_of_a_copy_is_a_copy_of_the_original() -> None:
    first, second = article("first", AGENCY), article("second", PAPER, duplicate_of="first")
    assert original_of(CUT, [second]) == "first"
    assert original_of(CUT, [first, second]) == "first"
    assert original_of(OWN, [first, second]) is None


def test_a_correction_is_no_copy() -> None:
    wire = "Merz met the Finnish president in Turku on Thursday, the office said. " + " ".join(
        f"w{n}" for n in range(80)
    )
    first = article("first", wire)
    for turned in (wire.replace("met", "did not meet"), wire.replace("Thursday", "Friday")):
        assert are_copies(shingles(turned), shingles(wire))
        assert original_of(turned, [first]) is None
        assert original_of(wire, [article("turned", turned)]) is None
    assert original_of(wire.replace("Finnish", "Swedish"), [first]) == "first"
    assert original_of(f"{wire} The two did not speak on Friday as had been planned at first.", [first]) == "first"


@given(st.lists(st.sampled_from(AGENCY.split()), min_size=60, max_size=120))
def test_fingerprints_depend_on_nothing_but_the_words(words: list[str]) -> None:
    text = " ".join(words)
    assert bands(text) == bands(f"  {text.upper()} ")
    assert len(bands(text)) in {0, BANDS}
