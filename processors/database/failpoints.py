"""Places where a test may kill the process, to show that a crash between any two writes loses nothing."""

import os
import signal

VARIABLE = "EVENTWIRE_TEST_FAILPOINT"
_passed: dict[str, int] = {}


def failpoint(name: str) -> None:
    """Kills this process (SIGKILL) where the environment's EVENTWIRE_TEST_FAILPOINT is `name` or `name:n` and
    this is the n-th time (from 1) that it passes here. Does nothing otherwise."""
    wanted, _, nth = os.environ.get(VARIABLE, "").partition(":")
    if wanted != name:
        return
    _passed[name] = _passed.get(name, 0) + 1
    if _passed[name] == int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
