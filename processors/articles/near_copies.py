"""Near-copies: agency text in twenty papers is one text.

MinHash over shingles of three words, cut into bands (locality-sensitive hashing): texts that share a band are looked
at closely. With 20 bands of 5, two texts with a Jaccard similarity of 0.7 share a band in 97 % of all cases, two with
0.3 in 5 %.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta
from difflib import SequenceMatcher

from processors.records import Article

BANDS, ROWS = 20, 5
SHINGLE = 3  # words
SHORTEST = 40  # words: what is shorter is often alike without being a copy
SIMILAR = 0.7  # Jaccard similarity of the shingles
CONTAINED = 0.85  # or this share of the shorter text in the longer one, as papers cut agency text from the end
SHORTEST_CUT = 0.5  # of the longer text
WINDOW = timedelta(days=7)
# What turns a report into another one: who did not meet after all, or met on another day.
_NEGATIONS = frozenset(
    "nicht kein keine keinen keinem keiner nie niemals "
    "not no never didn doesn isn wasn hasn won aren weren haven".split()
)
_WEEKDAYS = frozenset(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_CHANGED = 4  # words at a time: what is longer is more text, not other text
_WORD = re.compile(r"\w+")
_LONG = 4  # letters of a word that says what a title is about
_SAME_STORY = 0.3  # share of common words from which two titles may be of one article


def shingles(text: str) -> set[str]:
    """The sequences of three words of `text`, without regard to case and punctuation."""
    words = _WORD.findall(text.casefold())
    return {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}


def bands(text: str) -> tuple[str, ...]:
    """The bands of `text`; none for a text too short to be told from others."""
    from datasketch import MinHash

    found = shingles(text)
    if len(found) < SHORTEST:
        return ()
    signature = MinHash(num_perm=BANDS * ROWS, seed=1)
    signature.update_batch([shingle.encode() for shingle in sorted(found)])
    parts = signature.hashvalues.reshape(BANDS, ROWS)
    return tuple(f"{n:02}:{hashlib.sha256(part.tobytes()).hexdigest()[:16]}" for n, part in enumerate(parts))


def original_of(text: str, candidates: Sequence[Article]) -> str | None:
    """The id of the first of `candidates` (earliest first) that `text` is a near-copy of, or of its original. A
    correction of it is none: the same words but for a "not" or another day of the week."""
    mine = shingles(text)
    for candidate in candidates:
        if are_copies(mine, shingles(candidate.text)) and not corrects(text, candidate.text):
            return candidate.duplicate_of or candidate.id
    return None


def are_copies(a: set[str], b: set[str]) -> bool:
    """Whether two texts, given by their shingles, are one text."""
    shorter, longer = sorted((len(a), len(b)))
    common = len(a & b)
    if not shorter:
        return False
    if common / len(a | b) >= SIMILAR:
        return True
    return shorter / longer >= SHORTEST_CUT and common / shorter >= CONTAINED


def titles_alike(title: str, other: str) -> bool:
    """Whether two titles may be those of one article, worded in two ways."""
    mine, theirs = ({word for word in _WORD.findall(t.casefold()) if len(word) >= _LONG} for t in (title, other))
    return title == other or len(mine & theirs) >= max(_SAME_STORY * min(len(mine), len(theirs)), 1)


def is_same_article(article: Article, other: Article) -> bool:
    """Whether what came from one address twice is one article: by its title, or by the text under a like title."""
    if article.title and article.title.casefold() == other.title.casefold():
        return True
    alike = article.text == other.text or are_copies(shingles(article.text), shingles(other.text))
    return alike and titles_alike(article.title, other.title)


def corrects(text: str, other: str) -> bool:
    """Whether one of two near-copies says in a few words what the other one denies or dates otherwise."""
    words, theirs = (_WORD.findall(one.casefold()) for one in (text, other))
    changes = SequenceMatcher(None, theirs, words).get_opcodes()
    return any(_turns(theirs[a:b], words[c:d]) for kind, a, b, c, d in changes if kind != "equal")


def _turns(before: Sequence[str], after: Sequence[str]) -> bool:
    if max(len(before), len(after)) > _CHANGED:
        return False
    said, theirs = _WEEKDAYS.intersection(after), _WEEKDAYS.intersection(before)
    return bool(_NEGATIONS & (set(before) ^ set(after))) or bool(said and theirs and said != theirs)
