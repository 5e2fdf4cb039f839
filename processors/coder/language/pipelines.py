"""One spaCy pipeline a language: the one that the settings name, else the shipped one."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from processors.errors import CoderError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = Path(__file__).resolve().parents[3] / "models"
BATCH = 64
# Words before a headline's colon.
MAX_LABEL = 6
# Components that only repeat what a later one does, or that nothing here reads.
_UNREAD = ("senter",)


def shipped_languages() -> tuple[str, ...]:
    """The languages whose pipeline lies in `models/`."""
    return tuple(
        sorted(
            path.name.removesuffix("_eventwire")
            for path in MODELS.glob("??_eventwire")
            if (path / "config.cfg").exists()
        )
    )


def load_language(lang: str, model: str | None = None) -> "Language":
    """The pipeline of `lang`, loaded once a process: `model` (a package's name or a folder), else the shipped one.

    Labels come out as UD without subtypes (but `compound:prt`), lemmas with separable particles joined.
    Raises CoderError where there is no such pipeline or it cannot be loaded.
    """
    return _loaded(lang, model)


# Apart, as calls with and without a default argument are kept apart, and would load a pipeline twice.
@lru_cache(maxsize=8)
def _loaded(lang: str, model: str | None) -> "Language":
    import spacy

    source = model or _shipped(lang)
    _use_fast_matrices()
    try:
        nlp = spacy.load(source) if model else _quick(_shipped(lang))
    except (OSError, ImportError, ValueError) as error:
        raise CoderError(f"the pipeline {source!s} for language {lang!r} cannot be loaded: {error}") from error
    if nlp.lang != lang:
        raise CoderError(f"the pipeline {source!s} is for language {nlp.lang!r}, not {lang!r}")
    return _completed(nlp, own=model is None)


def _quick(folder: Path) -> "Language":
    """A shipped pipeline with the faster parts."""
    import spacy

    from processors.coder.language import speed  # its import registers the components

    parts = {"parser": speed.PARSER, "ner": speed.NER}
    shipped = spacy.util.load_config(folder / "config.cfg")["components"]
    nlp = spacy.load(
        folder, config={f"components.{name}.factory": quick for name, quick in parts.items() if name in shipped}
    )
    speed.quicken(nlp)
    return nlp


def _use_fast_matrices() -> None:
    """Products of matrices by numpy's BLAS on one thread: half as fast again as thinc's own where AVX-512 is there.

    More threads than one are slower for products this small, and the stages divide their work by processes.
    """
    from thinc.api import NumpyOps, get_current_ops, set_current_ops
    from threadpoolctl import threadpool_limits

    ops: Any = get_current_ops()  # NumpyOps is compiled and has no types
    if type(ops) is NumpyOps and ops.use_blis:
        threadpool_limits(1, user_api="blas")
        set_current_ops(NumpyOps(use_blis=False))


def _shipped(lang: str) -> Path:
    folder = MODELS / f"{lang}_eventwire"
    if not (folder / "config.cfg").exists():
        raise CoderError(
            f"there is no pipeline for language {lang!r}: name one under coder.pipelines in eventwire.yaml "
            f"(shipped: {', '.join(shipped_languages()) or 'none'}); until then its articles are stored uncoded"
        )
    return folder


def _completed(nlp: "Language", *, own: bool) -> "Language":
    from processors.coder.language import lemmas, schemes  # their import registers the components

    if "parser" not in nlp.pipe_names:
        raise CoderError(
            f"the pipeline {nlp.meta.get('name')!r} for {nlp.lang!r} has no parser, so nothing can be coded with it"
        )
    scheme = schemes.scheme_of(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    if scheme != "ud":
        nlp.add_pipe("eventwire_ud", config={"scheme": scheme}, last=True)
    nlp.add_pipe("eventwire_labels", last=True)
    nlp.add_pipe("eventwire_lemmas", config={"own_lemmas": own or "lemmatizer" not in nlp.pipe_names}, last=True)
    for name in ("lemmatizer", *_UNREAD) if own else _UNREAD:
        if name in nlp.pipe_names:
            nlp.disable_pipe(name)
    assert lemmas.PARTICLE  # the module is needed for its factory
    return nlp


def parse(sentences: Sequence[str], lang: str, model: str | None = None, skip: Sequence[str] = ()) -> "Iterator[Doc]":
    """One document per sentence, in order: words, lemmas, UPOS, morphology, UD relations, names.

    Each text is taken for one sentence: the document has one root. Passive participles bear `Voice=Pass`. What stands
    before a headline's colon is parsed apart and hangs on the rest as `parataxis`, so that "Trump: Putin will reden"
    has the subject Putin. `skip` names components to leave out ("ner", where nobody asks for names).
    """
    nlp = load_language(lang, model)
    yield from nlp.pipe((_one_sentence(nlp, text) for text in sentences), batch_size=BATCH, disable=list(skip))


def _one_sentence(nlp: "Language", text: str) -> "Doc":
    doc = nlp.make_doc(text)
    if not len(doc):
        return doc
    starts = np.full((len(doc), 1), -1, dtype="int64")
    starts[[0, _after_label(doc)] if ":" in text else 0] = 1
    return doc.from_array(["SENT_START"], starts.astype("uint64"))  # type: ignore[arg-type]


def _after_label(doc: "Doc") -> int:
    """The index of the token after a short label and its colon ("Kreml: ..."), 0 where there is none."""
    for token in doc[1 : MAX_LABEL + 1]:
        if token.text == ":" and token.i + 2 < len(doc) and token.whitespace_:
            return token.i + 1
    return 0
