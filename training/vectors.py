"""Floret vectors over the raw text at hand: `vectors.py de|en`. A small table, features for tagging, parsing, names."""

import sys
from pathlib import Path

import conllu
import floret
import places
import read_silver
import spacy
from spacy.training.initialize import convert_vectors

DIMENSIONS, BUCKETS = 64, 30_000


def corpus(lang: str) -> Path:
    """One tokenised sentence a line: the silver text and the raw text of the gold training portion."""
    path = places.WORK / "silver" / f"{lang}.tokens.txt"
    with path.open("w", encoding="utf-8") as out:
        for sentence, _ in read_silver.sentences(lang):
            out.write(" ".join(sentence.words) + "\n")
        if lang == "en":
            for gold in conllu.read(places.treebanks() / "en_ewt-ud-train.conllu.gz", merge=False):
                out.write(" ".join(gold.words) + "\n")
    return path


def main(lang: str) -> None:
    """Train the vectors and store them as a spaCy folder."""
    model = floret.train_unsupervised(
        str(corpus(lang)),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=BUCKETS,
        minn=4,
        maxn=5,
        minCount=3,
        dim=DIMENSIONS,
        epoch=15,
        lr=0.05,
        neg=10,
        thread=1,
    )
    table = places.WORK / lang / "vectors.floret"
    table.parent.mkdir(parents=True, exist_ok=True)
    model.save_floret_vectors(str(table))
    nlp = spacy.blank(lang)
    convert_vectors(nlp, table, truncate=0, prune=-1, name=f"{lang}_floret", mode="floret")
    nlp.to_disk(places.WORK / lang / "vectors")
    print(lang, nlp.vocab.vectors.shape)


if __name__ == "__main__":
    main(sys.argv[1])
