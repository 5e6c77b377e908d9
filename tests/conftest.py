"""What many tests share: a small glossary, written out so that a test can be read alone."""

from __future__ import annotations

import pytest

from workbench.enforcement.demands import Terms
from workbench.glossary.model import Entry, Glossary, Kind, Preference, Status, Style, Term, Type

ADMITTED, SHORT = Status.ADMITTED, Type.SHORT


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    return Glossary(
        (
            Entry(
                "mirzoyan",
                Kind.PERSON,
                (
                    Term("en", "Ararat Mirzoyan"),
                    Term("en", "Ararat Mirzoian", ADMITTED),
                    Term("en", "Mirzoyan", type=SHORT, variants=("Mirzojan",)),
                    Term("en", "Mirzoian", ADMITTED, SHORT),
                    Term("es", "Ararat Mirzoyán"),
                    Term("es", "Mirzoyán", type=SHORT),
                    Term("es", "Mirzoyan", ADMITTED, SHORT),
                    Term("ru", "Арарат Мирзоян"),
                    Term("ru", "Мирзоян", type=SHORT),
                    Term("hy", "Միրզոյան", type=SHORT),
                    Term("az", "Mirzoyan", type=SHORT),
                ),
                gender="m",
            ),
            Entry(
                "pashinyan",
                Kind.PERSON,
                (
                    Term("en", "Pashinyan", type=SHORT),
                    Term("en", "Pashinian", ADMITTED, SHORT),
                    Term("es", "Pashinián", type=SHORT),
                    Term("es", "Pashinyan", ADMITTED, SHORT),
                    Term("ru", "Пашинян", type=SHORT),
                    Term("az", "Paşinyan", type=SHORT),
                    Term("hy", "Փաշինյան", type=SHORT),
                ),
                gender="m",
            ),
            Entry(
                "ceasefire",
                Kind.TERM,
                (
                    Term("en", "ceasefire"),
                    Term("es", "alto el fuego", gender="m", forms=(("pl", "altos el fuego"),)),
                    Term("es", "cese al fuego", ADMITTED, gender="m"),
                    Term("es", "tregua", Status.FORBIDDEN, gender="f"),
                    Term("ru", "прекращение огня"),
                ),
            ),
            Entry(
                "karabakh",
                Kind.PLACE,
                (
                    Term("en", "Nagorno-Karabakh"),
                    Term("en", "Karabakh", type=SHORT),
                    Term("es", "Nagorno Karabaj"),
                    Term("es", "Karabaj", type=SHORT),
                ),
            ),
            Entry("armenia", Kind.PLACE, (Term("en", "Armenia"), Term("es", "Armenia", exact_case=True, gender="f"))),
            Entry("armenian", Kind.TERM, (Term("en", "Armenian"), Term("es", "armenio", pos="adjective"))),
            Entry(
                "us",
                Kind.PLACE,
                (
                    Term("en", "United States"),
                    Term("en", "U.S.", type=Type.ABBREVIATION, exact_case=True),
                    Term("es", "Estados Unidos", number="pl"),
                    Term("es", "EE. UU.", type=Type.ABBREVIATION, exact_case=True),
                ),
            ),
            Entry(
                "declaration",
                Kind.WORK,
                (Term("en", "Alma-Ata Declaration"), Term("es", "Declaración de Alma-Ata", gender="f")),
            ),
            Entry("alma-ata", Kind.PLACE, (Term("en", "Alma-Ata"), Term("es", "Alma-Ata"))),
            Entry("armenpress", Kind.ORGANISATION, (Term("en", "Armenpress"),), keep=True),
        ),
        (Style("yan", (Preference("es", "yan$", Kind.PERSON),)),),
        name="test",
    )


@pytest.fixture(scope="session")
def en_es(glossary: Glossary) -> Terms:
    return Terms(glossary, "en", "es")
