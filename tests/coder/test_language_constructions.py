"""The constructions of constructions_{de,en}.yaml, written before training, as the shipped pipelines parse them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from processors.coder.language import parse, shipped_languages

NEEDED = 50  # of 60 a language
ROLES = {"subject": {"nsubj", "csubj"}, "object": {"obj", "iobj"}, "indirect": {"iobj", "obj", "obl"}}
OBLIQUE = {"obl", "nmod"}


def cases(lang: str) -> list[dict[str, Any]]:
    groups = yaml.safe_load((Path(__file__).parent / f"constructions_{lang}.yaml").read_text(encoding="utf-8"))
    return [case for group in groups.values() for case in group]


def inside(token, phrase: str) -> bool:
    start = token.doc.text.index(phrase)
    return start <= token.idx < start + len(phrase)


def prepositions(token) -> set[str]:
    return {child.text for child in token.children if child.dep_ == "case"}


def with_conjuncts(token) -> list:
    return [token, *token.conjuncts]


def wrong_arguments(doc, case: dict[str, Any]) -> list[str]:
    """What of `case` the parse does not show, one line per argument; empty when all is right."""
    predicate = next(token for token in doc if token.text == case["predicate"])
    children = list(predicate.children)
    wrong = []
    if "lemma" in case and predicate.lemma_ != case["lemma"]:
        wrong.append(f"lemma {predicate.lemma_}, not {case['lemma']}")
    if case.get("passive") and predicate.morph.get("Voice") != ["Pass"]:
        wrong.append("not passive")
    if "mark" in case and not any(c.dep_ in {"mark", "case"} and c.text == case["mark"] for c in children):
        wrong.append(f"{case['mark']} does not mark it")
    for role, labels in ROLES.items():
        found = [c for c in children if c.dep_ in labels and (role != "indirect" or not prepositions(c))]
        wrong += [f"{role} {p!r} not found" for p in case.get(role, []) if not any(inside(c, p) for c in found)]
        if role != "indirect":
            expected = [*case.get(role, []), *(case.get("indirect", []) if role == "object" else [])]
            wrong += [f"{role} {c.text!r} is none" for c in found if not any(inside(c, p) for p in expected)]
    for preposition, phrase in case.get("oblique", {}).items():
        found = [c for c in children if c.dep_ in OBLIQUE and preposition in prepositions(c)]
        if not any(inside(c, phrase) for c in found):
            wrong.append(f"oblique {preposition} {phrase!r} not found")
    return wrong + unjoined(doc, case)


def unjoined(doc, case: dict[str, Any]) -> list[str]:
    phrases = case.get("conjoined", [])
    if not phrases:
        return []
    first = [t for t in doc if inside(t, phrases[0])]
    joined = any(all(any(inside(c, p) for c in with_conjuncts(t)) for p in phrases) for t in first)
    return [] if joined else [f"{phrases} are not conjoined"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_at_least_fifty_of_sixty_constructions_have_all_their_arguments_right(lang):
    assert lang in shipped_languages()
    found = cases(lang)
    assert len(found) == 60
    docs = parse([case["text"] for case in found], lang)
    wrong = {
        case["text"]: problems
        for case, doc in zip(found, docs, strict=True)
        if (problems := wrong_arguments(doc, case))
    }
    for text, problems in wrong.items():
        print(f"{text}: {'; '.join(problems)}")
    assert len(found) - len(wrong) >= NEEDED
