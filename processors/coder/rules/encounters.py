"""Who calls or meets whom: each of those whom somebody meets in turn is met on its own, what is held online is a call,
and who speaks to the press, or houses troops, meets nobody.

"Rubio met Pashinyan in Yerevan. On Tuesday he met Aliyev in Baku" tells of two meetings of two, not of one of three,
and "said in a telephone interview with the BBC" of no call between states. The learned layer takes everybody who is
named around the words for a meeting for one who takes part.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from processors.coder.actors.model import OTHER
from processors.coder.analysis import PLACES, VERBS, Party, Sentence
from processors.coder.dates import find_date
from processors.coder.judged import Judged
from processors.coder.merge import Coded
from processors.coder.parties import DAYS, JOINING, opener, owners
from processors.coder.rules.subjects import is_passive
from processors.coder.triggers import Matcher

_KINDS = frozenset({"leader_call", "leader_meeting"})
_APART = _KINDS | {"negotiation"}
_WITH = frozenset({"with", "to", "mit"})
_BESIDE = frozenset({"with", "mit"})
_BY = frozenset({"by", "von"})
_OBJECT = frozenset({"obj", "iobj"})
_PEOPLE = frozenset({"person", "office"})
_DURING = frozenset("in during over by via per am im on".split())
_SPOKEN_IN = frozenset("in during im bei".split())
_HOSTS = frozenset("host hosts hosted hosting beherbergt beherbergte beherbergen".split())
_HOUSED = re.compile(r"(?:air)?bases?|refugees|migrants|exiles|\w*(?:stützpunkte?|basis|basen|flüchtlinge|geflüchtete)")
_TOWARDS = frozenset({"to", "in", "nach"})
_TRAVELS = frozenset(
    "travel fly arrive go head jet journey land reisen fliegen weiterfliegen eintreffen ankommen".split()
)
_SPEAKS = frozenset("speak talk call phone telephone ring telefonieren sprechen anrufen".split())
_AFTERWARDS = frozenset("then later afterwards separately dann danach später anschließend getrennt".split())
_MEETS = frozenset("treffen meet zusammentreffen".split())
_COUNTERPART = re.compile(
    r"(?:\w*(?:kolleg|minister|präsident|kanzler|premier|regierungschef|staatschef)|counterpart)\w*"
)
_LIKELY = 0.3  # the least chance of who may take part
_REACH = 7  # words


@dataclass(frozen=True, slots=True)
class _Encounter:
    """Who meets whom by the parse of one mention: the verb over it, its subject and those who are named as met."""

    one: Judged
    verb: int
    subject: frozenset[str]
    partners: frozenset[str]


def read_encounters(text: Sequence[Judged], matcher: Matcher) -> None:
    """Gives up the calls and meetings of a text that are none between states, and takes the roles in each from those
    who are met in another."""
    told = [one for one in text if one.chance and one.candidate.found.rule.type in _APART]
    told = [one for one in told if one.candidate.sentence.parsed]
    for one in told:
        _note_apart(one, matcher)
    interviews = [one for one in told if one.candidate.found.rule.type in _KINDS and _names(one, "press", matcher)]
    councils = [one for one in told if _takes_part(one) < 2 and _names(one, "domestic", matcher)]
    for one in told:
        private = _is_quartered(one, matcher) or any(_is_under(one, other) for other in councils)
        if private or any(one is other or _is_part(one, other) for other in interviews):
            one.chance = 0.0
        elif one.candidate.found.rule.type == "leader_meeting":
            one.online = _near(one, matcher.said("online", one.candidate.sentence.words))
            _leave_place(one)
        _name_speaker(one)
    negotiators = [one for one in told if one.candidate.found.rule.type == "negotiation"]
    if any(_near(one, matcher.said("again", one.candidate.sentence.words)) for one in told):
        for one in told:
            one.held = _day(one, matcher.lexicon.language)
    told = [one for one in told if one.candidate.found.rule.type in _KINDS]
    for one in told:
        if any(_is_subject(other, one) for other in negotiators):
            one.chance = 0.0
    met = [encounter for one in told if one.chance and (encounter := _encounter(one)) is not None]
    for encounter in met:
        _keep_apart(encounter, met)


def _leave_place(one: Judged) -> None:
    """Takes the part from where one only meets another: "traf in Washington seine kongolesische Kollegin"."""
    sentence = one.candidate.sentence
    verb = next((place for place in one.candidate.found.words if sentence.words[place].lemma in _MEETS), None)
    if verb is None or sentence.tags[verb] != "VERB":
        return
    below = sentence.under(verb)
    subject = sentence.subject(verb).union(*(owners(sentence, at) for at in below if sentence.deps[at] == "nsubj"))
    met = {name for at in below if _is_towards(at, sentence) for name in _met(at, sentence)}.difference(OTHER)
    if not subject or not met - subject:
        return
    where = [p for p in sentence.parties if p.kind in PLACES and opener(sentence, p.first) == "in"]
    one.bar(sentence.only([p for p in where if sentence.governor(p.head) == verb]) - met - subject)
    one.give(met, "actor")


def _is_towards(place: int, sentence: Sentence) -> bool:
    """Whether a word is the object of a verb of meeting, or behind its "with"."""
    label = sentence.deps[place]
    return label in _OBJECT or (label == "obl" and _opens(place, sentence) in _BESIDE)


def _met(place: int, sentence: Sentence) -> set[str]:
    """Who a word names, or whose minister, colleague or the like."""
    named = {name for party in sentence.parties if sentence.phrase(party.first) == place for name in party.ids}
    return named or (owners(sentence, place) if _COUNTERPART.fullmatch(sentence.words[place].lower) else set())


def _day(one: Judged, language: str) -> date | None:
    """The day on which a mention says that it was held, or is to be."""
    sentence = one.candidate.sentence
    near = sentence.words[one.candidate.head].start - sentence.start
    when = find_date(sentence.text, near, language, sentence.day, one.likeliest)
    return when.day if when.precision == "day" else None


def _is_subject(talks: Judged, one: Judged) -> bool:
    """Whether those who meet are named for the talks that they hold: "negotiators of A and B met"."""
    sentence, verb = one.candidate.sentence, one.candidate.sentence.governor(_phrase(one))
    if talks.candidate.sentence is not sentence or not talks.chance or verb not in one.candidate.found.words:
        return False
    way = sentence.way_up(_phrase(talks), [verb])
    return way is not None and bool(way) and sentence.deps[way[-1]].startswith("nsubj")


def _is_under(one: Judged, other: Judged) -> bool:
    """Whether a mention is another, or what that is for: "the cabinet met to discuss"."""
    sentence = other.candidate.sentence
    alone = one.candidate.sentence is sentence and _takes_part(one) < 2
    return one is other or (alone and _phrase(other) in sentence.above(_phrase(one)))


def _takes_part(one: Judged) -> int:
    """How many are likely to take part."""
    return sum(odds["actor"] >= _LIKELY for odds in one.roles.values())


def _names(one: Judged, people: str, matcher: Matcher) -> bool:
    """Whether one of the people that a list of the lexicon has is a side of a mention."""
    sentence = one.candidate.sentence
    places = [said[-1] for said in matcher.said(people, sentence.words)]
    # What stands in brackets is a dateline.
    places = [place for place in places if sentence.words[max(0, place - 1)].text != "("]
    return any(_is_side(_up(place, sentence), one) for place in places)


def _phrase(one: Judged) -> int:
    """The word on which a trigger hangs, of a noun's phrase its noun: the call of "phone call"."""
    return _up(one.candidate.sentence.top(one.candidate.found.words), one.candidate.sentence)


def _up(place: int, sentence: Sentence) -> int:
    while sentence.deps[place] in {"compound", "flat", "appos", "amod"} and sentence.heads[place] != place:
        place = sentence.heads[place]
    return place


def _is_side(head: int, one: Judged) -> bool:
    """Whether a word names who speaks or meets in a mention, or with whom: "told CNN in a call", "Reuters spoke to"."""
    sentence, trigger, top = one.candidate.sentence, one.candidate.found.words, _phrase(one)
    if head in trigger or head == top:
        return True  # "telephone interview"
    above, label, opens = sentence.heads[head], sentence.deps[head], _opens(head, sentence)
    towards = label in _OBJECT or (label in {"obl", "nmod"} and (not opens or opens in _WITH))
    if label not in {"nsubj", "nsubj:pass"} and (not towards or _is_shared(one)):
        return False
    return above in {*trigger, top} or (above == sentence.governor(top) and _opens(top, sentence) in _DURING)


def _is_part(one: Judged, interview: Judged) -> bool:
    """Whether a mention is the same speaking as an interview, and with nobody else: "spoke by phone to the BBC"."""
    sentence, top = one.candidate.sentence, _phrase(one)
    verb = sentence.governor(top)
    if interview.candidate.sentence is not sentence or verb != sentence.governor(_phrase(interview)):
        return False
    return not _is_shared(one) and (top == verb or _opens(top, sentence) in _DURING)


def _opens(place: int, sentence: Sentence) -> str:
    """The preposition of a noun's phrase, "" without any."""
    cases = sentence.under(place, "case")
    return next((sentence.words[at].lower for at in cases), "")


def _is_shared(one: Judged) -> bool:
    """Whether somebody is named as the other side behind a noun: "in a call with Putin"."""
    sentence, top = one.candidate.sentence, _phrase(one)
    return any(
        opener(sentence, party.first) in _WITH and top in sentence.above(party.first.head)
        for party in sentence.parties
        if party.ids != OTHER
    )


def _is_quartered(one: Judged, matcher: Matcher) -> bool:
    """Whether it is troops, weapons, bases or refugees that somebody hosts."""
    sentence, head = one.candidate.sentence, one.candidate.head
    if sentence.words[head].lower not in _HOSTS:
        return False
    kinds = {matcher.classes[name] for name in ("troops", "arms") if name in matcher.classes}
    below = (at for at, up in enumerate(sentence.heads) if up == head and sentence.deps[at] in {"obj", "nsubj:pass"})
    return any(
        _HOUSED.fullmatch(sentence.words[at].lower) or not kinds.isdisjoint(sentence.words[at].elements) for at in below
    )


def _encounter(one: Judged) -> _Encounter | None:
    """Who meets whom, where the trigger is a verb or a noun that names the other side."""
    sentence = one.candidate.sentence
    verb = next((place for place in one.candidate.found.words if sentence.tags[place] == "VERB"), None)
    top = _phrase(one) if verb is None else verb
    is_met = _is_with if verb is None else _is_met
    met = [party for party in sentence.parties if is_met(party, top, one)]
    partners = frozenset(name for party in met for name in party.ids)
    if partners <= set(OTHER):
        return None
    over = sentence.governor(top)
    return _Encounter(one, over, frozenset(sentence.subject(over)), partners)


def _is_with(party: Party, noun: int, one: Judged) -> bool:
    """Whether a party is the other side of a noun: "a call with Modi"."""
    sentence = one.candidate.sentence
    return opener(sentence, party.first) in _BESIDE and sentence.heads[sentence.phrase(party.first)] == noun


def _is_met(party: Party, verb: int, one: Judged) -> bool:
    """Whether a party is whom a verb says to be met, called, visited or travelled to."""
    sentence = one.candidate.sentence
    head, opens = sentence.phrase(party.first), opener(sentence, party.first)
    label = sentence.deps[head]
    if sentence.heads[head] == verb and label in _OBJECT:
        return True
    if not opens and party.first.kind in _PEOPLE and head > verb and label in {"flat", "appos", "obl"}:
        # The parse misses some objects, behind the name of a place above all: "traf in Eriwan Ministerpräsident X".
        return sentence.governor(head) == verb
    if sentence.heads[head] != verb or label != "obl":
        return False
    if opens in _TOWARDS and party.kind in PLACES:
        return sentence.verb(verb) in _TRAVELS
    towards = opens in _BESIDE or (opens in _WITH and sentence.verb(verb) in _SPEAKS)
    return towards or (opens in _BY and is_passive(verb, one))


def _keep_apart(mine: _Encounter, met: Collection[_Encounter]) -> None:
    """Takes the roles in a meeting from those who are met in another by the same."""
    own = mine.subject | mine.partners
    for other in met:
        if other.one.candidate.sentence is mine.one.candidate.sentence and other.verb == mine.verb:
            continue  # "sprach am Telefon mit"
        known = mine.subject or other.subject  # else each may tell of one side of the same meeting
        if known and mine.partners.isdisjoint(other.partners | other.subject) and own.isdisjoint(other.partners):
            mine.one.bar(other.partners)
            mine.one.give(own, "actor")
        elif mine.subject and other.subject and _is_chained(mine, other):
            mine.one.bar((other.subject | other.partners) - own)
            mine.one.give(own, "actor")


def _is_chained(mine: _Encounter, other: _Encounter) -> bool:
    """Whether one of two who met meets somebody else: "Xi met Putin, and Putin met Modi"."""
    own, others = mine.subject | mine.partners, other.subject | other.partners
    shared = own & others
    return len(own) == len(others) == 2 and len(shared) == 1 and shared in ({*mine.partners}, {*other.partners})


def _near(one: Judged, said: Sequence[tuple[int, ...]]) -> str | None:
    """The first of some words that stand beside a trigger, in its clause."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    for places in said:
        far = max(trigger[0] - places[-1], places[0] - trigger[-1])
        if far <= _REACH and sentence.clause[places[0]] == sentence.clause[trigger[0]]:
            return " ".join(sentence.words[place].text for place in places)
    return None


def _name_speaker(one: Judged) -> None:
    """Gives a part to who says something in a call with somebody: "In a call with Putin, Modi urged ..."."""
    sentence, top = one.candidate.sentence, _phrase(one)
    if sentence.tags[top] != "VERB" and _opens(top, sentence) in _SPOKEN_IN and _is_shared(one):
        one.give(sentence.subject(sentence.governor(top)), "actor")


def _note_apart(one: Judged, matcher: Matcher) -> None:
    """Notes whom the one side of a mention calls or meets one by one: "spoke to A and then to B", "in separate calls
    with A and B", "met A on Friday and B on Monday"."""
    sentence, top = one.candidate.sentence, _phrase(one)
    for first in sentence.parties:
        if first.lead or not (opener(sentence, first) in _WITH | _TOWARDS or sentence.deps[first.head] == "obj"):
            continue
        if top not in sentence.above(first.head) and sentence.governor(top) != sentence.governor(first.head):
            continue
        met = [party for party in sentence.parties if party.first is first]
        met += [party for party in sentence.parties if _is_later(party, met[-1], sentence)]
        names = {name for party in met for name in party.ids}
        if len(names) > 1 and _is_one_by_one(one, met, matcher):
            one.apart = {name: part for party, part in _parts(met, sentence) for name in party.ids}
            one.give(names, "actor")
            return


def _is_one_by_one(one: Judged, met: Sequence[Party], matcher: Matcher) -> bool:
    sentence, first = one.candidate.sentence, met[0]
    between = {word.lower for word in sentence.words[first.words[0] : met[-1].words[0]]}
    if met[-1].first is not first or not between.isdisjoint(_AFTERWARDS | DAYS):
        return True
    return _near(one, matcher.said("apart", sentence.words)) is not None


def _parts(met: Sequence[Party], sentence: Sentence) -> Iterator[tuple[Party, range | None]]:
    """Each of some who are met with the words that tell of him, from the "and" before him to that before the next,
    where days stand between them; else None."""
    between = {word.lower for word in sentence.words[met[0].words[0] : met[-1].words[0]]}
    if between.isdisjoint(DAYS - {"on", "am", "by"}):
        yield from ((party, None) for party in met)
        return
    joints = [place for place, word in enumerate(sentence.words) if word.lower in JOINING or word.text == ","]
    begins = [0, *(max((at for at in joints if at < party.words[0]), default=0) for party in met[1:])]
    for party, begin, end in zip(met, begins, [*begins[1:], len(sentence.words)], strict=True):
        yield party, range(begin, end) or None


def _is_later(party: Party, other: Party, sentence: Sentence) -> bool:
    """Whether somebody is met at another time or place than another, by the same verb: "met A in Rome and B here"."""
    if party.kind not in _PEOPLE or other.kind not in _PEOPLE or party.words[0] < other.words[1] + 3:
        return False
    between = [word.lower for word in sentence.words[other.words[1] + 1 : party.words[0]]]
    joint = next((place for place, word in enumerate(between) if word in JOINING), None)
    if not joint or any(sentence.tags[other.words[1] + 1 + place] in VERBS for place in range(len(between))):
        return False
    return between[0] in _TOWARDS | DAYS and (DAYS | {opener(sentence, other)}).issuperset(between[joint + 1 :])


def one_by_one(events: Sequence[Coded]) -> list[Coded]:
    """The events, what was held online as a call, and calls and meetings with several one by one as so many."""
    out: list[Coded] = []
    for event in map(_online, events):
        apart = next((one.apart for one in event.sources if one.apart), {})
        partners = [name for name in apart if name in event.actors]
        rest = set(event.actors).difference(partners)
        if event.type not in _APART or len(partners) < 2 or not rest:
            out.append(event)
            continue
        for name in partners:
            told = [*event.changes, f"apart from others: {name} was met on its own"]
            sides, sources = tuple(sorted({name, *rest})), list(event.sources)
            out.append(replace(event, actors=sides, sources=sources, changes=told, partner=name))
    return out


def _online(event: Coded) -> Coded:
    if event.type == "leader_meeting" and event.best.online:
        event.type = "leader_call"
        event.changes.append(f"a call: held online ({event.best.online})")
    return event
