"""Carries models/ and glossaries/ into the wheel, where `workbench.bundled` looks for them."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
CARRIED = ("models", "glossaries")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.tmp", "parts")


class BuildWithData(build_py):
    """A checkout reads its own folders, so an editable install carries nothing."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in CARRIED:
            target = Path(self.build_lib) / "workbench" / "_bundled" / name
            shutil.rmtree(target, ignore_errors=True)  # of an earlier build
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target, ignore=LEFT_OUT)


setup(cmdclass={"build_py": BuildWithData})
