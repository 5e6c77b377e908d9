"""The rule notation of schemes: letters, and where they stand.

    щ = shch          anywhere
    ^ո = vo           at the beginning of a word
    իկ$ = ik          at the end of one
    (аеё)е = ye       after one of these letters
    н(бп) = m         before one of these
    (!дтзс)ի = i      not after one of these; likewise н(!г)
    ({vowels})е = ye  the letters of a class

Case does not count in a key. The first rule that fits wins, and rules come before single letters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from workbench.errors import InputError
from workbench.text import ARMENIAN_MARKS
from workbench.transliteration.casing import capital

# Inside a word though not letters: combining marks, apostrophes, Armenian marks of stress.
INNER = rf"\w\u0300-\u036f'’ʼ{ARMENIAN_MARKS}"
_KEY = re.compile(
    r"(?P<first>\^?)(?:\((?P<after>!?[^()]+)\))?(?P<core>[^()^$]+)(?:\((?P<before>!?[^()]+)\))?(?P<last>\$?)"
)


class Rule(NamedTuple):
    """A key as regular expressions, one for each case of its first letter, and what is written for it.

    Each begins with that letter, plain, and looks back from behind the core: so the expression made
    of all rules skips quickly to the letters that matter.
    """

    patterns: tuple[str, ...]
    core: str
    output: str


def rule(key: str, output: str, classes: dict[str, str], language: str) -> Rule:
    """Raises InputError for a key that is not in the notation."""
    read = _KEY.fullmatch(key)
    if read is None:
        raise InputError(f"rule '{key}': not in the notation (examples: ^ո, իկ$, (аеё)е, н(бп), н(!г))")
    core = read["core"]
    rest = "".join(_either(c, language) for c in core[1:])
    back = rf"[\s\S]{{{len(core)}}}"
    if read["first"]:
        rest += rf"(?<![{INNER}]{back})"
    if read["last"]:
        rest += rf"(?![{INNER}])"
    if read["after"]:
        sign, letters = _context(read["after"], key, classes, language)
        rest += f"(?<{sign}[{letters}]{back})"
    if read["before"]:
        sign, letters = _context(read["before"], key, classes, language)
        rest += f"(?{sign}[{letters}])"
    firsts = dict.fromkeys((core[0], capital(core[0], language)))
    return Rule(tuple(re.escape(first) + rest for first in firsts), core, output)


def _context(said: str, key: str, classes: dict[str, str], language: str) -> tuple[str, str]:
    """'=' or '!', and the letters of a context in both cases."""
    letters = said.lstrip("!")
    for name in re.findall(r"\{(\w+)\}", letters):
        if name not in classes:
            raise InputError(f"rule '{key}': no class '{name}' (known: {', '.join(classes) or 'none'})")
        letters = letters.replace("{" + name + "}", classes[name])
    both = dict.fromkeys(letters + "".join(capital(c, language) for c in letters))
    return "!" if said.startswith("!") else "=", re.escape("".join(both))


def _either(letter: str, language: str) -> str:
    """A letter in both cases."""
    large = capital(letter, language)
    return re.escape(letter) if large == letter else f"[{re.escape(letter)}{re.escape(large)}]"
