"""What commands print alike: tables, and numbers with their nouns."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

_WHOLE_LINES = 10_000  # columns of a table that goes to no terminal: other programs read its lines


def print_table(table: "Table") -> None:
    """Prints a table as wide as the terminal; where nobody watches, with whole lines and no blanks behind them."""
    from rich.console import Console

    if sys.stdout.isatty():
        Console(markup=False).print(table)
        return
    console = Console(markup=False, width=_WHOLE_LINES)
    with console.capture() as drawn:
        console.print(table)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()))


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural but for one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
