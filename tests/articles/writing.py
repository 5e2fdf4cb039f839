"""Pages of our own writing, and what was stored of them."""

from processors.database import Connection
from processors.database.articles import iterate_article_ids, load_articles
from processors.records import Article

CALL = (
    "Der Bürgermeister von Turmstadt hat am Montag mit seiner Amtskollegin aus Neustadt telefoniert. "
    "Beide sprachen eine halbe Stunde lang über die neue Brücke, die ihre Städte verbinden soll. "
    "Nach Angaben des Rathauses wollen sie sich im Frühjahr am Ufer treffen, um den Grundstein zu legen."
)
MORE = (
    "Die Brücke soll vier Jahre lang gebaut werden und Radfahrern wie Fußgängern einen eigenen Weg bieten. "
    "Gegner des Plans bemängeln, dass die Auen darunter leiden könnten, und fordern ein Gutachten. "
    "Der Stadtrat hat die Mittel dafür bereits im Sommer bewilligt, mit einer Stimme Mehrheit."
)
LAST = (
    "Im Rathaus heißt es, der Verkehr auf der alten Brücke habe sich in zehn Jahren verdoppelt. "
    "Wer von der einen Stadt in die andere will, steht morgens oft eine halbe Stunde lang im Stau."
)
NAVIGATION = '<nav><a href="/">Start</a><a href="/politik">Politik</a><a href="/sport">Sport</a></nav>'
COOKIES = '<div id="cookie-banner"><p>Wir verwenden Cookies, um Ihnen das Lesen angenehmer zu machen.</p></div>'
RELATED = '<aside><h3>Lesen Sie auch</h3><ul><li><a href="/1">Markt zieht um</a></li></ul></aside>'


def page(*paragraphs: str, title: str = "Telefonat über die Brücke", head: str = "", around: bool = True) -> bytes:
    """A page with an article, and what news sites put around it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    before, after = (COOKIES + NAVIGATION, RELATED + "<footer>Impressum</footer>") if around else ("", "")
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title} | Turmbote</title>{head}</head>'
        f"<body>{before}<article><h1>{title}</h1>{text}</article>{after}</body></html>"
    ).encode()


def stored_articles(connection: Connection) -> list[Article]:
    """All stored articles, in the order of their ids."""
    return [article for ids in iterate_article_ids(connection) for article in load_articles(connection, ids)]
