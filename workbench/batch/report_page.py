"""The report of a job as one page of HTML: drawings inside it, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from itertools import islice
from typing import Any

from workbench import languages
from workbench.batch.account import Account, BatchAccount, Entity, Flag
from workbench.filework.report import counted
from workbench.translation.agreement import DOCUMENT

ROWS = 500  # of a table; the rest stands in the CSV files
STATES = (("kept", "as the model wrote it"), ("repaired", "brought into its form"), ("flagged", "to look at"))
NUMBERS = frozenset(("files", "unchanged", "failed", "segments", "sentences", "terms", "flagged", "uses",
                     "unlisted names"))  # fmt: skip
WIDE, BAR, GAP = 640, 22, 14  # of drawings, in CSS pixels


def page(account: BatchAccount, flags: Iterable[tuple[str, str, Flag]]) -> str:
    """`flags`: file, target and segment; only as many are read as are shown."""
    totals = account.totals
    body = [
        "<h1>Batch report</h1>",
        _about(account.settings),
        _summary(account, totals),
        _failures(account),
        _section("Terms and names by outcome", _states(totals)),
        _section("One entity, one form", _one_form(account), _entities(account, list(totals))),
        _section("Names that no glossary lists", _named(account)),
        _section("Segments to look at", _flagged(flags, sum(total.flags for total in totals.values()))),
        _section("Files", _files(account)),
        _section("Pace", _pace(account.pace), _hands(account)),
    ]
    told = "".join(filter(None, body))
    css = (resources.files("workbench.batch") / "report.css").read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><title>Batch report</title><style>{css}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{told}</body></html>\n'


def _section(title: str, *parts: str) -> str:
    inside = "".join(parts)
    return f"<section><h2>{escape(title)}</h2>{inside}</section>" if inside else ""


def _about(settings: dict[str, Any]) -> str:
    """When, from what into what, by what: as much of it as is known."""
    given = settings.get("from")
    from_ = languages.name(given) if given else "languages as detected"
    into = ", ".join(languages.name(target) for target in settings.get("to", ()))
    models = (f"{pair} {sha[:8]}" for pair, sha in settings.get("models", {}).items())
    rows = [
        ("written", settings.get("written")),
        ("", f"from {from_} into {into}"),
        ("models", ", ".join(models)),
        ("glossary", str(settings.get("glossary") or "")[:8] or ("" if "glossary" not in settings else "none")),
        ("style", settings.get("style")),
        ("beam", settings.get("beam")),
    ]
    return "<p>" + " · ".join(escape(f"{what} {said}".strip()) for what, said in rows if said) + "</p>"


def _summary(account: BatchAccount, totals: dict[str, Account]) -> str:
    rows = [("", "files", "unchanged", "failed", "segments", "sentences", "terms", "flagged", "unlisted names")]
    for target in totals | dict.fromkeys(line.target for line in account.lines):
        mine = [line for line in account.lines if line.target == target]
        total = totals.get(target, Account())
        counts = [len(mine), *(sum(line.state == state for line in mine) for state in ("unchanged", "failed"))]
        counts += [total.segments, total.sentences, total.terms, total.flags]
        rows.append((_language(target), *map(_number, [*counts, account.names.get(target, 0)])))
    rows += [(_language(target), escape(why)) for target, why in account.missing]
    return _table(rows)


def _failures(account: BatchAccount) -> str:
    failed = [(escape(f.name), escape(f.target), escape(f.reason)) for f in account.failed]
    left = [(escape(name), escape(why)) for name, why in account.left_out]
    return _section("Files that failed", _table([("file", "into", "why"), *failed], cut=True) if failed else "") + (
        _section("Left out", _table([("file", "why"), *left], cut=True)) if left else ""
    )


def _states(totals: dict[str, Account]) -> str:
    """A bar a language, its parts the states."""
    bars = []
    for target, total in totals.items():
        whole = sum(total.states.values())
        if whole:
            parts = [(state, total.states[state] / whole, f"{said}: {total.states[state]}") for state, said in STATES]
            said = ", ".join(f"{_number(total.states[state])} {said}" for state, said in STATES if total.states[state])
            bars.append((f"{languages.name(target)}: {said}", parts))
    if not bars:
        return "<p>No terms in these texts.</p>"
    key = "".join(f'<span class="key {state}"></span>{escape(said)} ' for state, said in STATES)
    return f"<p>{key}</p>" + _bars("Terms by outcome, a bar for each language", bars)


def _one_form(account: BatchAccount) -> str:
    bars = []
    for target in account.totals:
        made = [entity for entity in account.entities() if entity.target == target]
        if made:
            one = sum(entity.one for entity in made)
            parts = [("kept", one / len(made), f"one form: {one}"),
                     ("flagged", 1 - one / len(made), f"several: {len(made) - one}")]  # fmt: skip
            bars.append((f"{languages.name(target)}: {one} of {len(made)} in one form", parts))
    said = "<p>An entry may be asked for in its full and its short form; each shall be written one way.</p>"
    return said + _bars("Entries with one form, a bar for each language", bars) if bars else ""


def _bars(title: str, bars: Sequence[tuple[str, list[tuple[str, float, str]]]]) -> str:
    drawn = []
    for i, (label, parts) in enumerate(bars):
        y, x = i * (BAR * 2 + GAP), 0.0
        drawn.append(f'<text x="0" y="{y + 15}">{escape(label)}</text>')
        for kind, share, said in parts:
            if share > 0:
                width = share * WIDE
                drawn.append(
                    f'<rect class="{kind}" x="{x:.1f}" y="{y + BAR}" width="{width:.1f}" height="{BAR}">'
                    f"<title>{escape(said)}</title></rect>"
                )
                x += width
    return _svg(title, len(bars) * (BAR * 2 + GAP), drawn)


def _svg(title: str, height: int, drawn: Iterable[str]) -> str:
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {WIDE} {height}" width="{WIDE}" height="{height}">'
        f"<title>{escape(title)}</title>{''.join(drawn)}</svg>"
    )


def _entities(account: BatchAccount, targets: list[str]) -> str:
    """A row an entry, a column a language; the forms of each with their numbers."""
    cells: dict[str, dict[str, Entity]] = {}
    for entity in account.entities():
        cells.setdefault(entity.entry, {})[entity.target] = entity
    if not cells:
        return ""
    order = sorted(cells, key=lambda entry: (all(e.one for e in cells[entry].values()), _uses(cells[entry]), entry))
    rows = [("entry", *map(_language, targets))]
    for entry in order:
        name = escape(entry.removeprefix(DOCUMENT)) + (" <em>(unlisted)</em>" if entry.startswith(DOCUMENT) else "")
        rows.append((name, *(_forms(cells[entry].get(target)) for target in targets)))
    return _table(rows, cut=True)


def _uses(by_target: dict[str, Entity]) -> int:
    return -sum(entity.uses for entity in by_target.values())


def _forms(entity: Entity | None) -> str:
    if entity is None:
        return "–"
    said = []
    for asked, written in entity.forms:
        inside = ", ".join(f"{escape(text or '?')} <small>{n}</small>" for text, n in written)
        many = len({text.casefold() for text, _ in written}) > 1
        said.append(f'<span class="many" title="asked for: {escape(asked)}">{inside}</span>' if many else inside)
    return "; ".join(said)


def _named(account: BatchAccount) -> str:
    rows = [("name", "into", "form", "uses", "as the model wrote it", "why this form")]
    for one in account.named:
        seen = ", ".join(f"{escape(text)} <small>{n}</small>" for text, n in one.seen)
        many = len({text.casefold() for text, _ in one.seen}) > 1
        seen = f'<span class="many">{seen}</span>' if many else seen
        rows.append(
            (escape(one.name), escape(one.target), escape(one.form), _number(one.uses), seen, escape(one.reason))
        )
    said = "<p>Each has one form in all files. Change it in decisions.csv and run the same command again.</p>"
    return said + _table(rows, cut=True, all=sum(account.names.values())) if len(rows) > 1 else ""


def _flagged(flags: Iterable[tuple[str, str, Flag]], all: int) -> str:
    rows: list[tuple[str, ...]] = [("file", "into", "place", "source", "translation", "why")]
    for name, target, flag in islice(flags, ROWS):
        rows.append(tuple(escape(text) for text in (name, target, *flag)))
    return _table(rows, cut=True, all=all) if len(rows) > 1 else "<p>None.</p>"


def _files(account: BatchAccount) -> str:
    rows: list[tuple[str, ...]] = [("file", "into", "state", "segments", "sentences", "terms", "flagged")]
    for line in islice((line for line in account.lines if line.account is not None), ROWS):
        told = line.account or Account()
        counts = map(_number, (told.segments, told.sentences, told.terms, told.flags))
        rows.append((escape(line.name), escape(line.target), line.state, *counts))
    made = sum(line.account is not None for line in account.lines)
    return _table(rows, cut=True, all=made) if len(rows) > 1 else ""


def _pace(pace: Sequence[tuple[float, int]]) -> str:
    """Sentences a second over the time of all runs."""
    if not pace:
        return ""
    high, wide = 120, WIDE / len(pace)
    step = pace[0][0]
    most = max(n for _, n in pace) or 1
    drawn = [f'<line x1="0" y1="{high}" x2="{WIDE}" y2="{high}" class="axis"/>']
    for i, (end, n) in enumerate(pace):
        tall = n / most * (high - 16)
        drawn.append(
            f'<rect class="kept" x="{i * wide:.1f}" y="{high - tall:.1f}" width="{wide * 0.9:.1f}" height="{tall:.1f}">'
            f"<title>{end:.0f} s: {n / step:.1f} sentences a second</title></rect>"
        )
    drawn.append(f'<text x="0" y="12">{most / step:.0f} sentences a second at most</text>')
    drawn.append(f'<text x="{WIDE}" y="{high + 16}" text-anchor="end">{pace[-1][0]:.0f} s</text>')
    return _svg("Sentences a second over time", high + 20, drawn)


def _hands(account: BatchAccount) -> str:
    if not account.fresh:
        return "<p>This run translated nothing anew: everything was in the journal.</p>"
    if not account.workers:  # on a server, in turns with other people
        return f"<p>{counted(account.fresh, 'sentence')} in {account.seconds:.1f} s.</p>"
    told = (
        f"This run: {counted(account.fresh, 'sentence')} in {account.seconds:.1f} s, {account.rate:.1f} a second, "
        f"{account.jobs} at a time ({account.executor}, {counted(len(account.workers), 'process')}); "
        f"the engine had {100 * account.engine_share:.0f} % of the time of all hands."
    )
    share = min(1.0, account.engine_share)
    parts = [("kept", share, "engine"), ("repaired", 1 - share, "reading, matching, writing, waiting")]
    return f"<p>{escape(told)}</p>" + _bars("Share of the engine", [("engine and everything else", parts)])


def _table(rows: Sequence[Sequence[str]], cut: bool = False, all: int = 0) -> str:
    """The first row is the head. `all`: how many there are, where not all of them are in `rows`."""
    head, body = rows[0], rows[1 : ROWS + 1] if cut else rows[1:]
    lines = [_row("th", head, len(head)), *(_row("td", row, len(head)) for row in body)]
    more = max(all, len(rows) - 1) - len(body)
    rest = f"<p>and {_number(more)} more in the tables beside this page.</p>" if more > 0 else ""
    return f'<div class="table"><table>{"".join(lines)}</table></div>{rest}'


def _row(tag: str, cells: Sequence[str], wide: int) -> str:
    """Numbers to the right; the last cell over what is left of the row."""
    made = []
    for i, cell in enumerate(cells):
        spread = f' colspan="{wide - i}"' if i == len(cells) - 1 and wide > len(cells) else ""
        number = ' class="number"' if cell.replace(",", "").isdigit() or cell in NUMBERS else ""
        made.append(f"<{tag}{spread}{number}>{cell}</{tag}>")
    return f"<tr>{''.join(made)}</tr>"


def _language(code: str) -> str:
    return f"{escape(languages.name(code))} ({escape(code)})"


def _number(n: int) -> str:
    return f"{n:,}"
