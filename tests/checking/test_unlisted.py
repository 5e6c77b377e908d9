"""Names that no glossary lists, in the sentences of one text, whatever its script."""

from __future__ import annotations

import pytest

from workbench.checking.unlisted import UnlistedName, unlisted
from workbench.enforcement.demands import Terms
from workbench.glossary.model import Entry, Glossary, Kind, Term


def told(found: list[UnlistedName]) -> list[tuple[str, list[int], str]]:
    return [(one.name, [number for number, _ in one.places], one.whole) for one in found]


@pytest.mark.parametrize(
    ("language", "sentences", "names"),
    [
        (
            "en",
            ["Gagik Surenian met Mirzoyan on Monday.", "Later Surenyan left.", "Surenian smiled."],
            [("Gagik Surenian", [0], ""), ("Surenian", [1, 2], "Gagik Surenian")],
        ),
        (
            "ru",
            ["Вчера видели Гагика Суренянца.", "Суренянц молчал."],
            [("Гагик Суренянц", [0], ""), ("Суренянц", [1], "Гагик Суренянц")],
        ),
        (
            "hy",
            ["Վարդան Պետրոսյանը եկավ։", "Պետրոսյանի խոսքով՝ այդպես է։"],
            [("Վարդան Պետրոսյան", [0], ""), ("Պետրոսյան", [1], "Վարդան Պետրոսյան")],
        ),
        ("ka", ["გუშინ გაგიკ სურენიანი ჩავიდა."], [("გაგიკ სურენიანი", [0], "")]),
    ],
)
def test_names_are_found_in_every_script_with_their_parts_and_cases(
    glossary: Glossary, language: str, sentences: list[str], names: list[tuple[str, list[int], str]]
) -> None:
    assert told(unlisted(sentences, Terms(glossary, language, "es"))) == names


def test_other_spellings_and_the_short_name_come_with_a_name(en_es: Terms) -> None:
    whole, part = unlisted(["Gagik Surenian met Mirzoyan.", "Later Surenyan left.", "Surenian smiled."], en_es)
    assert (whole.short, whole.kind) == (("Surenian", "Surenyan"), Kind.PERSON)
    assert (part.name, part.spellings, part.short) == ("Surenian", ("Surenyan",), ())


def test_addresses_are_no_names_and_two_owners_are_told() -> None:
    terms = Terms(Glossary((Entry("x", Kind.TERM, (Term("en", "word"),)),)), "en", "es")
    assert unlisted(["See https://Foo.example/Bar and <B>{Name}</B>."], terms) == []
    found = unlisted(["Gagik Surenian saw Karen Surenian there.", "And Surenian left."], terms)
    assert found[-1].name == "Surenian" and set(found[-1].rivals) == {"Gagik Surenian", "Karen Surenian"}


def test_without_a_glossary_nothing_is_doubtful() -> None:
    assert unlisted(["They saw Gagik Surenian."], Terms(Glossary(), "en", "es")) == []
