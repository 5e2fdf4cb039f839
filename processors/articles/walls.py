"""Pages that stand where the article should be."""

import re

from processors.articles.documents import Wall
from processors.articles.metadata import Facts

_FULL = 250  # words from which a text is an article, whatever else its page says
_SHORT = 60  # words below which a page must show that it is an article
_EXCERPT = 1_500  # characters of the text in which a wall says what it is

_COOKIES = re.compile(
    r"cookies? (?:akzeptieren|zustimmen|ablehnen)|mit werbung (?:und cookies )?(?:weiter)?lesen|pur-abo"
    r"|zustimmung (?:zu|erforderlich)|einwilligung|wir verwenden cookies|wir und unsere (?:\d+ )?partner"
    r"|before you continue|accept (?:all )?cookies|we (?:use|value) (?:cookies|your privacy)"
    r"|manage (?:your )?(?:consent|cookies|preferences)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"jetzt (?:abonnieren|weiterlesen|testen|freischalten)|nur für abonnent|mit einem (?:abo|abonnement)"
    r"|weiterlesen mit|(?:bereits|schon) (?:abonnent|registriert)|diesen artikel freischalten|probeabo"
    r"|subscribe (?:now|to (?:read|continue))|already a subscriber|to continue reading|subscribers? only"
    r"|create a free account to|sign in to read",
    re.IGNORECASE,
)
_JAVASCRIPT = re.compile(
    r"(?:enable|activate|turn on) javascript|javascript (?:is|ist|wird|muss|to)\b.{0,40}"
    r"(?:disabled|required|deaktiviert|benötigt|aktivier|proceed)|bitte (?:aktivieren|schalten) sie javascript",
    re.IGNORECASE,
)
_BOTS = re.compile(
    r"are you a (?:robot|human)|verify(?:ing)? (?:that )?you are (?:a )?human|unusual (?:traffic|activity)"
    r"|checking your browser|sind sie ein (?:roboter|mensch)|access (?:to this page has been )?denied|captcha",
    re.IGNORECASE,
)


def wall_of(html: str, facts: Facts, text: str) -> Wall | None:
    """What kind of wall a page is whose article is `text`, None for an article."""
    words = len(text.split())
    if facts.free is False and words < _FULL:
        return "paywall"
    if words >= _FULL:
        return None
    said: list[tuple[Wall, re.Pattern[str]]] = [
        ("bots", _BOTS), ("javascript", _JAVASCRIPT), ("cookies", _COOKIES), ("paywall", _PAYWALL)
    ]  # fmt: skip
    for kind, sign in said:
        if sign.search(text[:_EXCERPT]) and words < 2 * _SHORT:
            return kind
    if words >= _SHORT:
        return "paywall" if _PAYWALL.search(text[-400:]) else None
    return _wall_around(html, said) if words < 5 else None


def _wall_around(html: str, said: list[tuple[Wall, re.Pattern[str]]]) -> Wall:
    # There is no text at all; what the page shows to people says why.
    shown = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]+>", " ", html[:200_000])
    return next((kind for kind, sign in said if sign.search(shown)), "empty")
