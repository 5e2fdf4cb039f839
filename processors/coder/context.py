"""The second judgement: each candidate again, in the light of what the first says of all candidates of the text.

The first judgement (linear models over features, and a net that reads the words) sees one trigger or one party at a
time. Whether somebody else is the surer actor, whether the same act is told again with clearer words, whether an act
has anybody who does it: these are few numbers, and boosted trees weigh them. `role_rows`, `event_row` and `status_row`
make them, in training and in use.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from processors.coder.analysis import KIND, TYPES, Party, Sentence
from processors.coder.judged import Judged
from processors.coder.model import Models
from processors.coder.reader import Reading
from processors.coder.relations import frame_role, relation
from processors.records import RECIPROCAL, STATUSES

# Read is what the linear model gives at least this chance; parsed and judged again what the reader gives at least that.
WORTH, WORTH_PARSING = 0.12, 0.05
_ROLE = {"": 0, "actor": 1, "recipient": 2, "either": 3}
_STATUS = {name: number for number, name in enumerate(STATUSES)}
_SURE = 0.5
_UNREAD = (0.0, 0.0, 0.0)
# So many candidates of a type before and after one tell something of it: time stays linear in the text.
_FAR = 12


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other candidates of the text beside one: of its type, of other types in its sentence, and of all types in the
    sentence before; how often each id is named in the text; how many candidates of the text are surer, how many there
    are, and the sum of their chances."""

    alike: list[Judged]
    beside: list[Judged]
    before: list[Judged]
    named: Counter[str]
    mentions: int
    surer: int
    count: int
    total: float


def neighbours(text: Sequence[Judged]) -> list[Neighbours]:
    """For each candidate of a text the others that tell something of it."""
    kinds: dict[str, list[Judged]] = defaultdict(list)
    sentences: dict[int, list[Judged]] = defaultdict(list)
    parties: dict[int, list[str]] = {}
    place = []
    for one in text:
        mine = kinds[one.candidate.found.rule.type]
        place.append(len(mine))
        mine.append(one)
        sentences[one.candidate.sentence.index].append(one)
        for sentence in (one.candidate.sentence, *one.candidate.others):
            if sentence.index not in parties:
                parties[sentence.index] = _ids(sentence)
    named = Counter(name for names in parties.values() for name in names)
    mentions = max(1, named.total())
    chances = sorted(one.chance for one in text)
    total = sum(chances)
    out = []
    for one, at in zip(text, place, strict=True):
        kind = one.candidate.found.rule.type
        alike = kinds[kind][max(0, at - _FAR) : at] + kinds[kind][at + 1 : at + 1 + _FAR]
        index = one.candidate.sentence.index
        here = sentences[index]
        beside = [other for other in here if other.candidate.found.rule.type != kind]
        before = sentences.get(index - 1, [])[-_FAR:]
        out.append(
            Neighbours(
                alike, beside, before, named, mentions, len(text) - bisect_right(chances, one.chance), len(text), total
            )
        )
    return out


def role_rows(one: Judged, near: Neighbours, language: str) -> list[list[float]]:
    """The numbers for each id of `one.roles`, in its order."""
    first: dict[str, Party] = {}
    groups: dict[str, set[int]] = {}
    for party in one.candidate.sentence.parties:
        for name in party.ids:
            first.setdefault(name, party)
            groups.setdefault(name, set()).add(id(party.first))
    frame, told = _frame_of(one, language), _told(one)
    return [
        _chances(one, name)
        + _competition(one, name)
        + _fellows(one, name, groups)
        + _elsewhere(name, near.alike)
        + _elsewhere(name, near.beside)
        + _elsewhere(name, near.before)
        + _named(name, told, near)
        + _standing(one, first.get(name), language)
        + frame
        for name in one.roles
    ]


def _log(chance: float) -> float:
    return log(chance + 1e-4)


def _chances(one: Judged, name: str) -> list[float]:
    out = [_log(odds[role]) for odds in (one.roles[name], one.linear[name]) for role in ("actor", "recipient", "none")]
    return out + [_log(chance) for chance in one.read.roles.get(name, _UNREAD)]


def _competition(one: Judged, name: str) -> list[float]:
    others = [odds for other, odds in one.roles.items() if other != name]
    out: list[float] = [len(one.roles)]
    for role in ("actor", "recipient"):
        chances = sorted((odds[role] for odds in others), reverse=True)
        out += [*[*chances, 0.0, 0.0][:2], sum(chances), sum(chance > _SURE for chance in chances)]
    return out


def _fellows(one: Judged, name: str, groups: dict[str, set[int]]) -> list[float]:
    """What those think who are named together with it ("A, B and C")."""
    mine = groups.get(name, set())
    odds = [one.roles[other] for other in one.roles if other != name and not mine.isdisjoint(groups.get(other, ()))]
    if not odds:
        return [0, -1, -1]
    return [len(odds), sum(o["actor"] for o in odds) / len(odds), sum(o["recipient"] for o in odds) / len(odds)]


def _elsewhere(name: str, others: Iterable[Judged]) -> list[float]:
    """Its roles in other candidates, each heard by its chance."""
    known = [(other.chance, other.roles[name]) for other in others if name in other.roles]
    total = sum(chance for chance, _ in known)
    if not total:
        return [-1, -1, 0]
    return [*(sum(chance * odds[role] for chance, odds in known) / total for role in ("actor", "recipient")), total]


def _ids(sentence: Sentence) -> list[str]:
    return [name for party in sentence.parties for name in party.ids]


def _told(one: Judged) -> list[list[str]]:
    """Who is named in the candidate's sentence, in the one before, and in the text's first."""
    candidate = one.candidate
    near = {other.index: _ids(other) for other in candidate.others}
    return [_ids(candidate.sentence), near.get(candidate.sentence.index - 1, []), near.get(0, [])]


def _named(name: str, told: Sequence[Sequence[str]], near: Neighbours) -> list[float]:
    """How often, and as which, it is named in each of `_told`, and how often in all."""
    out: list[float] = []
    for group in told:
        out += [group.count(name), group.index(name) if name in group else -1]
    return [*out, len(set(told[0])), near.named[name], near.named[name] / near.mentions, len(near.named)]


def _standing(one: Judged, party: Party | None, language: str) -> list[float]:
    candidate = one.candidate
    if party is None:
        return [-1, -1, 99, 1, len(KIND), 0, 0, 0]
    pair = frame_role(one.frame, relation(candidate, party, language))
    begin, end = candidate.found.words[0], candidate.found.words[-1]
    gap = party.words[0] - end if party.words[0] > end else min(0, party.words[1] - begin)
    cut = candidate.sentence.clause[party.words[0]] != candidate.sentence.clause[begin]
    kind = KIND.get(party.kind, len(KIND))
    return [_ROLE[pair[0]], _ROLE[pair[1]], gap, cut, kind, party.former, party.lead is not None, 1]


def _frame_of(one: Judged, language: str) -> list[float]:
    kind = one.candidate.found.rule.type
    return [one.chance, kind in RECIPROCAL, TYPES[kind], one.candidate.sentence.index, language == "de"]


def event_row(one: Judged, near: Neighbours, language: str) -> list[float]:
    """The numbers for "is this an event?", the roles judged twice already."""
    candidate, mine = one.candidate, set(one.candidate.found.words)
    here = [*near.alike, *near.beside]
    covering = [
        other
        for other in here
        if other.candidate.sentence is candidate.sentence and not mine.isdisjoint(other.candidate.found.words)
    ]
    out = _frame_of(one, language)
    for role in ("actor", "recipient"):
        chances = sorted((odds[role] for odds in one.roles.values()), reverse=True)
        out += [*[*chances, 0.0, 0.0, 0.0][:3], sum(chances)]
    for group in (near.alike, near.beside, covering):
        out += [len(group), max((other.chance for other in group), default=0.0)]
    same_words = [other for other in covering if other.candidate.found.rule.type == candidate.found.rule.type]
    out += [len(same_words), max((other.chance for other in same_words), default=0.0)]
    out += [near.surer, near.count, near.total]
    out += [one.status[name] for name in STATUSES]
    read = one.read.chance
    out += [_log(read), _log(1 - read), max((other.read.chance for other in near.alike), default=0.0)]
    out.append(max((other.read.chance for other in covering), default=0.0))
    out += [len(candidate.found.words), candidate.head, len(candidate.sentence.words), len(one.roles)]
    return out


def status_row(one: Judged, near: Neighbours, language: str) -> list[float]:
    """The numbers for "has it happened?"."""
    out = _frame_of(one, language) + [_log(one.status[name]) for name in STATUSES]
    out += [_log(chance) for chance in one.read.status]
    out += [_STATUS[one.ruled] if one.ruled else -1, _STATUS[one.dated] if one.dated else -1]
    for group in (near.alike, near.beside):
        total = sum(other.chance for other in group)
        out += [sum(other.chance * other.status[name] for other in group) / total if total else -1 for name in STATUSES]
    out += [sum(hit.status == name for hit in one.hits) for name in STATUSES]
    out += [min((abs(hit.distance) for hit in one.hits), default=99), one.candidate.sentence.text.endswith("?")]
    return out


def worth(chance: float, read: Reading) -> bool:
    """Whether a candidate may still become an event, after the linear model and the reader."""
    return chance >= WORTH and read.chance >= WORTH_PARSING


def reconsider(texts: Sequence[Sequence[Judged]], models: Models, language: str) -> None:
    """Replaces, in place, chances, status and roles of all candidates of some texts by the second judgement."""
    import numpy as np

    pairs = [pair for text in texts for pair in zip(text, neighbours(text), strict=True)]
    if not pairs:
        return
    rows = [role_rows(one, near, language) for one, near in pairs]
    flat = [row for group in rows for row in group]
    statuses = models.second_status.probabilities(np.array([status_row(one, near, language) for one, near in pairs]))
    if flat:
        odds = iter(models.second_role.probabilities(np.array(flat, dtype=np.float64)))
        for one, _ in pairs:
            one.roles = {
                name: dict(zip(models.second_role.classes, next(odds).tolist(), strict=True)) for name in one.roles
            }
    chances = models.second_event.probabilities(
        np.array([event_row(one, near, language) for one, near in pairs], dtype=np.float64)
    )
    for (one, _), status, chance in zip(pairs, statuses, chances, strict=True):
        one.status = dict(zip(STATUSES, status.tolist(), strict=True))
        one.chance = float(chance[0])
