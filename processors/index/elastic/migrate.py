"""Bringing indices of older mapping versions to this one, beside, while searches go on."""

import time
import warnings
from typing import Any

from elasticsearch import Elasticsearch

from processors.documents import Kind
from processors.errors import IndexUnavailable
from processors.index.elastic import layout

_POLL = 0.2  # seconds


def outdated(client: Elasticsearch, kind: Kind) -> list[str]:
    """The indices behind the kind's alias that another mapping version made."""
    names = [(name, layout.parsed(name)) for name in layout.behind(client, kind)]
    return [name for name, found in names if found is None or int(found["version"]) != layout.VERSION]


def migrate(client: Elasticsearch, kind: Kind) -> list[str]:
    """Copies each outdated index into one of this version and leads the aliases there; returns what was done.

    The old index takes no writes while it is copied (the backlog waits in the database) and answers searches until
    the swap. Interrupted, it can be called again: a copy that no alias leads to is thrown away.
    """
    layout.load_templates(client)
    done = []
    for old in outdated(client, kind):
        month = layout.month_of(old)
        _drop_unfinished(client, kind, month)
        new = layout.create_beside(client, kind, month)
        client.indices.put_settings(index=old, settings={"index.blocks.write": True})
        copied = _copy(client, old, new)
        layout.swap(client, kind, [new], [old])
        done.append(f"{old}: {copied} documents moved to {new}")
    return done


def _drop_unfinished(client: Elasticsearch, kind: Kind, month: str | None) -> None:
    middle = f"{month}-" if month else ""
    pattern = f"eventwire-{kind}-v{layout.VERSION}-{middle}*"
    found = client.indices.get(index=pattern, allow_no_indices=True, features="aliases")
    for name, about in found.items():
        if not about.get("aliases"):
            client.indices.delete(index=name)


def _copy(client: Elasticsearch, old: str, new: str) -> int:
    started = client.reindex(
        source={"index": old}, dest={"index": new, "op_type": "create"}, wait_for_completion=False, refresh=True
    )
    status: dict[str, Any] = {"completed": False}
    while not status["completed"]:
        time.sleep(_POLL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the client warns that the task API may change; it is told by a test
            status = dict(client.tasks.get(task_id=started["task"]))
    failures = status.get("response", {}).get("failures") or status.get("error")
    if failures:
        client.indices.put_settings(index=old, settings={"index.blocks.write": None})
        client.indices.delete(index=new)
        raise IndexUnavailable(f"{old} could not be moved to {new}: {failures}")
    return int(status["response"]["created"])
