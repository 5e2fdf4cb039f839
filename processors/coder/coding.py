"""From a text to event mentions: candidates by the lexicon, judged by the learned layer, merged per text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp
from pathlib import Path

from processors.coder.analysis import Candidate, Sentence, align, take_apart
from processors.coder.context import WORTH, WORTH_PARSING, reconsider, worth
from processors.coder.cues import Cues, Hit
from processors.coder.dates import is_past, standing
from processors.coder.features import event_features, role_features, status_features
from processors.coder.government import RULE_WEIGHT, government, ruled_status
from processors.coder.judged import Judged
from processors.coder.lexicon import Frame, Lexicon, load_lexicon
from processors.coder.model import Models
from processors.coder.negators import never_was
from processors.coder.parties import name_parties
from processors.coder.reader import Reading
from processors.coder.rules.blame import is_charge
from processors.coder.rules.clause_dates import dated_text
from processors.coder.rules.order import apply_rules
from processors.coder.rules.refusals import may_refuse
from processors.coder.rules.reported import show_future
from processors.coder.rules.threats import may_threaten
from processors.coder.triggers import Matcher
from processors.records import STATUSES, Status

_FARTHEST = 2


@dataclass(frozen=True, slots=True)
class Tools:
    """What one language is coded with."""

    language: str
    lexicon: Lexicon
    matcher: Matcher
    cues: Cues
    config_dir: Path | None = None


@cache
def tools(language: str, config_dir: Path | None = None) -> Tools:
    """The compiled lexicon of a language, once per process."""
    lexicon = load_lexicon(language, config_dir)
    return Tools(language, lexicon, Matcher(lexicon), Cues(lexicon), config_dir)


def read(text: str, day: date | None, kit: Tools) -> list[Sentence]:
    """The sentences of a text; those with a trigger have words and parties. Nothing is parsed yet. Headlines in
    capitals are written as others are."""
    from processors.coder.language import split_sentences, unshouted

    written = unshouted(text, kit.language)
    sentences = take_apart(written, split_sentences(written, kit.language), kit.matcher)
    name_parties(text, sentences, kit.language, day, kit.config_dir)
    if kit.language == "en":
        show_future(sentences, kit.matcher)
    for sentence in sentences:
        sentence.day = day
    return sentences


def parse_sentences(sentences: Sequence[Sentence], language: str, pipeline: str | None = None) -> None:
    """Adds dependencies to those of the sentences that have none yet."""
    from processors.coder.language import parse

    wanted = {id(one): one for one in sentences if not one.parsed}.values()
    # Lemmas come from the words (triggers.py), names from the actor tables.
    docs = parse([one.text for one in wanted], language, pipeline, skip=("ner", "eventwire_lemmas"))
    for sentence, doc in zip(wanted, docs, strict=True):
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


@dataclass(slots=True)
class Proposal:
    """A candidate with the cues on it and what the event model sees of it: all that needs no parse."""

    candidate: Candidate
    hits: list[Hit]
    event: list[str]


@dataclass(slots=True)
class Description:
    """A candidate's features for all models; `ruled` is the status that the parse alone gives it."""

    candidate: Candidate
    hits: list[Hit]
    event: list[str]
    status: list[str]
    roles: dict[str, tuple[bool, list[str]]]
    frame: Frame
    ruled: Status | None
    signals: list[str]
    dated: Status | None = None


def proposals(sentences: Sequence[Sentence], kit: Tools) -> list[Proposal]:
    """All candidates of a text."""
    everything = candidates(sentences)
    index = Counter(one.found.rule.type for one in everything if not is_charge(one))
    cues = {one.index: kit.cues.present(one.words) for one in sentences if one.found}
    out = []
    for one in everything:
        hits = kit.cues.on(cues[one.sentence.index], one.sentence.words, one.found.words)
        frame = kit.lexicon.frames[one.found.rule.frame]
        out.append(Proposal(one, hits, event_features(one, hits, index, frame, kit.language)))
    return out


def describe(proposal: Proposal, kit: Tools) -> Description:
    """A proposal with what status and roles are read from; its sentence should be parsed by now."""
    one = proposal.candidate
    frame = kit.lexicon.frames[one.found.rule.frame]
    roles = role_features(one, frame, kit.language)
    signals = government(one, kit.lexicon.government)
    status = status_features(one, proposal.hits, signals, kit.language)
    ruled = ruled_status(signals, one.found.rule.type)
    if ruled != "negated" and never_was(one.sentence, one.found.words, kit.lexicon.government):
        ruled = "negated"
    near = one.sentence.words[one.head].start - one.sentence.start
    text = dated_text(one.sentence, one.found.words)
    dated = standing(text, near, kit.language, one.sentence.day, is_past(one.sentence, one.head))
    return Description(one, proposal.hits, proposal.event, status, roles, frame, ruled, signals, dated)


def judge_texts(
    texts: Sequence[list[Sentence]],
    kit: Tools,
    models: Models,
    pipeline: str | None = None,
    *,
    everything: bool = False,
) -> list[list[Judged]]:
    """The candidates of each text that may be events (with `everything` all), judged twice, with status and roles.

    Only those are read that the linear model holds for worth it, and only the sentences of those are parsed that the
    reader holds for worth it too.
    """
    proposed = [
        [
            (proposal, chance)
            for proposal in proposals(sentences, kit)
            if (chance := models.event.probabilities(proposal.event)["yes"]) >= (0.0 if everything else WORTH)
            or _is_plain(proposal.candidate)
        ]
        for sentences in texts
    ]
    readings = models.reader.judge(
        (sentences, [proposal.candidate for proposal, _ in text])
        for sentences, text in zip(texts, proposed, strict=True)
    )
    kept = [
        [
            (proposal, chance, reading)
            for (proposal, chance), reading in zip(text, read, strict=True)
            if everything
            or worth(chance, reading)
            or proposal.candidate.found.rule.plain
            or (reading.chance >= WORTH_PARSING and _is_plain(proposal.candidate))
        ]
        for text, read in zip(proposed, readings, strict=True)
    ]
    parse_sentences([proposal.candidate.sentence for text in kept for proposal, *_ in text], kit.language, pipeline)
    judged = [
        [judge(describe(proposal, kit), models, chance, reading) for proposal, chance, reading in text] for text in kept
    ]
    for text in judged:
        for one in text:
            if not worth(one.chance, one.read):
                one.chance = min(one.chance, one.read.chance)
    # Of a charge the rules know all: to the learned layer it would only be one more accusation in the text.
    learned = [[one for one in text if worth(one.chance, one.read) and not is_charge(one.candidate)] for text in judged]
    reconsider(learned, models, kit.language)
    apply_rules(judged, kit, models.settings)
    return judged


def _is_plain(candidate: Candidate) -> bool:
    """Whether a candidate is read though its own words tell the linear model little: others of its sentence may, or a
    person has called them plain."""
    return candidate.found.rule.plain or may_threaten(candidate) or may_refuse(candidate)


def judge(description: Description, models: Models, chance: float | None, reading: Reading) -> Judged:
    """What the models say of a candidate; `chance` is the event model's word, where it is known already, `reading` the
    reader's."""
    if chance is None:
        chance = models.event.probabilities(description.event)["yes"]
    linear = {name: models.role.probabilities(features) for name, (_here, features) in description.roles.items()}
    roles = {name: _halfway(odds, reading.roles.get(name)) for name, odds in linear.items()}
    status = _weighed(models.status.probabilities(description.status), description.ruled)
    if (dated := description.dated) is not None:
        status = {**status, "occurred": 0.0, dated: status[dated] + status["occurred"]}
    return Judged(
        description.candidate, chance, status, roles, description.frame, description.hits, dated, description.ruled,
        description.signals, linear, reading,
    )  # fmt: skip


def _halfway(odds: dict[str, float], read: Sequence[float] | None) -> dict[str, float]:
    """The mean of what the linear model and the reader give each role; the former, where the latter saw nobody."""
    if read is None:
        return odds
    return {role: (chance + other) / 2 for (role, chance), other in zip(odds.items(), read, strict=True)}


def _weighed(chances: dict[str, float], ruled: Status | None) -> dict[Status, float]:
    """The chances of each status, that of the parse's own rule raised."""
    raised = {name: chances[name] * (exp(RULE_WEIGHT) if name == ruled else 1.0) for name in STATUSES}
    total = sum(raised.values())
    return {name: value / total for name, value in raised.items()}
