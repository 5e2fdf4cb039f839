"""The lexicon of a language: its file format, validated, with errors that name file, line and key.

docs/coder.md explains the format to people who add triggers.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from processors.errors import CoderError, ConfigError
from processors.records import EVENT_TYPES, Status
from processors.settings import ROOT, config_error, line_of, load_yaml

Direction = Literal["before", "after", "both"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Frame(_Section):
    """Which relation to the trigger makes somebody an actor or a recipient; a word stands for that preposition."""

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()


class Rule(_Section):
    """Triggers of one event type that share a frame. `match` and `not` are sentences that the tests run. Those of a
    `plain` rule tell their event whatever was learned."""

    id: str
    type: str
    frame: str = "act"
    triggers: tuple[str, ...] = Field(min_length=1)
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    family: str = ""
    plain: bool = False
    match: tuple[str, ...] = Field(min_length=1)
    no_match: tuple[str, ...] = Field(min_length=1, alias="not")

    @field_validator("type")
    @classmethod
    def _known_type(cls, value: str) -> str:
        if value not in EVENT_TYPES:
            raise ValueError(f"{value!r} is no event type; known: {', '.join(EVENT_TYPES)}")
        return value


class Cue(_Section):
    """Words that change the status of events in their clause, in the manner of ConText.

    `direction` says on which side of the words the events stand; `within` how many words away at most. A cue does not
    reach over a terminator of the lexicon.
    """

    status: Status
    words: tuple[str, ...] = Field(min_length=1)
    direction: Direction = "both"
    within: int = 8


class Government(_Section):
    """Words that decide over the status of what they govern in the parse; `verbs`, `modals` and `attributes` by the
    status they give (lemmas or forms), the others as forms.

    Verbs may have a particle or another word right under them ("fall through", "vom tisch", "be off"). Where one of
    `happens` is denied, so is what happens. Before one of `only` a negator does not negate. One of `spares` before
    words of `harm`, with none but words of `between` between them, says that nobody was harmed: that denies nothing.
    What is done `almost` is not done, in German with one of the `unreal` auxiliaries, unless it is done `by_degrees`
    ("almost destroyed the town"); nor is what there is one of `no_evidence` of `evidence` for, which leads there by one
    of `evident`. What one of `failures` is told of has failed or was called off ("the collapse of the talks"),
    one of `wishes` only wished for or talked of ("hopes for a truce").
    Verbs of `backs` beside a name tell who that is ("the army, backed by Russia, ...").
    """

    verbs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    modals: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    attributes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    negators: tuple[str, ...] = ()
    happens: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    spares: frozenset[str] = frozenset()
    harm: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    almost: tuple[str, ...] = ()
    unreal: frozenset[str] = frozenset()
    by_degrees: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    no_evidence: frozenset[str] = frozenset()
    evident: frozenset[str] = frozenset()
    failures: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    backs: frozenset[str] = frozenset()
    no: tuple[str, ...] = ()
    perfect: tuple[str, ...] = ()
    future: tuple[str, ...] = ()


class About(_Section):
    """Where it stands what an event is about.

    `relations`, by type, the surest first: `object`, `possessor` and prepositions as in frames; `clause`, the object
    of a clause under the trigger; `compound`, a word that the trigger is compounded with; `self`, the trigger's own
    noun; `arms`, a kind of arms; `discuss`, what is said to be discussed; `kicker`, a headline's first words before a
    colon; `noun`, simply the next noun; `nearest`, the nearest noun in the trigger's clause that tells anything.
    `discussing` are verbs whose object is a topic, `speaking` those that have it behind one of the `openers`. Words of
    `vague` are no topics, nor are arms that begin like one of `vague_arms`, nor talks themselves in the types of
    `talks`; those of `leading` ("creation of ...") lead to what is.
    """

    relations: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    discussing: tuple[str, ...] = ()
    speaking: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    vague: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    vague_arms: tuple[str, ...] = ()
    talks: frozenset[str] = frozenset()

    @field_validator("relations")
    @classmethod
    def _known_types(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        if unknown := sorted(set(value).difference(EVENT_TYPES)):
            raise ValueError(f"{unknown[0]!r} is no event type; known: {', '.join(EVENT_TYPES)}")
        return value


# Its lists of words that say something of a trigger beside them.
PHRASES = (
    "mutual", "peaceful", "near", "far", "press", "domestic", "online", "apart", "again", "praises", "mocks", "sports",
)  # fmt: skip


class Lexicon(_Section):
    """One language's file under config/lexicon.

    `idioms`, written as triggers are, say something else than the trigger that they begin with: the first word of one
    is no trigger, alone or with others of its words ("räumen" in "räumt Fehler ein"). `mutual`, written so too,
    say that what they belong to is done both ways, `peaceful` that who asks for it asks for peace, `near` that what
    sides come to is within reach only, and `far` that it is not even that. `press` are the media, `domestic` people of
    a company or of a state's own: who speaks to the former meets nobody, who meets the latter no state. `online` says
    of a meeting that it is held at a distance, `apart` that several are met one by one, `again` that there was another.
    What somebody calls by one of `praises` he supports, an offer that he calls by one of `mocks` he turns down. By one
    of `sports` a sentence that names nobody in office tells of sport.
    """

    language: str
    classes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    frames: dict[str, Frame]
    idioms: tuple[str, ...] = ()
    mutual: tuple[str, ...] = ()
    peaceful: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    domestic: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    praises: tuple[str, ...] = ()
    sports: tuple[str, ...] = ()
    mocks: tuple[str, ...] = ()
    rules: tuple[Rule, ...]
    cues: tuple[Cue, ...] = ()
    government: Government = Government()
    terminators: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()
    about: About = About()


def lexicon_path(language: str, config_dir: Path | None = None) -> Path:
    """Where the lexicon of a language lies."""
    return (config_dir or ROOT / "config") / "lexicon" / f"{language}.yaml"


def lexicon_languages(config_dir: Path | None = None) -> list[str]:
    """The languages that have a lexicon, by their file names."""
    return sorted(path.stem for path in ((config_dir or ROOT / "config") / "lexicon").glob("*.yaml"))


def read_lexicon(path: Path) -> Lexicon:
    """The validated lexicon. Raises ConfigError naming file, line and key of each problem."""
    try:
        lexicon = Lexicon.model_validate(load_yaml(path))
    except ValidationError as error:
        raise config_error(path, error) from None
    problems = _loose_ends(path, lexicon)
    if problems:
        raise ConfigError("\n".join(problems))
    return lexicon


@cache
def load_lexicon(language: str, config_dir: Path | None = None) -> Lexicon:
    """The lexicon of a language, read once per process. Raises CoderError where there is none."""
    path = lexicon_path(language, config_dir)
    if not path.exists():
        raise CoderError(f"{path}: there is no lexicon for language {language!r}")
    return read_lexicon(path)


def _loose_ends(path: Path, lexicon: Lexicon) -> list[str]:
    """What pydantic cannot see: unknown frames and word classes, classes of more than words, ids used twice."""
    problems, seen = _long_members(path, lexicon), set()
    for position, rule in enumerate(lexicon.rules):
        line = line_of(path, ["rules", position])
        if rule.frame not in lexicon.frames:
            problems.append(f"{path}:{line}: rules.{position}.frame: there is no frame {rule.frame!r}")
        if rule.id in seen:
            problems.append(f"{path}:{line}: rules.{position}.id: {rule.id!r} is used twice")
        seen.add(rule.id)
        for name in _classes_of((*rule.triggers, *rule.needs, *rule.unless)):
            if name not in lexicon.classes:
                problems.append(f"{path}:{line}: rules.{position}: there is no word class @{name}")
    for key in ("idioms", *PHRASES):
        for position, pattern in enumerate(getattr(lexicon, key)):
            for name in sorted(_classes_of([pattern]) - lexicon.classes.keys()):
                line = line_of(path, [key, position])
                problems.append(f"{path}:{line}: {key}.{position}: there is no word class @{name}")
    return problems


def _long_members(path: Path, lexicon: Lexicon) -> list[str]:
    return [
        f"{path}:{line_of(path, ['classes', name])}: classes.{name}: {one!r} is more than one word; none would match it"
        for name, members in lexicon.classes.items()
        for one in members
        if len(one.split()) > 1
    ]


def _classes_of(patterns: Iterable[str]) -> set[str]:
    words = " ".join(patterns).replace("/", " ").split()
    return {word[1:] for word in words if word.startswith("@")}
