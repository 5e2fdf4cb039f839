"""Settings: `config/eventwire.yaml`, overridden by `EVENTWIRE_*` environment variables.

A nested setting `feeds.min_interval` is overridden by `EVENTWIRE_FEEDS__MIN_INTERVAL`.
"""

import os
import re
from collections.abc import Mapping
from email.utils import getaddresses
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator
from yaml.constructor import ConstructorError

from processors.errors import ConfigError

try:  # libyaml is ten times as fast, and not in every build of PyYAML
    from yaml import CSafeLoader as _Safe
except ImportError:
    from yaml import SafeLoader as _Safe  # type: ignore[assignment]

PREFIX = "EVENTWIRE_"
ROOT = Path(__file__).resolve().parent.parent
_MOST_DAYS = 36_500  # a date that many days back is one
_LONGEST_GAP = 60.0  # who has to wait longer for a turn is put off; a redirect within the host would be each time
_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
# A user or password with a sign that ends them, so that what stands behind it would be shown as a port or a path.
_SIGN_IN_PASSWORD = re.compile(r"https?://[^/?#@]*[/?#].*@", re.DOTALL)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _without_the_empty(cls, data: Any) -> Any:
        # `fetch:` with all its keys commented out, or a key without a value, sets nothing.
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}


class FetchSettings(_Section):
    """How everything is fetched. Times in seconds, sizes in bytes.

    `allow_networks` are private networks that may be fetched from, such as an intranet's; `loopback_gap` is the gap
    between requests to this machine.
    """

    contact: str = ""
    timeout: float = Field(default=15.0, gt=0)
    max_bytes: int = Field(default=15_000_000, ge=1)
    max_redirects: int = Field(default=5, ge=0)
    per_host: int = Field(default=2, ge=1)
    host_gap: float = Field(default=1.0, ge=0, le=_LONGEST_GAP)
    loopback_gap: float = Field(default=0.0, ge=0, le=_LONGEST_GAP)
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    concurrency: int = Field(default=100, ge=1)
    robots: bool = True


class FeedSettings(_Section):
    """How often feeds are asked; intervals in seconds."""

    min_interval: int = Field(default=300, ge=1)
    max_interval: int = Field(default=86_400, ge=1, validate_default=True)
    default_interval: int = Field(default=900, ge=1)
    max_entries: int = Field(default=2_000, ge=1)

    @field_validator("max_interval")
    @classmethod
    def _is_the_longest(cls, value: int, info: ValidationInfo) -> int:
        if value < (shortest := info.data.get("min_interval", 0)):
            raise ValueError(f"{value} is less than min_interval, {shortest}")
        return value


class CoderSettings(_Section):
    """The coder: `pipelines` names a spaCy package or folder per language instead of the shipped one; `workers` is how
    many coding tasks Airflow runs at a time, 0: one for each core of the machine that plans them; events that the coder
    is less sure of than `min_confidence` (0 to 1) are not stored."""

    pipelines: dict[str, str] = Field(default_factory=dict)
    workers: int = Field(default=0, ge=0)
    min_confidence: float = Field(default=0.0, ge=0.0, le=1.0)


class RetentionSettings(_Section):
    """Days that things are kept; 0 keeps them for ever."""

    articles: int = Field(default=0, ge=0, le=_MOST_DAYS)
    entries: int = Field(default=90, ge=0, le=_MOST_DAYS)
    mails: int = Field(default=365, ge=0, le=_MOST_DAYS)


class MailSettings(_Section):
    """Who the mails come from, who runs the place, and where links in them lead."""

    sender: str = "Eventwire <eventwire@localhost>"
    reply_to: str = ""
    operators: tuple[str, ...] = ()
    base_url: str = ""
    secret: str = ""

    @field_validator("sender")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not _is_address(value):
            raise ValueError(f"{value!r} is no address such as Eventwire <eventwire@example.org>")
        return value

    @field_validator("operators")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            if not _is_address(text):
                raise ValueError(f"{text!r} is no mail address such as desk@example.org; several are a list, [a, b]")
        return value


def _is_address(text: str) -> bool:
    found = [address for _, address in getaddresses([text])]
    return len(found) == 1 and _ADDRESS.fullmatch(found[0]) is not None


class IndexSettings(_Section):
    """How Elasticsearch is reached: `ca_file` of an authority of one's own, an `api_key` instead of user and password,
    seconds until a request is given up."""

    ca_file: Path | None = None
    api_key: str = ""
    timeout: float = Field(default=60.0, gt=0)


class Settings(_Section):
    """All settings, with absolute paths. Read once at the edge and handed on."""

    database_url: str = ""
    index_url: str = ""
    smtp_url: str = ""
    feeds_file: Path = Path("feeds.yaml")
    config_dir: Path = ROOT / "config"
    var_dir: Path = ROOT / "var"
    allow_private_addresses: bool = False
    log_format: Literal["text", "json"] = "text"
    fetch: FetchSettings = FetchSettings()
    index: IndexSettings = IndexSettings()
    feeds: FeedSettings = FeedSettings()
    coder: CoderSettings = CoderSettings()
    retention: RetentionSettings = RetentionSettings()
    mail: MailSettings = MailSettings()

    @field_validator("index_url")
    @classmethod
    def _is_absolute(cls, value: str) -> str:
        if value.startswith("tantivy://") and not value.startswith("tantivy:///"):
            raise ValueError("a folder is written with three slashes and its whole path, tantivy:///folder")
        if _SIGN_IN_PASSWORD.match(value):
            raise ValueError("write each of / ? # in the user and the password as its percent code, such as %2F for /")
        return value

    def with_defaults(self) -> "Settings":
        """Empty addresses filled with the embedded defaults under `var_dir`; relative paths made absolute."""
        var = self.var_dir if self.var_dir.is_absolute() else ROOT / self.var_dir
        config = self.config_dir if self.config_dir.is_absolute() else Path.cwd() / self.config_dir
        feeds = self.feeds_file if self.feeds_file.is_absolute() else config / self.feeds_file
        return self.model_copy(
            update={
                "var_dir": var,
                "config_dir": config,
                "feeds_file": feeds,
                "database_url": self.database_url or f"sqlite:///{_in_url(var / 'eventwire.sqlite')}",
                "index_url": self.index_url or f"tantivy://{var / 'index'}",
                "smtp_url": self.smtp_url or f"file://{_in_url(var / 'outbox')}",
            }
        )


def _in_url(path: Path) -> str:
    # What ends a path in an address, or begins a code there. tantivy:// takes a path as it is.
    return str(path).replace("%", "%25").replace("?", "%3F").replace("#", "%23")


# The feeds file is EVENTWIRE_FEEDS (a contract); the section `feeds` has EVENTWIRE_FEEDS__... names.
_PLAIN = {
    "DATABASE_URL": "database_url",
    "INDEX_URL": "index_url",
    "SMTP_URL": "smtp_url",
    "FEEDS": "feeds_file",
    "CONFIG_DIR": "config_dir",
    "VAR_DIR": "var_dir",
    "ALLOW_PRIVATE_ADDRESSES": "allow_private_addresses",
    "LOG_FORMAT": "log_format",
}
_ELSEWHERE = ("TEST_",)


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variable, value in environment.items():
        if not variable.startswith(PREFIX) or not value:
            continue
        name = variable.removeprefix(PREFIX)
        section, _, key = name.lower().partition("__")
        if name in _PLAIN:
            found[_PLAIN[name]] = _absolute(name, value)
        elif key and (kind := _section(section)):
            found.setdefault(section, {})[key] = _read(variable, kind, key, value)
        elif not name.startswith(_ELSEWHERE):
            raise ConfigError(f"environment: {variable} is no setting of Eventwire; known: {', '.join(sorted(_PLAIN))}")
    return found


def _section(name: str) -> type[_Section] | None:
    kind = getattr(Settings.model_fields.get(name), "annotation", None)
    return kind if isinstance(kind, type) and issubclass(kind, _Section) else None


def _read(variable: str, section: type[_Section], key: str, value: str) -> Any:
    # What is text is text, whatever YAML would make of "@", "#" and digits in a password.
    field = section.model_fields.get(key)
    if field is not None and field.annotation in (str, Path | None):
        return value
    try:
        return yaml.safe_load(value)
    except yaml.YAMLError:
        raise ConfigError(f"environment: {variable} cannot be read; lists are written as [a, b]") from None


def _absolute(name: str, value: str) -> str:
    # Paths in the environment are relative to where the command runs, not to the configuration folder.
    return str(Path(value).resolve()) if name in {"FEEDS", "CONFIG_DIR", "VAR_DIR"} else value


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        out[key] = _merged(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    return out


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process: file, then environment, then embedded defaults.

    Raises ConfigError naming file and line, or the environment variable.
    """
    environment = os.environ if environment is None else environment
    over = _from_environment(environment)
    config_dir = Path(over.get("config_dir", ROOT / "config"))
    if not config_dir.is_dir():  # a mistyped folder would set everything to its default, and say nothing
        raise ConfigError(f"{config_dir}: there is no such folder; EVENTWIRE_CONFIG_DIR names the one that is read")
    path = config_dir / "eventwire.yaml"
    base = load_yaml(path) if path.exists() else {}
    if not isinstance(base, dict):
        raise ConfigError(f"{path}: must hold settings, a line `name: value` each")
    try:
        return Settings.model_validate(_merged(base, over)).with_defaults()
    except ValidationError as error:
        for problem in error.errors():
            variable = PREFIX + "__".join(map(str, problem["loc"][:2])).upper()
            if environment.get(variable):
                raise ConfigError(f"environment: {variable}: {_worded(problem)}") from None
        raise config_error(path, error) from None


class _Loader(_Safe):
    """YAML 1.2's booleans: true and false. YAML 1.1 would read the key `on` and the country `NO` as booleans too.
    A key that stands twice in one mapping is an error, as the standard has it: the first one would be lost silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise ConstructorError(None, None, f"the key {key.value!r} is there twice", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
        return dict(super().construct_mapping(node, deep))


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _Safe.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def load_yaml(path: Path) -> Any:
    """The content of a YAML file, an empty file as {}. Raises ConfigError with file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader) or {}  # a safe loader
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8; save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}" if mark else ""
        raise ConfigError(f"{path}{place}: is not valid YAML: {getattr(error, 'problem', error)}") from None


# pydantic's own words for these are of its world, not of the file's.
_WORDS = {
    "extra_forbidden": "there is no such key",
    "missing": "is missing",
    "tuple_type": "must be a list",
    "model_type": "must hold settings, a line `name: value` each",
}


def config_error(path: Path, error: ValidationError) -> ConfigError:
    """A pydantic error as one that names file, line and key of each problem."""
    lines = []
    for problem in error.errors():
        keys = [key for key in problem["loc"] if not (isinstance(key, str) and key.startswith("function-"))]
        line = line_of(path, keys)
        key = ".".join(str(k) for k in keys)
        lines.append(f"{path}{f':{line}' if line else ''}: {key}: {_worded(problem)}")
    return ConfigError("\n".join(lines))


def _worded(problem: Any) -> str:
    return _WORDS.get(problem["type"]) or str(problem["msg"]).removeprefix("Value error, ")


@lru_cache(maxsize=1)  # the lines of many keys of one file are asked for in turn
def _composed(text: str) -> Any:
    return yaml.compose(text, _Safe)


def line_of(path: Path, keys: list[str | int]) -> int | None:
    """The line (from 1) of the deepest of `keys` that the YAML file has, None where the file has none."""
    try:
        node = _composed(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return None
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line
