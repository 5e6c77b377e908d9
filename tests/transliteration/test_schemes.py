"""Every scheme keeps its samples; what every scheme must get right."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

from workbench.errors import InputError
from workbench.languages import NAMES
from workbench.transliteration.casing import capital
from workbench.transliteration.library import chosen, scheme, scheme_ids, schemes

SAMPLES = [(id, *sample) for id in scheme_ids() for sample in scheme(id).samples]


@pytest.mark.parametrize(("id", "source", "target"), SAMPLES)
def test_a_scheme_keeps_its_samples(id, source, target):
    assert scheme(id)(source) == unicodedata.normalize("NFC", target)


@pytest.mark.parametrize("id", scheme_ids())
def test_a_scheme_says_what_it_is(id):
    made = scheme(id)
    assert made.samples and made.origin and made.standard and made.name
    assert made.source in {*NAMES, "hyw"}
    assert re.fullmatch(r"[a-z]{2,3}-[A-Z][a-z]{3}-t-[a-z]{2,3}(-[a-z]{4})?(-[mx]0(-[a-z0-9]{3,8})+)*", made.tag)


@pytest.mark.parametrize(("id", "source", "target"), SAMPLES)
def test_links_tie_every_piece_of_the_output_to_its_input(id, source, target):
    made = scheme(id)
    for text in (source, unicodedata.normalize("NFD", source)):
        written = made.write(text)
        assert written.text == made(text)
        assert "".join(link.target.of(written.text) for link in written.links) == written.text
        places = [link.source for link in written.links]
        assert places == sorted(places) and places[-1].end <= len(text)


def test_a_place_of_the_output_leads_back_to_the_letter():
    written = scheme("ru-icao-9303").write("Щедрин")
    link = written.links[0]
    assert (link.source.of("Щедрин"), link.target.of(written.text)) == ("Щ", "Shch")


@pytest.mark.parametrize(
    ("id", "source", "target"),
    [
        ("ru-icao-9303", "ЩЕДРИН", "SHCHEDRIN"),
        ("ru-icao-9303", "Щ", "Shch"),
        ("ru-icao-9303", "ЛУЩ", "LUSHCH"),
        ("hy-bgn-pcgn-1981", "ԵՂԻՇԵ", "YEGHISHE"),
        ("hy-bgn-pcgn-1981", "ՈՒՋԱՆ", "UJAN"),
        ("hy-bgn-pcgn-1981", "Ուջան", "Ujan"),
        ("hy-bgn-pcgn-1981", "ՈՍԿԵ", "VOSKE"),
        ("az-ascii", "İLHAM", "ILHAM"),
    ],
)
def test_capitals_go_by_the_word(id, source, target):
    assert scheme(id)(source) == target


def test_a_decomposed_letter_is_the_same_letter():
    made = scheme("ru-bgn-pcgn-1947")
    assert made(unicodedata.normalize("NFD", "Йошкар-Ола, Ёлкин")) == "Yoshkar-Ola, Yëlkin"


def test_an_armenian_mark_inside_a_word_does_not_begin_one():
    assert scheme("hy-bgn-pcgn-1981")("Փաշինյա՞նո") == "P’ashinya՞no"


@pytest.mark.parametrize("id", [id for id in scheme_ids() if scheme(id).reversible])
def test_a_reversible_scheme_reads_its_samples_back(id):
    made = scheme(id)
    for source, _ in made.samples:
        assert made.reverse(made(source)) == source


@pytest.mark.parametrize("id", ["hy-iso-9985", "ka-iso-9984", "ka-ala-lc", "ru-iso-9", "az-cyrillic-1958"])
def test_any_two_letters_come_back(id):
    made = scheme(id)
    letters = [letter for letter, _ in made.letters if letter not in "ևıiъь"]
    for pair in (a + b for a in letters for b in letters if a + b not in ("եւ",)):
        for word in {pair, capital(pair[0], made.source) + pair[1], "".join(capital(c, made.source) for c in pair)}:
            if made.source != "ka" or word == pair:  # Georgian headlines come back in ordinary letters
                assert made.reverse(made(word)) == word


@pytest.mark.parametrize(
    "word", ["Русь", "РУСЬ", "Объезд", "ОБЪЕЗД", "ИЛЬХАМ", "Ильхам Алиев", "подъём", "Илья́ О́бухов"]
)
def test_signs_without_case_come_back_in_the_case_of_the_word(word):
    made = scheme("ru-iso-9")
    assert made.reverse(made(word)) == word


def test_azerbaijani_i_comes_back_with_and_without_its_dot():
    made = scheme("az-cyrillic-1958")
    for word in ("İlham", "ilıq", "IŞIQ", "İSİM", "Irk"):
        assert made.reverse(made(word)) == word


def test_many_gives_what_one_by_one_gives():
    made = scheme("hy-bgn-pcgn-1981")
    names = ["Երևան", "Ոսկանյան", "", "ԵՐԵՎԱՆ"]
    assert made.many(names) == [made(name) for name in names]
    assert made.many(["a\nb"]) == ["a\nb"]


def test_an_unknown_scheme_names_the_known_ones():
    with pytest.raises(InputError, match="hy-iso-9985"):
        chosen("hy", "iso-1")


def test_the_first_scheme_of_a_language_is_the_one_for_english():
    assert schemes("hy")[0].id == "hy-bgn-pcgn-1981"
    assert chosen("hy", "iso-9985") is scheme("hy-iso-9985")


def test_the_way_back_has_a_name_and_is_refused_where_there_is_none():
    assert chosen("en", "hy-iso-9985-back")("P’ašinyan") == "Փաշինյան"
    with pytest.raises(InputError, match="no way back"):
        chosen("hy", "bgn-pcgn-1981-back")


@pytest.mark.parametrize("id", scheme_ids())
def test_links_and_the_fast_way_agree_on_any_text(id):
    made, chance = scheme(id), random.Random(7)
    alphabet = [letter for letter, _ in made.letters] or ["독", "립", "문", "신", "라", "좋", "고"]
    alphabet += [capital(letter, made.source) for letter in alphabet] + list(" -'’՞.\u0301А")
    for _ in range(60):
        text = "".join(chance.choices(alphabet, k=12))
        written = made.write(text)
        assert written.text == made(text)
        assert "".join(link.target.of(written.text) for link in written.links) == written.text
        assert all(0 <= link.source.start < link.source.end <= len(text) for link in written.links)
