"""Text inside HTML is exchanged, everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from workbench.markup import exchanged


def shout(lines: Sequence[str]) -> list[str]:
    return [line.upper() for line in lines]


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<p>one</p>", "<p>ONE</p>"),
        ("plain", "PLAIN"),
        ("  <b> a\n b </b> ", "  <b> A B </b> "),
        ("a &amp; b &lt; c", "A &amp; B &lt; C"),
        ('<a title="x > y">go</a>', '<a title="x > y">GO</a>'),
        ("<code>x</code> y <pre>z</pre>", "<code>x</code> Y <pre>z</pre>"),
        ("<p translate=no>a <i>b</i></p> c", "<p translate=no>a <i>b</i></p> C"),
        ('<div class="x notranslate">a<div>b</div>c</div>d', '<div class="x notranslate">a<div>b</div>c</div>D'),
        ("<script>if (a < b) run()</script>ok", "<script>if (a < b) run()</script>OK"),
        ("<!-- note --><br translate=no>a", "<!-- note --><br translate=no>A"),
        ("1 < 2 and <unclosed", "1 &lt; 2 AND &lt;UNCLOSED"),
        ("<p>123</p>", "<p>123</p>"),
        ("", ""),
    ],
)
def test_text_is_exchanged_and_markup_stays(html: str, made: str) -> None:
    assert exchanged(html, shout) == made


def test_what_a_translation_writes_never_becomes_markup() -> None:
    assert exchanged("<p>x</p>", lambda lines: ["<img src=x onerror=boom()>"]) == (
        "<p>&lt;img src=x onerror=boom()&gt;</p>"
    )
