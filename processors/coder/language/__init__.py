"""What the coder knows of a language: sentences, pipelines, lemmas, compounds.

    spans = split_sentences(text, "de")           # cheap, over everything
    docs = parse([text[a:b] for a, b in spans], "de")   # dear, only where something may be coded

Every document has UD relations without subtypes (`nsubj`, `obj`, `obl`, `nmod`, `conj`, `flat`, ...; only
`compound:prt` keeps its own), UPOS, morphology, lemmas and names (PER, LOC, ORG, MISC), whatever pipeline made it.
A passive's participle bears `Voice=Pass`; its `nsubj` is then what the act is done to. The lemma of a separable verb
is joined (`anrufen` for "rief ... an"), and `token._.particle` holds the particle.
"""

from processors.coder.language.german import compound_parts
from processors.coder.language.pipelines import load_language, parse, shipped_languages
from processors.coder.language.sentences import split_sentences
from processors.coder.language.shouting import unshouted

__all__ = ["compound_parts", "load_language", "parse", "shipped_languages", "split_sentences", "unshouted"]
