"""How many of the words by which the press tells an event the coder knows: `python -m benchmarks.sentences`.

Single German and English sentences of our own, each telling an event of a type by another verb, noun or phrase than
all the others of that type; invented, annotated by docs/event-types.md with that one event. Only the figures were
looked at; others like them are trained on (`training/coder/sentences_*.jsonl`). What else a sentence tells is not
annotated, so that the shares here are of events found, and say nothing of surplus ones.
"""

import argparse
import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from processors.coder.code import Text, TextEvent, code_texts

HERE = Path(__file__).parent
DAY = date(2025, 6, 10)


def agreement(wanted: dict[str, Any], events: list[TextEvent]) -> set[str]:
    """What the coder has of an annotated event: `type`, `status` (with the type) and `full` (with the sides)."""
    mine = [event for event in events if event.type == wanted["type"]]
    told = [event for event in mine if event.status == wanted["status"]]
    sides = set(wanted["actors"]), set(wanted["recipients"])
    full = [event for event in told if (set(event.actors), set(event.recipients)) == sides]
    return {name for name, found in (("type", mine), ("status", told), ("full", full)) if found}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by-type", action="store_true", help="the types one by one as well")
    parser.add_argument("--missed", action="store_true", help="the sentences of which the type was not found as well")
    args = parser.parse_args()
    for path in sorted(HERE.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        found: Counter[str] = Counter()
        by_type: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row, events in zip(rows, code_texts(Text(row["text"], row["lang"], day=DAY) for row in rows), strict=True):
            what = agreement(row, events)
            found.update(what)
            by_type[row["type"]].update(what | {"all"})
            if args.missed and "type" not in what:
                print(f"{row['type']:20}  {row['trigger']}: {row['text']}")
        shares = ", ".join(f"{name} {found[name] / len(rows):.2f}" for name in ("type", "status", "full"))
        print(f"{path.stem}: {len(rows)} sentences, found with {shares}", flush=True)
        for name, one in sorted(by_type.items()) if args.by_type else ():
            print(f"  {name:20}  {one['type']:3} {one['status']:3} {one['full']:3} of {one['all']}")


if __name__ == "__main__":
    main()
