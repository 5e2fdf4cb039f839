"""Passives without a helper, as headlines have them: "Iran accused of arming rebels", "Russian ambassador summoned over
drones", "Russische Diplomaten aus Polen ausgewiesen". Their subject is who it is done to.

Of such an English verb the object would stand right behind it: where a preposition stands there that the active verb
does not go with, or "by", the object is the subject. A German participle that ends a clause without any finite verb is
one too.
"""

import re
from collections.abc import Iterator

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.judged import Judged
from processors.coder.parties import opener
from processors.coder.rules.subjects import DONE_BY_SUBJECT
from processors.coder.rules.word_order import STRIKE

_FAULT = frozenset("for over after".split())
_HELD = frozenset("in over for after on at".split())
# What stands behind the verb where its subject is who it is done to.
_BEHIND: dict[str, frozenset[str]] = {
    **dict.fromkeys(("accuse", "suspect"), frozenset({"of"})),
    **dict.fromkeys(("criticise", "criticize", "condemn", "blame", "slam", "blast", "lambast", "lambaste"), _FAULT),
    **dict.fromkeys(("denounce", "rebuke", "censure", "chide", "berate", "castigate", "scold", "reprimand"), _FAULT),
    **dict.fromkeys(("praise", "hail", "commend", "laud", "sanction", "punish"), _FAULT),
    **dict.fromkeys(("urge", "tell", "press", "pressure", "implore"), frozenset({"to"})),
    **dict.fromkeys(("arrest", "detain", "jail", "imprison"), _HELD),
    **dict.fromkeys(("expel", "deport"), frozenset("from over after to".split())),
    **dict.fromkeys(("ban", "bar"), frozenset("from over".split())),
    **dict.fromkeys(("exempt", "spare", "exclude"), frozenset({"from"})),
    **dict.fromkeys(("summon", "call in"), frozenset("over after to in for".split())),
    "threaten": frozenset({"with"}),
    "warn": frozenset({"over"}),
    **dict.fromkeys(("hit", "strike"), frozenset("in with".split())),
    **dict.fromkeys(("damage", "destroy", "injure", "wound", "kill", "sink"), frozenset({"in"})),
    "down": frozenset("over near in".split()),
    "convict": frozenset("of in".split()),
    "charge": frozenset("with over".split()),
    "invite": frozenset({"to"}),
    "sentence": frozenset("to in over".split()),
}
_BY = "by"
_HELPERS = frozenset("has have had having be been being is are was were 's 're 've".split())
# Past forms that do not end in "ed".
_IRREGULAR = frozenset("sunk hit struck shot told sent held caught thrown beaten taken driven overrun".split())
_VERBAL = frozenset({"VERB", "ADJ"})
_FLY = frozenset("missile drone rocket bomb shell jet plane strike airstrike".split())
_LEAVES = frozenset({"from", "aus"})
# German participles that are no finite form too.
_PARTICIPLE = re.compile(r"(?:[a-zäöü]{2,7})?ge[a-zäöüß]{3,}(?:t|en)|ausgewiesen|einbestellt|festgenommen|vorgeworfen")
_GENITIVE = frozenset({"der", "des"})
_IN = frozenset("bei beim durch in nach".split())
_FAR = 3  # words from "bei" to the strike
_ENDS = frozenset(".!?:;,–—-|")
_SAYS = frozenset("say claim report".split())


def turn_reduced(one: Judged, language: str) -> None:
    """Makes recipients of the parties that are the subject of a candidate's verb in such a passive, and actors of those
    named behind "by". Others in the clause are what it is about."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if kind in DONE_BY_SUBJECT or not sentence.parsed:
        return
    is_reduced = _is_english if language == "en" else _is_german
    verb = next((place for place in one.candidate.found.words if is_reduced(place, sentence)), None)
    suffering = {name for party in _subjects(verb, sentence) for name in party.ids} if verb is not None else set()
    if verb is None or not suffering:
        return
    one.passive = sentence.words[verb].text
    one.turn(suffering, "recipient")
    for party in sentence.parties:
        if party.words[0] < verb and language == "de":
            _let_act(party, verb, one)
        if party.words[0] < verb or sentence.clause[party.head] != sentence.clause[verb]:
            continue
        open_with = opener(sentence, party.first)
        if open_with == _BY or (kind == "diplomatic_break" and open_with in _LEAVES):
            one.give(set(party.ids) - suffering, "actor")
        elif _BY not in (word.lower for word in sentence.words[verb : party.words[0]]):
            one.bar(set(party.ids) - suffering)


def _let_act(party: Party, verb: int, one: Judged) -> None:
    """Makes actors of those before a German participle who expel ("Diplomaten aus Russland ausgewiesen") or whose
    attack it was done in ("bei Angriff der Hamas getötet")."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if party.first.words[0] < sentence.begin(verb, _ENDS):
        return
    expels = kind == "diplomatic_break" and opener(sentence, party.first) in _LEAVES
    if expels or (kind == "attack" and _is_striker(party.first, sentence)):
        one.give(party.ids, "actor")


def _is_striker(party: Party, sentence: Sentence) -> bool:
    """Whether a name stands in the genitive behind a German noun for a strike, in which something is done."""
    at = party.words[0] - 1
    if at > 0 and sentence.words[at].lower in _GENITIVE:
        at -= 1
    elif not party.genitive:
        return False
    if at < 1 or not STRIKE.fullmatch(sentence.words[at].lower):
        return False
    return not _IN.isdisjoint(word.lower for word in sentence.words[max(0, at - _FAR) : at])


def _is_english(place: int, sentence: Sentence) -> bool:
    words = sentence.words
    word = words[place]
    is_root = sentence.heads[place] == place  # some parses of "Oil depot hit in strike"
    if not (word.lower.endswith("ed") or word.lower in _IRREGULAR) or not (is_root or sentence.tags[place] in _VERBAL):
        return False
    if not 0 < place < len(words) - 1 or words[place - 1].lower == "to":
        return False
    if not _HELPERS.isdisjoint(other.lower for other in words[max(0, place - 3) : place]):
        return False
    behind = words[place + 1].lower
    if behind == "in" and words[place - 1].lemma in _FLY:  # "Missiles hit in the night."
        return word.lemma == "down"
    return behind == _BY or behind in _BEHIND.get(word.lemma, frozenset())


def _is_german(place: int, sentence: Sentence) -> bool:
    words = sentence.words
    if not _PARTICIPLE.fullmatch(words[place].lower) or (place + 1 < len(words) and words[place + 1].text not in _ENDS):
        return False
    return VERBS.isdisjoint(sentence.tags[sentence.begin(place, _ENDS) : place])


def _subjects(verb: int, sentence: Sentence) -> Iterator[Party]:
    """Who is named between the beginning of a verb's clause, or a verb of saying, and the verb, behind no preposition;
    nobody where another verb stands there, whose object or the like the rest is."""
    last = verb - 1 if sentence.words[verb - 1].text == "," else verb
    start = sentence.begin(last, _ENDS)
    for place in range(start, last):
        if sentence.tags[place] in VERBS:
            if sentence.words[place].lemma not in _SAYS:
                return
            start = place + 1
    for party in sentence.parties:
        begin, end = party.words
        # "Bei einem Angriff Israels", "bei Angriff der Hamas"
        beside = begin > start and (party.genitive or _is_striker(party.first, sentence))
        if start <= begin and end < last and not beside and not opener(sentence, party.first):
            yield party
