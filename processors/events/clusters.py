"""Which mentions report the same event. First version: same type, compatible participants, within a few days."""

from collections.abc import Iterable
from datetime import timedelta

from processors.database.mentions import StoredMention
from processors.records import hashed_id

WINDOW = timedelta(days=3)


def cluster(mentions: Iterable[StoredMention]) -> dict[str, list[StoredMention]]:
    """Mentions by the name of their cluster: each joins the first cluster that it fits to in order of its day."""
    clusters: list[list[StoredMention]] = []
    for mention in sorted(mentions, key=lambda m: (m.day, -len(m.mention.participants), m.mention.id)):
        home = next((c for c in clusters if all(compatible(mention, other) for other in c)), None)
        if home is None:
            clusters.append([mention])
        else:
            home.append(mention)
    return {hashed_id("cluster", members[0].mention.id): members for members in clusters}


def compatible(one: StoredMention, other: StoredMention) -> bool:
    """Whether two mentions may report one event: a missing side fits, a different one does not."""
    a, b = one.mention, other.mention
    if a.type != b.type or abs(one.day - other.day) > WINDOW or not set(a.participants) & set(b.participants):
        return False
    if not a.recipients and not b.recipients:
        return _fits(a.actors, b.actors)
    return _fits(a.actors, b.actors) and _fits(a.recipients, b.recipients)


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)
