"""Who takes part with those who do: all of a list, and crowds that nobody names."""

from processors.coder.actors.model import OTHER
from processors.coder.analysis import PLACES, VERBS, Party, Sentence
from processors.coder.merge import Coded, likeliest
from processors.coder.parties import opener
from processors.records import RECIPROCAL

# Of annotated events that lacked one of a list this share was right to add from this chance on: three in four.
_LIKELY = 0.25
_BOTH = frozenset({"both", "sowohl"})
_PLACING = frozenset({"in", "at"})
_HITTING = frozenset({"attack", "coercion"})


def with_fellows(events: list[Coded]) -> list[Coded]:
    """The events, of those who are named in a list all where one of them takes part: in another sentence always (who
    "welcomed the accord" of A and B does so towards both), in the event's own, whose list the learned layer saw,
    where they are not unlikely to, or stand behind the same preposition said again ("with A and with B", "both A and
    B")."""
    for event in events:
        candidate = event.best.candidate
        here = {name for party in candidate.sentence.parties for name in party.ids}
        for group in _lists(candidate.sentence):
            _take_along(group, event, _LIKELY)
        for pair in _pairs(candidate.sentence, event):
            _take_along(pair, event, 0.0)
        for sentence in candidate.others:
            for group in _lists(sentence):
                _take_along(group - here, event, 0.0)
    return events


def _lists(sentence: Sentence) -> list[set[str]]:
    """Who is named together in a sentence."""
    groups: dict[int, set[str]] = {}
    for party in sentence.parties:
        groups.setdefault(id(party.first), set()).update(party.ids)
    return [names for names in groups.values() if len(names) > 1]


def _pairs(sentence: Sentence, event: Coded) -> list[set[str]]:
    """Each of a sentence before whom the preposition of the first of a list is said again, or "both" before that one,
    with that first; places only where one is hit, and none who has no name ("and with others")."""
    return [
        {*party.ids, *party.lead.ids}
        for party in sentence.parties
        if party.lead
        and party.ids != OTHER
        and (event.type in _HITTING or opener(sentence, party) not in _PLACING)
        and (_is_both(sentence, party.lead) or _is_said_again(sentence, party, party.lead))
    ]


def _is_said_again(sentence: Sentence, party: Party, first: Party) -> bool:
    # Of one verb only: not so "met in Alaska, and in Ukraine the fighting went on".
    if party.words[0] <= first.words[1] or _verb_of(sentence, party) != _verb_of(sentence, first):
        return False  # "the Ukraine-Belarus border"
    word = opener(sentence, party)
    return bool(word) and word == opener(sentence, first)


def _verb_of(sentence: Sentence, party: Party) -> int | None:
    above = (place for place in sentence.above(party.head) if sentence.tags[place] in VERBS)
    return next(above, None) if sentence.parsed else None


def _is_both(sentence: Sentence, first: Party) -> bool:
    place = first.words[0]
    return place > 0 and sentence.words[place - 1].lower in _BOTH


def _take_along(group: set[str], event: Coded, least: float) -> None:
    actors, recipients = group.intersection(event.actors), group.intersection(event.recipients)
    if bool(actors) == bool(recipients):
        return
    roles = ("actor", "recipient") if event.type in RECIPROCAL else ("actor",) if actors else ("recipient",)
    fellows = group.difference(event.actors, event.recipients)
    new = tuple(sorted(name for name in fellows if least <= likeliest(event, name, roles)))
    if not new:
        return
    if actors:
        event.actors = tuple(sorted((*event.actors, *new)))
    else:
        event.recipients = tuple(sorted((*event.recipients, *new)))
    event.changes.append(f"with {', '.join(new)}: named together with one who takes part")


def _places(sentence: Sentence) -> set[str]:
    """Who is named in a sentence only as where something is done."""
    return sentence.only([p for p in sentence.parties if p.kind in PLACES and opener(sentence, p.first) in _PLACING])


def with_crowds(events: list[Coded]) -> list[Coded]:
    """The events, protests of which no text says who protests, or only where, given to those who act for nobody. Last
    of all: an event that nobody is named in has to be surer than others."""
    for event in events:
        if event.type == "protest" and _places(event.best.candidate.sentence).issuperset(event.actors):
            event.actors = ("OTHER",)
            event.changes.append("actor OTHER: who protests acts for nobody")
    return events
