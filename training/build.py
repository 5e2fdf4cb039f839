"""spaCy training files for one language: `build.py de|en [--without-pud] [--gold-only] [--annotator MODEL]`.

Writes `parse_train.spacy`, `parse_dev.spacy`, `names_train.spacy`, `names_dev.spacy` under the working folder.
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
GOLD = {"de": [("de_gsd-ud-dev", 3), ("de_pud-ud-test", 2)], "en": [("en_ewt-ud-train", 1)]}
DEV = {"de": "de_gsd-ud-dev", "en": "en_ewt-ud-dev"}
# German sentences kept back while hyperparameters are chosen; the final model is trained on all and stops by steps.
GERMAN_DEV_SHARE = 5


def doc_of(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """One document of several sentences; an empty `pos` leaves part of speech and morphology unannotated."""
    columns: dict[str, list] = {
        "words": [],
        "spaces": [],
        "pos": [],
        "morphs": [],
        "heads": [],
        "deps": [],
        "sent_starts": [],
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


def gold(lang: str, *, without_pud: bool, hold_dev: bool, share: float) -> list[Sentence]:
    """The gold sentences, repeated and with their headline variants."""
    chance, found = random.Random(4), []
    for name, times in GOLD[lang]:
        if without_pud and "pud" in name:
            continue
        sentences = list(conllu.read(places.treebanks() / f"{name}.conllu.gz", merge=lang == "de"))
        if hold_dev and name == DEV[lang]:
            sentences = [s for i, s in enumerate(sentences) if i % GERMAN_DEV_SHARE]
        found += sentences * times + augmented(sentences, chance, share)
    return found


def dev(lang: str) -> list[Sentence]:
    """The sentences that training is watched on."""
    sentences = list(conllu.read(places.treebanks() / f"{DEV[lang]}.conllu.gz", merge=lang == "de"))
    return sentences[::GERMAN_DEV_SHARE] if lang == "de" else sentences


def silver(
    lang: str, annotator: Language | None, *, agreed_only: bool, every: int = 1
) -> Iterator[tuple[Sentence, list[str]]]:
    """Every `every`-th teacher parse, its morphology from `annotator`, an English part of speech too.

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
        yield sentence, labels


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


def named_doc(vocab: Vocab, named: Named) -> Doc:
    """A document with names."""
    return Doc(vocab, words=named.words, ents=named.labels)


def name_docs(lang: str, vocab: Vocab, silver_names: list[Named]) -> None:
    """The files for names: German gold (watched on its last 500 sentences) and the teacher's silver.

    SmartData stays out: its file calls the annotations "research use only", although its repository says CC BY 4.0.
    """
    chance = random.Random(4)
    germeval = names.germeval_training() if lang == "de" else []
    named = [n for n in silver_names if any(label != "O" for label in n.labels)]
    held = germeval[-500:] or named[::20]
    # Gold three times over: the teacher is right on four names of five only.
    train = germeval[:-500] * 3 + (named if lang == "de" else [n for i, n in enumerate(named) if i % 20])
    chance.shuffle(train)
    save("names_train", lang, (named_doc(vocab, n) for n in train))
    save("names_dev", lang, (named_doc(vocab, n) for n in held))


def main() -> None:
    """Read the folders, write the training files."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("lang")
    arguments.add_argument("--without-pud", action="store_true")
    arguments.add_argument("--gold-only", action="store_true")
    arguments.add_argument("--hold-dev", action="store_true", help="keep the watched German sentences out of training")
    arguments.add_argument("--annotator")
    arguments.add_argument("--share", type=float, default=0.25)
    arguments.add_argument("--every", type=int, default=1, help="take every n-th silver sentence only")
    arguments.add_argument("--names-only", action="store_true")
    chosen = arguments.parse_args()
    chance, vocab = random.Random(4), Vocab()
    if chosen.names_only:
        name_docs(chosen.lang, vocab, [Named(s.words, labels) for s, labels in read_silver.sentences(chosen.lang)])
        return
    sentences = gold(chosen.lang, without_pud=chosen.without_pud, hold_dev=chosen.hold_dev, share=chosen.share)
    annotator = spacy.load(chosen.annotator) if chosen.annotator else None
    found = silver(chosen.lang, annotator, agreed_only=chosen.lang == "en", every=chosen.every)
    pairs = [] if chosen.gold_only else list(found)
    groups = list(grouped(sentences + [s for s, _ in pairs], chance))
    chance.shuffle(groups)
    save("parse_train", chosen.lang, (doc_of(vocab, group) for group in groups))
    save("parse_dev", chosen.lang, (doc_of(vocab, [s]) for s in dev(chosen.lang)))


if __name__ == "__main__":
    main()
