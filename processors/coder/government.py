"""What governs a trigger: modals, negation, conjunctions and verbs above it, read from the parse.

"wird ... besuchen", "plant einen Besuch", "sagt das Treffen ab", "keine Drohnen geliefert": words near a trigger do not
tell whom they belong to, the parse does. Which words mean what is data of the lexicon (`government`).
"""

from collections.abc import Iterator, Sequence

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
_PLANNED = frozenset({"future|0", "future|1", "attr=planned", "gov=planned|obj|1", "gov=planned|nsubj|1"})
_HYPOTHETICAL = frozenset({"attr=hypothetical", "modal=hypothetical|0"})
# Log odds that such a rule adds to its status: of events annotated for training it is right in about 80 of 100.
RULE_WEIGHT = 2.5
_FORMS = ("Tense=Past", "Tense=Pres", "Mood=Sub", "VerbForm=Inf", "VerbForm=Part", "VerbForm=Ger")
_VERBAL = frozenset(f"{form}|0|False" for form in _FORMS)
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
            out += [f"gov={status}|{label}|{step}" for status in _of_verb(sentence, place, below[place], rules)]
    for place in candidate.found.words:
        out += [f"attr={status}" for child in below[place] for status in _status(sentence, child, rules.attributes)]
    return list(dict.fromkeys(out))


def ruled_status(signals: Sequence[str], kind: str) -> Status | None:
    """The status that the parse alone gives an event of type `kind`, None where it is silent."""
    known = set(signals)
    if kind in _CANCELLED and known & _NEGATED:
        return "negated"
    if kind not in REFUSING and known & _DENIED and known & _VERBAL:
        return "negated"
    if known & _PLANNED:
        return "planned"
    return "hypothetical" if known & _HYPOTHETICAL else None


def _upwards(sentence: Sentence, trigger: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The trigger's top word and the words above it, each with the label that leads there."""
    inside = set(trigger)
    place = next((p for p in trigger if sentence.heads[p] not in inside or sentence.heads[p] == p), trigger[0])
    label = ""
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


def _of_verb(sentence: Sentence, place: int, below: Sequence[int], rules: Government) -> Iterator[str]:
    """The statuses that a verb or predicate gives to what it governs, read with its particles and its negation."""
    readings = set(_readings(sentence, place, below))
    for status, known in rules.verbs.items():
        if not readings.isdisjoint(known):
            yield status
    if not readings.isdisjoint(rules.happens) and any(_negates(sentence, child, rules) for child in below):
        yield "negated"


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
