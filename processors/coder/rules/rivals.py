"""What is said twice is coded once: two readings of the same words, and events that only echo a more telling one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from processors.coder.analysis import Candidate
from processors.coder.judged import PLAIN, Judged
from processors.coder.merge import Coded, merged
from processors.coder.rules.conditions import threatened
from processors.coder.rules.corrections import set_right
from processors.coder.rules.course import takes_up
from processors.coder.rules.encounters import one_by_one
from processors.coder.rules.fellows import with_crowds, with_fellows
from processors.coder.rules.halts import ended
from processors.coder.rules.mutual import both_ways
from processors.coder.rules.orders import ordered
from processors.coder.rules.parallels import apart
from processors.coder.rules.praise import praised
from processors.coder.rules.refusals import refused
from processors.coder.rules.renamed import renamed
from processors.coder.rules.verdicts import called
from processors.records import RECIPROCAL

# An event without anybody has to be that much surer than others.
LONELY = 0.2
_MEDIATES = frozenset("mediate broker facilitate vermitteln".split())
_GENERIC = frozenset("gespräch gespräche talk talks discuss discussion conversation dialog dialogue beraten".split())
_TELLING = frozenset({"leader_call", "leader_meeting"})
_EMBEDDING = frozenset({"peace_call", "demand", "rejection", "negotiation_offer"})
# Whose object is what is refused or offered, and no event beside it; how the parse leads there.
_TAKING = frozenset({"rejection", "negotiation_offer"})
# What has a type of its own where sides agree on it, and where they have agreed to it only; how the parse leads from
# there to the word for agreeing.
_AGREED = frozenset({"ceasefire", "prisoner_exchange"})
_ARRANGED = frozenset({"negotiation", "leader_meeting", "leader_call", "sanctions"})
_CONTENT = frozenset({"obj", "obl", "nmod", "xcomp", "ccomp", "acl", "compound", "amod"})
_ASKING = frozenset({"demand", "peace_call"})
_SAID = _ASKING | {"accusation", "threat", "rejection", "support"}
_RETORTS = frozenset({"retort", "counter", "kontern", "entgegnen"})
_CLAUSE = frozenset({"xcomp", "ccomp"})
_ADDRESSED = frozenset({"obj", "iobj", "obl", "nsubj:pass"})
_WITHIN_ASKED = _CLAUSE | {"obj", "obl", "conj", "nmod", "compound"}
_WITHIN_OBJECT = frozenset({"obj", "nmod", "acl", "compound", "amod"})
# What is only a topic of talks, or the object of censure, refusals and renouncing.
_TOPICS = frozenset("ceasefire prisoner_exchange sanctions arms_delivery coercion concession troop_withdrawal".split())
_TALKS = frozenset({"negotiation", "leader_call", "leader_meeting"})
_ABOUT = frozenset({"über", "on", "about", "over"})
_CENSURE = frozenset("criticise criticize kritisieren bemängeln rügen block blockieren".split())
_RENOUNCES = frozenset({"verzichten"})
_PUSHES = frozenset("dringen drängen pochen push press".split())
_PUSHED = frozenset({"auf", "for"})


def coded_events(judged: Sequence[Judged], settings: dict[str, Any]) -> list[Coded]:
    """The events of a text from its candidates, in the order of the text."""
    events = renamed(ordered(ended(merged(without_rivals(judged), settings))))
    events = both_ways(threatened(apart(set_right(called(refused(events))))), settings)
    return _once(one_by_one(praised(_mediated(_whole(with_crowds(without_echoes(with_fellows(events), settings)))))))


def _mediated(events: list[Coded]) -> list[Coded]:
    """The events, who is only told to have mediated ("Turkey, which mediated with Qatar") as part of the talks of the
    text, where it tells of one."""
    talks = [event for event in events if event.type == "negotiation"]
    others = [event for event in talks if not all(map(_is_mediation, event.sources))]
    if len(others) != 1:
        return events
    told, out = others[0], []
    for event in events:
        alone = event.type == "negotiation" and event is not told
        if alone and set(event.actors).isdisjoint(told.actors):
            told.actors = tuple(sorted({*told.actors, *event.actors}))
            told.sources.extend(event.sources)
            told.changes.append(f"with {', '.join(event.actors)}: mediated")
        else:
            out.append(event)
    return out


def _is_mediation(one: Judged) -> bool:
    """Whether a mention is a verb for mediating."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    return sentence.parsed and sentence.words[words[0]].lemma in _MEDIATES and sentence.tags[words[0]] == "VERB"


def _whole(events: Sequence[Coded]) -> list[Coded]:
    """The events, one that names only some of those who take part in another of its type and status as that one."""
    out = []
    for event in events:
        fuller = max(
            (other for other in events if _is_part_of(event, other)), key=lambda other: len(other.actors), default=None
        )
        if fuller is None:
            out.append(event)
        else:
            fuller.sources.extend(event.sources)
    return out


def _is_part_of(event: Coded, other: Coded) -> bool:
    alike = (event.type, event.status) == (other.type, other.status) and event.type in RECIPROCAL
    return alike and bool(event.actors) and set(event.actors) < set(other.actors)


def _once(events: Sequence[Coded]) -> list[Coded]:
    """The events, those that tell the same of the same as one."""
    out: dict[tuple[str, ...], Coded] = {}
    for event in events:
        key = (event.type, event.status, " ".join(event.actors), " ".join(event.recipients), str(event.best.held))
        if key in out:
            out[key].sources.extend(event.sources)
        else:
            out[key] = event
    return list(out.values())


def without_rivals(judged: Sequence[Judged]) -> list[Judged]:
    """Of candidates of different types that share a word the likeliest, a plain one before others."""
    kept: dict[int, list[Judged]] = defaultdict(list)
    for one in sorted(judged, key=lambda one: (not _is_plain(one), -one.chance)):
        beside = kept[one.candidate.sentence.index]
        if not any(_rivals(one, other) for other in beside):
            beside.append(one)
    return sorted((one for beside in kept.values() for one in beside), key=lambda one: -one.chance)


def _is_plain(one: Judged) -> bool:
    return one.candidate.found.rule.plain and one.chance >= PLAIN


def _rivals(one: Judged, other: Judged) -> bool:
    mine, theirs = one.candidate, other.candidate
    if mine.sentence is not theirs.sentence or mine.found.rule.type == theirs.found.rule.type:
        return False
    if set(mine.found.words).isdisjoint(theirs.found.words):
        return False
    return not (takes_up(one, other) or takes_up(other, one))


def without_echoes(events: Sequence[Coded], settings: dict[str, Any]) -> list[Coded]:
    """The events of a text without those that only echo another, and without those that nobody takes part in unless
    they are sure."""
    return [
        event
        for event in events
        if (event.actors or event.recipients or event.chance >= settings["event"] + LONELY)
        and not any(_echoes(event, other) for other in events if other is not event)
    ]


def _echoes(event: Coded, other: Coded) -> bool:
    if event.type == "negotiation" and other.type in _TELLING:
        # "They discussed Iran" in the report of a call is the call.
        head = event.best.candidate.sentence.words[event.best.candidate.head]
        return set(event.actors) <= set(other.actors) and head.lemma in _GENERIC
    if event.type == "ceasefire" and other.type in _EMBEDDING:
        return not event.actors
    if event.status in {"hypothetical", "negated"} and other.type in _TAKING and _is_object(event, other):
        # In "rules out a meeting" nobody meets.
        return True
    if other.type in _ASKING and event.type not in _SAID and _is_asked(event, other):
        # Who is urged to negotiate does not thereby.
        return True
    if event.type in _TOPICS and _is_topic(event, other):
        return True
    if event.type == "agreement" and _is_agreed(other) and _is_about(event, other):
        # Who "agreed on a ceasefire" has a ceasefire, who "agreed to talks" has planned them.
        return True
    if event.type in _SAID and other.type in _SAID and _is_retort(event, other):
        return True
    # The delivery that is paused is not delivered.
    paused = event.type == "arms_delivery" and other.type == "arms_delivery_pause" and event.status != "planned"
    return paused and not any(takes_up(one, two) for one in event.sources for two in other.sources)


def _is_retort(event: Coded, other: Coded) -> bool:
    """Whether an event is only the verb for answering by which somebody says another."""
    words = [one.candidate.sentence.words[one.candidate.head] for one in event.sources]
    if event.actors != other.actors or any(word.lemma not in _RETORTS for word in words):
        return False
    ways = (_way(other.best.candidate, one.candidate) for one in event.sources)
    return any(way and way[-1] == "ccomp" for way in ways)


def _is_agreed(event: Coded) -> bool:
    return event.type in _AGREED or (event.type in _ARRANGED and event.status == "planned")


def _is_about(event: Coded, other: Coded) -> bool:
    """Whether what an agreement is about, by the parse, is another event."""
    return any(_leads(two.candidate, one.candidate) for one in event.sources for two in other.sources)


def _leads(inner: Candidate, outer: Candidate) -> bool:
    """Whether the parse leads from one trigger up to another without a relative clause: "a treaty that also sets out a
    ceasefire" is about more."""
    sentence = inner.sentence
    way = sentence.way_up(inner.head, outer.found.words) if sentence is outer.sentence else None
    if not way or not _CONTENT.issuperset(sentence.deps[place] for place in way):
        return False
    clauses = [place for place in way if sentence.deps[place] == "acl"]
    subjects = {sentence.heads[place] for place, label in enumerate(sentence.deps) if label.startswith("nsubj")}
    return subjects.isdisjoint(clauses)


def _is_asked(event: Coded, other: Coded) -> bool:
    """Whether all that is said of an event is the object, the clause or the infinitive that another's trigger asks
    somebody for: "urged A to meet B", not "wants to meet B"."""
    sentence, trigger = other.best.candidate.sentence, other.best.candidate.found.words
    asked = {sentence.deps[place] for place, head in enumerate(sentence.heads) if head in trigger and head != place}
    clauses = {"ccomp"} if asked.isdisjoint(_ADDRESSED) else _CLAUSE
    ways = [_way(one.candidate, other.best.candidate) for one in event.sources]
    if all(way == ["obj"] for way in ways):
        return True  # "verlangt den Abzug"
    if all(
        way == ["obl"] and _is_pushed(one.candidate, other.best) for way, one in zip(ways, event.sources, strict=True)
    ):
        return True  # "dringt auf ein Treffen"
    return all(way and way[-1] in clauses and _WITHIN_ASKED.issuperset(way) for way in ways)


def _is_pushed(inner: Candidate, outer: Judged) -> bool:
    sentence, verb = inner.sentence, outer.candidate.head
    return sentence.verb(verb) in _PUSHES and not _PUSHED.isdisjoint(sentence.cases(inner.head))


def _is_topic(event: Coded, other: Coded) -> bool:
    """Whether all that is said of an event is what another's talks are about ("verhandeln über eine Waffenruhe") or
    what somebody censures, blocks or does without ("kritisiert die Sanktionen", "verzichtet auf Zölle")."""
    return all(
        any(_tells_topic(one.candidate, two.candidate, other.type) for two in other.sources) for one in event.sources
    )


def _tells_topic(inner: Candidate, outer: Candidate, kind: str) -> bool:
    sentence = inner.sentence
    way = sentence.way_up(inner.head, outer.found.words) if sentence is outer.sentence else None
    if not way or not _CONTENT.issuperset(sentence.deps[place] for place in way):
        return False
    top = way[-1]
    verb, label = sentence.verb(sentence.heads[top]), sentence.deps[top]
    if kind in _TALKS:
        return label in {"obl", "nmod"} and not _ABOUT.isdisjoint(sentence.cases(top))
    if kind == "concession":
        return verb in _RENOUNCES and label == "obl"
    return kind in {"accusation", "rejection"} and verb in _CENSURE and label == "obj"


def _is_object(event: Coded, other: Coded) -> bool:
    """Whether all that is said of an event stands in the object of another's trigger."""
    ways = (_way(one.candidate, other.best.candidate) for one in event.sources)
    return all(way and way[-1] == "obj" and _WITHIN_OBJECT.issuperset(way) for way in ways)


def _way(inner: Candidate, outer: Candidate) -> list[str]:
    """The labels of the parse from one trigger up to another over it; none where it is not under that."""
    sentence = inner.sentence
    way = sentence.way_up(inner.head, outer.found.words) if sentence is outer.sentence else None
    return [sentence.deps[place] for place in way or ()]
