"""`eventwire serve`: the pages and the unsubscribe address, without Airflow."""

import socket
from typing import Annotated

import typer

from processors.errors import ConfigError
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

    _check_port(host, port)
    uvicorn.run(create_app(load_settings()), host=host, port=port, log_level="info", access_log=False)


def _check_port(host: str, port: int) -> None:
    # uvicorn tells of a port that is taken only when all else has started, and with an exit code of its own.
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            raise ConfigError(f"cannot listen on port {port} of {host}: {error.strerror}") from None
