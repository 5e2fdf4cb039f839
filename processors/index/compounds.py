"""Parts of German compounds: "Waffenlieferungen" is found by "Lieferung".

The words that may be parts are those of config/elasticsearch/compound_parts_de.txt. The way is that of Lucene's
DictionaryCompoundWordTokenFilter (Elasticsearch's dictionary_decompounder), so that both engines find the same parts.
"""

from functools import cache, lru_cache

from processors.settings import ROOT

WORD_LIST = ROOT / "config" / "elasticsearch" / "compound_parts_de.txt"
MIN_WORD, MIN_PART, MAX_PART = 8, 4, 20  # letters


@cache
def part_words() -> frozenset[str]:
    """The words that may be parts of compounds, in lower case."""
    lines = WORD_LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split() if len(word) >= MIN_PART)


@lru_cache(maxsize=200_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """The listed words inside `word` (in lower case), without `word` itself."""
    if len(word) < MIN_WORD:
        return ()
    known, size = part_words(), len(word)
    return tuple(
        word[start:end]
        for start in range(size - MIN_PART + 1)
        for end in range(start + MIN_PART, min(start + MAX_PART, size) + 1)
        if word[start:end] in known and end - start < size
    )
