"""Status where the parse errs and the order of the words tells: "Neither Rwanda nor M23 attended talks", "Trump skips
summit", "Talks to resume", "Ceasefire between A and B collapses", "Summit on hold", "Will Xi visit Tokyo?"."""

from collections.abc import Iterator

from processors.coder.analysis import VERBS, Sentence
from processors.coder.judged import Judged
from processors.records import RECIPROCAL, Status

_PAIRED = {"weder": "noch", "neither": "nor"}
_REACH = 12  # words from "neither" to "nor"
# What those do who take part in something, or say yes to it.
_JOINS = frozenset(
    "attend join agree accept sign take consent hold nehmen teilnehmen stimmen zustimmen akzeptieren annehmen "
    "unterzeichnen kommen beitreten reisen".split()
)
_SKIPS = frozenset("skip boycott snub shun miss".split())
_MET = frozenset({"leader_meeting", "negotiation"})
_WITHIN_NOUN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV"})
_NEAR = 5  # words from "skips" to the meeting
# Of what begins, "to begin" says that it will.
_BEGINS = frozenset("begin start resume restart reopen continue convene extend hold renew sign go enter follow".split())
_TAKES = frozenset({("take", "effect"), ("take", "place"), ("come", "into")})
# How a headline ends that says what became of its subject.
_ENDINGS: dict[tuple[str, ...], Status] = {
    **dict.fromkeys([("collapse",), ("collapses",), ("crumbles",), ("unravels",), ("founders",)], "negated"),
    **dict.fromkeys([("on", "hold"), ("on", "ice"), ("off", "the", "table")], "negated"),
    **dict.fromkeys([("in", "doubt"), ("in", "question")], "hypothetical"),
}
_LAST = {ending[0] for ending in _ENDINGS}
_GOES_ON = frozenset("as after over amid in with following , . : ; – — - !".split())
_BREAKS = frozenset(",;:–—.!?|")
_ASKING = frozenset("will would could can is are did does do has have may".split())


def keep_to_order(one: Judged, language: str) -> None:
    """Gives a candidate the status that the order of the words tells."""
    sentence = one.candidate.sentence
    if not sentence.parsed:
        return
    if _is_neither(one):
        if one.candidate.found.rule.type == "rejection":
            one.chance = 0.0  # who does not reject a thing does not thereby want it
        one.settle("negated")
    if language != "en":
        return
    if one.candidate.found.rule.type in _MET and _is_skipped(one):
        one.settle("negated")
    elif one.candidate.found.rule.type in RECIPROCAL and (status := _ending(one)):
        one.settle(status)
    elif one.likeliest == "occurred" and _is_to_be(one):
        one.settle("planned")
    if _is_asked(one):
        one.move("planned", "hypothetical")


def _is_neither(one: Judged) -> bool:
    """Whether a candidate is what "neither A nor B" do, or take part in."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    for place, word in enumerate(sentence.words):
        other = _PAIRED.get(word.lower)
        behind = range(place, min(place + _REACH, len(sentence.words)))
        nor = next((p for p in behind if sentence.words[p].lower == other), None) if other else None
        if nor is None or place in trigger or sentence.clause[trigger[-1]] != sentence.clause[nor]:
            continue
        if place and sentence.words[place - 1].text.isalpha():
            # "Trump met neither Putin nor Zelensky."
            if _nearest_verb(sentence, place) in trigger:
                return True
            continue
        verb = next((p for p in range(place + 1, len(sentence.words)) if sentence.tags[p] in VERBS), None)
        if verb is None or not place < nor < min(verb, trigger[0]):
            continue
        if any(p in trigger or sentence.words[p].lemma in _JOINS for p in (verb, sentence.heads[verb])):
            return True
    return False


def _nearest_verb(sentence: Sentence, place: int) -> int | None:
    """The verb before a word in its clause; of a helper what it helps."""
    begin = sentence.begin(place, _BREAKS)
    verb = next((p for p in range(place - 1, begin - 1, -1) if sentence.tags[p] in VERBS), None)
    return sentence.heads[verb] if verb is not None and sentence.tags[verb] == "AUX" else verb


def _is_skipped(one: Judged) -> bool:
    """Whether a meeting is what somebody stays away from."""
    sentence, noun = one.candidate.sentence, one.candidate.head
    for place in range(noun - 1, max(0, noun - 1 - _NEAR), -1):
        if sentence.words[place].lemma in _SKIPS:
            return sentence.words[place - 1].lower not in {"not", "n't"}
        if sentence.tags[place] not in _WITHIN_NOUN:
            return False
    return False


def _ending(one: Judged) -> Status | None:
    """What the end of a headline without another verb says of its subject."""
    sentence, noun = one.candidate.sentence, one.candidate.head
    words = [word.lower for word in sentence.words]
    for place in range(noun + 1, len(words)):
        if words[place] not in _LAST:
            if words[place] in _BREAKS:
                return None
            continue
        ending = next((known for known in _ENDINGS if tuple(words[place : place + len(known)]) == known), None)
        if ending is None:
            continue
        after = words[place + len(ending) : place + len(ending) + 1]
        before = range(sentence.begin(noun, _BREAKS), place)
        verbs = any(sentence.tags[p] in VERBS and sentence.deps[p] not in {"amod", "acl"} for p in before)
        governed = any(sentence.tags[p] == "ADP" for p in range(before.start, noun))
        if verbs or governed or not _GOES_ON.issuperset(after):
            return None
        return _ENDINGS[ending]
    return None


def _is_to_be(one: Judged) -> bool:
    """Whether a candidate is what a headline says somebody is "to" do, or what is to begin, without a finite verb."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    top = sentence.top(trigger)
    for verb in _infinitives(sentence):
        if verb in trigger:
            return True
        if sentence.heads[top] == verb and sentence.deps[top].startswith("nsubj") and top < verb:
            words = sentence.words[verb : verb + 2]
            return words[0].lemma in _BEGINS or tuple(word.lower for word in words) in _TAKES
    return False


def _infinitives(sentence: Sentence) -> Iterator[int]:
    """The verbs of headlines such as "Erdogan to mediate", "Ceasefire to be extended"."""
    for place, word in enumerate(sentence.words):
        if word.lower != "to" or sentence.deps[place] != "mark":
            continue
        verb, begin = sentence.heads[place], sentence.begin(place, _BREAKS)
        subject = any(sentence.heads[p] == verb and sentence.deps[p].startswith("nsubj") for p in range(place))
        finite = any(sentence.tags[p] in VERBS and sentence.deps[p] != "amod" for p in range(begin, place))
        if subject and not finite and verb > place:
            yield verb


def _is_asked(one: Judged) -> bool:
    """Whether a candidate is what a question that begins with its auxiliary asks for."""
    sentence = one.candidate.sentence
    if sentence.words[-1].text != "?":
        return False
    begin = sentence.begin(len(sentence.words) - 1, _BREAKS)
    return sentence.words[begin].lower in _ASKING and sentence.tags[begin] == "AUX" and one.candidate.head > begin
