"""`workbench serve`."""

from __future__ import annotations

import click

from workbench.cli import options


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every one.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7860, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--rate",
    type=click.IntRange(0),
    metavar="NUMBER",
    help="Requests a minute for each client, 0 for any number. Default: any number here, 120 for others.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="URL",
    help="Another web site whose scripts may use the API, as https://desk.example; * for all.",
)
@click.option(
    "--auth",
    is_flag=True,
    help="Ask everybody to sign in, with the people and roles of the store; also WORKBENCH_AUTH=yes.",
)
@options.db
def command(host: str, port: int, rate: int | None, origins: tuple[str, ...], auth: bool, db: str | None) -> None:
    """Open the page in the browser, and the HTTP API beside it.

    Without --auth nobody signs in: on this machine you are yourself, visitors from others may propose to the glossary.
    Ctrl-C ends it, with exit code 0.

    The API speaks as LibreTranslate does: give its address to Weblate, OmegaT or a script.

    \b
    Examples:
      workbench serve --port 8080
      workbench glossary user add anna --role admin && workbench glossary user password anna && workbench serve --auth
      curl -d q="Mirzoian came to Yerevan." -d source=en -d target=es http://127.0.0.1:8080/translate
    """
    from workbench.api.settings import settings_for
    from workbench.serving.server import serve, staff
    from workbench.workbench import Workbench

    bench = Workbench()
    serve(bench, host, port, settings_for(host, rate, origins=origins, db=db), staff(bench, db, auth))
