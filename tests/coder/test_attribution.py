"""Whom a text names as the source of an event, and whom it does not."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts


def sources(language: str, text: str, type_: str) -> list[str | None]:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    return [event.attribution for event in events if event.type == type_]


@pytest.mark.parametrize(
    ("language", "text", "type_", "said_by"),
    [
        ("en", "Russia attacked Kharkiv with missiles, two officials said.", "attack", "two officials"),
        ("en", "Russia attacked Kharkiv with missiles, according to the governor.", "attack", "governor"),
        ("en", "Russian forces shell Kharkiv - Ministry of Defence", "attack", "Ministry of Defence"),
        ("en", "Defence Ministry: Russia attacked Kharkiv with missiles", "attack", "Defence Ministry"),
        ("en", "Russia attacked Kharkiv with missiles, says Berlin.", "attack", "Berlin"),
        (
            "en",
            "Russia attacked Kharkiv with missiles, according to state news agency Ukrinform.",
            "attack",
            "state news agency Ukrinform",
        ),
        (
            "en",
            "OSLO, May 4 (Wire) - Two officials said Russia attacked Kharkiv with missiles.",
            "attack",
            "Two officials",
        ),
        ("en", "South Korea reports missile test by North Korea.", "mobilization", "South Korea"),
        ("de", "Russland hat Charkiw angegriffen, sagte ein Sprecher.", "attack", "ein Sprecher"),
        ("de", "Südkorea meldet neuen Raketentest Nordkoreas.", "mobilization", "Südkorea"),
        ("de", "Laut Kiew hat Russland Charkiw mit Raketen angegriffen.", "attack", "Kiew"),
        ("de", "Israel meldet Angriff auf Stellungen der Hisbollah.", "attack", "Israel"),
        ("de", "Am Montag meldete Kiew einen russischen Angriff auf Charkiw.", "attack", "Kiew"),
        ("de", "Aus dem Kreml hieß es, die Ukraine habe Belgorod mit Drohnen angegriffen.", "attack", "Kreml"),
        ("de", "Krieg im Osten: Russland: Ukraine greift Belgorod mit Drohnen an", "attack", "Russland"),
        ("de", "Russland hat Charkiw angegriffen, wie das Ministerium bestätigte.", "attack", "Ministerium"),
        ("en", "A captured pilot says Russia attacked Kharkiv with missiles.", "attack", "captured pilot"),
        ("en", "Russian forces attack Kharkiv,- Governor Ann Oak", "attack", "Governor Ann Oak"),
        ("de", "Krieg im Osten: Kiew: Russland greift Charkiw mit Raketen an", "attack", "Kiew"),
        ("de", "Medienbericht: Macron telefoniert mit Putin", "leader_call", "Medienbericht"),
        ("de", "Frankreich liefert nach eigenen Angaben Panzer an Polen.", "arms_delivery", "Frankreich"),
        (
            "de",
            "Russland hat Charkiw angegriffen. Das teilte der Generalstab in Kiew am Morgen mit.",
            "attack",
            "der Generalstab in Kiew",
        ),
        (
            "de",
            "Norwegen liefert Polen Haubitzen. Das geht aus einer Liste des Ministeriums hervor.",
            "arms_delivery",
            "einer Liste des Ministeriums",
        ),
        (
            "de",
            "Russland hat Charkiw mit Raketen angegriffen, hieß es aus dem Verteidigungsministerium in Kiew.",
            "attack",
            "Verteidigungsministerium in Kiew",
        ),
        (
            "en",
            "Russia attacked Kharkiv with missiles. That is according to the Ministry of Defence.",
            "attack",
            "the Ministry of Defence",
        ),
        (
            "en",
            "Russia is ready for talks with Ukraine, Kremlin spokesman Dmitry Peskov told reporters on Saturday.",
            "negotiation_offer",
            "Kremlin spokesman Dmitry Peskov",
        ),
        (
            "de",
            "Frankreich liefert nach Turmbote-Informationen Panzer an Polen.",
            "arms_delivery",
            "Turmbote-Informationen",
        ),
        ("de", "Macron kündigt neue Sanktionen gegen Belarus an.", "sanctions", "Macron"),
        (
            "de",
            "Norwegen liefert Polen Panzer, das hat Außenminister Eide bestätigt.",
            "arms_delivery",
            "Außenminister Eide",
        ),
    ],
)
def test_the_speaker_is_named(language: str, text: str, type_: str, said_by: str) -> None:
    assert said_by in sources(language, text, type_)


@pytest.mark.parametrize(
    ("language", "text", "type_"),
    [
        ("en", "Russia attacked Kharkiv with missiles.", "attack"),
        ("en", "Turkey threatened Greece with retaliation.", "threat"),
        ("en", "France and Oman signed a deal, according to which Oman will buy frigates.", "agreement"),
        ("de", "Russland hat Charkiw mit Raketen angegriffen – Tote und Verletzte.", "attack"),
        ("de", "Die Türkei droht Griechenland mit Vergeltung.", "threat"),
        ("de", "Jemen: Israel greift Stellungen der Huthi an", "attack"),
        ("de", "Treffen mit Putin: Macron droht Russland mit Sanktionen", "threat"),
        ("de", "Ukraine-Krieg: Frankreich liefert Panzer an Polen", "arms_delivery"),
        ("de", "Treffen von Macron und Modi: Macron nennt Zölle überflüssig", "leader_meeting"),
        ("de", "Nach dem Angriff auf Charkiw kündigte Kanzler Merz eine Rede an.", "attack"),
        ("de", "Russland hat Charkiw angegriffen. Das sagte vorher niemand voraus.", "attack"),
        ("de", "Frankreich liefert Panzer an Polen, hieß es in Bern.", "arms_delivery"),
        ("de", "Paris kündigt neue Sanktionen gegen Belarus an.", "sanctions"),
        ("de", "Russland hat Charkiw angegriffen, Athen sagte der Ukraine Hilfe zu.", "attack"),
        ("de", "Russland greift Charkiw mit Raketen an, Tokio äußert Besorgnis.", "attack"),
        ("en", "Russia attacked Kharkiv with missiles in an operation announced by the EU.", "attack"),
        ("en", "State media in Oslo showed how Russia attacked Kharkiv with missiles.", "attack"),
        ("en", "Egypt, which has shipped weapons to Somalia, met Turkey in Cairo, a diplomat said.", "arms_delivery"),
        ("en", "Ukraine is ready for talks with Russia, President Volodymyr Zelensky has said.", "negotiation_offer"),
        (
            "en",
            "Roads come first, the envoy said after a meeting with French President Emmanuel Macron.",
            "leader_meeting",
        ),
        ("en", "Norway said after a meeting with Iraq in Oslo that roads come first.", "leader_meeting"),
    ],
)
def test_what_the_text_itself_says_has_no_speaker(language: str, text: str, type_: str) -> None:
    assert sources(language, text, type_) == [None]


@pytest.mark.parametrize("behind", ["a day after Israel attacked Hezbollah", "as Israel struck Hezbollah in Lebanon"])
def test_what_comes_behind_a_saying_is_no_part_of_it(behind: str) -> None:
    assert sources("en", f"Russia attacked Kharkiv with missiles, the army said, {behind}.", "attack") == [
        "the army",
        None,
    ]


def test_whom_somebody_speaks_of_or_to_is_not_who_speaks() -> None:
    for text in (
        "The envoy said Iran had attacked a port in Qatar.",
        "She told Iran that Israel had attacked Hezbollah.",
    ):
        assert not {"Iran", "Israel"} & set(sources("en", text, "attack"))


def test_a_headlines_speaker_speaks_in_the_sentence_under_it() -> None:
    text = "Selenskyj: Moskau lehnt Treffen ab\n\nRussland hat in der Nacht Charkiw mit Raketen angegriffen."
    assert "Selenskyj" in sources("de", text, "attack")


@pytest.mark.parametrize(
    ("said", "said_by"),
    [
        ("according to the Polish army", "Polish army"),
        ("according to rescue workers", "rescue workers"),
        ("according to four sources", "four sources"),
        ("according to a senior U.S. official", "senior U.S. official"),
        ("according to the U.N.", "U.N."),
        ("according to the ministry of defence", "ministry of defence"),
        ("according to Ukraine's air force", "Ukraine's air force"),
        ("according to Kharkiv mayor Ihor Terekhov", "Kharkiv mayor Ihor Terekhov"),
        ("according to the Centre for the Study of Drones", "Centre for the Study of Drones"),
        ("according to a note from the Kremlin", "note from the Kremlin"),
        ("according to officials in Kyiv", "officials in Kyiv"),
        ("according to officials briefed on the matter", "officials briefed on the matter"),
        ("according to the police and the mayor", "police and the mayor"),
        ("according to the army on Tuesday", "army"),
        ("according to its foreign ministry", "foreign ministry"),
        ("according to U.S. Secretary of State Marco Rubio", "U.S. Secretary of State Marco Rubio"),
        ("the U.N. refugee agency said", "U.N. refugee agency"),
        ("regional governor Oleh Syniehubov said", "regional governor Oleh Syniehubov"),
        ("Zelensky wrote on X", "Zelensky"),
        ("the mayor posted on Facebook", "the mayor"),
    ],
)
def test_an_english_phrase_is_heard_to_its_end(said: str, said_by: str) -> None:
    assert sources("en", f"Russia attacked Kharkiv, {said}.", "attack") == [said_by]


@pytest.mark.parametrize(
    ("said", "said_by"),
    [
        ("laut Feuerwehr", "Feuerwehr"),
        ("laut Feuerwehr und Polizei", "Feuerwehr und Polizei"),
        ("laut Präsident Selenskyj", "Präsident Selenskyj"),
        ("laut UN-Generalsekretär António Guterres", "UN-Generalsekretär António Guterres"),
        ("laut Bürgermeister Ihor Terechow", "Bürgermeister Ihor Terechow"),
        ("laut einem Bericht der „Polar Post“", "Bericht der „Polar Post“"),
        ("laut „Turmbote“", "Turmbote"),
        ("laut Angaben der Feuerwehr", "Feuerwehr"),
        ("nach Angaben des Gouverneurs von Charkiw", "Gouverneurs von Charkiw"),
        ("nach Angaben aus Kiew", "Kiew"),
        ("nach Angaben seines Sprechers", "Sprechers"),
        ("nach Informationen der „Turm“-Zeitung", "„Turm“-Zeitung"),
        ("nach polnischen Angaben", "polnischen Angaben"),
        ("nach Armeeangaben", "Armeeangaben"),
        ("nach Kiewer Angaben", "Kiewer Angaben"),
        ("Armeeangaben zufolge", "Armeeangaben"),
        ("polnischen Angaben zufolge", "polnischen Angaben"),
        ("einem Bericht der Polar Post zufolge", "Bericht der Polar Post"),
    ],
)
def test_a_german_phrase_ends_before_the_clause_goes_on(said: str, said_by: str) -> None:
    assert sources("de", f"Russland hat {said} Charkiw angegriffen.", "attack") == [said_by]


@pytest.mark.parametrize(
    ("said", "said_by"),
    [
        ("so Selenskyj", "Selenskyj"),
        ("so der Sprecher der Armee", "Sprecher der Armee"),
        ("so kam es zu Bränden", None),
        ("wie es aus Kiew hieß", "Kiew"),
        ("hieß es aus Kiew", "Kiew"),
        ("hieß es in Kiew", None),
        ("teilte Gouverneur Oleh Synjehubow mit", "Gouverneur Oleh Synjehubow"),
    ],
)
def test_a_german_clause_behind_names_the_speaker(said: str, said_by: str | None) -> None:
    assert sources("de", f"Russland hat Charkiw angegriffen, {said}.", "attack") == [said_by]


@pytest.mark.parametrize("said", ["laut Kiew", "nach Angaben der Feuerwehr"])
def test_who_did_it_is_no_part_of_who_says_it(said: str) -> None:
    told = sources("de", f"Charkiw wurde {said} von Russland mit Raketen angegriffen.", "attack")
    assert told == [said.split()[-1]]


def test_a_phrase_ends_where_a_subject_begins() -> None:
    text = "According to Ukrainian officials Russia attacked Kharkiv with drones."
    assert sources("en", text, "attack") == ["Ukrainian officials"]


def test_a_title_takes_no_words_from_before_it() -> None:
    text = "Streit über Kriege Macron meldet Angriff auf Charkiw."
    assert sources("de", text, "attack") == ["Macron"]


def test_a_misread_verb_is_no_part_of_a_name() -> None:
    assert sources("en", "Poland denies attack on Belarus.", "attack") == ["Poland"]


@pytest.mark.parametrize(
    ("language", "text", "type_", "said_by"),
    [
        ("en", "Macron met Xi in Beijing and said Russia had attacked Kharkiv.", "attack", "Macron"),
        ("de", "Macron empfing Xi in Paris und sagte, Russland habe Charkiw angegriffen.", "attack", "Macron"),
        # Who refuses is no source of it, nor is who is named just before.
        ("en", "Zelensky thanks Trump, but says no to giving up Crimea", "rejection", None),
    ],
)
def test_who_goes_on_to_say_something_is_who_did_something_before(
    language: str, text: str, type_: str, said_by: str | None
) -> None:
    assert sources(language, text, type_) == [said_by]


def test_the_reason_that_a_speaker_cites_is_no_source() -> None:
    text = "Germany is to resume arms exports to Israel, Chancellor Merz said, citing the truce in Gaza."
    assert sources("en", text, "arms_delivery") == ["Chancellor Merz"]
    text = "Russia attacked Kharkiv with missiles, Interfax reported, citing officials."
    assert sources("en", text, "attack") == ["officials"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The US imposed sanctions on Rosneft a day after Trump said the summit was off.", "sanctions"),
        ("China put duties on Canadian canola. Beijing announced the levies hours after the Canadian prime minister "
         "said he would meet Xi Jinping.", "sanctions"),
        ("Lebanese president: 'We have no choice but to negotiate.' IDF drone strike kills two Hezbollah operatives "
         "near Nabatieh.", "attack"),
        ("UAE denies arming RSF as Sudan renews genocide charge. The Sudanese government accuses it of complicity in "
         "genocide.", "accusation"),
        ("Peskov says the plan is being studied; Hezbollah chief Naim Qassem rejects talks with Israel.", "rejection"),
    ],
)  # fmt: skip
def test_a_speaker_is_the_source_of_his_own_words_alone(text: str, type_: str) -> None:
    said_by = sources("en", text, type_)
    assert said_by
    assert set(said_by) == {None}
