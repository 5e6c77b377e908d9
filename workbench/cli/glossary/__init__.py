"""`workbench glossary`: a module for each kind of work, imported only when one of its commands is called."""

from __future__ import annotations

import importlib

import click

# Each command with its module, in which it is the function of its name and an underscore.
COMMANDS = {
    "show": ("look", "An entry of the store; or what matches in a text, and why."),
    "list": ("look", "The bundled glossaries; entries of the store: search."),
    "search": ("find", "Find entries of the store, in any script."),
    "stats": ("count", "Count entries and terms, and how far each language is covered."),
    "add": ("change", "Add an entry to the store."),
    "set": ("change", "Change an entry."),
    "remove": ("review", "Put entries into the trash."),
    "restore": ("review", "Take entries out of the trash."),
    "approve": ("review", "Approve entries: only approved ones are used."),
    "reject": ("review", "Reject entries."),
    "merge": ("join", "Join two entries of one concept."),
    "split": ("join", "Make two entries of one."),
    "history": ("past", "Who changed what, and when."),
    "diff": ("past", "What became of an entry between two revisions."),
    "undo": ("past", "Take back a change or a whole import."),
    "import": ("exchange", "Bring a file into the store, all of it or nothing."),
    "export": ("exchange", "Write a glossary, or the store, in another format."),
    "lint": ("care", "Check a glossary itself for defects, and mend the plain ones."),
    "pull": ("mirror", "Bring changes of the store into a folder of YAML files."),
    "push": ("mirror", "Bring changes of a folder of YAML files into the store."),
    "user": ("user", "Who may do what in the store."),
}


class Verbs(click.Group):
    """Commands by name; `--help` imports none of them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"workbench.cli.glossary.{COMMANDS[name][0]}")
        made: click.Command = getattr(module, f"{name}_")
        return made

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.group("glossary", cls=Verbs)
def command() -> None:
    """Look into glossaries, and change the one that is kept in a store.

    The store keeps every change with its author, its time and its reason; nothing in it is ever lost.

    \b
    Example:
      workbench glossary search пашинян
    """
