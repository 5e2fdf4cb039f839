"""What is to come, told in the past: in "Spain said it would block arms shipments" the "would" is no condition.

The learned layer takes it for a condition; it is shown the word that was said. A "would" of somebody else than who
speaks ("Kyiv said Russia would attack") stays as it is, and one that hangs on something, or only tells what would be.
"""

import re
from collections.abc import Collection, Iterable

from processors.coder.analysis import Party, Sentence
from processors.coder.relations import PREPOSITIONS
from processors.coder.triggers import Matcher, Word

_SAID = frozenset(
    "said announced declared confirmed decided pledged vowed added stated promised insisted reiterated told wrote "
    "agreed".split()
)
_TOLD = frozenset({"told"})
# Sentences with these say on what it hangs, or only what may be.
_OPEN = frozenset(
    "if unless otherwise provided once could might may should whether were probably likely possibly perhaps rather "
    "hypothetically potentially either".split()
)
# "Would" with these is a wish, a view or a refusal.
_NO_PLAN = frozenset(
    "not never agree accept like love prefer welcome have mean require need want allow make help cost benefit "
    "amount constitute represent depend seem appear suffice matter hurt harm serve only consider violate "
    "undermine cause lead entail risk n't , . : ;".split()
)
_NO_ACT = frozenset(
    "prepared interested concerned opposed delighted pleased honoured honored satisfied disappointed seen considered "
    "viewed regarded treated met answered needed required welcomed committed forced inclined limited united".split()
)
_PARTICIPLE = re.compile(r"\w+(?:ed|en|wn)|shut|cut|sent|held|built|put|kept|cast|brought|withdrawn|left|set|hit|lent")
_ADVERB = re.compile(r"\w+ly|also|now|soon|then|again|first|still|both|no|longer|in|turn|therefore|thus")
_BEGINS = frozenset("resume begin start continue reopen convene meet expire".split())
_TAKES = frozenset({("take", "place"), ("take", "effect"), ("go", "ahead"), ("go", "into"), ("come", "into")})
_THEY = frozenset("it he she they".split())
_OWN = frozenset("the his her its their".split())
# Who does what a speaker says of these speaks of his own side.
_SIDES = frozenset(
    "country government state nation army military forces force troops soldiers navy ministry kingdom administration "
    "bloc alliance group movement delegation embassy republic union authorities military cabinet central".split()
)
_ANY = frozenset("any such every no some another".split())
_A = frozenset({"a", "an"})
_QUOTES = frozenset("\"'“”„‘«»")
# What may stand between who "said" and what.
_WHEN = frozenset(
    "on in at a late early earlier last this today yesterday monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december week month night evening "
    "morning afternoon statement interview news press conference briefing speech televised address post".split()
)
_BREAKS = frozenset(",;:()–—")
_LONG, _NEAR, _SHORT = 14, 6, 4  # words: of a subject, from a speaker to "said", from "told" to its subject's end


def show_future(sentences: Iterable[Sentence], matcher: Matcher) -> None:
    """Puts "will" in the place of each "would" that is one."""
    for sentence in sentences:
        changed = False
        for place, word in enumerate(sentence.words):
            if word.lower != "would" or not place or _is_open(sentence, place):
                continue
            joined = changed and sentence.words[place - 1].lower == "and"
            if joined or _is_told(sentence, place):
                lower, lemma, elements = matcher.look_up("will")
                sentence.words[place] = Word("will", word.start, word.end, lower, lemma, elements)
                changed = True
        if changed:
            sentence.found = matcher.find(sentence.words)


def _is_open(sentence: Sentence, place: int) -> bool:
    """Whether a "would" is none of what is planned, by what stands behind it and by the sentence as a whole."""
    words = sentence.words
    after = place + 1
    while after < len(words) and _ADVERB.fullmatch(words[after].lower) and words[after].lower != "only":
        after += 1
    if after >= len(words) or words[after].lower in _NO_PLAN:
        return True
    if words[after].lower == "be":
        done = words[after + 1].lower if after + 1 < len(words) else ""
        if _PARTICIPLE.fullmatch(done) is None or done in _NO_ACT:
            return True
    return any(word.lower in _OPEN for word in words)


def _is_told(sentence: Sentence, would: int) -> bool:
    """Whether somebody says of his own side, or of what is arranged, that it "would"."""
    words = sentence.words
    end = would - 1
    while end and _ADVERB.fullmatch(words[end].lower):
        end -= 1
    begin, ids = _subject(sentence, end)
    if begin is not None and (begin == 0 or words[begin - 1].lower not in PREPOSITIONS["en"]):
        verb = _said_before(words, begin)
        if verb is not None:
            return not ids or not ids.isdisjoint(_speakers(sentence, verb))
        return _is_first(words, begin) and _is_said_behind(sentence, would, ids)
    return _is_arranged(sentence, would, end)


def _subject(sentence: Sentence, end: int) -> tuple[int | None, set[str]]:
    """Where the subject begins that ends at a word, and who it is; nobody where it is who speaks in any case."""
    words = sentence.words
    if words[end].lower in _THEY:
        return end, set()
    for party in sentence.parties:
        gap = end - party.words[1]
        if party.words[0] <= end and (gap <= 0 or (gap <= 2 and words[end].lower in _SIDES)):
            begin = party.words[0]
            begin -= begin > 0 and words[begin - 1].lower == "the"
            return begin, set(party.ids)
    if words[end].lower in _SIDES:
        for begin in range(end - 1, max(-1, end - 3), -1):
            if words[begin].lower in _OWN:
                return begin, set()
    return None, set()


def _said_before(words: list[Word], begin: int) -> int | None:
    """The verb of saying right before a subject, with no more between than when or whom it was said."""
    place = begin - 1
    that = place >= 0 and words[place].lower == "that"
    for at in range(place, max(-1, place - _LONG), -1):
        lower = words[at].lower
        if lower in _SAID:
            short = that or at == place or lower in _TOLD or all(_is_when(one) for one in words[at + 1 : begin])
            near = lower not in _TOLD or that or begin - at <= _SHORT
            before = words[at - 1].lower if at else ""
            return at if short and near and before not in {"had", "not", "n't"} else None
        if words[at].text in _QUOTES:
            return None
    return None


def _is_when(word: Word) -> bool:
    return word.lower in _WHEN or word.text == "," or word.text.isdigit()


def _speakers(sentence: Sentence, verb: int) -> set[str]:
    """Who is named before a verb of saying, in its clause."""
    begin = max(sentence.begin(verb, _BREAKS), verb - _NEAR)
    return _named(sentence.parties, begin, verb)


def _named(parties: Collection[Party], begin: int, end: int) -> set[str]:
    return {name for party in parties if begin <= party.words[0] and party.words[1] < end for name in party.ids}


def _is_first(words: list[Word], begin: int) -> bool:
    return begin == 0 or (begin <= 2 and all(word.lower in _OWN for word in words[:begin]))


def _is_said_behind(sentence: Sentence, would: int, ids: set[str]) -> bool:
    """Whether who is meant to act says so behind it: "Paris would pull out its troops, the foreign ministry said"."""
    words = sentence.words
    for verb in range(len(words) - 1, would, -1):
        if words[verb].lower not in _SAID - _TOLD:
            continue
        begin = sentence.begin(verb, _BREAKS)
        if begin <= would or verb - begin > _NEAR or words[begin].lower == "as":
            return False
        speakers = _named(sentence.parties, begin, verb)
        if speakers:
            return not ids or not ids.isdisjoint(speakers)
        return any(word.lower in _OWN | _THEY for word in words[begin:verb])
    return False


def _is_arranged(sentence: Sentence, would: int, end: int) -> bool:
    """Whether it is told of a thing that it would be done or take place: "said the border would be closed"."""
    words = sentence.words
    verb = next((at for at in range(would + 1, len(words)) if not _ADVERB.fullmatch(words[at].lower)), would)
    pair = tuple(word.lower for word in words[verb : verb + 2])
    happens = pair[0] in _BEGINS or pair in _TAKES
    if pair[0] != "be" and not happens:
        return False
    for at in range(end, max(-1, end - _LONG), -1):
        lower = words[at].lower
        if words[at].text in _QUOTES or lower in _ANY:
            return False
        if lower in _SAID:
            begin = at + 1 + (words[at + 1].lower == "that")
            return words[begin].lower not in _A or happens
    return False
