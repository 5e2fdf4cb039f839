"""CoNLL-U sentences as the pipelines see them: surface tokens, relations without subtypes."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

# The one subtype that is kept: a separable particle must not be confused with a compound.
KEPT_SUBTYPES = {"compound:prt"}
# Features that the coder or its users read; the rest only multiplies the morphologizer's labels.
KEPT_FEATURES = (
    "Case",
    "Gender",
    "Mood",
    "Number",
    "Person",
    "Tense",
    "VerbForm",
    "Voice",
    "Degree",
    "PronType",
    "Poss",
    "Polarity",
    "Definite",
    "Foreign",
    "NumType",
    "Reflex",
)


@dataclass(slots=True)
class Sentence:
    """One sentence, a list per column; `heads` are indices from 0, the root points at itself; `names` are BIO labels.

    Columns that a source does not annotate hold empty strings, or are empty altogether.
    """

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def read(path: Path, *, merge: bool) -> Iterator[Sentence]:
    """The sentences of a (gzipped) CoNLL-U file.

    With `merge`, a multiword token ("im") is one token that takes the place of its first part with a head outside
    itself, as spaCy's tokenizer keeps it. Without, its parts stand alone ("do", "n't"), as spaCy's English splits them.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for block in _blocks(lines):
            yield _sentence(block, merge=merge)


def _blocks(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for line in lines:
        line = line.rstrip("\n")
        if not line and block:
            yield block
            block = []
        elif line and not line.startswith("#"):
            block.append(line.split("\t"))
    if block:
        yield block


def relation(label: str) -> str:
    """A dependency label without its subtype, unless that subtype is kept."""
    return label if label in KEPT_SUBTYPES else label.partition(":")[0]


def features(text: str, pos: str, *, passive: bool = False) -> str:
    """The kept features in UD's order.

    Voice=Pass is added where the relations say so and the treebank does not, VerbForm where PUD leaves it out.
    """
    kept = {} if text in {"_", ""} else dict(pair.split("=", 1) for pair in text.split("|"))
    kept = {name: value.split(",")[0] for name, value in kept.items() if name in KEPT_FEATURES}
    if pos in {"VERB", "AUX"} and "VerbForm" not in kept:
        kept["VerbForm"] = "Fin" if "Mood" in kept else "Part" if "Tense" in kept else "Inf"
    if passive and kept.get("VerbForm") == "Part":
        kept["Voice"] = "Pass"
    return "|".join(f"{name}={kept[name]}" for name in sorted(kept))


def _sentence(block: list[list[str]], *, merge: bool) -> Sentence:
    rows = [row for row in block if row[0].isdigit()]
    spans = {int(a): (int(b), row) for row in block if "-" in row[0] for a, b in [row[0].split("-")]}
    passive = {int(row[6]) for row in rows if row[7] == "aux:pass"}
    groups = _groups(len(rows), spans if merge else {})
    place = {number: index for index, group in enumerate(groups) for number in group}
    out = Sentence()
    for index, group in enumerate(groups):
        chosen = next((rows[n - 1] for n in group if place.get(int(rows[n - 1][6])) != index), rows[group[0] - 1])
        number, head = int(chosen[0]), int(chosen[6])
        surface = spans[group[0]][1] if len(group) > 1 else chosen
        last = next(
            (row for first, (end, row) in spans.items() if end == group[-1] and first <= end), rows[group[-1] - 1]
        )
        inside = any(first <= group[-1] < end for first, (end, _) in spans.items()) and len(group) == 1
        out.words.append(surface[1])
        out.spaces.append(not inside and "SpaceAfter=No" not in last[9])
        out.lemmas.append(chosen[2])
        out.pos.append(chosen[3])
        out.tags.append(chosen[4])
        out.feats.append(features(chosen[5], chosen[3], passive=number in passive))
        out.heads.append(place[head] if head else index)
        out.deps.append("ROOT" if not head else relation(chosen[7]))
    return out


def _groups(count: int, spans: dict[int, tuple[int, list[str]]]) -> list[list[int]]:
    groups, number = [], 1
    while number <= count:
        end = spans[number][0] if number in spans else number
        groups.append(list(range(number, end + 1)))
        number = end + 1
    return groups
