"""The net that reads the words of a text: what it sees and what it must not see."""

import pytest

from processors.coder.analysis import Candidate, Sentence
from processors.coder.coding import candidates, read, tools
from processors.coder.model import load_models
from processors.coder.reader import TOGETHER, parts


def judged(text: str, language: str) -> tuple[list[Candidate], list[tuple[float, list[float]]]]:
    """The candidates of a text and what the shipped net says of them."""
    sentences: list[Sentence] = read(text, None, tools(language))
    found = candidates(sentences)
    return found, load_models(language).reader.judge(sentences, found, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Poland accused Belarus of sending migrants.", "Japan accused Finland of sending migrants."),
        ("de", "Polen wirft Belarus Lügen vor.", "Japan wirft Finnland Lügen vor."),
    ],
)
def test_who_is_named_changes_nothing(language: str, one: str, other: str) -> None:
    assert judged(one, language)[1] == judged(other, language)[1]


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
        return max(chance for one, (chance, _) in zip(found, said, strict=True) if one.found.rule.type == "attack")

    assert attack(right) > attack(wrong) + 0.2


def test_statuses_are_chances() -> None:
    for chance, statuses in judged("Macron will meet Xi in Paris next week.", "en")[1]:
        assert 0 <= chance <= 1
        assert sum(statuses) == pytest.approx(1, abs=1e-4)


def test_a_long_text_is_read_in_parts_and_each_as_if_it_stood_alone() -> None:
    filler = "The weather in the valley stayed dry and the talks went on all day with no result in sight. " * 40
    sentences = read(filler + "Poland accused Belarus of sending migrants.", None, tools("en"))
    cut = parts(sentences, "en")
    assert len(cut) > 2
    assert max(len(part.words) for part in cut) <= TOGETHER
    net, found = load_models("en").reader, candidates(sentences)
    last = [one for one in found if id(one.sentence) in cut[-1].begins]
    alone = [one for one in sentences if id(one) in cut[-1].begins]
    whole = dict(zip(map(id, found), net.judge(sentences, found, "en"), strict=True))
    for one, (chance, _) in zip(last, net.judge(alone, last, "en"), strict=True):
        assert chance == pytest.approx(whole[id(one)][0], abs=1e-5)


def test_a_text_without_candidates_is_not_read() -> None:
    assert judged("", "de") == ([], [])
