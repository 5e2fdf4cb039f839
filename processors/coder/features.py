"""What the learned layer sees of a candidate, of a party beside it and of its clause: strings, hashed later."""

from collections.abc import Mapping, Sequence

from processors.coder.analysis import Candidate, Party, Sentence
from processors.coder.cues import Hit
from processors.coder.lexicon import Frame
from processors.coder.relations import frame_role, path, plain_relation, possessive, preposition, relation, role_of
from processors.coder.triggers import Word

_RECIPROCAL = ["leader_call", "leader_meeting", "negotiation", "agreement", "ceasefire", "prisoner_exchange"]


def _at(words: Sequence[Word], place: int) -> str:
    return (words[place].lower or words[place].text) if 0 <= place < len(words) else "#"


def _near(count: int) -> str:
    return (
        str(count)
        if abs(count) < 4
        else ("4" if count > 0 else "-4")
        if abs(count) < 8
        else ("9" if count > 0 else "-9")
    )


def colon(words: Sequence[Word]) -> int:
    """The place of a headline's colon, -1 where there is none."""
    return next((place for place, word in enumerate(words[:14]) if word.text == ":"), -1)


def _form(words: Sequence[Word], place: int, language: str) -> str:
    """A coarse word form: what the ending says about tense and part of speech."""
    word = words[place]
    if language == "de":
        return "N" if word.text[:1].isupper() and place else "V" + word.lower[-2:]
    return word.lower[-3:] if word.lower.endswith(("ing", "ed")) else "s" if word.lower.endswith("s") else "0"


def common(candidate: Candidate, language: str) -> list[str]:
    """Features of the trigger and the words beside it."""
    sentence, found = candidate.sentence, candidate.found
    words, first, last = sentence.words, found.words[0], found.words[-1]
    kind, rule = found.rule.type, found.rule.id
    lemma = " ".join(words[place].lemma for place in found.words)
    anchor = words[first].lemma
    out = [f"t={kind}", f"r={rule}", f"r={rule}|{found.trigger}", f"l={kind}|{lemma}", f"a={kind}|{anchor}"]
    out += [
        f"f={words[first].lower}",
        f"form={_form(words, first, language)}|{kind}",
        f"form={_form(words, first, language)}",
    ]
    for offset in (-3, -2, -1, 1, 2, 3):
        place = (first if offset < 0 else last) + offset
        out.append(f"w{offset}={_at(words, place)}")
        if abs(offset) < 3:
            out.append(f"w{offset}={_at(words, place)}|{kind}")
    return out


def standing(candidate: Candidate) -> list[str]:
    """How the trigger stands in the parse; the event model does without, so that few sentences are parsed."""
    sentence, first, kind = candidate.sentence, candidate.head, candidate.found.rule.type
    words = sentence.words
    if not sentence.parsed:
        return []
    out = [f"dep={sentence.deps[first]}", f"dep={sentence.deps[first]}|{kind}", f"pos={sentence.tags[first]}"]
    out += [f"morph={part}" for part in sentence.morphs[first].split("|") if part]
    out.append(f"verbs={any(tag == 'VERB' for tag in sentence.tags)}")
    head = sentence.heads[first]
    if head != first:
        out += [f"hd={words[head].lemma}", f"hd={words[head].lemma}|{kind}"]
    below = [place for place, over in enumerate(sentence.heads) if over == first and place != first]
    return out + [f"kid={sentence.deps[place]}:{words[place].lemma}" for place in below]


def event_features(
    candidate: Candidate,
    hits: Sequence[Hit],
    elsewhere: Mapping[str, int],
    frame: Frame,
    language: str,
) -> list[str]:
    """Is this an event in scope, of this type? `elsewhere` counts the text's candidates by type."""
    sentence, found = candidate.sentence, candidate.found
    words, kind = sentence.words, found.rule.type
    first = found.words[0]
    out = common(candidate, language)
    out += _where(candidate)
    out += _company(candidate)
    out += _filled(candidate, frame, language)
    for place in range(max(0, first - 6), min(len(words), found.words[-1] + 7)):
        if place not in found.words and words[place].lemma:
            out.append(f"n={words[place].lemma}|{kind}")
    out += [f"cue={hit.status}" for hit in hits[:3]]
    out += _rivals(candidate, elsewhere)
    return out


def _where(candidate: Candidate) -> list[str]:
    sentence, first, kind = candidate.sentence, candidate.head, candidate.found.rule.type
    index = min(sentence.index, 3)
    out = [f"i={index}", f"i={index}|{kind}", f"len={min(len(sentence.words) // 6, 6)}"]
    break_at = colon(sentence.words)
    if break_at >= 0:
        out += [f"colon={'kicker' if first < break_at else 'after'}|{index}", f"colon={first < break_at}|{kind}"]
    if sentence.text.endswith("?"):
        out += ["question", f"question|{kind}"]
    before = "".join(word.text for word in sentence.words[:first])
    if any(mark in before for mark in '„“"»«”'):
        out.append("quoted")
    return out


def _company(candidate: Candidate) -> list[str]:
    """Who is named beside the trigger."""
    sentence, kind = candidate.sentence, candidate.found.rule.type
    parties = sentence.parties
    named = {name for party in parties for name in party.ids}
    out = [f"p={min(len(named), 4)}", f"p={min(len(named), 4)}|{kind}"]
    out += [f"pk={party.kind}" for party in parties]
    out += [f"pid={name}" for name in named] + [f"pid={name}|{kind}" for name in named]
    if named & {"DEU", "USA", "GBR"} and len(named) == 1:
        out.append("home")
    others = {name for other in candidate.others for party in other.parties for name in party.ids}
    out.append(f"po={min(len(others - named), 3)}")
    return out


def _filled(candidate: Candidate, frame: Frame, language: str) -> list[str]:
    """Which places of the frame are filled, by whom: a trigger without anybody is seldom an event."""
    kind = candidate.found.rule.type
    places: dict[str, set[str]] = {"actor": set(), "recipient": set()}
    out = set()
    for party in candidate.sentence.parties:
        role = role_of(frame, plain_relation(candidate, party, language))
        if role:
            out |= {f"fr={role}:{party.kind}", f"fr={role}|{kind}"}
        if role in places:
            places[role].update(party.ids)
    actors, recipients = places["actor"], places["recipient"]
    shape = f"{min(len(actors), 2)}{min(len(recipients), 2)}{len(actors) == 1 and actors == recipients}"
    return [*sorted(out), f"shape={shape}", f"shape={shape}|{kind}"]


def _rivals(candidate: Candidate, elsewhere: Mapping[str, int]) -> list[str]:
    """Other triggers: in the same sentence, on the same words, elsewhere in the text."""
    sentence, found = candidate.sentence, candidate.found
    kind, mine = found.rule.type, set(found.words)
    out = []
    for other in sentence.found:
        if other is found:
            continue
        relation = (
            "cover" if mine & set(other.words) else "before" if other.words[0] < mine.__iter__().__next__() else "after"
        )
        out += [f"riv={relation}:{other.rule.type}|{kind}", f"riv={relation}:{other.rule.type == kind}"]
        if relation == "cover" and len(other.words) > len(mine):
            out.append(f"longer={other.rule.type}|{kind}")
    again = elsewhere[kind] - sum(other.rule.type == kind for other in sentence.found)
    out.append(f"again={min(again, 3)}")
    return out


def status_features(candidate: Candidate, hits: Sequence[Hit], signals: Sequence[str], language: str) -> list[str]:
    """Has it happened? `signals` are what governs the trigger in the parse."""
    sentence, found = candidate.sentence, candidate.found
    words, kind = sentence.words, found.rule.type
    out = common(candidate, language) + standing(candidate) + _where(candidate)
    clause = {sentence.clause[place] for place in found.words}
    for place, word in enumerate(words):
        if not word.lemma:
            continue
        same = sentence.clause[place] in clause
        side = "<" if place < found.words[0] else ">"
        out.append(f"s={word.lower}")
        if same:
            out += [f"c={word.lower}", f"c={side}{word.lower}"]
        if abs(place - found.words[0]) <= 5:
            out.append(f"n={side}{word.lower}")
    for rank, hit in enumerate(hits[:4]):
        out += [f"cue={hit.status}", f"cue{rank}={hit.status}", f"cue={hit.status}|{hit.words}|{_near(hit.distance)}"]
        out.append(f"cue={hit.status}|{kind}")
    if not hits:
        out.append("nocue")
    out += [f"G:{signal}" for signal in signals] + [f"G:{signal}|{kind}" for signal in signals if "=" in signal]
    if sentence.text.endswith("?"):
        out.append("asked")
    if any(len(word.text) == 4 and word.text.isdigit() for word in words):
        out.append("year")
    return out


def role_features(candidate: Candidate, frame: Frame, language: str) -> dict[str, tuple[bool, list[str]]]:
    """For each id that may take part: whether it stands in the trigger's sentence, and what speaks for which role.

    Who stands in the sentence is judged by that alone, by the mention that is nearest to the trigger; others come in
    with the sentences before.
    """
    sentence = candidate.sentence
    roles = [(party, frame_role(frame, relation(candidate, party, language))) for party in sentence.parties]
    out: dict[str, tuple[bool, list[str]]] = {}
    for name, mentions in _by_id(candidate, roles).items():
        party, mine = mentions[0]
        taken = {role for other, pair in roles if name not in other.ids for role in pair if role}
        features = _role_here(candidate, party, mine, taken, frame, language)
        features += [f"more={pair[0]}|{pair[1]}|{mine[1]}" for _, pair in mentions[1:3]]
        kind = candidate.found.rule.type
        out[name] = (True, [*features, f"many={min(len(mentions), 3)}", f"id={name}|{kind}", f"id={name}"])
    for other in candidate.others:
        for rank, party in enumerate(other.parties):
            for name in party.ids:
                if not out.get(name, (False,))[0]:
                    features = _role_elsewhere(candidate, party, rank, other, bool(out), roles)
                    features += _role_there(candidate, party, other, frame, language)
                    out.setdefault(name, (False, []))[1].extend([*features, f"xid={name}|{candidate.found.rule.type}"])
    return {name: (here, list(dict.fromkeys(features))) for name, (here, features) in out.items()}


def _by_id(
    candidate: Candidate, roles: Sequence[tuple[Party, tuple[str, str]]]
) -> dict[str, list[tuple[Party, tuple[str, str]]]]:
    """The mentions of each id in the trigger's sentence, the nearest to the trigger first."""
    out: dict[str, list[tuple[Party, tuple[str, str]]]] = {}
    for party, pair in roles:
        for name in party.ids:
            out.setdefault(name, []).append((party, pair))
    sentence, trigger = candidate.sentence, candidate.found.words

    def distance(mention: tuple[Party, tuple[str, str]]) -> tuple[int, int]:
        party = mention[0]
        gap = max(trigger[0] - party.words[1], party.words[0] - trigger[-1], 0)
        cut = sentence.clause[party.words[0]] != sentence.clause[trigger[0]]
        return (not any(mention[1])) + cut, gap

    return {name: sorted(mentions, key=distance) for name, mentions in out.items()}


def _role_there(candidate: Candidate, party: Party, where: Sentence, frame: Frame, language: str) -> list[str]:
    """What a party of another sentence is to a trigger of the same type there."""
    kind = candidate.found.rule.type
    group = "R" if kind in _RECIPROCAL else "D"
    for found in where.found:
        if found.rule.type == kind:
            role = role_of(frame, plain_relation(Candidate(where, found, []), party, language))
            return [f"there={role}|{group}", f"there={role}|{kind}"]
    return [f"there=-|{group}"]


def _role_elsewhere(
    candidate: Candidate,
    party: Party,
    rank: int,
    where: Sentence,
    own: bool,
    roles: Sequence[tuple[Party, tuple[str, str]]],
) -> list[str]:
    kind = candidate.found.rule.type
    group = "R" if kind in _RECIPROCAL else "D"
    side = "prev" if where.index == candidate.sentence.index - 1 else "title" if where.index == 0 else "far"
    taken = "".join(sorted({pair[1][:1] for _, pair in roles}))
    same = any(found.rule.type == kind for found in where.found)
    out = [
        f"el={side}|{own}|{group}",
        f"el={side}|{own}|{kind}",
        f"el={side}|{min(rank, 2)}|{kind}",
        f"el={min(rank, 2)}|{taken}|{group}",
    ]
    out += [f"el={taken}|{kind}", f"el={same}|{taken}|{kind}", f"elk={party.kind}|{group}"]
    if candidate.sentence.words and candidate.sentence.words[0].lower in _PRONOUNS:
        out.append(f"elp={rank == 0}|{group}")
    return out


_PRONOUNS = frozenset(["er", "sie", "es", "dies", "he", "she", "it", "they", "the", "der", "die", "das"])


def _role_here(
    candidate: Candidate, party: Party, roles: tuple[str, str], taken: set[str], frame: Frame, language: str
) -> list[str]:
    where, kind, rule = candidate.sentence, candidate.found.rule.type, candidate.found.rule
    group = "R" if kind in _RECIPROCAL else "D"
    words, trigger, same = where.words, candidate.found.words, where.parties
    names = relation(candidate, party, language)
    before = party.words[1] < trigger[0]
    inside = party.words[0] in trigger or party.words[1] in trigger
    opener = preposition(words, party.first.words[0], language)
    between = range(party.words[1] + 1, trigger[0]) if before else range(trigger[-1] + 1, party.words[0])
    rank = sum(1 for other in same if (other.words[0] > party.words[0]) == before and other is not party)
    side = "in" if inside else "<" if before else ">"
    distance, voice = _near(len(between)), _voice(candidate, language)
    cut = where.clause[party.words[0]] != where.clause[trigger[0]]
    open_roles = "".join(sorted(role[:1] for role in taken))
    out = [f"t={kind}", f"k={party.kind}", f"k={party.kind}|{kind}", f"k={party.kind}|{side}|{group}"]
    out += [
        f"f={roles[0]}|{roles[1]}",
        f"f={roles[0]}|{roles[1]}|{group}",
        f"f0={roles[0]}|{kind}",
        f"f1={roles[1]}|{kind}",
    ]
    out += [f"o={open_roles}|{roles[1]}|{group}", f"o={open_roles}|{roles[0]}|{group}", f"o={open_roles}|{side}|{kind}"]
    out += [
        f"rel={names[0]}|{kind}",
        f"rel={names[1]}|{kind}",
        f"rel={names[0]}|{rule.id}|{rule.frame}",
        f"rel={names[1]}|{rule.id}",
    ]
    out += [
        f"side={side}|{group}",
        f"side={side}|{kind}",
        f"side={side}|{distance}|{group}",
        f"side={side}|{distance}|{cut}|{kind}",
    ]
    out += [
        f"op={opener}|{side}",
        f"op={opener}|{side}|{kind}",
        f"op={opener}|{side}|{party.kind}",
        f"op={opener}|{cut}|{group}",
    ]
    out += [
        f"rank={min(rank, 3)}|{side}|{group}",
        f"rank={min(rank, 3)}|{side}|{kind}",
        f"n={min(len(same), 4)}|{side}|{kind}",
    ]
    out += [
        f"v={voice}|{side}|{names[1]}|{group}",
        f"v={voice}|{side}|{kind}",
        f"gen={possessive(words, party, language)}|{side}|{kind}",
    ]
    labels = ">".join(path(where, party.first, trigger))
    out += [f"path={labels}|{group}", f"path={labels}|{kind}", f"path={labels}|{voice}|{opener}"]
    after, ahead = _at(words, party.words[1] + 1), _at(words, party.words[0] - 1)
    out += [f"nx={after}", f"nx={after}|{side}|{kind}", f"pv={ahead}|{kind}", f"pv={ahead}"]
    lemma = words[trigger[0]].lemma
    out += [
        f"tr={rule.id}|{lemma}|{side}|{opener}",
        f"tr={lemma}|{side}",
        f"tr={lemma}|{names[1]}",
        f"tr={lemma}|{names[0]}",
    ]
    out += [f"bt={words[place].lemma or words[place].text}|{side}|{group}" for place in list(between)[:8]]
    out += [
        f"cp={party.compound.lower()}",
        f"cp={party.compound.lower()}|{kind}",
        f"fm={party.former}",
        f"in={where.index == 0}|{colon(words) > party.words[1]}|{group}",
    ]
    crossed = "".join(sorted({words[place].text for place in between if words[place].text in _CROSSED}))
    verbs = sum(where.tags[place] == "VERB" for place in between) if where.parsed else 0
    out += [
        f"x={crossed}|{side}|{group}",
        f"x={crossed}|{side}|{names[1]}|{group}",
        f"vb={min(verbs, 2)}|{side}|{group}",
    ]
    out += [f"vb={min(verbs, 2)}|{crossed}|{roles[0]}|{roles[1]}|{group}"]
    fellows = {name for other in same if other.first is party.first for name in other.ids} - set(party.ids)
    out += [f"co={party.lead is not None}|{min(len(fellows), 3)}|{group}", f"co={min(len(fellows), 2)}|{side}|{kind}"]
    others = {name for other in same for name in other.ids} - set(party.ids) - fellows
    out += [f"alone={not others}|{side}|{kind}", f"with={'|'.join(sorted(others)[:3])}|{'|'.join(party.ids)}|{kind}"]
    return out


_CROSSED = frozenset(':;–—-|,"“”„»«()')


def _voice(candidate: Candidate, language: str) -> str:
    sentence, place = candidate.sentence, candidate.head
    words = sentence.words
    lower = words[place].lower
    around = {word.lower for word in words[max(0, place - 6) : place + 4]}
    if language == "de":
        if (
            around & {"wurde", "wurden", "wird", "werden", "worden"}
            and lower.endswith(("t", "en"))
            and not words[place].text[0].isupper()
        ):
            return "pass"
        return "noun" if words[place].text[0].isupper() else "act"
    if lower.endswith(("ed", "en", "wn", "ld", "nt")) and around & {
        "was",
        "were",
        "been",
        "be",
        "being",
        "is",
        "are",
        "by",
    }:
        return "pass"
    return "ing" if lower.endswith("ing") else "act"
