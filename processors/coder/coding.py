"""From a text to event mentions: candidates by the lexicon, judged by the learned layer, merged per text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import exp
from pathlib import Path

from processors.coder.analysis import Candidate, Sentence, align, take_apart
from processors.coder.cues import Cues, Hit
from processors.coder.features import event_features, role_features, status_features
from processors.coder.government import RULE_WEIGHT, government, ruled_status
from processors.coder.lexicon import Lexicon, load_lexicon
from processors.coder.model import Models
from processors.coder.parties import name_parties
from processors.coder.triggers import Matcher
from processors.records import Status

_FARTHEST = 2


@dataclass(slots=True)
class Judged:
    """A candidate with what the learned layer says of it. `roles` gives for each id the chance of each role."""

    candidate: Candidate
    chance: float
    status: dict[str, float]
    roles: dict[str, dict[str, float]]
    hits: list[Hit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tools:
    """What one language is coded with."""

    language: str
    lexicon: Lexicon
    matcher: Matcher
    cues: Cues


@cache
def tools(language: str, config_dir: Path | None = None) -> Tools:
    """The compiled lexicon of a language, once per process."""
    lexicon = load_lexicon(language, config_dir)
    return Tools(language, lexicon, Matcher(lexicon), Cues(lexicon))


def read_many(
    texts: Sequence[tuple[str, date | None]], kit: Tools, pipeline: str | None = None
) -> list[list[Sentence]]:
    """The sentences of each text; those with a trigger have parties and dependencies, the others are never parsed."""
    from processors.coder.language import split_sentences

    out = []
    for text, day in texts:
        sentences = take_apart(text, split_sentences(text, kit.language), kit.matcher)
        name_parties(text, sentences, kit.language, day)
        out.append(sentences)
    _parse([one for sentences in out for one in sentences if one.found], kit.language, pipeline)
    return out


def _parse(sentences: Sequence[Sentence], language: str, pipeline: str | None) -> None:
    from processors.coder.language import parse

    if sentences:
        for sentence, doc in zip(sentences, parse([one.text for one in sentences], language, pipeline), strict=True):
            align(sentence, doc)


def candidates(sentences: Sequence[Sentence]) -> list[Candidate]:
    """Every trigger with the sentences whose parties may be meant as well: the one before and the first."""
    out = []
    for sentence in sentences:
        near = [other for other in sentences[max(0, sentence.index - 1) : sentence.index] if other.parties]
        if sentence.index > 1 and sentences[0].parties:
            near.append(sentences[0])
        out += [Candidate(sentence, found, near[:_FARTHEST]) for found in sentence.found]
    return out


def described(sentences: Sequence[Sentence], kit: Tools) -> list["Description"]:
    """All candidates with their features for the three models."""
    everything = candidates(sentences)
    index = [(one.sentence, one.found.rule.type) for one in everything]
    cues = {one.index: kit.cues.present(one.words) for one in sentences if one.found}
    return [_describe(one, kit, index, cues[one.sentence.index]) for one in everything]


@dataclass(slots=True)
class Description:
    """A candidate's features: for the event, the status, and the role of each party."""

    candidate: Candidate
    hits: list[Hit]
    event: list[str]
    status: list[str]
    roles: dict[str, tuple[bool, list[str]]]
    ruled: Status | None


def _describe(one: Candidate, kit: Tools, index: list, present: list) -> Description:  # type: ignore[type-arg]
    hits = kit.cues.on(present, one.sentence.words, one.found.words)
    frame = kit.lexicon.frames[one.found.rule.frame]
    roles = role_features(one, frame, kit.language)
    event = event_features(one, hits, index, frame, kit.language)
    signals = government(one, kit.lexicon.government)
    status = status_features(one, hits, signals, kit.language)
    return Description(one, hits, event, status, roles, ruled_status(signals, one.found.rule.type))


def judge(description: Description, models: Models, floor: float = 0.0) -> Judged | None:
    """What the models say of a candidate, None where it is less likely an event than `floor`."""
    chance = models.event.probabilities(description.event)["yes"]
    if chance < floor:
        return None
    roles = {name: models.role.probabilities(features) for name, (_here, features) in description.roles.items()}
    status = _weighed(models.status.probabilities(description.status), description.ruled)
    return Judged(description.candidate, chance, status, roles, description.hits)


def _weighed(status: dict[str, float], ruled: Status | None) -> dict[str, float]:
    """The chances of each status, that of the parse's own rule raised."""
    if ruled is None:
        return status
    raised = {**status, ruled: status[ruled] * exp(RULE_WEIGHT)}
    total = sum(raised.values())
    return {name: value / total for name, value in raised.items()}
