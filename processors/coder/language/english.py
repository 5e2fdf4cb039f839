"""English lemmas by simplemma, guarded by the part of speech."""

from functools import lru_cache

from processors.coder.language.german import CACHE_SIZE

# What EWT's annotation reduces these to, and a lookup without context cannot know.
_CONTRACTED = {
    "'s": "be",
    "'re": "be",
    "'m": "be",
    "'ve": "have",
    "'d": "would",
    "'ll": "will",
    "wo": "will",
    "ca": "can",
    "n't": "not",
    "’s": "be",
    "’re": "be",
    "’m": "be",
    "’ve": "have",
    "’d": "would",
    "’ll": "will",
    "n’t": "not",
}
_VOWELS = "aeiou"
# A word all in capitals: nouns from this length on are lowered, names from that length on are written as names.
# Counted in EWT's training portion: 428 of 496 nouns and 147 of 184 names.
ABBREVIATION, SHOUTED = 3, 5


@lru_cache(maxsize=CACHE_SIZE)
def english_lemma(form: str, pos: str, plural: bool = False, base: bool = False, degree: str = "Pos") -> str:
    """The lemma of an English form as `pos` (a UPOS tag); `base` says that the form stands in the infinitive.

    `plural` matters to names and unknown nouns ("Americans"), `degree` (UD's Pos, Cmp, Sup) to unknown adjectives.
    """
    lower = form.lower()
    if pos in {"AUX", "PART"} and lower in _CONTRACTED:
        return _CONTRACTED[lower]
    if pos == "PROPN":
        form = form.capitalize() if form.isupper() and form.isalpha() and len(form) >= SHOUTED else form
        return _singular(form) if plural else form
    if pos in {"VERB", "AUX"}:
        return lower if base else _dictionary(lower)
    if pos == "NOUN":
        return _noun(form, lower, plural)
    if pos == "ADJ" and degree in {"Cmp", "Sup"}:
        return _positive(lower)
    if pos == "ADJ":
        return form  # "American", "New" as part of a name; the caller lowers what only starts a sentence
    return lower


def _dictionary(form: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(form, lang="en"))


def _noun(form: str, lower: str, plural: bool) -> str:
    # EWT keeps the capitals of short abbreviations only.
    if form.isupper() and 1 < len(form) < ABBREVIATION:
        return form
    if lower.endswith(("ing", "ed")):
        return lower
    found = _dictionary(lower)
    return _singular(lower) if plural and found == lower else found


def _singular(form: str) -> str:
    if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us", "is")):
        return form
    return form[:-3] + "y" if form.endswith("ies") else form[:-1]


def _positive(lower: str) -> str:
    """An adjective without -er or -est: tallest -> tall, hottest -> hot, easier -> easy."""
    stem = lower.removesuffix("est").removesuffix("er")
    if stem == lower or len(stem) < 3:
        return lower
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if stem[-1] == stem[-2] and stem[-1] not in "lsz" + _VOWELS:
        return stem[:-1]
    return (
        stem + "e"
        if stem.endswith(("c", "g", "v", "s", "iz")) or stem[-2:] in {"at", "id", "ir", "ar", "ur", "pl"}
        else stem
    )
