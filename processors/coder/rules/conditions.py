"""Threats on a condition: what somebody says that his own side will do if another does something.

"If Washington imposes tariffs, China will retaliate, its commerce ministry said" threatens; neither the tariffs nor the
retaliation are coded beside that (docs/event-types.md: what a threat embeds is no event of its own). German tells both
in the present tense ("Falls Maduro nicht geht, greifen die USA an"): without a threat all of it is hypothetical.
"""

from collections.abc import Collection, Iterator

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.attribution import VERBAL, source_of
from processors.coder.government import REFUSING
from processors.coder.judged import Judged
from processors.coder.lexicon import Lexicon
from processors.coder.merge import Coded, says_too
from processors.coder.sayings import party_at

# What one may threaten to do.
HOSTILE = frozenset("attack sanctions coercion mobilization diplomatic_break arms_delivery_pause".split())
_WILL = frozenset("will would 'll ’ll we'll we’ll i'll i’ll wird werden werde würde würden".split())
_IF = frozenset("if unless falls sofern wenn".split())
_SHOULD = frozenset("should sollte sollten".split())  # "Should Israel strike, ...": where they open a clause
_OWN = frozenset("its their his her ihr ihre sein seine dessen deren".split())
_THEY = frozenset("he she it they er sie es".split())
_ADDRESSES = frozenset({"tell", "assure", "inform"})  # "told Israel it would ..." is of Israel
_WE = frozenset("we i we'll we’ll i'll i’ll wir ich".split())
_SAID = frozenset({"ccomp", "xcomp", "parataxis", "conj"})
_STOPS = frozenset(",;:")
# German words that open a condition; with "wenn" it may be a time, and what is so in any case.
_FALLS = frozenset("falls sofern sollte sollten wenn".split())
_WOULD = frozenset({"würde", "würden"})
_ANYWAY = frozenset("auch selbst immer sogar wie als".split())
_TALKS = frozenset("leader_meeting leader_call negotiation".split())
_THEN = frozenset("dann so".split())
_NOT = frozenset("nicht nie kein keine keinen keiner keinem keinerlei".split())
_PERFECT = frozenset({"haben", "sein"})
_WANTS = frozenset("will wollen wolle würde würden would".split())
_AFTER = frozenset({"nach", "after"})
_ONLY = frozenset({"erst", "nur", "only"})
_A = frozenset({"einer", "einem"})
_LIKELY = 0.5
_DOES = frozenset("obj nsubj nsubj:pass iobj obl flat appos xcomp compound".split())


def note_condition(one: Judged, lexicon: Lexicon) -> None:
    """Notes the words of the condition on which a candidate is threatened, where who says so is who would do it."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if not sentence.parsed or kind not in HOSTILE | {"threat"}:
        return
    for part in _conditions(sentence):
        outside = [place for place in one.candidate.found.words if place not in part]
        if not outside or (kind != "threat" and one.candidate.head in part):
            continue
        verb = sentence.governor(sentence.top(outside))
        if kind == "threat":
            verbs = {verb, *_said_with(verb, sentence)}
        elif _is_threatened(one, verb, lexicon):
            verbs = {verb}
        else:
            continue
        if any(sentence.heads[place] in verbs and place not in verbs for place in part):
            one.condition = part
            return


def _is_threatened(one: Judged, verb: int, lexicon: Lexicon) -> bool:
    """Whether somebody says with a verb what his own side will do."""
    sentence = one.candidate.sentence
    told = _will(sentence, verb) or verb in {main for _, main in _supposed(sentence)}
    return told and is_own(one, verb, lexicon)


def leave_conditions(one: Judged) -> None:
    """Takes the roles in an offer from those who are named only in its condition ("ready to talk to Kabul if Ankara
    guarantees the outcome"), and makes its subject the actor."""
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type != "negotiation_offer" or not sentence.parsed:
        return
    for part in _conditions(sentence):
        if trigger[0] in part:
            continue
        one.bar(sentence.only([party for party in sentence.parties if party.words[0] in part]))
        one.give({name for place in trigger for name in sentence.subject(place)}, "actor")


def suppose(one: Judged) -> None:
    """Gives a candidate that German tells on a condition in the present tense the status hypothetical, and the
    condition itself too; what is denied in that is no event."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if not sentence.parsed:
        return
    top = sentence.top(one.candidate.found.words)
    if kind not in VERBAL | _TALKS:
        _await(one, top)
    for part, main in _supposed(sentence):
        if one.candidate.head in part:
            if one.likeliest == "negated" or (kind in REFUSING and _is_denied(sentence, part)):
                one.chance = 0.0
            elif kind not in VERBAL and sentence.tags[top] == "VERB":
                one.settle("hypothetical")
        elif kind not in VERBAL and one.likeliest != "negated" and _is_done(sentence, top, main):
            # "Wenn Trump am Montag nach Peking reist, trifft er Xi."
            is_time = sentence.words[part.start].lower == "wenn" and not _is_denied(sentence, part)
            if kind not in _TALKS or not is_time:
                one.settle("hypothetical")


def _await(one: Judged, top: int) -> None:
    """Makes hypothetical what somebody waits for, and drops it where it was taken for his own doing ("will Inspektoren
    erst nach Aufhebung der Sanktionen zulassen"); so too what he wants something before: "will vor einer Waffenruhe
    das Ende der Hilfe"."""
    sentence = one.candidate.sentence
    verb = sentence.heads[top]
    case = next(iter(sentence.under(top, "case")), None)
    if case is None or one.likeliest not in {"planned", "occurred"}:
        return
    wants = any(
        word.lower in _WANTS and (at == verb or sentence.heads[at] == verb) for at, word in enumerate(sentence.words)
    )
    lower = sentence.words[case].lower
    if wants and lower in _AFTER and case and sentence.words[case - 1].lower in _ONLY:
        waiting = sentence.subject(verb) & one.roles.keys()
        if any(one.roles[name]["actor"] >= _LIKELY for name in waiting):
            one.chance = 0.0
        one.settle("hypothetical")
    elif wants and lower == "vor" and sentence.words[case + 1].lower in _A:
        one.chance = 0.0


def threatened(events: list[Coded]) -> list[Coded]:
    """The events, what is threatened on a condition as threats, without what is only the condition of one."""
    out: list[Coded] = []
    for event in events:
        if event.best.condition is not None and event.type in HOSTILE and event.actors:
            event.type, event.status = "threat", "occurred"
            event.changes.append("a threat: it is to be done if another does something")
            event.recipients = event.recipients or named_in(event.best, event.actors)
            if any(says_too(other, event) for other in out):
                continue
        out.append(event)
    return [event for event in out if not any(_is_condition(event, other) for other in out)]


def _conditions(sentence: Sentence) -> Iterator[range]:
    """The clauses of a sentence that say on which condition."""
    words = sentence.words
    for place, word in enumerate(words):
        opens = place == 0 or words[place - 1].text in _STOPS or not words[place - 1].text[0].isalnum()
        if word.lower in _IF or (word.lower in _SHOULD and opens):
            end = next((p for p in range(place, len(words)) if words[p].text in _STOPS), len(words))
            yield range(place, end)


def _supposed(sentence: Sentence) -> Iterator[tuple[range, int]]:
    """The German conditions of a sentence, each with the verb in the present tense of what would follow."""
    words = sentence.words
    for part in _conditions(sentence):
        begin, end = part.start, part.stop
        if words[begin].lower not in _FALLS or (begin and words[begin - 1].lower in _ANYWAY) or words[-1].text == "?":
            continue
        if words[begin + 1 : begin + 2] and words[begin + 1].lower == "auch":
            continue
        verb = _follows(sentence, begin, end)
        if verb is None or words[verb].lemma in _PERFECT:
            continue
        if "Tense=Past" in sentence.morphs[verb] and words[verb].lower not in _WOULD:
            continue
        yield part, sentence.heads[verb] if sentence.tags[verb] == "AUX" else verb


def _follows(sentence: Sentence, begin: int, end: int) -> int | None:
    """The finite verb of what follows from the condition between two places: right behind its comma, or before it."""
    words = sentence.words
    if begin and words[begin - 1].text == ",":
        verbs = [p for p in range(begin) if sentence.tags[p] in VERBS and "VerbForm=Fin" in sentence.morphs[p]]
        condition = [p for p in range(begin, end) if not begin <= sentence.heads[p] < end]
        mains = {sentence.heads[p] for p in condition}
        return next((p for p in verbs if p in mains or sentence.heads[p] in mains), None)
    place = end + 1
    if place < len(words) and words[place].lower in _THEN:
        place += 1
    return place if place < len(words) and words[end].text == "," and sentence.tags[place] in VERBS else None


def _is_done(sentence: Sentence, place: int, main: int) -> bool:
    """Whether a word is the verb of a clause, or what that verb does, and not when or why it does so."""
    way = sentence.way_up(place, [main])
    if way is None or any(sentence.deps[one] not in _DOES for one in way):
        return False
    return place == main or all(up != place or sentence.deps[p] != "case" for p, up in enumerate(sentence.heads))


def _is_denied(sentence: Sentence, part: range) -> bool:
    return any(sentence.words[place].lower in _NOT for place in part)


def _said_with(verb: int, sentence: Sentence) -> Iterator[int]:
    """What a verb of saying says, and the verb that a verb of saying stands beside."""
    if sentence.deps[verb] in _SAID:
        yield sentence.heads[verb]
    for place, up in enumerate(sentence.heads):
        if up == verb and sentence.deps[place] in _SAID:
            yield place


def _will(sentence: Sentence, verb: int) -> bool:
    return any(up == verb and sentence.words[place].lower in _WILL for place, up in enumerate(sentence.heads))


def is_own(one: Judged, verb: int, lexicon: Lexicon) -> bool:
    """Whether who says so is the subject of the verb, or belongs to it ("its ministry said"), or says "we"."""
    sentence = one.candidate.sentence
    source = source_of(one.candidate, lexicon)
    if source is None:
        return False
    if any(up == verb and sentence.words[place].lower in _WE for place, up in enumerate(sentence.heads)):
        return True
    subject = sentence.subject(verb)
    party = party_at(sentence, source)
    if party is not None and _is_meant(verb, party, sentence):
        return True
    if party is not None:
        return not subject.isdisjoint(party.ids)
    said_by = [word.lower for word in sentence.words if source[0] <= word.start < source[1]]
    return bool(subject) and not _OWN.isdisjoint(said_by)


def _is_meant(verb: int, party: Party, sentence: Sentence) -> bool:
    """Whether the subject of a verb is a pronoun, and means who says so: "Trump said he would"."""
    says = sentence.heads[verb]
    if sentence.words[says].lemma in _ADDRESSES or sentence.subject(says).isdisjoint(party.ids):
        return False
    subjects = sentence.under(verb, "nsubj")
    return any(sentence.words[place].lower in _THEY for place in subjects)


def named_in(one: Judged, actors: Collection[str]) -> tuple[str, ...]:
    """Who is named first in the condition of a candidate."""
    part = one.condition or ()
    parties = (party for party in one.candidate.sentence.parties if party.words[0] in part)
    return next((party.ids for party in parties if set(party.ids).isdisjoint(actors)), ())


def _is_condition(event: Coded, threat: Coded) -> bool:
    """Whether all that is said of an event stands in the condition of a threat, or in the words of its warning."""
    part = threat.best.condition or threat.best.warned
    if threat.type != "threat" or part is None or event is threat or event.status in {"occurred", "historical"}:
        return False
    sentence = threat.best.candidate.sentence
    return all(one.candidate.sentence is sentence and one.candidate.head in part for one in event.sources)
