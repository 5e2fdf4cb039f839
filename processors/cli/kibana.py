"""`eventwire kibana import`."""

from typing import Annotated

import typer

from processors.settings import load_settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def kibana() -> None:
    """Load data views, saved searches and the dashboard into Kibana."""


@app.command("import")
def import_(
    url: Annotated[str, typer.Option("--url", help="Such as https://user:password@kibana.example:5601")],
    space: Annotated[str, typer.Option("--space", help="The id of a Kibana space; the default one otherwise.")] = "",
) -> None:
    """Load config/kibana/eventwire.ndjson into Kibana, over older objects of the same ids.

    EVENTWIRE_INDEX__CA_FILE and EVENTWIRE_INDEX__API_KEY hold for Kibana as they do for Elasticsearch.
    """
    from processors.index.kibana import import_objects

    count = import_objects(url, load_settings().index, space=space)
    print(f"{count} objects loaded")
