"""Who says something by a verb of saying, and what is in what they say."""

import re
from collections.abc import Iterator, Sequence

from processors.coder.analysis import VERBS, Candidate, Party, Sentence
from processors.coder.lexicon import Lexicon
from processors.coder.speakers import CLOSERS, OCCASION, PERSONS, SPEAKERS
from processors.coder.triggers import Word

# What is reported with these stands in the same clause: "Südkorea meldet Raketentest Nordkoreas".
_REPORTING = frozenset(
    "melden bestätigen dementieren bestreiten behaupten ankündigen kündigen verkünden einräumen confirm deny report "
    "claim allege".split()
)
# What a state announces in this way is an act of its own: it is who acts, and no source of it. In German a person who
# announces what is to come is named as the one who says so.
_ANNOUNCING = frozenset("ankündigen kündigen announce pledge promise".split())
_NOUNS_TOO = frozenset("report state claim note post tweet stress".split())
# What comes behind a saying with these is when or beside what it was said: "..., the army said, as shelling went on".
_ASIDE = re.compile(
    r"[,;] (?:[\w-]+ )?(?:(?:days?|hours?|weeks?|months?|years?) )?"
    r"(?:as|while|after|before|when|although|though|despite|amid|following|since) "
)
_NEXT_CLAUSE = re.compile(r"(?:[^,;]{0,30}, (?:and|but|yet) |[^,;]{0,30}; )")
# What opens a clause of time or circumstance; of those, what opens none of a source ("as Putin said").
_BEFORE = frozenset("after before since while when although nachdem bevor während obwohl".split())
_AS = frozenset({"as"})
_BESIDE = _BEFORE | _AS
_GOES_ON = frozenset("and but yet und aber doch".split())
_RELATIVE = frozenset("which who whom whose where dessen deren denen".split())
_RELATIVE_TOO = frozenset("der die das den dem".split())  # as pronouns


def party_at(sentence: Sentence, place: tuple[int, int] | None) -> Party | None:
    """The party that stands at a place of the text, or overlaps it."""
    if place is None:
        return None
    return next((one for one in sentence.parties if one.kind != "blocked" and overlap(one, place)), None)


def overlap(party: Party, place: tuple[int, int]) -> bool:
    """Whether a party's characters and those of a place have any in common."""
    return party.start < place[1] and party.end > place[0]


def by_verb(candidate: Candidate, lexicon: Lexicon, actors: Sequence[str]) -> tuple[int, int] | None:
    """Who stands beside a verb of saying, in another clause than the trigger's or with a verb of reporting."""
    sentence, speech = candidate.sentence, frozenset(lexicon.speech)
    for place, word in enumerate(sentence.words):
        if word.lemma not in speech or place in candidate.found.words or not _is_said(sentence, place):
            continue
        source = _who_says(sentence, place, lexicon.language)
        if source is None:
            continue
        speaker = party_at(sentence, source)
        if word.lemma in _ANNOUNCING and speaker is not None and _is_own(speaker, actors, lexicon.language):
            continue
        apart = sentence.clause[place] != sentence.clause[candidate.head]
        reported = word.lemma in _REPORTING and (source[1] <= word.start or lexicon.language == "de")
        if (apart or reported or _says_that(sentence.words, place, lexicon.language)) and is_content(
            sentence, place, candidate.head, lexicon.language
        ):
            return source
    return None


def _is_own(speaker: Party, actors: Sequence[str], language: str) -> bool:
    return not set(speaker.ids).isdisjoint(actors) and (language != "de" or speaker.kind not in PERSONS)


def by_noun(candidate: Candidate, lexicon: Lexicon) -> tuple[int, int] | None:
    """Who says it where no table knows them and no comma stands before: "A captured pilot says he bombed ..."."""
    sentence = candidate.sentence
    if lexicon.language == "de" or not sentence.parsed:
        return None
    speech = frozenset(lexicon.speech)
    for place, word in enumerate(sentence.words):
        if word.lemma not in speech or place in candidate.found.words or not _is_said(sentence, place):
            continue
        for noun in _subjects(sentence, place):
            known = any(party.words[0] <= noun <= party.words[1] for party in sentence.parties)
            if known or sentence.tags[noun] not in {"NOUN", "PROPN"} or not 0 < place - noun <= 4:
                continue
            if is_content(sentence, place, candidate.head, lexicon.language):
                first = noun
                while first and noun >= sentence.heads[first - 1] >= first and _is_before_noun(sentence, first - 1):
                    first -= 1
                return sentence.words[first].start, sentence.words[noun].end
    return None


def _is_before_noun(sentence: Sentence, place: int) -> bool:
    return sentence.deps[place] in {"compound", "amod", "nummod", "nmod"}


def _is_said(sentence: Sentence, place: int) -> bool:
    """Whether a word is a verb of saying in the active: not "state media", "announced by the EU", "sagte Hilfe zu"."""
    if not sentence.parsed:
        return True
    if sentence.deps[place] == "amod":  # "alleged meddling"
        return False
    misread = sentence.words[place].lemma not in _NOUNS_TOO  # "Poland denies attack"
    if (sentence.tags[place] not in VERBS and not misread) or "Voice=Pass" in sentence.morphs[place]:
        return False
    return not any(
        head == place and sentence.deps[other] == "compound:prt" and sentence.words[other].lower in {"zu", "ab"}
        for other, head in enumerate(sentence.heads)
    )


def _begins_after_subject(sentence: Sentence, verb: int) -> bool:
    """Whether a German verb stands behind its subject, as in a clause of its own ("..., Athen sagte Hilfe zu"): what is
    reported before a verb of saying has the verb first behind it ("..., sagte der Minister")."""
    subject = next(_subjects(sentence, verb), verb)
    wie = any(word.lower == "wie" for word in sentence.words[max(0, subject - 4) : subject])
    return subject < verb and not wie


def _who_says(sentence: Sentence, verb: int, language: str) -> tuple[int, int] | None:
    """The subject of a verb of saying where it is somebody who may speak, else who of those stands nearest."""
    near = [
        party
        for party in sentence.parties
        if party.kind in SPEAKERS and not party.genitive and _beside(party, verb, sentence.words, language)
    ]
    subject = next(_subjects(sentence, verb), None)
    if subject is None and verb and sentence.parsed and sentence.words[verb - 1].lower in _GOES_ON:
        return _who_goes_on(sentence, verb)
    if subject is not None:
        near = [party for party in near if _belongs(sentence, party, subject) or _is_right_before(party, verb)]
    if not near:
        return None
    speaker = min(near, key=lambda party: min(abs(party.words[1] - verb), abs(party.words[0] - verb)))
    return speaker.start, speaker.end


def _who_goes_on(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """The subject of the verb that a verb of saying is joined to ("Macron met Xi and said ..."), else who is named
    first."""
    subject = next(_subjects(sentence, sentence.heads[verb]), 0)
    named = (party for party in sentence.parties if party.kind in SPEAKERS and _belongs(sentence, party, subject))
    speaker = next(named, None)
    return (speaker.start, speaker.end) if speaker else None


def _subjects(sentence: Sentence, verb: int) -> Iterator[int]:
    for place, head in enumerate(sentence.heads):
        if head == verb and sentence.deps[place] == "nsubj":
            yield place


def _is_right_before(party: Party, verb: int) -> bool:
    # Whatever the parse says: "Streit um Zölle Macron meldet ..."
    return party.kind == "person" and party.words[1] == verb - 1


def _belongs(sentence: Sentence, party: Party, noun: int) -> bool:
    """Whether a party is named by a noun or by what hangs on it: "the minister, Ann Oak, said"."""
    first, last = party.words
    return first <= noun <= last or any(
        sentence.heads[place] == noun and sentence.deps[place] in {"appos", "flat", "compound", "nmod"}
        for place in range(first, last + 1)
    )


def is_content(sentence: Sentence, verb: int, head: int, language: str) -> bool:
    """Whether the word at `head` can be in what is said with the verb: not in a kicker before it ("Treffen in Paris:
    Macron sagt ..."), and not in the occasion of speaking."""
    if any(word.text == ":" for word in sentence.words[head:verb]) or is_aside(sentence, verb, head, language):
        return False
    if any(word.text == ";" for word in sentence.words[verb:head]):
        return False
    under = sentence.way_up(head, [verb])
    if under is None and _is_of_times(sentence, verb):
        return False
    if under is None:
        if language == "de":
            return head > verb or not _begins_after_subject(sentence, verb)
        return sentence.way_up(verb, [head]) is None
    if under and sentence.deps[under[-1]] == "advcl" and _marked(sentence, under[-1]):
        return False
    if under and sentence.index == 0 and any(_marked(sentence, place, _AS) for place in under):
        return False  # "UAE denies arming RSF as Sudan renews charge"
    if not under or sentence.deps[under[-1]] not in {"obl", "nsubj"}:
        return True
    if sentence.deps[under[-1]] == "nsubj":
        return language == "de"
    below = [sentence.words[place].lower for place, top in enumerate(sentence.heads) if top == under[-1]]
    return (language == "de" and head > verb) or OCCASION.isdisjoint(below)


def _is_of_times(sentence: Sentence, verb: int) -> bool:
    """Whether a verb of saying stands in a clause that only says when something was done: "hours after Carney said he
    would meet Xi"."""
    way = [verb, *sentence.above(verb)] if sentence.parsed else []
    return any(sentence.deps[place] == "advcl" and _marked(sentence, place, _BEFORE) for place in way)


def _marked(sentence: Sentence, clause: int, words: frozenset[str] | None = None) -> bool:
    below = (sentence.words[at].lower for at, up in enumerate(sentence.heads) if up == clause and at < clause)
    return not (words or _BESIDE).isdisjoint(below)


def is_aside(sentence: Sentence, verb: int, head: int, language: str) -> bool:
    """Whether an English trigger stands in a clause behind the saying that is no part of what is said."""
    if language != "en" or head < verb:
        return False
    between = sentence.text[sentence.words[verb].end - sentence.start : sentence.words[head].start - sentence.start]
    return _ASIDE.search(between) is not None or (
        _said_between(sentence, verb) and _NEXT_CLAUSE.match(between) is not None
    )


def in_relative(sentence: Sentence, head: int) -> bool:
    """Whether a word stands in a relative clause: what only tells which is meant is not what somebody says."""
    if not sentence.parsed:
        return False
    return any(
        sentence.deps[place] == "acl" and _has_relative(sentence, place) for place in (head, *sentence.above(head))
    )


def _said_between(sentence: Sentence, verb: int) -> bool:
    """Whether what is said stands before the speaker: "..., the minister said, ..."."""
    return any(word.text in CLOSERS for word in sentence.words[max(0, verb - 8) : verb])


def _has_relative(sentence: Sentence, verb: int) -> bool:
    below = (place for place in range(verb) if sentence.heads[place] == verb)
    return any(
        sentence.words[place].lower in _RELATIVE
        or (sentence.words[place].lower in _RELATIVE_TOO and sentence.tags[place] == "PRON")
        for place in below
    )


def _beside(party: Party, place: int, words: Sequence[Word], language: str) -> bool:
    """Whether a party may be the subject of the verb at `place`: it stands before it, or behind it where the verb comes
    first; in English that is only behind a quotation ("...", said the minister)."""
    if 0 < place - party.words[1] <= 4:
        return True
    if not 0 < party.words[0] - place <= 5:
        return False
    return language == "de" or (place > 0 and words[place - 1].text in CLOSERS)


def _says_that(words: Sequence[Word], place: int, language: str) -> bool:
    if language == "de":
        return False
    return words[place].lower in {"says", "said", "stated", "reported", "confirmed", "claims", "claimed", "announced"}
