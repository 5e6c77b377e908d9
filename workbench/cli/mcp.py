"""`workbench mcp`."""

from __future__ import annotations

import click

from workbench.cli import options


@click.command("mcp")
@options.glossary
def command(glossaries: tuple[str, ...]) -> None:
    """Serve translation and terms to a program that speaks MCP, over standard input and output.

    Needs the extra: pip install 'workbench-for-names[mcp]'.

    \b
    Example, in the settings of such a program:
      {"mcpServers": {"workbench": {"command": "workbench", "args": ["mcp"]}}}
    """
    from workbench.serving.mcp_server import build
    from workbench.workbench import Workbench

    build(Workbench(), options.chosen(glossaries)).run("stdio")
