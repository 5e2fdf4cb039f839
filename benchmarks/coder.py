"""How fast the coder is: words a second in one process and in two, share of sentences parsed, peak memory.

usage: python -m benchmarks.coder FILE.jsonl[.gz] [--words 350] [--articles 100]

Each line of the file is an object with "text" and "lang" ("title" and "date" where there are any). Texts are cut or
joined to about `--words` words, so that figures of different files can be compared.
"""

import argparse
import gzip
import json
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from processors.coder.code import Text, code_texts
from processors.coder.coding import judge_texts, read, tools
from processors.coder.languages import language_of
from processors.coder.model import load_models
from processors.settings import load_settings


def articles(path: Path, count: int, words: int) -> list[Text]:
    """`count` texts of about `words` words."""
    out: list[Text] = []
    parts: list[str] = []
    length = 0
    for row in _rows(path):
        body = str(row.get("text") or row.get("body") or "")
        parts.append(body)
        length += len(body.split())
        if length >= words:
            text = " ".join("\n".join(parts).split(" ")[:words])
            out.append(Text(text, row.get("lang") or language_of(text)))
            parts, length = [], 0
        if len(out) == count:
            break
    return out


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    yield from map(json.loads, text.splitlines())


def timed(texts: list[Text]) -> tuple[float, int]:
    """Seconds to code the texts, and how many events came out. The first text warms the process up."""
    settings = load_settings()
    list(code_texts(texts[:2], settings))
    started = time.perf_counter()
    events = sum(len(found) for found in code_texts(texts, settings))
    return time.perf_counter() - started, events


def parsed_share(texts: list[Text]) -> float:
    """The share of sentences that are parsed: those with a trigger that the event model holds for an event."""
    parsed = total = 0
    for text in texts:
        kit = tools(text.language, load_settings().config_dir)
        sentences = read(text.full, text.day, kit)
        judge_texts([sentences], kit, load_models(text.language))
        total += len(sentences)
        parsed += sum(sentence.parsed for sentence in sentences)
    return parsed / max(1, total)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=350)
    parser.add_argument("--articles", type=int, default=100)
    args = parser.parse_args()
    for path in args.files:
        texts = articles(path, args.articles, args.words)
        words = sum(len(text.text.split()) for text in texts)
        seconds, events = timed(texts)
        with ProcessPoolExecutor(2) as pool:
            both = max(taken for taken, _ in pool.map(timed, [texts, texts]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{path.name}: {len(texts)} texts, {words} words, {events} events; {peak:.0f} MB")
        print(f"  {words / seconds:,.0f} words/s in one process, {2 * seconds / both:.2f} times that in two")
        print(f"  {parsed_share(texts):.0%} of sentences parsed")


if __name__ == "__main__":
    main()
