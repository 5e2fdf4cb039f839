"""Eventwire's own pages in Airflow's navigation: search and events behind Airflow's login."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin

_PREFIX = "/eventwire"


def _app() -> Any:
    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
    from airflow.api_fastapi.core_api.security import requires_access_view
    from fastapi import Depends, FastAPI

    from eventwire_hook import EventwireHook
    from processors.web import create_app, create_unsubscribe_app

    settings = EventwireHook().settings()
    app = FastAPI(title="Eventwire", docs_url=None, redoc_url=None, openapi_url=None)
    # Mail programs answer to unsubscribe addresses without a login: their signature is what protects them.
    app.mount("/mail", create_unsubscribe_app(settings))
    app.include_router(
        create_app(settings, prefix=_PREFIX).router, dependencies=[Depends(requires_access_view(AccessView.PLUGINS))]
    )
    return app


class EventwirePlugin(AirflowPlugin):
    """Mounts the pages at /eventwire and shows them in the navigation."""

    name = "eventwire"
    external_views = [  # noqa: RUF012 (Airflow reads class attributes)
        {
            "name": "Eventwire",
            "href": "eventwire/",
            "destination": "nav",
            "category": "browse",
            "url_route": "eventwire",
        }
    ]
