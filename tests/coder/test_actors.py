"""Who is found in a text, and whom it acts for."""

from datetime import date
from pathlib import Path

import pytest

from processors.coder.actors import ActorSpan, find_actors, load_actors

CONFIG = Path(__file__).parents[2] / "config"
TODAY = date(2026, 3, 10)


def spans(text: str, lang: str, day: date | None = TODAY) -> list[ActorSpan]:
    return find_actors(text, lang, day, load_actors(CONFIG))


def told(text: str, lang: str, day: date | None = TODAY) -> list[str]:
    """Each span as "form = IDS", without those that name nobody."""
    return [f"{text[s.start : s.end]} = {','.join(s.ids)}" for s in spans(text, lang, day) if s.ids]


NAMES = [
    ("de", "Der Kreml widerspricht dem Weißen Haus.", ["Kreml = RUS", "Weißen Haus = USA"]),
    ("de", "Das Pentagon und das Auswärtige Amt schweigen.", ["Pentagon = USA", "Auswärtige Amt = DEU"]),
    ("de", "Ankara und die Türkei, türkische Kampfjets", ["Ankara = TUR", "Türkei = TUR", "türkische Kampfjets = TUR"]),
    ("de", "Russlands Angriff auf Charkiw", ["Russlands = RUS", "Charkiw = UKR"]),
    ("de", "Großbritannien und die Vereinigten Staaten", ["Großbritannien = GBR", "Vereinigten Staaten = USA"]),
    ("de", "Der Kosovo, Taiwan und die Palästinenser", ["Kosovo = XKX", "Taiwan = TWN", "Palästinenser = PSE"]),
    ("de", "Die Huthi-Rebellen und die Hamas", ["Huthi-Rebellen = HOUTHIS", "Hamas = HAMAS"]),
    ("de", "die libanesische Hisbollah", ["libanesische Hisbollah = HEZBOLLAH"]),
    ("de", "Der UN-Sicherheitsrat und die WHO", ["UN-Sicherheitsrat = UN", "WHO = UN"]),
    ("de", "Die EU-Kommission in Brüssel", ["EU-Kommission = EU", "Brüssel = EU"]),
    ("de", "Der Westen und Europa", ["Westen = WEST", "Europa = OTHER"]),
    ("de", "Die Volksrepublik Donezk", ["Volksrepublik Donezk = OTHER"]),
    ("de", "US-amerikanische Truppen", ["US-amerikanische Truppen = USA"]),
    ("de", "Jemens Regierung und die Kiewer Führung", ["Jemens Regierung = YEM", "Kiewer Führung = UKR"]),
    ("en", "Taliban Foreign Minister Muttaqi left.", ["Taliban Foreign Minister Muttaqi = TALIBAN"]),
    ("en", "The Taliban's foreign minister Muttaqi", ["Taliban's foreign minister Muttaqi = TALIBAN"]),
    ("en", "Afghan Foreign Minister Muttaqi", ["Afghan Foreign Minister Muttaqi = AFG"]),
    ("en", "Downing Street rebuked the Kremlin.", ["Downing Street = GBR", "Kremlin = RUS"]),
    ("en", "Turkish jets and the Pentagon", ["Turkish jets = TUR", "Pentagon = USA"]),
    ("en", "Russia's army and U.S. troops", ["Russia's army = RUS", "U.S. troops = USA"]),
    ("en", "the Armed Forces of Ukraine", ["Armed Forces of Ukraine = UKR"]),
    ("en", "The U.S. Department of State", ["U.S. Department of State = USA"]),
    ("en", "Houthi rebels, Hezbollah and ISIS", ["Houthi rebels = HOUTHIS", "Hezbollah = HEZBOLLAH", "ISIS = IS"]),
    ("en", "the European Commission, NATO and the IAEA", ["European Commission = EU", "NATO = NATO", "IAEA = IAEA"]),
    ("en", "the government in Warsaw", ["government in Warsaw = POL"]),
    ("en", "Kosovo, Taiwan and the Palestinians", ["Kosovo = XKX", "Taiwan = TWN", "Palestinians = PSE"]),
]


UNNAMED = [
    ("de", "Mehrere Länder und alle Seiten", ["Mehrere Länder = OTHER", "alle Seiten = OTHER"]),
    ("de", "Die Zwei-Staaten-Lösung und die Bund-Länder-Runde", []),
    ("de", "Die Länder fordern vom Bund mehr Geld, beide Staaten nicht.", []),
    ("en", "Gulf cities and countries in the region", ["Gulf cities = OTHER", "countries = OTHER"]),
    ("en", "All sides agreed.", ["All sides = OTHER"]),
    ("en", "Both countries and the two nations left the Nations League.", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), UNNAMED, ids=[text for _, text, _ in UNNAMED])
def test_countries_without_a_name_are_a_party_where_no_named_ones_are_meant(
    lang: str, text: str, expected: list[str]
) -> None:
    assert told(text, lang) == expected


@pytest.mark.parametrize(("lang", "text", "expected"), NAMES, ids=[text for _, text, _ in NAMES])
def test_states_their_seats_and_bodies_and_groups_are_found(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


OFFICES = [
    ("de", "US-Präsident Donald Trump", ["US-Präsident Donald Trump = USA"]),
    ("de", "Der russische Außenminister Sergej Lawrow", ["russische Außenminister Sergej Lawrow = RUS"]),
    ("de", "Frankreichs Staatschef reist ab.", ["Frankreichs Staatschef = FRA"]),
    ("de", "Kremlsprecher Peskow", ["Kremlsprecher Peskow = RUS"]),
    ("de", "Der Präsident der Ukraine", ["Präsident der Ukraine = UKR"]),
    ("de", "Die Armee Israels rückt vor.", ["Armee Israels = ISR"]),
    ("de", "Die Bundeskanzlerin und die Bundesregierung", ["Bundeskanzlerin = DEU", "Bundesregierung = DEU"]),
    ("de", "Der Trump-Berater und Putins Truppen", ["Trump-Berater = USA", "Putins Truppen = RUS"]),
    ("de", "der stellvertretende polnische Ministerpräsident", ["polnische Ministerpräsident = POL"]),
    ("de", "der polnische stellvertretende Ministerpräsident", ["polnische stellvertretende Ministerpräsident = POL"]),
    ("de", "Die deutsche Botschafterin in Ankara", ["deutsche Botschafterin in Ankara = DEU"]),
    ("de", "Der Papst und Kardinal Parolin", ["Papst = VAT", "Kardinal Parolin = VAT"]),
    ("en", "Russian Foreign Ministry spokeswoman Maria Zakharova",
     ["Russian Foreign Ministry spokeswoman Maria Zakharova = RUS"]),
    ("en", "the President of Ukraine Volodymyr Zelenskyy", ["President of Ukraine Volodymyr Zelenskyy = UKR"]),
    ("en", "Ukraine's Defence Minister", ["Ukraine's Defence Minister = UKR"]),
    ("en", "NATO Secretary General Mark Rutte", ["NATO Secretary General Mark Rutte = NATO"]),
    ("en", "US special envoy Steve Witkoff", ["US special envoy Steve Witkoff = USA"]),
    ("en", "The German ambassador to Turkey left.", ["German ambassador to Turkey = DEU"]),
    ("en", "Putin's spokesman said so.", ["Putin's spokesman = RUS"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), OFFICES, ids=[text for _, text, _ in OFFICES])
def test_office_and_holder_are_one_span(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


SPELLINGS = [
    ("de", "Selenskyj Selenski Selenskij Lawrow Erdoğan Netanjahu Peskow Sacharowa", "UKR UKR UKR RUS TUR ISR RUS RUS"),
    ("en", "Zelensky Zelenskyy Zelenskiy Lavrov Erdogan Netanyahu Peskov Zakharova", "UKR UKR UKR RUS TUR ISR RUS RUS"),
    ("en", "Xi Jinping, Narendra Modi, Kim Jong Un, Mohammed bin Salman", "CHN IND PRK SAU"),
    ("de", "Ursula von der Leyen, António Guterres, Mark Rutte, Rafael Grossi", "EU UN NATO IAEA"),
    ("en", "Witkoff, Kushner, Leavitt, Umerov, Araghchi", "USA USA USA UKR IRN"),
]


@pytest.mark.parametrize(("lang", "text", "ids"), SPELLINGS)
def test_people_in_the_news_are_known_in_their_spellings(lang: str, text: str, ids: str) -> None:
    assert [s.ids[0] for s in spans(text, lang)] == ids.split()


DAYS = [
    ("de", "Merkel", date(2020, 5, 4), "DEU"),
    ("de", "Merkel", date(2024, 5, 4), "OTHER"),
    ("de", "Scholz", date(2023, 5, 4), "DEU"),
    ("de", "Scholz", date(2026, 1, 4), "OTHER"),
    ("de", "Kaja Kallas", date(2023, 1, 4), "EST"),
    ("de", "Kaja Kallas", date(2025, 1, 4), "EU"),
    ("de", "Stoltenberg", date(2012, 1, 4), "NOR"),
    ("de", "Stoltenberg", date(2022, 1, 4), "NATO"),
    ("en", "Biden", date(2022, 1, 4), "USA"),
    ("en", "Biden", date(2025, 6, 4), "OTHER"),
    ("en", "Trump", date(2018, 6, 4), "USA"),
    ("en", "Trump", date(2022, 6, 4), "OTHER"),
    ("en", "Trump", date(2025, 6, 4), "USA"),
    ("en", "Assad", date(2024, 12, 1), "SYR"),
    ("en", "Assad", date(2025, 1, 1), "OTHER"),
    ("en", "Merkel", None, "DEU"),
    ("en", "Assad", None, "SYR"),
]


@pytest.mark.parametrize(("lang", "name", "day", "expected"), DAYS)
def test_a_holder_counts_only_in_office_on_the_articles_day(
    lang: str, name: str, day: date | None, expected: str
) -> None:
    assert told(f"{name} spoke.", lang, day) == [f"{name} = {expected}"]


FORMER = [
    ("de", "Ex-Kanzler Schröder reist nach Moskau.", ["Ex-Kanzler Schröder = OTHER", "Moskau = RUS"]),
    ("de", "Der frühere US-Präsident Barack Obama", ["frühere US-Präsident Barack Obama = OTHER"]),
    ("de", "Frankreichs früherer Präsident", ["Frankreichs früherer Präsident = OTHER"]),
    ("de", "Altkanzler Schröder", ["Altkanzler Schröder = OTHER"]),
    ("de", "Ex-Präsident Medwedew droht.", ["Ex-Präsident Medwedew = RUS"]),
    ("en", "former US president", ["former US president = OTHER"]),
    ("de", "US-Präsident Bill Clinton", ["US-Präsident Bill Clinton = OTHER"]),
    ("en", "former British Prime Minister Boris Johnson", ["former British Prime Minister Boris Johnson = OTHER"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), FORMER, ids=[text for _, text, _ in FORMER])
def test_former_officials_act_for_nobody_unless_they_hold_another_office(
    lang: str, text: str, expected: list[str]
) -> None:
    assert told(text, lang) == expected
    assert spans(text, lang)[0].former


AMBIGUOUS = [
    ("en", "George Washington crossed the river.", []),
    ("en", "Denzel Washington won a prize.", []),
    ("en", "People in Washington state", []),
    ("en", "Washington rejected the plan.", ["Washington = USA"]),
    ("en", "The Washington Post reported it.", []),
    ("en", "Georgia and Armenia signed.", ["Georgia = GEO", "Armenia = ARM"]),
    ("en", "A recount in Georgia, where Atlanta's suburbs decide", []),
    ("en", "The Georgia governor spoke.", []),
    ("de", "Georgien unterzeichnet.", ["Georgien = GEO"]),
    ("de", "Der US-Bundesstaat Georgia zählt aus.", []),
    ("en", "Michael Jordan and Jordan Peterson met.", []),
    ("en", "Jordan closed its airspace.", ["Jordan = JOR"]),
    ("de", "Jordanien schließt den Luftraum, Michael Jordan nicht.", ["Jordanien = JOR"]),
    ("en", "Chad Kowalczyk wrote a book.", []),
    ("en", "Chad expelled the envoy.", ["Chad = TCD"]),
    ("de", "Der Tschad und Mali", ["Tschad = TCD", "Mali = MLI"]),
    ("en", "Niger and Nigeria; fishing on the Niger River", ["Niger = NER", "Nigeria = NGA"]),
    ("en", "Congo and Congo Republic, across the river", ["Congo = COD", "Congo Republic = COG"]),
    ("en", "We roast a turkey at Thanksgiving; Turkey burgers and stuffing too.", []),
    ("en", "Turkey vetoed it.", ["Turkey = TUR"]),
    ("en", "Tell us who it is.", []),
    ("en", "The WHO told the US.", ["WHO = UN", "US = USA"]),
    ("en", "WHAT IS NEXT FOR US ALL", []),
    ("en", "It is said that IS fighters fled.", ["IS fighters = IS"]),
    ("de", "Die Oma mit dem Mann und die Linke", []),
    ("de", "Oman und Kuba vermitteln.", ["Oman = OMN", "Kuba = CUB"]),
    ("de", "Polen und die Polen, ein Pole", ["Polen = POL", "Polen = POL", "Pole = POL"]),
    ("de", "Indianer und Inder", ["Inder = IND"]),
    ("en", "the Iran-Contra affair", []),
    ("en", "MOSCOW, April 14 (Reuters) - Russia said so.", ["Russia = RUS"]),
    ("en", "New Mexico, New England and West Virginia", []),
    ("de", "Deutsche Bank und Deutsche Bahn", []),
    ("de", "Das Minsker Abkommen und die Genfer Konvention", []),
    ("de", "Kurz darauf kam Maas auf die Maas.", []),
    ("de", "Melania Trump und Hunter Biden reisen.", ["Melania Trump = OTHER", "Hunter Biden = OTHER"]),
    ("de", "Heinz Scholz, ein Bäcker", []),
    ("en", "In May, Johnson met a baker.", []),
    ("en", "Russia forces Kyiv to retreat.", ["Russia = RUS", "Kyiv = UKR"]),
    ("de", "Kim Kardashian tritt auf.", []),
    ("de", "Kim empfängt Xi.", ["Kim = PRK", "Xi = CHN"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), AMBIGUOUS, ids=[text for _, text, _ in AMBIGUOUS])
def test_names_that_mean_something_else_too(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


RELATIONS = [
    ("de", "Die Verbündeten der Türkei tagten.", ["Verbündeten der Türkei = OTHER"]),
    ("de", "Indiens engster Verbündeter Bhutan und Chinas Nachbar Laos", ["Bhutan = BTN", "Laos = LAO"]),
    ("de", "Nigeria, Malis größter Gegner, schwieg.", ["Nigeria = NGA"]),
    ("de", "Norwegen ist ein enger Partner der Nato.", ["Norwegen = NOR"]),
    ("de", "Ein Modi-Vertrauter und der Modi-Freund Erdogan", ["Modi-Vertrauter = OTHER", "Erdogan = TUR"]),
    ("de", "Das EU-Mitglied Malta, der EU-Beitrittskandidat Albanien", ["Malta = MLT", "Albanien = ALB"]),
    ("de", "Die Nato-Partner und die türkischen Partner", ["Nato-Partner = NATO", "türkischen Partner = TUR"]),
    ("de", "Zwischen den Nachbarn, unter den Verbündeten", ["Nachbarn = OTHER", "Verbündeten = OTHER"]),
    ("de", "Im Nachbarland Belarus tagten die Nachbarn Jordaniens.", ["Belarus = BLR", "Nachbarn Jordaniens = OTHER"]),
    ("en", "Indian allies left, and its ally Nepal too.", ["Indian allies = OTHER", "Nepal = NPL"]),
    ("en", "India's closest Asian partner Bhutan and OPEC member Gabon", ["Bhutan = BTN", "Gabon = GAB"]),
    ("en", "Allies of the Indian prime minister left.", ["Allies of the Indian prime minister = OTHER"]),
    ("en", "Modi critics and Modi ally Erdogan", ["Modi critics = OTHER", "Erdogan = TUR"]),
    ("en", "Bhutan, a close ally of India, wrote. Nepal is an Indian rival.", ["Bhutan = BTN", "Nepal = NPL"]),
    ("en", "NATO allies and Hamas members", ["NATO allies = NATO", "Hamas members = HAMAS"]),
    ("en", "The members of NATO met a rival of NATO.", ["members of NATO = NATO", "rival of NATO = OTHER"]),
    ("en", "Our Indian partners and our allies", ["Indian partners = IND", "allies = OTHER"]),
    ("en", "Libya's rival governments, Indian crew members", ["Libya = LBY", "Indian crew members = IND"]),
    ("en", "EU candidate Albania left.", ["Albania = ALB"]),
    ("en", "Critics of Greek policy and opponents of Greece's plan", ["Greek = GRC", "Greece = GRC"]),
    ("de", "Norwegen, so die Verbündeten der Türkei, schwieg.", ["Norwegen = NOR", "Verbündeten der Türkei = OTHER"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), RELATIONS, ids=[text for _, text, _ in RELATIONS])
def test_an_ally_or_rival_of_somebody_is_somebody_else(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


LEANING = [
    ("en", "Turkish-backed fighters and Iran-backed Hezbollah",
     ["Turkish-backed fighters = OTHER", "Iran-backed Hezbollah = HEZBOLLAH"]),
    ("en", "China-friendly Serbia, pro-Russian Serbia, the Paris-based IAEA",
     ["Serbia = SRB", "Serbia = SRB", "IAEA = IAEA"]),
    ("en", "The US-backed truce plan and US-backed rebels", ["US = USA", "US-backed rebels = OTHER"]),
    ("en", "A French-born Greek minister", ["Greek minister = GRC"]),
    ("en", "Pro-Israel protesters", ["Pro-Israel protesters = OTHER"]),
    ("de", "Das Moskau-treue Serbien, das prorussische Serbien", ["Serbien = SRB", "Serbien = SRB"]),
    ("de", "Die US-freundliche Regierung", []),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), LEANING, ids=[text for _, text, _ in LEANING])
def test_whom_somebody_leans_to_or_comes_from_is_no_party(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


LANGUAGES = [
    ("de", "Modi antwortete auf Russisch und sprach Portugiesisch mit Lula.", ["Modi = IND", "Lula = BRA"]),
    ("de", "Er blieb in russischer Haft.", ["russischer = RUS"]),
    ("en", "Modi spoke Portuguese with Lula. Lula replied in English.", ["Modi = IND", "Lula = BRA", "Lula = BRA"]),
    ("en", "They held him in Russian custody.", ["Russian = RUS"]),
    ("en", "He died in Russian and Greek hands.", ["Russian = RUS", "Greek = GRC"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), LANGUAGES, ids=[text for _, text, _ in LANGUAGES])
def test_a_language_is_nobody(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


CAPITALS = [
    ("en", "US STRIKES IRAN", ["US = USA", "IRAN = IRN"]),
    ("en", "MEXICO: US TROOPS TO LEAVE", ["MEXICO = MEX", "US TROOPS = USA"]),
    ("en", "INDIA HITS US BASE AFTER US-CHINA TALKS", ["INDIA = IND", "US = USA", "US = USA", "CHINA = CHN"]),
    ("en", "POLISH ARMY SHELLS KHARKIV", ["POLISH ARMY = POL", "KHARKIV = UKR"]),
    ("en", "INDIA FORCES NEPAL TO ACT", ["INDIA = IND", "NEPAL = NPL"]),
    ("en", "THEY NEVER TELL US ANYTHING", []),
    ("de", "POLNISCHE ARMEE BESCHIESST CHARKIW", ["POLNISCHE ARMEE = POL", "CHARKIW = UKR"]),
    ("en", "INDIA WAITS\nIt was said that polish sells.", ["INDIA = IND"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), CAPITALS, ids=[text for _, text, _ in CAPITALS])
def test_headlines_in_capitals_are_read_as_others(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


MISSIONS = [
    ("de", "Die türkische Botschaft in Oslo schweigt.", ["türkische Botschaft = TUR"]),
    ("de", "Das Konsulat der Türkei in Oslo schweigt.", ["Konsulat der Türkei = TUR"]),
    ("en", "The Turkish consulate in Bergen was hit.", ["Turkish consulate = TUR"]),
    ("en", "Norway closes the Turkish consulate in India.",
     ["Norway = NOR", "Turkish consulate = TUR", "India = IND"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), MISSIONS, ids=[text for _, text, _ in MISSIONS])
def test_where_an_embassy_stands_is_no_party_unless_it_is_closed(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


def test_where_an_embassy_stands_is_a_place_still() -> None:
    (place,) = [span for span in spans("The Turkish embassy in Oslo was hit.", "en") if span.kind == "capital"]
    assert place.ids == ()


BODIES = [
    ("en", "Reform UK condemned Greece.", ["Greece = GRC"]),
    ("en", "EU27 envoys left.", ["EU27 envoys = EU"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), BODIES, ids=[text for _, text, _ in BODIES])
def test_parties_with_a_states_name_and_the_27(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Der polnische Abgeordnete klagt."),
        ("de", "AfD-Chef Müller spricht."),
        ("de", "Die türkische Opposition protestiert."),
        ("en", "A US senator objected."),
        ("en", "The opposition leader spoke."),
        ("en", "Russian banks were hit."),
    ],
)
def test_parties_parliamentarians_and_companies_are_blocked(lang: str, text: str) -> None:
    assert [s.kind for s in spans(text, lang)] == ["blocked"]


def test_a_blocked_body_tells_where_it_belongs_so_that_it_can_be_hit() -> None:
    assert spans("Russian banks were hit.", "en")[0].ids == ("RUS",)


@pytest.mark.parametrize(
    ("lang", "text", "forms", "compound"),
    [
        ("de", "Das Putin-Trump-Telefonat", ["Putin", "Trump"], "Telefonat"),
        ("de", "Der Ukraine-Krieg", ["Ukraine"], "Krieg"),
        ("de", "Die Ukrainehilfe", ["Ukrainehilfe"], "Hilfe"),
        ("de", "Die Moskaureise", ["Moskaureise"], "Reise"),
        ("en", "The Mariupol-based plant", ["Mariupol"], "based"),
    ],
)
def test_parts_of_a_compound_are_spans_that_know_its_head(
    lang: str, text: str, forms: list[str], compound: str
) -> None:
    found = spans(text, lang)
    assert [text[s.start : s.end] for s in found] == forms
    assert {s.compound for s in found} == {compound}


def test_hyphenated_adjectives_are_two_actors() -> None:
    assert told("Ukrainisch-russische Gespräche", "de") == ["Ukrainisch = UKR", "russische = RUS"]


def test_cities_are_places_and_capitals_may_be_governments() -> None:
    kinds = {s.ids[0]: s.kind for s in spans("Belgorod, Ankara, Tel Aviv", "en")}
    assert kinds == {"RUS": "city", "TUR": "capital", "ISR": "city"}


@pytest.mark.parametrize(
    ("lang", "text", "head"),
    [
        ("de", "Der russische Präsident Wladimir Putin", "Präsident"),
        ("en", "Russian President Vladimir Putin", "Putin"),
        ("en", "the White House", "House"),
        ("de", "Regierung in Kiew", "Regierung"),
    ],
)
def test_the_head_is_the_word_that_a_parse_hangs_the_span_on(lang: str, text: str, head: str) -> None:
    span = spans(text, lang)[0]
    assert text[span.head_offset :].startswith(head)


@pytest.mark.parametrize(
    ("lang", "text", "genitive"),
    [
        ("de", "Trumps Telefonat", True),
        ("de", "Trump telefoniert", False),
        ("en", "Russia's offer", True),
        ("en", "Russia offers", False),
        ("de", "Paris' Angebot", True),
    ],
)
def test_possessives_are_marked(lang: str, text: str, genitive: bool) -> None:
    assert spans(text, lang)[0].genitive is genitive


def test_the_warring_sides_are_those_that_the_text_names() -> None:
    sudan = "Guterres urged the warring sides to stop. Sudan and the Rapid Support Forces fight over a city."
    assert "warring sides = SDN,RSF" in told(sudan, "en")
    assert "Kriegsparteien = RUS,UKR" in told("Er ruft die Kriegsparteien auf, Russland und die Ukraine.", "de")
    assert "warring parties = OTHER" in told("The bishop urged the warring parties to stop.", "en")


def test_the_enemy_is_the_foe_of_the_side_that_the_text_takes() -> None:
    assert told("Ukraine reports that enemy troops shelled Sumy.", "en") == [
        "Ukraine = UKR",
        "enemy troops = RUS",
        "Sumy = UKR",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der damalige Bundeskanzler Helmut Kohl unterschrieb.", ["damalige Bundeskanzler Helmut Kohl = DEU"]),
        ("Der damalige US-Präsident Barack Obama kam.", ["damalige US-Präsident Barack Obama = USA"]),
    ],
)
def test_an_office_of_the_time_told_of_counts(text: str, expected: list[str]) -> None:
    assert told(text, "de") == expected


SHARED = [
    ("de", "Die österreichische Bundesregierung tagt.", ["österreichische Bundesregierung = AUT"]),
    ("de", "Schweizer Bundesrat, kanadisches Unterhaus", ["Schweizer Bundesrat = CHE", "kanadisches Unterhaus = CAN"]),
    ("de", "Der russische Sicherheitsrat schweigt.", ["russische Sicherheitsrat = RUS"]),
    ("de", "Irans Oberster Nationaler Sicherheitsrat", ["Irans Oberster Nationaler Sicherheitsrat = IRN"]),
    ("de", "Der slowakische Nationalrat, die belgische Bundespolizei",
     ["slowakische Nationalrat = SVK", "belgische Bundespolizei = BEL"]),
    ("de", "Die französische Atomaufsicht warnt.", ["französische Atomaufsicht = FRA"]),
    ("de", "Ein Beschluss des türkischen Staatsrates", ["türkischen Staatsrates = TUR"]),
    ("de", "Das Oberhaus Japans stimmt ab.", ["Oberhaus Japans = JPN"]),
    ("de", "Die Bundesregierung und der Sicherheitsrat", ["Bundesregierung = DEU", "Sicherheitsrat = UN"]),
    ("de", "Der Sicherheitsrat der Türkei das Wort gab", ["Sicherheitsrat = UN", "Türkei = TUR"]),
    ("de", "dass der Sicherheitsrat Russland rügt", ["Sicherheitsrat = UN", "Russland = RUS"]),
    ("en", "Iran's Supreme National Security Council met.", ["Iran's Supreme National Security Council = IRN"]),
    ("en", "Canada's House of Commons and the Israeli Supreme Court",
     ["Canada's House of Commons = CAN", "Israeli Supreme Court = ISR"]),
    ("en", "The Supreme Court of India ruled.", ["Supreme Court of India = IND"]),
    ("en", "The German Foreign Office, the Austrian Chancellery",
     ["German Foreign Office = DEU", "Austrian Chancellery = AUT"]),
    ("en", "The White House National Security Council", ["White House National Security Council = USA"]),
    ("en", "The Security Council and the Supreme Court", ["Security Council = UN", "Supreme Court = USA"]),
    ("en", "Netanyahu's General Assembly speech", ["Netanyahu = ISR", "General Assembly = UN"]),
    ("en", "A spokesman of the Russian Security Council", ["Russian Security Council = RUS"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), SHARED, ids=[text for _, text, _ in SHARED])
def test_a_seat_that_others_have_too_is_its_owners(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected


def test_a_seat_that_others_have_too_stays_that_of_its_last_owner() -> None:
    text = "Die österreichische Bundesregierung wies sie aus. Ein Sprecher der Bundesregierung sagte es."
    assert told(text, "de")[-1] == "Sprecher der Bundesregierung = AUT"


SAID_OTHERWISE = [
    ("en", "Israeli Energy Minister Eli Cohen", date(2025, 5, 4), "ISR"),
    ("en", "US climate envoy John Kerry", date(2022, 5, 4), "USA"),
    ("en", "Japanese Finance Minister Taro Aso", date(2018, 5, 4), "JPN"),
    ("en", "Secretary of State Mike Pompeo", date(2022, 5, 4), "OTHER"),
    ("en", "US climate envoy Mike Pompeo", date(2022, 5, 4), "USA"),
    ("en", "US President Barack Obama", date(2022, 5, 4), "OTHER"),
    ("en", "US leader Barack Obama", date(2022, 5, 4), "OTHER"),
    ("en", "former US climate envoy Mike Pompeo", date(2025, 5, 4), "OTHER"),
    ("de", "Bundeskanzlerin Angela Merkel", date(2024, 5, 4), "OTHER"),
    ("de", "Bundeskanzler Karl Nehammer", date(2023, 5, 4), "AUT"),
    ("de", "Kanzler Nehammer", date(2023, 5, 4), "AUT"),
    ("de", "Bundespräsidentin Viola Amherd", date(2024, 5, 4), "CHE"),
    ("en", "Then-President Joe Biden", date(2025, 5, 4), "USA"),
    ("en", "Then-Prime Minister Boris Johnson", date(2025, 5, 4), "GBR"),
    ("en", "Then Joe Biden", date(2025, 5, 4), "OTHER"),
]


@pytest.mark.parametrize(("lang", "text", "day", "expected"), SAID_OTHERWISE)
def test_the_tables_know_who_has_left_this_very_office_and_no_other(
    lang: str, text: str, day: date, expected: str
) -> None:
    (span,) = spans(f"{text} spoke." if lang == "en" else f"{text} sprach.", lang, day)
    assert span.ids == (expected,)


OF_OTHERS = [
    ("en", "Teodoro Quastenow met Xi.", ["Xi = CHN"]),
    ("en", "Salman Rushdie and Petro Ivanenko met Idris Okonedo.", []),
    ("en", "Trump Threatens Putin. Zelensky Patriots", ["Trump = USA", "Putin = RUS", "Zelensky = UKR"]),
    ("de", "Marcos Belhadj sprach. Petro Iwanenko auch.", []),
    ("de", "Gestern sprachen Salman Rushdie und Salman Hosseini.", []),
    ("de", "Selenskyj Putin Macron", ["Selenskyj = UKR", "Putin = RUS", "Macron = FRA"]),
    ("de", "dass Putin Quastenow verhaften ließ", ["Putin = RUS"]),
    ("de", "dass Trump Selenskyj Luftabwehrsysteme verspricht", ["Trump = USA", "Selenskyj = UKR"]),
    ("de", "Merz Luftabwehrsysteme", ["Merz = DEU"]),
    ("en", "Alexandria Ocasio-Cortez, Santiago Abascal, Sydney Sweeney and Milan Kundera", []),
    ("en", "In Santiago talks began, in Sofia too.", ["Santiago = CHL", "Sofia = BGR"]),
    ("de", "Er traf in Sofia Hosseinow.", ["Sofia = BGR"]),
    ("en", "The Stockholm International Peace Research Institute counts.", []),
    ("en", "Reporters Without Borders (RSF) counts.", []),
    ("de", "Reporter ohne Grenzen (RSF) zählt.", []),
    ("en", "Japan's SDF sailed.", ["Japan's SDF = JPN"]),
    ("en", "The SDF and the RSF fight on.", ["SDF = SDF", "RSF = RSF"]),
    ("en", "The Islamic Republic of Mauritania", ["Islamic Republic of Mauritania = MRT"]),
    ("de", "Die Islamische Republik Pakistan und die Islamische Republik",
     ["Islamische Republik Pakistan = PAK", "Islamische Republik = IRN"]),
    ("de", "Die irakische Schiitenmiliz", ["irakische Schiitenmiliz = OTHER"]),
    ("de", "Das Militärbündnis OVKS tagt.", ["Militärbündnis OVKS = OTHER"]),
    ("en", "Equatorial Guinean, Korean and Timorese envoys",
     ["Equatorial Guinean = GNQ", "Korean = KOR", "Timorese envoys = TLS"]),
    ("en", "The Korean Peninsula, inter-Korean talks", []),
    ("en", "Port of Spain, N’Djamena, Lomé, Côte d’Ivoire",
     ["Port of Spain = TTO", "N’Djamena = TCD", "Lomé = TGO", "Côte d’Ivoire = CIV"]),
    ("de", "Die Westsahara und Windhuk, ein Vatikansprecher, die Bundesrätin",
     ["Westsahara = MAR", "Windhuk = NAM", "Vatikansprecher = VAT", "Bundesrätin = CHE"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), OF_OTHERS, ids=[text for _, text, _ in OF_OTHERS])
def test_names_and_words_that_are_somebody_elses(lang: str, text: str, expected: list[str]) -> None:
    assert told(text, lang) == expected
