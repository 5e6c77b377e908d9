"""Glossaries in TBX-Basic, style DCT: the categories are elements, not attributes."""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats.fields import Given
from workbench.glossary.formats.tbx_reader import read
from workbench.glossary.formats.tbx_writer import tagged
from workbench.glossary.model import Glossary

__all__ = ["read", "write"]


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    tagged(glossary, path)
    return ()
