"""Settings: the file, the environment over it, and errors that name the place."""

import json
import time
from contextlib import closing

import pytest

from processors.alerts.transport import open_transport
from processors.database import open_database
from processors.errors import ConfigError, mask_secrets
from processors.index import open_index
from processors.settings import FetchSettings, MailSettings, load_settings, load_yaml


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


@pytest.mark.parametrize("name", ["c#", "what?", "50%41", "50%", "Ordner mit äöü"])
def test_a_data_folder_of_any_name_holds_all_data(configured, tmp_path, name):
    var = tmp_path / name
    settings = configured(EVENTWIRE_VAR_DIR=str(var))
    with closing(open_database(settings.database_url)), closing(open_index(settings.index_url)) as index:
        index.upsert("events", [])
    open_transport(settings.smtp_url).send("one", "a@example.org", "b@example.org", b"")
    assert {path.name for path in var.iterdir()} >= {"eventwire.sqlite", "index", "outbox"}
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [name]


def test_a_section_or_key_without_a_value_sets_nothing(configured):
    settings = configured("fetch:\n#  contact: desk@example.org\nmail:\n  operators:\ndatabase_url:\n")
    assert (settings.fetch, settings.mail) == (FetchSettings(), MailSettings())
    with pytest.raises(ConfigError, match=r"eventwire.yaml:1: fetchh: there is no such key"):
        configured("fetchh:\n")


def test_a_section_that_holds_a_value_instead_says_so(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:1: fetch: must hold settings, a line `name: value` each"):
        configured("fetch: 5\n")


@pytest.mark.parametrize("address", ["nobody", "a@example.org, b@example.org", "a@b@example.org", "@example.org", "''"])
def test_operators_are_mail_addresses(configured, address):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:2: mail.operators: .* is no mail address"):
        configured(f"mail:\n  operators: ['{address}']\n")


@pytest.mark.parametrize(
    "sender", ["Eventwire", "Eventwire <eventwire>", "Desk, night <night@example.org>", "[EW] desk <a@b.example>", ""]
)
def test_the_sender_is_a_mail_address(configured, sender):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:2: mail.sender: .* is no address such as Eventwire <"):
        configured(f"mail:\n  sender: {json.dumps(sender)}\n")
    assert configured("mail: {sender: Jörg <joerg@localhost>}").mail.sender == "Jörg <joerg@localhost>"


def test_an_operator_may_have_a_name(configured):
    operators = ("ops@example.org", "Jörg <joerg@example.org>", '"Desk, night" <night@example.org>')
    assert configured(f"mail: {{operators: {json.dumps(operators)}}}").mail.operators == operators


def test_days_that_no_calendar_has_are_refused(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:2: retention.articles: .*36500"):
        configured("retention:\n  articles: 99999999\n")
    assert configured("retention: {articles: 36500}").retention.articles == 36_500


@pytest.mark.parametrize("gap", ["-1", "61", ".inf", ".nan", "soon"])
def test_a_gap_between_requests_is_a_minute_at_most(configured, gap):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:2: fetch.host_gap: "):
        configured(f"fetch:\n  host_gap: {gap}\n")
    assert configured("fetch: {host_gap: 60}").fetch.host_gap == 60.0


def test_times_without_an_end_are_refused(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:1: fetch.timeout: .*finite"):
        configured("fetch: {timeout: .inf}")


def test_the_shortest_interval_is_not_longer_than_the_longest(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:3: feeds.max_interval: 300 is less than .*90000"):
        configured("feeds:\n  min_interval: 90000\n  max_interval: 300\n", EVENTWIRE_FEEDS="mine.yaml")
    with pytest.raises(ConfigError, match=r"eventwire.yaml:1: feeds.max_interval: 86400 is less than"):
        configured("feeds:\n  min_interval: 90000\n")


def test_an_index_in_a_relative_folder_is_refused(configured):
    with pytest.raises(ConfigError, match=r"eventwire.yaml:1: index_url: .*tantivy:///folder"):
        configured("index_url: tantivy://var/index\n")
    with pytest.raises(ConfigError, match=r"^environment: EVENTWIRE_INDEX_URL: .*tantivy:///folder"):
        configured(EVENTWIRE_INDEX_URL="tantivy://var/index")


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


def test_a_configuration_folder_that_is_not_there_is_told(tmp_path):
    (tmp_path / "file").touch()
    for missing in (tmp_path / "confg", tmp_path / "file"):
        with pytest.raises(ConfigError, match=rf"{missing}: there is no such folder; EVENTWIRE_CONFIG_DIR"):
            load_settings({"EVENTWIRE_CONFIG_DIR": str(missing)})
    assert load_settings({"EVENTWIRE_CONFIG_DIR": str(tmp_path)}).config_dir == tmp_path


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
        EVENTWIRE_MAIL__SENDER='"[Eventwire] desk" <a@b.example>',
        EVENTWIRE_INDEX__API_KEY="20251112",
        EVENTWIRE_MAIL__OPERATORS="[a@b.example]",
    )
    assert settings.mail.secret == "@s3cret #1: [x"
    assert settings.mail.sender == '"[Eventwire] desk" <a@b.example>'
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


def test_an_index_address_without_a_scheme_shows_no_password() -> None:
    with pytest.raises(ConfigError, match="index_url with user and password: write tantivy") as raised:
        open_index("elastic:geheim@search.example:9200")
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("sign", ["/", "?", "#"])
def test_a_password_of_the_index_with_a_sign_of_addresses_is_asked_for_in_its_code(configured, sign):
    with pytest.raises(ConfigError, match=r"index_url: .*percent code") as raised:
        configured(f"index_url: http://bot:1{sign}geheim@search.example:9200\n")
    assert "geheim" not in str(raised.value)
    assert configured("index_url: http://bot:1%2F2@search.example:9200\n").index_url.endswith("@search.example:9200")
