"""The spellings that the page shows around a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.workbench import Workbench

LISTED = """name: kin
entries:
- {id: a, kind: organisation, terms: {en: [Heydar Aliyev Foundation], es: [Fundación Heydar Aliyev]}}
- {id: b, kind: person, terms: {en: [Richard Hovannisian], ru: [Ричард Ованнисян]}}
- {id: c, kind: person, terms: {en: [Nikol Pashayan]}}
- {id: d, kind: place, terms: {de: [Abchasien]}}
"""


@pytest.mark.parametrize(
    ("name", "source", "kin"),
    [
        ("Հովհաննիսյան", "hy", {"Richard Hovannisian": "part", "Ричард Ованнисян": "part"}),
        ("Pashinyan", "en", {"Nikol Pashayan": "different"}),
        ("Aliyeva", "en", {"Heydar Aliyev Foundation": "gender", "Fundación Heydar Aliyev": "gender"}),
    ],
)
def test_kin_of_a_name_sound_like_it(tmp_path: Path, name: str, source: str, kin: dict[str, str]) -> None:
    path = tmp_path / "kin.yaml"
    path.write_text(LISTED, encoding="utf-8")
    found = Workbench().kin(name, {}, [str(path)])
    assert {one.text: one.kind for one in found} == kin
