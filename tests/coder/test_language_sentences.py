"""Sentence boundaries by rule."""

import pytest

from processors.coder.language import split_sentences


def split(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, lang)]


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("de", ["Am 12. Mai sprach Dr. Weber mit dem Minister.", "Er blieb bis zum 3. Oktober."]),
        ("de", ["Das 19. Sanktionspaket gilt seit gestern.", "Budapest stimmte zu."]),
        ("de", ["Es geht u. a. um Gas.", "Ist das neu?", "Nein!"]),
        ("de", ["Der Sender nahm rd. 3,5 Mio. Euro ein.", "W. Braun bestritt es."]),
        ("en", ["U.S. envoys met Gen. Hart in Geneva.", "Mr. Lowe was absent."]),
        ("en", ['"We will not sign."', "That is what he said on Jan. 3 in Oslo."]),
        ("de", ["Das 20. EU-Sanktionspaket kommt.", "Die 80. UN-Vollversammlung begann."]),
        ("de", ["Der 47. US-Präsident kam am 3. Nov. nach Rom.", "Am 4. Okt. Minsk, am 5. Wilna."]),
        ("de", ["Die Frist endet am 30.", "Das sagte der Minister.", "Sie gilt bis zum 3.", "Danach ist Schluss."]),
        ("de", ["Sie will z.B. Panzer und u.a. Munition.", "Gen. Brand und Adm. Krull kamen."]),
        ("de", ["Rom will mit Papst Leo XIV. Vermittler einladen.", "Am Abend empfing ihn König Charles III."]),
        ("de", ["Er traf Papst Leo XIV.", "Das Gespräch dauerte lange."]),
        ("en", ["Brig. Cole met Amb. Stone on Fri. Nov. 7 in Oslo.", "Pres. Lund sat.", "Then he rose."]),
        ("en", ["Talks were held in the U.S.", "The meeting ended.", "The U.S. Navy left."]),
        ("en", ["Who knew?", "Nobody did...", "Then it began."]),
    ],
)
def test_full_stops_of_abbreviations_initials_and_ordinals_end_no_sentence(lang, sentences):
    assert split(" ".join(sentences), lang) == sentences


def test_a_headline_without_full_stop_ends_at_its_line():
    assert split("Kiew meldet Angriff\n\nIn der Nacht fielen Drohnen.\nEs gab Tote.", "de") == [
        "Kiew meldet Angriff",
        "In der Nacht fielen Drohnen.",
        "Es gab Tote.",
    ]


def test_offsets_point_into_the_text_without_white_space_around():
    text = "  Erster Satz.   Zweiter Satz.  "
    assert split_sentences(text, "de") == [(2, 14), (17, 30)]


def test_a_lower_case_letter_after_the_stop_continues_the_sentence():
    assert split("Er kam um ca. acht Uhr ... oder später. Dann ging er.", "de") == [
        "Er kam um ca. acht Uhr ... oder später.",
        "Dann ging er.",
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_empty_text_has_no_sentence(text):
    assert split_sentences(text, "de") == []


def test_a_language_without_a_list_is_divided_all_the_same():
    assert split("Bonjour. Ça va? Oui.", "fr") == ["Bonjour.", "Ça va?", "Oui."]
