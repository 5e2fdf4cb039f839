"""Words that seem to negate what stands around them and do not: "not only", "no casualties"."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from processors.coder.lexicon import Government

if TYPE_CHECKING:
    from processors.coder.triggers import Word

_PHRASE = 4  # words of the longest phrase before which a negator does not negate


def is_pseudo(words: Sequence["Word"], place: int, rules: Government) -> bool:
    """Whether the word at `place` only seems to negate, ConText's pseudo-negation: "not only", "nicht mehr nur",
    "nicht zum ersten Mal"."""
    if words[place].lower not in rules.negators:
        return False
    if any(word.lower in rules.only for word in words[place + 1 : place + 3]):
        return True
    after = [word.lower for word in words[place + 1 : place + 1 + _PHRASE]]
    return any(" " in phrase and after[: len(parts := phrase.split())] == parts for phrase in rules.only)


def spared(words: Sequence["Word"], place: int, rules: Government) -> list[int]:
    """The places of the harm of which the word at `place` says that it was done to nobody: "no reports of casualties",
    "nobody was killed or hurt"."""
    out: list[int] = []
    if words[place].lower in rules.spares:
        for at in range(place + 1, len(words)):
            if words[at].lower in rules.harm:
                out.append(at)
            elif words[at].lower not in rules.between:
                break
    return out
