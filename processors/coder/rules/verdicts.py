"""What somebody calls a step of another's: who "nannte die Entscheidung richtig" praises it, who "nannte das Angebot
eine Farce" turns it down. The verbs alone mostly blame."""

import re
from collections.abc import Iterable, Sequence

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.judged import Judged
from processors.coder.merge import Coded
from processors.coder.relations import preposition
from processors.coder.triggers import Matcher

CALLING = frozenset({"nennen", "bezeichnen"})
_SAID = frozenset({"accusation", "support"})
_ENDS = frozenset(",;:.!?–—")
_OPENS = frozenset("als ein eine einen".split())
_DENIED = frozenset("nicht kaum wenig kein keine keinen zu weder nie andere".split())
_REACH = 4  # words, from what opens a predicate to what it says
_OFFER = re.compile(
    r".*(?:angebote?s?|vorschl[aä]ge?n?s?|initiativen?|plan|pläne?n?|einladung|forderung(?:en)?|bedingung(?:en)?)"
)
_OWN = frozenset({"", "von", "vom", "und", "sowie"})  # what opens the name of whose step it is


def note_verdict(one: Judged, matcher: Matcher) -> None:
    """Notes what the words behind a verb of calling say of a step, and leaves those out whom the step only concerns."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if kind not in _SAID or not sentence.parsed:
        return
    words = sentence.words
    verb = next((at for at, word in enumerate(words) if word.lemma in CALLING and sentence.tags[at] in VERBS), None)
    if verb is None:
        return
    said, trigger = _clause(verb, sentence), one.candidate.found.words
    told = {name: _told(matcher.said(name, words), trigger, verb, said, sentence) for name in ("praises", "mocks")}
    if told["praises"]:
        one.verdict = "support"
        one.bar(name for party in sentence.parties if _is_aside(party, said, sentence) for name in party.ids)
    elif told["mocks"] and any(_OFFER.fullmatch(words[at].lower) for at in said):
        one.verdict = "rejection"


def _told(found: Iterable[Sequence[int]], trigger: Sequence[int], verb: int, said: range, sentence: Sentence) -> bool:
    """Whether a candidate tells of a verb of calling or of what words somebody calls something."""
    return any(
        _is_predicate(places, said, sentence) and (verb in trigger or not set(trigger).isdisjoint(places))
        for places in found
    )


def _clause(verb: int, sentence: Sentence) -> range:
    """The words of a verb's clause."""
    words = sentence.words
    end = next((at for at in range(verb + 1, len(words)) if words[at].text in _ENDS), len(words))
    joined = verb > 0 and words[verb - 1].lower == "und"  # "lobte A und nannte B ..."
    return range(verb if joined else sentence.begin(verb, _ENDS), end)


def _is_predicate(places: Sequence[int], said: range, sentence: Sentence) -> bool:
    """Whether words are what something is called: an adjective without an ending, or a phrase behind "als" or "ein"
    that is not the first."""
    words, first = sentence.words, places[0]
    if not all(at in said for at in places):
        return False
    before = range(max(said.start, first - _REACH), first)
    if any(words[at].lower in _DENIED for at in before[-3:]):
        return False
    plain = words[first].text[0].islower() and words[first].lower == words[first].lemma
    if plain:
        return first + 1 not in said or sentence.tags[first + 1] not in {"ADJ", "NOUN", "PROPN"}
    opens = next((at for at in reversed(before) if words[at].lower in _OPENS), None)
    if opens is None:
        # "nannte das Angebot Heuchelei"
        last = first + 1 not in said or sentence.tags[first + 1] in VERBS
        return last and sentence.tags[first - 1] in {"NOUN", "PROPN"}
    return words[opens].lower == "als" or sentence.tags[opens - 1] in {"NOUN", "PROPN"}


def _is_aside(party: Party, said: range, sentence: Sentence) -> bool:
    """Whether somebody is named in a clause as who a step concerns: "nannte den Angriff auf Iran einen Erfolg"."""
    return party.words[0] in said and preposition(sentence.words, party.first.words[0], "de") not in _OWN


def called(events: list[Coded]) -> list[Coded]:
    """The events, accusations of which all that is said praises or turns down as the support and refusals that they
    are; without praise of nobody, which is for one's own."""
    out: list[Coded] = []
    for event in events:
        verdict = event.best.verdict if event.type in _SAID else None
        if verdict is None or any(one.verdict != verdict for one in event.sources):
            out.append(event)
        elif verdict == "rejection" or event.recipients:
            if event.type != verdict:
                event.type = verdict
                event.changes.append(f"{verdict}: by what something is called")
            out.append(event)
    return [one for one in out if not any(_is_less(one, other) for other in out)]


def _is_less(event: Coded, other: Coded) -> bool:
    """Whether an event is another told of nobody."""
    alike = (event.type, event.status, event.actors) == (other.type, other.status, other.actors)
    return alike and other.best.verdict is not None and bool(other.recipients) and not event.recipients
