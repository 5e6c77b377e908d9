"""The report of a job as one page of HTML: drawings inside it, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources

from workbench import languages
from workbench.batch.account import Account, BatchAccount, Entity
from workbench.translation.agreement import DOCUMENT

ROWS = 500  # of a table; the rest stands in the CSV files
STATES = (("kept", "as the model wrote it"), ("repaired", "brought into its form"), ("flagged", "to look at"))
WIDE, BAR, GAP = 640, 22, 14  # of drawings, in CSS pixels


def page(account: BatchAccount) -> str:
    totals = account.totals()
    body = [
        "<h1>Batch report</h1>",
        _summary(account, totals),
        _failures(account),
        _section("Terms and names by outcome", _states(totals)),
        _section("One entity, one form", _one_form(account), _entities(account, list(totals))),
        _section("Segments to look at", _flagged(account)),
        _section("Pace", _pace(account.pace), _hands(account)),
    ]
    css = (resources.files("workbench.batch") / "report.css").read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><title>Batch report</title><style>{css}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{"".join(filter(None, body))}</body></html>\n'


def _section(title: str, *parts: str) -> str:
    inside = "".join(parts)
    return f"<section><h2>{escape(title)}</h2>{inside}</section>" if inside else ""


def _summary(account: BatchAccount, totals: dict[str, Account]) -> str:
    rows = [("", "files", "unchanged", "failed", "segments", "sentences", "terms", "flagged", "unlisted names")]
    for target in totals | dict.fromkeys(line.target for line in account.lines):
        mine = [line for line in account.lines if line.target == target]
        total = totals.get(target, Account())
        counts = [len(mine), *(sum(line.state == state for line in mine) for state in ("unchanged", "failed"))]
        counts += [total.segments, total.sentences, sum(total.states.values()), total.flags]
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
            bars.append((f"{languages.name(target)} · {whole}", parts))
    if not bars:
        return "<p>No terms in these texts.</p>"
    key = "".join(f'<span class="key {state}"></span>{escape(said)} ' for state, said in STATES)
    return f"<p>{key}</p>" + _bars("Terms by outcome, a bar for each language", bars)


def _one_form(account: BatchAccount) -> str:
    bars = []
    for target in account.totals():
        made = [entity for entity in account.entities() if entity.target == target]
        if made:
            one = sum(entity.one for entity in made)
            parts = [("kept", one / len(made), f"one form: {one}"),
                     ("flagged", 1 - one / len(made), f"several: {len(made) - one}")]  # fmt: skip
            bars.append((f"{languages.name(target)} · {one} of {len(made)} in one form", parts))
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


def _flagged(account: BatchAccount) -> str:
    rows: list[tuple[str, ...]] = [("file", "into", "place", "source", "translation", "why")]
    for line in account.lines:
        for flag in line.account.flagged if line.account else ():
            rows.append(tuple(escape(text) for text in (line.name, line.target, *flag)))
    return _table(rows, cut=True) if len(rows) > 1 else "<p>None.</p>"


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
        return f"<p>{_number(account.fresh)} sentences in {account.seconds:.1f} s.</p>"
    told = (
        f"This run: {_number(account.fresh)} sentences in {account.seconds:.1f} s, {account.rate:.1f} a second, "
        f"{account.jobs} at a time ({account.executor}, {len(account.workers)} processes); "
        f"the engine had {100 * account.engine_share:.0f} % of the time of all hands."
    )
    share = min(1.0, account.engine_share)
    parts = [("kept", share, "engine"), ("repaired", 1 - share, "reading, matching, writing, waiting")]
    return f"<p>{escape(told)}</p>" + _bars("Share of the engine", [("engine and everything else", parts)])


def _table(rows: Sequence[Sequence[str]], cut: bool = False) -> str:
    head, body = rows[0], rows[1 : ROWS + 1] if cut else rows[1:]
    lines = ["<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>"]
    for row in body:
        spread = f' colspan="{len(head) - len(row) + 1}"' if len(row) < len(head) else ""
        cells = [f"<td{spread if i == len(row) - 1 else ''}>{cell}</td>" for i, cell in enumerate(row)]
        lines.append("<tr>" + "".join(cells) + "</tr>")
    more = len(rows) - 1 - len(body)
    rest = f"<p>and {_number(more)} more in the tables beside this page.</p>" if more else ""
    return f"<table>{''.join(lines)}</table>{rest}"


def _language(code: str) -> str:
    return f"{escape(languages.name(code))} ({escape(code)})"


def _number(n: int) -> str:
    return f"{n:,}"
