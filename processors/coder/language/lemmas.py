"""The component that gives every token its lemma and every passive its Voice, over any UD pipeline.

The shipped pipelines load with plain spaCy and bring lemmas from a table. Loaded here, words outside the table go
through HanTa and simplemma, and a separable verb is joined with its particle: "rief ... an" has the lemma `anrufen`.
"""

from collections.abc import Mapping

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from processors.coder.language.capitals import CONTENT, Capitals, has_capital, known, seen_features, style_of
from processors.coder.language.english import english_lemma
from processors.coder.language.german import german_lemma

PARTICLE = "compound:prt"
# The table of the lemmatizer with the weights for capitals.
CAPITALS = "lemma_capitals"
_PASSIVE_AUXILIARIES = {"de": {"werden"}, "en": {"be", "get"}}
# spaCy's tables hash their outer keys, so that they can be asked for and not listed.
_POS = ("adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "part", "pron", "propn", "sconj", "verb")
_DEGREES_OF_WELL = {"better", "best"}
_DEMONYM_ENDS = ("ian", "ean", "ish", "ese", "eli", "aqi", "anese")
Table = Mapping[str, Mapping[str, str]]


def lemma_of(form: str, pos: str, morph: Mapping[str, str], lang: str, table: Table) -> str:
    """The lemma of one form: the table's, else by rule; a language without rules keeps the form."""
    found = table.get(pos.lower(), {}).get(form.lower())
    if found is not None:
        return found
    if lang == "de":
        return german_lemma(form, pos, morph.get("Case") == "Gen")
    if lang == "en":
        return english_lemma(
            form, pos, morph.get("Number") == "Plur", morph.get("VerbForm") == "Inf", morph.get("Degree", "Pos")
        )
    return form


@Language.factory("eventwire_lemmas", default_config={"own_lemmas": True})
def create_lemmas(nlp: Language, name: str, own_lemmas: bool) -> "Lemmas":
    """The component for a pipeline; without `own_lemmas` the pipeline's lemmas stay, and only verbs are joined."""
    table: Table = {}
    capitals = None
    if own_lemmas and "lemmatizer" in nlp.component_names:
        lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        stored = lookups.get_table("lemma_exc", {})
        table = {pos: {form: lemmas[0] for form, lemmas in stored.get(pos, {}).items()} for pos in _POS}
        weights = lookups.get_table(CAPITALS, {})
        if weights:
            capitals = Capitals(weights["words"], weights["seen"], weights["ratios"])
    return Lemmas(str(nlp.lang), table, own_lemmas, capitals)


class Lemmas:
    """Sets lemmas from a cache per form, joins separable verbs, marks passives."""

    def __init__(self, lang: str, table: Table, own_lemmas: bool, capitals: Capitals | None = None) -> None:
        self.lang, self.table, self.own_lemmas, self.capitals = lang, table, own_lemmas, capitals
        self._cache: dict[tuple[int, int, int], int] = {}
        if not Token.has_extension("particle"):
            Token.set_extension("particle", default="")

    def __call__(self, doc: Doc) -> Doc:
        columns = doc.to_array(["ORTH", "POS", "MORPH", "DEP"]).tolist()
        if self.own_lemmas:
            self._set_lemmas(doc, columns)
        strings = doc.vocab.strings
        for i, (_, _, _, label) in enumerate(columns):
            name = strings[label] if label else ""
            if name == PARTICLE and self.lang == "de":
                self._join(doc[i])
            elif name == "aux":
                self._mark_passive(doc[i])
        return doc

    def _set_lemmas(self, doc: Doc, columns: list[list[int]]) -> None:
        # Over arrays: a token's object costs more than all that is done with it here.
        cache, strings, lemmas = self._cache, doc.vocab.strings, []
        for i, (orth, pos, morph, _) in enumerate(columns):
            lemma = cache.get((orth, pos, morph))
            if lemma is None:
                token = doc[i]
                lemma = strings.add(lemma_of(token.text, token.pos_, token.morph.to_dict(), self.lang, self.table))
                cache[orth, pos, morph] = lemma
            lemmas.append(lemma)
        doc.from_array(["LEMMA"], np.array(lemmas, dtype="uint64").reshape(-1, 1))  # type: ignore[arg-type]
        if self.capitals:
            self._choose_capitals(doc, columns, self.capitals)
        elif self.lang == "en":
            self._lower_adjectives(doc)

    def _choose_capitals(self, doc: Doc, columns: list[list[int]], capitals: Capitals) -> None:
        strings = doc.vocab.strings
        words = [strings[orth] for orth, _, _, _ in columns]
        tags = ["", *(strings[pos] if pos else "" for _, pos, _, _ in columns), ""]
        style = style_of(words)
        for i, word in enumerate(words):
            pos = tags[i + 1]
            if pos == "ADJ" and word.lower() in _DEGREES_OF_WELL and doc[i].dep_ == "advmod":
                doc[i].lemma_ = "well"
            elif pos in CONTENT and has_capital(word):
                token = doc[i]
                seen = seen_features(pos, tags[i], tags[i + 2], token.dep_, token.head.pos_)
                self._set_capital(token, capitals.decide(words, i, style, seen))

    def _set_capital(self, token: Token, capital: bool) -> None:
        lemma, pos = token.lemma_, token.pos_
        if capital == has_capital(lemma):
            return
        if capital:
            named = lemma_of(token.text, "PROPN", token.morph.to_dict(), self.lang, {}) if pos == "NOUN" else lemma
            token.lemma_ = named[:1].upper() + named[1:]
        else:
            as_noun = pos == "PROPN"
            common = lemma_of(token.text, "NOUN", token.morph.to_dict(), self.lang, self.table) if as_noun else lemma
            token.lemma_ = common.lower()

    def _lower_adjectives(self, doc: Doc) -> None:
        # A capital belongs to "American" and to "New" in "New York", not to "Several" at the start of a sentence.
        adjectives = self.table.get("adj", {})
        for token in doc:
            if token.pos_ != "ADJ" or not token.lemma_[:1].isupper() or token.lower_ in adjectives:
                continue
            of_name = token.i + 1 < len(doc) and token.nbor().pos_ == "PROPN" and not token.is_sent_start
            if not of_name and not token.lower_.endswith(_DEMONYM_ENDS) and known(token.lower_):
                token.lemma_ = token.lemma_.lower()

    def _join(self, particle: Token) -> None:
        verb = particle.head
        form = particle.lower_
        if verb.pos_ in {"VERB", "AUX"} and not verb.lemma_.startswith(form):
            verb.lemma_ = form + verb.lemma_
            verb._.particle = form

    def _mark_passive(self, auxiliary: Token) -> None:
        if auxiliary.lemma_ not in _PASSIVE_AUXILIARIES.get(self.lang, ()):
            return
        verb = auxiliary.head
        features = verb.morph.to_dict()
        participle = features.get("VerbForm", "Part") == "Part"
        if self.lang == "de":
            # "wird anrufen" is a future; a form other than the infinitive under "werden" is a participle.
            passive = verb.pos_ == "VERB" and (verb.lower_ != verb.lemma_ or participle)
        else:
            passive = participle and features.get("Tense", "Past") == "Past"
        if passive:
            verb.set_morph({**features, "VerbForm": "Part", "Voice": "Pass"})  # type: ignore[attr-defined]
