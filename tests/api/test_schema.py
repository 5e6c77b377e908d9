"""Whatever fits our OpenAPI, and much that does not: no answer of ours is a 5xx."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from api.toys import ToyBench

from workbench.api.app import build
from workbench.api.settings import Settings

schemathesis = pytest.importorskip("schemathesis")
hypothesis = pytest.importorskip("hypothesis")

_folder = tempfile.TemporaryDirectory(prefix="workbench-")
app = build(ToyBench(), Settings(db=str(Path(_folder.name) / "glossary.db")))
schema = schemathesis.openapi.from_asgi("/openapi.json", app)


@schema.parametrize()
@hypothesis.settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck)
)
def test_no_request_breaks_the_server(case: Any) -> None:
    answer = case.call()
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert list(answer.json()) == ["error"] and "Traceback" not in answer.text
