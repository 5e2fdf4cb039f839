"""Groups of mentions as people corrected them: a pure function, applied each time after resolution."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from processors.database.corrections import Anchor, Correction
from processors.database.stored_mentions import StoredMention
from processors.events.evidence import Evidence
from processors.events.joining import participants

_Groups = dict[str, list[StoredMention]]


def anchor(stored: StoredMention) -> Anchor:
    """What a correction holds on to."""
    said = stored.mention
    return Anchor(said.article_id, said.type, stored.signature, said.status)


class Reports:
    """The mentions of the articles that corrections hold on to: all of them, or a correction would mean another one by
    what is looked at beside it."""

    def __init__(self, mentions: Iterable[StoredMention]) -> None:
        self._told: dict[tuple[str, str], list[StoredMention]] = defaultdict(list)
        for m in mentions:
            self._told[m.mention.article_id, m.mention.type].append(m)

    def meant(self, anchors: Iterable[Anchor]) -> set[str]:
        """The ids of the mentions that these reports are now: what an article tells that is closest to what it told.
        With other participants it is another report; one more or less is a new reading."""
        found: set[str] = set()
        for one in anchors:
            told = [m for m in self._told.get((one.article_id, one.type), ()) if _fits(one, m)]
            best = max((_closeness(one, m) for m in told), default=None)
            found |= {m.mention.id for m in told if _closeness(one, m) == best}
        return found

    def hidden(self, corrections: Iterable[Correction]) -> set[str]:
        """The ids of the mentions that are not to be seen."""
        found: set[str] = set()
        for one in corrections:
            if one.kind == "hide":
                found = found.union(*map(self.meant, one.anchors))
            elif one.kind == "show":
                found = found.difference(*map(self.meant, one.anchors))
        return found


def _fits(one: Anchor, m: StoredMention) -> bool:
    then, now = participants(one.signature), participants(m.signature)
    return then <= now or now <= then


def _closeness(one: Anchor, m: StoredMention) -> tuple[bool, int, bool]:
    shared = participants(one.signature) & participants(m.signature)
    return m.signature == one.signature, len(shared), m.mention.status == one.status


def corrected(
    members: Iterable[tuple[str, StoredMention]], corrections: Sequence[Correction], reports: Reports
) -> dict[str, list[StoredMention]]:
    """Mentions by event as people want it, from (cluster, mention) as resolution sees it."""
    groups: _Groups = defaultdict(list)
    clusters: dict[str, str] = {}
    for cluster, stored in members:
        groups[cluster].append(stored)
        clusters[stored.mention.id] = cluster
    for one in corrections:
        meant = [reports.meant(anchors) for anchors in one.anchors]
        if one.kind == "split":
            _split(groups, clusters, f"split {one.id}", *meant)
        elif one.kind == "merge":
            _merge(groups, meant)
    return dict(groups)


def _split(
    groups: _Groups, clusters: Mapping[str, str], into: str, apart: Set[str], rest: Set[str] = frozenset()
) -> None:
    for name in list(groups):
        by_cluster: _Groups = defaultdict(list)
        for m in groups[name]:
            by_cluster[clusters[m.mention.id]].append(m)
        taken = {m.mention.id for of in by_cluster.values() for m in _following(of, apart, rest)}
        if taken:
            members = groups.pop(name)
            groups[into] += [m for m in members if m.mention.id in taken]
            if left := [m for m in members if m.mention.id not in taken]:
                groups[name] = left


def _following(cluster: Sequence[StoredMention], apart: Set[str], rest: Set[str]) -> list[StoredMention]:
    # What goes with the reports that were split off: they, and what came later and is one with them to resolution.
    # Where it is one with the rest, too, it goes by what is nearer.
    away = [m for m in cluster if m.mention.id in apart]
    stayed = [m for m in cluster if m.mention.id in rest - apart]
    if not away or not stayed:
        return list(cluster) if away else []
    named = apart | rest
    return [*away, *(m for m in cluster if m.mention.id not in named and _is_nearer(m, away, stayed))]


def _is_nearer(m: StoredMention, some: Sequence[StoredMention], others: Sequence[StoredMention]) -> bool:
    def nearness(these: Sequence[StoredMention]) -> tuple[int, bool, float]:
        copied = any(one.mention.sentence == m.mention.sentence for one in these)
        return -min(abs((one.day - m.day).days) for one in these), copied, Evidence(these).support(m)

    return nearness(some) > nearness(others)


def _merge(groups: _Groups, meant: Sequence[Set[str]]) -> None:
    found = [_most(groups, ids) for ids in meant]
    names = sorted({name for name in found if name})
    for name in names[1:]:
        groups[names[0]] += groups.pop(name)


def _most(groups: Mapping[str, Sequence[StoredMention]], ids: Set[str]) -> str | None:
    # The group that has most of these reports.
    counts = Counter({name: sum(m.mention.id in ids for m in members) for name, members in groups.items()})
    best = min(counts, key=lambda name: (-counts[name], name), default=None)
    return best if best and counts[best] else None
