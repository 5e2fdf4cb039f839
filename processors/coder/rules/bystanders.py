"""Who is named beside those who meet, talk or agree, and does none of it: whom they speak about, who has brokered what
they sign, whose guests they are, at the edge of whose summit they meet. Who mediates in talks takes part in them."""

from collections import defaultdict
from itertools import pairwise

from processors.coder.analysis import Party, Sentence
from processors.coder.attribution import speaker
from processors.coder.judged import Judged
from processors.coder.lexicon import About, Lexicon
from processors.coder.parties import opener
from processors.records import RECIPROCAL

_ABOUT = frozenset("about regarding concerning over über bezüglich".split())
# Of talks these lead to what they are about too.
_ON_TALKS = frozenset("on zu zum zur".split())
# What sides agree on may be for others, or against them.
_FOR = frozenset("for against für gegen".split())
_TALKS = frozenset({"negotiation", "agreement"})
_BY = frozenset({"by", "von", "durch"})
_BROKERED = frozenset("broker mediate facilitate vermitteln".split())
_LED = frozenset("led brokered mediated hosted sponsored facilitated".split())
_HOSTED = frozenset("host convene organise organize ausrichten organisieren".split())
# What is signed or agreed by others than those who have brought it about; who mediates in talks takes part in them.
_SETTLED = frozenset({"agreement", "ceasefire", "prisoner_exchange"})
# How a phrase that names who mediates in the talks told of opens, and what it names: "under Qatari mediation".
_UNDER = frozenset("under through via with by unter über durch mit dank".split())
_MEDIATION = ("mediation", "vermittlung")
_MEDIATORS = ("mediator", "mediators", "vermittler", "vermittlern", "vermittlers")
_OF = frozenset("of from by von vom der des".split())
_BETWEEN = frozenset("the a an der die das den dem einer einen einem eines dieser".split())
_SIDES = frozenset("sidelines margins fringes rande rand".split())
_ASIDE = frozenset({"on", "at", "am"})
_REACH = 5  # words
_SURE = 0.9
_BETWEEN_SIDES = frozenset({"between", "zwischen"})


def leave_bystanders(one: Judged, lexicon: Lexicon) -> None:
    """Takes the roles of a reciprocal candidate from those who are named in its sentence only beside those who take
    part, or only tell of two others who do, and gives one to those who mediate in talks; and in talks that are broken
    off those from who mediates."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type == "diplomatic_break" and sentence.parsed:
        one.bar(name for party in sentence.parties if _has_brokered(party, sentence) for name in party.ids)
    if one.candidate.found.rule.type not in RECIPROCAL or not sentence.parsed:
        return
    mediators = _mediators(sentence) if one.candidate.found.rule.type == "negotiation" else set()
    one.give(mediators, "actor")
    _leave_aside(one)
    _leave_speaker(one, lexicon)
    named: dict[str, list[Party]] = defaultdict(list)
    for party in sentence.parties:
        for name in () if _is_place(party, sentence) else party.ids:
            named[name].append(party)
    # "Iran talks resume" and "spoke about Iran" tell of talks with Iran.
    elsewhere = {name for other in one.candidate.others for party in other.parties for name in party.ids}
    for name in named.keys() & one.roles.keys() - elsewhere - mediators:
        if all(_is_bystander(party, one, lexicon.about) for party in named[name]):
            one.bar([name])


def _leave_speaker(one: Judged, lexicon: Lexicon) -> None:
    """Takes the role from who only says that two others meet: "A and B will meet, the White House said"."""
    sentence = one.candidate.sentence
    said_by = speaker(one.candidate, lexicon)
    if said_by is None or said_by not in sentence.parties:
        return
    sure = {name for name, odds in one.roles.items() if odds["actor"] >= _SURE}
    for first in sentence.parties:
        sides = {name for party in sentence.parties if party.first is first for name in party.ids} & sure
        # "Egypt said talks with A and B failed" names its partners only.
        both = opener(sentence, first) in _BETWEEN_SIDES or sentence.deps[sentence.phrase(first)].startswith("nsubj")
        if both and len(sides.difference(said_by.ids)) > 1:
            one.bar(sentence.only([said_by]) - sides)


def _is_bystander(party: Party, one: Judged, about: About) -> bool:
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    place = party.head
    while sentence.deps[place] == "conj":
        place = sentence.heads[place]
    above, label = sentence.heads[place], sentence.deps[place]
    if party.kind == "organisation" and _is_aside(party, sentence):
        return True
    if above == place or place in one.candidate.found.words:
        return False
    lemma = sentence.words[above].lemma
    if label == "obj":
        return lemma in about.discussing
    if label not in {"obl", "nmod"}:
        return False
    cases = sentence.cases(place)
    spoken = above in one.candidate.found.words
    if cases & _FOR and kind == "agreement" and not spoken:
        return True
    if cases & _ABOUT and (spoken or sentence.tags[above] == "VERB"):
        return True
    if cases & _ON_TALKS and spoken and kind in _TALKS:
        return True
    if cases & _BY and sentence.deps[above] in {"acl", "amod"}:
        return (kind in _SETTLED and lemma in _BROKERED) or (party.kind == "state" and lemma in _HOSTED)
    return False


def _has_brokered(party: Party, sentence: Sentence) -> bool:
    """Whether a name is that of who has mediated or hosts what is told: "talks mediated by Peru", "US-led talks"."""
    if party.compound.lower() in _LED or sentence.words[party.words[1]].lower.endswith("-led"):
        return True
    place = party.first.head
    lemma = sentence.words[sentence.heads[place]].lemma
    return lemma in _BROKERED | _HOSTED and not _BY.isdisjoint(sentence.cases(place))


def _mediators(sentence: Sentence) -> set[str]:
    """Who is named as the one through whom the talks of a sentence go."""
    return {name for party in sentence.parties if _mediates(party.first, sentence) for name in party.ids}


def _mediates(party: Party, sentence: Sentence) -> bool:
    """Whether a name stands with a word for mediation, behind a word like "under"."""
    words, (first, last) = sentence.words, party.words
    chain = [last, *(other.words[1] for other in sentence.parties if other.lead is party)]
    behind = max(chain) + 1
    inside = [place for place in (*range(first, last + 1), behind) if place < len(words)]
    noun = first - 1
    while noun > 0 and words[noun].lower in _OF | _BETWEEN:
        noun -= 1
    if noun >= 0 and words[noun].lower.endswith(_MEDIATION + _MEDIATORS):
        return _leads(noun, words[noun].lower, sentence)
    return any(_leads(first, words[place].lower, sentence) for place in inside)


def _leads(opens: int, noun: str, sentence: Sentence) -> bool:
    """Whether a noun says mediation, and its phrase opens with a word like "under". What is spoken "über die
    Vermittlung" of is only a topic, what goes "über Vermittler" goes through them."""
    before = _before(opens, sentence)
    people = noun.endswith(_MEDIATORS)
    return (people or noun.endswith(_MEDIATION)) and before in _UNDER and (people or before != "über")


def _before(place: int, sentence: Sentence) -> str:
    """The word before one, its article and its own adjective left aside."""
    before = [word.lower for word in sentence.words[max(0, place - 3) : place]]
    return next((word for word in reversed(before) if word in _UNDER or word not in _BETWEEN), "")


def _leave_aside(one: Judged) -> None:
    """Drops the meeting at whose edge others agree on something, where only who holds it is named with it."""
    sentence, trigger = one.candidate.sentence, one.candidate.found
    for party in sentence.parties if trigger.rule.type == "leader_meeting" else ():
        last = party.words[1]
        held = {last, sentence.heads[last]} if sentence.deps[last] == "compound" else {last}
        if party.kind == "organisation" and held & set(trigger.words) and _is_aside(party, sentence):
            one.chance = 0.0


def _is_aside(party: Party, sentence: Sentence) -> bool:
    """Whether an organisation only holds what others meet beside: "on the sidelines of the NATO summit"."""
    before = [word.lower for word in sentence.words[max(0, party.words[0] - _REACH) : party.words[0]]]
    return any(left in _ASIDE | {"the"} and right in _SIDES for left, right in pairwise(before))


def _is_place(party: Party, sentence: Sentence) -> bool:
    return party.kind == "capital" and "in" in sentence.cases(party.head)
