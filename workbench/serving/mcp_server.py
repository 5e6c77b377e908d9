"""The façade for programs that speak the Model Context Protocol: five tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from workbench.errors import InputError, WorkbenchError
from workbench.filework.report import entry_json, finding_json, match_json, report_json
from workbench.workbench import Workbench

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

MOST = 50_000  # code points of a text
Given = ParamSpec("Given")
Result = TypeVar("Result")
ABOUT = (
    "Translates between languages and writes every name and term in the one form that the glossary asks for. "
    "Languages are two-letter codes; leave `source` empty to have it detected."
)


def build(workbench: Workbench, glossaries: list[str] | None = None) -> MCPServer:
    """The server, not yet running. `glossaries` None: all bundled ones. InputError without the extra."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise InputError("this needs the package mcp: pip install 'workbench-for-names[mcp]'") from error

    def told(tool: Callable[Given, Result]) -> Callable[Given, Result]:
        """What a person could mend reaches the client as one line."""

        @wraps(tool)
        def run(*given: Given.args, **named: Given.kwargs) -> Result:
            try:
                return tool(*given, **named)
            except WorkbenchError as wrong:
                raise ToolError(str(wrong)) from wrong

        return run

    def bounded(*texts: str) -> None:
        if sum(map(len, texts)) > MOST:
            raise InputError(f"more than {MOST:,} characters; send it in parts")

    server = MCPServer("workbench", instructions=ABOUT)

    @server.tool()
    @told
    def translate(text: str, target: str, source: str = "", style: str = "") -> dict[str, Any]:
        """Translate a text; `text` of the answer is the translation, `terms` tells how each name and term came out."""
        bounded(text)
        made = workbench.translate(text, source or None, target, glossaries, style or None)
        report = report_json(made)
        terms = [term for segment in report["segments"] for term in segment["terms"]]
        return {"text": made.text, "source": made.source_language, "target": made.target_language, "terms": terms}

    @server.tool()
    @told
    def look_up(spelling: str, language: str = "", limit: int = 10) -> list[dict[str, Any]]:
        """Glossary entries by a spelling or its beginning, in any script: forms in every language, with status."""
        bounded(spelling)
        found = workbench.find(spelling, language or None, glossaries, min(max(limit, 1), 100))
        return [entry_json(entry) for entry in found]

    @server.tool()
    @told
    def find_terms(text: str, source: str) -> list[dict[str, Any]]:
        """Which glossary entries occur where in a text, and how each was recognised."""
        bounded(text)
        return [match_json(match) for match in workbench.show(text, source, glossaries)]

    @server.tool()
    @told
    def transliterate(name: str, source: str, target: str, limit: int = 5) -> list[dict[str, Any]]:
        """Forms of a name for another language, the most trusted first, each with its reason."""
        bounded(name)
        found = workbench.candidates(name, source, target, glossaries, n=min(max(limit, 1), 50))
        return [made._asdict() for made in found]

    @server.tool()
    @told
    def check(source_text: str, translation: str, source: str, target: str) -> list[dict[str, Any]]:
        """What is wrong with the terms of a finished translation; line n of it translates line n of the source."""
        bounded(source_text, translation)
        found = workbench.check(source_text, translation, source, target, glossaries)
        return [finding_json(finding) for finding in found]

    return server
