"""Whether the lemma of an English word has a capital: "Fish" in "Fish Street" has one, in a headline it has none.

The tagger confuses names and nouns above all where capitals say nothing (titles, headlines, names in lower case). So
its word is weighed against the words around and against how the word is written elsewhere. The weights come from
training/capitals.py and lie in the pipeline's lemmatizer; without them the tagger alone decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

OPENERS = {'"', "“", "'", "(", "-", "*", ":"}
# The parts of speech whose lemmas may have a capital.
CONTENT = {"NOUN", "PROPN", "ADJ", "ADV", "VERB"}
# How a word is written elsewhere: log of capitalised to lower-case use, cut off here.
WIDEST = 6
_CACHE = 100_000
_TITLE, _HALF = 0.6, 0.3


@lru_cache(maxsize=_CACHE)
def has_capital(form: str) -> bool:
    """Whether there is a capital letter in `form`."""
    return not form.islower() and any(character.isupper() for character in form)


def style_of(words: Sequence[str]) -> str:
    """How a sentence writes its words: shouting, as a title, half so, plainly, or too short to tell."""
    longer = [word for word in words[1:] if len(word) > 3 and word.isalpha()]
    if len(longer) < 2:
        return "none"
    if 2 * sum(word.isupper() for word in longer) > len(longer):
        return "shout"
    share = sum(word[0].isupper() for word in longer) / len(longer)
    return "title" if share > _TITLE else "half" if share > _HALF else "low"


@lru_cache(maxsize=_CACHE)
def shape(word: str) -> str:
    """The pattern of a word's capitals."""
    if word.islower() or not word:
        return "x"
    if word.isupper():
        return f"X{min(len(word), 5)}"
    if word[0].isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "xX"


@lru_cache(maxsize=_CACHE)
def known(form: str) -> bool:
    """Whether simplemma has `form`, as it is written."""
    import simplemma

    return bool(simplemma.is_known(form, lang="en"))


def seen_features(pos: str, before: str, after: str, dep: str, head: str) -> tuple[str, ...]:
    """Features of what the pipeline says: parts of speech of the word and its neighbours, relation, head's tag."""
    return (
        f"t={pos}",
        f"pt={before}",
        f"nt={after}",
        f"t+pt={pos} {before}",
        f"dep={dep}",
        f"hp={head}",
        f"t+dep={pos} {dep}",
    )


class Capitals:
    """The choice, by two tables: weights of the `words` of a sentence, and of what is `seen` of it by the pipeline."""

    def __init__(self, words: Mapping[str, float], seen: Mapping[str, float], ratios: Mapping[str, int]) -> None:
        self.words, self.seen, self.ratios = words, seen, ratios
        self._sums: dict[Any, float] = {}

    def of_words(self, words: Sequence[str], place: int, style: str) -> float:
        """What the words say; positive for a capital."""
        form, last = words[place], len(words) - 1
        before = words[place - 1] if place else "<s>"
        after = words[place + 1] if place < last else "</s>"
        opening = place == 0 or (place == 1 and before in OPENERS)
        size = min(len(words) // 4, 4)
        get = self.words.get
        total = self._sum((form, opening, style, size)) + self._sum(("p", before)) + self._sum(("q", after))
        for name in self.context(form, before, after, opening):
            total += get(name, 0.0)
        total += get(f"p2={words[place - 2].lower() if place > 1 else '<s>'}", 0.0)
        return total + get(f"q2={words[place + 2].lower() if place + 1 < last else '</s>'}", 0.0)

    def decide(self, words: Sequence[str], place: int, style: str, seen: tuple[str, ...]) -> bool:
        """Whether the lemma has a capital; `seen` are seen_features()."""
        score, weights = self.of_words(words, place, style), self.seen
        total = weights.get("1", 0.0) + score * (weights.get("w", 0.0) + weights.get(f"w {seen[0]}", 0.0))
        for name in seen:
            total += weights.get(name, 0.0)
        return total > 0

    def _sum(self, key: tuple[Any, ...]) -> float:
        total = self._sums.get(key)
        if total is None:
            if len(self._sums) > _CACHE:
                self._sums.clear()
            names = self.of_form(*key) if len(key) > 2 else self.beside(*key)
            total = self._sums[key] = sum(self.words.get(name, 0.0) for name in names)
        return total

    def of_form(self, form: str, opening: bool, style: str, size: int) -> Iterator[str]:
        """Features of the word itself."""
        lower, pattern, dictionary = form.lower(), shape(form), known(form.lower())
        ratio = self.ratios.get(lower)
        yield from ("1", f"s={pattern}", f"c={style}", f"c+f={style}{opening}", f"s+c={pattern}{style}")
        yield from (f"first={opening}", f"w={lower}", f"wS={lower} {pattern[:2]}", f"pre={lower[:3]}")
        yield from (f"suf={lower[-2:]}", f"suf={lower[-3:]}", f"suf={lower[-4:]}")
        yield from (f"k={dictionary}", f"k+s+f={dictionary}{pattern}{opening}", f"k+c+f={dictionary}{style}{opening}")
        yield from (f"n={size}", f"k+n={dictionary}{size}", f"r={ratio}", f"r+s+c+f={ratio}{pattern}{style}{opening}")
        yield from (f"r+s+f={ratio}{pattern}{opening}", f"r+c={ratio}{style}", f"r+k={ratio}{dictionary}")
        if not form.isalpha():
            yield from (f"odd={''.join(sorted({c for c in form if not c.isalnum()}))}", f"digit={not form.isdigit()}")

    def beside(self, side: str, word: str) -> Iterator[str]:
        """Features of the word on one side."""
        lower = word.lower()
        yield from (f"{side}={lower}", f"{side}s={shape(word)}")
        yield f"{side}r={self.ratios.get(lower) if has_capital(word) else '-'}"

    def context(self, form: str, before: str, after: str, opening: bool) -> tuple[str, ...]:
        """Features of several words together."""
        lower, following, left, right = form.lower(), after.lower(), shape(before), shape(after)
        own = self.ratios.get(lower, 0) // 2
        other = self.ratios.get(following, 0) // 2 if has_capital(after) else "-"
        return (
            f"ps+qs+f={left[:2]}{right[:2]}{opening}",
            f"s+ps+qs={shape(form)}{left}{right}",
            f"r+rq={own} {other}",
            f"r+ps+qs={own}{left[:2]}{right[:2]}",
            f"wq={lower} {following}",
            f"wp={before.lower()} {lower}",
        )
