"""Inline Markdown with the place of each piece, from the rules of markdown-it-py themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from workbench.documents.inline import TAG, Item, Tagged, marked, tag

Rule = Callable[[StateInline, bool], bool]
PLACE = "place"  # in the meta of a token: start and end in the content
RULES: dict[str, Rule] = {
    "newline": rules_inline.newline, "escape": rules_inline.escape, "backticks": rules_inline.backtick,
    "strikethrough": rules_inline.strikethrough.tokenize, "emphasis": rules_inline.emphasis.tokenize,
    "link": rules_inline.link, "image": rules_inline.image, "autolink": rules_inline.autolink,
    "html_inline": rules_inline.html_inline, "entity": rules_inline.entity,
}  # fmt: skip


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with tables and struck text; its inline tokens know their places."""
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
    for name, rule in RULES.items():
        made.inline.ruler.at(name, _placed(rule))
    return made


def _placed(rule: Rule) -> Rule:
    def wrapped(state: StateInline, silent: bool) -> bool:
        known, start, pending = len(state.tokens), state.pos, state.pending
        done = rule(state, silent)
        if done and not silent:
            new = [token for token in state.tokens[known:] if PLACE not in token.meta]
            if pending and new and new[0].type == "text" and new[0].content.rstrip() == pending.rstrip():
                new = new[1:]
            link = bool(new) and new[0].type == "link_open" and new[0].markup != "autolink"
            label = state.md.helpers.parseLinkLabel(state, start, True) if link else -1
            _place(new, start, state.pos, label)
        return done

    return wrapped


def _place(new: list[Token], start: int, end: int, label: int) -> None:
    """Places of the tokens that a rule made of the text between start and end."""
    if new and new[0].type == "link_open" and label >= 0 and new[0].markup != "autolink":
        new[0].meta[PLACE] = (start, start + 1)
        new[-1].meta[PLACE] = (label, end)
    elif new and new[0].type == "link_open":
        new[0].meta[PLACE] = (start, end)
        new[0].type = "autolink"
        for token in new[1:]:
            token.meta[PLACE], token.type = (end, end), "nothing"
    elif len(new) == 1:
        new[0].meta[PLACE] = (start, end)
    else:
        at = start
        for token in new:  # delimiters, each of its own length
            token.meta[PLACE] = (at, at + len(token.content))
            at += len(token.content)


def read(content: str, children: list[Token]) -> Tagged:
    """The children of an inline token as text with marks. A line break in the source is a space."""
    items: list[Item] = []
    open_: list[int] = []
    at = 0
    for token in children:
        place = _span(token)
        if place is None or place[0] < at:
            continue
        start, end = place
        text = content[at:start]
        if token.type in ("softbreak", "hardbreak"):
            text = text.rstrip(" ")
        items.append(Item("text", text, text))
        at = end
        raw = content[
            start - (token.type == "hardbreak") * (len(content[:start]) - len(content[:start].rstrip(" "))) : end
        ]
        if token.type == "link_open":
            open_.append(end)
        elif token.type == "link_close" and open_:
            label = content[open_.pop() : start]
            raw = f"][{label}]" if raw in ("]", "][]") else raw  # a reference by its own text, which will change
        items.append(_item(token, raw))
    return marked([*items, Item("text", content[at:], content[at:])])


def _span(token: Token) -> tuple[int, int] | None:
    if PLACE not in token.meta or token.type in ("text", "nothing"):
        return None
    start, end = token.meta[PLACE]
    size = len(token.markup)
    if token.type in ("em_open", "strong_open", "s_open"):
        return end - size, end
    if token.type in ("em_close", "strong_close", "s_close"):
        return start, start + size
    return start, end


def _item(token: Token, raw: str) -> Item:
    if token.type == "text_special":
        return Item("text", raw, token.content)
    if token.type == "softbreak":
        return Item("text", raw, " ")
    if token.type == "hardbreak":
        return Item("break", raw)
    if token.type == "code_inline":
        return Item("keep", raw, token.content)
    if token.type == "autolink":
        return Item("keep", raw, raw[1:-1])
    if token.type == "html_inline":
        match = TAG.fullmatch(raw)
        return Item("point", raw) if match is None else tag(match)
    if token.nesting:
        return Item("open" if token.nesting > 0 else "close", raw, token.tag)
    return Item("point", raw)


def inline(content: str, env: dict) -> Tagged:
    """A text read as inline Markdown alone. `env`: of the document, for its link definitions."""
    return read(content, parser().parseInline(content, env)[0].children or [])


def alike(one: Tagged, other: Tagged) -> bool:
    """The same text under the same marks, whatever their keys."""
    if one.text != other.text or len(one.marks) != len(other.marks):
        return False
    key = {a.key: b.key for a, b in zip(_ordered(one), _ordered(other), strict=True)} | {"": ""}
    return all(
        (a.span, a.keep, key[a.parent]) == (b.span, b.keep, b.parent)
        for a, b in zip(_ordered(one), _ordered(other), strict=True)
    )


def _ordered(said: Tagged) -> list:
    depth = {"": 0}
    for mark in said.marks:
        depth[mark.key] = depth[mark.parent] + 1
    return sorted(said.marks, key=lambda m: (m.span.start, -m.span.end, depth[m.key]))
