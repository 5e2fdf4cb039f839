"""A page to its text and what is known of it. Runs in worker processes."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from processors.articles.charset import decoded
from processors.articles.documents import Page, PageSource
from processors.articles.language import SAYS_ENOUGH, detect, language_code
from processors.articles.metadata import Facts, facts_of
from processors.articles.near_copies import bands
from processors.articles.walls import wall_of
from processors.errors import ArticleError
from processors.fetch.markup import line_of_text, text_of
from processors.fetch.urls import canonical_url, source_of

_MAX_CHARACTERS = 4_000_000
FULLER = 1.5  # how many times longer the text in a page's JSON-LD must be to be taken instead of the one shown


def read_page(source: PageSource) -> Page:
    """The article on a page. Raises ArticleError "not_html" for what is no page at all."""
    html = decoded(source.body, source.content_type)[:_MAX_CHARACTERS]
    if "<" not in html[:10_000] or not _is_page(source.content_type):
        kind = source.content_type.partition(";")[0] or "something unknown"
        raise ArticleError(f"{source.url} serves {kind}, not a page", "not_html", retryable=False)
    tree = _tree(html)
    facts = facts_of(tree)
    text = article_text(tree, source.url, facts.title) if tree is not None else ""
    if len(facts.body.split()) > FULLER * len(text.split()) or facts.body.split() == text.split():
        text = facts.body  # in the second case trafilatura took it, too, and lost its paragraphs
    return Page(
        title=facts.title,
        text=text,
        summary=facts.summary,
        author=facts.author,
        published_at=facts.published_at,
        language=source.language or language_of(text, facts),
        canonical=_canonical(source, facts),
        wall=wall_of(html, facts, text),
        bands=bands(text),
    )


def language_of(text: str, facts: Facts) -> str | None:
    """The language of a text of some length; else what its page claims, which is often only its template's word."""
    said = f"{facts.title}\n{text}"
    return (detect(said) if len(text) >= SAYS_ENOUGH else None) or language_code(facts.language) or detect(said)


def read_markup(markup: str, title: str, language: str | None) -> Page:
    """The article that a feed's own HTML holds."""
    text = text_of(markup)
    return Page(title, text, language=language or detect(f"{title}\n{text}"), bands=bands(text))


def _is_page(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in {"", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"}


def _tree(html: str) -> Any:
    from trafilatura import load_html

    return load_html(html)


def article_text(tree: Any, url: str, title: str = "") -> str:
    """The text of the article on a page, one paragraph a line, without headline, navigation, comments, captions."""
    from copy import deepcopy

    from trafilatura import extract

    found = extract(deepcopy(tree), url=url, include_comments=False, include_tables=False, output_format="txt")
    lines = [line for raw in (found or "").splitlines() if any(map(str.isalnum, line := line_of_text(raw)))]
    titles = {title, *(line_of_text(" ".join(head.itertext())) for head in tree.xpath("//h1"))}
    start = next((n for n, line in enumerate(lines) if line not in titles), len(lines))
    return "\n".join(lines[start:])


def _canonical(source: PageSource, facts: Facts) -> str | None:
    """The address that the page names as its own: only of the same publisher, and not just a front page."""
    if not facts.canonical:
        return None
    try:
        found = canonical_url(urljoin(source.url, facts.canonical))
        is_front = is_front_page(found)
    except ValueError:
        return None
    same = not source.certain or source_of(found) == source_of(source.url)
    return found if same and not is_front else None


def is_front_page(url: str) -> bool:
    """Whether an address is that of a site as a whole."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
