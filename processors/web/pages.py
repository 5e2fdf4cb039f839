"""Pages from templates: escaped, in the reader's language, with links that hold wherever the application is mounted."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from processors.alerts.plain import plain
from processors.alerts.wording import flag, wording

# The methods of what is only read: FastAPI, unlike Starlette, answers no HEAD where there is GET.
READ = ["GET", "HEAD"]
# The languages of Accept-Language, without their regions, and their weights, 1 where there is none.
_ASKED = re.compile(r"(?:^|,)\s*([a-z]+)[^,;]*(?:;\s*q\s*=\s*([01](?:\.\d*)?))?")


class Pages:
    """Renders the templates of this package."""

    def __init__(self) -> None:
        loader = FileSystemLoader(Path(__file__).parent / "templates")
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._templates.globals["flag"] = flag
        self._templates.filters["short"] = lambda text: plain(str(text), 80)

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
        """A page."""
        return HTMLResponse(self.text(request, f"{template}.html", **context), status)

    def text(self, request: Request, template: str, **context: Any) -> str:
        """A filled template. `link(name, ...)` in it gives the path of a route, its values quoted."""
        words = wording(language_of(request))

        def link(name: str, **values: str) -> str:
            return request.url_for(name, **quoted(values)).path

        everything = {"words": words, "w": words.web, "link": link, "kind": "events", "query": "", **context}
        return self._templates.get_template(template).render(everything)

    def trouble(self, request: Request, title: str, text: str, status: int, link: str = "") -> Response:
        """A page that says what is wrong; `title` and `text` are keys of the words, or words. `link` is the address to
        log in at, where that may help."""
        web = wording(language_of(request)).web
        words = {"title": web.get(title, title), "text": web.get(text, text)}
        return self.page(request, "trouble", status=status, kind="", login=link, **words)


def quoted(values: dict[str, str]) -> dict[str, str]:
    """Values of a route as they stand in its address: in a rule's name there may be a slash, # or ?."""
    return {name: quote(value, safe="") for name, value in values.items()}


def language_of(request: Request) -> str:
    """The reader's language among ours: of German and English the one to which Accept-Language gives more weight, of
    equals the first (RFC 9110, 12.5.4)."""
    asked = _ASKED.findall(request.headers.get("accept-language", "").lower())
    weights = [(float(weight or 1), language) for language, weight in asked if language in {"de", "en"}]
    weight, language = max(weights, key=lambda one: one[0], default=(0.0, "en"))
    return language if weight else "en"


def pages(request: Request) -> Pages:
    """The pages of the application that a request came to."""
    found: Pages = request.app.state.pages
    return found
