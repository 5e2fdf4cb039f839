"""The codes of other schemes that an event carries, chosen by config/events.yaml."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from processors.coder.analysis import Candidate, Sentence
from processors.coder.triggers import Word
from processors.records import EVENT_TYPES, Status
from processors.settings import ROOT, config_error, load_yaml

# What is only the occasion of something, or another clause than its own, does not tell what it is.
_OCCASION = frozenset(
    "wegen trotz während angesichts infolge seit after over amid despite during since following".split()
)
_ELSEWHERE = frozenset({"advcl", "acl:relcl", "parataxis", "punct"})
_UNDER = frozenset({"obj", "nsubj", "amod", "compound"})


class Codes(NamedTuple):
    """PLOVER type-mode, CAMEO code, quad class, and the score of the PLOVER type."""

    plover: str
    cameo: str
    quad_class: int
    goldstein: float


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(_Section):
    """Codes of a type, for the events of a status and of a family (absent: any)."""

    family: str | None = None
    status: Status | None = None
    plover: str
    cameo: str
    quad_class: int = Field(ge=1, le=4)
    context: str = ""


class Family(_Section):
    """By which words a family is known, per language: `words` of the trigger, `near` of the trigger or of what hangs on
    it in the parse. Where both are given, both are needed."""

    family: str
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    near: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_words(self) -> "Family":
        if not any((*self.words.values(), *self.near.values())):
            raise ValueError(f"{self.family!r} has no words to be known by")
        if any(not pattern.strip(" *…/") for known in (self.words, self.near) for pattern in sum(known.values(), ())):
            raise ValueError(f"{self.family!r}: a pattern without letters fits everything")
        return self


class Type(_Section):
    """An event type. The first of the `families` that is told by an event's words chooses among its `codes`."""

    reciprocal: bool
    context: str
    label: dict[str, str]
    description: dict[str, str]
    codes: tuple[Row, ...] = Field(min_length=1)
    families: tuple[Family, ...] = ()

    @model_validator(mode="after")
    def _families_match(self) -> "Type":
        coded, known = {row.family for row in self.codes if row.family}, {one.family for one in self.families}
        if coded - known:
            raise ValueError(f"the family {min(coded - known)!r} of codes has no words under families")
        if known - coded:
            raise ValueError(f"the family {min(known - coded)!r} of families has no row under codes")
        if self.codes[-1].family or self.codes[-1].status:
            raise ValueError("the last row of codes must fit every event: no family, no status")
        return self


class Tables(_Section):
    """What config/events.yaml holds."""

    types: dict[str, Type]
    plover_scores: dict[str, float] = Field(default_factory=dict)
    goldstein: dict[str, float] = Field(default_factory=dict)

    @field_validator("types")
    @classmethod
    def _all_types(cls, value: dict[str, Type]) -> dict[str, Type]:
        if odd := sorted(set(value) ^ set(EVENT_TYPES)):
            raise ValueError(f"{odd[0]!r} is {'missing' if odd[0] in EVENT_TYPES else 'no event type'}")
        return value


@cache
def _tables(config_dir: Path | None) -> Tables:
    path = (config_dir or ROOT / "config") / "events.yaml"
    try:
        return Tables.model_validate(load_yaml(path))
    except ValidationError as error:
        raise config_error(path, error) from None


@cache
def codes_of(kind: str, status: str, family: str, config_dir: Path | None = None) -> Codes:
    """The first row of the type's codes that fits status and family."""
    tables = _tables(config_dir)
    row = next(one for one in tables.types[kind].codes if one.status in (None, status) and one.family in (None, family))
    return Codes(row.plover, row.cameo, row.quad_class, _score(tables.goldstein, row.plover, row.cameo))


def _score(table: dict[str, float], plover: str, cameo: str) -> float:
    return next((table[key] for key in (plover, cameo, plover.split("-")[0]) if key in table), 0.0)


def family_of(kind: str, mentions: Iterable[Candidate], language: str, config_dir: Path | None = None) -> str:
    """The family that an event's rule names or, where none does, the first that its words tell; "" where none is told.
    The surest of its `mentions`, which come first, are heard before the others."""
    for one in mentions:
        if family := one.found.rule.family or _told(one, _patterns(kind, language, config_dir)):
            return family
    return ""


class _Pattern(NamedTuple):
    family: str
    words: re.Pattern[str] | None
    near: re.Pattern[str] | None


@cache
def _patterns(kind: str, language: str, config_dir: Path | None) -> tuple[_Pattern, ...]:
    families = _tables(config_dir).types[kind].families
    compiled = [_Pattern(one.family, _any_of(one.words, language), _any_of(one.near, language)) for one in families]
    return tuple(one for one in compiled if one.words or one.near)


def _any_of(known: dict[str, tuple[str, ...]], language: str) -> re.Pattern[str] | None:
    """Patterns such as "*angriff*", "talks/negotiation* … break* off", as one for the forms or lemmas of `_line`."""
    patterns = ["(?: .*)? ".join(map(_phrase, one.split("…"))) for one in known.get(language, ())]
    return re.compile(rf"(?<= )(?:{'|'.join(patterns)})(?= )") if patterns else None


def _phrase(words: str) -> str:
    return " ".join(
        "(?:" + "|".join(re.escape(one.lower()).replace(r"\*", "[^ ]*") for one in word.split("/")) + ")"
        for word in words.split()
    )


def _told(one: Candidate, patterns: Sequence[_Pattern]) -> str:
    if not patterns:
        return ""
    words = one.sentence.words
    own, near = _lines([words[place] for place in one.found.words]), _lines([words[place] for place in _near(one)])
    for pattern in patterns:
        if (not pattern.words or _has(pattern.words, own)) and (not pattern.near or _has(pattern.near, near)):
            return pattern.family
    return ""


def _has(pattern: re.Pattern[str], lines: tuple[str, str]) -> bool:
    return any(pattern.search(line) for line in lines)


def _lines(words: Sequence[Word]) -> tuple[str, str]:
    """Words as they are written and as the dictionary has them, spaces around each."""
    return f" {' '.join(word.lower for word in words)} ", f" {' '.join(word.lemma for word in words)} "


def _near(one: Candidate) -> list[int]:
    """The places of a trigger's words and of all that hang in the parse on them, or on what they are part of: the verb
    whose subject or object they are, the noun that they describe."""
    sentence, below = one.sentence, one.sentence.children()
    reached = set(one.found.words)
    if sentence.parsed:
        reached |= {sentence.heads[place] for place in one.found.words if sentence.deps[place] in _UNDER}
    todo = list(reached)
    while todo:
        more = [child for child in below[todo.pop()] if child not in reached and _belongs(sentence, child, below)]
        reached.update(more)
        todo += more
    return sorted(reached)


def _belongs(sentence: Sentence, place: int, below: Sequence[Sequence[int]]) -> bool:
    label = sentence.deps[place]
    if label in _ELSEWHERE or (label == "conj" and sentence.tags[place] == "VERB"):
        return False
    return all(sentence.words[child].lower not in _OCCASION for child in below[place] if sentence.deps[child] == "case")
