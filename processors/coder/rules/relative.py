"""Who does it to whom in a relative clause, by its pronoun and what stands right behind it.

In "Ruanda, dem Kinshasa ... vorwirft" and "the Houthis, whom Riyadh blames" who is named before suffers it, as in "die
Nato, der von Dänemark ... vorgeworfen wird"; in "die Sabotage, die Berlin Peking vorwirft" Berlin blames Peking.
"""

from collections.abc import Iterable
from itertools import pairwise

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.judged import Judged
from processors.coder.relations import PREPOSITIONS
from processors.coder.rules.fronted import FEMININE, NAMED, is_infinitive
from processors.records import RECIPROCAL

_RELATIVE = frozenset("die das den dem denen".split())
_WHOM = frozenset({"dem", "den", "denen", "whom"})
_PRONOUNS = _WHOM | {"der", "die", "das"}
_ARTICLES = frozenset("the der die das den dem".split())
_BY = frozenset({"von", "vom"})
_STOPS = frozenset(".!?")
_PASSIVE = frozenset("wird werden wurde wurden worden werde würde".split())
_PLURAL = frozenset("USA NLD PHL ARE HOUTHIS TALIBAN RSF".split())  # in German


def read_whom(one: Judged) -> None:
    """Gives the roles in a relative clause whose pronoun and verb tell whether who is named before it does it or
    suffers it, and in the sentence that it stands in."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type in RECIPROCAL:
        return
    for named in sentence.parties:
        comma = _comma(named, sentence)
        before = next((party for party in sentence.parties if party.words[1] == comma - 1), None)
        if comma < 1 or before is None or set(named.ids) & set(before.ids):
            continue
        suffers = _suffers(comma, named, before, sentence)
        if suffers is not None and _is_within(named, one):
            _give_both(*((named, before) if suffers else (before, named)), one)
            one.bar(sentence.only([party for party in sentence.parties if party.words[0] > named.words[1]]))
        elif suffers and _goes_on(named, before, one):
            one.give(before.ids, "actor")
            _stop(named.ids, one)
            if one.candidate.found.rule.type == "rejection":
                one.give(named.ids, "recipient")


def _give_both(who: Party, whom: Party, one: Judged) -> None:
    """Makes one the only actor, and another a recipient."""
    sentence = one.candidate.sentence
    _stop(sentence.only([party for party in sentence.parties if party.first is not who.first]), one)
    one.give(who.ids, "actor")
    one.give(whom.ids, "recipient")


def _stop(names: Iterable[str], one: Judged) -> None:
    for name in one.roles.keys() & set(names):
        one.stop_acting(name)


def _comma(named: Party, sentence: Sentence) -> int:
    """The comma before the relative pronoun that a name stands right behind, with its article or with "von"; 0 where
    there is none."""
    words, place = sentence.words, named.words[0] - 1
    if place > 1 and words[place].lower in _ARTICLES and words[place - 1].lower in _RELATIVE | _BY | {"der"}:
        place -= 1
    if place > 1 and words[place].lower in _BY:
        place -= 1
    return place - 1 if place > 0 and words[place].lower in _PRONOUNS and words[place - 1].text == "," else 0


def _clause(comma: int, sentence: Sentence) -> tuple[list[int], int]:
    """The words of a German clause behind a comma, and its verb, where that stands last and is finite, else 0: "Israel,
    den Iran anzugreifen" and "lobte Israel, den Iran kritisierte er" are no relative clauses."""
    words, clause = sentence.words, sentence.clause[comma]
    inside = [at for at in range(comma, len(words)) if sentence.clause[at] == clause and words[at].text not in _STOPS]
    last = inside[-1]
    final = sentence.parsed and sentence.tags[last] in VERBS and not is_infinitive(last, sentence)
    return inside, last if final else 0


def _suffers(comma: int, named: Party, before: Party, sentence: Sentence) -> bool | None:
    """Whether who is named before a relative clause suffers what it tells: by its pronoun, as a passive, or by the
    number of its verb ("die Huthi, die Riad beschuldigt"); None where nothing tells."""
    words, pronoun = sentence.words, sentence.words[comma + 1].lower
    inside, verb = _clause(comma, sentence)
    if pronoun != "whom" and sentence.parsed and not verb:
        return None
    if any(words[at].lower in _BY for at in range(comma + 1, named.words[0])):
        return True if any(words[at].lower in _PASSIVE for at in inside) else None
    if pronoun == "der":
        return True if before.kind in NAMED and set(before.ids) & FEMININE else None
    if pronoun != "die":
        return True if pronoun in _WHOM else None
    tells = before.kind in NAMED and set(before.ids) & _PLURAL and not set(named.ids) & _PLURAL and named.lead is None
    return not words[verb].lower.endswith("n") if tells and verb else None


def read_about(one: Judged) -> None:
    """Makes the only actor of a German relative clause that opens with a preposition of who stands right behind its
    pronoun: "Raketen, um die Selenskyj gebeten hatte, sagte Trump nicht zu"."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type in RECIPROCAL or "subject" not in one.frame.actor:
        return
    words = sentence.words
    for named in sentence.parties:
        place = named.words[0] - 1
        if place > 2 and words[place].lower in _ARTICLES and words[place - 1].lower in _PRONOUNS:
            place -= 1
        opens = place > 1 and words[place].lower in _PRONOUNS and words[place - 1].lower in PREPOSITIONS["de"]
        if not opens or words[place - 2].text != "," or named.genitive or not _is_within(named, one):
            continue
        inside, verb = _clause(place - 2, sentence)
        if not verb or any(words[at].lower in _PASSIVE for at in inside):
            continue
        others = [party for party in sentence.parties if party.first is not named.first]
        _stop(sentence.only(others), one)
        one.give(named.ids, "actor")


def _is_within(named: Party, one: Judged) -> bool:
    """Whether a candidate's verb stands in the clause that somebody is named in, behind him."""
    sentence, clause = one.candidate.sentence, one.candidate.sentence.clause
    if sentence.parsed and all(sentence.tags[at] not in VERBS for at in one.candidate.found.words):
        return False
    return all(at > named.words[1] and clause[at] == clause[named.words[1]] for at in one.candidate.found.words)


def _goes_on(named: Party, before: Party, one: Judged) -> bool:
    """Whether a candidate's verb stands right behind the relative clause of who opens the sentence."""
    sentence, verb = one.candidate.sentence, one.candidate.head
    if "subject" not in one.frame.actor:
        return False
    opens = before.words[0] == 0 or (before.words[0] == 1 and sentence.words[0].lower in {"die", "das", "the"})
    if not opens or not sentence.parsed or sentence.tags[verb] not in VERBS or sentence.words[verb - 1].text != ",":
        return False
    # Within it an infinitive may stand: "dem Malaysia vorwirft, seine Fischer beschossen zu haben, wies ...".
    between = sentence.clause[verb] - sentence.clause[named.words[1]]
    return between == 1 or (between == 2 and sentence.tags[verb - 2] in VERBS)


def read_relative(one: Judged) -> None:
    """Gives the roles in a German relative clause that opens with whom or what it is about, and then names two ("der
    Brand, den Warschau Moskau anlastet"): the first of them does it, to the second."""
    if one.candidate.found.rule.type in RECIPROCAL:
        return
    sentence, trigger = one.candidate.sentence, one.candidate.found.words
    words = sentence.words
    parties = sorted((party for party in sentence.parties if party.kind != "adjective"), key=lambda one: one.words)
    for who, whom in pairwise(parties):
        opens = who.words[0] - 1
        if opens > 0 and words[opens].lower in _ARTICLES and words[opens - 1].lower in _RELATIVE:
            opens -= 1
        between = [word.lower for word in words[who.words[1] + 1 : whom.words[0]]]
        if opens < 1 or words[opens].lower not in _RELATIVE or who.genitive or whom.lead or len(between) > 1:
            continue
        comma = words[opens - 1].text == "," or (opens > 1 and words[opens - 2].text == ",")
        if not comma or not _ARTICLES.issuperset(between) or set(who.ids) & set(whom.ids):
            continue
        if all(place > whom.words[1] and not _is_parted(whom.words[1], place, sentence) for place in trigger):
            one.give(who.ids, "actor")
            one.give(whom.ids, "recipient")


def _is_parted(start: int, end: int, sentence: Sentence) -> bool:
    return any(word.text in {",", ";", ":"} for word in sentence.words[start:end])
