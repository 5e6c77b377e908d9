"""Models as HTML: what each translates, where it comes from, what was measured; no gradio."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from workbench.engines.registry import Card
from workbench.ui.render import attribute, shown, text
from workbench.words import Say

HEADS = ("Model", "Languages", "Scores", "Size", "Licence", "Where it lies", "Used for its pair")


def table(cards: Sequence[Card], used: Mapping[tuple[str, str], Card], may: bool, say: Say) -> str:
    """`may`: whether the reader may choose the model of a pair."""
    if not cards:
        return f'<p class="wb-chosen">{text(say("No translation model is installed."))}</p>'
    several = Counter((card.source, card.target) for card in cards)
    heads = "".join(f'<th scope="col">{text(say(head))}</th>' for head in HEADS)
    rows = "".join(_row(card, used, may and several[card.source, card.target] > 1, say) for card in cards)
    title = attribute(say("Models"))
    return (
        f'<section class="wb-account"><div class="wb-scroll" tabindex="0" role="region" aria-label="{title}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _row(card: Card, used: Mapping[tuple[str, str], Card], choice: bool, say: Say) -> str:
    pair = (card.source, card.target)
    way = f"{shown(card.source, say)} → {shown(card.target, say)}" if all(pair) else say(card.task)
    origin = {"bundled": "bundled", "cache": "pulled", "folder": "folder"}[card.origin]
    cells = [way, scores(card) or "–", f"{card.size / 1e6:.1f} MB", card.licence or "–", say(origin)]
    return (
        f'<tr><th scope="row">{text(card.name)}</th>{"".join(f"<td>{text(cell)}</td>" for cell in cells)}'
        f"<td>{_use(card, used.get(pair), choice, say)}</td></tr>"
    )


def _use(card: Card, default: Card | None, choice: bool, say: Say) -> str:
    if default is not None and (default.name, default.path) == (card.name, card.path):
        return f"<b>✓ {text(say('yes'))}</b>"
    if not choice:
        return "–"
    label = say("Use this one")
    chosen = json.dumps([card.source, card.target, card.name])
    return (
        f'<button type="button" class="wb-small" data-use="{attribute(chosen)}" '
        f'aria-label="{attribute(f"{label}: {card.name}")}">{text(label)}</button>'
    )


def scores(card: Card) -> str:
    """`ntrex BLEU 11.4 chrF 38.8`; each test set of the card once."""
    if not isinstance(card.score, Mapping):
        return str(card.score or "")
    said = card.score
    sets = [name.removesuffix("_bleu") for name in said if name.endswith("_bleu")]
    shown = [f"{name} BLEU {said[f'{name}_bleu']:.1f} chrF {said.get(f'{name}_chrf', 0.0):.1f}" for name in sets]
    return ", ".join(shown)


def getting(name: str, done: int, total: int, say: Say) -> str:
    """How much of a file has come; `total` 0 where nobody knows."""
    amount = f"{done / 1e6:.1f} / {total / 1e6:.1f} MB" if total else f"{done / 1e6:.1f} MB"
    bar = f' value="{100 * done / total:.0f}"' if total else ""
    return (
        f'<div class="wb-progress"><progress max="100"{bar} aria-label="{attribute(say("Progress"))}"></progress>'
        f"<span>{text(name)} · {amount}</span></div>"
    )
