"""Three-letter language codes: OPUS-MT names some models and all their target tags with them."""

from __future__ import annotations

# Of ours, first the one to prefer: a tag may add the script, `>>srp_Cyrl<<`.
THREE_LETTERS: dict[str, tuple[str, ...]] = {
    "ar": ("ara", "arb"), "az": ("aze", "aze_Latn", "azj"), "be": ("bel",), "bg": ("bul",), "ca": ("cat",),
    "cs": ("ces",), "da": ("dan",), "de": ("deu",), "el": ("ell",), "en": ("eng",), "es": ("spa",),
    "et": ("est",), "fa": ("fas", "pes"), "fi": ("fin",), "fr": ("fra",), "he": ("heb",), "hi": ("hin",),
    "hr": ("hrv",), "hu": ("hun",), "hy": ("hye", "hye_Latn"), "id": ("ind",), "it": ("ita",),
    "ja": ("jpn", "jap"), "ka": ("kat",), "kk": ("kaz", "kaz_Cyrl"), "ko": ("kor",), "lt": ("lit",),
    "lv": ("lav",), "nl": ("nld",), "no": ("nob", "nor"), "pl": ("pol",), "pt": ("por",), "ro": ("ron",),
    "ru": ("rus",), "sk": ("slk",), "sl": ("slv",), "sr": ("srp_Cyrl", "srp", "srp_Latn"), "sv": ("swe",),
    "tr": ("tur",), "uk": ("ukr",), "uz": ("uzb_Latn", "uzb"), "vi": ("vie",), "zh": ("zho", "cmn_Hans", "cmn"),
}  # fmt: skip

TWO_LETTERS = {three: two for two, codes in THREE_LETTERS.items() for three in codes}
