"""`eventwire serve`: the pages and the unsubscribe address, without Airflow."""

from typing import Annotated

import typer

from processors.settings import load_settings


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; only this machine by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8088,
) -> None:
    """Serve search, events, alert rules with their feeds, and the unsubscribe address, until Ctrl-C.

    There is no login: what is to be reached from elsewhere belongs behind a proxy that has one, except /unsubscribe.
    """
    import uvicorn

    from processors.web.app import create_app

    uvicorn.run(create_app(load_settings()), host=host, port=port, log_level="info", access_log=False)
