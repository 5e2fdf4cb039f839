"""German words: their lemmas and the parts of compounds, by HanTa and simplemma.

HanTa analyses by morphemes and knows participles and Konjunktiv; simplemma looks up. Each errs where the other is
right, so the part of speech chooses between them. Both are slow, hence the cache per form.
"""

from functools import lru_cache
from typing import Any

CACHE_SIZE = 200_000
# A name of so many letters that is all in capitals is shouted (BERLIN), not abbreviated (NATO).
SHOUTED = 6
# A noun all in capitals that the dictionary knows is shouted from this length on (REDE).
SHORTEST_SHOUTED = 4
_INFINITIVE_ENDS = ("n",)
_INFLECTED = ("en", "er", "es", "em", "e")
_LINKING = {"FUGE"}
# Endings of adjectives that name no place: "Politischer" is not of the kind of "Pariser".
_ADJECTIVE_ENDS = ("isch", "lich", "ig", "bar", "sam", "los", "haft", "end", "voll", "iv", "al", "ell")
# Neither dictionary nor morphemes tell that these have no ending.
_ENDLESS = {"lecker", "selten", "bekannt"}


@lru_cache(maxsize=1)
def _hanta() -> Any:
    from HanTa import HanoverTagger

    return HanoverTagger.HanoverTagger("morphmodel_ger.pgz")


@lru_cache(maxsize=CACHE_SIZE)
def _morphemes(form: str) -> str:
    return str(_hanta().analyze(form, taglevel=1)[0])


@lru_cache(maxsize=CACHE_SIZE)
def _dictionary(form: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(form, lang="de"))


def _known(form: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(form, lang="de"))


@lru_cache(maxsize=CACHE_SIZE)
def german_lemma(form: str, pos: str, genitive: bool = False) -> str:
    """The lemma of a German form as `pos` (a UPOS tag); an unknown part of speech leaves the form as it is.

    `genitive` says that the form stands in the genitive, which matters to names ("Trumps").
    """
    if not any(character.isalpha() for character in form):
        return form
    if pos == "PROPN":
        return _name(form, genitive)
    if pos == "NOUN":
        return _noun(form)
    if pos in {"VERB", "AUX"}:
        return _verb(form.lower())
    if pos == "ADJ":
        return _adjective(form)
    return form.lower() if pos in {"ADV", "ADP", "CCONJ", "SCONJ", "PART", "INTJ"} else form


def _name(form: str, genitive: bool) -> str:
    if form.isupper() and form.isalpha() and len(form) >= SHOUTED:
        form = form.capitalize()
    if genitive and len(form) > 3 and form.endswith("s") and not form.endswith(("ss", "us", "is", "os")):
        return form[:-1]
    return form


def _noun(form: str) -> str:
    if form.isupper() and form.isalpha() and len(form) >= SHORTEST_SHOUTED and _known(form.capitalize()):
        form = form.capitalize()
    if form.isupper() or not form[0].isupper():
        return form
    found = _dictionary(form)
    if not _known(form) or not found[:1].isupper():
        found = _compound_lemma(form)
    return found if found[:1].isupper() else form


def _compound_lemma(form: str) -> str:
    head, hyphen, last = form.rpartition("-")
    if hyphen and last[:1].isupper():
        return head + hyphen + (last if last.isupper() else _noun(last))
    found = _morphemes(form)
    return found[:1].upper() + found[1:]


def _verb(form: str) -> str:
    morphemes, dictionary = _morphemes(form), _dictionary(form)
    if morphemes.endswith(_INFINITIVE_ENDS) and morphemes.islower():
        return morphemes
    return dictionary if dictionary.endswith(_INFINITIVE_ENDS) else morphemes.lower()


def _adjective(form: str) -> str:
    lower = form.lower()
    if lower in _ENDLESS:
        return lower
    if form[0].isupper() and _of_place(lower):
        return form
    morphemes, dictionary = _morphemes(lower).lower(), _dictionary(lower)
    if lower.endswith("er") and dictionary == lower and _known(lower) and not _known(lower[:-2]):
        return lower  # lecker, sauber
    if _bare_participle(lower, morphemes):
        return morphemes
    if morphemes.endswith(("n", "m")) and lower.endswith(("t", "te", "ten", "ter", "tes", "tem")):
        return _participle(lower)
    unchanged = morphemes == lower and lower.endswith(_INFLECTED)
    if unchanged and lower.startswith(dictionary) and dictionary != lower:
        return dictionary
    return _positive(morphemes)


def _bare_participle(lower: str, infinitive: str) -> bool:
    """Whether a form is a participle without ending ("ist betroffen"), which German treebanks reduce to its verb."""
    if not (infinitive.endswith("n") and lower.endswith(("t", "en")) and _known(infinitive)):
        return False
    return not lower.startswith((infinitive, "un"))


def _of_place(lower: str) -> bool:
    """Whether an adjective in -er is made of a place's name (Berliner, Pariser): it has neither endings nor cases."""
    stem = lower.removesuffix("er")
    if stem == lower or len(stem) < 3:
        return False
    if _known(stem):
        return _dictionary(stem)[:1].isupper()
    return _dictionary(lower)[:1].isupper() or not (_known(lower) or stem.endswith(_ADJECTIVE_ENDS))


def _participle(lower: str) -> str:
    for ending in _INFLECTED:
        if lower.endswith(("t" + ending, "nd" + ending)):
            return lower.removesuffix(ending)
    return lower


def _positive(found: str) -> str:
    """A superlative's stem (schlimmst) as the positive (schlimm), where that is a word."""
    for ending in ("est", "st"):
        positive = found.removesuffix(ending)
        if positive != found and len(positive) > 3 and not _known(found) and _known(positive):
            return positive
    return found


@lru_cache(maxsize=CACHE_SIZE)
def compound_parts(word: str) -> tuple[str, ...]:
    """The parts of a German compound as lemmas, in order; one part for a simple word.

    `Waffenlieferungsstopp` gives ("Waffe", "Lieferung", "Stopp"), `US-Angriff` ("US", "Angriff").
    """
    if "-" in word.strip("-"):
        return tuple(part for piece in word.split("-") if piece for part in compound_parts(piece))
    if len(word) < 6 or not word[0].isupper() or word.isupper():
        return (word,)
    morphemes = [(text, tag) for text, tag in _hanta().analyze(word, taglevel=3)[1] if not tag.startswith("SUF")]
    parts = _joined(morphemes)
    return tuple(parts) if len(parts) > 1 else (_noun(word),)


def _joined(morphemes: list[tuple[str, str]]) -> list[str]:
    parts: list[str] = []
    prefix = ""
    for text, tag in morphemes:
        if tag in _LINKING:
            continue
        if tag.startswith(("PREF", "PTKVZ")):
            prefix += text
            continue
        parts.append((prefix + text).capitalize())
        prefix = ""
    return parts
