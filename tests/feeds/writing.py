"""Feed documents of our own writing."""

from html import escape


def rss(*stories: tuple[str, str], text: str = "Ein kurzer Anlauf.", extra: str = "") -> bytes:
    """An RSS 2.0 document with stories as (title, address)."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link><guid>{escape(url)}</guid>"
        f"<description>{escape(text)}</description></item>"
        for title, url in stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Der Turmbote</title>'
        f"<link>http://turmbote.example/</link><language>de</language>{extra}{items}</channel></rss>"
    ).encode()
