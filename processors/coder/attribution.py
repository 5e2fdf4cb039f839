"""Who says so: read from the words around a trigger."""

import re
from collections.abc import Sequence

from processors.coder.analysis import PLACES, Candidate, Party, Sentence
from processors.coder.lexicon import Lexicon
from processors.coder.sayings import by_noun, by_verb, in_relative, is_aside, is_content, overlap, party_at
from processors.coder.speakers import PERSONS, SPEAKERS, by_phrase, with_title, words_of

# Speakers whom no table knows: "..., two officials said", "wie der Sender mitteilte", "..., sagte ein Sprecher". A link
# in copied text has the label "opens new tab".
_SAID = {
    "de": re.compile(
        r"\b[Ww]ie (?:(?:der|die|das) )?((?:[\w-]+ ){0,3}?[A-ZÄÖÜ][\w-]+)(?: (?:am|in|aus) \w+){0,2} "
        r"(?:mitteilten?|mitteilt|berichten?|berichteten?|meldete?n?|meldet|sagten?|erklärten?|bestätigten?|bestätigt"
        r"|ankündigten?|einräumten?|betonten?|versicherten?|schreibt|schrieb)\b"
        r"|, (?:teilten?|sagten?|erklärten?|berichteten?|meldeten?|schrieb|stellten?|räumten?|kündigten?|bestätigten?"
        r"|versicherten?|betonten?|deuteten?) ((?:[\w-]+ ){0,5}?[A-ZÄÖÜ][\w-]+)"
        r"(?=[.,»“\"]| am | mit| der | des |$)"
        r"|, (?:das|dies) (?:hat|habe|haben|hatten?) ((?:[\w-]+ ){0,6}?[A-ZÄÖÜ][\w-]+)(?: (?:am|in) \w+)? "
        r"(?:bestätigt|gesagt|mitgeteilt|erklärt|gemeldet|berichtet|angekündigt|eingeräumt)\b"
        r"|(?:heißt|hieß) es (?:am \w+ |gestern |dazu )?(?:in|aus|im|bei) (?:de[mr] )?"
        r"((?:[\w-]+ ){0,4}?[A-ZÄÖÜ][\w-]+(?: in [A-Z]\w+)?)(?=[.,:»“\"]|$)"
        r"|^Aus (?:de[mr] )?((?:[\w-]+ ){0,4}?[A-ZÄÖÜ][\w-]+) (?:heißt|hieß) es\b"
        r"|\bwie es (?:am \w+ |gestern )?aus (?:de[mr] )?((?:[\w-]+ ){0,4}?[A-ZÄÖÜ][\w-]+) (?:heißt|hieß)\b"
        r"|, so (?:de[rs] |die |das )?"
        r"((?:\w+(?:isch|lich)\w* )?[A-ZÄÖÜ][\w-]+(?: (?:[A-ZÄÖÜ][\w-]+|de[rs]|von|in)){0,4}?)"
        r"(?=(?: weiter| am \w+)?(?:[.,;»“\"]|$))"
    ),
    "en": re.compile(
        r", ((?!(?:and|but|which|who|while|as|he|she|it|they|we|after|when|although|though|because|since|that|if"
        r"|blaming|citing|with|opens|has|have|had|is|was|hours|days|weeks|minutes) )"
        r"(?:[^\s,;:]+ ){0,7}?[^\s,;:]+) "
        r"(?:(?:said|says|say|told|reported|reports|announced)\b|(?:wrote|posted|tweeted)(?= on | in |[.,]|$))"
        r"|, (?:says|said) ((?:[A-Z][\w.'’-]*\s?){1,4})\.?$"
    ),
}
# A sentence that only says who told the one before: "Das teilte das Ministerium am Montag mit."
_TOLD_AFTER = {
    "de": re.compile(
        r"\s*(?:Das|Dies) (?:(?:teilten?|sagten?|berichte(?:te)?n?|berichtet|erklärten?|melde(?:te)?n?|meldet"
        r"|gab(?:en)?|bestätig(?:te)?n?|bestätigt|kündigten?|schrieb(?:en)?|verkündeten?)"
        r" (?:am \w+ |gestern |heute )?|geht aus )"
        r"(?!(?:ihre?|seine?)\b)"
        r"((?:[\w-]+ ){0,6}?[A-ZÄÖÜ][\w-]+(?: (?:[A-ZÄÖÜ][\w-]+|in [A-Z]\w+|de[rs] \w+))*)(?=[ .,][^.]{0,90}(?:\.|$))"
    ),
    "en": re.compile(
        r"\s*(?:That|This) (?:is|was) according to "
        r"((?:[\w'’-]+ ){0,6}?[A-Z][\w'’-]+(?: (?:of )?[A-Z][\w'’-]+)*)(?=[ .,])"
    ),
}
# The speaker at the end of a headline: "..., - Ministry of Defence", "... -U.N. aid chief", "...: Kremlin".
_TAIL = re.compile(
    r"(?:\s[-–—]\s?|,[-–—]\s|\s-(?=[A-Z]))((?:[^-–—:;,!?()«»\"]|(?<=\w)-(?=\w)){3,60}?)\s*(?:[.»«\"]*$|[.\s]+VIDEO|\s*\(\d)"
)
_LAST = re.compile(r":\s((?:[A-Z][\w.’']*)(?:\s[A-Z][\w.’']*){0,2})\.?$")
_NO_SPEAKER = frozenset("the a an in on at by for with from to and or of dpa afp ap reuters live video foto".split())
_DATELINE = re.compile(r".*\) [-–] ")
_BEFORE_SPEAKER = frozenset({":", "+++", "++", "+", "-", "–", "—", "|", "."})
# Speakers without a name before a colon.
_NAMELESS = re.compile(
    r"(?:\w*[Mm]edien)?[Bb]erichte?|\w*[Mm]edien|\w*[Kk]reise|Insider|Angaben|\w*[Bb]ehörden"
    r"|\w*[Mm]inisterium|Generalstab|Polizei|[Rr]eports?|[Ss]ources|[Oo]fficials|Ministry|Staff|Police|Command|Office"
)
_LONGEST_TAIL = 7


def attribution(
    candidates: Sequence[Candidate],
    lexicon: Lexicon,
    actors: Sequence[str],
    recipients: Sequence[str] = (),
    text: str = "",
    kind: str = "",
) -> str | None:
    """Who is named as the source of an event of the type `kind` (that of the best candidate otherwise), None where the
    text itself asserts it or the speaker is the actor.

    `candidates` are the event's mentions, the best first: the first that names a speaker is heard; the headline's
    speaker is meant in the sentences under it as well, and the next sentence of the `text` may name one.
    """
    verbal = (kind or candidates[0].found.rule.type) in VERBAL
    for one in candidates:
        source = _told(one.sentence, _source(one, lexicon, actors, recipients), actors, lexicon, verbal)
        if source is not None:
            return source
    after = _TOLD_AFTER[lexicon.language].match(text, candidates[0].sentence.end)
    if after:
        return after.group(1)
    headline = next((other for other in candidates[0].others if other.index == 0), None)
    if headline is None or candidates[0].sentence.index > _UNDER_HEADLINE:
        return None
    found = _by_tail(headline, lexicon.language) or _opening_colon(headline)
    return _told(headline, found, actors, lexicon, verbal)


def speaker(candidate: Candidate, lexicon: Lexicon) -> Party | None:
    """The party that says what a candidate tells, in the same sentence."""
    return party_at(candidate.sentence, source_of(candidate, lexicon))


def source_of(candidate: Candidate, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where in the text, in the same sentence, is named who says what a candidate tells."""
    return _source(candidate, lexicon, (), ())


def _source(
    candidate: Candidate, lexicon: Lexicon, actors: Sequence[str], recipients: Sequence[str]
) -> tuple[int, int] | None:
    sentence, language = candidate.sentence, lexicon.language
    if in_relative(sentence, candidate.head):
        return None
    return (
        by_phrase(sentence, language)
        or _by_tail(sentence, language)
        or _by_colon(candidate, actors, recipients)
        or by_verb(candidate, lexicon, actors)
        or _by_clause(candidate, language)
        or by_noun(candidate, lexicon)
    )


def _told(
    sentence: Sentence, source: tuple[int, int] | None, actors: Sequence[str], lexicon: Lexicon, verbal: bool
) -> str | None:
    """The words of a speaker; None where it is who acts in an act of words, and no spokesman of theirs."""
    if source is None:
        return None
    party = party_at(sentence, source)
    said_by = words_of(sentence, with_title(sentence, source, lexicon))
    if verbal and party is not None and set(party.ids) & set(actors):
        named = any(set(one.ids) & set(party.ids) for one in sentence.parties if not overlap(one, source))
        if not (named and (party.kind == "seat" or _SPOKESMAN.search(said_by))):
            return None
    return said_by or None


# Who speaks for others.
_SPOKESMAN = re.compile(r"spokes|sprecher|minist(?:ry|erium)|embassy|botschaft|Kreml", re.I)


_UNDER_HEADLINE = 2
_QUOTES = frozenset("\"'„“‘‚»«")
# What is done in words: whoever says it does it.
VERBAL = frozenset("threat demand peace_call support negotiation_offer rejection accusation".split())


def _opening_colon(sentence: Sentence) -> tuple[int, int] | None:
    """The person or office before a headline's colon: "Kuleba: ..."; of a quotation he has said no more than that."""
    words = sentence.words
    for party in sentence.parties:
        after = party.words[1] + 1
        if party.words[0] == 0 and party.kind in PERSONS and after < len(words):
            quoted = after + 1 < len(words) and words[after + 1].text in _QUOTES
            return (party.start, party.end) if words[after].text == ":" and not quoted else None
    return None


def _by_clause(candidate: Candidate, language: str) -> tuple[int, int] | None:
    """A clause of saying whose speaker no table knows."""
    sentence = candidate.sentence
    hit = _SAID[language].search(sentence.text)
    if hit is None:
        return None
    group = hit.lastindex or 0
    words = sentence.words
    begin, end = sentence.start + hit.start(group), sentence.start + hit.end(group)
    where = re.search(r" in (?:der )?$", sentence.text[: hit.start(group)])
    if where and any(party.kind in PLACES and (party.start, party.end) == (begin, end) for party in sentence.parties):
        return None  # "hieß es in Bern": where it was said
    dateline = _DATELINE.match(hit.group(group))
    begin += dateline.end() if dateline else 0
    inside = any(begin <= words[place].start < end for place in candidate.found.words)
    verb = next((place for place, word in enumerate(words) if word.start >= end), 0)
    occasion = verb < candidate.head and not is_content(sentence, verb, candidate.head, language)
    occasion = occasion or is_aside(sentence, verb, candidate.head, language)
    return None if inside or occasion else (begin, end)


def _by_tail(sentence: Sentence, language: str) -> tuple[int, int] | None:
    # In German a dash opens another clause there.
    if sentence.index > 1 or language == "de":
        return None
    for pattern in (_TAIL, _LAST):
        hit = pattern.search(sentence.text, 15)
        if hit and len(hit.group(1).split()) <= _LONGEST_TAIL and hit.group(1).split()[0].lower() not in _NO_SPEAKER:
            begin, end = sentence.start + hit.start(1), sentence.start + hit.end(1)
            tags = {tag for word, tag in zip(sentence.words, sentence.tags, strict=False) if begin <= word.start < end}
            if "VERB" not in tags:
                return begin, end
    return None


def _by_colon(candidate: Candidate, actors: Sequence[str], recipients: Sequence[str]) -> tuple[int, int] | None:
    """The speaker before a colon, alone between it and what closes before: "Treffen mit Putin: ..." is a kicker."""
    words = candidate.sentence.words
    for party in candidate.sentence.parties:
        begin, after = party.words[0], party.words[1] + 1
        if after >= len(words) or words[after].text != ":" or candidate.head < after:
            continue
        alone = (begin == 0 or words[begin - 1].text in _BEFORE_SPEAKER) and party.end == words[after - 1].end
        second = begin > 0 and words[begin - 1].text == ":"
        if alone and (second or not _is_kicker(party, actors, recipients)):
            return party.start, party.end
    for place in range(1, candidate.head):
        if words[place].text == ":" and _NAMELESS.fullmatch(words[place - 1].text):
            first = place - 1
            while first > max(0, place - 4) and words[first - 1].text[0].isupper():
                first -= 1
            return words[first].start, words[place - 1].end
    return None


def _is_kicker(party: Party, actors: Sequence[str], recipients: Sequence[str]) -> bool:
    """Whether who stands before a colon only says what it is about: a state at the beginning, or a body that takes part
    itself. A government may well speak of what is done to it ("Kiew: Russland greift an")."""
    if party.kind in PERSONS:
        return False
    if party.kind == "capital":
        return not set(party.ids).isdisjoint(actors)
    if party.kind == "state" and party.words[0] == 0:
        return True
    return party.kind not in SPEAKERS or not set(party.ids).isdisjoint([*actors, *recipients])
