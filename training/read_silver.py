"""The teacher's output as sentences over the pipelines' own tokens."""

import json
from collections.abc import Iterator

import places
from conllu import Sentence, relation

_BRACKETS = {"-LRB-": "(", "-RRB-": ")"}
_NAMES = {
    "PERSON": "PER",
    "PER": "PER",
    "LOCATION": "LOC",
    "LOC": "LOC",
    "ORGANIZATION": "ORG",
    "ORG": "ORG",
    "MISC": "MISC",
}
# A parse that the teacher itself leaves this vague teaches nothing.
MAX_VAGUE = 0.12


def sentences(lang: str) -> Iterator[tuple[Sentence, list[str]]]:
    """Pairs of a parsed sentence and its BIO names; what the teacher left vague or tokenised otherwise is left out.

    `pos` holds the teacher's tags (UPOS in German, Penn in English); lemmas and features are empty.
    """
    folder = places.WORK / "silver"
    parses = (line for path in sorted((folder / lang / "out").iterdir()) for line in path.open(encoding="utf-8"))
    with (folder / f"{lang}.jsonl").open(encoding="utf-8") as tokens:
        for own, parsed in zip(tokens, (line for line in parses if line.strip()), strict=True):
            sentence = _aligned(json.loads(own), _rows(parsed.rstrip("\n")))
            if sentence is not None:
                yield sentence


def _rows(line: str) -> list[list[str]]:
    rows = []
    for cell in line.split(" "):
        rest, tag, ner, head, label = cell.rsplit("/", 4)
        rows.append([rest.partition("/")[2], tag, ner, head, label])
    return rows


def _aligned(own: dict[str, list], rows: list[list[str]]) -> tuple[Sentence, list[str]] | None:
    words, groups, position = own["words"], [], 0
    for word in words:
        size = 1 if position < len(rows) and _same(rows[position][0], word) else 2
        groups.append(list(range(position, position + size)))
        position += size
    if position != len(rows):
        return None
    place = {number: index for index, group in enumerate(groups) for number in group}
    chosen = [
        next((n for n in group if place.get(int(rows[n][3]) - 1) != i), group[0]) for i, group in enumerate(groups)
    ]
    heads = [int(rows[n][3]) - 1 for n in chosen]
    labels = ["ROOT" if head < 0 else relation(rows[n][4]) for n, head in zip(chosen, heads, strict=True)]
    if labels.count("ROOT") != 1 or labels.count("dep") > MAX_VAGUE * len(words):
        return None
    sentence = Sentence(
        words=words,
        spaces=own["spaces"],
        lemmas=[""] * len(words),
        pos=[rows[n][1] for n in chosen],
        tags=[rows[n][1] for n in chosen],
        feats=[""] * len(words),
        heads=[i if head < 0 else place[head] for i, head in enumerate(heads)],
        deps=labels,
    )
    return sentence, _bio([_NAMES.get(rows[n][2], "") for n in chosen])


def _same(teacher: str, own: str) -> bool:
    return _BRACKETS.get(teacher, teacher) == own


def _bio(kinds: list[str]) -> list[str]:
    return [
        ("O" if not kind else ("I-" if i and kinds[i - 1] == kind else "B-") + kind) for i, kind in enumerate(kinds)
    ]
