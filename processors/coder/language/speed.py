"""The shipped pipelines' slow parts done faster, with the same results but for rounding.

- The embedding of a word does not depend on its neighbours, so it is computed once a word and kept (floret vectors and
  the widest matrix of the encoder are half of its work).
- spaCy's parser takes Python's global lock anew for every small sum of its inner loop, as spaCy 3.8 is compiled; the
  same steps driven from Python hold it once, and larger batches make up for the calls.
- The products of matrices of encoder, parser and name finder are onnxruntime's (graphs.py).
"""

from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc
from thinc.api import Model

from processors.coder.language.graphs import Encoder, Scorer

PARSER, NER = "eventwire_parser", "eventwire_ner"
# Words whose embedding an encoder keeps; when there are more, it starts anew. Some 128 numbers of four bytes each.
KEPT_WORDS = 30_000
# So many batches of the pipeline are parsed together, as each step costs a call whatever the number of documents.
AT_ONCE = 16
_MIX = np.uint64(0x9E3779B97F4A7C15)


class _States(ParserStepModel):  # type: ignore[misc]
    """spaCy's own, for the tokens that a state looks at; the scores come from `scorer`."""

    def __init__(self, scorer: Scorer) -> None:
        self.state2vec = SimpleNamespace(nF=scorer.places)


def _stepwise(parser: Any, docs: list[Doc]) -> list[Any]:
    """What `greedy_parse` of spaCy's parser does, step by step for all documents at once."""
    scorer = parser.scores_of
    tables = scorer.tables(parser.model.get_ref("tok2vec").layers[0].predict(docs))
    looking = _States(scorer)
    states = parser.moves.init_batch(docs)
    unfinished = [state for state in states if not state.is_final()]
    while unfinished:
        unfinished = parser.transition_states(unfinished, scorer(tables, looking.get_token_ids(unfinished)))
    return list(states)


class QuickParser(DependencyParser):  # type: ignore[misc]
    """spaCy's parser, its loop driven from here."""

    scores_of: Scorer

    def greedy_parse(self, docs: list[Doc], drop: float = 0.0) -> list[Any]:
        """The final states of `docs`."""
        return _stepwise(self, docs)

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """As spaCy's, with AT_ONCE batches together."""
        yield from super().pipe(docs, batch_size=batch_size * AT_ONCE)


class QuickNames(EntityRecognizer):  # type: ignore[misc]
    """spaCy's name finder, its loop driven from here."""

    scores_of: Scorer

    def greedy_parse(self, docs: list[Doc], drop: float = 0.0) -> list[Any]:
        """The final states of `docs`."""
        return _stepwise(self, docs)

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """As spaCy's, with AT_ONCE batches together."""
        yield from super().pipe(docs, batch_size=batch_size * AT_ONCE)


@Language.factory(PARSER)
def create_parser(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: list[Any] | None = None,
    update_with_oracle_cut_size: int = 100,
    learn_tokens: bool = False,
    min_action_freq: int = 30,
    scorer: Callable[..., Any] | None = None,
) -> QuickParser:
    """The parser with the settings of spaCy's factory."""
    return QuickParser(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        learn_tokens=learn_tokens,
        min_action_freq=min_action_freq,
        scorer=scorer,
    )


@Language.factory(NER)
def create_names(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: list[Any] | None = None,
    update_with_oracle_cut_size: int = 100,
    incorrect_spans_key: str | None = None,
    scorer: Callable[..., Any] | None = None,
) -> QuickNames:
    """The name finder with the settings of spaCy's factory."""
    return QuickNames(
        nlp.vocab,
        model,
        name,
        moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


def quicken(nlp: Language, *, eight: bool = True) -> None:
    """Let a shipped pipeline compute the embedding of each word once, and its matrices by onnxruntime; those of the
    encoders in 32 bits unless `eight`."""
    shared = _quick_encoder(nlp, nlp.get_pipe("tok2vec").model, eight=eight)  # type: ignore[attr-defined]
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, QuickParser | QuickNames):
            source = pipe.model.get_ref("tok2vec").layers[0]  # listens to the shared encoder, or is one of its own
            own = shared if not source.layers else _quick_encoder(nlp, source, eight=eight)
            pipe.scores_of = Scorer(pipe.model, own.spread)


def _quick_encoder(nlp: Language, model: Model[Any, Any], *, eight: bool) -> Encoder:
    embed, encode = model.layers
    encoder = Encoder(embed, encode, eight=eight)

    def forward(_: Model[Any, Any], rows: list[Any], is_train: bool) -> tuple[Any, Callable[..., Any]]:
        return encode(rows, is_train) if is_train else (encoder(rows), lambda gradient: [])

    kept = _Kept(embed, embed.predict([Doc(nlp.vocab, words=["a"])])[0].shape[1])
    model.layers[0] = Model("kept_embedding", kept.forward, layers=[embed])
    model.layers[1] = Model("quick_encoder", forward, layers=[encode])
    return encoder


class _Kept:
    """Embeddings by word; a word's norm belongs to its key, as tokenizer exceptions set it ("n't": not)."""

    def __init__(self, embed: Model[Any, Any], width: int) -> None:
        self.embed = embed
        self.rows: dict[int, int] = {}
        self.table = np.zeros((KEPT_WORDS, width), dtype="f")

    def forward(self, model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Any, Callable[..., Any]]:
        if is_train:
            found: tuple[Any, Callable[..., Any]] = self.embed(docs, is_train)
            return found
        attributes: list[Any] = [doc.to_array(["ORTH", "NORM"]) for doc in docs]
        keys = [(columns[:, 0] ^ (columns[:, 1] * _MIX)).tolist() for columns in attributes]
        self._learn(docs, keys)
        rows = self.rows
        return [self.table[[rows[key] for key in one]] for one in keys], lambda gradient: []

    def _learn(self, docs: list[Doc], keys: list[list[int]]) -> None:
        new = self._unknown(docs, keys)
        if len(self.rows) + len(new) > KEPT_WORDS:
            self.rows.clear()
            new = self._unknown(docs, keys)
            if len(new) > KEPT_WORDS:
                self.table = np.zeros((len(new), self.table.shape[1]), dtype="f")
        if not new:
            return
        doc = Doc(docs[0].vocab, words=[text for text, _ in new.values()])
        for token, (_, norm) in zip(doc, new.values(), strict=True):
            if token.norm_ != norm:
                token.norm_ = norm
        start = len(self.rows)
        self.table[start : start + len(new)] = self.embed.predict([doc])[0]
        self.rows.update({key: start + place for place, key in enumerate(new)})

    def _unknown(self, docs: list[Doc], keys: list[list[int]]) -> dict[int, tuple[str, str]]:
        found = {}
        for doc, one in zip(docs, keys, strict=True):
            for place, key in enumerate(one):
                if key not in self.rows and key not in found:
                    found[key] = (doc[place].text, doc[place].norm_)
        return found
