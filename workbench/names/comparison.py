"""Whether two spellings are one name, with the reason; near names stay two."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from workbench.names.distance import FAR, Step, distance, steps
from workbench.names.lexicon import lexicon
from workbench.names.sounds import ABJADS, EVERY, GLIDE, VOWEL, Sounds, bits, folded, shown, sounds, traditions
from workbench.text import words

# Chosen on the tuning half of the development pairs: precision first.
ALLOWED = 0.47  # cost of a name of six sounds that is still the same name
NEAR = 1.0  # up to here the verdict says how near they are
SHORT = 4  # sounds: shorter names must agree in every sound
ANOTHER_READING = 0.1  # cost of reading a spelling by a tradition that its letters only allow
_A, _V_N, _K = (bits(s) & EVERY for s in ("a", "vn", "k"))
_I = bits("I")
_SONS = frozenset("oglu oğlu oglı оглы оглу ogly qızı qizi кызы gızı kızı bey bəy ibn bin bint ben".split())
_PATRONYMICS = ("ovIC", "evIC", "ovna", "evna", "IcIC", "IcCna")
_MARKS = re.compile("['’ʼʻʿʾ`]")
FEW = 5  # words of a name that are tried in every order


class Kind(Enum):
    """What two spellings are to each other."""

    SAME = "same"
    PART = "part"  # one is the surname, or another part, of the other
    GENDER = "gender"  # a man's and a woman's form of one name: Aliyev, Aliyeva; two persons
    DIFFERENT = "different"


_ONE = frozenset({Kind.SAME, Kind.GENDER})


class Verdict(NamedTuple):
    """`cost`: how far the sounds are apart, 0 for the same, 1 for about one other consonant. `listed`: the lexicon
    says that the two are two names."""

    kind: Kind
    reason: str
    cost: float
    listed: bool = False

    @property
    def same(self) -> bool:
        return self.kind is Kind.SAME


def same_name(one: str, other: str) -> Verdict:
    """Compare two spellings in any of the scripts: Latin, Cyrillic, Armenian, Georgian, Greek, Hebrew, Arabic.

    Words may stand in another order (family name first); patronymics and words such as oğlu may
    be missing. A verdict is a proposal with its reason: only an editor makes two entries one.
    """
    ours, theirs = _parts(one), _parts(other)
    if not ours or not theirs:
        return Verdict(Kind.DIFFERENT, "there is no name to compare", FAR)
    if len(ours) == len(theirs) == 1:
        return compare_words(ours[0], theirs[0])
    if max(len(ours), len(theirs)) > FEW:
        ours, theirs = ours[:FEW], theirs[:FEW]
    return _names(ours, theirs)


def _order(one: str, other: str) -> tuple[bool, bool, float]:
    verdict = compare_words(one, other)
    return not verdict.same, not _near(one, other), verdict.cost


def near(one: str, other: str) -> bool:
    """Whether two spellings are worth a look side by side: each word of the shorter one is a word of the longer,
    sounds much like one, or is told from it in `apart.txt`."""
    ours, theirs = _parts(one), _parts(other)
    short, long = sorted((ours, theirs), key=len)
    return bool(short) and any(
        all(_near(a, b) for a, b in zip(short, order, strict=True)) for order in permutations(long[:FEW], len(short))
    )


def _near(one: str, other: str) -> bool:
    verdict = compare_words(one, other)
    if verdict.kind in _ONE or verdict.cost <= NEAR:
        return True
    if not verdict.listed:
        return False
    return bool(lexicon().apart(one, other)) or distance(sounds(one).row, sounds(other).row) <= NEAR


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name; of one that has more than two, not the patronymic: Гейдарович, Heydər oğlu."""
    found = [word.text for word in words(_MARKS.sub("", name))]
    for i in range(len(found) - 1, -1, -1):
        if folded(found[i]) in _SONS:
            del found[max(0, i - 1) if len(found) > 3 else i : i + 1]
    for i, word in enumerate(found):
        if i and len(found) > 2 and shown(sounds(word).row).endswith(_PATRONYMICS):
            del found[i]
            break
    return tuple(found)


def _names(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Verdict:
    """Every word of the shorter name must be a word of the longer one, and not a patronymic alone."""
    short, long = sorted((ours, theirs), key=len)
    best: list[Verdict] | None = None
    for order in permutations(long, len(short)):
        said = [(len(short) > 1 and _initial(a, b)) or compare_words(a, b) for a, b in zip(short, order, strict=True)]
        if all(verdict.kind in _ONE for verdict in said) and (best is None or _total(said) < _total(best)):
            best = said
    if best is None:
        worst = [compare_words(a, min(long, key=lambda b: _order(a, b))) for a in short]
        wrong = next((v for v in worst if not v.same), worst[0])
        return Verdict(Kind.DIFFERENT, wrong.reason, wrong.cost, wrong.listed)
    reason = "; ".join(dict.fromkeys(verdict.reason for verdict in best))
    if not all(verdict.same for verdict in best):
        return Verdict(Kind.GENDER, reason, FAR)
    if len(short) == 1 and len(long) > 1:
        return Verdict(Kind.PART, f"one name is a part of the other; {reason}", _total(best))
    return Verdict(Kind.SAME, reason, round(_total(best), 2))


def _total(said: list[Verdict]) -> float:
    return sum(verdict.cost for verdict in said)


def _initial(one: str, other: str) -> Verdict | None:
    """N. for Nikol: an initial goes with a word that begins with the same sound."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1 < len(long):
        a, b = sounds(short).row, sounds(long).row
        if a and b and a[0] & b[0]:
            return Verdict(Kind.SAME, f"{short} may stand for {long}", 0.1)
    return None


@lru_cache(maxsize=20_000)
def compare_words(one: str, other: str) -> Verdict:
    """As `same_name`, for one word each."""
    if folded(one) == folded(other):
        return Verdict(Kind.SAME, "the same letters", 0.0)
    book = lexicon()
    why = book.apart(one, other)
    if why:
        return Verdict(Kind.DIFFERENT, f"listed as two names: {why}", FAR, True)
    ours, theirs = book.known(one), book.known(other)
    if ours & theirs:
        return Verdict(Kind.SAME, f"listed as one name: {sorted(ours & theirs)[0]}", 0.0)
    a, b = sounds(one), sounds(other)
    if not a.row or not b.row:
        return Verdict(Kind.DIFFERENT, "written in letters that no table reads", FAR)
    gender = _of_two_genders(one, other, a, b)
    if gender is not None:
        return gender
    if ours and theirs and not _loosely(ours, theirs):
        return Verdict(Kind.DIFFERENT, f"listed as two names: {sorted(ours)[0]}, {sorted(theirs)[0]}", FAR, True)
    return _by_sound(one, other, a, b)


def _loosely(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a word that is listed itself meets one of which only the stem is: the sounds decide."""
    return any("+" in id for id in ours) != any("+" in id for id in theirs)


def _of_two_genders(one: str, other: str, a: Sounds, b: Sounds) -> Verdict | None:
    """A verdict where one ends in -a and the other does not, in scripts that show it."""
    if (a.script != b.script and {a.script, b.script} & ABJADS) or _womanly(a.row) == _womanly(b.row):
        return None
    if _womanly(b.row):
        one, other, a, b = other, one, b, a
    said = f"{one} ends as a woman's name, {other} does not"
    if any(distance(row, b.row) <= _limit(row, b.row) for row in _manly(a.row)):
        return Verdict(Kind.GENDER, f"one name in a woman's and a man's form: {said}", FAR)
    return Verdict(Kind.DIFFERENT, said, FAR)


def _womanly(row: tuple[int, ...]) -> bool:
    return bool(row[-1] & _A) and not row[-1] & EVERY & ~VOWEL


def _manly(row: tuple[int, ...]) -> list[tuple[int, ...]]:
    """What a man would be called: -ov, -ev, -in for -ova, -eva, -ina; -ski for -ska, -skaya."""
    if len(row) > SHORT and row[-2] & _V_N:
        return [row[:-1]]
    if len(row) > SHORT and row[-2] & _K:
        return [(*row[:-1], _I)]
    if len(row) > SHORT + 2 and row[-2] & GLIDE and row[-3] & _A and row[-4] & _K:
        return [(*row[:-3], _I)]
    return []


def _by_sound(one: str, other: str, a: Sounds, b: Sounds) -> Verdict:
    unwritten = a.script != b.script and bool({a.script, b.script} & ABJADS)
    cost = distance(a.row, b.row, unwritten)
    limit = _limit(a.row, b.row)
    if cost > limit:
        for first, second in _otherwise(one, other, a, b):
            again = distance(first.row, second.row, unwritten) + ANOTHER_READING
            if again < cost:
                cost, a, b = again, first, second
    if cost <= limit:
        return Verdict(Kind.SAME, _spoken(cost, a, b, unwritten), round(cost, 2))
    if cost <= NEAR:
        return Verdict(Kind.DIFFERENT, f"near, but two names: {_spoken(cost, a, b, unwritten)}", round(cost, 2))
    return Verdict(Kind.DIFFERENT, f"they sound different: {shown(a.row)}, {shown(b.row)}", round(cost, 2))


def _limit(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The greatest cost at which two rows of sounds are one name."""
    size = min(len(a), len(b))
    return ALLOWED * (0.5 + size / 12) if size > SHORT else ALLOWED / 2


def _otherwise(one: str, other: str, a: Sounds, b: Sounds) -> list[tuple[Sounds, Sounds]]:
    """The pair with one of them read by another tradition of its script: Western Armenian, German."""
    made = []
    for table in traditions(one):
        made.append((sounds(one, table), b))
    for table in traditions(other):
        made.append((a, sounds(other, table)))
    return made


def _spoken(cost: float, a: Sounds, b: Sounds, unwritten: bool) -> str:
    if not cost:
        return f"the same sounds: {shown(a.row)}"
    return "; ".join(_step(step) for step in steps(a.row, b.row, unwritten))


def _step(step: Step) -> str:
    one, other = (shown((sound,)) if sound else "nothing" for sound in step[:2])
    return f"{one} for {other} costs {step.cost:.2f}"
