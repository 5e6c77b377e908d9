"""What the journal keeps of a shard is all of it."""

from __future__ import annotations

from workbench.batch.drafts import packed, unpacked
from workbench.documents.document import Mark, Segment, Target
from workbench.enforcement.outcomes import Occurrence, State
from workbench.enforcement.outcomes import Segment as Sentence
from workbench.spans import Span
from workbench.translation.passages import Passage


def test_passages_come_back_as_they_were_with_marks_within_marks():
    marks = (Mark("a", Span(0, 11)), Mark("b", Span(6, 11), parent="a"), Mark("c", Span(11, 12), keep=True))
    term = Occurrence("x", Span(6, 11), "Nikol", Span(6, 11), "Níkol", State.REPAIRED, 1, "exact", ("Níkol",), "why")
    lost = Occurrence("y", Span(0, 5), "Hello", None, "", State.FLAGGED, 7)
    sentence = Sentence("Hello Nikol", "Hallo Níkol", (term, lost), "plain \ud800", " ")
    passage = Passage(
        Segment("1", "Hello Nikol\n", marks), Target("Hallo Níkol\n", marks, True, "model and memory"), (sentence,),
        ("memory 83",), ("5",), (lost,),
    )  # fmt: skip
    untouched = Passage(Segment("2", "7"), Target("7", origin="none"))
    assert unpacked(packed([passage, untouched]), [passage.segment, untouched.segment]) == [passage, untouched]
