"""What governs a trigger: modals, negation, conjunctions and verbs above it, read from the parse.

"wird ... besuchen", "plant einen Besuch", "sagt das Treffen ab", "keine Drohnen geliefert": words near a trigger do not
tell whom they belong to, the parse does. Which words mean what is data of the lexicon (`government`).
"""

import re
from collections.abc import Collection, Iterator, Sequence

from processors.coder.analysis import Candidate, Sentence
from processors.coder.lexicon import Government
from processors.coder.negators import is_pseudo
from processors.records import RECIPROCAL, Status

_STEPS = 3  # words above the trigger that may govern it
_UP = frozenset(
    {
        "obj",
        "nsubj",
        "obl",
        "nmod",
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "appos",
        "conj",
        "parataxis",
        "root",
        "iobj",
        "compound",
    }
)
# What stands under a verb or a predicate and makes another of it: "fall through", "take place", "vom Tisch".
_PARTICLES = frozenset({"compound:prt", "advmod", "case", "obl", "obj"})
# Types whose cancelling or denial is that type, negated; a negated threat or demand is something else.
_CANCELLED = RECIPROCAL | {"arms_delivery", "aid", "negotiation_offer"}
_NEGATED = frozenset(
    {
        "gov=negated|obj|1",
        "gov=negated|nsubj|1",
        "gov=negated|ccomp|1",
        "attr=negated",
        "not|0",
        "no|obj|0",
        "no|nsubj|0",
    }
)
# Types that a verb with "not" may tell: "will not send", "will not hesitate".
REFUSING = frozenset({"rejection", "arms_delivery_pause", "threat"})
_DENIED = frozenset({"not|0", "no|nsubj|0"})
# What is not ruled out may be; of other verbs that negate ("did not cancel", "refused to deny"), denied themselves,
# what they govern is left as it is. Who stays away from a meeting is not part of it.
_EXCLUDES = frozenset({"ausschließen", "exclude", "rule out"})
_SHUNS = frozenset({"fernbleiben", "bleiben fern", "stay away"})
# Who denies what somebody tells; how what is told hangs on that word or on the verb, and the words within it together.
DENIES = frozenset(
    "deny dismiss reject refute rebut zurückweisen bestreiten abstreiten dementieren leugnen widersprechen".split()
)
_TOLD = re.compile(
    r"(?:claim|report|rumou?r|assertion|allegation|accusation|charge)s?"
    r"|\w*(?:(?:behauptung|meldung|darstellung|spekulation|anschuldigung|unterstellung)(?:en)?|berichte?n?|gerüchte?n?"
    r"|angaben|vorwurf|vorwürfen?)"
)
_HEARD = re.compile(
    r"(?:claim|report|rumou?r|assertion)s?"
    r"|\w*(?:(?:behauptung|meldung|darstellung|spekulation)(?:en)?|berichte?n?|gerüchte?n?)"
)
_KNOWN = frozenset("the this these der den dem die das diesen diesem diese dieses".split())  # "rejected the report"
_CONTENT = frozenset({"acl", "ccomp", "xcomp", "nmod"})
_CLAUSE = frozenset({"ccomp", "xcomp", "parataxis", "advcl", "conj"})
_INSIDE = frozenset({"amod", "nsubj", "obj", "iobj", "obl", "nmod", "xcomp", "ccomp", "conj", "compound"})
_OF = frozenset("of über von about".split())
_THAT = frozenset("that wonach dass".split())
_TIMES = frozenset("after following since before during amid nach seit vor während wegen over".split())
_CLAIMED = "claimed"
_FAILED = "failed"
_WISHED = "wished"
_AGREED_TO = frozenset({"gov=planned|obl|1", "gov=planned|iobj|1"})  # "stimmte einer Waffenruhe zu"
_FOR = frozenset("of for in on about an auf nach zu zum zur".split())
_DOUBTED = frozenset({"negated", "hypothetical", "open"})
_GOVERNED = ("obj", "nsubj", "ccomp", "xcomp")
_OPEN = frozenset(f"gov=open|{label}|1" for label in _GOVERNED)
_KEPT = frozenset(f"gov=kept|{label}|1" for label in _GOVERNED)
_SHUNNED = frozenset({"gov=shunned|obl|1", "gov=shunned|obj|1"})
_PLANNED = frozenset({"future|0", "future|1", "attr=planned", "gov=planned|obj|1", "gov=planned|nsubj|1"})
_HYPOTHETICAL = frozenset({"attr=hypothetical", "modal=hypothetical|0"})
# Log odds that such a rule adds to its status: of events annotated for training it is right in about 80 of 100.
RULE_WEIGHT = 2.5
_FORMS = ("Tense=Past", "Tense=Pres", "Mood=Sub", "VerbForm=Inf", "VerbForm=Part", "VerbForm=Ger")
_VERBAL = frozenset(f"{form}|0|False" for form in _FORMS)
_HELPING = frozenset({"aux", "advmod", "compound:prt"})
_ARGUMENTS = frozenset({"obj", "nsubj", "obl", "iobj"})


def government(candidate: Candidate, rules: Government) -> list[str]:
    """What the parse says of a trigger's standing, as features such as "gov=negated|obj" or "modal=planned|0"."""
    sentence = candidate.sentence
    if not sentence.parsed:
        return []
    below = sentence.children()
    out: list[str] = []
    for step, (place, label) in enumerate(_upwards(sentence, candidate.found.words)):
        out += _of_predicate(sentence, place, below[place], step, rules)
        if step:
            out += [f"gov={status}|{label}|{step}" for status in _of_verb(sentence, place, below, rules)]
    for place in candidate.found.words:
        # "Met but failed to agree" tells of no failed meeting.
        beside = (child for child in below[place] if sentence.deps[child] != "conj")
        out += [f"attr={status}" for child in beside for status in _status(sentence, child, rules.attributes)]
    top = sentence.top(candidate.found.words)
    out += _of_claims(sentence, top, below, rules)
    if _is_told_of(sentence, top, below, rules.failures, _OF) and not _is_doubted(sentence, top, below, rules):
        out.append(_FAILED)
    if _is_told_of(sentence, top, below, rules.wishes, _FOR):
        out.append(_WISHED)
    return list(dict.fromkeys(out))


def ruled_status(signals: Sequence[str], kind: str) -> Status | None:
    """The status that the parse alone gives an event of type `kind`, None where it is silent."""
    known = set(signals)
    if known & _OPEN:
        return "hypothetical"
    if kind not in REFUSING and _CLAIMED in known:
        return "negated"
    if kind in _CANCELLED and known & (_NEGATED | _SHUNNED | {_FAILED}):
        return "negated"
    if kind not in REFUSING and known & _DENIED and known & _VERBAL:
        return "negated"
    if kind in RECIPROCAL and _WISHED in known:
        return "hypothetical"
    if known & _PLANNED or (kind == "ceasefire" and known & _AGREED_TO):
        return "planned"
    return "hypothetical" if known & _HYPOTHETICAL else None


def is_open(signals: Sequence[str]) -> bool:
    """Whether what the parse says of a trigger is that somebody does not rule it out."""
    return not _OPEN.isdisjoint(signals)


def is_kept(signals: Sequence[str]) -> bool:
    """Whether it says that somebody does not cancel it, deny it and the like."""
    return not _KEPT.isdisjoint(signals)


def leaves_open(candidate: Candidate, rules: Government) -> bool:
    """Whether a trigger is itself what does not rule something out: "does not exclude", "refused to rule out"."""
    sentence, words = candidate.sentence, candidate.found.words
    if not sentence.parsed:
        return False
    below = sentence.children()
    verbs = {*words, *(sentence.heads[place] for place in words if sentence.deps[place] in _HELPING)}
    verbs |= {child for place in verbs for child in below[place] if sentence.deps[child] == "xcomp"}
    return any("open" in _of_verb(sentence, place, below, rules) for place in verbs)


def denies_hearsay(candidate: Candidate, rules: Government) -> bool:
    """Whether a trigger denies claims, reports or rumours of nobody by name: that is said of what they tell, and
    refuses nobody anything."""
    sentence = candidate.sentence
    if not sentence.parsed:
        return False
    below, named = sentence.children(), {party.head for party in sentence.parties}
    return any(
        _HEARD.fullmatch(sentence.words[told].lower) is not None
        and named.isdisjoint(below[told])
        and _KNOWN.isdisjoint(sentence.words[child].lower for child in below[told])
        for told, verb, _ in _denied(sentence, below, rules)
        if verb in candidate.found.words
    )


def _denied(sentence: Sentence, below: Sequence[Sequence[int]], rules: Government) -> Iterator[tuple[int, int, bool]]:
    """Each word for what somebody tells that is denied, with the verb that does so, and whether that is itself denied
    ("did not deny reports")."""
    for place, word in enumerate(sentence.words):
        if _TOLD.fullmatch(word.lower) is None:
            continue
        # Of "Kiew dementierte Gerüchte" some parses make an adjective.
        verbs = [child for child in below[place] if sentence.deps[child] == "amod"]
        if sentence.deps[place] in {"obj", "obl", "iobj"}:
            verbs.append(sentence.heads[place])
        for verb in verbs:
            if not DENIES.isdisjoint(_readings(sentence, verb, below[verb])):
                yield place, verb, any(_negates(sentence, child, rules) for child in below[verb])


def _of_claims(sentence: Sentence, top: int, below: Sequence[Sequence[int]], rules: Government) -> Iterator[str]:
    """What it says of the word at `top` that it stands in what somebody tells and another denies: "dismissed reports
    that ...", "wies Behauptungen zurück, er habe ..."."""
    for told, verb, undone in _denied(sentence, below, rules):
        way = sentence.way_up(top, {told, verb}) if top > told else None
        if not way or way[-1] < told or any(_is_aside(sentence, place, below) for place in way[:-1]):
            continue
        first = way[-1]
        words = {sentence.words[child].lower for child in below[first]}
        if sentence.heads[first] == told:
            content = sentence.deps[first] in _CONTENT and (sentence.deps[first] != "nmod" or bool(words & _OF))
        else:
            content = sentence.deps[first] in _CLAUSE and (bool(words & _THAT) or _is_reported(sentence, first, below))
        if content:
            yield "gov=kept|ccomp|1" if undone else _CLAIMED


def _is_told_of(
    sentence: Sentence, top: int, below: Sequence[Sequence[int]], nouns: Collection[str], cases: Collection[str]
) -> bool:
    """Whether a trigger is what one of some nouns is told of: "collapse of the talks", "Hoffnung auf Gespräche"."""
    noun = sentence.heads[top]
    if noun == top or sentence.words[noun].lower not in nouns or sentence.tags[noun] == "VERB":
        return False
    opens = {sentence.words[child].lower for child in below[top] if sentence.deps[child] == "case"}
    return sentence.deps[top] in {"nmod", "compound"} and opens.issubset(cases)


def _is_doubted(sentence: Sentence, top: int, below: Sequence[Sequence[int]], rules: Government) -> bool:
    """Whether the noun over a trigger is what somebody prevents or fears."""
    verb = sentence.heads[sentence.heads[top]]
    return sentence.tags[verb] == "VERB" and not _DOUBTED.isdisjoint(_of_verb(sentence, verb, below, rules))


def _is_aside(sentence: Sentence, place: int, below: Sequence[Sequence[int]]) -> bool:
    """Whether a word inside what is told only says when or why."""
    return sentence.deps[place] not in _INSIDE or any(sentence.words[child].lower in _TIMES for child in below[place])


def _is_reported(sentence: Sentence, verb: int, below: Sequence[Sequence[int]]) -> bool:
    """Whether a German clause is one of what somebody says: "er habe ... abgefeuert", "die Huthis zu bewaffnen"."""
    words = [verb, *(child for child in below[verb] if sentence.deps[child] in {"aux", "cop"})]
    infinitive = any(sentence.words[child].lower == "zu" for child in below[verb])
    return infinitive or any("Mood=Sub" in sentence.morphs[word] for word in words)


def _upwards(sentence: Sentence, trigger: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The trigger's top word and the words above it, each with the label that leads there."""
    place, label = sentence.top(trigger), ""
    for _ in range(_STEPS + 1):
        yield place, label
        label, above = sentence.deps[place], sentence.heads[place]
        if above == place or label not in _UP:
            return
        place = above


def _of_predicate(sentence: Sentence, place: int, below: Sequence[int], step: int, rules: Government) -> Iterator[str]:
    """Modals, tense, negation and conjunction of one word on the way up."""
    helpers = [child for child in below if sentence.deps[child] in {"aux", "cop"}]
    yield from _of_helpers(sentence, place, helpers, step, rules)
    for verb in (place, *helpers):
        yield from (f"{form}|{step}|{verb != place}" for form in _FORMS if form in sentence.morphs[verb])
    for child in below:
        word, label = sentence.words[child].lower, sentence.deps[child]
        if _negates(sentence, child, rules):
            yield f"not|{step}"
        if label == "mark":
            yield f"mark={word}|{step}"
        if label in _ARGUMENTS and _is_denied(sentence, child, rules):
            yield f"no|{label}|{step}"


def _of_helpers(sentence: Sentence, place: int, helpers: Sequence[int], step: int, rules: Government) -> Iterator[str]:
    perfect = "+perfect" if any(sentence.words[child].lower in rules.perfect for child in helpers) else ""
    for child in helpers:
        yield from (f"modal={status}{perfect}|{step}" for status in _status(sentence, child, rules.modals))
        if sentence.words[child].lower in rules.future and "VerbForm=Inf" in sentence.morphs[place]:
            yield f"future|{step}"


def _negates(sentence: Sentence, place: int, rules: Government) -> bool:
    """Whether the word at `place` negates what it stands under: not so the particle in "findet statt", nor "instead"
    alone."""
    words, word = sentence.words, sentence.words[place].lower
    if word not in rules.negators or sentence.deps[place] == "compound:prt" or is_pseudo(words, place, rules):
        return False
    return word != "instead" or (place + 1 < len(words) and words[place + 1].lower == "of")


def _of_verb(sentence: Sentence, place: int, below: Sequence[Sequence[int]], rules: Government) -> Iterator[str]:
    """The statuses that a verb or predicate gives to what it governs, read with its particles and its negation; "open",
    "kept" and "shunned" for what is not ruled out, not cancelled, stayed away from."""
    readings = set(_readings(sentence, place, below[place]))
    denied = any(_negates(sentence, child, rules) for child in below[place])
    undone = denied or _is_refused(sentence, place, below, rules)
    for status, known in rules.verbs.items():
        if not readings.isdisjoint(known) and not (status == "negated" and undone):
            yield status
    if undone and not readings.isdisjoint(_EXCLUDES):
        yield "open"
    elif undone and not readings.isdisjoint(rules.verbs.get("negated", ())):
        yield "kept"
    elif not readings.isdisjoint(_SHUNS):
        yield "shunned"
    if denied and not readings.isdisjoint(rules.happens):
        yield "negated"


def _is_refused(sentence: Sentence, place: int, below: Sequence[Sequence[int]], rules: Government) -> bool:
    """Whether a verb is what somebody refuses to do."""
    above = sentence.heads[place]
    if sentence.deps[place] != "xcomp" or above == place:
        return False
    return not set(_readings(sentence, above, below[above])).isdisjoint(rules.verbs.get("negated", ()))


def _readings(sentence: Sentence, place: int, below: Sequence[int]) -> Iterator[str]:
    """Lemma and form of a word, alone and with what stands right under it: "fall through", "absagen", "vom tisch"."""
    word, deps = sentence.words[place], sentence.deps
    yield from (word.lemma, word.lower)
    for child in below:
        other = sentence.words[child].lower
        if deps[child] in _PARTICLES:
            yield from (f"{word.lemma} {other}", f"{other} {word.lemma}")
        if deps[child] == "compound:prt":
            yield other + word.lemma
        if deps[child] == "cop" and all(deps[one] != "obl" for one in below):
            yield f"be {word.lower}"


def _is_denied(sentence: Sentence, place: int, rules: Government) -> bool:
    """Whether a "no" or "kein" stands with the word at `place`."""
    return any(
        head == place and word.lower in rules.no for head, word in zip(sentence.heads, sentence.words, strict=True)
    )


def _status(sentence: Sentence, place: int, words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    word = sentence.words[place]
    for status, known in words.items():
        if word.lemma in known or word.lower in known:
            yield status
