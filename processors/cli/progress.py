"""Progress of long work: bars on a terminal, plain lines elsewhere."""

import sys
from types import TracebackType

from processors.records import Summary

_SHOWN_PROBLEMS = 5


class StageProgress:
    """Shows one stage after another. Use as a context manager."""

    def __init__(self) -> None:
        self._bar = None
        if sys.stdout.isatty():
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._bar = Progress(*columns)
        self._total: Summary | None = None

    def __enter__(self) -> "StageProgress":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def start(self, stage: str) -> None:
        """Begins a stage."""
        self._total = None
        if self._bar:
            self._task = self._bar.add_task(f"{stage} ...", total=None)

    def advance(self, part: Summary) -> None:
        """Shows what a stage has done so far."""
        self._total = part if self._total is None else self._total + part
        if self._bar:
            self._bar.update(self._task, description=str(self._total))

    def finish(self, summary: Summary) -> None:
        """Ends a stage with its whole summary, and its first problems in words."""
        problems = [f"  {problem}" for problem in summary.problems[:_SHOWN_PROBLEMS]]
        if len(summary.problems) > _SHOWN_PROBLEMS:
            problems.append(f"  ... and {len(summary.problems) - _SHOWN_PROBLEMS} more; see eventwire status")
        if self._bar:
            self._bar.update(self._task, description=str(summary), total=1, completed=1)
            for line in problems:
                self._bar.console.print(line, markup=False, highlight=False)
        else:
            print("\n".join([str(summary), *problems]), flush=True)
