"""The commands that docker-compose.yml has for an Elasticsearch with security on, and the rights that
docs/operations.md says a user of Eventwire's own needs."""

import subprocess

import pytest

from processors.settings import ROOT
from tests.servers.compose import Ports, compose_here

pytestmark = pytest.mark.elasticsearch
SECRETS = {"ELASTIC_PASSWORD": "elastic-password-1", "KIBANA_PASSWORD": "kibana-password-1"}
ROLE = {
    "cluster": ["monitor", "manage_index_templates"],
    "indices": [{"names": ["eventwire-*"], "privileges": ["all"]}],
}


@pytest.fixture
def run(secured_elasticsearch):
    """Runs a command of the compose file against the secured server, which is reached by TLS here."""
    secured_elasticsearch.ask("POST", "/_security/user/elastic/_password", {"password": SECRETS["ELASTIC_PASSWORD"]})
    address = secured_elasticsearch.plain_url.partition("://")[2]
    compose = compose_here(SECRETS, Ports(0, 0, 0, 0), address)
    tls = {"CURL_CA_BUNDLE": str(secured_elasticsearch.ca_file), "PATH": "/usr/bin:/bin"}

    def command(parts: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
        parts = [part.replace(f"http://{address}", f"https://{address}") for part in parts]
        return subprocess.run(
            parts, env=tls | SECRETS | environment, cwd=ROOT, capture_output=True, text=True, check=False
        )

    return compose, command


def test_the_health_check_passes_with_the_password_and_fails_without(run):
    compose, command = run
    check = compose.health_check("elasticsearch")
    done = command(check)
    assert done.returncode == 0, done.stderr
    assert command(check, ELASTIC_PASSWORD="wrong").returncode != 0


def test_kibanas_user_gets_its_password(run, secured_elasticsearch):
    compose, command = run
    done = command([*compose.entrypoint("elasticsearch-users"), *compose.command("elasticsearch-users")])
    assert done.returncode == 0, done.stderr
    url = f"{secured_elasticsearch.plain_url}/_security/_authenticate"
    asked = command(["curl", "-fsS", "-u", f"kibana_system:{SECRETS['KIBANA_PASSWORD']}", url])
    assert '"username":"kibana_system"' in asked.stdout, asked.stderr


def test_a_user_with_the_documented_rights_is_enough(empty_installation, secured_elasticsearch):
    ask = secured_elasticsearch.ask
    ask("PUT", "/_security/role/eventwire_writer", ROLE)
    ask("PUT", "/_security/user/writer", {"password": "writer-password-1", "roles": ["eventwire_writer"]})
    address = secured_elasticsearch.plain_url.partition("://")[2]
    installation = empty_installation.at(
        index_url=f"https://writer:writer-password-1@{address}", index__ca_file=str(secured_elasticsearch.ca_file)
    )
    installation.fill(of_one_month=True)  # this server takes two writes at a time
    before = installation.found()
    assert any(before.values())
    done = installation.eventwire("reindex")
    assert done.returncode == 0, done.stderr
    assert installation.found() == before
    assert installation.eventwire("reindex", "--migrate").returncode == 0
