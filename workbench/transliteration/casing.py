"""Upper and lower case for letters that carry names: Turkish i, Georgian without capitals, և."""

from __future__ import annotations

DOTTED = frozenset({"az", "tr"})  # languages with i/İ and ı/I
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})


def lower(text: str, language: str) -> str:
    """One code point stays one: İlham is ilham in Azerbaijani, and İ never leaves a loose dot."""
    if language in DOTTED:
        return text.translate(_LOWER).lower()
    return text.replace("İ", "i").lower()


def upper(text: str, language: str) -> str:
    """In capitals: և is ԵՎ in reformed Armenian spelling, ԵՒ in classical; Georgian has none here."""
    if language in DOTTED:
        return text.translate(_UPPER).upper()
    if language == "ka":
        return text
    return text.replace("և", "եւ" if language == "hyw" else "եվ").upper()


def title(text: str, language: str) -> str:
    """The first letter in capitals, the rest as it is: ’a is ’A, shch is Shch."""
    for i, c in enumerate(text):
        if c.isalpha() and upper(c, language) != c:
            return text[:i] + upper(c, language) + text[i + 1 :]
    return text


def capital(letter: str, language: str) -> str:
    """The capital of one letter, or the letter itself where it has none of its own."""
    large = letter.upper() if language == "ka" else upper(letter, language)  # Georgian headlines: ᲗᲑᲘᲚᲘᲡᲘ
    return large if len(large) == 1 else letter
