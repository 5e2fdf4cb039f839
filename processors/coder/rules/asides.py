"""Who is named beside violence and has no part in it: off whose coast and in whose country it is done, and which armed
group only reports whom it has killed.

"US strikes boat off Venezuela" strikes no Venezuelan boat, nobody in "police kill gang leader in Haiti raid" acts for
Haiti, and in "zwölf Zivilisten wurden getötet, teilten die Taliban mit" the Taliban only say so.
"""

import re
from collections import defaultdict
from collections.abc import Collection

from processors.coder.analysis import OWNING, PLACES, Party, Sentence
from processors.coder.attribution import speaker
from processors.coder.judged import Judged
from processors.coder.lexicon import Lexicon
from processors.coder.parties import opener

_AT_SEA = frozenset({"attack", "coercion"})
_COAST = frozenset("coast coasts coastline shore shores küste küsten".split())
_OFF = frozenset({"off", "vor"})
_NEAR = _OFF | {"near"}
_BETWEEN = frozenset("the its der die das den dem des of von vom".split())
# German "vor" leads to much else: without a coast it tells of the sea only where a ship is told of.
_VESSEL = re.compile(
    r".*(?:boot|schiff|tanker|frachter|kutter|fregatte|jacht|yacht|fähre|korvette|flottille)(?:en|es|e|s|n)?"
)
_NOUNS = frozenset({"NOUN", "PROPN"})

# A noun of violence right behind the name of where it is done, and what somebody before it does in it.
_RAIDS = frozenset(
    "raid raids strike strikes airstrike airstrikes attack attacks assault ambush operation shooting bombing".split()
)
_KILLS = frozenset("kill kills wound wounds injure injures".split())

_BESIDE = frozenset({"alongside", "seite"})

_GROUPS = frozenset("HAMAS HEZBOLLAH HOUTHIS TALIBAN IS PKK SDF WAGNER M23 RSF".split())
_DEATHS = frozenset(
    "getötet getötete getöteten tötet tötete töteten tote toten todesopfer leben gestorben killed kill kills dead "
    "deaths died".split()
)
# Whose deaths are an armed group's own, or done by it: "five of its fighters", "they killed".
_ARMED = re.compile(
    r".*(?:kämpfer|soldat|mitglied|kommandeur|kommandant|anführer|fighter|soldier|member|commander|leader|militant)\w*|"
    r"(?:ihr|sein)(?:e[rnm]?)?|its|their|it|they|we|sie|wir"
)


def leave_asides(one: Judged, lexicon: Lexicon) -> None:
    """Takes the roles of a candidate from those who are named only beside the violence that it tells of."""
    kind, sentence = one.candidate.found.rule.type, one.candidate.sentence
    if kind not in _AT_SEA or not sentence.parsed:
        return
    one.bar(_offshore(one))
    if kind == "attack":
        _leave_fellows(one)
        _leave_reporter(one, lexicon)
        if lexicon.language == "en":
            _leave_scene(one)


def leave_homes(one: Judged) -> None:
    """Takes the part of an actor from the state of an armed group that is named with it: "Sudan's RSF"."""
    sentence = one.candidate.sentence
    if not sentence.parsed:
        return
    groups = {place for party in sentence.parties if party.kind == "group" for place in range(*_span(party))}
    homes = [party for party in sentence.parties if party.kind == "state" and _is_home(party, groups, sentence)]
    others = (party for party in sentence.parties if party.kind not in PLACES)
    acting = {name for party in others for name in party.ids}
    for name in {name for party in homes for name in party.ids} & one.roles.keys() - acting:
        one.stop_acting(name)


def _span(party: Party) -> tuple[int, int]:
    return party.words[0], party.words[1] + 1


def _is_home(party: Party, groups: Collection[int], sentence: Sentence) -> bool:
    """Whether a state is the one of an armed group behind it."""
    last, owns = party.words[1], sentence.heads[party.head]
    return sentence.deps[party.head] in OWNING and owns > last and owns in groups


def _offshore(one: Judged) -> set[str]:
    """Who is named, in all the sentences of a candidate, only to tell off whose coast something is done."""
    named: dict[str, bool] = defaultdict(lambda: True)
    for sentence in (one.candidate.sentence, *one.candidate.others):
        for party in sentence.parties:
            aside = _is_offshore(party, sentence)
            for name in party.ids:
                named[name] = named[name] and aside
    return {name for name, aside in named.items() if aside}


def _is_offshore(party: Party, sentence: Sentence) -> bool:
    """Whether a name tells only off which coast: "off Yemen", "near the coast of Yemen", "vor der türkischen Küste"."""
    words, (first, last) = sentence.words, party.first.words
    opens = _before(first, sentence)
    coast = words[opens].lower in _COAST
    if coast:
        opens = _before(opens, sentence)
    elif any(word.lower in _COAST for word in words[last : last + 3]):
        coast = True
    word = words[opens].lower
    if opens == first or word not in (_NEAR if coast else _OFF):
        return False
    if coast or word == "vor":
        return coast or any(_VESSEL.fullmatch(one.lower) for one in words)
    # "Strikes boat off Yemen", not "calls off Iran strike".
    return not sentence.parsed or (sentence.deps[opens] == "case" and sentence.tags[max(0, opens - 1)] in _NOUNS)


def _before(place: int, sentence: Sentence) -> int:
    """The word before one and its article."""
    while place > 0:
        place -= 1
        if sentence.words[place].lower not in _BETWEEN:
            break
    return place


def _leave_fellows(one: Judged) -> None:
    """Makes actors of those beside whom somebody fights: "fighting alongside M23", "an der Seite der Rebellen"."""
    sentence = one.candidate.sentence
    for party in sentence.parties:
        first, last = party.first.words
        # "Die Seite der Rebellen" may be a name of theirs.
        if not _BESIDE.isdisjoint(word.lower for word in sentence.words[_before(first, sentence) : last]):
            one.turn(party.ids, "actor")


def _leave_reporter(one: Judged, lexicon: Lexicon) -> None:
    """Takes the roles from an armed group that only says that people were killed who are not its own."""
    told = {word.lower for word in one.candidate.sentence.words}
    if _DEATHS.isdisjoint(told) or any(map(_ARMED.fullmatch, told)):
        return
    for party in one.candidate.sentence.parties:
        if _GROUPS.issuperset(party.ids) and (_tells(party, one, lexicon) or party is speaker(one.candidate, lexicon)):
            one.bar(one.candidate.sentence.only([party]))


def _tells(party: Party, one: Judged, lexicon: Lexicon) -> bool:
    """Whether a name opens a headline before a colon, or is the subject of a verb of saying over the candidate."""
    sentence, place, behind = one.candidate.sentence, party.first.head, party.words[1] + 1
    if party.first.words[0] == 0 and behind < len(sentence.words) and sentence.words[behind].text == ":":
        return True
    verb = sentence.heads[place]
    if not sentence.deps[place].startswith("nsubj") or sentence.words[verb].lemma not in lexicon.speech:
        return False
    return verb in sentence.above(sentence.top(one.candidate.found.words))


def _leave_scene(one: Judged) -> None:
    """Takes the actor's role from whose country is only where it is done ("in Haiti raid"). Who "kills" somebody in it,
    in the words before, is its actor."""
    sentence = one.candidate.sentence
    scene = next((party for party in sentence.parties if _is_scene(party, sentence)), None)
    if scene is None:
        return
    place = scene.words[0]
    kill = next((at for at in range(1, place) if sentence.words[at].lower in _KILLS), 0)
    if not {kill, scene.words[1] + 1}.intersection(one.candidate.found.words):
        return
    others = [party for party in sentence.parties if not _is_scene(party, sentence) and not _is_kicker(party, sentence)]
    names = set(scene.ids).difference(*(party.ids for party in others))
    for name in one.roles.keys() & names:
        one.stop_acting(name)
    acting = [party for party in others if party.words[1] < kill and not opener(sentence, party.first)]
    doing = {name for party in acting for name in party.ids}
    struck = {name for party in others if kill < party.words[0] < place for name in party.ids} - doing
    if kill and doing and struck:
        one.bar(names)
        one.give(doing, "actor")
        one.give(struck, "recipient")


def _is_scene(party: Party, sentence: Sentence) -> bool:
    behind = party.words[1] + 1
    if party.kind not in PLACES or party.genitive or behind == len(sentence.words):
        return False
    return sentence.words[behind].lower in _RAIDS and opener(sentence, party.first) == "in"


def _is_kicker(party: Party, sentence: Sentence) -> bool:
    """Whether a place opens a headline only to say where it is set: "Haiti: ..."."""
    behind = [word.text for word in sentence.words[party.words[1] + 1 :][:1]]
    return party.kind in PLACES and party.words[0] == 0 and behind == [":"]
