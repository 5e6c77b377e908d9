"""Is a term that came out also in the right form: by the reference's form, and by a person's labels."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from workbench.errors import InputError
from workbench.evaluation.places import Forms, readable
from workbench.evaluation.success import Rate, accepted, settled
from workbench.evaluation.testset import Row

SAMPLES = 120  # occurrences for a person to label
LABELS = ("correct", "wrong lexeme", "wrong inflection", "other")
COLUMNS = ("label", "id", "source", "term", "wanted", "form", "output")


def form_accuracy(outputs: Sequence[str], rows: Sequence[Row], forms: Forms | None = None) -> tuple[Rate, Rate]:
    """Formula 3: FA, terms in the reference's own form out of those whose reference form is attested;
    and of those that came out in any accepted form, the share in the reference's own: inflection
    precision as far as a machine can tell, since another form may be as right in another sentence."""
    same = attested = placed = 0
    for output, row in zip(outputs, rows, strict=True):
        wanted = settled(row.reference, row.terms, forms=forms)
        found = settled(output, row.terms, forms=forms)
        for there, here in zip(wanted, found, strict=True):
            if there is None:
                continue
            attested += 1
            if here is not None:
                placed += 1
                same += here.of(readable(output)).casefold() == there.of(readable(row.reference)).casefold()
    return Rate(same, attested), Rate(same, placed)


def write_samples(path: Path, outputs: Sequence[str], rows: Sequence[Row], forms: Forms | None = None) -> int:
    """A TSV of up to SAMPLES occurrences, the same ones each time, with an empty column `label`."""
    found = []
    for output, row in zip(outputs, rows, strict=True):
        for term, place in zip(row.terms, settled(output, row.terms, forms=forms), strict=True):
            form = place.of(readable(output)) if place is not None else ""
            found.append(("", row.id, row.source, term[0], term[1][0], form, output))
    found = random.Random(0).sample(found, min(SAMPLES, len(found)))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows([COLUMNS, *found])
    return len(found)


def inflection_precision(path: Path) -> Rate:
    """C / (C + WI) of a labelled file of `write_samples`. InputError: a label that is none, or missing."""
    correct = wrong = 0
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            label = (row.get("label") or "").strip().lower()
            if label not in LABELS:
                raise InputError(f"{path}:{number}: label '{label}' (known: {', '.join(LABELS)})")
            correct += label == "correct"
            wrong += label == "wrong inflection"
    return Rate(correct, correct + wrong)


def lemma_of(output: str, row: Row, forms: Forms | None = None) -> list[tuple[str, str]]:
    """(source term, listed form that it came out as) of each term of a row, for consistency; a
    term that did not come out is a form of its own."""
    found = []
    for term, place in zip(row.terms, settled(output, row.terms, forms=forms), strict=True):
        surface = place.of(readable(output)).casefold() if place is not None else f"\0{row.id}"
        listed = (f for f in term[1] if surface in {form.casefold() for form in accepted((term[0], (f,)), forms)})
        found.append((term[0].casefold() or term[1][0].casefold(), next(listed, surface)))
    return found
