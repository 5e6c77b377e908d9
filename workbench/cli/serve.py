"""`workbench serve`."""

from __future__ import annotations

import click


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every one.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7860, show_default=True, help="Port; 0 takes a free one."
)
def command(host: str, port: int) -> None:
    """Open the page in the browser.

    \b
    Example:
      workbench serve --port 8080
    """
    from workbench.ui.page import serve
    from workbench.workbench import Workbench

    serve(Workbench(), host, port)
