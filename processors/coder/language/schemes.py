"""Label schemes of the official pipelines turned into Universal Dependencies: TIGER (German) and ClearNLP (English).

Both schemes put function words on top (prepositions, auxiliaries, the copula), UD puts content words there: so trees
are turned, not only labels renamed. Relations come without subtypes, except `compound:prt`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"}
# What a turned preposition's noun becomes is known only when all heads stand.
_PENDING = "?prep"

_TIGER = {
    "ROOT": "ROOT",
    "sb": "nsubj",
    "sbp": "obl",
    "oa": "obj",
    "oa2": "obj",
    "da": "iobj",
    "og": "obj",
    "oc": "ccomp",
    "op": "obl",
    "pd": "xcomp",
    "ng": "advmod",
    "cp": "mark",
    "svp": "compound:prt",
    "ag": "nmod",
    "pg": "nmod",
    "mnr": "nmod",
    "pnc": "flat",
    "nmc": "compound",
    "app": "appos",
    "rc": "acl",
    "par": "parataxis",
    "ju": "cc",
    "cd": "cc",
    "cj": "conj",
    "cm": "case",
    "ac": "case",
    "re": "acl",
    "rs": "parataxis",
    "vo": "vocative",
    "ep": "expl",
    "ph": "expl",
    "sp": "nsubj",
    "dm": "discourse",
    "uc": "dep",
    "avc": "advmod",
    "adc": "amod",
    "cvc": "obl",
    "cc": "obl",
    "punct": "punct",
    "dep": "dep",
    "dh": "dep",
    "sbp ": "obl",
}
_CLEARNLP = {
    "ROOT": "ROOT",
    "nsubj": "nsubj",
    "nsubjpass": "nsubj",
    "csubj": "csubj",
    "csubjpass": "csubj",
    "dobj": "obj",
    "dative": "iobj",
    "pobj": "obl",
    "agent": "obl",
    "attr": "xcomp",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "aux": "aux",
    "auxpass": "aux",
    "neg": "advmod",
    "prt": "compound:prt",
    "poss": "nmod",
    "relcl": "acl",
    "acl": "acl",
    "npadvmod": "obl",
    "quantmod": "advmod",
    "predet": "det",
    "preconj": "cc",
    "intj": "discourse",
    "meta": "dep",
    "pcomp": "advcl",
    "prep": "case",
    "nmod": "nmod",
    "nn": "compound",
}


@dataclass(slots=True)
class Tree:
    """Heads (indices, a root points at itself), relations and UPOS of one document."""

    heads: list[int]
    deps: list[str]
    pos: list[str]

    def children(self, head: int, labels: Iterable[str]) -> list[int]:
        wanted = set(labels)
        return [i for i, h in enumerate(self.heads) if h == head and i != head and self.deps[i] in wanted]

    def swap(self, upper: int, lower: int, label: str) -> None:
        """Put `lower` in the place of its head `upper`, which becomes its dependent `label`, children included."""
        above = self.heads[upper]
        for child, head in enumerate(self.heads):
            if head == upper and child != upper:
                self.heads[child] = lower
        self.heads[lower] = lower if above == upper else above
        self.deps[lower] = self.deps[upper]
        self.heads[upper], self.deps[upper] = lower, label


def scheme_of(labels: Iterable[str]) -> str:
    """`tiger`, `clearnlp` or `ud`, by the labels of a parser."""
    found = set(labels)
    if {"sb", "oa"} & found:
        return "tiger"
    return "clearnlp" if {"dobj", "nsubjpass"} & found else "ud"


def to_ud(tree: Tree, scheme: str) -> Tree:
    """`tree` in UD; it is changed in place and returned."""
    if scheme == "tiger":
        _turn_coordination(tree)
        _turn_prepositions(tree, {"nk", "nmc"}, skip={"svp", "cc", "cm"})
        _turn_verbs(tree, {"oc"}, "aux", {"VERB", "AUX"})
        _turn_verbs(tree, {"pd"}, "cop", None)
    elif scheme == "clearnlp":
        _move_coordinators(tree)
        _turn_prepositions(tree, {"pobj"}, skip={"prt"})
        _turn_clausal_prepositions(tree)
        _turn_verbs(tree, {"attr", "acomp"}, "cop", None)
    tree.deps = [_label(tree, i, scheme) for i in range(len(tree.deps))]
    return tree


def _turn_prepositions(tree: Tree, inner: set[str], skip: set[str]) -> None:
    for place in range(len(tree.heads)):
        if tree.pos[place] != "ADP" or tree.deps[place] in skip:
            continue
        nouns = tree.children(place, inner)
        if nouns:
            role = tree.deps[place]
            tree.swap(place, nouns[0], "case")
            tree.deps[nouns[0]] = role if role in {"ROOT", "conj", "cj"} else _PENDING


def _turn_clausal_prepositions(tree: Tree) -> None:
    for place in range(len(tree.heads)):
        clauses = tree.children(place, {"pcomp"})
        if clauses and tree.deps[place] in {"prep", "agent", "dative"}:
            tree.swap(place, clauses[0], "mark")
            tree.deps[clauses[0]] = "acl" if tree.pos[tree.heads[clauses[0]]] in _NOMINAL else "pcomp"


def _turn_verbs(tree: Tree, inner: set[str], label: str, kinds: set[str] | None) -> None:
    # From the inside out: "hat getroffen werden können" is three turns.
    for place in reversed(range(len(tree.heads))):
        if tree.pos[place] != "AUX":
            continue
        below = [i for i in tree.children(place, inner) if kinds is None or tree.pos[i] in kinds]
        below = [i for i in below if not tree.children(i, {"cp", "mark"})]
        if below:
            tree.swap(place, below[0], label)


def _turn_coordination(tree: Tree) -> None:
    for place in range(len(tree.heads)):
        if tree.deps[place] == "cd":
            for conjunct in tree.children(place, {"cj"}):
                tree.heads[conjunct] = tree.heads[place]
                tree.heads[place] = conjunct


def _move_coordinators(tree: Tree) -> None:
    for place, label in enumerate(tree.deps):
        if label == "cc":
            after = [i for i in tree.children(tree.heads[place], {"conj"}) if i > place]
            tree.heads[place] = after[0] if after else tree.heads[place]


def _label(tree: Tree, place: int, scheme: str) -> str:
    label, head = tree.deps[place], tree.heads[place]
    if head == place:
        return "ROOT"
    if label == _PENDING:
        return "nmod" if tree.pos[head] in _NOMINAL else "obl"
    if scheme == "clearnlp":
        return _CLEARNLP.get(label, label)
    if label in {"nk", "mo"}:
        return _modifier(tree.pos[place], tree.pos[head])
    return _TIGER.get(label, label)


def _modifier(pos: str, head: str) -> str:
    """The UD relation of TIGER's `nk` and `mo`, which say no more than "modifies"."""
    if head in _NOMINAL:
        return {
            "DET": "det",
            "ADJ": "amod",
            "NUM": "nummod",
            "ADP": "case",
            "PROPN": "flat",
            "VERB": "acl",
            "ADV": "advmod",
            "PART": "advmod",
            "PRON": "det",
        }.get(pos, "nmod")
    return {"NOUN": "obl", "PROPN": "obl", "PRON": "obl", "VERB": "advcl", "AUX": "advcl", "ADP": "case"}.get(
        pos, "advmod"
    )


@Language.factory("eventwire_ud", default_config={"scheme": "ud"})
def create_ud(nlp: Language, name: str, scheme: str) -> "SchemeMapper":
    """The pipeline component that maps `scheme` to UD."""
    return SchemeMapper(scheme)


class SchemeMapper:
    """Rewrites heads and relations of a document in UD."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        return with_tree(doc, to_ud(tree_of(doc), self.scheme))


def tree_of(doc: Doc) -> Tree:
    """The tree of a document."""
    return Tree([t.head.i for t in doc], [t.dep_ for t in doc], [t.pos_ for t in doc])


def with_tree(doc: Doc, tree: Tree) -> Doc:
    """`doc` with the heads and relations of `tree`; its sentences follow from them."""
    heads = np.array([h - i for i, h in enumerate(tree.heads)], dtype="int64").astype("uint64")
    deps = np.array([doc.vocab.strings.add(d) for d in tree.deps], dtype="uint64")
    return doc.from_array(["HEAD", "DEP"], np.stack([heads, deps], axis=1))  # type: ignore[arg-type]


@Language.component("eventwire_labels")
def join_label(doc: Doc) -> Doc:
    """One sentence out of a headline's label and what follows its colon, where these were parsed apart.

    The label hangs on the clause ("Kreml: Putin kommt"); a verb before the colon keeps the clause below it.
    """
    roots = np.flatnonzero(doc.to_array(["HEAD"]) == 0).tolist()
    if len(roots) != 2 or ":" not in {t.text for t in doc[: roots[1]]} or doc[roots[1]].sent.start == 0:
        return doc
    tree = tree_of(doc)
    colon = doc[roots[1]].sent.start - 1
    if doc[colon].text != ":":
        return doc
    label, clause = roots
    upper, lower = (label, clause) if tree.pos[label] in {"VERB", "AUX"} else (clause, label)
    tree.heads[lower], tree.deps[lower] = upper, "parataxis"
    return with_tree(doc, tree)
