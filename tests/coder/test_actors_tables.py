"""The tables of config/actors: what they hold, what they refuse; and texts that must not hurt."""

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pycountry
import pytest

from processors.coder.actors import find_actors, load_actors
from processors.errors import ConfigError
from tests.effort import calls_of

CONFIG = Path(__file__).parents[2] / "config"
TABLE = load_actors(CONFIG)

# Not states and not named as such: territories that the tables give to their state, or whose names mean too much else.
NO_STATES = {"ESH", "HKG", "MAC", "JEY", "GGY", "IMN", "GUM", "PRI", "REU", "MYT", "SJM", "BVT", "HMD", "IOT", "UMI"}


def ids_of_names(lang: str) -> set[str]:
    return {code for bucket in TABLE.language(lang).forms.values() for _, entry in bucket for code in entry.ids}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_state_of_iso_3166_has_a_name(lang: str) -> None:
    states = {country.alpha_3 for country in pycountry.countries} - NO_STATES
    assert states - ids_of_names(lang) == set()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_id_of_the_contract_is_known(lang: str) -> None:
    contract = (
        "EU NATO UN G7 G20 OSCE IAEA ICC AU OPEC ASEAN ARAB_LEAGUE OIC RED_CROSS HAMAS HEZBOLLAH HOUTHIS TALIBAN IS "
        "PKK SDF WAGNER M23 RSF XKX PSE TWN WEST OTHER VAT"
    )
    assert set(contract.split()) - ids_of_names(lang) == set()


def holders_in(office: str, year: int) -> set[str]:
    days = (date(year, 1, 1), date(year, 12, 31))
    terms = (term for person in TABLE.persons for term in person.terms)
    return {t.id for t in terms if t.office in office.split() and any(t.covers(day) for day in days)}


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
@pytest.mark.parametrize(
    "office", ["president monarch head_of_government clergy", "foreign_minister", "defence_minister"]
)
def test_at_least_sixty_states_have_holders_in_each_year_from_2021(office: str, year: int) -> None:
    states = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    assert len(holders_in(office, year) & states) >= 60


@pytest.mark.parametrize("year", [2005, 2010, 2015, 2020])
def test_the_states_most_in_the_news_have_leaders_from_2005(year: int) -> None:
    most = "USA RUS UKR DEU FRA GBR CHN ISR PSE IRN TUR SYR IRQ AFG PAK IND ITA POL JPN KOR PRK SAU EGY VEN"
    assert set(most.split()) - holders_in("president monarch head_of_government", year) == set()


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG / "actors", folder / "actors")
    path = folder / "actors" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("armed_groups.yaml", "HAMAS: {de: {names:", "HAMAS: {de: {nams:", r"armed_groups\.yaml:2: HAMAS\.de\.nams"),
        ("holders/europe.yaml", "from: 2017-01-26", "from: soon", r"europe\.yaml:3: AUT\.president\.0\.from"),
        ("holders/europe.yaml", "AUT:", "AUX:", r"europe\.yaml:2: AUX: no table names this"),
        ("descriptions.yaml", "[OMN, BRN]", "[OMM, BRN]", r"descriptions\.yaml:11: OMM: no table names this"),
        ("holders/europe.yaml", "from: 2017-12-18, until: 2021", "from: 2021-12-18, until: 2021", "leaves the office"),
        ("offices.yaml", "  DEU: {de: [Bundes", "  DEX: {de: [Bundes", r"offices\.yaml:\d+: unique\.DEX"),
        ("never.yaml", "de: [", "de: [[", r"never\.yaml:\d+: "),
        ("states/asia.yaml", "Amman, cities: [Akaba]", "Amman, cities: ['']", r"asia\.yaml:\d+: JOR\.de\.cities"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_and_key(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        load_actors(changed(tmp_path, file, old, new))


def test_a_table_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    folder = changed(tmp_path, "holders/europe.yaml", "AUT:", "# Präsidenten\nAUT:")
    path = folder / "actors" / "holders" / "europe.yaml"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("ä")].count("\n") + 1
    path.write_bytes(text.encode("cp1252", errors="replace"))
    with pytest.raises(ConfigError, match=rf"europe\.yaml:{line}: is not UTF-8; save it as UTF-8"):
        load_actors(folder)


def test_an_id_that_stands_twice_in_a_table_is_told(tmp_path: Path) -> None:
    folder = changed(tmp_path, "armed_groups.yaml", "HAMAS:", "HAMAS: {}\nHAMAS:")
    with pytest.raises(ConfigError, match=r"armed_groups\.yaml:3: .*'HAMAS' is there twice"):
        load_actors(folder)


def test_a_holder_can_be_added_in_one_line(tmp_path: Path) -> None:
    new = "AUT:\n  envoy: [{name: Leopoldine Quastenberg, from: 2024-03}]\n"
    table = load_actors(changed(tmp_path, "holders/europe.yaml", "AUT:\n", new))
    (span,) = find_actors("Quastenberg verhandelt.", "de", date(2024, 3, 1), table)
    assert span.ids == ("AUT",)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "🇺🇦🕊️ Putin 🤝 Trump",
        "<b>Putin</b>&nbsp;<a href='x'>trifft</a> Trump",
        "Putin" * 5000,
        "Russia-" * 20_000,
        "President of " * 15_000,
        "der polnische Präsident " * 8_000,
        "A B C D E F " * 15_000,
        "Trump's " * 20_000,
        "\u202eputin\u0000 \ud7ff",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_any_text_is_read_without_error_and_spans_are_in_order(text: str, lang: str) -> None:
    found = find_actors(text, lang, None, TABLE)
    assert all(0 <= span.start <= span.head_offset < span.end <= len(text) for span in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_a_language_without_tables_is_read_with_the_english_ones() -> None:
    assert [span.ids for span in find_actors("Poutine et Biden", "fr", None, TABLE)] == [("USA",)]


@pytest.mark.parametrize(
    "piece",
    [
        "Der polnische Präsident Zbyszko Wodnicki traf US-Präsident Trump in Kiew; Wodnicki lobte ihn. ",
        "Russland-Ukraine-Iran-Israel-",
        "Außenminister der Ukraine der Türkei der Ukraine der Türkei ",
    ],
)
def test_work_grows_with_the_length_of_the_text_only(piece: str) -> None:
    def calls(times: int) -> int:
        return calls_of(lambda: find_actors(piece * times, "de", None, TABLE))

    calls(10)
    # Quadratic work would be 100 times as much for a text ten times as long.
    assert calls(2_000) < 12 * calls(200)
