"""Eventwire's own pages in Airflow's navigation: search and events behind Airflow's login."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin

_PREFIX = "/eventwire"


def _pages() -> list[dict[str, Any]]:
    """The pages as a FastAPI app for Airflow's API server; elsewhere (a task, the scheduler) none are needed."""
    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
    from airflow.api_fastapi.core_api.security import requires_access_view
    from fastapi import Depends

    from eventwire_hook import EventwireHook
    from processors.web.app import create_app

    access = [Depends(requires_access_view(AccessView.PLUGINS))]
    return [{"app": create_app(EventwireHook().settings(), access), "url_prefix": _PREFIX, "name": "Eventwire"}]


def _is_api_server() -> bool:
    import sys

    return any("api-server" in argument or "api_server" in argument for argument in sys.argv)


class EventwirePlugin(AirflowPlugin):
    """Mounts the pages at /eventwire and shows them in the navigation."""

    name = "eventwire"
    fastapi_apps = _pages() if _is_api_server() else []
    external_views = [  # noqa: RUF012 (Airflow reads class attributes)
        {
            "name": "Eventwire",
            "href": "eventwire/",
            "destination": "nav",
            "category": "browse",
            "url_route": "eventwire",
        }
    ]
