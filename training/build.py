"""spaCy training files for one language: `build.py de|en [--without-pud] [--gold-only] [--annotator MODEL]`.

Writes `train.spacy` and `dev.spacy` under the working folder.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import augment
import conllu
import names
import places
import read_silver
import spacy
from conllu import Sentence
from names import Named
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

# (file, how often its sentences are seen); German has no training portion here, so dev and PUD serve.
GOLD = {
    "de": [("de_gsd-ud-dev", 3), ("de_pud-ud-test", 2)],
    "en": [("en_ewt-ud-train", 1), ("en_ewt-ud-dev", 1), ("en_pud-ud-test", 1)],
}
DEV = {"de": "de_gsd-ud-dev", "en": "en_ewt-ud-dev"}
# Every fifth sentence of the watched file is kept back while hyperparameters are chosen; the final model is trained on
# all of them and stops by steps.
DEV_SHARE = 5
# GermEval's sentences are seen so often, the teacher's names once: it is right on four of five only.
NAMES_TIMES = 6
WATCHED_NAMES = 300


def doc_of(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """One document of several sentences; what is empty (`pos` with its morphology, `deps`, `names`) is unannotated."""
    columns: dict[str, list] = {
        "words": [],
        "spaces": [],
        "pos": [],
        "morphs": [],
        "heads": [],
        "deps": [],
        "sent_starts": [],
        "ents": [],
    }
    for sentence in sentences:
        offset = len(columns["words"])
        columns["words"] += sentence.words
        columns["spaces"] += [*sentence.spaces[:-1], True]
        columns["pos"] += sentence.pos
        columns["morphs"] += [f if p else None for f, p in zip(sentence.feats, sentence.pos, strict=True)]
        columns["heads"] += [
            head + offset if d else None for head, d in zip(sentence.heads, sentence.deps, strict=True)
        ]
        columns["deps"] += sentence.deps
        columns["sent_starts"] += [True] + [False] * (len(sentence.words) - 1)
        columns["ents"] += sentence.names or [None] * len(sentence.words)
    morphs = columns.pop("morphs")
    doc = Doc(vocab, **columns)
    for token, morph in zip(doc, morphs, strict=True):
        if morph is not None:
            token.set_morph(morph)
    return doc


def grouped(sentences: Iterable[Sentence], chance: random.Random) -> Iterator[list[Sentence]]:
    """Sentences singly, or two and three together where full stops divide them, so that the parser learns to divide."""
    group: list[Sentence] = []
    for sentence in sentences:
        group.append(sentence)
        if sentence.words[-1] not in {".", "!", "?"} or len(group) == 3 or chance.random() < 0.6:
            yield group
            group = []
    if group:
        yield group


def augmented(sentences: list[Sentence], chance: random.Random, share: float) -> list[Sentence]:
    """Headline variants of a `share` of the sentences, of each kind."""
    subjects = sorted(
        {s.words[i] for s in sentences for i in range(len(s.words)) if s.pos[i] == "PROPN" and s.deps[i] == "nsubj"}
    )
    made: list[Sentence | None] = []
    for sentence in sentences:
        if 4 <= len(sentence.words) <= 30:
            made += [augment.unstopped(sentence)] if chance.random() < share else []
            made += [augment.telegraphic(sentence)] if chance.random() < share else []
            made += [augment.after_colon(sentence, subjects, chance)] if chance.random() < share / 2 else []
        phrases = augment.noun_phrases(sentence)
        made += [chance.choice(phrases)] if phrases and chance.random() < share else []
    return [sentence for sentence in made if sentence]


def gold(lang: str, *, without_pud: bool, without_dev: bool, hold_dev: bool, share: float) -> list[Sentence]:
    """The gold sentences, repeated and with their headline variants."""
    chance, found = random.Random(4), []
    for name, times in GOLD[lang]:
        if (without_pud and "pud" in name) or (without_dev and name == DEV[lang]):
            continue
        sentences = list(conllu.read(places.treebanks() / f"{name}.conllu.gz", merge=lang == "de"))
        if hold_dev and name == DEV[lang]:
            sentences = [s for i, s in enumerate(sentences) if i % DEV_SHARE]
        found += sentences * times + augmented(sentences, chance, share)
    return found


def dev(lang: str) -> list[Sentence]:
    """The sentences that training is watched on."""
    sentences = list(conllu.read(places.treebanks() / f"{DEV[lang]}.conllu.gz", merge=lang == "de"))
    return sentences[::DEV_SHARE]


def silver(lang: str, annotator: Language | None, *, agreed_only: bool, every: int = 1) -> Iterator[Sentence]:
    """Every `every`-th teacher parse, its morphology from `annotator`; names in German, parts of speech in English too.

    Where the German teacher sees another part of speech, its own stands, with the features that the form has elsewhere.
    """
    pairs = list(read_silver.sentences(lang))[::every]
    docs: list[Doc] = []
    if annotator:
        words = (Doc(annotator.vocab, words=s.words, spaces=s.spaces) for s, _ in pairs)
        docs = list(annotator.pipe(words, batch_size=256))
    usual = usual_features(docs)
    for index, (sentence, labels) in enumerate(pairs):
        teacher = sentence.pos
        sentence.pos, sentence.feats = [""] * len(teacher), [""] * len(teacher)
        if docs:
            _annotate(sentence, docs[index], None if lang == "en" else teacher, usual)
            if agreed_only:
                _keep_agreed_arcs(sentence, docs[index])
        if lang == "de":
            sentence.names = labels
        yield sentence


def _annotate(sentence: Sentence, doc: Doc, teacher: list[str] | None, usual: dict[tuple[str, str], str]) -> None:
    sentence.pos = teacher or [token.pos_ for token in doc]
    sentence.feats = [
        conllu.features(str(token.morph) if token.pos_ == pos else usual.get((token.lower_, pos), ""), pos)
        for token, pos in zip(doc, sentence.pos, strict=True)
    ]


def usual_features(docs: Iterable[Doc]) -> dict[tuple[str, str], str]:
    """The most frequent features of each form and part of speech."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            seen[token.lower_, token.pos_][str(token.morph)] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in seen.items()}


def _keep_agreed_arcs(sentence: Sentence, doc: Doc) -> None:
    # The English teacher follows other conventions (names as compounds): what the two see differently stays open.
    for i, token in enumerate(doc):
        if (token.head.i, token.dep_) != (sentence.heads[i], sentence.deps[i]):
            sentence.deps[i] = ""


def save(name: str, lang: str, docs: Iterable[Doc]) -> None:
    """Store documents for `spacy train`."""
    folder = places.WORK / lang
    folder.mkdir(parents=True, exist_ok=True)
    attributes = ["ORTH", "SPACY", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    bin_ = DocBin(attrs=attributes, docs=list(docs))
    bin_.to_disk(folder / f"{name}.spacy")
    print(f"{lang} {name}: {len(bin_)} documents, {sum(len(d) for d in bin_.get_docs(Vocab()))} tokens")


def named_sentence(named: Named) -> Sentence:
    """A sentence that is annotated with names alone."""
    size = len(named.words)
    empty = {column: [""] * size for column in ("lemmas", "pos", "tags", "feats", "deps")}
    return Sentence(words=named.words, spaces=[True] * size, heads=[0] * size, names=named.labels, **empty)


def main() -> None:
    """Read the folders, write the training files."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("lang")
    arguments.add_argument("--without-pud", action="store_true")
    arguments.add_argument("--without-dev", action="store_true")
    arguments.add_argument("--gold-only", action="store_true")
    arguments.add_argument("--hold-dev", action="store_true", help="keep the watched sentences out of training")
    arguments.add_argument("--annotator")
    arguments.add_argument("--share", type=float, default=0.25)
    arguments.add_argument("--every", type=int, default=1, help="take every n-th silver sentence only")
    chosen = arguments.parse_args()
    chance, vocab = random.Random(4), Vocab()
    sentences = gold(
        chosen.lang,
        without_pud=chosen.without_pud,
        without_dev=chosen.without_dev,
        hold_dev=chosen.hold_dev,
        share=chosen.share,
    )
    annotator = spacy.load(chosen.annotator) if chosen.annotator else None
    if not chosen.gold_only:
        sentences += silver(chosen.lang, annotator, agreed_only=chosen.lang == "en", every=chosen.every)
    # SmartData stays out: its file calls the annotations "research use only", although its repository says CC BY 4.0.
    germeval = [named_sentence(n) for n in names.germeval_training()] if chosen.lang == "de" else []
    watched, named = germeval[-WATCHED_NAMES:], germeval[:-WATCHED_NAMES]
    groups = list(grouped(sentences, chance)) + [[s] for s in named * NAMES_TIMES]
    chance.shuffle(groups)
    save("train", chosen.lang, (doc_of(vocab, group) for group in groups))
    save("dev", chosen.lang, (doc_of(vocab, [s]) for s in [*dev(chosen.lang), *watched]))


if __name__ == "__main__":
    main()
