"""`config/alerts.yaml`: read, checked, and turned into AlertRules."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from processors.alerts.schedule import parse_schedule
from processors.errors import ConfigError, QueryError
from processors.query import parse_query
from processors.records import AlertRule, Subscriber
from processors.settings import config_error, line_of, load_yaml

Realert = Literal["new_status", "new_participant", "tenth_source"]
# What a mail server takes without SMTPUTF8: an ASCII local part and a host name or an address literal-free domain.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NAMED = re.compile(r"[^<>]*<([^<>]*)>")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubscriberModel(_Strict):
    """Who gets the mails."""

    address: str
    language: Literal["de", "en"] = "en"
    time_zone: str = "UTC"

    @field_validator("address")
    @classmethod
    def _is_address(cls, value: str) -> str:
        # Of Desk <desk@example.org> the address counts: by it people mute and unsubscribe.
        address = named[1] if (named := _NAMED.fullmatch(value)) else value
        if not _ADDRESS.fullmatch(address) or len(address) > 254:
            raise ValueError(f"{value!r} is no mail address such as desk@example.org")
        return address

    @field_validator("time_zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no time zone such as Europe/Berlin")
        return value


class RuleModel(_Strict):
    """One rule."""

    name: str = Field(min_length=1, max_length=120)
    description: str = ""
    query: str = Field(min_length=1)
    on: Literal["events", "articles"] = "events"
    when: str = "immediate"
    subscribers: tuple[SubscriberModel, ...] = ()
    notify: tuple[str, ...] = ()
    min_sources: int = Field(default=1, ge=1)
    min_confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    max_mails_per_day: int | None = Field(default=None, ge=1)
    realert_on: tuple[Realert, ...] = ()

    @field_validator("name")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if not value.isprintable() or value != value.strip():
            raise ValueError("must be one line without blanks around it")
        return value

    @field_validator("when")
    @classmethod
    def _is_schedule(cls, value: str) -> str:
        parse_schedule(value)
        return value

    @field_validator("notify")
    @classmethod
    def _are_notify_urls(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for number, url in enumerate(value, start=1):
            if not re.match(r"[a-z][a-z0-9+.-]*://", url, re.IGNORECASE):
                # The address itself may hold a secret, so it is not shown.
                raise ValueError(f"number {number} is no apprise address such as ntfy://ntfy.sh/topic")
        return value

    @model_validator(mode="after")
    def _fits_what_it_watches(self) -> "RuleModel":
        if not self.subscribers and not self.notify:
            raise ValueError("has nobody to tell: give it subscribers or notify")
        addresses = [subscriber.address.lower() for subscriber in self.subscribers]
        if len(set(addresses)) < len(addresses):
            raise ValueError("names one subscriber twice")
        for_events = {"min_sources", "min_confidence", "realert_on"} & self.model_fields_set
        if self.on == "articles" and for_events:
            raise ValueError(f"{', '.join(sorted(for_events))}: only for rules on events")
        return self

    def rule(self) -> AlertRule:
        """The record that the stages use."""
        data = self.model_dump(exclude={"subscribers"})
        subscribers = tuple(Subscriber(**subscriber.model_dump()) for subscriber in self.subscribers)
        return AlertRule(subscribers=subscribers, **data)


class RulesFile(_Strict):
    """The whole file."""

    rules: tuple[RuleModel, ...] = ()


def load_rules(path: Path) -> tuple[AlertRule, ...]:
    """The rules of a file; none where there is no such file. Raises ConfigError naming file, line and key of every
    problem, a query that cannot be understood included. A file that has not changed is read once."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return ()
    return _load_rules(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=8)
def _load_rules(path: Path, _changed: int, _size: int) -> tuple[AlertRule, ...]:
    content = load_yaml(path)
    if not isinstance(content, dict):
        raise ConfigError(f"{path}:1: must be a mapping with the key rules")
    try:
        models = RulesFile.model_validate(content).rules
    except ValidationError as error:
        raise config_error(path, error) from None
    problems = [*_doubles(path, models), *_query_problems(path, models)]
    if problems:
        raise ConfigError("\n".join(problems))
    return tuple(model.rule() for model in models)


def _doubles(path: Path, models: tuple[RuleModel, ...]) -> list[str]:
    seen: dict[str, int] = {}
    problems = []
    for number, model in enumerate(models):
        name = model.name.casefold()  # as the commands look rules up
        if name in seen:
            problems.append(_problem(path, number, "name", f"{model.name!r} is the name of rule {seen[name]} too"))
        seen.setdefault(name, number)
    return problems


def _query_problems(path: Path, models: tuple[RuleModel, ...]) -> list[str]:
    problems = []
    for number, model in enumerate(models):
        try:
            parse_query(model.query, model.on)
        except QueryError as error:
            problems.append(_problem(path, number, "query", str(error)))
    return problems


def _problem(path: Path, number: int, key: str, text: str) -> str:
    line = line_of(path, ["rules", number, key])
    return f"{path}:{line}: rules.{number}.{key}: {text}"


def rule_named(rules: tuple[AlertRule, ...], name: str) -> AlertRule:
    """The rule called `name`, upper and lower case aside. Raises ConfigError listing the names there are."""
    for rule in rules:
        if rule.name.casefold() == name.casefold():
            return rule
    raise ConfigError(f"there is no alert rule {name!r}; there are: {'; '.join(r.name for r in rules) or 'none'}")


def zone_of(subscriber: Subscriber) -> ZoneInfo:
    """The subscriber's time zone."""
    return ZoneInfo(subscriber.time_zone)


def rules_path(settings: Any) -> Path:
    """Where the rules of these settings are."""
    return Path(settings.config_dir) / "alerts.yaml"
