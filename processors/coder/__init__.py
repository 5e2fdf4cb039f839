"""The event coder: from an article to the political events that it reports.

    mentions = code_article(article)

`code_texts` codes many texts at once, `code_articles` is the pipeline's stage. docs/coder.md tells how it works.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processors.coder.code import code_article
    from processors.coder.stage import code_articles

__all__ = ["code_article", "code_articles"]


def __getattr__(name: str) -> object:
    # Imported when asked for: a command that codes nothing must not load the language tools.
    if name == "code_article":
        from processors.coder.code import code_article

        return code_article
    if name == "code_articles":
        from processors.coder.stage import code_articles

        return code_articles
    raise AttributeError(name)
