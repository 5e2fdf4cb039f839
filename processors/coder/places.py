"""Where an event was: a place that the text names, and that tells of the trigger and of nothing else beside it."""

from collections.abc import Sequence
from itertools import islice

from processors.coder.analysis import VERBS, Candidate, Party, Sentence
from processors.coder.attribution import VERBAL
from processors.coder.days import MONTH_NAMES, WEEKDAYS
from processors.coder.lexicon import Lexicon
from processors.coder.relations import PREPOSITIONS, preposition
from processors.coder.triggers import Word

_PLACE_KINDS = frozenset({"city", "capital", "state", "seat"})
# What stands between "in" and the name of a place: "in the eastern city of ...", "in der Hauptstadt ...".
_OF = frozenset(
    "city town village province region district state capital suburb outskirt outskirts port island stadt hauptstadt "
    "hafenstadt großstadt grenzstadt millionenstadt küstenstadt provinz region gebiet bezirk ort vorort insel nähe "
    "norden süden osten westen nordosten nordwesten südosten südwesten".split()
)
# German words end so that say what a place is, and so do those that one is "on": "auf dem Luftwaffenstützpunkt ...".
_SORTS = tuple(
    "stadt vorort grenzort badeort dorf metropole region provinz gebiet bezirk distrikt insel enklave".split()
)
_GROUNDS = ("stützpunkt", "flughafen", "flugplatz", "militärbasis", "schloss")
# "War in Ukraine" names the times, no place.
_WARS = frozenset("war conflict crisis krieg angriffskrieg konflikt krise".split())
_IN = frozenset({"in", "near", "bei", "at"})
# These tell where as "in" does, the latter also before "of" and "von": "nördlich von Berlin", "north of Berlin".
_BESIDE = frozenset(
    "nahe unweit outside nördlich südlich östlich westlich nordöstlich nordwestlich südöstlich südwestlich".split()
)
_BEARINGS = _BESIDE | frozenset("north south east west northeast northwest southeast southwest vicinity".split())
# One is "auf" and "on" these.
_ISLANDS = frozenset("krim malta zypern bali kreta kuba taiwan grönland hawaii cyprus crete".split())
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
# Who speaks somewhere tells of what was elsewhere, as with the verbs of saying.
_SPEAKS = frozenset({"speak", "sprechen", "address"})
_CITIES = frozenset({"city", "capital"})
_TIMES = WEEKDAYS | MONTH_NAMES
# Who travels is "to" and "nach" where it is.
_TO = frozenset({"to", "nach"})
_TALKS = frozenset({"leader_meeting", "negotiation", "negotiation_offer"})
_AIMS = frozenset({"against", "over", "for", "gegen", "über", "für", "wegen"})
# The city that is the object of these is where they happen: "visited Warsaw", "shelled Kharkiv".
_TO_CITIES = frozenset({"leader_meeting", "attack", "coercion"})
_OBJECTS = frozenset({"obj", "nsubj:pass"})
_PASSIVE = frozenset("wird werden wurde wurden worden is are was were been being".split())
_GENITIVE = ("'s", "’s")
# These happen where those are who do or suffer them.
_DEEDS = frozenset("attack coercion mobilization protest leader_meeting ceasefire prisoner_exchange".split())
_FARTHEST = 12


def place_of(candidate: Candidate, lexicon: Lexicon, part: range | None = None) -> str | None:
    """Where it happened, as the text puts it: a named place behind "in" that tells of the trigger, the nearest one; of
    an attack the city that is hit, where nothing stands behind "in". Of a `part` of the sentence's words only, where
    the others tell of another event."""
    sentence, kind = candidate.sentence, candidate.found.rule.type
    openers = [
        (party, _opener(sentence, party, lexicon.language))
        for party in sentence.parties
        if party.kind in _PLACE_KINDS and (part is None or party.head in part)
    ]
    inside = [
        party
        for party, opener in openers
        if opener in _IN and (kind not in VERBAL or party.kind != "seat") and not _is_subject_of(candidate, party)
    ]
    against = [party for party, opener in openers if opener in _AGAINST and party.kind in _CITIES]
    named = inside + against if kind == "attack" else inside
    fitting = [party for party in named if _tells_of(candidate, party.head, lexicon)]
    if kind == "leader_meeting":
        fitting += [party for party, opener in openers if opener in _TO and _goes_to(candidate, party)]
    if kind in _TO_CITIES:
        fitting += [party for party, _ in openers if party.kind in _CITIES and _is_object(candidate, party)]
    if not fitting and kind in _DEEDS and len(inside) == 1 and not _is_elsewhere(candidate, inside[0].head, lexicon):
        fitting = inside  # the only place of the sentence: "Rocket hits hotel: curfew in Kherson"
    # "In der Hauptstadt Malis, Bamako" is Bamako.
    fitting = [party for party in fitting if not party.genitive or party.kind in _CITIES] or fitting
    if not fitting:
        return None
    here, clause = candidate.head, sentence.clause
    nearest = min(fitting, key=lambda party: (clause[party.head] != clause[here], abs(party.words[0] - here)))
    return _name(sentence, nearest)


def _name(sentence: Sentence, party: Party) -> str:
    """A place as the text has it, but for a German genitive: "im Nordosten Nigerias"."""
    text = sentence.text[party.start - sentence.start : party.end - sentence.start]
    last = sentence.words[party.words[1]]
    return text[:-1] if party.genitive and text.lower().endswith(f"{last.lemma}s") else text


def _goes_to(candidate: Candidate, party: Party) -> bool:
    """Whether the trigger is the way to a place: "travels to Cairo", "Reise nach Indien"."""
    sentence = candidate.sentence
    return sentence.parsed and _over(sentence, party.head) in candidate.found.words


def _is_subject_of(candidate: Candidate, party: Party) -> bool:
    """Whether talks "on" an island are about it; who meets "on Cyprus" is there."""
    sentence = candidate.sentence
    if candidate.found.rule.type not in _TALKS or not sentence.parsed:
        return False
    opener = next((word.lower for word in reversed(sentence.words[: party.words[0]]) if word.lower != "the"), "")
    return opener == "on" and sentence.tags[_over(sentence, party.head)] not in VERBS


def _is_object(candidate: Candidate, party: Party) -> bool:
    """Whether a city is the object of the trigger: "will visit Warsaw", "Kharkiv was shelled". Parsers take
    it for a second subject in "Russland hat Kiew angegriffen", and for the weekday's name in "griff am Montag Kiew an".
    """
    sentence = candidate.sentence
    if not sentence.parsed or party.genitive or party.compound:
        return False
    place = _phrase(sentence, party.head)
    if sentence.heads[place] not in candidate.found.words:
        return False
    if sentence.deps[place] == "nsubj":
        over = sentence.heads[place]
        helpers = {word.lower for word, head in zip(sentence.words, sentence.heads, strict=True) if head == over}
        passive = "Tense=Past|VerbForm=Part" in sentence.morphs[over] and not helpers.isdisjoint(_PASSIVE)
        return passive or any(sentence.heads[one] == over and sentence.deps[one] == "nsubj" for one in range(place))
    after_day = sentence.words[party.words[0] - 1].lower in _TIMES and place == party.words[0] - 1
    return after_day or sentence.deps[place] in _OBJECTS


def _opener(sentence: Sentence, party: Party, language: str) -> str:
    """The preposition before a place, with nothing between but what tells more of it; "" where the place is whose
    something is ("in Israel's embassy", "near a U.S. base") or a part of a compound ("im Ukraine-Krieg"). Of a city or
    an island it is "in" as well where it stands beside it or on it."""
    words = sentence.words
    if party.compound or sentence.text[: party.start - sentence.start].endswith("-"):
        return ""
    if party.genitive and not _is_site(sentence, party) and not _is_sort(words[party.words[0] - 1].lemma):
        return ""
    if party.kind == "state" and sentence.parsed and sentence.deps[party.head] in _MODIFIERS:
        return ""
    for place in range(party.words[0] - 1, max(-1, party.words[0] - _REACH), -1):
        lower, before = words[place].lower, words[place - 1]
        if lower in _BESIDE or (lower in {"of", "von"} and before.lower in _BEARINGS):
            return "in"
        if lower in PREPOSITIONS[language]:
            if lower not in {"of", "von"} or not _is_sort(before.lemma):
                return "" if before.lemma.lower() in _WARS else _as_in(words, place, party, language)
        elif not _describes(sentence, place) and not _adds(sentence, place, party):
            return ""
    return ""


def _as_in(words: Sequence[Word], place: int, party: Party, language: str) -> str:
    """The preposition at `place`, which on an island is "in"."""
    opener = preposition(words, place + 1, language)
    ground = words[party.head].lower in _ISLANDS or any(
        word.lemma.lower().endswith(("insel", "island", *_GROUNDS)) for word in words[place + 1 : party.words[0]]
    )
    return "in" if opener in {"auf", "on"} and ground else opener


def _is_sort(lemma: str) -> bool:
    """Whether a word says what a place is: "city", "Hafenstadt"."""
    return lemma.lower() in _OF or lemma.lower().endswith((*_SORTS, *_GROUNDS))


def _adds(sentence: Sentence, place: int, party: Party) -> bool:
    """Whether at `place` stands the comma of "in the French capital, Paris", "in der Hauptstadt Malis, Bamako"."""
    words = sentence.words
    sort = any(_is_sort(word.lemma) for word in words[max(0, place - 2) : place])
    return place == party.words[0] - 1 and words[place].text == "," and sort


def _is_site(sentence: Sentence, party: Party) -> bool:
    """Whether a place in the genitive is where a building, square or quarter is: "in Beijing's Great Hall", "in
    Lebanon's south", not "in Kyiv's view"."""
    after = party.words[1] + 1
    if after >= len(sentence.words) or not sentence.words[party.words[1]].text.endswith(_GENITIVE):
        return False
    word = sentence.words[after]
    return (party.kind in _CITIES and word.text[0].isupper()) or word.lower in _BEARINGS


def _describes(sentence: Sentence, place: int) -> bool:
    """Whether a word between a preposition and a name tells more of the place: "in Russia's Kursk region"."""
    if _is_sort(sentence.words[place].lemma):
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
    verb = sentence.tags[over] in VERBS
    if over in trigger:
        return verb or found.rule.type not in VERBAL or len(found.words) == 1
    above = {word for one in trigger for word in _above(sentence, one)}
    if found.rule.type in _TALKS and sentence.deps[over] == "acl" and sentence.heads[over] in trigger:
        return True  # "talks that began in Geneva"
    if over in above:
        if verb:
            return found.rule.type in VERBAL or sentence.words[over].lemma not in lexicon.speech
        return found.rule.type not in VERBAL and sentence.clause[over] == sentence.clause[trigger[0]]
    if found.rule.type == "protest" and _is_aim(sentence, over):
        return False
    return found.rule.type in _DEEDS and (
        any(_is_part(sentence, over, word) for word in trigger) or _acts(sentence, over, above.union(trigger), lexicon)
    )


def _is_aim(sentence: Sentence, place: int) -> bool:
    """Whether a word belongs to what a protest is against or for: "gegen die Angriffe im Libanon"."""
    way = {place, *_above(sentence, place)}
    return any(
        head in way and sentence.deps[at] == "case" and sentence.words[at].lower in _AIMS
        for at, head in enumerate(sentence.heads)
    )


def _is_elsewhere(candidate: Candidate, place: int, lexicon: Lexicon) -> bool:
    """Whether a name hangs on the trigger of another type ("nach dem Treffen in Genf ... Angriffe"), or is where
    somebody tells of it ("said in New York that ...")."""
    sentence, kind, clause = candidate.sentence, candidate.found.rule.type, candidate.sentence.clause
    if not sentence.parsed:
        return False
    others = {word for found in sentence.found if found.rule.type != kind for word in found.words}
    if _over(sentence, place) in others:
        return True
    telling = {
        at
        for at, word in enumerate(sentence.words)
        if at not in candidate.found.words and (word.lemma in lexicon.speech or word.lemma in _SPEAKS)
    }
    verb = next((one for one in _above(sentence, place) if sentence.tags[one] in VERBS), place)
    # What stands behind the trigger belongs to it, however the parse takes it: "said five attacks ... in Darfur".
    beside = not min(verb, place) < candidate.head < max(verb, place)
    return (verb in telling and beside) or any(clause[at] == clause[place] != clause[candidate.head] for at in telling)


def _over(sentence: Sentence, place: int) -> int:
    """The word that the name at `place` hangs on, with all that belongs to it ("the eastern city of ..."). Parsers
    hang it on a day or an adjective that only stands between: "am 3. Mai in Rom", "in Rom geführte Gespräche"."""
    over = _head(sentence, sentence.heads[_phrase(sentence, place)], _NAME)
    if sentence.words[over].lower in _TIMES or (sentence.tags[over] == "ADJ" and sentence.deps[over] == "amod"):
        over = _head(sentence, sentence.heads[over], _NAME)
    return over


def _phrase(sentence: Sentence, place: int) -> int:
    """The word that heads all that belongs to the name at `place`: "city" of "the city of Odesa"."""
    place = _head(sentence, place, _PHRASE)
    if _is_sort(sentence.words[sentence.heads[place]].lemma) or sentence.words[place].text.endswith(_GENITIVE):
        place = _head(sentence, sentence.heads[place], _PHRASE)
    return place


def _head(sentence: Sentence, place: int, labels: frozenset[str]) -> int:
    """The word that heads the name or phrase which `place` stands in."""
    for _ in range(_FARTHEST):
        if sentence.deps[place] not in labels:
            break
        place = sentence.heads[place]
    return place


def _above(sentence: Sentence, place: int) -> list[int]:
    """The words above one, nearest first."""
    return list(islice(sentence.above(place), _FARTHEST))


def _is_part(sentence: Sentence, place: int, trigger: int) -> bool:
    """Whether a word stands under the trigger, under a verb in no clause that tells of another act."""
    above = _above(sentence, place)
    if trigger not in above:
        return False
    way = {sentence.deps[word] for word in [place, *above[: above.index(trigger)]]}
    return sentence.tags[trigger] not in VERBS or not way & _OTHER_ACT


def _acts(sentence: Sentence, place: int, verbs: set[int], lexicon: Lexicon) -> bool:
    """Whether a word, or what it is of, takes part in what one of these verbs tells, other than a verb of saying."""
    for word in [place, *_above(sentence, place)]:
        if sentence.deps[word] != "nmod":
            over = sentence.heads[word]
            told = sentence.words[over].lemma in lexicon.speech
            return sentence.deps[word] in _TAKES_PART and over in verbs and not told
    return False
