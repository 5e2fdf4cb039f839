"""`eventwire run` and `eventwire watch`: the pipeline without Airflow."""

import signal
import sys
import threading
import time
from typing import Annotated, cast, get_args

import typer

from processors.cli.progress import StageProgress
from processors.errors import EventwireError
from processors.records import Stage, Summary
from processors.settings import load_settings

_STAGES = get_args(Stage)


def run(
    once: Annotated[bool, typer.Option("--once", help="One whole pass (the default; spelled out for scripts).")] = True,
    stage: Annotated[
        list[str] | None,
        typer.Option("--stage", help=f"Only this stage; may be given again. One of {', '.join(_STAGES)}."),
    ] = None,
    maintain: Annotated[
        bool, typer.Option("--maintain", help="Then apply the retention settings; once a day is enough.")
    ] = False,
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
        told = _deleted(pipeline.maintain()) if maintain else None
    if told is not None:
        print(f"retention: {told or 'nothing was due'}")


def watch(
    pause: Annotated[float, typer.Option(help="Seconds between two passes.", min=0.0)] = 30.0,
) -> None:
    """Run pass after pass until Ctrl-C. Feeds are asked only when they are due; the retention settings are applied
    after the first pass and then once a day.

    What stops a pass is told, and the next one tries again; only the first one ends the command.
    """
    from processors.database import now
    from processors.pipeline import opened

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    went, maintained = False, None
    with opened(load_settings()) as pipeline:
        while not stop.is_set():
            started = time.monotonic()
            try:
                for summary in pipeline.run_once():
                    _tell(summary)
                if maintained != (today := now().date()):
                    if told := _deleted(pipeline.maintain()):
                        print(f"retention: {told}", flush=True)
                    maintained = today
            except EventwireError as error:
                if not went:
                    raise
                # A file that is being saved, a database that starts anew: the next pass may find it well.
                print(f"eventwire: {error}", file=sys.stderr, flush=True)
            went = True
            stop.wait(max(0.0, pause - (time.monotonic() - started)))


def _tell(summary: Summary) -> None:
    if any(summary.counts.values()) or summary.problems:
        print(summary, flush=True)
    for problem in summary.problems:
        print(f"  {problem}", flush=True)


def _deleted(counts: dict[str, int]) -> str:
    done = {name: name if name.endswith("_emptied") else f"{name}_deleted" for name in counts}
    return ", ".join(f"{number} {done[name].replace('_', ' ')}" for name, number in counts.items() if number)


def _stage(name: str) -> Stage:
    if name not in _STAGES:
        raise typer.BadParameter(f"{name!r} is no stage; one of {', '.join(_STAGES)}", param_hint="--stage")
    return cast(Stage, name)
