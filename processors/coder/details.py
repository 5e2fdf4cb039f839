"""Who says so, what it is about, where: read from the words around a trigger."""

import re
from collections.abc import Sequence

from processors.coder.analysis import Candidate, Party, Sentence
from processors.coder.lexicon import Lexicon
from processors.coder.relations import preposition
from processors.coder.triggers import Word

_TOPICAL = frozenset(
    "leader_call leader_meeting negotiation negotiation_offer agreement demand accusation rejection threat support aid "
    "peace_call concession protest sanctions".split()
)
_CLOSERS = frozenset('.,;:!?()–—+»”“"')
_AFTER_SPEECH = {
    "de": re.compile(r"\b(?:laut|zufolge|nach Angaben|nach Darstellung|nach Informationen|nach Einschätzung)\b", re.I),
    "en": re.compile(r"\b(?:according to|citing)\b", re.I),
}
_TAIL = re.compile(
    r"\s[-–—]\s*((?:[A-ZÄÖÜ][\w’'.]*|of|the|de|von|der|des)(?:\s(?:[A-ZÄÖÜ][\w’'.]*|of|the|for|and|von|der|des))*)\s*[.»«\"]*$"
)
_ARTICLES = frozenset("der die das den dem des the a an".split())
_PLACE_KINDS = frozenset({"city", "capital", "state", "seat"})
_SPEAKERS = frozenset({"person", "office", "seat", "body", "organisation", "title"})
_LONGEST_TOPIC = 7


def attribution(candidate: Candidate, lexicon: Lexicon, actors: Sequence[str]) -> str | None:
    """Who is named as the source of the event, None where the text itself asserts it or the speaker is the actor."""
    sentence, language = candidate.sentence, lexicon.language
    source = (
        _by_phrase(sentence, language) or _by_tail(sentence) or _by_colon(candidate) or _by_verb(candidate, lexicon)
    )
    if source is None:
        return None
    party = next((one for one in sentence.parties if one.start < source[1] and one.end > source[0]), None)
    verbal = candidate.found.rule.type in {
        "threat",
        "demand",
        "peace_call",
        "support",
        "negotiation_offer",
        "rejection",
        "accusation",
    }
    if verbal and party is not None and set(party.ids) & set(actors):
        return None
    begin, end = source
    return sentence.text[begin - sentence.start : end - sentence.start].strip(" ,.:;–—-") or None


def _by_phrase(sentence: Sentence, language: str) -> tuple[int, int] | None:
    hit = _AFTER_SPEECH[language].search(sentence.text)
    if hit is None:
        return None
    if hit.group().lower() == "zufolge":
        return _phrase_before(sentence.words, sentence.start + hit.start())
    return _phrase_after(sentence.words, sentence.start + hit.end())


def _phrase_after(words: Sequence[Word], offset: int) -> tuple[int, int] | None:
    rest = [word for word in words if word.start >= offset]
    while rest and (rest[0].lower in _ARTICLES or rest[0].lower in {"von", "vom", "of"}):
        rest = rest[1:]
    taken: list[Word] = []
    for word in rest[:6]:
        if word.text in _CLOSERS or (
            taken and not word.text[0].isupper() and word.lower not in {"der", "des", "von", "of", "the", "and", "für"}
        ):
            break
        taken.append(word)
    return (taken[0].start, taken[-1].end) if taken else None


def _phrase_before(words: Sequence[Word], offset: int) -> tuple[int, int] | None:
    taken: list[Word] = []
    for word in reversed([word for word in words if word.end <= offset][-6:]):
        if word.text in _CLOSERS or word.lower in _ARTICLES:
            break
        taken.append(word)
    return (taken[-1].start, taken[0].end) if taken else None


def _by_tail(sentence: Sentence) -> tuple[int, int] | None:
    hit = _TAIL.search(sentence.text)
    return (sentence.start + hit.start(1), sentence.start + hit.end(1)) if hit and hit.start() > 15 else None


def _by_colon(candidate: Candidate) -> tuple[int, int] | None:
    words = candidate.sentence.words
    for party in candidate.sentence.parties:
        after = party.words[1] + 1
        if (
            party.kind in _SPEAKERS
            and after < len(words)
            and words[after].text == ":"
            and candidate.head > after
            and party.words[0] <= 6
        ):
            return party.start, party.end
    return None


def _by_verb(candidate: Candidate, lexicon: Lexicon) -> tuple[int, int] | None:
    """A party beside a verb of saying in another clause than the trigger's."""
    sentence, speech = candidate.sentence, frozenset(lexicon.speech)
    for place, word in enumerate(sentence.words):
        if word.lemma not in speech or place in candidate.found.words:
            continue
        near = [
            party
            for party in sentence.parties
            if party.kind in _SPEAKERS | {"state", "capital"} and _beside(party, place)
        ]
        if not near:
            continue
        speaker = min(near, key=lambda party: min(abs(party.words[1] - place), abs(party.words[0] - place)))
        if sentence.clause[place] != sentence.clause[candidate.head] or _says_that(
            sentence.words, place, lexicon.language
        ):
            return speaker.start, speaker.end
    return None


def _beside(party: Party, place: int) -> bool:
    return 0 < place - party.words[1] <= 4 or 0 < party.words[0] - place <= 5


def _says_that(words: Sequence[Word], place: int, language: str) -> bool:
    if language == "de":
        return False
    return words[place].lower in {"says", "said", "stated", "reported", "confirmed", "claims", "claimed", "announced"}


def topics(candidate: Candidate, lexicon: Lexicon) -> tuple[str, ...]:
    """What a call, a meeting, a demand ... is about, as the text puts it."""
    if candidate.found.rule.type not in _TOPICAL:
        return ()
    words, last = candidate.sentence.words, candidate.found.words[-1]
    openers = frozenset(lexicon.topics)
    for place in range(last + 1, min(len(words), last + 12)):
        if words[place].lower in openers and not _names_party(candidate.sentence, place + 1):
            phrase = _noun_phrase(words, place + 1)
            return (phrase,) if phrase else ()
        if words[place].text in {".", ";", ":"}:
            break
    return ()


def _names_party(sentence: Sentence, place: int) -> bool:
    return any(
        party.words[0] <= place <= party.words[1] and party.kind in {"person", "office"} for party in sentence.parties
    )


def _noun_phrase(words: Sequence[Word], start: int) -> str:
    taken: list[str] = []
    for word in words[start : start + _LONGEST_TOPIC]:
        if word.text in _CLOSERS or word.lower in {"and", "und", "that", "dass", "with", "mit", "as", "when", "after"}:
            break
        if not (not taken and word.lower in _ARTICLES):
            taken.append(word.text)
    return " ".join(taken)


def place_of(candidate: Candidate, language: str) -> str | None:
    """Where it happened, as the text puts it: a named place behind "in", the nearest to the trigger."""
    sentence = candidate.sentence
    named = [
        party
        for party in sentence.parties
        if party.kind in _PLACE_KINDS
        and preposition(sentence.words, party.words[0], language) in {"in", "near", "bei", "at"}
    ]
    if not named:
        return None
    nearest = min(named, key=lambda party: abs(party.words[0] - candidate.head))
    return sentence.text[nearest.start - sentence.start : nearest.end - sentence.start]
