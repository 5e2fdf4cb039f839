"""One page by its address, for a look at how it is read and coded; nothing is stored."""

import asyncio

from processors.articles.documents import PageSource
from processors.articles.extraction import read_page
from processors.errors import ArticleError
from processors.fetch import Client
from processors.settings import Settings


def read_address(url: str, settings: Settings) -> str:
    """The title and text of the page at `url`, a blank line between. Raises FetchError, and ArticleError "no_text"
    where the page holds no article."""
    return asyncio.run(_read(url, settings))


async def _read(url: str, settings: Settings) -> str:
    async with Client(settings) as client:
        response = await client.get(url, kind="page")
    page = read_page(PageSource(response.body, response.headers.get("content-type", ""), response.final_url))
    if page.wall or not page.text:
        raise ArticleError(f"{url}: no article was found there ({page.wall or 'no text'})", "no_text", retryable=False)
    return f"{page.title}\n\n{page.text}" if page.title else page.text
