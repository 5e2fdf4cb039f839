"""Raw news text as whitespace-separated sentences for the teacher: `prepare_silver.py de|en`.

German contractions that UD splits (im, zum) are split for the teacher, which was trained on syntactic words, and are
put together again by `read_silver.py`. Sentences that a test set holds are left out.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import conllu
import names
import places
import spacy

from processors.coder.language.sentences import split_sentences

CONTRACTIONS = {
    "am": "an dem",
    "ans": "an das",
    "aufs": "auf das",
    "beim": "bei dem",
    "durchs": "durch das",
    "fürs": "für das",
    "im": "in dem",
    "ins": "in das",
    "vom": "von dem",
    "zum": "zu dem",
    "zur": "zu der",
    "übers": "über das",
    "ums": "um das",
    "unters": "unter das",
    "vors": "vor das",
    "hinters": "hinter das",
    "überm": "über dem",
    "unterm": "unter dem",
    "vorm": "vor dem",
    "hinterm": "hinter dem",
}
_LETTERS = re.compile(r"[\W_]+")


def texts(lang: str) -> Iterator[str]:
    """Every raw text of a language: the news folder, further files, and the training portions of the NER sets."""
    for path in sorted(places.texts().glob(f"{lang}_*.jsonl.gz")) + places.more_texts():
        if f"{lang}_" in path.name or f"_{lang}." in path.name:
            yield from _json_texts(path)
    if lang == "de":
        for sentence in names.german_training():
            yield " ".join(sentence.words)


def _json_texts(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            for key in ("title", "text"):
                if record.get(key):
                    yield record[key]


def held_out(lang: str) -> set[str]:
    """The letters of every test sentence, to keep the same sentence out of the silver text."""
    files = {"de": ["de_gsd-ud-test", "de_pud-ud-test"], "en": ["en_ewt-ud-test", "en_pud-ud-test"]}[lang]
    found = {
        letters("".join(s.words))
        for f in files
        for s in conllu.read(places.treebanks() / f"{f}.conllu.gz", merge=lang == "de")
    }
    if lang == "de":
        found |= {letters("".join(s.words)) for s in names.germeval_test()}
    return found


def letters(text: str) -> str:
    """`text` reduced to lower-case letters and digits."""
    return _LETTERS.sub("", text).lower()


def prepared(lang: str) -> Iterator[list[str]]:
    """The words of each sentence that `main` wrote."""
    with (places.WORK / "silver" / f"{lang}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["words"]


def main(lang: str) -> None:
    """Write the teacher's input and the tokens it stands for under the working folder."""
    folder = places.WORK / "silver"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer, seen, held, words = spacy.blank(lang).tokenizer, set(), held_out(lang), 0
    with (folder / f"{lang}.txt").open("w") as teacher, (folder / f"{lang}.jsonl").open("w") as tokens:
        for text in texts(lang):
            for start, end in split_sentences(text, lang):
                doc = tokenizer(" ".join(text[start:end].split()))
                key = letters(doc.text)
                if key in seen or key in held or not 3 <= len(doc) <= 60:
                    continue
                seen.add(key)
                forms = [t.text for t in doc if not t.is_space]
                split = [CONTRACTIONS.get(w.lower(), w) if lang == "de" else w for w in forms]
                split = [
                    s if w.islower() or s == w else s[0].upper() + s[1:] for s, w in zip(split, forms, strict=True)
                ]
                teacher.write(" ".join(split) + "\n")
                tokens.write(
                    json.dumps({"words": forms, "spaces": [bool(t.whitespace_) for t in doc if not t.is_space]}) + "\n"
                )
                words += len(forms)
    print(f"{lang}: {len(seen)} sentences, {words} tokens")


if __name__ == "__main__":
    main(sys.argv[1])
