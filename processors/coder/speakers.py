"""The words of a speaker: the phrase behind "according to" and the like, a name with its title."""

import re
from collections.abc import Sequence

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.lexicon import Lexicon
from processors.coder.triggers import Word

CLOSERS = frozenset('.,;:!?()–—+»”“"')
_QUOTES = frozenset('„“"»«')
PERSONS = frozenset({"person", "office"})
SPEAKERS = frozenset({"person", "office", "seat", "body", "organisation", "title", "state", "capital"})
_NAMES = frozenset({"person", "office", "seat", "body", "organisation", "group", "state", "capital", "city"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod"})
# With these stands when or where somebody speaks: "said after talks with ...", "Nach dem Angriff kündigte ... an".
OCCASION = frozenset("after before during following ahead amid at on since nach vor bei während seit".split())
_AFTER_SPEECH = {
    "de": re.compile(
        r"\b(?:laut(?! von\b)|zufolge|nach Angaben|nach Darstellung|nach Informationen|nach Einschätzung"
        r"|nach(?= (?:[\w-]+-(?:Informationen|Recherchen)|(?:\w+e[nrs] |[A-ZÄÖÜ]\w+er )?[\w-]*Angaben)\b))\b",
        re.I,
    ),
    "en": re.compile(r"\b(?:according to|citing)\b", re.I),
}
# Who "said, citing the truce", names no source but a reason.
_GIVES_REASON = re.compile(r"\b(?:said|says|announced|told [^,]{2,40}), citing$")
# Nouns that name no body: the name behind them is another's.
_TELLING = ("informationen", "recherchen", "angaben", "bericht", "berichten", "berichte")
_ARTICLES = frozenset("der die das den dem des ein eine einem einer eines the a an".split())
# What the words for a speaker begin without.
_SKIPPED = _ARTICLES.union(
    "von vom aus of seine seinem seinen seiner seines ihre ihrem ihren ihrer ihres its his her their".split()
)
_RELATIVE = frozenset("which whom what denen".split())
# With these a phrase always goes on, with others where the parse says so.
_LINKS = frozenset("des of".split())
_PASSIVE = frozenset("wurde wurden worden wird werden".split())
_LONGEST_PHRASE = 10  # words
_ABBREVIATED = re.compile(r"\b[A-Z](?:\.[A-Z])+$")
_QUOTED = re.compile(r"[„“\"»«]([A-ZÄÖÜ][^„“”\"»«.,;:!?]{0,40})[“”\"«»](?:-\w+)?")


def by_phrase(sentence: Sentence, language: str) -> tuple[int, int] | None:
    """Where the phrase stands that "according to" and the like go with: its first and last character in the text."""
    hit = _AFTER_SPEECH[language].search(sentence.text)
    if hit is None or _GIVES_REASON.search(sentence.text[: hit.end()]):
        return None
    if hit.group().lower() == "zufolge":
        return _phrase_before(sentence, sentence.start + hit.start())
    return _phrase_after(sentence, sentence.start + hit.end(), language)


def words_of(sentence: Sentence, place: tuple[int, int]) -> str:
    """The characters of a place, without what encloses them and with the point of an abbreviation."""
    text = sentence.text[place[0] - sentence.start : place[1] - sentence.start].strip(" ,.:;–—-")
    quoted = _QUOTED.fullmatch(text)
    if quoted and not text[-1].isalnum():
        return quoted.group(1)
    return text + "." if _ABBREVIATED.search(text) else text


def with_title(sentence: Sentence, place: tuple[int, int], lexicon: Lexicon) -> tuple[int, int]:
    """A party's name with the title before it ("governor Ann Oak"), or with the noun that it only tells more of ("U.N.
    rights office")."""
    party = next((one for one in sentence.parties if (one.start, one.end) == place), None)
    if party is None or not sentence.parsed:
        return place
    first, last = party.words
    heads, tags = sentence.heads, sentence.tags
    while party.kind == "person" and first and _is_title(sentence, first - 1, party):
        first -= 1
    if first and tags[first - 1] == "ADP":  # "Nach dem Streit über Kriege Macron: ..."
        first = party.words[0]
    if lexicon.language == "en":
        whole = max((heads[one] for one in range(first, last + 1) if sentence.deps[one] in _BEFORE_NOUN), default=last)
        after = range(last + 1, whole + 1)
        if all(tags[one] in _NOMINAL and sentence.words[one].lemma not in lexicon.speech for one in after):
            last = max(last, whole)
    return sentence.words[first].start, max(place[1], sentence.words[last].end)


def _phrase_after(sentence: Sentence, offset: int, language: str) -> tuple[int, int] | None:
    words = sentence.words
    first = next((place for place, word in enumerate(words) if word.start >= offset), len(words))
    while first < len(words) and _is_skipped(words, first):
        first += 1
    if first == len(words) or words[first].lower in _RELATIVE or words[first].text in CLOSERS - _QUOTES:
        return None
    if words[first].lower == "eigenen":
        return _last_speaker(sentence, offset)
    return words[first].start, words[_phrase_end(sentence, first, language)].end


def _is_skipped(words: Sequence[Word], place: int) -> bool:
    # "laut Angaben der Polizei"
    after = words[place + 1].lower if place + 1 < len(words) else ""
    return words[place].lower in _SKIPPED or (words[place].lower == "angaben" and after in _SKIPPED)


def _phrase_before(sentence: Sentence, offset: int) -> tuple[int, int] | None:
    """The longest phrase that ends before the offset."""
    words = sentence.words
    last = sum(word.end <= offset for word in words) - 1
    for first in range(max(0, last + 1 - _LONGEST_PHRASE), last + 1):
        begins = words[first].text not in CLOSERS and not _is_skipped(words, first)
        if begins and _tag(sentence, first) in _NOMINAL and _phrase_end(sentence, first, "de") == last:
            return words[first].start, words[last].end
    return None


def _last_speaker(sentence: Sentence, offset: int) -> tuple[int, int] | None:
    # Whose "own statements" they are.
    before = [party for party in sentence.parties if party.end <= offset and party.kind in SPEAKERS]
    return (before[-1].start, before[-1].end) if before else None


def _tag(sentence: Sentence, place: int) -> str:
    """A word's part of speech, guessed from its capital without a parse."""
    if sentence.parsed:
        return sentence.tags[place]
    return "PROPN" if sentence.words[place].text[0].isupper() else ""


def _phrase_end(sentence: Sentence, first: int, language: str) -> int:
    """The place of the last word of the noun phrase that begins with the word at `first`."""
    words, last, place = sentence.words, -1, first
    while place < min(len(words), first + _LONGEST_PHRASE):
        quoted = _quoted_end(sentence, place) if last != place - 1 or _tag(sentence, last) == "NOUN" else place
        if quoted > place:
            last = place = quoted
        elif last < 0:
            # No verb can begin it: "according to rescue workers".
            last = place if _tag(sentence, place) in _NOMINAL | {"VERB"} else -1
            if last < 0 and _tag(sentence, place) not in {"DET", "ADV", "ADP"}:
                break
        elif _is_more(sentence, last, place, language):
            last = place
        elif not _leads_on(sentence, first, last, place, language):
            break
        place += 1
    return max(first, last)


def _quoted_end(sentence: Sentence, place: int) -> int:
    """The place of the last word of a name in quotation marks that begins at `place`, else `place`."""
    words = sentence.words
    hit = _QUOTED.match(sentence.text, words[place].start - sentence.start) if words[place].text in _QUOTES else None
    while hit and place + 1 < len(words) and words[place + 1].start < sentence.start + hit.end():
        place += 1
    return place


def _is_more(sentence: Sentence, last: int, place: int, language: str) -> bool:
    """Whether a word goes on with a phrase whose last noun or the like so far is at `last`."""
    words, parties = sentence.words, sentence.parties
    if any(party.words[0] <= last < place <= party.words[1] for party in parties if party.kind in _NAMES):
        return True
    if words[place].text == ".":
        return last == place - 1 and _ABBREVIATED.search(words[last].text) is not None
    if _tag(sentence, place) not in _NOMINAL:
        return False
    if last < place - 1 or not sentence.parsed:
        return True
    if language == "de":
        return _is_more_german(sentence, last, place)
    return _tag(sentence, place) != "NUM" and not _is_subject(sentence, place)


def _is_more_german(sentence: Sentence, last: int, place: int) -> bool:
    """In German a noun stands beside a noun only as a name behind a title: else another part of the clause begins."""
    named = [party for party in sentence.parties if party.kind in _NAMES]
    ended = any(party.words[1] == last and not party.genitive for party in named)
    if ended or sentence.words[last].lower.endswith(_TELLING):
        return False
    if sentence.tags[last] in {"ADJ", "NUM"} or (sentence.tags[last] == "PROPN" and sentence.heads[last] == place):
        return True
    other = any(party.words[0] == place and party.kind != "person" for party in named)
    return sentence.tags[place] == "PROPN" and not other


def _is_subject(sentence: Sentence, place: int) -> bool:
    """Whether a word begins the subject of a verb behind it, without a comma between."""
    while sentence.deps[place] in {"compound", "amod", "nmod", "flat"} and sentence.heads[place] > place:
        place = sentence.heads[place]
    verb = sentence.heads[place]
    between = (word.text for word in sentence.words[place:verb])
    return verb > place and sentence.deps[place].startswith("nsubj") and CLOSERS.isdisjoint(between)


def _leads_on(sentence: Sentence, first: int, last: int, place: int, language: str) -> bool:
    """Whether more of the phrase comes behind a word that is no noun: "of", "the", "and", "briefed"."""
    word, tag = sentence.words[place], _tag(sentence, place)
    if word.lower in _LINKS or (tag == "DET" and last < place - 1):
        return True
    if not sentence.parsed or tag not in {"ADP", "DET", "CCONJ", "VERB"}:
        return False
    under = range(first, place)
    if tag == "VERB":  # "people briefed on the matter"
        return language == "en" and sentence.deps[place] == "acl" and sentence.heads[place] in under
    noun = sentence.heads[place]
    if noun <= place or sentence.heads[noun] not in under:
        return False
    if tag != "ADP":
        return sentence.deps[noun] == ("nmod" if tag == "DET" else "conj")
    if language == "de" and not VERBS.isdisjoint(sentence.tags[:first]):
        # Behind the verb it may as well be where it happened, or who did it.
        passive = any(one.lower in _PASSIVE for one in sentence.words)
        return word.lower == "für" or (word.lower in {"von", "vom"} and not passive)
    return word.lower not in OCCASION or sentence.tags[sentence.heads[noun]] in {"VERB", "ADJ"}


def _is_title(sentence: Sentence, place: int, party: Party) -> bool:
    """Whether a word belongs to the title before a person's name: its noun, or what hangs on that one."""
    begin, end = party.words
    if place == begin - 1:
        linked = begin <= sentence.heads[place] <= end or sentence.heads[begin] == place
        return linked and sentence.tags[place] == "NOUN"
    return place < sentence.heads[place] <= end and sentence.deps[place] in _BEFORE_NOUN
