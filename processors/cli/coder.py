"""`eventwire extract`, `eventwire explain` and `eventwire lexicon check`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from processors.cli.output import counted
from processors.errors import ConfigError

if TYPE_CHECKING:
    from processors.settings import Settings

lexicon = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)


def extract(
    input: Annotated[str, typer.Option("--input", "-i", help="JSON Lines to code, - for standard input.")] = "-",
    output: Annotated[str, typer.Option("--output", "-o", help="Where the events go, - for standard output.")] = "-",
    workers: Annotated[int, typer.Option(min=1, help="Processes to code with.")] = 1,
) -> None:
    """Code events in texts given as JSON Lines: {"id", "text", "title"?, "lang"?, "date"?}, or as `export articles`
    writes them.

    An id is text or a number, a date ISO 8601 (2025-11-12, 2025-11-12T18:00:00Z) or seconds since 1970.
    Writes {"id", "lang", "events"} in the same order. A bad line gives {"id" or "line", "error"} and exit code 1.
    """
    from processors.coder.extract import extract as code_lines
    from processors.settings import load_settings

    settings = load_settings()
    if "-" not in (input, output) and Path(input).resolve() == Path(output).resolve():
        raise ConfigError(f"{output}: the events would take the place of the texts; name another --output")
    failed = 0
    with _opened(input, "r") as source, _opened(output, "w") as sink:
        for result, good in code_lines(source, settings, workers):
            sink.write(json.dumps(result, ensure_ascii=False) + "\n")
            failed += not good
    if failed:
        print(f"{counted(failed, 'line')} could not be coded", file=sys.stderr)
        raise typer.Exit(1)


@contextmanager
def _opened(path: str, mode: str) -> Iterator[IO[str]]:
    encoding = "utf-8-sig" if mode == "r" else "utf-8"  # some editors begin a file with a byte order mark
    if path == "-":
        stream = sys.stdin if mode == "r" else sys.stdout
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
        yield stream
        return
    try:
        with Path(path).open(mode, encoding=encoding, errors="replace") as stream:
            yield stream
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise ConfigError(f"{path}: {error.strerror}") from None


def explain(
    source: Annotated[str, typer.Argument(help="A file, an address, or - for standard input.")],
    language: Annotated[str, typer.Option("--lang", help="Language of the text; guessed where absent.")] = "",
    day: Annotated[str, typer.Option("--date", help="The article's date, as 2025-11-10.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write a page to this file as well.")] = None,
) -> None:
    """Show how a text is coded: triggers, actors, roles and statuses, and the rules behind each event."""
    from processors.coder.explain import as_html, as_text, explained
    from processors.coder.extract import language_code
    from processors.coder.lexicon import lexicon_languages
    from processors.settings import load_settings

    settings = load_settings()
    known = lexicon_languages(settings.config_dir)
    if language and language_code(language) not in known:
        raise typer.BadParameter(f"{language!r} has no lexicon; known: {', '.join(known)}", param_hint="--lang")
    found = explained(_read(source, settings), language_code(language), day, settings)
    print(as_text(found, color=sys.stdout.isatty()))
    if html:
        html.write_text(as_html(found), encoding="utf-8")


def _read(source: str, settings: "Settings") -> str:
    if source.startswith(("http://", "https://")):
        from processors.articles.address import read_address

        return read_address(source, settings)
    with _opened(source, "r") as stream:
        return stream.read()


@lexicon.command()
def check() -> None:
    """Validate the lexicons and run every rule's examples."""
    from processors.coder.check import check_lexicons
    from processors.settings import load_settings

    rules, examples, problems = check_lexicons(load_settings().config_dir)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{rules} rules, {examples} examples, {len(problems)} problems")
    if problems:
        raise typer.Exit(1)


@lexicon.callback()
def _group() -> None:
    """Check the lexicon and its examples."""
