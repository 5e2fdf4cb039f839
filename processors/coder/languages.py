"""Guesses the language of a text that comes without one, among those that can be coded."""

import re
from functools import cache
from typing import Any

# py3langid's model takes 77 MB and a second to load: what these tell plainly, as of most articles, needs none.
_COMMON = {
    "de": frozenset(
        "der die das und ist nicht mit den dem von zu auf für im ein eine des sich auch es wird nach bei hat".split()
    ),
    "en": frozenset("the of and to in is that for on with was as by it at from has be are an his said not".split()),
}
_PLAINLY = 8  # common words more in one language than in the other
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 4000  # characters


def language_of(text: str, languages: tuple[str, ...] = ("de", "en")) -> str:
    """Which of `languages` the text is likeliest in; English for what has no letters."""
    seen = text[:_LOOKED_AT]
    words = [word.lower() for word in _WORD.findall(seen)]
    if not words:
        return "en"
    if set(languages) == set(_COMMON):
        german, english = (sum(word in _COMMON[language] for word in words) for language in ("de", "en"))
        if abs(german - english) >= _PLAINLY:
            return "de" if german > english else "en"
    return str(_identifier(languages).classify(seen)[0])


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(languages))
    return identifier
