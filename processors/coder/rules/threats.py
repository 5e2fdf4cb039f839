"""Threats that no single word tells: "unless Pretoria changes course, we'll cut off all aid, Trump said", "warned that
it could hit targets on land", "Israel should expect severe punishment, Khamenei said".

Their words are those of conditions, guesses and advice, and the learned layer takes them for that. Who says what his
own side will or could do to others, or what they have to reckon with, threatens.
"""

from processors.coder.analysis import Candidate, Sentence
from processors.coder.attribution import source_of, speaker
from processors.coder.judged import PLAIN, Judged
from processors.coder.lexicon import Lexicon
from processors.coder.rules.conditions import HOSTILE, is_own, named_in

# What is done to others, and what is harm only to what others get or have: "cut off all aid", not "end the war".
_HARMS = frozenset(
    "attack strike bomb hit destroy obliterate annihilate wipe crush eliminate invade retaliate seize sink disarm "
    "punish target impose blockade expel deploy angreifen treffen zerstören vernichten auslöschen "
    "bombardieren vergelten zurückschlagen einmarschieren besetzen verhängen ausweisen entwaffnen "
    "zerschlagen beschießen bestrafen".split()
)
_ENDS = frozenset(
    "cut stop halt suspend end freeze cease block close restrict einstellen stoppen aussetzen kappen beenden "
    "einfrieren streichen sperren schließen drosseln".split()
)
_GOODS = frozenset(
    "aid intelligence support assistance export trade cooperation delivery shipment supply gas oil electricity flow "
    "visa strait border airspace hilfe unterstützung export ausfuhr handel zusammenarbeit lieferung waffenlieferung "
    "gaslieferung militärhilfe strom straße grenze luftraum".split()
)
_RECKONS = frozenset("expect face rechnen".split())
_BRACE = frozenset({"brace"})
_BLOWS = frozenset(
    "punishment consequence consequences retaliation revenge obliteration annihilation destruction response hell "
    "strafe bestrafung konsequenz folge vergeltung rache gegenschlag gegenschläge gegenmaßnahme zerstörung "
    "vernichtung".split()
)
_WAR = frozenset("war fight confrontation krieg kampf konfrontation".split())
_READY = frozenset({"ready", "bereit"})
_IF = frozenset("if unless falls sofern wenn sollte sollten should".split())
_WILL = frozenset(
    "will would 'll ’ll we'll we’ll i'll i’ll could may might wird werden werde würde würden kann können könne könnte "
    "könnten".split()
)
_WARNS = frozenset({"warn", "warnen"})
_MUST = frozenset("should must can will would have has muss müssen müsse müssten sollte sollten".split())
_ITSELF = frozenset("it they he she we i er sie es wir ich man".split())
_SAID = frozenset({"ccomp", "xcomp", "parataxis", "conj"})
# Who runs out of money for its work threatens nobody.
_HELPERS = frozenset({"UN", "RED_CROSS", "OTHER"})
_LIKELY = 0.5


def may_threaten(candidate: Candidate) -> bool:
    """Whether a candidate's sentence has the words of such a threat: then it is read whatever its own words are."""
    if candidate.found.rule.type not in HOSTILE | {"threat"}:
        return False
    words, lemmas = ({getattr(word, form) for word in candidate.sentence.words} for form in ("lower", "lemma"))
    if not _WILL.isdisjoint(words):
        return not (_IF.isdisjoint(words) and _WARNS.isdisjoint(lemmas) and _BLOWS.isdisjoint(lemmas))
    return not (_BLOWS.isdisjoint(lemmas) and _IF.isdisjoint(words)) and not (
        (_RECKONS | _READY | _BRACE).isdisjoint(lemmas | words)
    )


def note_threat(one: Judged, lexicon: Lexicon) -> None:
    """Raises the chance of a candidate that tells such a threat, names who threatens, and notes what a warning
    threatens with. Who warns of what others could do, or of what his own side will face, threatens nobody."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if not sentence.parsed or kind not in HOSTILE | {"threat"}:
        return
    if kind == "threat" and any(_reckons(verb, one) and is_own(one, verb, lexicon) for verb in _mains(one)):
        one.chance = 0.0
    elif one.condition is not None:
        verb = next((verb for verb in _mains(one) if _is_harm(verb, one, lexicon)), None)
        if verb is not None:
            one.chance = max(one.chance, PLAIN)
            own = sentence.subject(verb) if is_own(one, verb, lexicon) else set()
            one.give(own, "actor")
            if all(odds["recipient"] < _LIKELY for odds in one.roles.values()):
                one.give(named_in(one, own), "recipient")
    elif kind == "threat":
        _note_warning(one, lexicon)


def _note_warning(one: Judged, lexicon: Lexicon) -> None:
    own, of_others = _warned(one)
    if own is not None:
        one.warned = _clause(own, one.candidate.sentence)
        one.chance = max(one.chance, PLAIN)
    elif any(_reckons(verb, one) and _is_of_another(verb, one, lexicon) for verb in _mains(one)):
        one.chance = max(one.chance, PLAIN)
    elif of_others:
        one.chance = 0.0


def _mains(one: Judged) -> set[int]:
    """A candidate's words, and the verbs that they hang on."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    return {*words, *(sentence.governor(place) for place in words)}


def _is_harm(verb: int, one: Judged, lexicon: Lexicon) -> bool:
    """Whether somebody says with a verb, behind the condition that hangs on it, what his own side will do to others, or
    what will be done to them."""
    sentence, part = one.candidate.sentence, one.condition or range(0)
    if verb in part or all(sentence.heads[place] != verb for place in part):
        return False
    if _is_ready_for_war(verb, one):
        return is_own(one, verb, lexicon)
    told = one.candidate.found.rule.type == "threat" or verb in one.candidate.found.words
    if not told or not _harms(verb, sentence):
        return False
    if "Voice=Pass" in sentence.morphs[verb] or any(sentence.deps[at] == "nsubj:pass" for at in _under(verb, sentence)):
        return _is_of_another(verb, one, lexicon)
    return is_own(one, verb, lexicon)


def _is_ready_for_war(verb: int, one: Judged) -> bool:
    sentence, part = one.candidate.sentence, one.condition or range(0)
    ready = any(sentence.words[place].lower in _READY for place in one.candidate.found.words)
    return ready and any(sentence.words[place].lower in _WAR for place in part)


def _harms(verb: int, sentence: Sentence) -> bool:
    lemmas = {sentence.words[verb].lemma, sentence.verb(verb)}
    if not _HARMS.isdisjoint(lemmas):
        return True
    objects = [at for at in _under(verb, sentence) if sentence.deps[at] == "obj"]
    return not _ENDS.isdisjoint(lemmas) and any(sentence.words[at].lemma.lower() in _GOODS for at in objects)


def _warned(one: Judged) -> tuple[int | None, bool]:
    """The verb of what somebody warns that his own side could do to others ("warned Japan it could halt exports"), and
    whether he only warns of what others could do ("warned that Russia could attack")."""
    sentence = one.candidate.sentence
    warn = next((at for at in one.candidate.found.words if sentence.words[at].lemma in _WARNS), None)
    warning = sentence.subject(warn) if warn is not None and sentence.tags[warn] == "VERB" else set()
    of_others = False
    for verb in _under(warn, sentence) if warn is not None and warning else ():
        below = _under(verb, sentence)
        could = any(sentence.words[at].lower in _WILL for at in below)
        if sentence.deps[verb] not in _SAID or not could or not _harms(verb, sentence) or _is_denied(verb, sentence):
            continue
        itself = any(sentence.words[at].lower in _ITSELF for at in below if sentence.deps[at] in {"nsubj", "expl"})
        if not (itself or warning & sentence.subject(verb)):
            of_others = of_others or bool(sentence.subject(verb))
        elif not _HELPERS.issuperset(warning):
            return verb, False
    return None, of_others


def _is_denied(verb: int, sentence: Sentence) -> bool:
    return any(sentence.words[at].lower in {"not", "n't", "nicht", "never", "nie"} for at in _under(verb, sentence))


def _reckons(verb: int, one: Judged) -> bool:
    """Whether a verb says what somebody has to reckon with: "should expect severe punishment"."""
    sentence = one.candidate.sentence
    below = _under(verb, sentence)
    if sentence.words[verb].lemma not in _RECKONS | _BRACE or _is_denied(verb, sentence):
        return False
    if all(sentence.words[at].lower not in _MUST for at in below):
        return False
    # "Iranian retaliation" may be another's.
    blows = [at for at in below if sentence.words[at].lemma.lower() in _BLOWS and sentence.deps[at] in {"obj", "obl"}]
    owned = {sentence.heads[party.head] for party in sentence.parties}
    return any(at not in owned for at in blows)


def _is_of_another(verb: int, one: Judged, lexicon: Lexicon) -> bool:
    """Whether somebody says what is to happen to others than himself."""
    sentence = one.candidate.sentence
    says = speaker(one.candidate, lexicon)
    if says is None or source_of(one.candidate, lexicon) is None:
        return False
    subject = sentence.subject(verb)
    if subject:
        return subject.isdisjoint(says.ids)
    # "Told Hamas it would face obliteration"
    return any(
        sentence.words[at].lower in {"it", "they"} for at in _under(verb, sentence) if sentence.deps[at] == "nsubj"
    )


def _under(verb: int, sentence: Sentence) -> list[int]:
    return [place for place, up in enumerate(sentence.heads) if up == verb and place != verb]


def _clause(verb: int, sentence: Sentence) -> range:
    """The words of a verb's clause, by the parse."""
    inside = [verb, *(place for place in range(len(sentence.words)) if sentence.way_up(place, [verb]) is not None)]
    return range(min(inside), max(inside) + 1)
