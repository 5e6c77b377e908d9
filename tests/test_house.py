"""The rooms stand in an order, and imports only fall."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import workbench

FOLDER = Path(workbench.__file__).parent
ORDER = (
    "errors bundled cachefolder shelf spans words",  # ground
    "languages fileformats text",
    "settings",
    "morphology engines documents",  # crafts
    "glossary",
    "transliteration matching",
    "names enforcement",
    "translation",  # work
    "checking",
    "filework training",
    "evaluation",
    "batch",
    "facade",
    "workbench",
    "api",  # doors
    "ui",
    "serving",
    "cli",
    "__main__",
)
FLOOR = {room: floor for floor, rooms in enumerate(ORDER) for room in rooms.split()}


def imports() -> Iterator[tuple[str, str, str]]:
    """Room, file and line, and the room that it imports from."""
    for path in FOLDER.rglob("*.py"):
        inside = path.relative_to(FOLDER)
        room = inside.parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules: list[str] = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [f"{node.module}.{alias.name}" for alias in node.names]
            for module in modules:
                top, _, rest = module.partition(".")
                if top == "workbench" and rest.split(".")[0] != room:
                    yield room, f"{inside}:{node.lineno}", rest.split(".")[0]


def test_imports_only_fall() -> None:
    found = list(imports())
    assert len(found) > 500
    wrong = [f"{where}: {room} imports {other}" for room, where, other in found if FLOOR[other] >= FLOOR[room]]
    assert not wrong, "\n".join(wrong)


def test_every_room_has_a_floor() -> None:
    rooms = {path.stem for path in FOLDER.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__"} == set(FLOOR)
