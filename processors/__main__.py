"""`python -m processors` is the command `eventwire`."""

from processors.cli import main

main()
