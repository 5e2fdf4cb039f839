"""Pages from templates: escaped, in the reader's language, with links that hold wherever the application is mounted."""

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

    def trouble(self, request: Request, title: str, text: str, status: int) -> Response:
        """A page that says what is wrong; `title` and `text` are keys of the words, or words."""
        web = wording(language_of(request)).web
        return self.page(
            request, "trouble", status=status, kind="", title=web.get(title, title), text=web.get(text, text)
        )


def quoted(values: dict[str, str]) -> dict[str, str]:
    """Values of a route as they stand in its address: in a rule's name there may be a slash, # or ?."""
    return {name: quote(value, safe="") for name, value in values.items()}


def language_of(request: Request) -> str:
    """The reader's language among ours: of German and English the one that Accept-Language names first."""
    for part in request.headers.get("accept-language", "").split(","):
        language = part.split(";")[0].strip().lower()[:2]
        if language in {"de", "en"}:
            return language
    return "en"


def pages(request: Request) -> Pages:
    """The pages of the application that a request came to."""
    found: Pages = request.app.state.pages
    return found
