"""Forms of a word or name that the language's rules give: tables per language, no dictionary.

Labels join case, gender and number by dots: gen, dat, acc, ins, prep, loc, abl, f, pl, f.pl, gen.pl.
The empty label is the base form. Generous for recognition, careful for writing: `forms` gives
only what may be written; `stems` gives what a word of a text may be a form of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import regex

Form = tuple[str, str]  # (label, text)

_ES_SMALL = frozenset("de del el la los las al a en y e o para por con sin sobre entre contra".split())
_EN_SMALL = frozenset("of to for in on and or by from with between against the at de".split())

# Russian and Ukrainian: ending of the base form -> endings of the cases. Personal names and
# adjectival surnames; sources: Zaliznyak's declension classes; Правопис 2019 for Ukrainian.
_CASES = ("gen", "dat", "acc", "ins", "prep")
_RU_NAMES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    # pattern of the base form, endings after cutting the second group, gender
    # Names that end as surnames, and are none: Ириной and Ирины, Берлином and Путиным.
    (
        r"(Ирин|Марин|Галин|Нин|Полин|Кристин|Христин|Карин|Арин|Алин|Ангелин|Валентин|Антонин|Альбин|Акулин|Эвелин|"
        r"Элин|Дин|Тин|Рин|Лин|Янин|Зарин|Сабин|Регин|Мальвин|Мадин|Каролин|Паулин|Жозефин|Анжелин|Екатерин|"
        r"Катерин|Магдалин|Фаин|Серафин|Амин|Эмин|Рамин|Нармин|Ясмин|Украин|Аргентин|Палестин|Медин|Буковин|"
        r".+[щч]ин)(а)",
        ("ы", "е", "у", "ой", "е"),
        "f",
    ),
    (
        r"(Константин|Валентин|Мартин|Вениамин|Бенджамин|Августин|Северин|Юстин|Эдвин|Ирвин|Кевин|Дарвин|Чаплин|Яков|"
        r"Эль?чин|Элвин|Айд[иы]н|Ялч[иы]н|Лачин|Эмин|Рамин|Ясин|Амин|Шахин|Гарегин|.+[дт]дин|"
        r"Берлин|Пекин|Дублин|Сахалин|Киев|Харьков|Львов|Чернигов|Ростов|Псков|Саратов|Тамбов|Азов|Краков|Кишин[её]в|"
        r"Могил[её]в)()",
        ("а", "у", "а", "ом", "е"),
        "m",
    ),
    (r"(Георги|Серги)(й)", ("я", "ю", "я", "ем", "и"), "m"),
    (
        r"(Любов|Казан|Твер|Рязан|Перм|Астрахан|Сибир|Керч|Сызран|Ленкоран|Уман|Волын)(ь)",
        ("и", "и", "ь", "ью", "и"),
        "f",
    ),
    (r"(.+[оеё]в|.+[иы]н)()", ("а", "у", "а", "ым", "е"), "m"),
    (r"(.+[оеё]в|.+[иы]н)(а)", ("ой", "ой", "у", "ой", "ой"), "f"),
    (r"(.+[гкх])(ий|ый|ой)", ("ого", "ому", "ого", "им", "ом"), "m"),
    (r"(.+[бвдзлмнпрст])(ый|ой)", ("ого", "ому", "ого", "ым", "ом"), "m"),
    (r"(.+[бвгджзклмпрстхцчшщ]н|.+[жчшщ])(ий)", ("его", "ему", "его", "им", "ем"), "m"),
    (r"((?!Агл).+[бвгдзклмнпрстхц])(ая)", ("ой", "ой", "ую", "ой", "ой"), "f"),
    (r"(.+[нжчшщ])(яя)", ("ей", "ей", "юю", "ей", "ей"), "f"),
    (r"(.+[бвгдзклмнпрстфх])()", ("а", "у", "а", "ом", "е"), "m"),
    (r"(.+[жчшщц])()", ("а", "у", "а", "ем", "е"), "m"),
    (r"(.+и)(й)", ("я", "ю", "я", "ем", "и"), "m"),
    (r"(.+[аеёоуыэюя])(й)", ("я", "ю", "я", "ем", "е"), "m"),
    (r"(.+[бвдзлмнпрстф])(ь)", ("я", "ю", "я", "ем", "е"), "m"),
    (r"(.+[гкх])(а)", ("и", "е", "у", "ой", "е"), "f"),
    (r"(.+[жчшщ])(а)", ("и", "е", "у", "ей", "е"), "f"),
    (r"(.+ц)(а)", ("ы", "е", "у", "ей", "е"), "f"),
    (r"(.+[^и])(а)", ("ы", "е", "у", "ой", "е"), "f"),
    (r"(.+и)(я)", ("и", "и", "ю", "ей", "и"), "f"),
    (r"(.+)(я)", ("и", "е", "ю", "ей", "е"), "f"),
)
_UK_NAMES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        r"(Ірин|Марин|Галин|Нін|Полін|Крістін|Христин|Карін|Карин|Арин|Арін|Алін|Ангелін|Валентин|Антонін|"
        r"Альбін|Евелін|Янін|Сабін|Регін|Мальвін|Мадін|Каролін|Анжелін|Катерин|Магдалин|Фаїн|Амін|Емін|"
        r"Україн|Аргентин|Палестин|Буковин|.+[щч]ин)(а)",
        ("и", "і", "у", "ою", "і"),
        "f",
    ),
    (
        r"(Костянтин|Валентин|Мартин|Веніамін|Августин|Северин|Гарегін|Ель?чин|Емін|Рамін|Ясін|.+[дт]дін|Берлін|Пекін|Дублін|Сахалін)()",
        ("а", "у", "а", "ом", "і"),
        "m",
    ),
    (r"(Ки)(їв)", ("єва", "єву", "їв", "євом", "єві"), "m"),
    (r"(Харк|Льв|Черніг)(ів)", ("ова", "ову", "ів", "овом", "ові"), "m"),
    (r"(Як)(ів)", ("ова", "ову", "ова", "овом", "ові"), "m"),
    (r"(Ігор|Лазар)()", ("я", "ю", "я", "ем", "ю"), "m"),
    (r"(Казан|Волин|Уман)(ь)", ("і", "і", "ь", "ню", "і"), "f"),
    (r"(Любов)()", ("і", "і", "", "'ю", "і"), "f"),
    (r"(.+[оеєії]в|.+[иії]н)()", ("а", "у", "а", "им", "і"), "m"),
    (r"(.+[оеєії]в|.+[иії]н)(а)", ("ої", "ій", "у", "ою", "ій"), "f"),
    (r"(.+)(ий)", ("ого", "ому", "ого", "им", "ому"), "m"),
    (r"(.+[сцз]ьк)(а)", ("ої", "ій", "у", "ою", "ій"), "f"),
    (r"(.+[гґкх])()", ("а", "у", "а", "ом", "у"), "m"),
    (r"(.+[жчшщц])()", ("а", "у", "а", "ем", "у"), "m"),
    (r"(.+[бвдзлмнпрстф])()", ("а", "у", "а", "ом", "і"), "m"),
    (
        r"((?!Мехік|Монак|Марокк|Токі|Чика).+к|.+[аиіу]л|Петр|Дмитр|Павл|Данил|Михайл|Гаврил|Кирил|Дніпр)(о)",
        ("а", "у", "а", "ом", "у"),
        "m",
    ),
    (r"(.+[аеєиіїоуюя])(й)", ("я", "ю", "я", "єм", "ї"), "m"),
    (r"(.+[дзлнрстц])(ь)", ("я", "ю", "я", "ем", "ю"), "m"),
    (r"(.+)(га)", ("ги", "зі", "гу", "гою", "зі"), "f"),
    (r"(.+)(ка)", ("ки", "ці", "ку", "кою", "ці"), "f"),
    (r"(.+)(ха)", ("хи", "сі", "ху", "хою", "сі"), "f"),
    (r"(.+[жчшщ])(а)", ("і", "і", "у", "ею", "і"), "f"),
    (r"(.+)(а)", ("и", "і", "у", "ою", "і"), "f"),
    (r"(.+[іиь])(я)", ("ї", "ї", "ю", "єю", "ї"), "f"),
    (r"(.+)(я)", ("і", "і", "ю", "ею", "і"), "f"),
)
# Names whose last vowel is fleeting, but for those that would end in three consonants (Кузнеца, Кадлеца).
_FLEETING: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "ru": (
        (r"(Пав)(ел)", ("ла", "лу", "ла", "лом", "ле"), "m"),
        (r"(Л)(ев)", ("ьва", "ьву", "ьва", "ьвом", "ьве"), "m"),
        (r"(П)(ётр)", ("етра", "етру", "етра", "етром", "етре"), "m"),
        (r"(За)(яц)", ("йца", "йцу", "йца", "йцем", "йце"), "m"),
        (r"(.*[аеёиоуыэюя])(ец)", ("йца", "йцу", "йца", "йцем", "йце"), "m"),
        (r"(.*[аеёиоуыэюя]л)(ец)", ("ьца", "ьцу", "ьца", "ьцем", "ьце"), "m"),
        (
            r"(.*[аеёиоуыэюя](?:[вмнр]|[бвгджзйклмнпрстфхцчшщ]?[бгджзкпстфхцчшщ]))(ец)",
            ("ца", "цу", "ца", "цем", "це"),
            "m",
        ),
    ),
    "uk": (
        (r"(За)(єць)", ("йця", "йцю", "йця", "йцем", "йцю"), "m"),
        (r"(.*[аеєиіїоуюя])(єць)", ("йця", "йцю", "йця", "йцем", "йцю"), "m"),
        (r"(.*[аеєиіїоуюя]л)(ець)", ("ьця", "ьцю", "ьця", "ьцем", "ьцю"), "m"),
        (
            r"(.*[аеєиіїоуюя](?:[вмнр]|[бвгґджзйклмнпрстфхцчшщ]?[бгґджзкпстфхцчшщ]))(ець)",
            ("ця", "цю", "ця", "цем", "цю"),
            "m",
        ),
    ),
}
# Surnames that have one form: Черных, Русских.
_STILL = {"ru": regex.compile(r".+ых|.+[сц]ких"), "uk": regex.compile(r".+их")}
# Agglutinating: endings that may follow a name, longest first; recognition only.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "hy": ("երից", "երով", "երի", "ներից", "ներով", "ներին", "ների", "ները", "ներն", "ներ", "երին", "երը", "երն",
           "ում", "ից", "ով", "ին", "ի", "ը", "ն", "եր"),
    "az": ("lərindən", "larından", "lərin", "ların", "ləri", "ları", "lərdən", "lardan", "lərdə", "larda", "lərə",
           "lara", "lər", "lar", "nın", "nin", "nun", "nün", "ndan", "ndən", "dan", "dən", "nda", "ndə", "da", "də",
           "ın", "in", "un", "ün", "nı", "ni", "nu", "nü", "ya", "yə", "na", "nə", "la", "lə",
           "ı", "i", "u", "ü", "a", "ə"),
    "tr": ("lerinden", "larından", "lerinin", "larının", "lerin", "ların", "leri", "ları", "lerden", "lardan", "lerde",
           "larda", "ler", "lar", "nın", "nin", "nun", "nün", "ndan", "nden", "dan", "den", "tan", "ten", "nda", "nde",
           "da", "de", "ta", "te", "ın", "in", "un", "ün", "yı", "yi", "yu", "yü", "nı", "ni", "ya", "ye", "na", "ne",
           "yla", "yle", "la", "le", "ı", "i", "u", "ü", "a", "e"),
    "ka": ("ებისთვის", "ებიდან", "ებთან", "ებით", "ების", "ებში", "ებზე", "ებმა", "ები", "ებს", "ისთვის", "იდან",
           "სთან", "თან", "მდე", "ში", "ზე", "ისა", "ის", "ით", "ად", "მა", "ს", "ი", "მ", "ო"),
}  # fmt: skip


@lru_cache(maxsize=16)
def _name_rows(language: str, kept: bool) -> list[tuple[Callable[[str], re.Match[str] | None], tuple[str, ...], str]]:
    rows = {"ru": _RU_NAMES, "uk": _UK_NAMES}.get(language, ())
    rows = rows if kept else _FLEETING.get(language, ()) + rows
    return [(re.compile(pattern).fullmatch, endings, of) for pattern, endings, of in rows]


@lru_cache(maxsize=20_000)
def name_forms(word: str, language: str, gender: str = "", kept: bool = False) -> tuple[Form, ...]:
    """Case forms of one word of a name; only the word itself where the language or word does not inflect.

    A surname that ends in a consonant does not inflect for a woman (Мария Саргсян). `kept`: the last vowel
    stays, as in Czech, Slovak, Polish and Hungarian names (Оравеца; but Коломойца).
    """
    if language == "de" and word[-1:] not in "sßxz":
        return (("gen", word + "s"),)
    if language in _STILL and _STILL[language].fullmatch(word):
        return ()
    for fullmatch, endings, of in _name_rows(language, kept):
        match = fullmatch(word)
        if match is None:
            continue
        if gender == "f" and of == "m":
            return ()
        return tuple((case, match[1] + end) for case, end in zip(_CASES, endings, strict=True))
    return ()


def _plural_es(word: str) -> str:
    if word.endswith(("z",)):
        return word[:-1] + "ces"
    if word.endswith("ión"):
        return word[:-2] + "ones"
    if regex.search(r"[áéíóú][ns]$", word):
        plain = str.maketrans("áéíóú", "aeiou")
        return word[:-2] + word[-2:].translate(plain) + "es"
    if word[-1:] in "aeiouéáó":
        return word + "s"
    return word if word.endswith("s") else word + "es"


def _plural_en(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if regex.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def _phrase_plural_es(text: str) -> str:
    parts = text.split(" ")
    for i, part in enumerate(parts):
        if part.lower() in _ES_SMALL:
            break
        parts[i] = _plural_es(part)
    return " ".join(parts)


def _phrase_plural_en(text: str) -> str:
    parts = text.split(" ")
    head = next((i for i, part in enumerate(parts) if i and part.lower() in _EN_SMALL), len(parts)) - 1
    parts[head] = _plural_en(parts[head])
    return " ".join(parts)


def term_forms(text: str, language: str, pos: str, number: str) -> Iterator[Form]:
    """Number and gender forms of a common term in English, Spanish and French."""
    if number == "pl" or not text[-1:].isalpha():
        return
    if language == "es":
        if pos == "adjective" and text.endswith("o"):
            stem = text[:-1]
            yield from (("f", stem + "a"), ("pl", stem + "os"), ("f.pl", stem + "as"))
            return
        yield "pl", _phrase_plural_es(text)
    elif language == "en" and pos != "verb":
        yield "pl", _phrase_plural_en(text)
    elif language == "fr" and " " not in text and text[-1] not in "sxz":
        yield "pl", text + "s"


# Endings of forms of common terms, and of German names, with what stands in their place in the base form.
_TERM_ENDINGS: dict[str, tuple[Form, ...]] = {
    "en": (("s", ""), ("es", ""), ("ies", "y")),
    "es": (("s", ""), ("es", ""), ("ces", "z"), ("a", "o"), ("os", "o"), ("as", "o")),
    "fr": (("s", ""),),
    "de": (("s", ""),),
}


@lru_cache(maxsize=16)
def _replaced(language: str) -> dict[str, tuple[str, ...]]:
    """What may have stood where a form has this ending, read back from the tables."""
    pairs = list(_TERM_ENDINGS.get(language, ()))
    names = {"ru": _RU_NAMES, "uk": _UK_NAMES}.get(language, ())
    for pattern, endings, _ in _FLEETING.get(language, ()) + names:
        cut = pattern[pattern.rindex("(") + 1 : -1].split("|")
        pairs += [(ending, base) for ending in endings for base in cut if ending != base]
    found: dict[str, list[str]] = {}
    for ending, base in pairs:
        found.setdefault(ending, []).append(base)
    return {ending: tuple(dict.fromkeys(bases)) for ending, bases in found.items()}


def bases(word_key: str, language: str) -> tuple[str, ...]:
    """What a word may be a rule-given form of, `name_forms` and `term_forms` read backwards; keys without Latin
    diacritics in and out. Generous: of what it gives, few are words, but every base form is among them."""
    table = _replaced(language)
    found = [
        word_key[:-length] + base
        for length in range(1, min(5, len(word_key)))
        for base in table.get(word_key[-length:], ())
    ]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def stems(word_key: str, language: str) -> tuple[str, ...]:
    """What a word may be without one agglutinated ending; keys in, keys out; at least 3 letters stay."""
    found = []
    for ending in _ENDINGS.get(language, ()):
        if word_key.endswith(ending) and len(word_key) - len(ending) >= 3:
            found.append(word_key[: -len(ending)])
            if language == "ka":
                found.append(word_key[: -len(ending)] + "ი")  # the nominative ending gives way
    return tuple(found)


@lru_cache(maxsize=1)
def _russian():  # noqa: ANN202 - pymorphy3 has no types
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def lemmas(word_key: str, language: str) -> tuple[str, ...]:
    """Dictionary forms of a common word; Russian by pymorphy3, otherwise none."""
    if language != "ru" or not word_key.isalpha():
        return ()
    return tuple(dict.fromkeys(parse.normal_form.replace("ё", "е") for parse in _russian().parse(word_key)[:3]))


_NAMED = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})  # how OpenCorpora marks names


@lru_cache(maxsize=50_000)
def nominatives(word_key: str, language: str) -> tuple[str, ...]:
    """Nominative forms, in lower case, of a name that the dictionary knows; Russian by pymorphy3, otherwise none.

    Not the normal form, which of Алиевой is the man's Алиев; nor what is guessed of unknown words,
    of which -ян and -о go wrong.
    """
    if language != "ru" or not word_key.isalpha():
        return ()
    found = []
    for parse in _russian().parse(word_key):
        if parse.is_known and _NAMED & parse.tag.grammemes and "plur" not in parse.tag.grammemes:
            base = parse.inflect({"nomn"})
            found.append(base.word if base is not None else parse.word)
    return tuple(dict.fromkeys(found))
