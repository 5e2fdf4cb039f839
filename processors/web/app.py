"""The web application: `create_app(settings)` makes it, `eventwire serve` and Airflow's plugin serve it."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from processors.errors import EventwireError, IndexUnavailable
from processors.settings import Settings
from processors.web import alerts, records, search
from processors.web.pages import Pages
from processors.web.sources import Sources

_log = logging.getLogger(__name__)

# Nothing but our own style sheet is loaded, no script runs, and only our own origin (Airflow's page) may frame us.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create_app(settings: Settings, access: Sequence[Any] = (), login: str = "") -> FastAPI:
    """The ASGI application on these settings. `access` are FastAPI dependencies (`Depends(...)`) that guard all pages
    but unsubscribing, which must work from a mail without a login; `login` is the path of the page to log in at, which
    is told in `next` where to go then. It can be mounted under any path."""
    app = FastAPI(title="Eventwire", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.sources = Sources(settings)
    app.state.pages = Pages()
    app.state.login = login
    for router in (search.router, alerts.router):
        app.include_router(router, dependencies=list(access))
    app.include_router(records.router, dependencies=[*access, Depends(_only_ids)])
    app.include_router(alerts.open_router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.middleware("http")(_with_headers)
    app.add_exception_handler(EventwireError, _trouble)
    app.add_exception_handler(HTTPException, _refused)
    return app


def _only_ids(request: Request) -> None:
    """Raises 404 for what is no id: PostgreSQL takes no NUL, not even to look for it."""
    if not all(one.isascii() and one.isalnum() for one in request.path_params.values()):
        raise HTTPException(404)


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _trouble(request: Request, error: Exception) -> Response:
    pages: Pages = request.app.state.pages
    if isinstance(error, IndexUnavailable):
        return pages.trouble(request, "away_title", "away", 503)
    # What is wrong is for who runs this: it may name files and addresses that are no reader's business.
    _log.error("%s: %s", request.url.path, error)
    if isinstance(error, EventwireError) and error.retryable:
        return pages.trouble(request, "records_away_title", "records_away", 503)
    return pages.trouble(request, "broken_title", "broken", 500)


def _refused(request: Request, error: Exception) -> Response:
    pages: Pages = request.app.state.pages
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404:
        return pages.trouble(request, "gone_title", "gone", status)
    if status not in (401, 403):
        return pages.trouble(request, "refused_title", "refused", status)
    login = _login(request)
    # Only a browser can log in; a feed reader must see that it was refused.
    if status == 401 and login and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(login, 303)
    return pages.trouble(request, f"closed_title_{status}", f"closed_{status}", status, link=login)


def _login(request: Request) -> str:
    # A path, not an address: behind a proxy we may not know by which scheme and host the reader came.
    url, login = request.url, request.app.state.login
    back = f"{url.path}?{url.query}" if url.query else url.path
    return f"{login}?{urlencode({'next': back})}" if login else ""
