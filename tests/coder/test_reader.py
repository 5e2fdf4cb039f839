"""The transformer that reads the words of a text: how words are cut, what it sees, and what it says."""

import pytest

from processors.coder.analysis import Candidate, Sentence
from processors.coder.coding import candidates, read, tools
from processors.coder.model import load_models
from processors.coder.pieces import UNKNOWN, Pieces
from processors.coder.reader import TOGETHER, Reading, parts


def judged(text: str, language: str) -> tuple[list[Candidate], list[Reading]]:
    """The candidates of a text and what the shipped reader says of them."""
    sentences: list[Sentence] = read(text, None, tools(language))
    found = candidates(sentences)
    return found, load_models(language).reader.judge([(sentences, found)])[0]


PIECES = Pieces({"": (0, 0.0), "▁": (1, -4.0), "▁Treff": (2, -5.0), "en": (3, -3.0), "▁Treffen": (4, -7.0),
                 "s": (5, -4.0), "T": (6, -9.0)})  # fmt: skip


def test_a_word_is_cut_where_its_pieces_are_likeliest() -> None:
    assert PIECES.of("Treffen") == (4,)
    assert PIECES.of("Treffens") == (4, 5)
    assert PIECES.of("en") == (1, 3)


def test_characters_that_no_piece_has_are_unknown_and_cost_no_other() -> None:
    assert PIECES.of("Treff☃en") == (2, UNKNOWN, 3)
    assert PIECES.of("") == (1,)


def test_a_word_without_end_is_cut_in_a_few_pieces() -> None:
    assert len(PIECES.of("en" * 100_000)) == 8


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_shipped_vocabulary_knows_every_letter_of_its_language(language: str) -> None:
    pieces = load_models(language).reader.pieces
    for char in "abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789.,:;!?-()":
        assert UNKNOWN not in pieces.of(char), char


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("en", "Russian missiles struck a power plant in Odesa, Ukraine said.",
         "Bank staff in Ukraine went on strike for better pay, a union said."),
        ("de", "Russische Raketen haben ein Kraftwerk in Odessa angegriffen.",
         "Der Trainer sagt, Bayern müsse im Angriff gegen Russland besser werden."),
    ],
)  # fmt: skip
def test_an_attack_in_war_is_likelier_than_one_in_sport_or_at_work(language: str, right: str, wrong: str) -> None:
    def attack(text: str) -> float:
        found, said = judged(text, language)
        return max(each.chance for one, each in zip(found, said, strict=True) if one.found.rule.type == "attack")

    assert attack(right) > attack(wrong) + 0.2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Poland accused Belarus of sending migrants across the border."),
        ("de", "Polen wirft Belarus vor, Migranten über die Grenze zu schicken."),
    ],
)
def test_who_accuses_whom_is_read_from_the_words_alone(language: str, text: str) -> None:
    found, said = judged(text, language)
    surest = max(zip(found, said, strict=True), key=lambda each: each[1].chance)[1]
    assert surest.roles["POL"][0] > 0.5 > surest.roles["POL"][1]
    assert surest.roles["BLR"][1] > 0.5 > surest.roles["BLR"][0]


def test_what_it_says_are_chances() -> None:
    for reading in judged("Macron will meet Xi in Paris next week.", "en")[1]:
        assert 0 <= reading.chance <= 1
        assert sum(reading.status) == pytest.approx(1, abs=1e-4)
        for odds in reading.roles.values():
            assert sum(odds) == pytest.approx(1, abs=1e-4)


def test_a_long_text_is_read_in_parts_and_each_as_if_it_stood_alone() -> None:
    filler = "The weather in the valley stayed dry and the talks went on all day with no result in sight. " * 40
    sentences = read(filler + "Poland accused Belarus of sending migrants.", None, tools("en"))
    net, found = load_models("en").reader, candidates(sentences)
    cut = parts(sentences, net.pieces)
    assert len(cut) > 2
    assert max(len(part.pieces) for part in cut) <= TOGETHER
    last = [one for one in found if id(one.sentence) in cut[-1].begins]
    alone = [one for one in sentences if id(one) in cut[-1].begins]
    whole = dict(zip(map(id, found), net.judge([(sentences, found)])[0], strict=True))
    for one, reading in zip(last, net.judge([(alone, last)])[0], strict=True):
        assert reading.chance == pytest.approx(whole[id(one)].chance, abs=1e-4)


def test_one_sentence_of_endless_words_is_read_as_far_as_a_part_goes() -> None:
    text = "Poland accused Belarus of sending migrants, " + "Donaudampfschifffahrtsgesellschaftskapitän " * 15 + "said."
    sentences = read(text, None, tools("en"))
    for part in parts(sentences, load_models("en").reader.pieces):
        assert len(part.pieces) == len(part.marks) <= TOGETHER
    assert judged(text, "en")[1]


def test_texts_that_are_read_together_are_read_as_each_alone() -> None:
    kit = tools("en")
    texts = [read(f"Poland accused {who} of sending migrants. {who} will hold talks with Poland.", None, kit)
             for who in ("Belarus", "Russia", "Hungary") * 30]  # fmt: skip
    asked = [(one, candidates(one)) for one in texts]
    net = load_models("en").reader
    for each, together in zip(asked, net.judge(asked), strict=True):
        alone = net.judge([each])[0]
        assert [one.chance for one in together] == pytest.approx([one.chance for one in alone], abs=1e-4)


def test_a_text_without_candidates_is_not_read() -> None:
    assert judged("", "de") == ([], [])
