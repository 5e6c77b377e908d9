"""Numbers are asked of a translation, but no word is given up for one."""

from __future__ import annotations

import pytest
from toy import ToyEngine

from workbench.documents.document import Segment
from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import State
from workbench.engines import registry
from workbench.engines.engine import Options
from workbench.glossary.model import Glossary
from workbench.spans import replace
from workbench.translation.figures import respelled, stems
from workbench.translation.passages import Passages
from workbench.translation.translation import Translator


class Forgetful(ToyEngine):
    """Writes no numbers; where one is forced it forgets what comes last, as a weak model does."""

    def _one(self, sentence, prefix, options):
        made = super()._one(sentence, prefix, options)
        if not any(word.isdigit() for word in prefix):
            return made
        return super()._one(" ".join([*sentence.split()[:-3], "...", "...", "..."]), prefix, options)


def passages(engine) -> Passages:
    return Passages([Translator(engine, Terms(Glossary(), engine.source, engine.target), Options(beam=4))])


def test_a_number_that_would_cost_words_is_told_and_not_forced():
    table = {"We": "Nosotros", "counted": "contamos", "7": "", "houses": "casas", "yesterday": "ayer"}
    work = passages(Forgetful(table | {"behind": "detrás", "the": "del", "river": "rio"}))
    (made,) = work.translate([Segment("1", "We counted 7 houses yesterday behind the river")])
    assert made.target.text == "Nosotros contamos casas ayer detrás del rio"
    assert made.lost == ("7",) and made.target.flagged
    assert [(term.source_text, term.state) for term in made.verbatim] == [("7", State.FLAGGED)]


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("2,500 of 7", "2.500 de 7", "2,500 de 7"),
        ("3.5% and 3.5%", "3,5% y 3.5%", "3.5% y 3.5%"),
        ("12", "13", "13"),
    ],
)
def test_other_writings_of_a_number_are_exchanged_for_that_of_the_source(source, target, wanted):
    assert replace(target, respelled(source, target)) == wanted


@pytest.mark.model
def test_a_real_model_loses_no_word_for_a_number_that_it_leaves_out():
    engine = registry.load(registry.route("en", "es")[0], "ct2")
    text = '"We cry when we get angry," Ms. Steinem said to me 45 years later.'
    work = passages(engine)
    (made,) = work.translate([Segment("1", text)])
    plain = made.sentences[0].plain
    assert len(stems(plain) - stems(made.target.text)) <= 1
    assert ("45" in made.target.text) == (made.lost == ())
    assert made.target.flagged == bool(made.lost)
