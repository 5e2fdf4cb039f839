"""One shipped pipeline out of its trained parts: `assemble.py de|en --parse RUN [--names RUN ...] [--apart RUN]`.

What comes out is plain spaCy: it loads with `spacy.load(path)` and needs none of Eventwire's code.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import capitals
import lemma_tables
import numpy as np
import places
import spacy
from spacy.language import Language
from spacy.lookups import Lookups

from processors.coder.language.lemmas import CAPITALS

VERSION = "0.1.0"
LICENCE = "CC BY-SA 4.0"


def with_lemmas(nlp: Language, apart: str) -> None:
    """Add spaCy's table lemmatizer with the treebanks' and the news texts' forms, in English the weights for capitals.

    `apart` is a run without the dev portion, which the latter are fitted on.
    """
    lookups = Lookups()
    if nlp.lang == "en":
        lookups.add_table(CAPITALS, capitals.tables(str(places.WORK / nlp.lang / apart / "model-last")))
    lookups.add_table("lemma_exc", lemma_tables.full_table(nlp.lang))
    # The factory asks for both; without entries a form that the first table lacks stays as it is.
    lookups.add_table("lemma_rules", {})
    lookups.add_table("lemma_index", {})
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"}, after="parser")
    lemmatizer.initialize(lookups=lookups)  # type: ignore[attr-defined]


def mean_of(pipelines: Sequence[Language]) -> Language:
    """The first pipeline, its name finder's weights the means over all: those of runs that go on from one another."""
    models = [nlp.get_pipe("ner").model for nlp in pipelines]  # type: ignore[attr-defined]
    for nodes in zip(*(model.walk() for model in models), strict=True):
        for name in nodes[0].param_names:
            if nodes[0].has_param(name):
                nodes[0].set_param(name, sum(node.get_param(name) for node in nodes) / len(nodes))
    return pipelines[0]


def with_names(nlp: Language, names: Language) -> None:
    """Take the name finder of `names` over, and its vectors, of which the first columns are those of `nlp`."""
    vectors = names.vocab.vectors
    vectors.strings = nlp.vocab.strings
    for node in nlp.get_pipe("tok2vec").model.walk():  # type: ignore[attr-defined]
        if node.name == "static_vectors":
            matrix = node.get_param("W")
            more = np.zeros((len(matrix), vectors.shape[1] - matrix.shape[1]), np.float32)
            node._dims["nM"] = vectors.shape[1]
            node.set_param("W", np.hstack([matrix, more]))
    nlp.vocab.vectors = vectors
    if "ner" in nlp.pipe_names:
        nlp.remove_pipe("ner")
    nlp.add_pipe("ner", source=names)


def without_words(nlp: Language, folder: Path) -> None:
    """Leave the words of the texts trained on out of a stored pipeline: megabytes that nobody needs."""
    labels = {label for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}
    text = json.dumps(sorted(labels), ensure_ascii=False)
    (folder / "vocab" / "strings.json").write_text(text, encoding="utf-8")


def assembled(lang: str, run: str, names: Sequence[str], apart: str) -> Language:
    """The whole pipeline."""
    nlp = spacy.load(places.WORK / lang / run / "model-last")
    with_lemmas(nlp, apart)
    if names:
        with_names(nlp, mean_of([spacy.load(places.WORK / lang / each / "model-last") for each in names]))
    # Where the training data lay is nobody's business and leads nowhere elsewhere.
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(
        name="eventwire",
        version=VERSION,
        license=LICENCE,
        author="Eventwire",
        description="Tokens, sentences, UPOS, morphology, UD relations, lemmas and names for news text",
    )
    return nlp


def main() -> None:
    """Write the pipeline beside its place and put it there in one step."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("lang")
    arguments.add_argument("--parse", required=True)
    arguments.add_argument("--names", nargs="*", default=[], help="runs that give the name finder and its vectors")
    arguments.add_argument("--apart", default="apart", help="English: a run that the dev portion was kept out of")
    arguments.add_argument("--to", type=Path)
    chosen = arguments.parse_args()
    target = chosen.to or places.MODELS / f"{chosen.lang}_eventwire"
    beside = target.with_name(target.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    nlp = assembled(chosen.lang, chosen.parse, chosen.names, chosen.apart)
    nlp.to_disk(beside)
    without_words(nlp, beside)
    for kept in ("README.md", "LICENSE"):
        if (target / kept).exists():
            shutil.copy(target / kept, beside / kept)
    old = target.with_name(target.name + ".old")
    if target.exists():
        target.rename(old)
    beside.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    size = sum(f.stat().st_size for f in target.rglob("*") if f.is_file())
    print(f"{target}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
