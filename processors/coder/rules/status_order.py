"""Status where the parse errs and the order of the words tells: "Neither Rwanda nor M23 attended talks", "Trump skips
summit", "Talks to resume", "Ceasefire between A and B collapses", "Summit on hold", "Gipfel vom Tisch", "Will Xi visit
Tokyo?", "became the first leader to visit Rome", "accepts invitation", "trifft in Doha ein", "befiehlt Angriff"."""

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
_ADJOURNED = ("vertagt",)
# How a headline ends that says what became of its subject.
_ENDINGS: dict[tuple[str, ...], Status] = {
    **dict.fromkeys([("collapse",), ("collapses",), ("crumbles",), ("unravels",), ("founders",)], "negated"),
    **dict.fromkeys([("on", "hold"), ("on", "ice"), ("off", "the", "table")], "negated"),
    **dict.fromkeys([("vom", "tisch"), _ADJOURNED], "negated"),
    **dict.fromkeys([("in", "doubt"), ("in", "question")], "hypothetical"),
}
_LAST = {ending[0] for ending in _ENDINGS}
# What may be "off the table" though nobody takes part in it.
_TABLED = frozenset({"sanctions", "arms_delivery", "mobilization"})
_OFF_TABLE = frozenset({"off", "vom"})
_HELD = frozenset({"ohne", "nach"})  # "ohne Ergebnis vertagt" tells of talks that were held
_ARRIVES = frozenset({"eintreffen", "ankommen", "landen"})
_TIMES = frozenset(
    "morgen übermorgen heute abend nachmittag uhr montag dienstag mittwoch donnerstag freitag samstag sonntag wenn "
    "sobald bald demnächst nächste nächsten kommende kommenden".split()
)
_ORDERS = frozenset({"anordnen", "befehlen"})
_ORDERED = frozenset({"attack", "troop_withdrawal"})
_PLANS = frozenset("plan plans preparations".split())
_GOES_ON = frozenset("as after over amid in with following nach während weil bis , . : ; – — - !".split())
_FIRST = frozenset("first second third fourth fifth sixth last latest only".split())
_WHO = frozenset(
    "leader president premier minister country state nation government head chancellor king monarch pope pontiff "
    "secretary official politician member power democracy ruler diplomat envoy general commander ally chief "
    "delegation one".split()
)
_ACCEPTS = frozenset({"accept", "annehmen"})
_INVITATION = frozenset({"invitation", "einladung"})
_FUTURE = frozenset("to will 'll would could may might can should set expected hopes wants plans".split())
_FAR = 8  # words from "first" to "to", and back from there to what says that it is to come
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
    if one.candidate.found.rule.type == "leader_meeting" and _is_accepted(one):
        one.move("occurred", "planned")
    if language == "en":
        _keep_english(one)
    else:
        _keep_german(one)


def _keep_english(one: Judged) -> None:
    if one.candidate.found.rule.type in _MET and _is_skipped(one):
        one.settle("negated")
    elif status := _ending(one):
        one.settle(status)
    elif one.likeliest == "occurred" and _is_to_be(one):
        one.settle("planned")
    elif one.likeliest in {"planned", "hypothetical"} and one.dated != "planned" and _is_first_to(one):
        one.settle("occurred")
    if _is_asked(one):
        one.move("planned", "hypothetical")


def _keep_german(one: Judged) -> None:
    if status := _ending(one):
        one.settle(status)
    elif one.likeliest == "planned" and _is_arriving(one):
        one.move("planned", "occurred")
    elif one.likeliest == "occurred" and _is_ordered(one):
        one.move("occurred", "planned")


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
    sentence, noun, kind = one.candidate.sentence, one.candidate.head, one.candidate.found.rule.type
    if kind not in RECIPROCAL and kind not in _TABLED:
        return None
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
        told = {"VERB"} if ending == _ADJOURNED else VERBS  # "wurde vertagt"
        verbs = any(sentence.tags[p] in told and sentence.deps[p] not in {"amod", "acl"} for p in before)
        governed = any(sentence.tags[p] == "ADP" and not _is_of_plans(sentence, p) for p in range(before.start, noun))
        if verbs or governed or not _GOES_ON.issuperset(after):
            return None
        if kind not in RECIPROCAL and ending[0] not in _OFF_TABLE:
            return None
        if ending == _ADJOURNED and not _HELD.isdisjoint(words[before.start : place]):
            return None
        return _ENDINGS[ending]
    return None


def _is_arriving(one: Judged) -> bool:
    """Whether a candidate's verb tells in the German present that somebody arrives, with no time when he will."""
    sentence = one.candidate.sentence
    if one.dated == "planned" or not _TIMES.isdisjoint(word.lower for word in sentence.words):
        return False
    verb = next((place for place in one.candidate.found.words if sentence.tags[place] == "VERB"), None)
    return verb is not None and sentence.verb(verb) in _ARRIVES and "Tense=Pres" in sentence.morphs[verb]


def _is_ordered(one: Judged) -> bool:
    """Whether a candidate is what somebody orders in the German present, or orders to be done."""
    if one.candidate.found.rule.type not in _ORDERED:
        return False
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    verb, label = sentence.heads[top], sentence.deps[top]
    if verb == top or sentence.verb(verb) not in _ORDERS:
        return False
    return label in {"xcomp", "ccomp"} or (label == "obj" and "Tense=Pres" in sentence.morphs[verb])


def _is_of_plans(sentence: Sentence, place: int) -> bool:
    """Whether a preposition leads to what plans are for."""
    return place > 0 and sentence.words[place - 1].lower in _PLANS


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


def _is_first_to(one: Judged) -> bool:
    """Whether a candidate is what somebody is or was the first of his kind to do."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    words = sentence.words
    if verb < 2 or words[verb - 1].lower != "to":
        return False
    for at in range(verb - 2, max(-1, verb - 2 - _FAR), -1):
        if words[at].lower in _FIRST:
            who = [word.lemma for word in words[at + 1 : verb - 1]]
            if who and _WHO.isdisjoint(who):
                return False
            begin = max(sentence.begin(at, ",;:–—"), at - _FAR)
            return _FUTURE.isdisjoint(word.lower for word in words[begin:at])
        if not words[at].text[0].isalnum():
            return False
    return False


def _is_accepted(one: Judged) -> bool:
    """Whether a visit is only what somebody accepts an invitation to."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if _INVITATION.isdisjoint(sentence.words[place].lemma for place in trigger):
        return False
    verb = next((place for place in trigger if sentence.verb(place) in _ACCEPTS), None)
    # Who "accepted the invitation and flew to Rome" is there.
    joined = any(up == verb and sentence.deps[place] == "conj" for place, up in enumerate(sentence.heads))
    return verb is not None and not joined
