"""Where Airflow's connections meet Eventwire's settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from airflow.sdk import BaseHook

if TYPE_CHECKING:
    from airflow.sdk import Connection

    from processors.pipeline import Pipeline
    from processors.settings import Settings

# setting -> (connection, scheme by connection type). What the environment or eventwire.yaml sets wins.
_CONNECTIONS = {
    "database_url": ("eventwire_database", {"postgres": "postgresql+psycopg", "sqlite": "sqlite"}),
    "index_url": ("eventwire_index", {"http": "http", "https": "https", "elasticsearch": "https"}),
    "smtp_url": ("eventwire_smtp", {"smtp": "smtp", "email": "smtp"}),
}


def connection_url(connection: Connection, schemes: dict[str, str]) -> str:
    """The address that a connection stands for, as Eventwire's settings spell it.

    A field "Schema" of an HTTP or Elasticsearch connection, or one before its host, is its scheme; an SMTP connection
    uses smtps unless its extra has "disable_ssl"; a PostgreSQL connection keeps what its extra says of TLS ("sslmode").
    """
    kind = connection.conn_type
    scheme = schemes.get(kind, kind)
    path, options = connection.schema or "", ""
    named, _, host = (connection.host or "localhost").rpartition("://")
    if host.count(":") > 1 and not host.startswith("["):  # IPv6
        host = f"[{host}]"
    if kind in {"http", "https", "elasticsearch"}:
        scheme, path = named or path or scheme, ""
    elif scheme == "smtp" and not connection.extra_dejson.get("disable_ssl"):
        scheme = "smtps"
    elif scheme == "sqlite":
        return f"sqlite:///{connection.host or path}"
    elif kind == "postgres":
        plain = {key: value for key, value in connection.extra_dejson.items() if key.startswith("ssl")}
        options = f"?{urlencode(plain)}" if plain else ""
    user = quote(connection.login or "", safe="")
    password = f":{quote(connection.password, safe='')}" if connection.password else ""
    credentials = f"{user}{password}@" if user or password else ""
    port = f":{connection.port}" if connection.port else ""
    return f"{scheme}://{credentials}{host}{port}/{path}".rstrip("/") + options


def _allow_children() -> None:
    """Lets this task start processes of its own, in which feeds and pages are parsed.

    Celery's pool (billiard) puts its own object in the place of the standard library's for the current process: one
    that is marked as a daemon, which may not have children, and whose key the standard library cannot hand to them.
    Nothing is orphaned by that: Airflow's supervisor ends all that a task started.
    """
    import multiprocessing.process as standard

    current = standard.current_process()
    if not isinstance(current, standard.BaseProcess):
        current.daemon = False
        current._config["authkey"] = standard.AuthenticationString(current.authkey)


class EventwireHook(BaseHook):
    """Opens the pipeline with the settings of the environment, filled up from Airflow's connections."""

    hook_name = "Eventwire"

    def settings(self) -> Settings:
        """The settings. Raises ConfigError."""
        import os

        from processors.settings import PREFIX, load_settings

        environment = dict(os.environ)
        for setting, (name, schemes) in _CONNECTIONS.items():
            variable = f"{PREFIX}{setting.upper()}"
            if not environment.get(variable) and (connection := self._find(name)):
                environment[variable] = connection_url(connection, schemes)
        return load_settings(environment)

    @contextmanager
    def pipeline(self) -> Iterator[Pipeline]:
        """The pipeline on that database, closed at the end."""
        from processors.pipeline import opened

        _allow_children()
        with opened(self.settings()) as pipeline:
            yield pipeline

    def _find(self, name: str) -> Connection | None:
        from airflow.sdk.exceptions import AirflowNotFoundException

        try:
            return self.get_connection(name)
        except AirflowNotFoundException:
            return None
