"""What reports say for or against being about one event."""

import os
import subprocess
import sys

from processors.events.evidence import words

SENTENCE = "Drohnen, Raketen und 1.200 Schuss Munition: Die Lieferung nach Kiew bleibt vorerst gestoppt."


def test_words_come_in_one_order_in_every_process() -> None:
    # Sums of floats depend on their order in the last digit, and a tie of two events on that.
    program = f"from processors.events.evidence import words; print(*words({SENTENCE!r}), sep='|')"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        told = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        assert tuple(told.stdout.decode().strip().split("|")) == words(SENTENCE)
