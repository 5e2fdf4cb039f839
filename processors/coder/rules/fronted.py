"""Who does it to whom in a German sentence that opens with its object: "Dem Iran drohte Trump", "Von Kiew verlangt
Putin", "Die Kritik Pekings wies Manila zurück". The parse often takes what stands first for the subject."""

import re
from collections.abc import Iterable, Sequence

from processors.coder.analysis import VERBS, Party, Sentence
from processors.coder.judged import Judged
from processors.coder.relations import preposition
from processors.coder.rules.verdicts import CALLING
from processors.coder.triggers import Word
from processors.records import RECIPROCAL

# What opens a clause; words before its first phrase.
_SIGNS = frozenset(",;:()–—„“”»«\"'")
_INFINITIVE = re.compile(r"\w{2,6}zu\w{3,}n")
_STOPS = frozenset(".!?")
_FIRST = frozenset("auch und aber doch denn nur gerade".split())
# With these articles a name or noun is no subject; states and groups that are feminine in German.
_NO_SUBJECT = frozenset("dem den einem einen keinem keinen diesem diesen seinem ihrem seinen ihren".split())
FEMININE = frozenset("UKR TUR SVK CHE MNG HAMAS HEZBOLLAH EU NATO IAEA RSF AU PKK".split())
_FEMININE_BODY = re.compile(
    r".*(?:präsidentin|kanzlerin|ministerin|chefin|regierung|führung|armee|miliz|organisation|bewegung|koalition|behörde"
    r"|kommission|junta)"
)
# What behind "der" is a subject: masculine names and offices. Pronouns that are one.
_MASCULINE = re.compile(
    r"kreml|iran|irak|jemen|sudan|südsudan|libanon|tschad|niger|senegal|vatikan|kongo|papst|westen|.*präsident|.*minister"
    r"|.*kanzler|.*premier|.*sprecher|.*chef|.*könig|.*kronprinz|.*emir|.*gesandte|.*beauftragte|.*generalsekretär"
)
_PRONOUNS = frozenset({"er", "man", "wir", "ich"})
_FROM_WHOM = frozenset("verlangen fordern erwarten".split())
_FROM = frozenset({"von", "vom"})
# Nouns for what is turned down, blamed or welcomed and does none of that itself; those of them that are feminine; the
# verbs whose subject is somebody.
_DEEDS = re.compile(
    r".*(?:kritik|vorw[uü]rfe?|forderung(?:en)?|vorschl[aä]ge?|angebote?|pläne?|plan|aufrufe?|angriffe?|vorgehen"
    r"|äußerung(?:en)?|entscheidung(?:en)?|festnahmen?|anschl[aä]ge?|bitten?|einladung(?:en)?|drohung(?:en)?|ultimatum"
    r"|sanktionen|zölle|lieferung(?:en)?|einsatz|einsätze|offensiven?|invasion|annexion|beschuss|tests?|manöver"
    r"|behauptung(?:en)?|darstellung(?:en)?|anschuldigung(?:en)?|warnung(?:en)?|ankündigung(?:en)?|zusagen?|einmarsch"
    r"|haltung|kurs|schritte?|maßnahmen?|bedingung(?:en)?|aussagen?|worte|tötung|hinrichtung(?:en)?|blockaden?"
    r"|ausweisung(?:en)?|stationierung|entsendung|anerkennung|idee|wunsch|vermittlung|verhaftung(?:en)?)"
)
# What is done to those in the genitive behind it.
_SUFFERED = re.compile(
    r".*(?:annexion|invasion|beschuss|festnahmen?|verhaftung(?:en)?|tötung|hinrichtung(?:en)?|blockaden?|anerkennung"
    r"|ausweisung(?:en)?|stationierung|entsendung|lieferung(?:en)?)"
)
_FEMININE_DEED = re.compile(r".*(?:ung|kritik|bitte|offensive|invasion|annexion|zusage|aussage|idee|blockade)")
_JUDGING = frozenset(
    "ablehnen zurückweisen verurteilen kritisieren rügen begrüßen loben würdigen bedauern beklagen missbilligen "
    "befürworten dementieren bestreiten verwerfen akzeptieren billigen tadeln geißeln brandmarken ausschlagen nennen "
    "bezeichnen anprangern bemängeln verdammen unterstützen verteidigen".split()
)
NAMED = frozenset({"state", "organisation", "group"})  # kinds of parties
# Types of what is judged, and of what somebody is given in words that stand as the verb's object.
_DONE = frozenset({"attack", "coercion"})
_GIVEN = frozenset({"support", "aid", "arms_delivery", "accusation"})
_AIMED = frozenset({"auf", "gegen"})
_DETERMINERS = _NO_SUBJECT | frozenset("der die das des ein eine einer eines diese dieses jede jedes alle".split())
_SUBJECT_ARTICLES = frozenset("der die das ein eine".split())
_BETWEEN = frozenset({"ADV", "PART", "ADJ", "DET", "PRON"})  # tags, from the verb to its subject


def read_fronted(one: Judged) -> None:
    """Gives the roles in a German clause that opens with its object, by its articles and verb."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type in RECIPROCAL or not sentence.parsed or "subject" not in one.frame.actor:
        return
    top = sentence.top(one.candidate.found.words)
    verb = next((place for place in one.candidate.found.words if sentence.tags[place] in VERBS), sentence.heads[top])
    second = _finite(verb, sentence)
    start = sentence.begin(second, _SIGNS)
    while start < second and sentence.words[start].lower in _FIRST:
        start += 1
    if start >= second:
        return
    field = range(start, second)
    parties = [party for party in sentence.parties if start <= party.words[0] and party.words[1] < second]
    suffers = _suffering(field, parties, verb, sentence)
    if suffers is None and _is_subject_behind(second, sentence):
        opens = {start, start + 1} if sentence.words[start].lower in {"die", "das"} else {start}
        suffers = [party for party in parties if party.first.words[0] in opens] or None
    # Behind a comma it may be a relative clause.
    if suffers is None or (start and sentence.words[start - 1].text == "," and not _subject(second, sentence)):
        return
    doing = {name for party in _subject(second, sentence) for name in party.ids}
    before = {name for party in parties for name in party.ids}
    if top in field:
        if one.candidate.found.rule.type in _DONE:
            _spare(doing - before, one)
    elif _is_told_by(verb, top, one):
        _give(doing, {name for party in suffers for name in party.ids}, before, one)


def spare_critics(one: Judged) -> None:
    """Takes the recipient's role of a strike from who only censures it, where it is said at what it was aimed:
    "Frankreich rügt US-Angriffe auf Boote"."""
    sentence, top = one.candidate.sentence, one.candidate.sentence.top(one.candidate.found.words)
    if one.candidate.found.rule.type != "attack" or not sentence.parsed or sentence.deps[top] != "obj":
        return
    verb, behind = sentence.heads[top], sentence.words[top + 1 : top + 4]
    if sentence.verb(verb) in _JUDGING and not _AIMED.isdisjoint(word.lower for word in behind):
        aimed = {name for party in sentence.parties if party.words[0] > top for name in party.ids}
        _spare(sentence.subject(verb) - aimed, one)


def _give(doing: set[str], suffering: set[str], before: set[str], one: Judged) -> None:
    """Makes some the only actors, where there are any, and of those who are named before the verb some recipients."""
    if suffering:
        one.bar(before - doing)
    one.give(suffering - doing, "recipient")
    if doing:
        for name in {name for party in one.candidate.sentence.parties for name in party.ids} & one.roles.keys():
            one.stop_acting(name)
    one.give(doing, "actor")


def _is_told_by(verb: int, top: int, one: Judged) -> bool:
    """Whether a candidate is told by a verb: as the verb itself, as what that calls something, or as what is given."""
    sentence, kind = one.candidate.sentence, one.candidate.found.rule.type
    if verb in one.candidate.found.words or sentence.words[verb].lemma in CALLING:
        return True
    return (kind in _GIVEN and sentence.deps[top] == "obj") or (kind == "threat" and sentence.deps[top] == "obl")


def _spare(names: set[str], one: Judged) -> None:
    """Takes the recipient's role of an act from those who only judge it: "Die Angriffe Israels rügte Frankreich"."""
    for name in names & one.roles.keys():
        odds = one.roles[name]
        one.roles[name] = {**odds, "recipient": 0.0, "none": odds["none"] + odds["recipient"]}


def _finite(verb: int, sentence: Sentence) -> int:
    """The place of a verb, or of what helps it before; 0 for a passive, an infinitive, the last word of a clause and
    what is no verb."""
    if sentence.tags[verb] not in VERBS:
        return 0
    helpers = [at for at, up in enumerate(sentence.heads) if up == verb and sentence.deps[at].startswith("aux")]
    participle = "VerbForm=Part" in sentence.morphs[verb]
    if participle and any(sentence.words[at].lemma == "werden" for at in helpers):
        return 0
    second = min([verb, *helpers])
    last = second + 1 >= len(sentence.words) or sentence.words[second + 1].text in _SIGNS | _STOPS
    return 0 if last or is_infinitive(second, sentence) else second


def is_infinitive(verb: int, sentence: Sentence) -> bool:
    """Whether a German verb is an infinitive with "zu", by the words: the parse takes many forms for infinitives."""
    return sentence.words[verb - 1].lower == "zu" or _INFINITIVE.fullmatch(sentence.words[verb].lower) is not None


def _suffering(field: range, parties: Sequence[Party], verb: int, sentence: Sentence) -> list[Party] | None:
    """To whom it is done by what stands before a verb; None where that may be its subject."""
    words, tags = sentence.words, sentence.tags
    opens, last = words[field.start].lower, field.stop - 1
    if tags[last] in {"ADP", "ADV"} or tags[field.start] in VERBS:
        return None  # "Dem Bericht zufolge griff ..."
    closing = {id(party.first) for party in parties if party.words[1] == last}
    ending = [party for party in parties if id(party.first) in closing]
    noun = next((at for at in field if tags[at] == "NOUN"), last)
    if _is_deed(noun, field, verb, sentence) and not any(_is_loose(party, noun, sentence) for party in ending):
        masculine = opens == "der" and not _FEMININE_DEED.fullmatch(words[noun].lower)
        known = opens in _NO_SUBJECT or (opens == "der" and not masculine)
        judged = sentence.verb(verb) in _JUDGING and not masculine
        return _owners(noun, parties, sentence) if known or judged else None
    if opens in _FROM:
        asked = words[verb].lemma in _FROM_WHOM and _is_phrase(field.start + 1, ending, sentence)
        return ending if asked else None
    if opens in _NO_SUBJECT and all(party.words[0] > field.start for party in parties):
        return ending if ending and _is_phrase(field.start, ending, sentence) else _owners(noun, parties, sentence)
    if tags[field.start] == "ADP":
        return None
    joined = next((party for party in ending if party.lead), None)
    if joined is not None and words[joined.words[0] - 1].lower in _NO_SUBJECT:
        return [party for party in parties if party.first is joined.first]
    if opens == "der" and any(_is_feminine(party, field.start + 1, words) for party in ending):
        return ending
    # "Der ukrainischen Regierung", "Der Präsidentin Moldaus"
    adjective = noun == field.start + 2 and words[noun - 1].lower.endswith("en")
    if opens != "der" or not (noun == field.start + 1 or adjective) or not _FEMININE_BODY.fullmatch(words[noun].lower):
        return None
    return [party for party in parties if party.words[0] <= noun or party.genitive or party in ending]


def _is_subject_behind(second: int, sentence: Sentence) -> bool:
    """Whether a nominative stands right behind the verb: "warf er", "warf der Kreml", "warf der türkische ..."."""
    words = [word.lower for word in sentence.words[second + 1 : second + 4]]
    if words and words[0] in _PRONOUNS:
        return True
    if len(words) < 3 or words[0] != "der":
        return False
    adjective = sentence.tags[second + 2] == "ADJ" and words[1].endswith("e")
    return adjective or _MASCULINE.fullmatch(words[1]) is not None


def _is_feminine(party: Party, start: int, words: Sequence[Word]) -> bool:
    """Whether all that stands from a word on is the plain name of a state or group that is feminine in German."""
    plain = party.kind in NAMED and party.words[0] == start and "-" not in words[party.words[1]].text
    return plain and not FEMININE.isdisjoint(party.ids)


def _is_deed(noun: int, field: range, verb: int, sentence: Sentence) -> bool:
    """Whether a noun for what somebody does is what stands before the verb, and not a kicker before a subject."""
    if not _DEEDS.fullmatch(sentence.words[noun].lower) or sentence.heads[noun] != verb:
        return False
    others = (at for at in field if at != noun and sentence.heads[at] == verb)
    return all(sentence.tags[at] != "ADP" for at in range(field.start, noun)) and not any(
        sentence.deps[at].startswith("nsubj") for at in others
    )


def _is_loose(party: Party, noun: int, sentence: Sentence) -> bool:
    """Whether a name stands behind another noun without belonging to it: "Angriff auf Putins Residenz Selenskyj ...",
    where a kicker ends before it."""
    place = party.words[0] - 1
    beside = any(other.words[1] == place and other.ids == party.ids for other in sentence.parties)
    return place > noun and sentence.tags[place] in {"NOUN", "PROPN"} and not (party.genitive or party.lead or beside)


def _is_phrase(start: int, ending: Sequence[Party], sentence: Sentence) -> bool:
    """Whether nothing with a preposition stands between the start of a phrase and one of those in it."""
    first = min((party.first.words[0] for party in ending), default=start)
    return all(sentence.tags[at] in {"DET", "ADJ", "NOUN", "PRON"} for at in range(start, first))


def _owners(noun: int, parties: Iterable[Party], sentence: Sentence) -> list[Party]:
    """Whose a deed is: "die Kritik Pekings", "die chinesische Kritik", "US-Angriffe", "die Festnahme durch Israel"."""
    out = []
    for party in parties:
        opener = preposition(sentence.words, party.words[0], "de")
        beside = party.words[0] - noun == 1 + (sentence.words[noun + 1].lower in _DETERMINERS)
        suffered = _SUFFERED.fullmatch(sentence.words[noun].lower) is not None
        own = party.words[0] <= noun or (not opener and beside and not suffered)
        if own or opener == "durch" or (opener in {"von", "aus"} and party.words[0] - noun <= 3):
            out.append(party)
    return [party for party in parties if party in out or party.first in out]


def _subject(second: int, sentence: Sentence) -> list[Party]:
    """Who stands as the subject behind the verb, with those who are named together with him."""
    behind = sorted((party for party in sentence.parties if party.words[0] > second), key=lambda party: party.words)
    if not behind:
        return []
    first, place = behind[0], second + 1
    while place < first.words[0]:
        day = sentence.words[place].lower in {"am", "im"} and sentence.tags[place + 1] in {"NOUN", "PROPN"}
        if not day and sentence.tags[place] not in _BETWEEN:
            return []
        place += 2 if day else 1
    if place > first.words[0] or sentence.words[place - 1].lower in _DETERMINERS - _SUBJECT_ARTICLES:
        return []
    return [party for party in behind if party.first is first.first]
