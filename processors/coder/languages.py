"""Guesses the language of a text that comes without one, among those that can be coded."""

import re
from functools import cache
from typing import Any

_LETTER = re.compile(r"[^\W\d_]")
_LOOKED_AT = 4000  # characters


def language_of(text: str, languages: tuple[str, ...]) -> str:
    """Which of `languages` the text is likeliest in (py3langid's model); English for what has no letters."""
    seen = text[:_LOOKED_AT]
    return str(_identifier(languages).classify(seen)[0]) if _LETTER.search(seen) else "en"


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(languages))
    return identifier
