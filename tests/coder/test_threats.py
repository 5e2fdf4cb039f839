"""Threats that no single word tells, refusals that somebody else tells of, and deadlines."""

import pytest

from tests.coder.coded import Sides, coded


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "If Hamas does not disarm, we will disarm them, Trump said.", ("USA",), ("HAMAS",)),
        (
            "en",
            "If Pretoria does not change course, we'll cut off all aid, Trump told Fox News.",
            ("USA",),
            ("ZAF",),
        ),
        ("en", "Unless Pretoria changes course, the United States will cut all aid, Trump said.", ("USA",), ("ZAF",)),
        (
            "en",
            "Trump said that if the killings in Nigeria went on, the United States would stop all aid.",
            ("USA",),
            ("NGA",),
        ),
        (
            "en",
            "Trump said he would cut off intelligence to Kyiv if Zelenskiy rejected the plan.",
            ("USA",),
            ("UKR",),
        ),
        ("en", "Hamas will be wiped out if it does not disarm, Trump said.", ("USA",), ("HAMAS",)),
        ("en", "Trump told Hamas it would face obliteration if it refused.", ("USA",), ("HAMAS",)),
        ("en", "Putin said that if Europe wanted a war, Russia was ready.", ("RUS",), ("OTHER",)),
        (
            "de",
            "Wenn Hamas die Geiseln nicht freilasse, würden die USA die Hilfe einstellen, sagte Trump.",
            ("USA",),
            ("HAMAS",),
        ),
        ("de", "Putin sagte, wenn Europa Krieg wolle, sei Russland bereit.", ("RUS",), ("OTHER",)),
    ],
)
def test_harm_that_ones_own_side_will_do_on_a_condition_is_a_threat(
    language: str, text: str, actors: Sides, recipients: Sides
) -> None:
    assert coded(language, text) == [("threat", "occurred", actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "Trump has repeatedly warned that it could soon hit targets on land in Venezuela.", ("USA",), ("VEN",)),
        ("en", "China warned Japan it could halt exports.", ("CHN",), ("JPN",)),
        ("en", "The US could strike Venezuela soon, Hegseth warned.", ("USA",), ("VEN",)),
        ("en", "Israel should expect severe punishment, Khamenei said.", ("IRN",), ("ISR",)),
        ("en", "Pakistan should brace for a response, Modi said.", ("IND",), ("PAK",)),
        ("de", "Trump warnte, die USA könnten Ziele in Venezuela treffen.", ("USA",), ("VEN",)),
        ("de", "Israel müsse mit harter Strafe rechnen, sagte Chamenei.", ("IRN",), ("ISR",)),
    ],
)
def test_a_warning_of_what_one_could_do_and_what_others_should_expect_are_threats(
    language: str, text: str, actors: Sides, recipients: Sides
) -> None:
    assert coded(language, text) == [("threat", "occurred", actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Rutte warned that Russia could attack NATO within five years."),
        ("en", "The World Food Programme warned that it could halt food aid in Somalia."),
        ("en", "Analysts said Iran should expect Israeli retaliation."),
        ("en", "Merz said Germany would face consequences if Ukraine lost the war."),
        ("en", "If Hamas frees the hostages, Israel will stop the war, Netanyahu said."),
        ("en", "If Russia does not agree to a ceasefire, Britain will send Ukraine more missiles, Starmer said."),
        ("en", "If Tehran cooperates, Europe will not impose sanctions, Kallas said."),
        ("de", "Pistorius warnte, Russland könne die Nato angreifen."),
        ("de", "Das Welternährungsprogramm warnte, es könne die Hilfe für Somalia einstellen."),
        ("de", "Beobachter rechnen mit einer Vergeltung Irans."),
    ],
)
def test_what_others_could_do_and_what_one_has_to_expect_oneself_is_no_threat(language: str, text: str) -> None:
    assert "threat" not in [one[0] for one in coded(language, text)]


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Rubio said Hamas was not ready to give up its arms.", ("HAMAS",), ()),
        ("Zelenskiy said Russia was not ready for peace.", ("RUS",), ()),
        ("Macron said Moscow was unwilling to negotiate.", ("RUS",), ()),
        ("Kurti said Serbia was refusing to recognise Kosovo.", ("SRB",), ("XKX",)),
        ("Sybiha said Hungary was refusing to allow the transit of weapons.", ("HUN",), ()),
        ("Iran is not ready to talk to Washington, Trump said.", ("IRN",), ("USA",)),
        (
            "Thailand said there would be no talks with Cambodia unless Phnom Penh halted its attacks.",
            ("THA",),
            ("KHM",),
        ),
        ("There will be no talks with Russia before a ceasefire, Zelenskiy said.", ("UKR",), ("RUS",)),
    ],
)
def test_who_refuses_is_the_subject_of_the_refusal_or_who_says_there_will_be_no_talks(
    text: str, actors: Sides, recipients: Sides
) -> None:
    assert coded("en", text) == [("rejection", "occurred", actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("en", "Trump gave Hamas until Sunday to accept the plan.", ("USA",), ("HAMAS",)),
        ("en", "Washington gave Iran two weeks to hand over its uranium.", ("USA",), ("IRN",)),
        ("en", "The U.S. set Iran a deadline to hand over its uranium.", ("USA",), ("IRN",)),
        ("en", "Hamas has until Sunday to accept the plan, Trump said.", ("USA",), ("HAMAS",)),
        ("en", "Iran insists on the release of its frozen assets before negotiations begin.", ("IRN",), ()),
        ("de", "Trump gab der Hamas bis Sonntag Zeit.", ("USA",), ("HAMAS",)),
        ("de", "Die Hamas habe bis Sonntag Zeit, dem Plan zuzustimmen, sagte Trump.", ("USA",), ("HAMAS",)),
        ("de", "Washington setzte dem Iran eine Frist bis Ende November.", ("USA",), ("IRN",)),
        ("de", "Äthiopien beansprucht den Hafen Assab.", ("ETH",), ()),
    ],
)
def test_deadlines_and_claims_are_demands(language: str, text: str, actors: Sides, recipients: Sides) -> None:
    assert coded(language, text) == [("demand", "occurred", actors, recipients)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Trump gave Zelenskiy three weeks of rest."),
        ("en", "Britain gave Ukraine weapons until the end of the year."),
        ("en", "Trump asked the Pentagon for options to strike Venezuela."),
        ("en", "Trump said he had asked the Pentagon to prepare for action in Nigeria."),
        ("en", "Rubio was asked by senators about Venezuela."),
        ("en", "Takaichi told parliament she had been asked a specific question."),
        ("de", "Die Ukraine muss sich Zeit geben, sagte Selenskyj."),
        ("de", "Maduro beansprucht den Wahlsieg für sich."),
    ],
)
def test_times_that_are_no_deadlines_questions_and_orders_to_ones_own_are_no_demands(language: str, text: str) -> None:
    assert "demand" not in [one[0] for one in coded(language, text)]


def test_who_has_been_asked_in_a_relative_clause_is_asked_by_who_stands_behind_by() -> None:
    text = "Belgium, which has been asked by the EU to release the Russian assets, refused."
    assert ("demand", "occurred", ("EU",), ("BEL",)) in coded("en", text)


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        (
            "Islamabad was still prepared to sit down with Kabul if Ankara and Doha guaranteed the outcome.",
            ("PAK",),
            ("AFG",),
        ),
        ("Ethiopia is prepared to sit down with Eritrea if Riyadh guarantees the talks.", ("ETH",), ("ERI",)),
    ],
)
def test_who_is_named_in_the_condition_of_an_offer_has_no_part_in_it(
    text: str, actors: Sides, recipients: Sides
) -> None:
    assert coded("en", text) == [("negotiation_offer", "occurred", actors, recipients)]
