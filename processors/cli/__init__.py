"""The command `eventwire`. Each stage's commands live in a module of their own, imported when asked for."""

import errno
import os
import sys
from importlib import import_module
from io import TextIOWrapper

import typer

from processors.errors import ConfigError, EventwireError, FeedError, QueryError

EXIT_FAILED, EXIT_USAGE, EXIT_AWAY = 1, 2, 3
EXIT_STOPPED = 130  # as shells have it for Ctrl-C, and Typer

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# What becomes of the work that Ctrl-C stopped, where there is more to say than that it was stopped.
_REST = {
    "run": "; what was not finished stays pending",
    "watch": "; what was not finished stays pending",
    "import": "; what was read is kept, and importing again brings the rest",
}

# name -> ("module:object", help). An object is a function (a command) or a typer.Typer (a group of commands).
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("processors.cli.running:run", "Run one whole pass, from the feeds to the mails, or chosen stages."),
    "watch": ("processors.cli.running:watch", "Run pass after pass until stopped."),
    "status": ("processors.cli.status:status", "Show feeds, backlog, index and mails at a glance."),
    "search": ("processors.cli.search:search", "Search events or articles."),
    "extract": ("processors.cli.coder:extract", "Code events in texts given as JSON Lines."),
    "explain": ("processors.cli.coder:explain", "Show how a text is coded, rule by rule."),
    "lexicon": ("processors.cli.coder:lexicon", "Check the lexicon and its examples."),
    "feeds": ("processors.cli.feeds:app", "Check, list, add, import and export feeds."),
    "import": ("processors.cli.articles:import_articles", "Import articles from JSON Lines or a folder of pages."),
    "export": ("processors.cli.articles:export", "Export articles or events as JSON Lines or CSV."),
    "events": ("processors.cli.events:app", "Show and correct events."),
    "series": ("processors.cli.events:series", "Show how two sides get on, by day or week."),
    "recode": ("processors.cli.events:recode", "Code stored articles again after a change of the lexicon."),
    "alerts": ("processors.cli.alerts:app", "List, check, test, preview and mute alert rules."),
    "reindex": ("processors.cli.search:reindex", "Rebuild the search index from the database."),
    "kibana": ("processors.cli.kibana:app", "Load the Kibana objects."),
    "serve": ("processors.cli.serve:serve", "Serve the search page and the unsubscribe address."),
    "demo": ("processors.cli.demo:app", "Serve the demo feeds; check what came of them."),
}


def _load(name: str) -> typer.Typer:
    module, _, attribute = COMMANDS[name][0].partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        return found
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command(help=found.__doc__)(found)
    return app


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {text}" for name, (_, text) in COMMANDS.items()]
    return "\n".join(
        [
            "usage: eventwire COMMAND [OPTIONS]",
            "",
            "News feeds in; coded political events, search and alert mails out.",
            "",
            "commands:",
            *lines,
            "",
            "`eventwire COMMAND --help` says more. Settings: config/eventwire.yaml and EVENTWIRE_* variables.",
            "Exit codes: 0 done, 1 something failed, 2 wrong usage or configuration, 3 database or index is away.",
        ]
    )


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal or locale without an ü shows a ? for it
    try:
        code = _run(arguments)
        print(end="", flush=True)  # what cannot be written is told below, and not by Python when it ends
    except EventwireError as error:
        print(f"eventwire: {error}", file=sys.stderr)
        code = exit_code(error)
    except KeyboardInterrupt:
        print(f"eventwire: stopped{_REST.get(arguments[0], '') if arguments else ''}", file=sys.stderr)
        code = EXIT_STOPPED
    except BrokenPipeError:
        code = 0
    except OSError as error:
        if not error.filename and error.errno not in _FULL:
            raise
        print(f"eventwire: {error.filename or 'cannot write'}: {error.strerror}", file=sys.stderr)
        code = EXIT_FAILED if error.errno in _FULL else EXIT_USAGE
    _give_up_output()
    raise SystemExit(code)


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0 if arguments else EXIT_USAGE
    if arguments[0] == "--version":
        from importlib.metadata import version

        print(f"eventwire {version('eventwire')}")
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        from difflib import get_close_matches

        close = get_close_matches(name, COMMANDS, n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        print(f"eventwire: there is no command {name!r}.{hint} `eventwire --help` lists them.", file=sys.stderr)
        return EXIT_USAGE
    return _called(name, rest)


def _called(name: str, rest: list[str]) -> int:
    """Runs a command and returns its exit code. Of Ctrl-C and a closed pipe, which Typer and rich make exit codes too,
    the errors are raised again."""
    try:
        _load(name)(rest, prog_name=f"eventwire {name}", standalone_mode=True)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        if end.code == EXIT_STOPPED:
            raise KeyboardInterrupt from None
        return int(end.code or 0)
    return 0


def _give_up_output() -> None:
    """Lets go of what cannot be written: Python would try again when it ends, and end with an exit code of its own."""
    try:
        print(end="", flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def exit_code(error: EventwireError) -> int:
    """2 for what the user has to change, 3 where database or index is away for now, 1 for the rest."""
    if isinstance(error, ConfigError | QueryError):
        return EXIT_USAGE
    return EXIT_AWAY if error.retryable and not isinstance(error, FeedError) else EXIT_FAILED
