"""Forms of names and words, overgenerated: a form that no text has costs nothing but a dictionary entry."""

from collections.abc import Iterable, Iterator

_ADJECTIVE = ("", "e", "er", "es", "en", "em")
_NOUN = ("", "s", "es", "e", "n", "en", "in", "innen")


def german_adjective(stem: str) -> Iterator[str]:
    """ "russisch" -> russisch(e/er/...) and, for the start of a sentence or a name, the same with a capital.

    A capitalised one ("Kiewer") is used as it is.
    """
    if stem[:1].isupper():
        yield stem
        if not stem.endswith("er"):
            yield from (stem + ending for ending in _ADJECTIVE)
        return
    for ending in _ADJECTIVE:
        form = stem + ending
        yield form
        yield form[:1].upper() + form[1:]


def german_noun(word: str) -> Iterator[str]:
    """Case, plural and feminine forms of a masculine noun or demonym; "Deutsche*" is inflected like an adjective."""
    if word.endswith("*"):
        yield from (word[:-2] + ending for ending in _ADJECTIVE[1:5])
        return
    base = word[:-1] if word.endswith("e") else word
    yield from (base + ending for ending in _NOUN if base + ending != base or base == word)


def german_name(name: str) -> Iterator[str]:
    """A name and its genitive: "Trump" -> Trump, Trumps; names in -s, -x, -z take an apostrophe outside the name."""
    yield name
    if name[-1:].isalpha() and name[-1] not in "sxzß":
        yield name + "s"


def english_people(adjectives: Iterable[str], people: Iterable[str]) -> Iterator[str]:
    """Demonyms in singular and plural: "Ukrainian" -> Ukrainians. Singulars that are adjectives too stay adjectives."""
    known = set(adjectives)
    for word in people:
        if word not in known:
            yield word
        if not word.endswith(("men", "s", "people")):
            yield word + "s"


def english_phrase(word: str) -> Iterator[str]:
    """A word of an office or body as it is, with a capital and without, and in the plural."""
    for form in (word, word[:1].upper() + word[1:], word if word.isupper() else word.lower()):
        yield form
        if not form.endswith("s"):
            yield form + "s"


def each(forms: Iterable[str] | str | None) -> tuple[str, ...]:
    """One name or several as a tuple: tables may give either."""
    if forms is None:
        return ()
    return (forms,) if isinstance(forms, str) else tuple(forms)
