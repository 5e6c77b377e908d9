"""Every convention writes its samples; readings keep theirs."""

from __future__ import annotations

import pytest

from workbench.errors import InputError
from workbench.transliteration.convention import convention, reading, sources, targets, transcriptions

READ = [(language, *sample) for language in sources() for sample in reading(language).samples]
WRITTEN = [
    (source, target, name, form)
    for target in targets()
    for source, samples in convention(target).data["samples"].items()
    for name, form in samples.items()
]


@pytest.mark.parametrize(("language", "name", "sounds"), READ)
def test_a_reading_keeps_its_samples(language, name, sounds):
    assert reading(language)(name) == sounds


@pytest.mark.parametrize(("source", "target", "name", "form"), WRITTEN)
def test_a_convention_writes_its_samples_first(source, target, name, form):
    assert transcriptions(name, source, target)[0].form == form


@pytest.mark.parametrize("target", targets())
def test_a_convention_says_where_its_rules_come_from(target):
    made = convention(target)
    assert made.source and made.name and made.data["samples"]
    assert all(usage.label and usage.source for source in sources() for usage in made.variants(source))


NAMES = {
    "hy": "Հովհաննես Ջուղայեցի",
    "hyw": "Յակոբ Պետրոսեան",
    "ru": "Юрий Щёлоков",
    "uk": "Ґеорґій Зеленський",
    "ka": "ზურაბ ჭავჭავაძე",
    "az": "Xəqani Çöşüoğlu",
    "tr": "Çiğdem Öztürk",
    "en": "Jeyhun Bayramov",
}


@pytest.mark.parametrize(("source", "target"), [(s, t) for s in sources() for t in targets() if s != t])
def test_every_pair_gives_a_form_without_letters_of_sounds(source, target):
    for made in transcriptions(NAMES[source], source, target):
        assert made.form and made.reason and made.tag.startswith(f"{target}-t-")
        if made.route != "keep":
            assert not set(made.form) & set("ŧƥƙƈʒĵĉŦƤƘƇƷĴĈ")


def test_usage_stands_beside_the_rule_with_its_label():
    rule, usage, english = transcriptions("Նիկոլ Փաշինյան", "hy", "nl")
    assert (rule.form, rule.label) == ("Nikol Pasjinjan", "")
    assert (usage.form, usage.label) == ("Nikol Pasjinian", "usage: -ian")
    assert (english.form, english.route) == ("Nikol Pashinyan", "english")


def test_latvian_goes_through_russian_and_loses_the_h():
    through, direct = transcriptions("Հովհաննիսյան", "hy", "lv")
    assert through.tag == "lv-t-hy-x0-viaru" and not through.form.startswith("H")
    assert direct.form == "Hovhannisjans"


def test_azerbaijani_cyrillic_is_read_as_azerbaijani():
    assert transcriptions("Илһам Әлијев", "az", "tr")[0].form == "İlham Aliyev"


def test_capitals_stay_capitals():
    assert transcriptions("ՓԱՇԻՆՅԱՆ", "hy", "de")[0].form == "PASCHINJAN"
    assert transcriptions("ՓԱՇԻՆՅԱՆ", "hy", "lt")[0].form == "PAŠINIANAS"


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(InputError, match="hy"):
        transcriptions("x", "zh", "fr")
    with pytest.raises(InputError, match="fr"):
        transcriptions("Նիկոլ", "hy", "zh")
