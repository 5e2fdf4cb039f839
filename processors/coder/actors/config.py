"""The tables of config/actors as checked models. Errors name file, line and key."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationError,
    model_validator,
)

from processors.settings import config_error, load_yaml

Languages = ("de", "en")
Model = TypeVar("Model", bound=BaseModel)


def _first_day(value: Any) -> Any:
    """ "2021-03" is the first day of that month."""
    if isinstance(value, int):
        return date(value, 1, 1)
    return f"{value}-01" if isinstance(value, str) and len(value) == 7 else value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _without_blanks(values: tuple[str, ...]) -> tuple[str, ...]:
    if any(not value.strip() or value != value.strip() for value in values):
        raise ValueError("a name is empty or has blanks around it")
    return values


Day = Annotated[date, BeforeValidator(_first_day)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_without_blanks)]


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Naming(_Checked):
    """How one language names a state, organisation or group. See config/actors/states/europe.yaml for the keys."""

    names: Names = ()
    adj: Names = ()
    people: Names = ()
    capital: Names = ()
    seats: Names = ()
    shared: Names = ()
    cities: Names = ()
    collectives: Names = ()
    unless: Names = ()


class Named(_Checked):
    """A state, organisation or group by language. `given`: names and towns that are given names too (Chad, Sofia)."""

    de: Naming = Naming()
    en: Naming = Naming()
    given: Names = ()


class PerLanguage(_Checked):
    """Words by language."""

    de: Names = ()
    en: Names = ()


class Compounds(_Checked):
    """Stems that join with one word for the minister and one for the ministry."""

    stems: Names
    minister: Names
    ministry: Names


class AllCompounds(_Checked):
    """German joins without, English with a space; `bundes` are words that "Bundes" stands before."""

    de: Compounds
    en: Compounds
    bundes: Names = ()
    heads: Names = ()


class Offices(_Checked):
    """config/actors/offices.yaml."""

    offices: dict[str, PerLanguage]
    compounds: AllCompounds
    bodies: PerLanguage
    unique: dict[str, PerLanguage]
    former: PerLanguage
    then: PerLanguage = PerLanguage()
    modifiers: PerLanguage = PerLanguage()
    verbs: Names = ()
    blocked: PerLanguage


class People(_Checked):
    """config/actors/people.yaml."""

    given_names: Names
    family_names: Names
    homonyms: Names


class Enemies(_Checked):
    """Words for an unnamed enemy. The other keys: the side of the text, the side that it means."""

    model_config = ConfigDict(extra="allow", frozen=True)
    words: PerLanguage


class Belligerents(_Checked):
    """Words for the sides of a war that the text has named; `wars` are the two sides of each. `both` are words that
    mean nobody where it has not."""

    wars: tuple[tuple[str, str], ...]
    words: PerLanguage
    both: PerLanguage = PerLanguage()


class Others(_Checked):
    """config/actors/others.yaml."""

    WEST: Named
    OTHER: Named
    described: PerLanguage = PerLanguage()
    relations: PerLanguage = PerLanguage()
    belligerents: Belligerents
    enemies: Enemies


class Described(PerLanguage):
    """Words for whichever of `ids` the text has named last."""

    ids: Names


class Descriptions(_Checked):
    """config/actors/descriptions.yaml."""

    anyone: tuple[Described, ...] = ()
    groups: PerLanguage = PerLanguage()
    pair: PerLanguage = PerLanguage()


class Holder(_Checked):
    """Somebody in an office: `since` the first day, `until` the day after the last; `also` other spellings."""

    name: str
    since: Day = Field(alias="from", default=date(1900, 1, 1))
    until: Day | None = None
    also: Names = ()
    common: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> "Holder":
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"{self.name} leaves the office on {self.until}, before or on the first day {self.since}")
        return self


NamedById = RootModel[dict[str, Named]]
HoldersById = RootModel[dict[str, dict[str, tuple[Holder, ...]]]]


def read_table(path: Path, model: type[Model]) -> Model:
    """One checked YAML file. Raises ConfigError naming file, line and key."""
    data = load_yaml(path)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise config_error(path, error) from None
