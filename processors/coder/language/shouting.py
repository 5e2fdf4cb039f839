"""Headlines in capitals, "RUSSLAND GREIFT CHARKIW AN", written as others are: what is read in them is all learned from
words that tell nouns and names by their capitals."""

import re
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+(?:['’]S\b)?")
_SHORTEST_LINE = 6  # letters: "USA", "EILT" alone say nothing
# Words that others write in capitals as well.
_ABBREVIATIONS = frozenset(
    "USA US UK EU UN UNO NATO OSZE OSCE IAEA IAEO ICC AU AFD CDU CSU SPD FDP BND CIA FBI PKK SDF RSF IS ISIS UAE VAE "
    "DPA WHO WTO IDF LNG F".split()
)
# German nouns that are infinitives too; words that are mostly no nouns, though the dictionary has them as such.
_NOUNS = frozenset("Treffen Abkommen Vorgehen Verfahren Unternehmen Vertrauen Verbrechen Schreiben Leben".split())
_NO_NOUNS = frozenset("zurück fest frei ein statt teil weg los zusammen".split())
# What others around an infinitive tell of it.
_VERB = re.compile(r"\b[A-ZÄÖÜ](?=[a-zäöüß]+ sich\b)")
_NOUN = re.compile(r"\b(?:im|am|vom|zum|beim|ins|das|dem|des|ein|kein) [a-zäöü](?=[a-zäöüß]+en\b)")


def unshouted(text: str, language: str) -> str:
    """The text with its lines of capitals in small letters: German words as the dictionary has them, English ones as
    titles have them. Every letter stays in its place."""
    lines = text.split("\n")
    if not any(map(_is_shouted, lines)):
        return text
    return "\n".join(_written(line, language) if _is_shouted(line) else line for line in lines)


def _is_shouted(line: str) -> bool:
    return line.isupper() and sum(map(len, _LETTERS.findall(line))) >= _SHORTEST_LINE


def _written(line: str, language: str) -> str:
    first = _LETTERS.search(line)
    start = first.start() if first else 0
    written = _LETTERS.sub(lambda word: _word(word.group(), language, word.start() == start), line)
    if language != "de":
        return written
    written = _NOUN.sub(lambda hit: hit.group()[:-1] + hit.group()[-1].upper(), written)
    return _VERB.sub(lambda hit: hit.group().lower(), written)


@lru_cache(maxsize=20_000)
def _word(word: str, language: str, opening: bool) -> str:
    """A word in capitals as it is written elsewhere, as long as it is."""
    name, small = word.capitalize(), word.lower()
    if word in _ABBREVIATIONS or not len(word) == len(name) == len(small):
        return word
    if opening or language != "de":
        return name
    return small if _is_small(small, name) else name


def _is_small(small: str, name: str) -> bool:
    """Whether the dictionary has a German word as no noun or name."""
    import simplemma

    if small in _NO_NOUNS:
        return True
    if not simplemma.is_known(small, lang="de") or name in _NOUNS:
        return False
    infinitive = small.endswith("en") and simplemma.lemmatize(small, lang="de") == small
    return infinitive or not simplemma.lemmatize(name, lang="de")[:1].isupper()
