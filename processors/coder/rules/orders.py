"""Headlines that tell what somebody tells another to do: "Trump to Netanyahu: stop strikes on Syria", "Wadephul an
Peking: Exportkontrollen aufheben". What stands behind the colon is asked, and has not happened."""

from collections.abc import Iterable

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.attribution import VERBAL
from processors.coder.judged import Judged
from processors.coder.merge import Coded, says_too
from processors.coder.parties import opener

_TO = {"en": frozenset({"to"}), "de": frozenset({"zu", "an"})}
# Verbs in the imperative that some parses have as nouns, unless they are nouns indeed ("End of war near").
_ORDERS = frozenset("end halt stop lift let free cease release withdraw return send drop quit leave".split())
_OF = frozenset("of in to on for".split())
# German verbs that tell what goes on where they seem infinitives: "Verhandlungen laufen".
_GO_ON = frozenset(
    "laufen beginnen folgen drohen bleiben kommen gehen wirken stehen dauern enden starten scheitern ruhen".split()
)
_NEAR = 3  # words from who tells to who is told, "an die" between
_PEACE = frozenset({"attack", "ceasefire", "negotiation"})


def note_order(one: Judged, language: str) -> None:
    """Notes who, in the headline that a candidate stands in, tells whom to do what it tells."""
    sentence = one.candidate.sentence
    if sentence.index or not sentence.parsed or one.candidate.found.rule.type in VERBAL:
        return
    colon = next((place for place, word in enumerate(sentence.words) if word.text == ":"), 0)
    asked = next((party for party in sentence.parties if party.words[1] + 1 == colon), None)
    if asked is None or one.candidate.head < colon or opener(sentence, asked.first) not in _TO[language]:
        return
    asking = [party for party in sentence.parties if party.words[1] < asked.first.words[0]]
    beside = any(asked.first.words[0] - party.words[1] <= _NEAR for party in asking)
    is_order = _is_imperative if language == "en" else _is_infinitive
    if beside and is_order(colon + 1, sentence):
        one.ordered = _ids(asking), _ids(party for party in sentence.parties if party.first is asked.first)


def ordered(events: list[Coded]) -> list[Coded]:
    """The events, what is only told to do as the demands and calls for peace that they are, unless the text tells of
    those too."""
    out = []
    for event in events:
        order = event.best.ordered if all(one.ordered for one in event.sources) else None
        if order is not None:
            event.type, event.status = "peace_call" if event.type in _PEACE else "demand", "occurred"
            event.actors, event.recipients = order
            event.changes.append("a demand: the headline tells somebody to do it")
            if any(says_too(other, event) for other in events):
                continue
        out.append(event)
    return out


def _ids(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({name for party in parties for name in party.ids}))


def _is_imperative(start: int, sentence: Sentence) -> bool:
    words = [word.lower for word in sentence.words[start : start + 2]]
    if len(words) < 2 or words[1] in _OF:
        return False
    return words[0] in _ORDERS or (sentence.tags[start] == "VERB" and sentence.words[start].lemma == words[0])


def _is_infinitive(start: int, sentence: Sentence) -> bool:
    last = next((place for place in range(len(sentence.words) - 1, start, -1) if sentence.words[place].lemma), start)
    word = sentence.words[last]
    if last == start or sentence.tags[last] != "VERB" or word.lower != word.lemma or word.lemma in _GO_ON:
        return False
    return VERBS.isdisjoint(sentence.tags[start:last])
