"""Charges without a verb of accusing: "Poland said Russia was behind the sabotage", "Putin does not want peace, Merz
says". Who says so accuses those whose doing it is; what the text tells of itself, or somebody of himself, is none."""

from collections.abc import Iterator, Sequence

from processors.coder.actors.model import OTHER
from processors.coder.analysis import Candidate, Party, Sentence
from processors.coder.attribution import VERBAL, speaker
from processors.coder.judged import PLAIN, Judged
from processors.coder.lexicon import Lexicon
from processors.coder.parties import opener, owners
from processors.coder.rules.subjects import is_passive
from processors.records import RECIPROCAL

# Verbs of saying that are none of the lexicon's, and those by which nobody is charged.
_HOLDS = frozenset(
    "insist see argue complain maintain contend suspect fear retort counter conclude lament assert "
    "sehen beharren betonen vermuten kontern entgegnen glauben meinen finden klagen".split()
)
_DENIES = frozenset(
    "deny doubt dispute question reject dismiss ask wonder bestreiten dementieren bezweifeln zurückweisen "
    "fragen".split()
)
_SUPPOSED = frozenset(
    "if whether unless would could should will must shall falls ob wenn sofern würde würden könnte könnten sollte "
    "sollten wird werden muss müsse müssen dürfe dürfen".split()
)
_AIMS = frozenset("goal aim objective purpose intention ziel absicht zweck".split())
_REAL = frozenset("real true actual ultimate eigentlich wahr wirklich".split())
_NAMELESS = frozenset("official officials source sources vertreter insider".split())  # who charge nobody
_WITH = frozenset({"with", "mit"})
_WRONGS = frozenset(
    "cheat rip undermine violate breach destabilise destabilize steal lie betray escalate prolong".split()
)
_LIKELY, _POSSIBLE = 0.5, 0.3


def name_doer(one: Judged, lexicon: Lexicon) -> None:
    """Makes the actor of the subject of what somebody says, where who says so was taken for the one who does it
    ("Lithuania says Belarus closed the crossing"), and of who says so, where it is a wrong that another does ("Trump
    says China is ripping off the US")."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if not sentence.parsed or kind in RECIPROCAL or "subject" not in one.frame.actor:
        return
    verb = sentence.governor(sentence.top(one.candidate.found.words))
    wrong = kind == "accusation" and verb in one.candidate.found.words and sentence.words[verb].lemma in _WRONGS
    if kind in VERBAL and not wrong:
        return
    saying = sentence.heads[verb]
    if sentence.deps[verb] != "ccomp" or sentence.words[saying].lemma not in lexicon.speech or is_passive(verb, one):
        return
    says, doing = sentence.subject(saying) & one.roles.keys(), sentence.subject(verb)
    actors, others = (says, doing) if wrong else (doing, says)
    known = others & one.roles.keys()
    if says and doing and says.isdisjoint(doing) and any(one.roles[name]["actor"] >= _POSSIBLE for name in known):
        one.turn(others, "recipient")
        one.give(actors, "actor")
        if wrong:
            one.bar(one.roles.keys() - says - doing)


def is_charge(candidate: Candidate) -> bool:
    """Whether a candidate tells a charge by a plain rule."""
    return candidate.found.rule.type == "accusation" and candidate.found.rule.plain


def set_charges(text: Sequence[Judged], lexicon: Lexicon) -> None:
    """Names who charges whom by the candidates that tell a charge plainly, drops those by which nobody does, and what
    the words of a charge would tell otherwise ("fuelling war", "trying to intimidate"); the attack that somebody is
    said to be behind stands instead of the charge, where it is likely."""
    for charge in text:
        found, sentence = charge.candidate.found, charge.candidate.sentence
        if not is_charge(charge.candidate) or not sentence.parsed:
            continue
        _name(charge, lexicon)
        here = [one for one in text if one.candidate.sentence is sentence and not is_charge(one.candidate)]
        told = {*found.words, *(at for at in sentence.above(sentence.top(found.words)) if _insists(at, sentence))}
        others = [one for one in here if not told.isdisjoint(one.candidate.found.words)]
        if any(_is_charged_deed(other, charge) for other in others):
            charge.chance = 0.0
        for other in others if charge.chance else ():
            other.chance = 0.0


def _insists(place: int, sentence: Sentence) -> bool:
    return sentence.words[place].lemma in _HOLDS


def _name(one: Judged, lexicon: Lexicon) -> None:
    """Gives a charge who makes it and against whom, and drops it where nobody does."""
    sentence = one.candidate.sentence
    top = sentence.top(one.candidate.found.words)
    says, verb = _who_says(top, one, lexicon)
    accused = _accused(top, verb, says, one)
    if not says or says.issubset(OTHER) or accused is None or says & accused or _is_unsaid(top, one, lexicon):
        one.chance = 0.0
        return
    one.chance = max(one.chance, PLAIN)
    one.bar(list(one.roles))
    one.give(says, "actor")
    one.give(accused, "recipient")
    if one.likeliest != "historical":
        one.settle("occurred")


def _is_charged_deed(other: Judged, charge: Judged) -> bool:
    """Whether a likely attack is what others are charged with, and done by them."""
    accused = {name for name, odds in charge.roles.items() if odds["recipient"] >= _LIKELY}
    acting = {name for name, odds in other.roles.items() if odds["actor"] >= _LIKELY}
    return other.candidate.found.rule.type == "attack" and other.chance >= _LIKELY and bool(accused & acting)


def _who_says(top: int, one: Judged, lexicon: Lexicon) -> tuple[set[str], int | None]:
    """Who says what a word tells, and the verb that says so, where the word hangs on it."""
    sentence = one.candidate.sentence
    saying = _HOLDS.union(lexicon.speech)
    for place in sentence.above(top):
        if sentence.words[place].lemma in saying and (named := _named_subject(place, sentence)):
            return named, place
    party = speaker(one.candidate, lexicon) or _kicker(sentence)
    if party is None or any(word.lower in _NAMELESS for word in sentence.words[party.words[0] : party.words[1] + 2]):
        return set(), None
    return set(party.ids), None


def _kicker(sentence: Sentence) -> Party | None:
    """Who stands before the colon that opens a headline: "Poland: Belarus using migrants as weapon"."""
    first = next((party for party in sentence.parties if party.words[0] == 0), None)
    after = first.words[1] + 1 if first else len(sentence.words)
    return first if after < len(sentence.words) and sentence.words[after].text == ":" else None


def _accused(top: int, verb: int | None, says: set[str], one: Judged) -> set[str] | None:
    """Whose doing a word tells: the subject over it, below the verb that says so, or whose that is; empty for "the real
    goal", none for others who have no name; in headlines without such a subject who is named last before it."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    for place in _within(top, verb, sentence):
        subjects = [at for at, up in enumerate(sentence.heads) if up == place and sentence.deps[at].startswith("nsubj")]
        if subjects:
            if any(_is_real_aim(at, sentence) for at in subjects):
                others = {name for party in sentence.parties for name in party.ids} - says - set(OTHER)
                return others if len(others) == 1 else set()
            return _named_subject(place, sentence) or _partners(subjects, sentence) - says or None
    opens = verb if verb is not None and verb < words[0] else 0
    before = [party for party in sentence.parties if opens < party.words[1] < words[0]]
    return set(before[-1].ids) - says or None if before else None


def _is_real_aim(noun: int, sentence: Sentence) -> bool:
    return sentence.words[noun].lemma in _AIMS and any(
        up == noun and sentence.words[at].lemma in _REAL for at, up in enumerate(sentence.heads)
    )


def _within(top: int, verb: int | None, sentence: Sentence) -> Iterator[int]:
    yield top
    for place in sentence.above(top):
        if place == verb:
            return
        yield place


def _named_subject(verb: int, sentence: Sentence) -> set[str]:
    """Who is named as the subject of a verb, or whose that is: "US tariffs are bullying"."""
    subjects = [at for at, up in enumerate(sentence.heads) if up == verb and sentence.deps[at].startswith("nsubj")]
    nobody = any(party.kind == "blocked" and party.head in subjects for party in sentence.parties)
    if nobody or any(sentence.words[at].lower in _NAMELESS for at in subjects):
        return set()
    return sentence.subject(verb) or {name for at in subjects for name in owners(sentence, at)}


def _partners(nouns: Sequence[int], sentence: Sentence) -> set[str]:
    """With whom what a noun names is done: "the talks with Washington were a cover for war"."""
    under = [party for party in sentence.parties if sentence.heads[party.first.head] in nouns]
    return {name for party in under if opener(sentence, party.first) in _WITH for name in party.ids}


def _is_unsaid(top: int, one: Judged, lexicon: Lexicon) -> bool:
    """Whether a charge is denied, asked or only supposed."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    way = [top, *sentence.above(top)]
    if any(sentence.verb(place) in _DENIES for place in way):
        return True
    below = {sentence.words[at].lower for at, up in enumerate(sentence.heads) if up in way and at not in trigger}
    return not below.isdisjoint(_SUPPOSED) or not below.isdisjoint(lexicon.government.negators)
