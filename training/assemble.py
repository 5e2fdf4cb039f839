"""One shipped pipeline out of its trained parts: `assemble.py de|en --parse RUN [--apart RUN] [--to FOLDER]`.

What comes out is plain spaCy: it loads with `spacy.load(path)` and needs none of Eventwire's code.
"""

import argparse
import shutil
from pathlib import Path

import capitals
import lemma_tables
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


def assembled(lang: str, run: str, apart: str) -> Language:
    """The whole pipeline."""
    nlp = spacy.load(places.WORK / lang / run / "model-last")
    with_lemmas(nlp, apart)
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
    arguments.add_argument("--apart", default="apart", help="English: a run that the dev portion was kept out of")
    arguments.add_argument("--to", type=Path)
    chosen = arguments.parse_args()
    target = chosen.to or places.MODELS / f"{chosen.lang}_eventwire"
    beside = target.with_name(target.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    assembled(chosen.lang, chosen.parse, chosen.apart).to_disk(beside)
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
