"""Figures of the shipped language pipelines: `python -m benchmarks.pipelines de|en [--part PART]`.

The data lie outside the project: EVENTWIRE_TREEBANKS, EVENTWIRE_NER and EVENTWIRE_TEXTS name their folders, as
training/README.md describes. Parsing is measured on gold tokens and gold sentences, punctuation included, relations
without subtypes; lemmas on the pipeline as the coder loads it, a separable verb's gold lemma joined with its particle.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import conllu  # noqa: E402
import names  # noqa: E402
import places  # noqa: E402

from processors.coder.language import load_language, parse, split_sentences  # noqa: E402

TREEBANKS = {"de": ["de_gsd-ud-test", "de_pud-ud-test"], "en": ["en_ewt-ud-test", "en_pud-ud-test"]}
CONTENT = {"NOUN", "VERB", "ADJ", "ADV", "PROPN"}
NAME_KINDS = {"PER", "LOC", "ORG"}
SPEED_WORDS = 60_000


def documents(nlp: Any, sentences: Iterable[conllu.Sentence]) -> Iterator[Any]:
    """The pipeline's documents over gold tokens, each one sentence."""
    from spacy.tokens import Doc

    def gold_tokens() -> Iterator[Doc]:
        for sentence in sentences:
            starts = [i == 0 for i in range(len(sentence.words))]
            yield Doc(nlp.vocab, words=sentence.words, spaces=sentence.spaces, sent_starts=starts)

    yield from nlp.pipe(gold_tokens(), batch_size=256)


def joined_lemmas(sentence: conllu.Sentence, lang: str) -> list[str]:
    """The gold lemmas, a German verb's joined with its separated particle."""
    lemmas = list(sentence.lemmas)
    for i, label in enumerate(sentence.deps):
        head = sentence.heads[i]
        if lang == "de" and label == "compound:prt" and sentence.pos[head] in {"VERB", "AUX"}:
            lemmas[head] = sentence.words[i].lower() + lemmas[head]
    return lemmas


def parse_figures(nlp: Any, treebank: str, *, merge: bool) -> dict[str, float]:
    """UAS, LAS, UPOS and lemma accuracy (content words), in percent."""
    sentences = list(conllu.read(places.treebanks() / f"{treebank}.conllu.gz", merge=merge))
    right: Counter[str] = Counter()
    for sentence, doc in zip(sentences, documents(nlp, sentences), strict=True):
        lemmas = joined_lemmas(sentence, nlp.lang)
        for i, token in enumerate(doc):
            head = token.head.i == sentence.heads[i]
            label = token.dep_.partition(":")[0] == sentence.deps[i].partition(":")[0]
            right.update(words=1, uas=head, las=head and label, upos=token.pos_ == sentence.pos[i])
            if sentence.pos[i] in CONTENT:
                right.update(content=1, lemma=token.lemma_ == lemmas[i])
    figures = {k: 100 * right[k] / right["words"] for k in ("uas", "las", "upos")}
    return {**figures, "lemma": 100 * right["lemma"] / right["content"]}


def spans(labels: list[str]) -> set[tuple[int, int, str]]:
    """The names of BIO labels as (start, end, kind), the measured kinds only."""
    found, start = set(), 0
    for i, label in enumerate([*labels, "O"]):
        before = labels[i - 1] if i else "O"
        if before != "O" and not (label.startswith("I-") and label[2:] == before[2:]):
            found.add((start, i, before[2:]))
        if label.startswith("B-"):
            start = i
    return {span for span in found if span[2] in NAME_KINDS}


def name_figures(nlp: Any, sentences: list[names.Named]) -> dict[str, float]:
    """Precision, recall and F of whole names (PER, LOC, ORG), in percent."""
    from spacy.tokens import Doc

    docs = nlp.pipe((Doc(nlp.vocab, words=s.words) for s in sentences), batch_size=256)
    right = told = there = 0
    for sentence, doc in zip(sentences, docs, strict=True):
        gold = spans(sentence.labels)
        found = {(e.start, e.end, e.label_) for e in doc.ents if e.label_ in NAME_KINDS}
        right, told, there = right + len(gold & found), told + len(found), there + len(gold)
    precision, recall = right / max(told, 1), right / max(there, 1)
    return {"p": 100 * precision, "r": 100 * recall, "f": 200 * precision * recall / max(precision + recall, 1e-9)}


def news(lang: str) -> list[str]:
    """About SPEED_WORDS words of news, divided into sentences."""
    found: list[str] = []
    words = 0
    path = sorted(places.texts().glob(f"{lang}_*.jsonl.gz"))[0]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            found += [text[a:b] for a, b in split_sentences(text, lang)]
            words += len(text.split())
            if words > SPEED_WORDS:
                break
    return found


def speed_figures(lang: str, model: str | None) -> dict[str, float]:
    """Words per second of one core with all components, and of dividing into sentences alone; the best of three runs.

    The core's own time is counted, so that a busy machine does not change the figure.
    """
    sentences = news(lang)
    list(parse(sentences[:200], lang, model))
    best = split = 0.0
    text = "\n".join(sentences)
    for _ in range(3):
        start = time.process_time()
        words = sum(len(doc) for doc in parse(sentences, lang, model))
        best = max(best, words / (time.process_time() - start))
        start = time.process_time()
        split_sentences(text, lang)
        split = max(split, words / (time.process_time() - start))
    return {"words/s": best, "split words/s": split}


def loading_figures(languages: list[str]) -> dict[str, float]:
    """Seconds to load each language and the memory of all (MB), in a process of its own."""
    code = f"""
import json, pathlib, time
import spacy
from processors.coder.language import load_language, parse
out = {{}}
for lang in {languages!r}:
    start = time.perf_counter()
    load_language(lang)
    out[lang + " s"] = time.perf_counter() - start
    list(parse(["Paris ."], lang))
# Not by getrusage: its peak is inherited from the process that started this one.
status = pathlib.Path("/proc/self/status").read_text().splitlines()
out["MB"] = int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024
print(json.dumps(out))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def show(title: str, figures: dict[str, float]) -> None:
    """One line of the table."""
    print(f"{title:34}" + "  ".join(f"{name} {value:,.2f}" for name, value in figures.items()))


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("lang", choices=["de", "en"])
    arguments.add_argument("--model")
    arguments.add_argument("--part", choices=["parse", "names", "speed"], action="append")
    chosen = arguments.parse_args()
    parts = chosen.part or ["parse", "names", "speed"]
    nlp = load_language(chosen.lang, chosen.model)
    if "parse" in parts:
        for treebank in TREEBANKS[chosen.lang]:
            show(treebank, parse_figures(nlp, treebank, merge=chosen.lang == "de"))
        if chosen.lang == "en":
            show("en_ewt-ud-test, contractions whole", parse_figures(nlp, "en_ewt-ud-test", merge=True))
    if "names" in parts and "ner" in nlp.pipe_names:
        if chosen.lang == "de":
            show("GermEval test, last 1,100", name_figures(nlp, names.germeval_test()))
        show("Europarl", name_figures(nlp, names.europarl(chosen.lang)))
    if "speed" in parts:
        show("news text", speed_figures(chosen.lang, chosen.model))
        show("loading", loading_figures(["de", "en"]))
        print(f"peak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
