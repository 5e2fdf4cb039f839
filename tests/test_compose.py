"""docker-compose.yml, checked as far as it can be without a Docker engine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from processors.settings import load_settings
from tests.servers.compose import Compose

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
ONE_SHOT = {"airflow-init", "eventwire-init", "elasticsearch-users", "elasticsearch-volume"}

KEPT = {
    "postgres": {"postgres-data": "/var/lib/postgresql/data"},
    "redis": {"redis-data": "/data"},
    "elasticsearch": {
        "elasticsearch-data": "/usr/share/elasticsearch/data",
        "elasticsearch-snapshots": "/usr/share/elasticsearch/snapshots",
    },
}


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load(COMPOSE.read_text())["services"]


def _variables() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))


def test_it_fits_the_schema_of_compose():
    tool = Path(sys.executable).parent / "check-jsonschema"
    subprocess.run([tool, "--builtin-schema", "vendor.compose-spec", COMPOSE], check=True, capture_output=True)


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    if shutil.which("go") is None:
        message = "Go is missing (Debian: apt-get install golang-go): compose references are not checked"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    binary = tmp_path_factory.mktemp("compose") / "load"
    subprocess.run(["go", "build", "-o", binary, "."], cwd=ROOT / "tests" / "compose", check=True)

    def run(path: Path, **environment: str):
        base = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
        return subprocess.run([binary, path], env=base | environment, capture_output=True, text=True, check=False)

    return run


def test_docker_compose_would_load_it(load, services):
    done = load(COMPOSE, **dict.fromkeys(_variables(), "x"))
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == set(services)
    assert load(COMPOSE, **_secrets()).stdout == done.stdout


def test_an_undefined_dependency_would_be_seen(load, tmp_path):
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(
        COMPOSE.read_text().replace("redis: {condition: service_healthy}", "redys: {condition: service_healthy}")
    )
    assert "redys" in load(broken, **dict.fromkeys(_variables(), "x")).stderr


def test_no_secret_has_a_default(load):
    done = load(COMPOSE)
    assert done.returncode == 1
    assert "run make env" in done.stderr


def test_make_env_writes_every_secret_and_never_twice(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    first = subprocess.run(["make", "env"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "docker compose up" in first.stdout
    text = (tmp_path / ".env").read_text()
    written = dict(line.split("=", 1) for line in text.splitlines())
    required = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE.read_text()))
    assert set(written) >= required
    assert written.pop("EVENTWIRE_MAIL__BASE_URL") == "http://127.0.0.1:8080/eventwire"
    assert len(set(written.values())) == len(written)
    assert min(map(len, written.values())) >= 40
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    second = subprocess.run(["make", "env"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert second.returncode != 0
    assert (tmp_path / ".env").read_text() == text


def test_all_that_stays_up_has_a_health_check_a_memory_limit_and_restarts(services):
    for name, service in services.items():
        assert service.get("mem_limit"), name
        if name not in ONE_SHOT:
            assert service.get("healthcheck"), name
            assert service["restart"] == "unless-stopped", name


def test_what_is_needed_is_waited_for_until_healthy(services):
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
            assert how["condition"] == wanted, (name, other)


def test_ports_are_open_on_this_machine_only_and_images_are_pinned(services):
    for name, service in services.items():
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", ())), name
        tag = service["image"].rpartition(":")[2]
        assert re.search(r"\d+\.\d+", tag), name


def test_all_of_airflow_shares_one_jwt_secret(services):
    airflow = [s for name, s in services.items() if name.startswith("airflow")]
    assert len(airflow) == 6
    assert {s["environment"]["AIRFLOW__API_AUTH__JWT_SECRET"] for s in airflow} == {"${JWT_SECRET:?run make env}"}


def test_what_a_restart_must_not_lose_lies_in_named_volumes(services):
    volumes = yaml.safe_load(COMPOSE.read_text())["volumes"]
    kept = {name: dict(volume.split(":")[:2] for volume in services[name]["volumes"]) for name in KEPT}
    assert kept == KEPT
    assert set(volumes) >= {volume for one in KEPT.values() for volume in one}


def test_snapshots_lie_where_elasticsearch_may_write_them(services):
    folder = services["elasticsearch"]["environment"]["path.repo"]
    owner = services["elasticsearch-volume"]
    assert owner["volumes"] == [f"elasticsearch-snapshots:{folder}"]
    assert owner["entrypoint"] == ["chown", "1000:0", folder]  # the image's user


def test_links_in_mails_lead_to_the_pages_in_airflow_unless_env_says_otherwise():
    assert _base_url({}) == "http://127.0.0.1:8080/eventwire"
    assert _base_url({"EVENTWIRE_MAIL__BASE_URL": "https://news.example.org/x"}) == "https://news.example.org/x"


def _base_url(more: dict[str, str]) -> str:
    return load_settings(_environment(more)).mail.base_url


def _secrets() -> dict[str, str]:
    return dict.fromkeys(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE.read_text()), "x")


def _environment(more: dict[str, str]) -> dict[str, str]:
    """What a worker finds where `.env` has the secrets and `more`."""
    return Compose(_secrets() | more, {}).environment("airflow-worker")


def test_what_env_says_of_other_servers_and_workers_reaches_the_services():
    own = {
        "EVENTWIRE_DATABASE_URL": "postgresql+psycopg://ann@db.example.org/news",
        "EVENTWIRE_INDEX_URL": "https://es.example.org:9200",
        "EVENTWIRE_INDEX__API_KEY": "key",
        "EVENTWIRE_INDEX__CA_FILE": "/opt/eventwire/config/ca.pem",
        "EVENTWIRE_CODER__WORKERS": "12",
    }
    airflow = {
        "AIRFLOW__CELERY__WORKER_CONCURRENCY": "8",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql+psycopg2://ann@db.example.org/airflow",
        "AIRFLOW__CELERY__RESULT_BACKEND": "db+postgresql://ann@db.example.org/airflow",
    }
    environment = _environment(own | airflow)
    assert airflow.items() <= environment.items()
    settings = load_settings(environment)
    assert (settings.database_url, settings.index_url) == (own["EVENTWIRE_DATABASE_URL"], own["EVENTWIRE_INDEX_URL"])
    assert (settings.index.api_key, str(settings.index.ca_file)) == ("key", "/opt/eventwire/config/ca.pem")
    assert settings.coder.workers == 12


def test_without_a_word_in_env_the_servers_of_the_file_are_used():
    environment = _environment({})
    settings = load_settings(environment)
    assert settings.database_url == "postgresql+psycopg://eventwire:x@postgres:5432/eventwire"
    assert settings.index_url == "http://elastic:x@elasticsearch:9200"
    assert (settings.index.api_key, settings.index.ca_file, settings.coder.workers) == ("", None, 0)
    assert environment["AIRFLOW__CELERY__WORKER_CONCURRENCY"] == "4"
