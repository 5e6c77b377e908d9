"""What stands verbatim: found, hidden from the model or demanded of it, and proved."""

from __future__ import annotations

import pytest

from workbench.spans import replace
from workbench.translation.untouchable import bare, lost, masked, numbers, opaque, unmasking

OPAQUE = [
    ("See https://a.b/c?d=1.", ["https://a.b/c?d=1"]),
    ("(at www.x.org/a_(b)), or example.org/x", ["www.x.org/a_(b)", "example.org/x"]),
    ("Write to me.too@x-y.org!", ["me.too@x-y.org"]),
    ("IBAN GB82 WEST 1234 5698 7654 32 here", ["GB82 WEST 1234 5698 7654 32"]),
    ("no IBAN: GB82 WEST 1234 5698 7654 33", []),
    ("%d files of %s, %(name)s, %1$s, %5.2f, 100% of all", ["%d", "%s", "%(name)s", "%1$s", "%5.2f"]),
    ("{name} {0} {{ var }} ${home} {n, plural, one {a} other {b}}",
     ["{name}", "{0}", "{{ var }}", "${home}", "{n, plural, one {a} other {b}}"]),
    ("<b>x</b> &nbsp; `a b` run() --help foo_bar /usr/bin/x C:\\x\\y",
     ["<b>", "</b>", "&nbsp;", "`a b`", "run()", "--help", "foo_bar", "/usr/bin/x", "C:\\x\\y"]),
    ("@me likes #tag and/or 5 < 6", ["@me", "#tag"]),
    ("👨‍👩‍👧 🇦🇲 ❤️ 1️⃣ 👍🏽", ["👨‍👩‍👧", "🇦🇲", "❤️", "1️⃣", "👍🏽"]),
    ("a\ud800b \x07", ["\ud800", "\x07"]),
]  # fmt: skip
NUMBERS = [
    ("2,500 people on November 9, 2020 at 10:30", ["2,500", "9", "2020", "10:30"]),
    ("$1,000, 20 °C, 50%, 5 km/h, 1/2, 3–4, −7", ["$1,000", "20 °C", "50%", "5 km/h", "1/2", "3–4", "−7"]),
    ("5th, 1990s, B2, 2.5 billion, 3 millones", []),  # other languages write or count these differently
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), OPAQUE)
def test_addresses_placeholders_code_and_emoji_are_found(text, found):
    assert [span.of(text) for span in opaque(text)] == found


@pytest.mark.parametrize(("text", "found"), NUMBERS)
def test_numbers_are_found_with_their_units(text, found):
    assert [span.of(text) for span in numbers(text)] == found


@pytest.mark.parametrize("text", [text for text, _ in OPAQUE])
def test_a_masked_text_comes_back_as_it_was(text):
    hidden = masked(text)
    assert replace(hidden.text, unmasking(hidden.text, hidden.originals)) == text


def test_a_stand_in_never_meets_itself_in_the_text():
    hidden = masked("X1 is a name, see https://a.b")
    assert [token for token, _ in hidden.originals] == ["N1"]


def test_a_stand_in_that_the_model_wrote_twice_is_written_once():
    hidden = masked("see https://a.b now")
    text = "ver X1 X1 ahora"
    assert replace(text, unmasking(text, hidden.originals)) == "ver https://a.b ahora"


def test_glued_texts_are_hidden_with_what_they_are_glued_to():
    assert masked("the file%d here").text == "the X1 here"
    assert masked("a <b>bold</b> word").text == "a X1 word"


def test_what_is_lost_is_named_as_often_as_it_is_lost():
    assert lost("5 of 5, see www.x.org", "5 de, véase www.x.org") == ["5"]
    assert lost("2,500 people", "2.500 personas") == ["2,500"]
    assert lost("a 12 b", "a 12 b") == []


def test_nothing_is_left_of_a_text_that_nobody_translates():
    assert not any(c.isalpha() for c in bare("https://x.org 5 km/h %s {name} 👍"))
