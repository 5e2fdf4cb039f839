"""Events set right by what the contract says of them as a whole, whatever the learned layer made of their words."""

from collections.abc import Sequence

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.attribution import VERBAL
from processors.coder.dates import firsts, is_past, settled
from processors.coder.days import plain
from processors.coder.government import DENIES, REFUSING, denies_hearsay, is_kept, is_open, leaves_open
from processors.coder.judged import Judged
from processors.coder.lexicon import Government
from processors.coder.merge import Coded, says_too
from processors.coder.negators import is_pseudo
from processors.coder.parties import owners
from processors.coder.rules.clause_dates import dated_text
from processors.coder.rules.senses import LATER
from processors.coder.speakers import PERSONS
from processors.coder.triggers import Matcher
from processors.records import Status

# Words of triggers by which nothing is delivered any more.
_NO_MORE = frozenset("kein keine keinen keinerlei nicht no".split())
# Who says so has not given yet.
_PLEDGES = frozenset("zusagen versprechen pledge promise aussicht".split())
_GIVEN = frozenset({"arms_delivery", "aid"})
# What says that something will be, and how the parse ties to it what will.
_FORESEES = frozenset({"vorsehen", "sehen vor", "envisage", "envision", "stipulate", "foresee", "provide for"})
_FORESEEN = frozenset({"obj", "obl", "ccomp", "xcomp"})
# Who asks all of them asks nobody by name; where they stand in the parse.
_ASKED = frozenset({"peace_call", "demand"})
_ALL = frozenset("all alle allen".split())
_ASKS = frozenset({"obj", "iobj", "obl"})
# From this chance on a status is worth a look.
_DOUBTED = 0.05
# What is done at once: of these a verb of the past with a day of the past tells nothing that is to come.
_DONE_AT_ONCE = frozenset({"attack", "leader_call", "leader_meeting"})
_ARRANGES = frozenset(
    "einladen laden invite agree plan planen vereinbaren verabreden ankündigen announce schedule ansetzen postpone "
    "verschieben accept annehmen zusagen expect erwarten".split()
)
# Who does so to a refusal has not refused, nor accused who denies an accusation; how those who have stand at its noun.
_JUDGES = frozenset(
    "call criticise criticize condemn regret slam denounce deplore blast lament describe nennen kritisieren "
    "verurteilen bedauern bezeichnen rügen beklagen brandmarken".split()
)
_FAULTS = {"rejection": _JUDGES, "accusation": DENIES}
_HALTS = frozenset("halt suspend stop pause delay postpone freeze aussetzen stoppen verschieben einfrieren".split())
# Questions that open so take it for granted that what they are about has happened, unless they say what may be.
_GRANTING = frozenset("why who whom whose what how warum wieso weshalb wer wen wem was worüber wie wogegen".split())
_MODALS = frozenset(
    "would could will can may might should shall must if whether wird werden würde würden wollen will könnte könnten "
    "kann können soll sollte sollten sollen muss müssen dürfte dürften darf wenn falls ob".split()
)
# What may be done in words too.
_ATTACKS = frozenset("attack attackieren attacke angreifen".split())


def set_right(events: list[Coded]) -> list[Coded]:
    """The events of a text, offers, refusals, pauses and pledges as the contract has them."""
    events = _spoken(_to_all(_peace_asked(events)))
    return _owned(_foreseen(_pledged(_stopped(_offers_turned(events)))))


def keep_to_calendar(one: Judged, language: str) -> None:
    """Gives a candidate whose own date is said the status that the calendar leaves: what has a day of these weeks is no
    history, what was done years ago no news, and what is to come neither. The learned layer takes the name of a month
    for a sign of history."""
    sentence, head = one.candidate.sentence, one.candidate.head
    if not sentence.parsed:
        return
    if one.dated != "historical" and one.status["historical"] > _DOUBTED and _is_first(one, language):
        one.move("historical", "occurred")
    verb = sentence.tags[head] in VERBS or sentence.deps[head].lower() == "root"
    past = is_past(sentence, head)
    near = sentence.words[head].start - sentence.start
    found = settled(dated_text(sentence, one.candidate.found.words), near, language, sentence.day, past, verb)
    if found is None or (verb and not _is_dated(one, sentence.start + found[1])):
        return
    told = found[0]
    wrong: set[Status] = {"historical"} if told in {"planned", "occurred"} else {"occurred"}
    if past and verb and (told == "historical" or (told == "occurred" and _is_done_at_once(one))):
        wrong.add("planned")
    moved = sum(one.status[name] for name in wrong)
    one.status = {**one.status, **dict.fromkeys(wrong, 0.0), told: one.status[told] + moved}


def keep_to_negation(one: Judged, rules: Government) -> None:
    """Gives a candidate that the parse denies the status negated, and takes it from one where every "not" only seems to
    be one ("not only") or belongs to a verb that denies ("did not cancel the talks"): the learned layer knows neither
    "weder ... noch" nor those. What is said is said, also where it is turned down ("wies das Angebot zurück"); but who
    does not rule a thing out refuses nothing, and the thing may be, nor does who denies what is rumoured."""
    kind = one.candidate.found.rule.type
    if one.ruled == "negated":
        if kind not in REFUSING | VERBAL:
            one.settle("negated")
        return
    if kind == "prisoner_exchange" and _is_halted(one):
        one.settle("negated")
        return
    if kind == "rejection" and (leaves_open(one.candidate, rules) or denies_hearsay(one.candidate, rules)):
        one.chance = 0.0
        return
    if is_open(one.signals) and kind not in REFUSING | VERBAL:
        one.settle("hypothetical")
    elif is_kept(one.signals):
        _unsay(one)
    words = one.candidate.sentence.words
    negators = [place for place, word in enumerate(words) if word.lower in rules.negators]
    idle = all(is_pseudo(words, place, rules) for place in negators)
    if idle and (negators or _is_without_other(one)):
        _unsay(one)


def keep_to_question(one: Judged) -> None:
    """Takes the chance of being hypothetical from what a question takes for granted: "Why did Russia attack?". That is
    not what it means something for ("What does that mean for aid to Ukraine?")."""
    sentence, words = one.candidate.sentence, one.candidate.sentence.words
    if words[-1].text != "?" or words[0].lower not in _GRANTING or not sentence.parsed:
        return
    top = sentence.top(one.candidate.found.words)
    within = any(up == top and sentence.deps[place] == "case" for place, up in enumerate(sentence.heads))
    if within or not _MODALS.isdisjoint(word.lower for word in words):
        return
    one.move("hypothetical", "occurred")


def _is_without_other(one: Judged) -> bool:
    """Whether a verb is done without something else only: "ohne Angabe von Gründen abgebrochen"."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if not sentence.parsed:
        return False
    # Of some participles the parse makes an adjective: "haben die Lieferungen ohne Absprache ausgesetzt".
    top = sentence.top(trigger)
    helped = any(up == top and sentence.deps[at] == "aux" for at, up in enumerate(sentence.heads))
    if sentence.tags[top] != "VERB" and not helped:
        return False
    cases = (at for at, word in enumerate(sentence.words) if word.lower == "ohne" and sentence.deps[at] == "case")
    without = {sentence.heads[at] for at in cases}.difference(trigger)
    return any(sentence.tags[at] in {"NOUN", "PROPN"} for at in without)


def _is_halted(one: Judged) -> bool:
    """Whether a release is what somebody halts or puts off."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    return sentence.parsed and sentence.deps[top] == "obj" and sentence.verb(sentence.heads[top]) in _HALTS


def _unsay(one: Judged) -> None:
    """Takes the chance of being negated from a candidate."""
    rest = 1.0 - one.status["negated"]
    if rest > 0.0:
        one.status = {**{name: chance / rest for name, chance in one.status.items()}, "negated": 0.0}


def _is_dated(one: Judged, date: int) -> bool:
    """Whether the date at a character of the text stands, in the parse, under the candidate's verb and no other."""
    sentence = one.candidate.sentence
    place = _word_at(sentence, date)
    above = (up for up in sentence.above(place) if sentence.tags[up] in VERBS or sentence.heads[up] == up)
    return next(above, place) in one.candidate.found.words


def _is_first(one: Judged, language: str) -> bool:
    """Whether a candidate is what has not been for so long ("erstmals seit der Wahl"), and not what was then."""
    sentence = one.candidate.sentence
    trigger = sentence.top(one.candidate.found.words)
    for first, since in firsts(plain(sentence.text, language)):
        place, word = (_word_at(sentence, sentence.start + at) for at in (first, since))
        then = sentence.heads[word]
        if sentence.governor(place) == sentence.governor(trigger) and (
            then < word or then not in {trigger, *sentence.above(trigger)}
        ):
            return True
    return False


def _word_at(sentence: Sentence, at: int) -> int:
    return next((place for place, word in enumerate(sentence.words) if word.end > at), 0)


def _is_done_at_once(one: Judged) -> bool:
    words = one.candidate.sentence.words
    arranges = any(words[place].lemma in _ARRANGES for place in one.candidate.found.words)
    return one.candidate.found.rule.type in _DONE_AT_ONCE and not arranges


def note_peaceful(one: Judged, matcher: Matcher) -> None:
    """Notes the words that say that a demand is one for peace: what its verb asks for, together in the parse."""
    sentence, trigger = one.candidate.sentence, one.candidate.found
    if trigger.rule.type != "demand" or not sentence.parsed:
        return
    # "They must stop fighting" asks for what its modal verb hangs on.
    asked = {sentence.heads[place] for place in trigger.words if sentence.tags[place] == "AUX"}
    if not asked and all(sentence.tags[place] != "VERB" for place in trigger.words):
        return
    for places in matcher.said("peaceful", sentence.words):
        apart = not {sentence.heads[place] for place in places}.intersection(places)
        if len(places) > 1 and apart:
            continue
        ways = [sentence.way_up(place, [*trigger.words, *asked]) for place in places]
        if any(_is_later(way or (), sentence) for way in ways):
            continue
        if all(place in asked or (place not in trigger.words and way) for place, way in zip(places, ways, strict=True)):
            one.peaceful = " ".join(sentence.words[place].text for place in places)
            return


def _is_later(way: Sequence[int], sentence: Sentence) -> bool:
    """Whether the parse leads through a clause of what is to follow: "before negotiations begin"."""
    clauses = {place for place in way if sentence.deps[place] == "advcl"}
    return any(up in clauses and sentence.words[at].lower in LATER for at, up in enumerate(sentence.heads))


def _peace_asked(events: list[Coded]) -> list[Coded]:
    """The events, demands for peace as the calls for peace that they are, unless the text tells of that call too."""
    out = []
    for event in events:
        if event.type == "demand" and event.best.peaceful:
            event.type = "peace_call"
            event.changes.append(f"a call for peace: {event.best.peaceful!r} is asked for")
            if any(says_too(other, event) for other in events):
                continue
        out.append(event)
    return out


def _spoken(events: list[Coded]) -> list[Coded]:
    """The events, attacks on persons as the accusations that they are: "Lavrov attacks Baerbock" tells of words."""
    for event in events:
        if event.type == "attack" and event.status != "historical" and _is_of_words(event.best):
            event.type = "accusation"
            event.changes.append("an accusation: who attacks a person does so in words")
    return events


def _is_of_words(one: Judged) -> bool:
    """Whether a candidate is an attack, in the plain word, of a person on another."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if not sentence.parsed or not _ATTACKS.intersection((sentence.words[trigger[0]].lemma, sentence.verb(trigger[0]))):
        return False
    sides = {"actor": False, "recipient": False}
    for party in sentence.parties:
        if sentence.heads[party.first.head] == trigger[0] and party.kind in PERSONS:
            before = party.first.words[0] < trigger[0]
            sides["actor" if before else "recipient"] = True
    return all(sides.values())


def _to_all(events: list[Coded]) -> list[Coded]:
    """The events, what is asked of "all sides" as asked of nobody by name."""
    for event in events:
        if event.type in _ASKED and (asked := _all_asked(event.best)):
            event.recipients = asked.ids
            event.changes.append(f"recipient {asked.ids[0]}: all are asked")
    return events


def _all_asked(one: Judged) -> Party | None:
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    for party in sentence.parties if sentence.parsed else ():
        alone = party.kind == "collective" and party.first is party
        asked = sentence.deps[party.head] in _ASKS and sentence.heads[party.head] in trigger
        if alone and asked and sentence.words[party.words[0]].lower in _ALL:
            return party
    return None


def _offers_turned(events: list[Coded]) -> list[Coded]:
    """The events, offers that their own side turns down the other way round: in "Moscow turns down Kyiv's offer" who
    rejects is not who offered."""
    for offer in events:
        if offer.type == "negotiation_offer" and any(_turns_down(other, offer) for other in events):
            offer.actors, offer.recipients, offer.turned = offer.recipients, offer.actors, True
    return events


def _turns_down(event: Coded, offer: Coded) -> bool:
    if event.type != "rejection" or not set(event.actors) & set(offer.actors) or _is_joined(offer.best):
        return False
    told = {id(one.candidate.sentence) for one in event.sources}
    return bool(set(event.recipients) & set(offer.recipients)) and id(offer.best.candidate.sentence) in told


def _is_joined(one: Judged) -> bool:
    """Whether a candidate is told by a verb joined to another: who "rejects it and offers talks" does both."""
    sentence, verb = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    return sentence.parsed and sentence.tags[verb] == "VERB" and sentence.deps[verb] == "conj"


def _owned(events: list[Coded]) -> list[Coded]:
    """The events, refusals that somebody finds fault with given to who refuses, and accusations that somebody turns
    down turned the other way round: neither is that one's own. Without what the text then tells twice or of nobody."""
    out = []
    for event in events:
        if subject := _faulting(event):
            if event.type == "rejection":
                _give_back(event, subject)
            else:
                event.actors, event.recipients, event.turned = event.recipients, event.actors, True
            if not event.actors or any(says_too(other, event) for other in events):
                continue
        out.append(event)
    return out


def _faulting(event: Coded) -> set[str]:
    """Who was made an actor of a refusal or accusation that he only finds fault with or denies."""
    verb, sentence = _verb_over(event.best), event.best.candidate.sentence
    if verb is None or sentence.verb(verb) not in _FAULTS.get(event.type, ()):
        return set()
    return sentence.subject(verb).intersection(event.actors)


def _give_back(event: Coded, critics: set[str]) -> None:
    """Makes those the actors whose refusal it is, where it was given to who finds fault with it."""
    sentence, noun = event.best.candidate.sentence, event.best.candidate.head
    event.actors = tuple(sorted(owners(sentence, noun) or set(event.actors) - critics))
    event.recipients = tuple(name for name in event.recipients if name not in event.actors)
    event.changes.append(f"actor {', '.join(event.actors) or 'nobody'}: who finds fault with a refusal has not refused")


def _verb_over(one: Judged) -> int | None:
    """The place of the verb whose object a noun is, None where it is none's."""
    sentence, place = one.candidate.sentence, one.candidate.head
    if not sentence.parsed or sentence.tags[place] != "NOUN":
        return None
    if sentence.deps[place] == "compound":  # some parses of "called the refusal unacceptable"
        place = sentence.heads[place]
    return sentence.heads[place] if sentence.deps[place] == "obj" else None


def _stopped(events: list[Coded]) -> list[Coded]:
    """The events, pauses that only their own "no more" negates with the likeliest of the other statuses."""
    for event in events:
        if event.type == "arms_delivery_pause" and event.status == "negated" and _stops_by_word(event.best):
            chances: list[tuple[float, Status]] = [
                (chance, name) for name, chance in event.best.status.items() if name != "negated"
            ]
            event.status = max(chances)[1]
            event.changes.append("not negated: that nothing is delivered any more is the pause")
    return events


def _pledged(events: list[Coded]) -> list[Coded]:
    """The events, what is pledged as planned."""
    for event in events:
        if event.type in _GIVEN and event.status == "occurred" and _is_pledge(event.best):
            event.status = "planned"
            event.changes.append("planned: what is pledged is not given yet")
    return events


def _foreseen(events: list[Coded]) -> list[Coded]:
    """The events, what a text or plan provides for as planned."""
    for event in events:
        if event.status == "occurred" and (verb := _foreseeing(event.best)):
            event.status = "planned"
            event.changes.append(f"planned: what {verb!r} governs is yet to come")
    return events


def _foreseeing(one: Judged) -> str:
    """The verb that provides for a candidate, in the parse right above it; "" where there is none."""
    sentence, head = one.candidate.sentence, one.candidate.head
    above = sentence.heads[head] if sentence.parsed else head
    if above == head or sentence.deps[head] not in _FORESEEN:
        return ""
    below = {sentence.words[place].lower for place in (*sentence.children()[above], *sentence.children()[head])}
    verbs = {sentence.words[above].lemma, *(sentence.words[above].lemma + " " + word for word in below)}
    return "" if _FORESEES.isdisjoint(verbs) else sentence.words[above].text


def _is_pledge(one: Judged) -> bool:
    words = [one.candidate.sentence.words[place] for place in one.candidate.found.words]
    apart = {"sagen", "zu"} <= {word.lemma for word in words}  # "sagt ... zu"
    return apart or any(word.lemma in _PLEDGES for word in words)


def _stops_by_word(one: Judged) -> bool:
    words = one.candidate.sentence.words
    return any(words[place].lower in _NO_MORE for place in one.candidate.found.words)
