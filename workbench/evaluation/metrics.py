"""Every figure we quote, by its number in the list of formulas.

1 term_success, term_overlap · 2 exactness · 6 consistency · 7 over_application ·
8 unhit_changed, outside_terms, compare · 9 m_eta, with_comet · 10 rung_profile ·
whole texts: bleu, chrf, chrf_plus
"""

from workbench.evaluation.consistency import Consistency, consistency
from workbench.evaluation.places import Compare, Forms, assign, places
from workbench.evaluation.quality import Comparison, Score, bleu, chrf, chrf_plus, compare
from workbench.evaluation.success import (
    Rate,
    RungProfile,
    accepted,
    achievable,
    exactness,
    interval,
    m_eta,
    outside_terms,
    over_application,
    rung_profile,
    settled,
    term_overlap,
    term_success,
    unhit_changed,
    with_comet,
)

__all__ = [
    "Compare",
    "Comparison",
    "Consistency",
    "Forms",
    "Rate",
    "RungProfile",
    "Score",
    "accepted",
    "achievable",
    "assign",
    "bleu",
    "chrf",
    "chrf_plus",
    "compare",
    "consistency",
    "exactness",
    "interval",
    "m_eta",
    "outside_terms",
    "over_application",
    "places",
    "rung_profile",
    "settled",
    "term_overlap",
    "term_success",
    "unhit_changed",
    "with_comet",
]
