"""People and offices that no table knows, resolved from the text they stand in."""

from datetime import date
from pathlib import Path

import pytest

from processors.coder.actors import ActorContext, ActorSpan, find_actors, find_pronouns, load_actors

TABLE = load_actors(Path(__file__).parents[2] / "config")
TODAY = date(2026, 3, 10)


def spans(text: str, lang: str, context: ActorContext | None = None) -> list[ActorSpan]:
    return find_actors(text, lang, TODAY, TABLE, context)


def ids_of(form: str, text: str, lang: str) -> list[tuple[str, ...]]:
    return [span.ids for span in spans(text, lang) if text[span.start : span.end] == form]


INTRODUCED = [
    ("de", "Der polnische Präsident Zbyszko Wodnicki reist ab. Wodnicki lobte das Treffen.", "Wodnicki", "POL"),
    ("de", "Wodnicki reist ab. Der polnische Präsident Zbyszko Wodnicki lobte ihn.", "Wodnicki", "POL"),
    ("de", "Der finnische Verteidigungsminister Eero Koskinummi kam. Koskinummis Plan", "Koskinummis", "FIN"),
    ("en", "India's Foreign Minister R. Venkataprasad flew in. Venkataprasad said no.", "Venkataprasad", "IND"),
    ("en", "Polish Prime Minister Zbyszko Wodnicki left. Later Wodnicki called.", "Wodnicki", "POL"),
    ("en", "Zbyszko Wodnicki, Poland's foreign minister, left. Wodnicki will be back.", "Wodnicki", "POL"),
    ("en", "British Foreign Secretary Yvette Cooper spoke. Cooper denied it.", "Cooper", "GBR"),
    ("en", "Boris Johnson met Minister Healey. Johnson left.", "Johnson", "OTHER"),
]


@pytest.mark.parametrize(("lang", "text", "surname", "expected"), INTRODUCED)
def test_a_person_introduced_by_office_is_known_by_surname(lang: str, text: str, surname: str, expected: str) -> None:
    assert ids_of(surname, text, lang)[-1] == (expected,)


def test_a_name_ends_with_its_sentence() -> None:
    text = "Es sprach der lettische Botschafter Uldis Kalnbergs. Verlassen hat er den Saal nicht. Die Lage ist ernst."
    (span,) = spans(text, "de")
    assert span.name == "Uldis Kalnbergs"


def test_the_introduction_is_one_span_with_the_persons_name() -> None:
    text = "Der polnische Präsident Zbyszko Wodnicki reist ab."
    (span,) = spans(text, "de")
    assert (text[span.start : span.end], span.kind, span.name) == (
        "polnische Präsident Zbyszko Wodnicki",
        "person",
        "Zbyszko Wodnicki",
    )


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Der polnische Präsident Waffen und Hilfe versprach."),
        ("de", "Gestern hat der türkische Präsident Verhandlungen gefordert. Verhandlungen sind nötig."),
        ("en", "Polish President Rejects Plan For Talks"),
        ("en", "Polish President Welcomes Deal. Welcomes all round."),
        ("de", "Es sprach der finnische Präsident Peter"),
    ],
)
def test_words_behind_an_office_are_no_name(lang: str, text: str) -> None:
    assert [span.kind for span in spans(text, lang)] == ["office"]


@pytest.mark.parametrize(
    ("lang", "text", "form", "expected"),
    [
        (
            "de",
            "Der lettische Außenminister U. Kalnbergs kam. Dann sprach der Außenminister.",
            "Außenminister",
            "LVA",
        ),
        ("de", "Die serbische Regierung tagte. Die Regierung lehnt ab.", "Regierung", "SRB"),
        ("en", "The Latvian foreign minister came. Later the foreign minister spoke.", "foreign minister", "LVA"),
        ("en", "Kenya's President William Ruto came. The president left.", "president", "KEN"),
    ],
)
def test_an_office_alone_means_the_one_that_the_text_named(lang: str, text: str, form: str, expected: str) -> None:
    assert ids_of(form, text, lang) == [(expected,)]


def test_an_office_that_the_text_never_placed_names_nobody() -> None:
    (span,) = spans("Der Minister lehnt ab.", "de")
    assert (span.kind, span.ids) == ("title", ())


def test_the_holder_is_remembered_with_the_office() -> None:
    text = "Kenya's President William Ruto came. The president left."
    assert spans(text, "en")[-1].name == "William Ruto"


def test_pieces_of_one_text_share_a_context() -> None:
    context = ActorContext()
    spans("Der polnische Präsident Zbyszko Wodnicki reist ab.", "de", context)
    (span,) = spans("Wodnicki lobte das Treffen.", "de", context)
    assert span.ids == ("POL",)


def test_texts_share_nothing_without_one() -> None:
    spans("Der polnische Präsident Zbyszko Wodnicki reist ab.", "de")
    assert spans("Wodnicki lobte das Treffen.", "de") == []


PRONOUNS = [
    ("de", "Putin reist ab. Er will zurückkommen.", ["RUS"]),
    ("en", "Meloni left. She will be back.", ["ITA"]),
    ("en", "The Polish president left. He will be back.", ["POL"]),
    ("en", "Meloni met Macron. She will be back.", []),
    ("en", "Putin left. Nothing happened. It rained for days. He was tired.", []),
    ("de", "Es regnet. Er kommt.", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), PRONOUNS, ids=[text for _, text, _ in PRONOUNS])
def test_a_pronoun_is_resolved_only_where_one_person_can_be_meant(lang: str, text: str, expected: list[str]) -> None:
    assert [span.ids[0] for span in find_pronouns(text, lang, spans(text, lang))] == expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("Will Macron meet Xi?", "Macron", [("FRA",)]),
        ("Talks stall. Will Germany send tanks?", "Germany", [("DEU",)]),
        ("May Poland join?", "Poland", [("POL",)]),
        ("The actor Will Macron sang.", "Macron", []),
    ],
)
def test_a_given_name_that_opens_a_question_is_none(text: str, form: str, expected: list[tuple[str, ...]]) -> None:
    assert ids_of(form, text, "en") == expected


@pytest.mark.parametrize(
    ("lang", "text", "form", "expected"),
    [
        (
            "en",
            "Israel shelled posts of Hezbollah. Washington urged both sides to stop.",
            "both sides",
            {"ISR", "HEZBOLLAH"},
        ),
        ("de", "Moskau und Kiew schweigen. Beide Seiten reden wieder.", "Beide Seiten", {"RUS", "UKR"}),
    ],
)
def test_both_sides_are_those_of_a_war_that_the_text_names(lang: str, text: str, form: str, expected: set[str]) -> None:
    assert [set(ids) for ids in ids_of(form, text, lang)] == [expected]


def test_both_sides_without_a_war_are_nobody() -> None:
    assert not [
        ids for ids in ids_of("both sides", "Norway and Chile met. Oslo urged both sides to wait.", "en") if ids
    ]


DESCRIBED = [
    ("en", "Saudi Arabia wrote to Qatar. The kingdom waits.", "kingdom", ("SAU",)),
    ("en", "Kuwait wrote to Qatar. The small Gulf emirate waits.", "Gulf emirate", ("QAT",)),
    ("de", "Jordanien schrieb an Ägypten. Das Königreich wartet.", "Königreich", ("JOR",)),
    ("en", "M23 rebels left the town. Rwanda does not arm the rebels.", "rebels", ("M23",)),
    ("de", "Die Hamas sagte ab. Israel nennt die Islamistenorganisation stur.", "Islamistenorganisation", ("HAMAS",)),
    ("en", "Estonia and Latvia agreed. Riga spoke for both small countries.", "countries", ("EST", "LVA")),
    ("en", "Serbia's president and Kosovo's prime minister met. The two leaders ate.", "leaders", ("SRB", "XKX")),
    ("de", "Thailand und Kambodscha streiten. Tokio rief beide Länder an.", "Länder", ("THA", "KHM")),
    (
        "en",
        "Thailand fights on. Cambodia waits. Thailand and, later, Cambodia: both leaders.",
        "leaders",
        ("THA", "KHM"),
    ),
    ("en", "Sudan's army lost. The military said so.", "military", ("SDN",)),
    ("en", "The Foreign Ministry in Beijing said so.", "Foreign Ministry in Beijing", ("CHN",)),
    ("en", "Officials in Kyiv said so.", "Officials in Kyiv", ("UKR",)),
    ("de", "Die Machthaber in Niger sagten es.", "Machthaber in Niger", ("NER",)),
]


@pytest.mark.parametrize(("lang", "text", "form", "expected"), DESCRIBED)
def test_a_description_means_whom_the_text_has_named(
    lang: str, text: str, form: str, expected: tuple[str, ...]
) -> None:
    assert ids_of(form, text, lang)[-1] == expected


@pytest.mark.parametrize(
    ("lang", "text", "form"),
    [
        ("en", "Qatar wrote to Egypt. The kingdom waits.", "kingdom"),
        ("en", "Hamas and Hezbollah met. The group waits.", "group"),
        ("en", "Poland wrote. Both countries wait.", "countries"),
        ("de", "Polen schrieb Italien. Spanien schrieb Polen. Beide Regierungen warten.", "Regierungen"),
    ],
)
def test_a_description_that_fits_nobody_or_several_means_nobody(lang: str, text: str, form: str) -> None:
    assert not any(ids_of(form, text, lang))


def test_who_is_called_a_former_official_stays_one() -> None:
    text = "The former Polish minister Zbyszko Wodnicki spoke. Wodnicki left."
    assert ids_of("Wodnicki", text, "en") == [("OTHER",)]


def test_who_has_another_office_than_the_tables_know_is_known_by_it() -> None:
    text = "US climate envoy Mike Pompeo spoke. Pompeo left."
    assert [span.ids for span in spans(text, "en")] == [("USA",), ("USA",)]
