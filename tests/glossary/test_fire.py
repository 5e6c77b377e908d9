"""The store under fire, in short: the whole is `python -m benchmarks.fire`."""

from benchmarks import fire


def test_every_update_of_many_writers_is_found_and_every_conflict_told(url):
    fought = fire.fight(url, writers=8, seconds=2, processes=2)
    assert fought.tally.errors == []
    assert fought.tally.made == fought.found == fought.revisions > 0
    assert fought.tally.conflicts > 0
    assert fought.sound


def test_killed_imports_leave_a_whole_revision(url):
    seen = fire.kills(url, 5, size=200)
    assert seen.broken == []
    assert seen.before + seen.after == 5


def test_a_store_that_loses_updates_is_not_sound():
    tally = fire.Tally(made=3)
    assert fire.Fight(1, 1, tally, 3, 3, 0).sound
    assert not fire.Fight(1, 1, tally, 2, 3, 0).sound
    assert not fire.Fight(1, 1, fire.Tally(made=3, errors=["database is locked"]), 3, 3, 0).sound
