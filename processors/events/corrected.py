"""Groups of mentions as people corrected them: a pure function, applied each time after resolution."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from processors.database.corrections import Anchor, Correction
from processors.database.stored_mentions import StoredMention


def anchor(stored: StoredMention) -> Anchor:
    """What a correction holds on to."""
    return stored.mention.article_id, stored.mention.type


def corrected(
    members: Iterable[tuple[str, StoredMention]], corrections: Sequence[Correction]
) -> dict[str, list[StoredMention]]:
    """Mentions by event as people want it, from (cluster, mention) as resolution sees it."""
    groups: dict[str, list[StoredMention]] = defaultdict(list)
    for cluster, stored in members:
        groups[cluster].append(stored)
    for one in corrections:
        if one.kind == "split":
            _split(groups, one)
        elif one.kind == "merge":
            _merge(groups, one)
    return dict(groups)


def _split(groups: dict[str, list[StoredMention]], correction: Correction) -> None:
    apart = set(correction.anchors[0])
    for name in list(groups):
        taken = [m for m in groups[name] if anchor(m) in apart]
        if taken:
            groups[name] = [m for m in groups[name] if anchor(m) not in apart]
            groups[f"split {correction.id}"] += taken
            if not groups[name]:
                del groups[name]


def _merge(groups: dict[str, list[StoredMention]], correction: Correction) -> None:
    found = [_most(groups, set(anchors)) for anchors in correction.anchors]
    names = sorted({name for name in found if name})
    for name in names[1:]:
        groups[names[0]] += groups.pop(name)


def _most(groups: Mapping[str, Sequence[StoredMention]], anchors: set[Anchor]) -> str | None:
    # The group that has most of these reports.
    counts = Counter({name: sum(anchor(m) in anchors for m in members) for name, members in groups.items()})
    best = min(counts, key=lambda name: (-counts[name], name), default=None)
    return best if best and counts[best] else None
