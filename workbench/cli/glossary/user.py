"""`workbench glossary user`: the people of a store and what each may do."""

from __future__ import annotations

import sys

import click

from workbench.cli import options
from workbench.glossary.people import Role

role = click.option("--role", type=click.Choice([r.value for r in Role]), required=True, help="What they may do.")


@click.group("user")
def user_() -> None:
    """Who may do what in a store: a reader looks, a translator proposes, an editor changes and approves, an admin
    adds people. A store without people is open to whoever opens it.

    Of the command line the name is believed ($WORKBENCH_AUTHOR, --author, or the login), unless the person has a
    key: then it must be shown in $WORKBENCH_KEY. Each subcommand has --json.

    \b
    Example:
      workbench glossary user add anna --role admin
    """


def _done(changed: bool, said: str, as_json: bool) -> None:
    if as_json:
        options.say_json({"changed": changed})
    else:
        click.echo(said if changed else "nothing to change", err=True)


@user_.command("list")
@options.author
@options.db
@options.as_json
def list_(author: str | None, db: str | None, as_json: bool) -> None:
    """Everyone, with role; passwords and keys are never shown."""
    from workbench.glossary.people import everyone

    rows = everyone(options.desk(db, author).store)
    if as_json:
        options.say_json(
            [{"name": p.name, "role": p.role.value, "password": p.password, "keys": list(p.keys)} for p in rows]
        )
        return
    for p in rows:
        password = "password" if p.password else "no password"
        click.echo(f"{p.name}  {p.role.value}  {password}  keys: {', '.join(p.keys) or 'none'}")
    if not rows:
        click.echo("nobody: whoever opens the store may do everything", err=True)


@user_.command("add")
@click.argument("name")
@role
@options.author
@options.db
@options.as_json
def add(name: str, role: str, author: str | None, db: str | None, as_json: bool) -> None:
    """Add a person; the first one must be an admin."""
    _done(options.desk(db, author).add_person(name, Role(role)), f"added {name} as {role}", as_json)


@user_.command("role")
@click.argument("name")
@role
@options.author
@options.db
@options.as_json
def change_role(name: str, role: str, author: str | None, db: str | None, as_json: bool) -> None:
    """Give a person another role."""
    _done(options.desk(db, author).set_role(name, Role(role)), f"{name} is {role}", as_json)


@user_.command("remove")
@click.argument("name")
@options.author
@options.db
@options.as_json
def remove(name: str, author: str | None, db: str | None, as_json: bool) -> None:
    """Remove a person; what they changed stays signed with their name."""
    _done(options.desk(db, author).remove_person(name), f"removed {name}", as_json)


@user_.command("password")
@click.argument("name")
@options.author
@options.db
@options.as_json
def password(name: str, author: str | None, db: str | None, as_json: bool) -> None:
    """Set the password for the page: asked for, or the first line of standard input."""
    desk = options.desk(db, author)
    if sys.stdin.isatty():
        said = click.prompt("New password", hide_input=True, confirmation_prompt=True)
    else:
        said = sys.stdin.readline().rstrip("\r\n")
    desk.set_password(name, said)
    _done(True, f"{name} has a new password", as_json)


@user_.command("key")
@click.argument("name", required=False)
@click.option("--drop", metavar="KEY_ID", help="Remove a key instead, by the id that list shows.")
@options.author
@options.db
@options.as_json
def key(name: str | None, drop: str | None, author: str | None, db: str | None, as_json: bool) -> None:
    """Make a key for programs and the API; it is shown once. Each call makes another."""
    desk = options.desk(db, author)
    if drop:
        _done(desk.drop_key(drop), f"removed the key {drop}", as_json)
        return
    made = desk.make_key(name or desk.identity.name)
    if as_json:
        options.say_json({"key": made})
    else:
        click.echo(made)
        click.echo("keep it now: it is not shown again", err=True)
