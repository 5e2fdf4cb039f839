"""What only sounds like an event: nouns of words that tell one as a verb, the charge that somebody denies, the right
that somebody claims for himself, questions, two who "trafen sich", words of two clauses."""

from collections.abc import Sequence

from processors.coder.analysis import VERBS, Sentence
from processors.coder.attribution import VERBAL
from processors.coder.government import DENIES
from processors.coder.judged import Judged
from processors.coder.speakers import PERSONS
from processors.coder.triggers import Matcher

_VERBS_ONLY = frozenset({"target", "decline"})
_VOICES = frozenset({"express", "voice"})
_RIGHT = frozenset({"right", "recht"})
_ONESELF = frozenset("it we they he she es wir sie er man".split())
_ASKS = frozenset({"about", "whether", "if", "how", "why"})
_PRESS = frozenset(
    "reporter reporters journalist journalists broadcaster newspaper television parliament lawmakers senators".split()
)
_INQUIRY = frozenset({"question", "questions"})
_TIMES = frozenset("hours days weeks months".split())
LATER = frozenset("before until once after bevor nachdem sobald".split())  # what is not asked for, but follows
_BY = frozenset({"by", "in"})
_EACH_OTHER = frozenset({"sich", "einander"})
_CHARGES = frozenset("accuse blame accusation allegation vorwerfen beschuldigen bezichtigen vorwurf".split())
_FALLS = frozenset("fall drop decline sink lower sinken fallen".split())
_OUT_OF = frozenset({"of", "from", "aus"})
_BODIES = frozenset(
    "organization organisation treaty accord pact convention agreement court council alliance union bloc "
    "abkommen vertrag pakt konvention organisation".split()
)
_SENDS = frozenset("send dispatch schicken entsenden".split())
_SHIPS = frozenset("frigate destroyer warship carrier corvette fregatte zerstörer kriegsschiff korvette".split())
_WARNS = frozenset({"warnen", "warn"})
_WARNED_OF = frozenset({"vor", "of", "against"})
_LIKELY = 0.5
_OPENING = frozenset(", ; and but while whereas und aber während".split())  # before the subject of another clause


def drop_senses(one: Judged) -> None:
    """Drops a candidate that the parse tells to be none of these."""
    if one.candidate.sentence.parsed and any(is_other(one) for is_other in _OTHERS):
        one.chance = 0.0


def drop_sport(one: Judged, matcher: Matcher) -> None:
    """Drops a candidate of a sentence that tells of sport: "India crush Pakistan by six wickets"."""
    sentence = one.candidate.sentence
    in_office = any(party.kind in PERSONS or party.kind == "body" for party in sentence.parties)
    if one.chance and not in_office and matcher.said("sports", sentence.words):
        one.chance = 0.0


def drop_torn(text: Sequence[Judged]) -> None:
    """Drops candidates whose words stand in two clauses, where another of their type has one of these words: of "sent
    generators to Ukraine, and Sweden gave it tanks" the one that has Sweden's tanks sent."""
    told = [one for one in text if one.chance and one.candidate.sentence.parsed and len(one.candidate.found.words) > 1]
    for one in told:
        sentence, found = one.candidate.sentence, one.candidate.found
        opens = range(found.words[0] + 1, found.words[-1] + 1)
        if any(_opens_clause(place, sentence) for place in opens) and any(_share(one, other) for other in told):
            one.chance = 0.0


def _opens_clause(place: int, sentence: Sentence) -> bool:
    """Whether a clause with a subject of its own begins at a word: ", and Sweden gave"."""
    party = next((party for party in sentence.parties if party.words[0] == place), None)
    before, ends = sentence.words[place - 1].lower, party.words[1] + 1 if party else len(sentence.words)
    return before in _OPENING and ends < len(sentence.words) and sentence.tags[ends] in VERBS


def _share(one: Judged, other: Judged) -> bool:
    mine, theirs = one.candidate, other.candidate
    alike = mine.sentence is theirs.sentence and mine.found.rule.type == theirs.found.rule.type
    shared = set(mine.found.words) & set(theirs.found.words)
    return alike and bool(shared) and not shared.issuperset(mine.found.words)


def drop_later_peace(text: Sequence[Judged]) -> None:
    """Drops calls for peace whose peace stands in another clause, for the demands that they are: "urges them to lift
    sanctions before talks resume"."""
    told = [one for one in text if one.chance and one.candidate.found.rule.type in {"peace_call", "demand"}]
    for one in told:
        words, places = one.candidate.sentence.words, one.candidate.found.words
        if one.candidate.found.rule.type == "demand" or LATER.isdisjoint(
            words[at].lower for at in range(places[0], places[-1])
        ):
            continue
        for other in told:
            same = other.candidate.sentence is one.candidate.sentence and other.candidate.found.words == places[:1]
            if same and other.candidate.found.rule.type == "demand":
                other.chance, one.chance = max(other.chance, one.chance), 0.0


def _is_mere_noun(one: Judged) -> bool:
    """Whether a word that tells something as a verb is a noun: "strikes on rebel targets", "the gallery's decline"."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    if len(words) > 1 or sentence.words[words[0]].lemma not in _VERBS_ONLY:
        return False
    # Some parses have a headline's verb as a noun that hangs on nothing.
    return sentence.tags[words[0]] == "NOUN" and sentence.heads[words[0]] != words[0]


def _is_each_other(one: Judged) -> bool:
    """Whether the German verb for hitting tells of two who meet: "trafen sich"."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    if one.candidate.found.rule.type != "attack" or sentence.words[verb].lemma != "treffen":
        return False
    return any(up == verb and sentence.words[at].lower in _EACH_OTHER for at, up in enumerate(sentence.heads))


def _is_denied_charge(one: Judged) -> bool:
    """Whether an accusation is only the noun for what somebody denies ("which denies the charge") or regrets."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    if one.candidate.found.rule.type != "accusation" or sentence.tags[top] != "NOUN":
        return False
    over = sentence.heads[top]
    if sentence.words[top].lower == "regret":
        return sentence.words[over].lemma in _VOICES  # an apology, of nobody's doing but one's own
    return sentence.deps[top] == "obj" and sentence.verb(over) in DENIES


def _is_own_right(one: Judged) -> bool:
    """Whether support is the right to defend oneself that somebody has by his own word: "it had a right to ..."."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "support" or not any(sentence.words[at].lemma in _RIGHT for at in words):
        return False
    verb = sentence.governor(next(at for at in words if sentence.words[at].lemma in _RIGHT))
    has = {verb, sentence.heads[verb]}
    subjects = [at for at, up in enumerate(sentence.heads) if up in has and sentence.deps[at] == "nsubj"]
    return any(sentence.tags[at] == "PRON" and sentence.words[at].lower in _ONESELF for at in subjects)


def _is_question(one: Judged) -> bool:
    """Whether "asked" tells of a question: "asked by reporters whether", "asked about the talks"."""
    words, (first, *_) = one.candidate.sentence.words, one.candidate.found.words
    if one.candidate.found.rule.type != "demand" or words[first].lower != "asked":
        return False
    behind = [word.lower for word in words[first + 1 : first + 6]]
    if not behind or behind[0] in _ASKS or not _INQUIRY.isdisjoint(behind[:3]):
        return bool(behind)
    if behind[0] in _BY and not _PRESS.isdisjoint(behind):
        return True
    # "Asked by a senator about"
    return behind[0] in _BY and "to" not in behind and not _ASKS.isdisjoint(behind[1:])


def _is_no_deadline(one: Judged) -> bool:
    """Whether what is given with a time is no deadline: "gave Kyiv weapons until May", "three weeks of rest"."""
    sentence, words, places = one.candidate.sentence, one.candidate.sentence.words, one.candidate.found.words
    if one.candidate.found.rule.type != "demand" or words[places[0]].lemma != "give":
        return False
    time = places[-1]
    if words[time].lower == "until":
        named = any(party.words[1] == time - 1 for party in sentence.parties)
        return not named and time - 1 != places[0] and sentence.tags[time - 1] != "PRON"
    return words[time].lower in _TIMES and all(word.lower != "to" for word in words[time + 1 : time + 3])


def _is_own_order(one: Judged) -> bool:
    """Whether somebody asks what he heads: "Trump said he had asked the Pentagon to prepare"."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    if one.candidate.found.rule.type != "demand" or sentence.tags[verb] != "VERB":
        return False
    objects = {at for at, up in enumerate(sentence.heads) if up == verb and sentence.deps[at] in {"obj", "iobj"}}
    asked = {name for party in sentence.parties if sentence.phrase(party) in objects for name in party.ids}
    asks = sentence.subject(verb)
    if any(up == verb and sentence.words[at].lower in {"he", "she"} for at, up in enumerate(sentence.heads)):
        asks = sentence.subject(sentence.heads[verb])
    return bool(asked & asks)


def _is_charged_breach(one: Judged) -> bool:
    """Whether the breach of a truce is only what somebody is accused of."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.id != "attack.truce":
        return False
    over = list(sentence.above(sentence.top(words)))
    return any(sentence.verb(place) in _CHARGES or sentence.words[place].lemma.lower() in _CHARGES for place in over)


def _is_lowered(one: Judged) -> bool:
    """Whether tariffs are only what falls: "the levy will fall to 15%"."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    falls = sentence.deps[top].startswith("nsubj") and sentence.verb(sentence.heads[top]) in _FALLS
    return one.candidate.found.rule.type == "sanctions" and falls


def _is_leaving(one: Judged) -> bool:
    """Whether it is no troops that are pulled out, but a member of a body: "will pull out of the Paris accord"."""
    words, last = one.candidate.sentence.words, one.candidate.found.words[-1]
    if one.candidate.found.rule.type != "troop_withdrawal":
        return False
    near = [word.lemma.lower() for word in words[last + 1 : last + 8]]
    place = next((at for at, lemma in enumerate(near) if lemma in _BODIES), 0)
    return bool(place) and near[0] in _OUT_OF and not any(lemma in _OUT_OF | {"in"} for lemma in near[1 : place - 1])


def _is_own_ship(one: Judged) -> bool:
    """Whether it is ships of one's own that are sent: "sent the frigate Hamburg to Copenhagen"."""
    words, places = one.candidate.sentence.words, one.candidate.found.words
    if one.candidate.found.rule.type != "arms_delivery" or len(places) > 2:
        return False
    lemmas = {words[place].lemma.lower() for place in places}
    return not _SENDS.isdisjoint(lemmas) and not _SHIPS.isdisjoint(lemmas)


def _is_warned_of(one: Judged) -> bool:
    """Whether it is only what somebody warns of, taken for his own act: "warnt vor einer Annexion"."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    verb = sentence.heads[top]
    if one.candidate.found.rule.type in VERBAL or sentence.words[verb].lemma not in _WARNS:
        return False
    if sentence.deps[top] != "obl" or _WARNED_OF.isdisjoint(sentence.cases(top)):
        return False
    told = any(
        up == verb and sentence.deps[at] == "obj" for at, up in enumerate(sentence.heads)
    )  # "warns Gaza of strikes"
    return not told and any(one.roles[name]["actor"] >= _LIKELY for name in sentence.subject(verb) & one.roles.keys())


_OTHERS = (
    _is_warned_of,
    _is_no_deadline,
    _is_own_order,
    _is_own_ship,
    _is_charged_breach,
    _is_lowered,
    _is_leaving,
    _is_question,
    _is_mere_noun,
    _is_each_other,
    _is_denied_charge,
    _is_own_right,
)
