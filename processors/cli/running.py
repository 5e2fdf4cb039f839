"""`eventwire run` and `eventwire watch`: the pipeline without Airflow."""

import signal
import threading
import time
from typing import Annotated, cast, get_args

import typer

from processors.cli.progress import StageProgress
from processors.records import Stage, Summary
from processors.settings import load_settings

_STAGES = get_args(Stage)


def run(
    once: Annotated[bool, typer.Option("--once", help="One whole pass (the default; spelled out for scripts).")] = True,
    stage: Annotated[
        list[str] | None,
        typer.Option("--stage", help=f"Only this stage; may be given again. One of {', '.join(_STAGES)}."),
    ] = None,
) -> None:
    """Run one whole pass, from the feeds to the mails, and say what was done.

    Ends with 0 where the pass went through, whatever single feeds or articles did; their troubles are counted,
    and `eventwire status` shows them.
    """
    from processors.pipeline import opened

    chosen = [_stage(name) for name in stage or _STAGES]
    with opened(load_settings()) as pipeline, StageProgress() as progress:
        if "fetch" in chosen:
            pipeline.sync_feeds()
        for name in chosen:
            progress.start(name)
            progress.finish(pipeline.run(name, progress.advance))


def watch(
    pause: Annotated[float, typer.Option(help="Seconds between two passes.", min=0.0)] = 30.0,
) -> None:
    """Run pass after pass until Ctrl-C. Feeds are asked only when they are due."""
    from processors.pipeline import opened

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with opened(load_settings()) as pipeline:
        while not stop.is_set():
            started = time.monotonic()
            for summary in pipeline.run_once():
                _tell(summary)
            stop.wait(max(0.0, pause - (time.monotonic() - started)))


def _tell(summary: Summary) -> None:
    if any(summary.counts.values()) or summary.problems:
        print(summary, flush=True)
    for problem in summary.problems:
        print(f"  {problem}", flush=True)


def _stage(name: str) -> Stage:
    if name not in _STAGES:
        raise typer.BadParameter(f"{name!r} is no stage; one of {', '.join(_STAGES)}", param_hint="--stage")
    return cast(Stage, name)
