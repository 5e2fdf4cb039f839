"""How good the coder is on reports of our own that it was never trained on: `python -m benchmarks.reports`.

270 German and English items of one to six sentences, as dense as agency news, on all regions and types; written and
annotated by docs/event-types.md before the coder had read them, with known names and invented details. What it got
wrong of those in `read_*.jsonl` was read to make rules; of those in `unread_*.jsonl` only the figures were looked at.
So it is with 192 texts on what words mean elsewhere (`senses_*.jsonl`) and 136 in pairs that differ in who does it, in
status or in whether it is an event at all (`pairs_*.jsonl`).
"""

import argparse
from datetime import date
from pathlib import Path

from processors.coder.code import Text, code_texts
from training.coder.gold import read_gold
from training.coder.score import Scores

HERE = Path(__file__).parent


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by-type", action="store_true", help="the types one by one as well")
    args = parser.parse_args()
    for path in sorted(HERE.glob("*.jsonl")):
        items = read_gold(path)
        texts = (Text(row["text"], row["lang"], day=date.fromisoformat(row["date"])) for row in items)
        scores = Scores()
        for row, events in zip(items, code_texts(texts), strict=True):
            scores.add(row, [event.as_json() for event in events])
        print(f"{path.stem}: {len(items)} items\n{scores.report(by_type=args.by_type)}\n", flush=True)


if __name__ == "__main__":
    main()
