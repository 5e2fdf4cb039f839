"""Airflow's connections fill up what the environment leaves unset."""

import json

import pytest

pytestmark = pytest.mark.airflow


@pytest.fixture
def settings(monkeypatch, tmp_path):
    def with_connections(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        from eventwire_hook import EventwireHook

        return EventwireHook().settings()

    for name in ("DATABASE_URL", "INDEX_URL", "SMTP_URL"):
        monkeypatch.delenv(f"EVENTWIRE_{name}", raising=False)
    monkeypatch.setenv("EVENTWIRE_VAR_DIR", str(tmp_path))
    return with_connections


def test_without_connections_the_embedded_defaults_hold(settings, tmp_path):
    assert settings().database_url == f"sqlite:///{tmp_path / 'eventwire.sqlite'}"


def test_a_postgres_connection_becomes_the_database(settings):
    found = settings(AIRFLOW_CONN_EVENTWIRE_DATABASE="postgres://ann:p%40ss%2Fword@db.example:5433/news")
    assert found.database_url == "postgresql+psycopg://ann:p%40ss%2Fword@db.example:5433/news"


def test_a_postgres_connection_keeps_what_it_demands_of_tls(settings):
    found = settings(AIRFLOW_CONN_EVENTWIRE_DATABASE="postgres://ann:x@[::1]:5433/news?sslmode=verify-full")
    assert found.database_url == "postgresql+psycopg://ann:x@[::1]:5433/news?sslmode=verify-full"


def test_a_host_with_its_scheme_is_read_as_such(settings):
    connection = {
        "conn_type": "elasticsearch",
        "host": "http://es.example",
        "login": "u",
        "password": "p",
        "port": 9200,
    }
    assert settings(AIRFLOW_CONN_EVENTWIRE_INDEX=json.dumps(connection)).index_url == "http://u:p@es.example:9200"
    connection = {"conn_type": "http", "host": "https://es.example:9200"}
    assert settings(AIRFLOW_CONN_EVENTWIRE_INDEX=json.dumps(connection)).index_url == "https://es.example:9200"


def test_an_http_connection_becomes_the_index(settings):
    found = settings(AIRFLOW_CONN_EVENTWIRE_INDEX="http://elastic:secret@es.example:9200/https")
    assert found.index_url == "https://elastic:secret@es.example:9200"


def test_an_smtp_connection_uses_tls_unless_told_otherwise(settings):
    assert (
        settings(AIRFLOW_CONN_EVENTWIRE_SMTP="smtp://u:p@mail.example:465").smtp_url == "smtps://u:p@mail.example:465"
    )
    plain = settings(AIRFLOW_CONN_EVENTWIRE_SMTP="smtp://mail.example:25?disable_ssl=true")
    assert plain.smtp_url == "smtp://mail.example:25"


def test_the_environment_wins_over_a_connection(settings):
    found = settings(
        AIRFLOW_CONN_EVENTWIRE_DATABASE="postgres://db.example/news", EVENTWIRE_DATABASE_URL="sqlite:////data/x.sqlite"
    )
    assert found.database_url == "sqlite:////data/x.sqlite"
