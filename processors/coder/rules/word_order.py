"""Whom the words themselves tell apart, where the parse of a close-packed sentence often errs.

"Malian soldiers backed by Russian mercenaries captured Kidal" tells of no capture by Russia; "Angriff der Hamas" is one
by Hamas, and an "attack blamed on Pakistan" one by Pakistan.
"""

import re
from collections.abc import Collection, Iterator

from processors.coder.actors.model import OTHER
from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import owners

_SAID = 0.9
_LIKELY = 0.5
_BY = frozenset({"by", "von", "vom"})
_ARTICLES = frozenset("the a an der die das den dem des einer eines".split())
_HELP = frozenset(
    "support backing help assistance unterstützung hilfe rückendeckung schützenhilfe luftunterstützung".split()
)
_OF = frozenset("of from by von vom der des".split())
_WITH = frozenset({"with", "mit"})
_ENDINGS = ("te", "ten", "ter", "tes", "tem")  # of German participles before a noun
# What is done by those who do it, whoever helps them.
_DONE_ALONE = frozenset({"attack", "coercion"})
_SEVERS = frozenset(", ; : – — and but after as while when before over for".split())
# What leads from an attack to who is said to have done it.
_BLAMED = {"blamed": "on", "pinned": "on", "attributed": "to"}
# A German noun for a strike: the genitive behind it names who strikes, not who is struck.
STRIKE = re.compile(r".*(?:angriffe?[sn]?|anschl[aä]ge?[sn]?|luftschl[aä]ge?[sn]?|überf[aä]lle?[sn]?|offensiven?)")


def drop_named_backers(one: Judged, backs: Collection[str], *, passive: bool) -> None:
    """Takes the roles from who only backs those who do it, and gives these what that one had as actor, unless the
    candidate is `passive`. `backs` are the verbs that say so."""
    sentence = one.candidate.sentence
    for backers, backed, inside in _backed(sentence, backs):
        names = sentence.only(backers)
        if any(place in inside for place in one.candidate.found.words):
            # "Supported by Turkish drones" tells of no attack with them.
            mere = one.candidate.found.rule.type == "attack" and inside.start <= min(one.candidate.found.words)
            one.chance = 0.0 if mere and backed is not None else one.chance
            continue
        if backed is None and one.candidate.found.rule.type not in _DONE_ALONE:
            continue
        acting = max((one.roles[name]["actor"] for name in names & one.roles.keys()), default=0.0)
        one.bar(names)
        if backed is not None and not passive and _is_done_after(inside.stop, one):
            for name in set(backed.ids) & one.roles.keys():
                odds = one.roles[name]
                actor = max(acting, odds["actor"])
                one.roles[name] = {**odds, "actor": actor, "recipient": min(odds["recipient"], 1.0 - actor)}


def _backed(sentence: Sentence, backs: Collection[str]) -> Iterator[tuple[list[Party], Party | None, range]]:
    """Who only backs, whom, and the words that say so; nobody for the second where only their help is named."""
    words = sentence.words
    for first in sentence.parties:
        if first.lead is not None:
            continue
        backers = [party for party in sentence.parties if party.first is first]
        opens, ends = _opens(first, sentence), max(party.words[1] for party in backers)
        if words[opens].lower in _BY:
            before, behind = opens - 1, ends + 1
            backed = None
            if before >= 0 and words[before].lemma in backs and words[before].lower.endswith("ed"):
                backed, inside = _beside(before, ends, sentence), range(before, ends + 1)
            elif behind + 1 < len(words) and words[behind].lemma in backs and words[behind].lower.endswith(_ENDINGS):
                backed, inside = _at(behind + 1, sentence), range(opens, behind + 1)
            if backed is not None:
                yield backers, backed, inside
        if _is_help(opens, ends, sentence):
            yield backers, None, range(opens - 1, ends + 2)


def _beside(place: int, ends: int, sentence: Sentence) -> Party | None:
    """Whom an English participle belongs to: who stands right before it, with a verb right behind its phrase ("X
    backed by Y took ..."), or who follows the phrase ("Backed by Y, X took ...")."""
    words, count = sentence.words, len(sentence.words)
    if place == 0:
        return _at(ends + 2, sentence) if ends + 2 < count and words[ends + 1].text == "," else None
    comma = words[place - 1].text == ","
    behind = ends + 2 if comma and ends + 1 < count and words[ends + 1].text == "," else ends + 1
    if behind >= count or sentence.tags[behind] not in VERBS:
        return None
    last = place - 2 if comma else place - 1
    named = sorted((party for party in sentence.parties if party.words[1] <= last), key=lambda party: party.words)
    if not named or named[-1].words[1] != last:
        return None
    # "Syrian government fighters" are Syria's, though fighters may be anybody's.
    vague = len(named) > 1 and named[-1].ids == OTHER and named[-2].words[1] == named[-1].words[0] - 1
    return named[-2] if vague else named[-1]


def _is_help(opens: int, ends: int, sentence: Sentence) -> bool:
    """ "With the support of Turkey", "mit türkischer Hilfe"."""
    words = sentence.words
    behind = ends + 1
    if behind < len(words) and words[behind].lower in _HELP:
        return words[opens].lower in _WITH
    noun = opens - 1 if words[opens].lower in _OF else opens
    if noun < 1 or words[noun].lower not in _HELP:
        return False
    return any(word.lower in _WITH for word in words[max(0, noun - 2) : noun])


def _opens(party: Party, sentence: Sentence) -> int:
    """The word before a name and its article."""
    place = party.words[0] - 1
    while place > 0 and sentence.words[place].lower in _ARTICLES and sentence.words[place].lower not in _OF:
        place -= 1
    if place > 0 and sentence.words[place].lower in _ARTICLES and sentence.words[place - 1].lower in _BY:
        place -= 1
    return max(place, 0)


def _at(place: int, sentence: Sentence) -> Party | None:
    """Who is named from a word on, or behind an article there."""
    words = sentence.words
    starts = {place, place + 1} if place < len(words) and words[place].lower in _ARTICLES else {place}
    return next((party for party in sentence.parties if party.words[0] in starts), None)


def _is_done_after(place: int, one: Judged) -> bool:
    sentence, words = one.candidate.sentence, one.candidate.found.words
    return min(words) >= place and sentence.tags[sentence.top(words)] == "VERB"


def name_strikers(one: Judged) -> None:
    """Makes actors of those in the genitive or with "von" behind a German noun for a strike ("Angriff der Hamas",
    "Angriffe von Rebellen"), and of groups compounded with an English one ("RSF drone strikes")."""
    if one.candidate.found.rule.type != "attack":
        return
    sentence = one.candidate.sentence
    for party in sentence.parties:
        way = sentence.way_up(party.words[1], one.candidate.found.words) if party.kind == "group" else None
        if way and all(sentence.deps[place] == "compound" for place in way):
            _give(party, "actor", one)
    # "Bei Angriffen von Rebellen wurden zwei getötet" tells of one strike.
    within = [place for place, up in enumerate(sentence.heads) if up in one.candidate.found.words]
    for place in {*one.candidate.found.words, *within}:
        if not STRIKE.fullmatch(sentence.words[place].lower) or place + 1 >= len(sentence.words):
            continue
        article = sentence.words[place + 1].lower in {"der", "des", "von", "vom"}
        first = next((p for p in sentence.parties if p.words[0] == place + 1 + article and p.lead is None), None)
        if first is None or not (article or first.genitive):
            continue
        _give_all(first, "actor", one)


def spare_owner(one: Judged) -> None:
    """Makes no actors of those whose airspace is violated, but recipients, where nobody else is."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type != "attack" or not sentence.parsed:
        return
    for place in one.candidate.found.words:
        if not sentence.words[place].lower.endswith(("luftraum", "luftraums", "airspace")):
            continue
        whose = owners(sentence, place)
        whose |= {name for p in sentence.parties if p.words[0] <= place <= p.words[1] for name in p.ids}
        over = any(odds["recipient"] >= _LIKELY for name, odds in one.roles.items() if name not in whose)
        if over:
            one.bar(whose)
        else:
            one.turn(whose, "recipient")


def name_blamed(one: Judged) -> None:
    """Makes the actors of an attack of those whom it is "blamed on"; nobody else who is named did it."""
    sentence, words = one.candidate.sentence, one.candidate.sentence.words
    if one.candidate.found.rule.type != "attack":
        return
    told = (at for at in range(1, len(words) - 1) if words[at + 1].lower == _BLAMED.get(words[at].lower))
    blamed = next(told, 0)
    first = _at(blamed + 2, sentence) if blamed else None
    if first is None or not _is_blamed(blamed, first, one):
        return
    doing = [party for party in sentence.parties if party.first is first]
    one.turn({name for party in sentence.parties for name in party.ids}, "recipient")
    for party in doing:
        _give(party, "actor", one)


def _is_blamed(blamed: int, party: Party, one: Judged) -> bool:
    """Whether a candidate tells of the attack that is blamed on somebody: before, in the same clause, or as the verb
    right behind ("Attack blamed on Israel kills two")."""
    words, trigger = one.candidate.sentence.words, one.candidate.found.words
    if trigger[-1] < blamed:
        return _SEVERS.isdisjoint(word.lower for word in words[trigger[-1] + 1 : blamed])
    return trigger[0] == party.words[1] + 1


def _give_all(first: Party, role: str, one: Judged) -> None:
    """Gives a role to those who are named together with the first of them."""
    for party in one.candidate.sentence.parties:
        if party.first is first:
            _give(party, role, one)


def _give(party: Party, role: str, one: Judged) -> None:
    for name in set(party.ids) & one.roles.keys():
        odds = one.roles[name]
        given = max(_SAID, odds["actor"] + odds["recipient"])
        one.roles[name] = {"actor": 0.0, "recipient": 0.0, "none": 1.0 - min(given, 1.0), role: given}
