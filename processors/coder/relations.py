"""How a party stands to a trigger: by the parse, and by the words alone where the parse is unsure."""

from collections.abc import Sequence

from processors.coder.analysis import Candidate, Party, Sentence
from processors.coder.lexicon import Frame
from processors.coder.triggers import Word

PREPOSITIONS = {
    "de": frozenset(
        "mit von für gegen auf an in zwischen über durch aus nach bei zu um vor unter seitens gegenüber ohne "
        "wegen trotz "
        "laut zufolge seit statt neben hinter im am zum zur vom beim ins ans aufs und sowie oder".split()
    ),
    "en": frozenset(
        "with by for against on at in between about over from to of into toward towards among under after before "
        "without "
        "via despite through near and or as than 's".split()
    ),
}
CONTRACTED = {"im": "in", "am": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei", "ins": "in", "ans": "an"}
_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"obj", "ccomp", "xcomp"})
_OBLIQUE = frozenset({"obl", "nmod"})
_CLIMB = frozenset({"conj", "appos", "flat", "compound", "parataxis", "list"})
_REACH = 5


def preposition(words: Sequence[Word], first: int, language: str) -> str:
    """The preposition or conjunction that opens the phrase of the word at `first`, "" where there is none."""
    known = PREPOSITIONS[language]
    for place in range(first - 1, max(-1, first - _REACH), -1):
        lower = words[place].lower
        if lower in known:
            return CONTRACTED.get(lower, lower)
        if not words[place].text[0].isalnum():
            return ""
    return ""


def possessive(words: Sequence[Word], party: Party, language: str) -> bool:
    """Whether the party stands in the genitive: "Trumps", "Russia's"."""
    last = words[party.words[1]].text
    if language == "en":
        return party.genitive or last.endswith(("'s", "’s", "s’", "s'"))
    return party.genitive


def path(sentence: Sentence, party: Party, trigger: Sequence[int]) -> list[str]:
    """The labels on the way from a party up to the trigger or to a word above both, empty without a parse."""
    if not sentence.parsed:
        return []
    labels: list[str] = []
    place, goal = party.head, set(trigger)
    for _ in range(6):
        if place in goal:
            return labels
        labels.append(sentence.deps[place])
        head = sentence.heads[place]
        if head == place:
            break
        place = head
    above = _ancestors(sentence, trigger[0])
    labels, place = [], party.head
    for _ in range(6):
        if place in above:
            return [*labels, f"^{above.index(place)}"]
        labels.append(sentence.deps[place])
        if sentence.heads[place] == place:
            break
        place = sentence.heads[place]
    return ["far"]


def _ancestors(sentence: Sentence, place: int) -> list[int]:
    out = [place]
    while sentence.heads[place] != place and len(out) < 5:
        place = sentence.heads[place]
        out.append(place)
    return out


def relation(candidate: Candidate, party: Party, language: str) -> tuple[str, str]:
    """The party's relation to the trigger as frames name it: by the parse, and by the words alone."""
    return _parsed_relation(candidate, party.first, language), plain_relation(candidate, party, language)


def _parsed_relation(candidate: Candidate, party: Party, language: str) -> str:
    sentence = candidate.sentence
    labels = path(sentence, party, candidate.found.words)
    if not labels or labels == ["far"]:
        return ""
    steps = [label for label in labels if label not in _CLIMB and not label.startswith("^")] or labels[:1]
    label = steps[0]
    if label in _SUBJECTS:
        return "object" if any("Voice=Pass" in sentence.morphs[place] for place in candidate.found.words) else "subject"
    if label in _OBJECTS:
        return "object"
    if label == "iobj":
        return "dative"
    if label == "amod":
        return "adjective"
    if label == "det":
        return "possessor"
    if label in _OBLIQUE:
        return preposition(sentence.words, party.words[0], language) or "possessor"
    return "compound" if label == "compound" else ""


def plain_relation(candidate: Candidate, party: Party, language: str) -> str:
    """The relation by the words alone: neighbours, prepositions, genitives, order."""
    words, trigger, party = candidate.sentence.words, candidate.found.words, party.first
    first, last = party.words
    if any(first <= place <= last for place in trigger):
        return "compound"
    if last + 1 < len(words) and words[last + 1].text == ":":
        return "speaker"
    if party.kind == "adjective" and 0 < min(trigger) - last <= 3:
        return "adjective"
    if possessive(words, party, language) and 0 < min(trigger) - last <= 4:
        return "possessor"
    opener = preposition(words, first, language)
    if opener and opener not in {"und", "and", "oder", "or", "sowie"}:
        return opener
    return "subject" if last < min(trigger) else "object"


def frame_role(frame: Frame, names: tuple[str, str]) -> tuple[str, str]:
    """What the frame makes of the two relations: "actor", "recipient" or "" each."""
    return role_of(frame, names[0]), role_of(frame, names[1])


def role_of(frame: Frame, name: str) -> str:
    """What the frame makes of one relation: "actor", "recipient", "either" or ""."""
    if name in frame.actor and name in frame.recipient:
        return "either"
    return "actor" if name in frame.actor else "recipient" if name in frame.recipient else ""
