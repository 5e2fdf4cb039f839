"""The web application: `create_app(settings)` makes it, `eventwire serve` and Airflow's plugin serve it."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from processors.errors import EventwireError, IndexUnavailable
from processors.settings import Settings
from processors.web import alerts, records, search
from processors.web.pages import Pages
from processors.web.sources import Sources

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


def create_app(settings: Settings, access: Sequence[Any] = ()) -> FastAPI:
    """The ASGI application on these settings. `access` are FastAPI dependencies (`Depends(...)`) that guard all pages
    but unsubscribing, which must work from a mail without a login. It can be mounted under any path."""
    app = FastAPI(title="Eventwire", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.sources = Sources(settings)
    app.state.pages = Pages()
    for router in (search.router, records.router, alerts.router):
        app.include_router(router, dependencies=list(access))
    app.include_router(alerts.open_router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.middleware("http")(_with_headers)
    app.add_exception_handler(EventwireError, _trouble)
    app.add_exception_handler(HTTPException, _not_found)
    return app


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _trouble(request: Request, error: Exception) -> Response:
    pages: Pages = request.app.state.pages
    if isinstance(error, IndexUnavailable):
        return pages.trouble(request, "away_title", "away", 503)
    status = 503 if isinstance(error, EventwireError) and error.retryable else 500
    return pages.trouble(request, "away_title", str(error), status)


def _not_found(request: Request, error: Exception) -> Response:
    pages: Pages = request.app.state.pages
    status = error.status_code if isinstance(error, HTTPException) else 404
    return pages.trouble(request, "gone_title", "gone", status)
