"""Headlines out of treebank sentences: without full stop, without articles, after a colon, without a verb."""

import random
from copy import deepcopy

from conllu import Sentence

_FINAL = {".", "!", ";"}
_ARGUMENTS = {"nsubj", "obj", "obl", "nmod", "conj"}


def without(sentence: Sentence, dropped: set[int]) -> Sentence | None:
    """`sentence` without the tokens `dropped`, which must not govern a token that stays."""
    keep = [i for i in range(len(sentence.words)) if i not in dropped]
    place = {old: new for new, old in enumerate(keep)}
    if not keep or any(sentence.heads[i] not in place for i in keep):
        return None
    picked = {
        name: [column[i] for i in keep] if (column := getattr(sentence, name)) else [] for name in Sentence.__slots__
    }
    picked["heads"] = [place[head] for head in picked["heads"]]
    return Sentence(**picked)


def unstopped(sentence: Sentence) -> Sentence | None:
    """Without its final full stop."""
    last = len(sentence.words) - 1
    return without(sentence, {last}) if sentence.words[last] in _FINAL else None


def telegraphic(sentence: Sentence) -> Sentence | None:
    """Without final stop and articles, as headlines are."""
    articles = {
        i for i, (p, f) in enumerate(zip(sentence.pos, sentence.feats, strict=True)) if p == "DET" and "Definite=" in f
    }
    last = len(sentence.words) - 1
    short = without(sentence, articles | ({last} if sentence.words[last] in _FINAL else set()))
    return _capitalised(short) if short else None


def after_colon(sentence: Sentence, names: list[str], chance: random.Random) -> Sentence:
    """`Name: sentence`; the name hangs on the sentence's root, so that its verb keeps its own subject."""
    short = unstopped(sentence) or deepcopy(sentence)
    root = short.deps.index("ROOT") + 2
    return Sentence(
        words=[chance.choice(names), ":", *short.words],
        spaces=[False, True, *short.spaces],
        lemmas=["", ":", *short.lemmas],
        pos=["PROPN", "PUNCT", *short.pos],
        tags=["", "", *short.tags],
        feats=["", "", *short.feats],
        heads=[root, 0, *(head + 2 for head in short.heads)],
        deps=["parataxis", "punct", *short.deps],
    )


def noun_phrases(sentence: Sentence) -> list[Sentence]:
    """The longer noun phrases as verbless headlines, without article and preposition."""
    found = []
    for head, (pos, dep) in enumerate(zip(sentence.pos, sentence.deps, strict=True)):
        if pos != "NOUN" or dep not in _ARGUMENTS:
            continue
        below = _subtree(sentence, head)
        front = {
            i
            for i in below
            if sentence.heads[i] == head and sentence.deps[i] in {"case", "det", "cc", "punct"} and i < head
        }
        kept = below - {i for f in front for i in _subtree(sentence, f)}
        if (
            len(kept) < 3
            or max(kept) - min(kept) + 1 != len(kept)
            or any(sentence.pos[i] in {"VERB", "AUX"} for i in kept)
        ):
            continue
        phrase = deepcopy(sentence)
        phrase.heads[head], phrase.deps[head] = head, "ROOT"
        piece = without(phrase, set(range(len(sentence.words))) - kept)
        if piece:
            found.append(_capitalised(piece))
    return found


def _subtree(sentence: Sentence, head: int) -> set[int]:
    below, grown = {head}, True
    while grown:
        more = {i for i, h in enumerate(sentence.heads) if h in below and i not in below and h != i}
        below |= more
        grown = bool(more)
    return below


def _capitalised(sentence: Sentence) -> Sentence:
    sentence.words = [sentence.words[0][:1].upper() + sentence.words[0][1:], *sentence.words[1:]]
    return sentence
