"""How fast rules are matched, and how fast hits become mails.

    python -m benchmarks.alerts [--rules 1000] [--events 1000]

Prints one table: reading the rules (once a process), matching a batch against all of them, a batch again (the rules are
compiled by then), and rendering mails. Everything is generated; nothing is sent.
"""

import argparse
import itertools
import random
import time
from collections.abc import Callable
from dataclasses import replace

from processors.alerts.messages import compose
from processors.alerts.render import Reader, event_mail
from processors.alerts.samples import MOMENT, sample_event, sample_rule, sample_story
from processors.documents import Document, event_document
from processors.index import match_queries
from processors.records import EVENT_TYPES, STATUSES
from processors.settings import MailSettings

_SIDES = ("RUS", "UKR", "USA", "DEU", "FRA", "TUR", "CHN", "IND", "ISR", "IRN", "EU", "NATO")
_WORDS = ("Waffenruhe", "missiles", "Lieferung", "talks", "Präsident", "border", "Raketen", "visit", "Grenze", "gas")


def events(count: int) -> list[Document]:
    """Event documents with varied types, sides and words."""
    rng = random.Random(1)
    return [
        event_document(
            replace(
                sample_event(),
                id=f"event-{number}",
                type=rng.choice(EVENT_TYPES),
                status=rng.choice(STATUSES),
                actors=tuple(rng.sample(_SIDES, 2)),
                title=" ".join(rng.sample(_WORDS, 6)),
                source_count=rng.randint(1, 40),
            )
        )
        for number in range(count)
    ]


def queries(count: int) -> dict[str, str]:
    """Queries as people write them: one to four conditions, words among them."""
    rng = random.Random(2)
    forms: list[Callable[[], str]] = [
        lambda: f"type:{rng.choice(EVENT_TYPES)} AND actors:({rng.choice(_SIDES)} OR {rng.choice(_SIDES)})",
        lambda: f"type:{rng.choice(EVENT_TYPES)} AND status:occurred AND source_count:>{rng.randint(1, 9)}",
        lambda: f"participants:{rng.choice(_SIDES)} AND title:{rng.choice(_WORDS)}",
        lambda: f'dyads:RUS-UKR OR title:"{rng.choice(_WORDS)} {rng.choice(_WORDS)}"',
        lambda: f"participants:{rng.choice(_SIDES)} AND days_since_previous:>365",
    ]
    return {f"rule {number}": form() for number, form in zip(range(count), itertools.cycle(forms), strict=False)}


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=1000)
    parser.add_argument("--events", type=int, default=1000)
    options = parser.parse_args()
    documents, asked = events(options.events), queries(options.rules)
    match_queries("events", documents[:1], {"warm": "type:threat"})
    first = _seconds(lambda: match_queries("events", documents, asked))
    again = min(_seconds(lambda: match_queries("events", documents, asked)) for _ in range(5))
    hits = sum(map(len, match_queries("events", documents, asked).values()))
    mails = _seconds(lambda: [_mail(number) for number in range(200)]) / 200
    print(f"{options.rules} rules against {options.events} events: {hits} hits")
    print(f"  first batch of a process (rules are compiled)  {first:8.3f} s")
    print(f"  every later batch                              {again:8.3f} s")
    print(f"one mail rendered and composed                   {mails * 1000:8.1f} ms")


def _mail(number: int) -> str:
    rendered = event_mail(sample_rule(), sample_story(), Reader("en" if number % 2 else "de"))
    return compose(f"mail-{number}", rendered, "desk@example.org", MailSettings(), MOMENT, rule="rule")


if __name__ == "__main__":
    main()
