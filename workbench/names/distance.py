"""How far apart two rows of sounds are: the least cost of turning one into the other, with the steps."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from workbench.names.sounds import EVERY, GLIDE, LIKELY, SOFT, VOWEL, H, bits

# Costs chosen on the tuning half of the development pairs; 1.0 is a sound of another kind.
FAR = 3.0
UNLIKELY = 0.15  # they share only an alternative that is less likely in one of them
UNLIKELY_BOTH = 0.45
CONSONANT = 1.3  # a consonant more
VOWEL_MORE = 0.75  # a vowel more, between consonants
HIATUS = 0.65  # a vowel more, beside i
GLIDE_MORE = 0.07  # i or y more, beside a vowel
GLIDE_FIRST = 0.5  # before a, o, u at the start: Alan, Yalan
GLIDE_CLOSING = 0.3  # between a vowel and a consonant: Lavin, Layvin
GLIDE_SOFT = 0.55  # i or y more between a consonant and a vowel: Valev, Valiev
SOFTNESS = 0.22  # the same, where the spelling may show no more than a soft consonant: Sobolev, Soboljev
GLIDE_ALONE = 0.5  # and between consonants
SCHWA = 0.25
H_MORE = 0.4
DOUBLED = 0.1
STOP_IN_AFFRICATE = 0.1  # Mkrtchyan, Mkrchyan
FINAL_S = 0.5  # Latvian: Brolins
FINAL_E = 0.2  # French: Pouchkine
UNWRITTEN = 0.02  # a vowel more, where the other script leaves vowels out
OTHER_VOWEL = 0.7
OTHER_CONSONANT = 1.3
_NEAR = {
    "ae": 0.44, "ao": 0.46, "eI": 0.5, "ou": 0.5, "eo": 0.6, "uI": 0.6, "aI": 0.7, "au": 0.7, "eu": 0.7, "oI": 0.7,
    "aE": 0.2, "eE": 0.2, "oE": 0.2, "uE": 0.2, "IE": 0.2,
    "hx": 0.12, "hg": 0.25, "gx": 0.5, "kg": 0.6, "kx": 0.6, "fv": 0.45, "vu": 0.35, "bv": 0.6, "pb": 0.6, "td": 0.6,
    "sz": 0.4, "SZ": 0.6, "sS": 0.45, "zZ": 0.45, "sc": 0.5, "zc": 0.5, "zD": 0.3, "Dc": 0.4, "CJ": 0.5, "CS": 0.45,
    "Cc": 0.45, "JZ": 0.3, "JD": 0.4, "ks": 0.8, "kc": 0.6, "kX": 0.6, "sX": 0.5, "zX": 0.6, "xX": 0.5, "pf": 0.6,
    "nm": 0.9, "IJ": 0.6, "kC": 0.6, "Dd": 0.4, "ct": 0.5,
}  # fmt: skip


class Step(NamedTuple):
    """One difference: sounds of either side (0: none) and what it costs."""

    one: int
    other: int
    cost: float


@lru_cache(maxsize=50_000)
def exchange(one: int, other: int) -> float:
    """The cost of one sound for another; nothing when they share a likely alternative."""
    if one >> LIKELY & other >> LIKELY:
        return 0.0
    if one & other & EVERY:
        either = (one >> LIKELY & other) | (one & other >> LIKELY)
        return UNLIKELY if either & EVERY else UNLIKELY_BOTH
    one, other = one & EVERY, other & EVERY
    best = OTHER_VOWEL if one & VOWEL and other & VOWEL else OTHER_CONSONANT
    if not (one & VOWEL and not one & ~VOWEL) == (other & VOWEL and not other & ~VOWEL):
        best = CONSONANT + VOWEL_MORE
    for pair, cost in _BITS:
        if cost < best and ((one & pair[0] and other & pair[1]) or (one & pair[1] and other & pair[0])):
            best = cost
    return best


_BITS = [((bits(pair[0]) & EVERY, bits(pair[1]) & EVERY), cost) for pair, cost in _NEAR.items()]
_SCHWA, _STOP, _AFFRICATE = (bits(s) & EVERY for s in ("E", "td", "CcJD"))
_S, _N, _E, _A = (bits(s) & EVERY for s in "snea")
AFTER_HUSHING = bits("SCZJDc") & EVERY  # after which a glide says little


def more(row: tuple[int, ...], at: int, unwritten: bool) -> float:
    """The cost of a sound that the other side lacks."""
    sound = row[at] & EVERY
    before = row[at - 1] & EVERY if at else 0
    after = row[at + 1] & EVERY if at + 1 < len(row) else 0
    if at and row[at] >> LIKELY & row[at - 1] >> LIKELY and not sound & VOWEL:
        return DOUBLED
    if sound & GLIDE and (before | after) & VOWEL:
        if not before:
            return GLIDE_MORE if after & _E else GLIDE_FIRST
        if not after & VOWEL:
            return GLIDE_CLOSING if after else GLIDE_MORE
        if before & (VOWEL | AFTER_HUSHING):
            return GLIDE_MORE
        return SOFTNESS if sound & SOFT else GLIDE_SOFT
    if unwritten and sound & VOWEL and at:
        return UNWRITTEN
    if sound & H and not sound & ~(H | VOWEL):
        return H_MORE
    if sound & _SCHWA:
        return SCHWA
    if sound & ~VOWEL:
        if sound & _STOP and after & _AFFRICATE:
            return STOP_IN_AFFRICATE
        return FINAL_S if at and not after and sound & _S and before & _N else CONSONANT
    if sound & GLIDE:
        return GLIDE_ALONE
    if at and not after and sound == _E:
        return FINAL_E
    return HIATUS if before & GLIDE or after & GLIDE else VOWEL_MORE


def distance(one: tuple[int, ...], other: tuple[int, ...], unwritten: bool = False) -> float:
    """The least cost; `unwritten`: one of the scripts leaves vowels out. FAR when the lengths tell enough."""
    if one == other:
        return 0.0
    if not unwritten and abs(len(one) - len(other)) > 4:
        return FAR
    return _table(one, other, unwritten)[-1][-1]


def _table(one: tuple[int, ...], other: tuple[int, ...], unwritten: bool) -> list[list[float]]:
    """Costs of all pairs of beginnings."""
    lost = [more(one, i, unwritten) for i in range(len(one))]
    won = [more(other, j, unwritten) for j in range(len(other))]
    previous = [0.0]
    for cost in won:
        previous.append(previous[-1] + cost)
    rows = [previous]
    for i, sound in enumerate(one):
        current = [previous[0] + lost[i]]
        for j, heard in enumerate(other):
            best = previous[j] + (0.0 if sound == heard else exchange(sound, heard))
            if (cost := previous[j + 1] + lost[i]) < best:
                best = cost
            if (cost := current[j] + won[j]) < best:
                best = cost
            current.append(best)
        rows.append(current)
        previous = current
    return rows


def steps(one: tuple[int, ...], other: tuple[int, ...], unwritten: bool = False) -> list[Step]:
    """The differences that `distance` counts, in order; those that cost nothing are left out."""
    rows = _table(one, other, unwritten)
    i, j, found = len(one), len(other), []
    while i or j:
        here = rows[i][j]
        if i and j and abs(rows[i - 1][j - 1] + exchange(one[i - 1], other[j - 1]) - here) < 1e-9:
            step = Step(one[i - 1], other[j - 1], exchange(one[i - 1], other[j - 1]))
            i, j = i - 1, j - 1
        elif i and abs(rows[i - 1][j] + more(one, i - 1, unwritten) - here) < 1e-9:
            step, i = Step(one[i - 1], 0, more(one, i - 1, unwritten)), i - 1
        else:
            step, j = Step(0, other[j - 1], more(other, j - 1, unwritten)), j - 1
        if step.cost:
            found.append(step)
    return found[::-1]
