"""Language codes and their names: the one list of languages that the workbench knows."""

from __future__ import annotations

from workbench.errors import UnknownLanguage

NAMES: dict[str, str] = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "ca": "Catalan",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language(code: str) -> str:
    """The lower-case two-letter code; `EN`, `en-GB` and `en_US` are `en`."""
    base = code.strip().replace("_", "-").split("-")[0].lower()
    if base not in NAMES:
        raise UnknownLanguage(f"'{code}' is not a language we know (codes: {', '.join(NAMES)})")
    return base


def name(code: str) -> str:
    return NAMES[language(code)]


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he"})
