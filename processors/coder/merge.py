"""One mention per event and article: roles decided, headline, lead and body mentions merged."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from processors.coder.actors.model import OTHER
from processors.coder.judged import Judged
from processors.coder.model import threshold
from processors.records import RECIPROCAL, Status

# So many of an event's mentions, the surest, are heard on its roles and status.
VOICES = 12
# How they are pooled: the weight of one that is in doubt about somebody's role, and the power of the mean.
_DOUBT, _POWER = 0.1, 3
# From this chance on somebody takes part whatever else is said, and a mention is an event.
_SURE = 0.9
# From this chance on a mention's status keeps it apart from those of another.
_CERTAIN = 0.8
# From this chance on a mention tells of a new try where another has failed; words by which talks fail.
_LIKELY = 0.5
_FAILS = re.compile(r"collaps\w*|fail(?:s|ed|ure)?|breakdown|gescheitert\w*|scheiter\w*|zusammen(?:bruch|gebrochen)s?")
# The least chance with which an empty side is filled, where it is often empty: who attacks, and at whom a demand or a
# refusal is directed, many texts do not say. Elsewhere the settings' own, which is lower.
_UNSAID_ACTOR = {"attack": 0.4}
_UNSAID_RECIPIENT = dict.fromkeys(
    ("demand", "rejection", "peace_call", "mobilization", "troop_withdrawal", "protest"), 0.6
)
# Of a headline the sentences that tell it again, by name; what states are called there.
_SOON = 2
_STATE = re.compile(
    r".*(?:staat|staaten|länder|mächte|regierungschefs|politiker|states?|nations?|countries|powers|leaders|ministers|allies"
    r"|europeans|europäern?|verbündeten?)"
)
_STATESMEN = frozenset({"state", "capital", "person", "office", "seat"})


@dataclass(slots=True)
class Coded:
    """An event of one text, with the judged candidates that it was merged from, best first. `turned`: its sides were
    exchanged in the light of another event; `changes` say what else was set right, and why; `partner`: whom of
    those who are met one by one it tells of."""

    type: str
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    chance: float
    sources: list[Judged] = field(default_factory=list)
    turned: bool = False
    changes: list[str] = field(default_factory=list)
    partner: str = ""

    @property
    def best(self) -> Judged:
        """The candidate that gives the evidence."""
        return self.sources[0]

    def as_scored(self) -> dict[str, Any]:
        """The fields that the scorer reads."""
        trigger = " … ".join(self.best.candidate.sentence.words[p].text for p in self.best.candidate.found.words)
        return {
            "type": self.type,
            "status": self.status,
            "actors": list(self.actors),
            "recipients": list(self.recipients),
            "trigger": trigger,
        }


def merged(judged: Sequence[Judged | None], settings: dict[str, Any]) -> list[Coded]:
    """The events of a text, in the order of the text."""
    kept = [
        one for one in judged if one is not None and one.chance >= threshold(one.candidate.found.rule.type, settings)
    ]
    events: list[Coded] = []
    for one in sorted(kept, key=lambda one: -one.chance):
        new = _decided([one], settings)
        old = next((place for place, event in enumerate(events) if _same(event, new)), None)
        if old is None:
            events.append(new)
        else:
            sources = events[old].sources
            sources.append(one)
            # What comes after the voices that are heard changes nothing but the spans.
            if len(sources) <= VOICES:
                events[old] = _decided(sources, settings)
    return sorted(
        _named(_filled(event, settings["lone"]) for event in events),
        key=lambda event: (event.best.candidate.sentence.index, event.best.candidate.head),
    )


def _named(events: Iterable[Coded]) -> list[Coded]:
    """The events; what a headline tells of somebody by his kind only ("Rebels seize airport") and the text by his name
    is one, by the latter."""
    out = list(events)
    for event in [one for one in out if one.actors == OTHER and one.best.candidate.sentence.index == 0]:
        kind = _kind_named(event)
        same = [other for other in out if other is not event and kind and _tells_by_name(other, event, kind)]
        if len(same) == 1:
            same[0].sources.extend(event.sources)
            out.remove(event)
    return out


def _kind_named(event: Coded) -> str:
    """The kind of party that the actor of a headline is said to be: an armed group or a state."""
    sentence = event.best.candidate.sentence
    for party in sentence.parties:
        if party.ids == OTHER and party.words[0] < event.best.candidate.head:
            word = sentence.words[party.words[1]].lower
            return "state" if _STATE.fullmatch(word) else "group" if party.kind == "collective" else ""
    return ""


def _tells_by_name(other: Coded, event: Coded, kind: str) -> bool:
    if (other.type, other.status) != (event.type, event.status) or OTHER[0] in other.actors or not other.actors:
        return False
    if other.best.candidate.sentence.index > _SOON or not _compatible(other.recipients, event.recipients):
        return False
    # "European leaders" are several, whoever speaks for each.
    kinds = _STATESMEN if kind == "state" and len(other.actors) > 1 else {kind}
    named = {name for party in other.best.candidate.sentence.parties if party.kind in kinds for name in party.ids}
    return named.issuperset(other.actors)


def _decided(sources: list[Judged], settings: dict[str, Any]) -> Coded:
    """One event of its candidates, the surest first: each votes with its chance."""
    kind = sources[0].candidate.found.rule.type
    odds = _pooled(sources)
    actors, recipients = (_together(odds, settings), ()) if kind in RECIPROCAL else _directed(odds, settings)
    status = {name: sum(one.chance * one.status[name] for one in sources[:VOICES]) for name in sources[0].status}
    best = max(status, key=lambda name: status[name])
    return Coded(kind, best, actors, recipients, sources[0].chance, sources)


def _pooled(sources: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """For each id the chance of being actor and recipient, a mean over the candidates that know it: those count the
    most that are sure, of the event and of the role, and high chances more than low ones (a mean of the third power),
    since most mentions after the first tell only a part of who takes part."""
    out = {}
    sources = sources[:VOICES]
    for name in {name for one in sources for name in one.roles}:
        known = [
            (one.chance * (_DOUBT + _lead(one.roles[name])), one.roles[name]) for one in sources if name in one.roles
        ]
        total = sum(weight for weight, _ in known)
        actor, recipient = (
            (sum(weight * odds[role] ** _POWER for weight, odds in known) / total) ** (1 / _POWER)
            for role in ("actor", "recipient")
        )
        out[name] = (actor, recipient)
    return out


def _lead(odds: dict[str, float]) -> float:
    """How far the likeliest role is ahead of the next."""
    *_, second, first = sorted(odds.values())
    return first - second


def participants(sources: Sequence[Judged], settings: dict[str, Any]) -> tuple[str, ...]:
    """Who takes part in what the candidates tell, on whichever side."""
    return _together(_pooled(sources), settings)


def _together(odds: dict[str, tuple[float, float]], settings: dict[str, Any]) -> tuple[str, ...]:
    chances = {name: sum(pair) for name, pair in odds.items()}
    sure = [name for name, chance in chances.items() if chance >= settings["both"]]
    if len(sure) == 1:
        # A reciprocal event wants two: the next best comes in on less.
        rest = [name for name in chances if name not in sure]
        second = max(rest, key=lambda name: (chances[name], name), default=None)
        if second is not None and chances[second] >= settings["second"]:
            sure.append(second)
    return tuple(sorted(sure))


def _directed(
    odds: dict[str, tuple[float, float]], settings: dict[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    actors = {name for name, (actor, other) in odds.items() if actor >= settings["actor"] and actor >= other}
    recipients = {name for name, (_, chance) in odds.items() if chance >= settings["recipient"]} - actors
    return tuple(sorted(actors)), tuple(sorted(recipients))


def _filled(event: Coded, lone: float) -> Coded:
    """The event, an empty side filled with the next best from the chance `lone` on (or more, for its type): most acts
    have somebody who does them and somebody they are done to."""
    if event.type in RECIPROCAL or (event.actors and event.recipients):
        return event
    odds = _pooled(event.sources)
    if not event.actors:
        least = max(lone, _UNSAID_ACTOR.get(event.type, 0.0))
        event.actors = _next_best({name: pair[0] for name, pair in odds.items() if name not in event.recipients}, least)
    if not event.recipients:
        least = max(lone, _UNSAID_RECIPIENT.get(event.type, 0.0))
        event.recipients = _next_best({name: pair[1] for name, pair in odds.items() if name not in event.actors}, least)
    return event


def _next_best(chances: dict[str, float], least: float) -> tuple[str, ...]:
    best = max(chances, key=lambda name: (chances[name], name), default=None)
    return (best,) if best is not None and chances[best] >= least else ()


def _same(old: Coded, new: Coded) -> bool:
    if old.type != new.type or _is_background(old.best) != _is_background(new.best):
        return False
    if old.best.held and new.best.held and old.best.held != new.best.held:
        return False  # who spoke on Monday and again on Thursday spoke twice
    if _two_statuses(old, new) or (old.type in RECIPROCAL and (_two_groups(old, new) or _is_new_try(old, new))):
        return False
    return _compatible(old.actors, new.actors) and _compatible(old.recipients, new.recipients)


def _is_background(one: Judged) -> bool:
    return one.dated == "historical"


def _two_groups(old: Coded, new: Coded) -> bool:
    """Whether each is sure of somebody whom the other leaves out: who met A and B, then A and C, met twice."""
    if min(len(old.actors), len(new.actors)) < 2:
        return False
    return all(
        any(likeliest(event, name) >= _SURE for name in set(event.actors) - set(other.actors))
        for event, other in ((old, new), (new, old))
    )


def _two_statuses(old: Coded, new: Coded) -> bool:
    """Whether each is sure of a status, and not of the same: the talks that were held and those that are to follow. Who
    is not sure that the new one is an event at all takes it for the old one."""
    one, other = ({name for name, chance in event.best.status.items() if chance >= _CERTAIN} for event in (old, new))
    return new.chance >= _SURE and bool(one) and bool(other) and one != other


def _is_new_try(old: Coded, new: Coded) -> bool:
    """Whether one has failed and the other is to come, or may: "talks could resume after those in Geneva collapsed"."""
    one, other = sorted((old.best, new.best), key=lambda best: best.ruled == "negated")
    if one.ruled == "negated" or other.ruled != "negated" or one.likeliest not in {"planned", "hypothetical"}:
        return False
    return one.status[one.likeliest] >= _LIKELY and any(
        _FAILS.fullmatch(word.lower) for word in other.candidate.sentence.words
    )


def says_too(other: Coded, event: Coded) -> bool:
    """Whether another event of the text is of the type of one, by the same."""
    return other is not event and other.type == event.type and other.actors == event.actors


def likeliest(event: Coded, name: str, roles: Sequence[str] = ("actor", "recipient")) -> float:
    """The chance that somebody has one of the roles, in the mention that is the surest of it."""
    known = [one.roles[name] for one in event.sources if name in one.roles]
    return max((sum(odds[role] for role in roles) for odds in known), default=0.0)


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))
