"""Templates, names and aliases.

    eventwire-events                     alias: the one index of events, for reading and writing
    eventwire-articles                   alias: all months, for reading
    eventwire-articles-2026.11           alias: one month (of `fetched_at`), for writing
    eventwire-events-v1-000001           an index: made by the templates of mapping version 1, first generation
    eventwire-articles-v1-2026.11-000001

Everything is written through an alias that must exist, so that nothing lands in an index without our mapping.
"""

import json
import re
from datetime import datetime
from functools import cache
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from processors.documents import KINDS, Document, Kind
from processors.index.compounds import part_words
from processors.settings import ROOT

VERSION = 1  # of the mappings: grows with each change to the templates that old indices do not have
_FOLDER = ROOT / "config" / "elasticsearch"
_COMPONENTS = ("analysis", "settings")
_NAME = re.compile(
    r"eventwire-(?P<kind>events|articles)-v(?P<version>\d+)-(?:(?P<month>\d{4}\.\d\d)-)?(?P<generation>\d{6})"
)


@cache
def component_templates() -> dict[str, dict[str, Any]]:
    """The component templates by name."""
    found = {f"eventwire-{name}-v{VERSION}": _read(f"component_{name}.json") for name in _COMPONENTS}
    filters = found[f"eventwire-analysis-v{VERSION}"]["template"]["settings"]["analysis"]["filter"]
    filters["eventwire_parts"]["word_list"] = sorted(part_words())
    return found


@cache
def index_templates() -> dict[str, dict[str, Any]]:
    """The index templates by name."""
    return {f"eventwire-{kind}-v{VERSION}": _read(f"index_{kind}.json") for kind in KINDS}


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return found


def load_templates(client: Elasticsearch) -> None:
    """Puts this version's templates; those of other versions stay for their own indices."""
    for name, body in component_templates().items():
        client.cluster.put_component_template(
            name=name, template=body["template"], version=body["version"], meta=body["_meta"]
        )
    for name, body in index_templates().items():
        client.indices.put_index_template(
            name=name,
            index_patterns=body["index_patterns"],
            composed_of=body["composed_of"],
            priority=body["priority"],
            version=body["version"],
            meta=body["_meta"],
            template=body["template"],
        )


def alias(kind: Kind) -> str:
    """The alias that a kind is read by."""
    return f"eventwire-{kind}"


def write_alias(kind: Kind, document: Document) -> str:
    """The alias that a document is written through. Raises ValueError for an article without `fetched_at`."""
    if kind == "events":
        return alias(kind)
    fetched = datetime.fromisoformat(document["fetched_at"])
    return f"{alias(kind)}-{fetched:%Y.%m}"


def month_of(target: str) -> str | None:
    """The month ("2026.11") of a write alias or an index; None for events."""
    found = re.search(r"-(\d{4}\.\d\d)(?:-|$)", target)
    return found[1] if found else None


def index_name(kind: Kind, month: str | None, generation: int) -> str:
    """The name of an index of this version."""
    middle = f"{month}-" if month else ""
    return f"eventwire-{kind}-v{VERSION}-{middle}{generation:06d}"


def parsed(name: str) -> re.Match[str] | None:
    """The parts of an index's name: kind, version, month, generation. None for a name that is not ours."""
    return _NAME.fullmatch(name)


def aliases_of(kind: Kind, month: str | None) -> list[str]:
    """All aliases that an index stands behind."""
    return [alias(kind), *([f"{alias(kind)}-{month}"] if month else [])]


def ensure(client: Elasticsearch, kind: Kind, target: str) -> None:
    """Creates the first index behind a write alias, where there is none. Any number of processes may try at once."""
    if client.indices.exists_alias(name=target):
        return
    load_templates(client)
    month = month_of(target)
    try:
        client.indices.create(index=index_name(kind, month, 1), aliases={name: {} for name in aliases_of(kind, month)})
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def create_beside(client: Elasticsearch, kind: Kind, month: str | None) -> str:
    """A new, empty index of the next free generation that no alias leads to yet; returns its name."""
    load_templates(client)
    middle = f"{month}-" if month else ""
    taken = client.indices.get(
        index=f"eventwire-{kind}-v{VERSION}-{middle}*", allow_no_indices=True, features="aliases"
    )
    generations = [int(found["generation"]) for name in taken if (found := parsed(name)) and found["month"] == month]
    name = index_name(kind, month, max(generations, default=0) + 1)
    client.indices.create(index=name)
    return name


def behind(client: Elasticsearch, kind: Kind) -> list[str]:
    """The indices behind a kind's alias, in order of their names."""
    if not client.indices.exists_alias(name=alias(kind)):
        return []
    return sorted(client.indices.get_alias(name=alias(kind)))


def swap(client: Elasticsearch, kind: Kind, new: list[str], old: list[str]) -> None:
    """Leads the aliases to `new` instead of `old`, in one step, and deletes `old`."""
    actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
    for name in new:
        found = parsed(name)
        month = found["month"] if found else None
        actions += [{"add": {"index": name, "alias": one}} for one in aliases_of(kind, month)]
    if actions:
        client.indices.update_aliases(actions=actions)
