"""Who looks like an actor and is none: who has to do something, whom a passive or an infinitive names, whose make a
weapon is, and who only stands behind somebody.

"Sudan's army must stop fighting, he said" asks the army, and who says so is the one who asks; "Hungary was asked to
pay" asks Hungary; "Russia attacked Kyiv with Iranian drones" tells of no attack by Iran, and "the regime supported by
Russia" of nothing that Russia does now. The learned layer, which sees few such sentences, often takes the subject for
the actor, and everybody named beside drones.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from processors.coder.analysis import Party, Sentence
from processors.coder.attribution import speaker
from processors.coder.judged import Judged
from processors.coder.lexicon import Government, Lexicon
from processors.coder.parties import opener, owners
from processors.coder.rules.word_order import drop_named_backers
from processors.records import RECIPROCAL

_ASKING = frozenset({"demand", "peace_call"})
_MUST = frozenset(
    "must should ought muss müssen müsse müssten müsste sollen sollten sollte darf dürfen dürfe dürften".split()
)
_HAS = frozenset({"have", "need", "haben"})
_WITHIN = frozenset({"conj", "flat"})  # further down in a subject
_ASKS = 0.9
_PASSIVE = frozenset("was were been being is are be got gets wurde wurden worden wird werden".split())
# Who is sent or withdrawn does it: "Russian troops were sent to the border".
DONE_BY_SUBJECT = RECIPROCAL | {"mobilization", "troop_withdrawal", "protest"}
# Whose subject is also who does, or has not done, what the infinitive under them tells.
_OF_ONESELF = frozenset(
    "dementieren bestreiten leugnen abstreiten verneinen behaupten einräumen zugeben gestehen drohen androhen planen "
    "ankündigen beabsichtigen versprechen beginnen aufhören".split()
)
_INFINITIVE = re.compile(r"\w{2,6}zu\w{3,}n")
_WITH = frozenset({"with", "mit"})
# What is done with weapons by those who have them, whoever has made them.
_USES = frozenset("einsetzen abfeuern verwenden nutzen benutzen fire launch use employ deploy".split())
# Elsewhere who has made them may have given them, or may allow their use.
_STRIKES = frozenset({"attack", "mobilization"})
_TAKES = "coercion"
_MAKES = frozenset({"amod", "compound"})  # how those who have made a weapon stand to it
# What may be said only to tell who somebody is; nouns that are somebody, though they name nobody.
_STANDS_BEHIND = frozenset({"support", "arms_delivery", "aid"})
_BODIES = frozenset(
    "government regime army militia rebels forces troops fighters group junta president party regierung regime armee "
    "miliz milizen rebellen truppen kämpfer gruppe junta präsident partei".split()
)
# What somebody is accused of, as accusing words too.
_WRONGS = frozenset(
    "betray betrayal breach breached breaching violate violated violating violation undermine undermining destabilise "
    "destabilize cheat theft steal stole stolen lie blackmail terrorism aggression interference provocation "
    "disinformation propaganda manipulation plot fail failing failure prolong escalate complicit harassment".split()
)
_WRONG_NOUNS = frozenset(
    "provocation aggression blackmail terrorism interference disinformation propaganda harassment provokation "
    "erpressung einmischung desinformation völkerrechtsbruch kriegsverbrechen sabotage schikane".split()
)
_FROM = frozenset({"from", "aus"})
_BY = frozenset({"by", "von"})
_DISPOSED = frozenset({"prepared", "determined"})  # "was prepared to talk" tells of whom it says so
_RELATIVE = frozenset("who which that der die das".split())
_PERFECT = frozenset("has have had hat haben hatte hatten".split())
_FAR = 3  # words up the parse from a weapon to the verb
_LIKELY = 0.5  # above what makes an attack an event


def oblige(one: Judged, lexicon: Lexicon) -> None:
    """Changes the roles of a candidate that says what somebody has to do; nothing where its subject is no party."""
    found, sentence = one.candidate.found, one.candidate.sentence
    if found.rule.type not in _ASKING or not sentence.parsed:
        return
    modal = next((place for place in range(len(sentence.words)) if _obliges(place, one) and _is_its(place, one)), None)
    if modal is None:
        return
    asked = subjects_of(sentence.heads[modal] if sentence.deps[modal] == "aux" else modal, one)
    if not asked:
        return
    one.must = sentence.words[modal].text
    one.turn(asked, "recipient")
    asks = speaker(one.candidate, lexicon)
    for name in (set(asks.ids) if asks else set()) - asked:
        if name in one.roles:
            one.roles[name] = {**dict.fromkeys(one.roles[name], 0.0), "actor": max(_ASKS, one.roles[name]["actor"])}


def turn_passive(one: Judged) -> None:
    """Makes recipients of the parties that are the subject of a candidate's verb in the passive.

    Of twenty annotated events of such verbs whose subject is a party, it is the recipient in all. So is the party that
    a participle with "by" belongs to ("Egypt, criticised by Israel, ...").
    """
    sentence = one.candidate.sentence
    if not sentence.parsed:
        return
    if one.candidate.found.rule.type in DONE_BY_SUBJECT:
        _drop_met(one)
        return
    for verb in one.candidate.found.words:
        suffering = _suffering(verb, one) if is_passive(verb, one) else _belonging(verb, one)
        if suffering:
            one.passive = sentence.words[verb].text
            one.turn(suffering, "recipient")
            _let_expel(verb, one)
            return


def _suffering(verb: int, one: Judged) -> set[str]:
    """Who or whose the subject of a passive is, also as what a relative clause belongs to ("Belgium, which has been
    asked by the EU, ..."): then those behind "by" are its actors."""
    named = subjects_of(verb, one) | _owning(verb, one)
    sentence = one.candidate.sentence
    if named or sentence.deps[verb] != "acl":
        return named
    subjects = (at for at in sentence.children()[verb] if sentence.deps[at].startswith("nsubj"))
    above = sentence.heads[verb]
    if all(sentence.words[at].lower not in _RELATIVE for at in subjects):
        return set()
    by = [party for party in sentence.parties if sentence.heads[party.first.head] == verb]
    one.turn({name for party in by if opener(sentence, party.first) in _BY for name in party.ids}, "actor")
    whose = {name for party in sentence.parties if party.head == above for name in party.ids}
    return whose or owners(sentence, above)


def _let_expel(verb: int, one: Judged) -> None:
    """Makes actors of those that somebody "was expelled from"."""
    sentence = one.candidate.sentence
    if one.candidate.found.rule.type != "diplomatic_break":
        return
    for party in sentence.parties:
        if sentence.heads[party.first.head] == verb and opener(sentence, party.first) in _FROM:
            one.turn(party.ids, "actor")


def name_wrongdoer(one: Judged) -> None:
    """Makes recipients of those whose wrong it is that an accusation names: "sprach von russischer Provokation"."""
    found, sentence = one.candidate.found, one.candidate.sentence
    if found.rule.type != "accusation" or len(found.words) > 1 or not sentence.parsed:
        return
    noun = found.words[0]
    if sentence.tags[noun] == "NOUN" and sentence.words[noun].lemma in _WRONG_NOUNS:
        one.turn(owners(sentence, noun), "recipient")


def _owning(verb: int, one: Judged) -> set[str]:
    """Whose the subject of a verb is, where that names no party itself: "Iran's request was turned down"."""
    sentence = one.candidate.sentence
    subjects = [place for place in sentence.children()[verb] if sentence.deps[place].startswith("nsubj")]
    return {name for place in subjects for name in owners(sentence, place)}


def _drop_met(one: Judged) -> None:
    """Drops a meeting that is none: what is "getroffen worden" has been hit."""
    met = one.candidate.found.rule.type == "leader_meeting"
    words = one.candidate.sentence.words
    if met and any(words[place].lower == "getroffen" and is_passive(place, one) for place in one.candidate.found.words):
        one.chance = 0.0


def _belonging(verb: int, one: Judged) -> set[str]:
    """Who is named as what an English participle with "by" belongs to, also where that opens the sentence ("Accused by
    Niger, France ...")."""
    sentence = one.candidate.sentence
    if not _is_reduced(verb, sentence):
        return set()
    above = sentence.heads[verb]
    if sentence.deps[verb] == "advcl":
        return subjects_of(above, one)
    return {name for party in sentence.parties if party.head == above for name in party.ids}


def _is_reduced(verb: int, sentence: Sentence) -> bool:
    if sentence.deps[verb] not in {"acl", "advcl"} or "VerbForm=Part" not in sentence.morphs[verb]:
        return False
    below = sentence.children()
    if sentence.words[verb].lower.endswith("ing") or any(
        sentence.deps[child].startswith(("aux", "nsubj", "mark", "obj")) for child in below[verb]
    ):
        return False
    return any(sentence.words[case].lower == "by" for child in below[verb] for case in below[child])


def turn_infinitive(one: Judged) -> None:
    """Makes recipients of the parties that the parse has as the subject of a German infinitive with "zu", which has
    none ("bestreitet, Polen angegriffen zu haben"), and the actor of the subject of the verb above, where that tells of
    what somebody does himself."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    if one.candidate.found.rule.type in RECIPROCAL or not sentence.parsed:
        return
    verb = next((place for place in words if _is_infinitive(place, one)), None)
    suffering = subjects_of(verb, one) if verb is not None else set()
    if verb is None or not suffering:
        return
    one.turn(suffering, "recipient")
    above = sentence.heads[verb]
    if _OF_ONESELF.isdisjoint((sentence.words[above].lemma, sentence.verb(above))):
        return
    one.turn(subjects_of(above, one) - suffering, "actor")


def _is_infinitive(place: int, one: Judged) -> bool:
    sentence = one.candidate.sentence
    if sentence.tags[place] != "VERB" or is_passive(place, one):
        return False
    below = sentence.children()[place]
    # The "zu" of "sagt Hilfe zu" is the verb's own particle.
    particles = [child for child in below if sentence.tags[child] == "PART" and sentence.deps[child] != "compound:prt"]
    marked = any(sentence.words[child].lower == "zu" for child in particles)
    return marked or (
        "VerbForm=Inf" in sentence.morphs[place] and _INFINITIVE.fullmatch(sentence.words[place].lower) is not None
    )


def drop_weapons(text: Sequence[Judged], arms: int) -> None:
    """Drops the attacks of a text that are only a weapon in another ("with drones", "shot down Russian drones"), and
    takes the roles from those who have only made it. `arms` is the class of words for weapons."""
    strikes: dict[int, list[Judged]] = defaultdict(list)
    for one in text:
        if one.candidate.sentence.parsed and one.candidate.found.rule.type in _STRIKES | {_TAKES}:
            strikes[one.candidate.sentence.index].append(one)
    for here in strikes.values():
        attacks = [one for one in here if one.candidate.found.rule.type == "attack"]
        for weapon, makers in _made(here[0].candidate.sentence, arms).items():
            mere = [one for one in attacks if one.candidate.found.words == (weapon,)]
            others = [one for one in here if one.candidate.found.words != (weapon,) and one.chance >= _LIKELY]
            others = [one for one in others if one.candidate.found.rule.type != "mobilization"]
            if any(_is_done_with(weapon, other, bool(makers)) for other in others):
                for one in mere:
                    one.chance = 0.0
            for one in here:
                _only_made(weapon, makers, one)


def drop_backers(text: Sequence[Judged], rules: Government) -> None:
    """Drops what a text only says to tell who somebody is ("Iran, which is backed by Russia, ..."), and takes the roles
    in all else from those whom only that names; and what it only says to tell what somebody is accused of."""
    _drop_reproaches(text)
    for one in text:
        candidate, sentence = one.candidate, one.candidate.sentence
        if sentence.parsed:
            passive = any(is_passive(place, one) for place in candidate.found.words)
            drop_named_backers(one, rules.backs, passive=passive)
        for place in _standing(sentence, rules) if sentence.parsed else ():
            if place in candidate.found.words:
                one.chance = 0.0 if candidate.found.rule.type in _STANDS_BEHIND else one.chance
            elif sentence.way_up(sentence.top(candidate.found.words), [place]) is None:
                one.bar(_only_under(place, sentence))


def _drop_reproaches(text: Sequence[Judged]) -> None:
    """Drops the accusations of a text that only say what another is for: "accused by Manila of breaching an accord"."""
    told = [one for one in text if one.candidate.found.rule.type == "accusation" and one.candidate.sentence.parsed]
    for one in told:
        sentence, head = one.candidate.sentence, one.candidate.head
        if sentence.words[head].lemma not in _WRONGS:
            continue
        opens = [word.lower for word in sentence.words[max(0, head - _FAR) : head]]
        place = next((head - back for back, word in enumerate(reversed(opens), 1) if word in {"of", "for"}), 0)
        if not place or "," in opens:
            continue
        here = [other for other in told if other is not one and other.candidate.sentence is sentence]
        verbs = [other for other in here if sentence.tags[other.candidate.head] == "VERB" and other.chance >= _LIKELY]
        if any(max(other.candidate.found.words) < place for other in verbs):
            one.chance = 0.0


def _only_under(place: int, sentence: Sentence) -> set[str]:
    """Who is named under a word in the parse, and nowhere else in the sentence."""
    under: set[str] = set()
    elsewhere: set[str] = set()
    for party in sentence.parties:
        (under if sentence.way_up(party.head, [place]) else elsewhere).update(party.ids)
    return under - elsewhere


def _standing(sentence: Sentence, rules: Government) -> list[int]:
    """The verbs that only tell who somebody is whom they stand beside: participles, and relative clauses of the
    present."""
    verbs = (place for place, word in enumerate(sentence.words) if word.lemma in rules.backs)
    return [place for place in verbs if _is_standing(place, sentence)]


def _is_standing(place: int, sentence: Sentence) -> bool:
    while sentence.deps[place] == "conj" and sentence.heads[place] < place:
        place = sentence.heads[place]
    if sentence.deps[place] not in {"amod", "acl"}:
        return False
    head, below = sentence.heads[place], sentence.children()[place]
    named = any(party.head == head for party in sentence.parties)
    if not named and sentence.words[head].lower not in _BODIES:
        return False
    if sentence.deps[place] == "acl" and any(sentence.deps[child].startswith("nsubj") for child in below):
        finite = [child for child in below if sentence.deps[child].startswith(("aux", "cop"))] or [place]
        return any("Tense=Pres" in sentence.morphs[one] and sentence.words[one].lower not in _PERFECT for one in finite)
    return True


def _made(sentence: Sentence, arms: int) -> dict[int, list[Party]]:
    """The weapons of a sentence, and whose make they are: "Iranian drones", "US-Raketen"."""
    out: dict[int, list[Party]] = {place: [] for place, word in enumerate(sentence.words) if arms in word.elements}
    for party in sentence.parties if out else ():
        place = party.words[1]
        if sentence.deps[place] in _MAKES:
            place = sentence.heads[place]
        if place in out:
            out[place].append(party)
    return out


def _is_done_with(weapon: int, one: Judged, made: bool) -> bool:
    if not _is_under(weapon, one):
        return False
    return _is_means(weapon, one) or (made and one.candidate.sentence.deps[weapon] == "obj")


def _is_under(weapon: int, one: Judged) -> bool:
    way = one.candidate.sentence.way_up(weapon, one.candidate.found.words)
    # Who "seized a ship with Iranian drones" aboard has not used them to.
    return way is not None and len(way) <= (1 if one.candidate.found.rule.type == _TAKES else _FAR)


def _is_means(weapon: int, one: Judged) -> bool:
    sentence = one.candidate.sentence
    return any(
        sentence.deps[child] == "case" and sentence.words[child].lower in _WITH for child in sentence.children()[weapon]
    )


def _only_made(weapon: int, makers: Sequence[Party], one: Judged) -> None:
    """Takes the roles from the makers of a weapon that somebody else, the subject, strikes with."""
    sentence, words = one.candidate.sentence, one.candidate.found.words
    verb = sentence.heads[weapon]
    used = sentence.deps[weapon] == "obj" and not _USES.isdisjoint((sentence.words[verb].lemma, sentence.verb(verb)))
    if not _is_under(weapon, one) or not (used or _is_means(weapon, one)):
        return
    names = sentence.only(makers)
    doers = (*words, sentence.heads[weapon]) if used else words
    doing = {name for place in doers if not is_passive(place, one) for name in subjects_of(place, one)} - names
    if not names or not doing:
        return
    one.bar(names)
    if all(odds["actor"] < odds["recipient"] for name, odds in one.roles.items() if name in doing):
        one.turn(doing, "actor")


def _obliges(place: int, one: Judged) -> bool:
    """Whether a word tells that somebody has to do something, also until when: "Hamas has until Sunday to agree"."""
    word, trigger = one.candidate.sentence.words[place], one.candidate.found.words
    return word.lower in _MUST or (word.lemma in _HAS and place in trigger and len(trigger) > 1)


def _is_its(modal: int, one: Judged) -> bool:
    # Whether a word like "must" is among a candidate's, or is with a verb that is.
    sentence, words = one.candidate.sentence, one.candidate.found.words
    return modal in words or (sentence.deps[modal] == "aux" and sentence.heads[modal] in words)


def is_passive(place: int, one: Judged) -> bool:
    sentence = one.candidate.sentence
    if sentence.tags[place] != "VERB" or "VerbForm=Part" not in sentence.morphs[place]:
        return False
    if sentence.words[place].lower in _DISPOSED:
        return False
    helpers = {
        sentence.words[child].lower for child in sentence.children()[place] if sentence.deps[child].startswith("aux")
    }
    return not (_PASSIVE.isdisjoint(helpers) or sentence.words[place].lower.endswith("ing"))


def subjects_of(verb: int, one: Judged) -> set[str]:
    """Who is named as the subject of a verb."""
    return {name for party in one.candidate.sentence.parties if _is_subject(party, verb, one) for name in party.ids}


def _is_subject(party: Party, verb: int, one: Judged) -> bool:
    sentence, place = one.candidate.sentence, party.words[1]
    if any(word.text == ":" for word in sentence.words[place:verb]):
        return False
    while sentence.deps[place] in _WITHIN and sentence.heads[place] < place:
        place = sentence.heads[place]
    return sentence.deps[place].startswith("nsubj") and sentence.heads[place] == verb
