"""German nouns as a list of topics has them: in the nominative."""

from processors.coder.triggers import Word

# German nouns whose plural has an n of its own: "Sanktionen", "Wahlen".
_WITH_N = tuple(
    "ung heit keit schaft tät ion ik ei enz anz dent gent ient lient rent ant ist soldat diplomat kandidat "
    "staat automat oge or wahl zahl tat form norm art fahrt frau pflicht last schlacht arbeit front bank person "
    "mensch herr held welt sicht schrift antwort tür uhr spur kur geburt".split()
)
_PLAIN = str.maketrans("äöü", "aou")


def nominative(word: Word, morph: str) -> str:
    """A German noun without the ending that only dative plural or genitive singular have: "Zölle" of "Zöllen"."""
    text, lemma = word.text, word.lemma
    if "Case=Gen" in morph and "Number=Sing" in morph:
        return text[: len(lemma)] if text.lower() in {lemma + "s", lemma + "es"} else text
    if "Case=Dat" not in morph or "Number=Plur" not in morph or not text.endswith(("en", "ern")):
        return text
    plural = text[:-1].lower()
    if plural == lemma + "e":
        return text if lemma.endswith(_WITH_N) else text[:-1]
    umlaut = plural != plural.translate(_PLAIN)
    if plural in {lemma, lemma + "er"} and plural.endswith("er"):
        return text[:-1]
    same = plural.translate(_PLAIN) in {lemma.translate(_PLAIN) + ending for ending in ("e", "er", "")}
    return text[:-1] if umlaut and same and plural != lemma else text
