"""The lemma tables of the shipped pipelines, per part of speech and form.

Treebanks come first; forms of the raw text that the first pipeline tagged come from HanTa and simplemma, so that a
pipeline loaded with plain spaCy, without Eventwire, lemmatises the words of the news as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

import conllu
import places
from conllu import Sentence
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from processors.coder.language.lemmas import lemma_of

# Where two disagree, the first is followed.
TREEBANKS = {"de": ["de_gsd-ud-dev", "de_pud-ud-test"], "en": ["en_ewt-ud-train"]}
CONTENT = {"NOUN", "VERB", "ADJ", "ADV", "PROPN", "AUX"}
# A treebank that does not agree with itself is not followed; the rules decide.
MIN_SHARE = 0.6


def gold_table(sentences: Iterable[Sentence]) -> dict[str, dict[str, str]]:
    """pos (lower case) -> form (lower case) -> lemma, where the treebanks are of one mind."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for form, pos, lemma in zip(sentence.words, sentence.pos, sentence.lemmas, strict=True):
            if lemma != "_" and pos not in {"PUNCT", "X", "SYM", "NUM"}:
                seen[pos.lower(), form.lower()][_cased(lemma, form, pos)] += 1
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for (pos, form), lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        changed = (lemma if pos == "adj" else lemma.lower()) != form
        if count >= MIN_SHARE * lemmas.total() and (pos not in {"propn", "adj"} or changed):
            table[pos][form] = lemma
    return table


def _cased(lemma: str, form: str, pos: str) -> str:
    # A capital at the sentence's start, or of "National" in a name, is none of the lemma's.
    return lemma if pos in {"NOUN", "PROPN", "ADJ"} or lemma.isupper() else lemma.lower()


def full_table(lang: str) -> dict[str, dict[str, list[str]]]:
    """The table in the form of spaCy's `lemma_exc`."""
    table: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for name in TREEBANKS[lang]:
        gold = gold_table(conllu.read(places.treebanks() / f"{name}.conllu.gz", merge=lang == "de"))
        for pos, forms in gold.items():
            for form, lemma in forms.items():
                table[pos].setdefault(form, [lemma])
    names: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    for doc in DocBin().from_disk(places.WORK / lang / "train.spacy").get_docs(Vocab()):
        for token in doc:
            pos, form = token.pos_, token.lower_
            names[token.text] += pos == "PROPN"
            nouns[token.text] += pos == "NOUN"
            if pos in CONTENT and form not in table.setdefault(pos.lower(), {}) and token.text.isalpha():
                lemma = lemma_of(token.text, pos, token.morph.to_dict(), lang, {})
                if pos != "PROPN" or lemma != token.text:
                    table[pos.lower()][form] = [lemma]
    if lang == "de":
        table["propn"] = {**genitives(names), **common(nouns, names, table["noun"]), **table.get("propn", {})}
    return table


def common(nouns: Counter[str], names: Counter[str], table: dict[str, list[str]]) -> dict[str, list[str]]:
    """Common nouns that are now and then tagged as names, with their lemmas as nouns."""
    usual = (noun for noun, count in nouns.items() if count >= max(3, 3 * names[noun]))
    return {noun.lower(): table[noun.lower()] for noun in usual if noun.lower() in table}


def genitives(names: Counter[str]) -> dict[str, list[str]]:
    """Names with the genitive's s whose bare form is the more usual one: Trumps -> Trump, but Paris stays."""
    return {
        name.lower(): [name[:-1]]
        for name, count in names.items()
        if name.endswith("s") and len(name) > 4 and names[name[:-1]] > max(2, count)
    }
