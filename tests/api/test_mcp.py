"""`workbench mcp` in a process of its own, spoken to by a real client over standard input and output."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from api.conftest import MODEL, ROOT

pytestmark = pytest.mark.model
anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp")


def asked(*calls: tuple[str, dict[str, Any]]) -> tuple[set[str], list[Any]]:
    """Names of the tools, and the result of each call."""
    from mcp.client.stdio import stdio_client

    if not (MODEL / "model.safetensors").is_file():
        pytest.skip(f"no bundled model: {MODEL}/model.safetensors is missing")
    server = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "workbench", "mcp"], cwd=str(ROOT),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    async def run() -> tuple[set[str], list[Any]]:
        async with stdio_client(server) as (read, write), mcp.ClientSession(read, write) as session:
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            return tools, [await session.call_tool(name, arguments) for name, arguments in calls]

    with ThreadPoolExecutor(1) as pool:  # a browser test before this one may have left a loop in our thread
        return pool.submit(anyio.run, run).result()


def test_a_client_translates_looks_up_transliterates_and_checks() -> None:
    pair = {"source": "en", "target": "es"}
    tools, (made, found, written, wrong, refused) = asked(
        ("translate", {"text": "Mirzoian arrived in Yerevan.", **pair}),
        ("look_up", {"spelling": "пашин"}),
        ("transliterate", {"name": "Փաշինյան", "source": "hy", "target": "fr"}),
        ("check", {"source_text": "Yerevan", "translation": "Erevan", **pair}),
        ("translate", {"text": "Hello", "source": "en", "target": "xx"}),
    )
    assert tools == {"translate", "look_up", "find_terms", "transliterate", "check"}
    text = json.loads(made.content[0].text)
    assert "Mirzoyán" in text["text"] and {term["entry"] for term in text["terms"]} >= {"yerevan"}
    assert "nikol-pashinyan" in found.content[0].text
    assert "Pachinian" in written.content[0].text
    assert "yerevan" in wrong.content[0].text
    assert refused.is_error and "'xx' is not a language we know" in refused.content[0].text
