"""Eventwire's own pages in Airflow's navigation: search and events behind Airflow's login."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin

_PREFIX = "/eventwire"


def _pages() -> list[dict[str, Any]]:
    """The pages as a FastAPI app for Airflow's API server; elsewhere (a task, the scheduler) none are needed."""
    from airflow.api_fastapi.app import get_cookie_path
    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
    from airflow.api_fastapi.core_api.security import requires_access_view
    from fastapi import Depends

    from eventwire_hook import EventwireHook
    from processors.web.app import create_app

    access = [Depends(requires_access_view(AccessView.PLUGINS))]
    login = f"{get_cookie_path()}api/v2/auth/login"  # below the path of Airflow's base_url
    app = create_app(EventwireHook().settings(), access, login)
    return [{"app": app, "url_prefix": _PREFIX, "name": "Eventwire"}]


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
