"""Exactness of written names."""

import pytest

from workbench.evaluation.names import exactness


def test_hits_count_any_attested_form_at_each_depth():
    golds = {"a": {"А"}, "b": {"Б", "В"}, "c": {"Ц"}, "d": {"Д"}}
    made = {"a": ["А"], "b": ["х", "В"], "c": ["х", "х", "х", "Ц"], "d": []}
    found = exactness(lambda names: [made[name] for name in names], golds)
    assert found.names == 4 and found.hits == (0.25, 0.5, 0.5, 0.75)


def test_a_sample_is_the_same_each_time():
    asked = []
    golds = {str(i): {"x"} for i in range(50)}
    for _ in range(2):
        exactness(lambda names: [asked.append(tuple(names)) or [] for _ in names], golds, most=5)
    assert len(set(asked)) == 1 and len(asked[0]) == 5


def test_nothing_to_measure_is_an_error():
    with pytest.raises(ValueError, match="no names"):
        exactness(lambda names: [], {})
