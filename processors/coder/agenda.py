"""What talks were about, where the text tells of it apart: "Es ging um Zölle.", "On the agenda was grain."."""

from collections.abc import Iterator, Sequence

from processors.coder.analysis import Sentence
from processors.coder.coding import parse_sentences
from processors.coder.language import split_sentences
from processors.coder.lexicon import About
from processors.coder.triggers import Matcher, Word

# What is, or stands on, one of these is a topic.
_HEADINGS = frozenset(
    "thema themen hauptthema hauptthemen gegenstand schwerpunkt schwerpunkte mittelpunkt zentrum tagesordnung agenda "
    "sprache topic topics subject subjects focus".split()
)
# Who is meant by those that talked just before, and the talks themselves, which matcher classes know only in part.
_THEY = frozenset(
    "beide beiden seiten politiker minister außenminister verteidigungsminister regierungschefs staatschefs präsidenten"
    " delegationen unterhändler treffen telefonat beratungen both sides leaders ministers presidents politicians"
    " diplomats delegations negotiators officials pair call visit discussions conversation".split()
)
_NOT = frozenset(
    "nicht kein keine keinen keiner nie ohne weder not no n't never neither nor without hardly kaum".split()
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_OBLIQUE = frozenset({"obl", "nmod"})
# So many sentences behind a mention may tell, within so many characters.
_NEXT, _FAR = 2, 700


def sentences_behind(text: str, end: int, matcher: Matcher) -> Iterator[Sentence]:
    """The sentences right behind the character `end` of a text that may tell what was talked about, parsed."""
    language, about = matcher.lexicon.language, matcher.lexicon.about
    rest = text[end : end + _FAR]
    spans = split_sentences(rest, language)
    if len(rest) == _FAR:
        spans = spans[:-1]  # it may be cut
    for begin, stop in spans[:_NEXT]:
        one = Sentence(0, end + begin, end + stop, rest[begin:stop], matcher.words(text, end + begin, end + stop), [])
        if _may_tell(one.words, about):
            parse_sentences([one], language)
            yield one


def _may_tell(words: Sequence[Word], about: About) -> bool:
    known = {*about.discussing, *about.speaking}
    return any(word.lemma in known or word.lower in _HEADINGS for word in words) and not _denies(words)


def _denies(words: Sequence[Word]) -> bool:
    return any(word.lower in _NOT for word in words)


def headed(sentence: Sentence, below: Sequence[Sequence[int]]) -> Iterator[int]:
    """What a sentence calls the topic, or has on the agenda, unless it says that it was not."""
    deps, heads = sentence.deps, sentence.heads

    def under(place: int, labels: frozenset[str]) -> list[int]:
        return [child for child in below[place] if deps[child] in labels and sentence.tags[child] in _NOUNS]

    if _denies(sentence.words):
        return
    for place, word in enumerate(sentence.words):
        if word.lower not in _HEADINGS or sentence.tags[place] not in _NOUNS:
            continue
        if deps[place] == "nmod":  # "the main item on the agenda is ..."
            place = heads[place]
        head = heads[place]
        copula = frozenset({"cop"})
        if any(deps[child] in copula for child in below[place]):
            yield from under(place, _SUBJECTS)
        elif deps[place] in _SUBJECTS:
            is_one = any(deps[child] in copula for child in below[head])
            yield from [head] if is_one else under(head, frozenset({"obj"}))
        elif deps[place] in {"obl", "obj"}:
            yield from under(head, _SUBJECTS)


def told(sentence: Sentence, below: Sequence[Sequence[int]], matcher: Matcher) -> Iterator[int]:
    """What those who talked just before are said to have discussed: "They spoke about grain.", "Grain was raised."."""
    about, words, deps = matcher.lexicon.about, sentence.words, sentence.deps
    for place, word in enumerate(words):
        over = sentence.heads[place] if deps[place] in {"xcomp", "conj"} else place
        subjects = [child for one in dict.fromkeys((place, over)) for child in below[one] if deps[child] in _SUBJECTS]
        # Parsers take "gesprochen" for an infinitive.
        passive = "Voice=Pass" in sentence.morphs[place] or any(
            words[child].lemma == "werden" for child in below[place]
        )
        theirs = all(_are_they(sentence, below, child, matcher) for child in subjects)
        if word.lemma in about.discussing:
            if passive:
                yield from (child for child in subjects if sentence.tags[child] in _NOUNS)
            elif subjects and theirs:
                yield from (child for child in below[place] if deps[child] == "obj")
        elif word.lemma in about.speaking and theirs and (subjects or passive):
            yield from (
                child for child in below[place] if deps[child] in _OBLIQUE and opens(sentence, child, word, about)
            )


def opens(sentence: Sentence, place: int, verb: Word, about: About) -> bool:
    """Whether a word stands behind a preposition of what the `verb` of speaking is about: "um" with "gehen" only."""
    openers = {"um"} if verb.lemma == "gehen" else set(about.openers) - {"um"}
    return any(
        head == place and at < place and sentence.deps[at] == "case" and sentence.words[at].lower in openers
        for at, head in enumerate(sentence.heads)
    )


def _are_they(sentence: Sentence, below: Sequence[Sequence[int]], place: int, matcher: Matcher) -> bool:
    """Whether a subject means those of the sentence before, or their talks: "they", "the two leaders"."""
    word = sentence.words[place]
    if sentence.tags[place] == "PRON" or word.lower == "beide":
        return True
    named = any(sentence.tags[child] == "PROPN" for child in below[place])
    return not named and (word.lower in _THEY or matcher.classes.get("talks") in word.elements)
