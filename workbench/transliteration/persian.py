"""Vocalised Persian in ALA-LC romanisation: Arabic script with its own letters and values."""

from __future__ import annotations

from workbench.transliteration.arabic import Arabic

TABLE = Arabic({"پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ک": "k", "و": "v", "ی": "y", "ث": "s̱", "ذ": "ẕ", "ض": "z̤"})
