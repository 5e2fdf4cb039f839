"""Where an event was: a place that the text names, and that tells of the trigger and of nothing else beside it."""

from processors.coder.analysis import Candidate, Party, Sentence
from processors.coder.details import VERBAL
from processors.coder.lexicon import Lexicon
from processors.coder.relations import PREPOSITIONS, preposition

_PLACE_KINDS = frozenset({"city", "capital", "state", "seat"})
# What stands between "in" and the name of a place: "in the eastern city of ...", "in der Hauptstadt ...".
_OF = frozenset(
    "city town village province region district state capital stadt hauptstadt provinz region gebiet bezirk ort".split()
)
# "War in Ukraine" names the times, no place.
_WARS = frozenset("war conflict crisis krieg angriffskrieg konflikt krise".split())
_IN = frozenset({"in", "near", "bei", "at"})
# An attack happens in the city that it goes against.
_AGAINST = frozenset({"on", "of", "over", "auf", "über"})
_REACH = 7
_MODIFIERS = frozenset({"compound", "amod"})
_THINGS = frozenset({"NOUN", "PROPN", "AUX", "PRON"})
_QUARTERS = ("north", "south", "east", "west")
# What makes up a name, and a phrase of several.
_NAME = frozenset({"compound", "flat", "appos"})
_PHRASE = _NAME | {"amod", "nummod", "conj"}
_TAKES_PART = frozenset({"nsubj", "nsubj:pass", "obj", "obl"})
# The clauses under a verb that tell of another act than the verb's own.
_OTHER_ACT = frozenset({"ccomp", "xcomp", "acl", "csubj", "parataxis"})
_VERBS = frozenset({"VERB", "AUX"})
# These happen where those are who do or suffer them.
_DEEDS = frozenset("attack coercion mobilization protest leader_meeting ceasefire prisoner_exchange".split())
_FARTHEST = 12


def place_of(candidate: Candidate, lexicon: Lexicon) -> str | None:
    """Where it happened, as the text puts it: a named place behind "in" that tells of the trigger, the nearest one; of
    an attack the city that is hit, where nothing stands behind "in"."""
    sentence, kind = candidate.sentence, candidate.found.rule.type
    openers = [
        (party, _opener(sentence, party, lexicon.language)) for party in sentence.parties if party.kind in _PLACE_KINDS
    ]
    inside = [party for party, opener in openers if opener in _IN and (kind not in VERBAL or party.kind != "seat")]
    against = [party for party, opener in openers if opener in _AGAINST and party.kind in {"city", "capital"}]
    named = inside + against if kind == "attack" else inside
    fitting = [party for party in named if _tells_of(candidate, party.head, lexicon)]
    if kind == "leader_meeting":
        fitting += [
            party for party, _ in openers if party.kind in {"city", "capital"} and _is_visited(candidate, party)
        ]
    if not fitting and kind in _DEEDS and len(inside) == 1 and not _of_another(candidate, inside[0].head):
        fitting = inside  # the only place of the sentence: "Rocket hits hotel: curfew in Kherson"
    if not fitting:
        return None
    here, clause = candidate.head, sentence.clause
    nearest = min(fitting, key=lambda party: (clause[party.head] != clause[here], abs(party.words[0] - here)))
    return sentence.text[nearest.start - sentence.start : nearest.end - sentence.start]


def _is_visited(candidate: Candidate, party: Party) -> bool:
    """Whether a city is the object of the trigger: "will visit Warsaw"."""
    sentence = candidate.sentence
    place = _head(sentence, party.head, _PHRASE) if sentence.parsed else party.head
    return sentence.parsed and sentence.deps[place] == "obj" and sentence.heads[place] in candidate.found.words


def _opener(sentence: Sentence, party: Party, language: str) -> str:
    """The preposition before a place, with nothing between but what tells more of it; "" where the place is whose
    something is ("in Israel's embassy", "near a U.S. base") or a part of a compound ("im Ukraine-Krieg")."""
    words = sentence.words
    if party.genitive or party.compound or sentence.text[: party.start - sentence.start].endswith("-"):
        return ""
    if party.kind == "state" and sentence.parsed and sentence.deps[party.head] in _MODIFIERS:
        return ""
    for place in range(party.words[0] - 1, max(-1, party.words[0] - _REACH), -1):
        lower = words[place].lower
        if lower in PREPOSITIONS[language]:
            if lower != "of" or words[place - 1].lemma.lower() not in _OF:
                return "" if words[place - 1].lemma.lower() in _WARS else preposition(words, place + 1, language)
        elif not _describes(sentence, place):
            return ""
    return ""


def _describes(sentence: Sentence, place: int) -> bool:
    """Whether a word between a preposition and a name tells more of the place: "in Russia's Kursk region"."""
    if sentence.words[place].lemma.lower() in _OF:
        return True
    if sentence.words[place].text.islower():
        quarter = sentence.words[place].lower.startswith(_QUARTERS)
        return quarter or not sentence.parsed or sentence.tags[place] not in _THINGS
    near = [party for party in sentence.parties if party.words[0] <= place <= party.words[1]]
    return any(party.genitive or party.kind == "adjective" for party in near)


def _tells_of(candidate: Candidate, place: int, lexicon: Lexicon) -> bool:
    """Whether the name at word `place` says where the trigger's event was; True where there is no parse.

    It does where it hangs on the trigger or on a verb above it ("met in Geneva", but not "said in Geneva" of what is
    told), of deeds also where it hangs on who does or suffers them ("the shelling of a market in Kherson").
    """
    sentence, found = candidate.sentence, candidate.found
    if not sentence.parsed:
        return True
    trigger = [_head(sentence, word, _PHRASE) for word in found.words]
    over = _over(sentence, place)
    verb = sentence.tags[over] in _VERBS
    if over in trigger:
        return verb or found.rule.type not in VERBAL or len(found.words) == 1
    above = {word for one in trigger for word in _above(sentence, one)}
    if over in above:
        if verb:
            return found.rule.type in VERBAL or sentence.words[over].lemma not in lexicon.speech
        return found.rule.type not in VERBAL and sentence.clause[over] == sentence.clause[trigger[0]]
    return found.rule.type in _DEEDS and (
        any(_is_part(sentence, over, word) for word in trigger) or _acts(sentence, over, above.union(trigger), lexicon)
    )


def _of_another(candidate: Candidate, place: int) -> bool:
    """Whether a name hangs on the trigger of another type: "nach dem Treffen in Genf ... Angriffe"."""
    sentence, kind = candidate.sentence, candidate.found.rule.type
    others = {word for found in sentence.found if found.rule.type != kind for word in found.words}
    return sentence.parsed and _over(sentence, place) in others


def _over(sentence: Sentence, place: int) -> int:
    """The word that the name at `place` hangs on, with all that belongs to it ("the eastern city of ...")."""
    place = _head(sentence, place, _PHRASE)
    if sentence.words[sentence.heads[place]].lemma.lower() in _OF:
        place = _head(sentence, sentence.heads[place], _PHRASE)
    return _head(sentence, sentence.heads[place], _NAME)


def _head(sentence: Sentence, place: int, labels: frozenset[str]) -> int:
    """The word that heads the name or phrase which `place` stands in."""
    for _ in range(_FARTHEST):
        if sentence.deps[place] not in labels:
            break
        place = sentence.heads[place]
    return place


def _above(sentence: Sentence, place: int) -> list[int]:
    """The words above one, nearest first."""
    out: list[int] = []
    while sentence.heads[place] != place and len(out) < _FARTHEST:
        place = sentence.heads[place]
        out.append(place)
    return out


def _is_part(sentence: Sentence, place: int, trigger: int) -> bool:
    """Whether a word stands under the trigger, under a verb in no clause that tells of another act."""
    above = _above(sentence, place)
    if trigger not in above:
        return False
    way = {sentence.deps[word] for word in [place, *above[: above.index(trigger)]]}
    return sentence.tags[trigger] not in _VERBS or not way & _OTHER_ACT


def _acts(sentence: Sentence, place: int, verbs: set[int], lexicon: Lexicon) -> bool:
    """Whether a word, or what it is of, takes part in what one of these verbs tells, other than a verb of saying."""
    for word in [place, *_above(sentence, place)]:
        if sentence.deps[word] != "nmod":
            over = sentence.heads[word]
            told = sentence.words[over].lemma in lexicon.speech
            return sentence.deps[word] in _TAKES_PART and over in verbs and not told
    return False
