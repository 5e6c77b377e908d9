"""The command line: one module a command, each imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys

import click

from workbench.errors import WorkbenchError

COMMANDS = {
    "translate": "Translate a text or document with every name and term in its chosen form.",
    "apply": "Put a reviewer's XLIFF back into its document.",
    "batch": "Translate folders of documents; stops and goes on at any time.",
    "check": "Check a finished translation against the glossary.",
    "glossary": "Look into glossaries, change the store, import, check.",
    "transliterate": "Write names in another language, each form with its reason.",
    "names": "Find names that the glossary does not know, and propose entries.",
    "evaluate": "Score a pair on a test set, with plain decoding beside it.",
    "models": "List the models on this machine, or get one.",
    "train": "Train a translation model from parallel text.",
    "train-names": "Train the model that writes names, letter by letter.",
    "serve": "Open the page in the browser.",
}


class Commands(click.Group):
    """Commands by name; `--help` imports none of them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return importlib.import_module(f"workbench.cli.{name.replace('-', '_')}").command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workbench-for-names")
def cli() -> None:
    """Translate between languages and keep every name and term in one form.

    \b
    Example:
      workbench translate article.txt --from en --to es -o article.es.txt
    """


def main() -> None:
    """Run the command line: exit code 2 and one line for what the user can mend."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except WorkbenchError as wrong:
        click.echo(f"workbench: {wrong}", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("workbench: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as wrong:
        click.echo(f"workbench: {wrong.filename or ''}: {wrong.strerror or wrong}", err=True)
        sys.exit(2)
