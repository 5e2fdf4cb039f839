"""Settings: the file, the environment over it, and errors that name the place."""

import time

import pytest

from processors.errors import ConfigError, mask_secrets
from processors.settings import load_settings, load_yaml


@pytest.fixture
def configured(tmp_path):
    def load(text: str = "", **environment: str):
        (tmp_path / "eventwire.yaml").write_text(text, encoding="utf-8")
        return load_settings({"EVENTWIRE_CONFIG_DIR": str(tmp_path), **environment})

    return load


def test_without_any_setting_everything_is_embedded(configured, tmp_path):
    settings = configured(EVENTWIRE_VAR_DIR=str(tmp_path / "var"))
    assert settings.database_url == f"sqlite:///{tmp_path}/var/eventwire.sqlite"
    assert settings.index_url == f"tantivy://{tmp_path}/var/index"
    assert settings.smtp_url == f"file://{tmp_path}/var/outbox"
    assert settings.feeds_file == tmp_path / "feeds.yaml"


def test_the_environment_overrides_the_file(configured):
    settings = configured(
        "database_url: sqlite:////a.sqlite\nfetch: {timeout: 9}\n",
        EVENTWIRE_DATABASE_URL="sqlite:////b.sqlite",
        EVENTWIRE_FETCH__CONTACT="desk@example.org",
    )
    assert settings.database_url == "sqlite:////b.sqlite"
    assert (settings.fetch.timeout, settings.fetch.contact) == (9.0, "desk@example.org")


def test_an_unknown_key_is_named_with_file_and_line(configured, tmp_path):
    with pytest.raises(ConfigError, match=rf"{tmp_path}/eventwire.yaml:2: fetch.timout: "):
        configured("fetch:\n  timout: 3\n")


def test_a_value_of_the_wrong_type_is_named_with_file_and_line(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:3: feeds.max_interval: .*integer"):
        configured("feeds:\n  min_interval: 60\n  max_interval: often\n")


def test_a_confidence_is_a_share(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:1: coder.min_confidence: "):
        configured("coder: {min_confidence: 70}\n")


def test_broken_yaml_is_named_with_its_line(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:\d: is not valid YAML"):
        configured("fetch: {timeout: 3\nfeeds: [")


def test_a_file_that_is_not_utf8_says_so(tmp_path):
    (tmp_path / "eventwire.yaml").write_bytes("# two lines\nmail: {sender: Bücher}".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"eventwire\.yaml:2: is not UTF-8"):
        load_settings({"EVENTWIRE_CONFIG_DIR": str(tmp_path)})


def test_an_unknown_variable_is_an_error_with_the_known_ones(configured):
    with pytest.raises(ConfigError, match=r"EVENTWIRE_DATABASE is no setting.*DATABASE_URL"):
        configured(EVENTWIRE_DATABASE="x")


def test_paths_in_the_environment_are_relative_to_where_the_command_runs(configured, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert configured(EVENTWIRE_FEEDS="mine.yaml").feeds_file == tmp_path / "mine.yaml"


def test_passwords_in_addresses_never_show_in_an_error():
    assert mask_secrets("see https://ann:s3cret@es.example:9200/x") == "see https://ann:***@es.example:9200/x"
    assert "s3cret" not in str(ConfigError("smtp://ann:s3cret@mail.example refused"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("smtps://me@example.org:s3cret@host:465", "smtps://me@example.org:***@host:465"),
        ("redis://:s3/c@ret@host/0", "redis://:***@host/0"),
        ("https://a:s3cret@b/x,http://c:s3cret@d", "https://a:***@b/x,http://c:***@d"),
        ("http://a:80/x?y=@z and mail to: x@y", "http://a:80/x?y=@z and mail to: x@y"),
        ("http://a:80 and https://mastodon.example/@b", "http://a:80 and https://mastodon.example/@b"),
    ],
)
def test_passwords_are_masked_whatever_signs_they_hold_and_nothing_else_is(text, shown):
    assert mask_secrets(text) == shown


def test_masking_takes_no_time_on_long_texts_without_passwords():
    text = "a" * 100_000 + "http://a:b" * 20_000 + ":" * 100_000
    start = time.monotonic()
    assert mask_secrets(text) == text
    assert time.monotonic() - start < 5


def test_on_and_no_are_words_in_our_yaml(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text("on: events\ncountry: NO\nactive: true\n")
    assert load_yaml(path) == {"on": "events", "country": "NO", "active": True}


def test_text_in_the_environment_is_taken_as_it_is(configured):
    settings = configured(
        EVENTWIRE_MAIL__SECRET="@s3cret #1: [x",
        EVENTWIRE_MAIL__SENDER="[Eventwire] desk <a@b.example>",
        EVENTWIRE_INDEX__API_KEY="20251112",
        EVENTWIRE_MAIL__OPERATORS="[a@b.example]",
    )
    assert settings.mail.secret == "@s3cret #1: [x"
    assert settings.mail.sender == "[Eventwire] desk <a@b.example>"
    assert settings.index.api_key == "20251112"
    assert settings.mail.operators == ("a@b.example",)


@pytest.mark.parametrize("value", ["0", "[1", "many"])
def test_a_bad_value_in_the_environment_names_its_variable(configured, value):
    with pytest.raises(ConfigError, match=r"^environment: EVENTWIRE_FETCH__PER_HOST\b"):
        configured(EVENTWIRE_FETCH__PER_HOST=value)


def test_a_file_without_settings_in_it_says_so(configured, tmp_path):
    with pytest.raises(ConfigError, match=f"{tmp_path}/eventwire.yaml: must hold settings"):
        configured("- a list")


@pytest.mark.parametrize("variable", ["EVENTWIRE_FETHC__TIMEOUT", "EVENTWIRE_INDEX_URL__X"])
def test_a_variable_of_no_section_is_an_error_that_names_it(configured, variable):
    with pytest.raises(ConfigError, match=f"^environment: {variable} is no setting"):
        configured(EVENTWIRE_INDEX_URL="tantivy:///x", **{variable: "1"})
