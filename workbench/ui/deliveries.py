"""Translated files as HTML: how far the work is, what came of each, passages side by side, the report; no gradio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.batch.parcel import Delivered, Delivery, Side, Step
from workbench.enforcement.outcomes import State
from workbench.ui.render import attribute, chip, language_attributes, shown, text
from workbench.words import Say

MOST_ROWS = 300  # passages shown side by side
MOST_REPORT = 2_000_000  # characters of a report that is shown in the page; a longer one is in the archive


def left(seconds: float, share: float, say: Say) -> str:
    """`, about 2 min left`; nothing before a twentieth is done."""
    if share < 0.05 or share >= 1:
        return ""
    more = seconds / share * (1 - share)
    if more >= 90:
        return say(", about {minutes} min left", minutes=f"{more / 60:.0f}")
    return say(", about {seconds} s left", seconds=f"{max(more, 1):.0f}")


def progress(step: Step | None, seconds: float, say: Say, stopping: bool = False) -> str:
    """`step` None: other people's files are translated first."""
    if stopping:
        return f'<p class="wb-progress" role="status">{text(say("Stopping…"))}</p>'
    if step is None:
        return f'<p class="wb-progress">{text(say("Waiting for a turn…"))}</p>'
    said = say("file {number} of {total}", number=step.number, total=step.total)
    percent = f"{100 * step.share:.0f}"
    where = f"<bdi>{text(step.name)}</bdi> → {text(shown(step.target, say))}"
    return (
        f'<div class="wb-progress"><progress max="100" value="{percent}" aria-label="{attribute(say("Progress"))}">'
        f"</progress><span>{text(said)} · {where} · {percent} %{text(left(seconds, step.share, say))}</span></div>"
    )


def chosen(names: Sequence[str], say: Say) -> str:
    """The files that are to be translated."""
    if not names:
        return f'<p class="wb-chosen">{text(say("No file is chosen yet: documents, subtitles, tables, text."))}</p>'
    items = "".join(f"<li><bdi>{text(name)}</bdi></li>" for name in names)
    return f'<ul class="wb-chosen" aria-label="{attribute(say("Files"))}">{items}</ul>'


def table(delivered: Delivered, seconds: float, ways: Mapping[Path, str], say: Say) -> str:
    """A row for each file and language. `ways`: addresses where files can be fetched."""
    made, total = len(delivered.made), len(delivered.lines)
    summary = say("{made} of {total} translated in {seconds} s", made=made, total=total, seconds=f"{seconds:.1f}")
    if delivered.stopped:
        summary += " · " + say("stopped")
    heads = "".join(
        f'<th scope="col">{text(say(head))}</th>' for head in ("File", "To", "Sentences", "Terms", "Download")
    )
    rows = "".join(_row(line, ways, say) for line in delivered.lines)
    title = attribute(say("Files"))
    return (
        f'<section class="wb-account"><h2 role="status">{text(summary)}</h2>'
        f'<div class="wb-scroll" tabindex="0" role="region" aria-label="{title}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _row(line: Delivery, ways: Mapping[Path, str], say: Say) -> str:
    head = f'<th scope="row"><bdi>{text(line.name)}</bdi></th><td>{text(shown(line.target, say))}</td>'
    if line.account is None:
        why = say("stopped") if line.why == "stopped" else line.why
        return f'<tr>{head}<td colspan="3"><span class="wb-fault">{text(why)}</span></td></tr>'
    states = line.account.states
    chips = " ".join(chip(state, states[state.value], say) for state in State if states[state.value])
    links = " ".join(
        f'<a href="{attribute(ways[path])}" download="{attribute(path.name)}">{text(path.name)}</a>'
        for path in (line.path, line.bilingual)
        if path is not None
    )
    terms = chips or text(say("no listed terms"))
    return f"<tr>{head}<td>{line.account.sentences:,}</td><td>{terms}</td><td>{links}</td></tr>"


def sides(line: Delivery, say: Say) -> str:
    """Passages of one file beside their translations; those to look at are marked, with the reason."""
    rows = "".join(_side(number, side, line) for number, side in enumerate(line.sides[:MOST_ROWS], 1))
    more = len(line.sides) - MOST_ROWS
    rest = f"<p>{text(say('and {count} more in the file', count=more))}</p>" if more > 0 else ""
    heads = "".join(
        f'<th scope="col">{text(head)}</th>' for head in ("№", shown(line.source, say), shown(line.target, say))
    )
    title = attribute(say("Side by side"))
    return (
        f'<div class="wb-account wb-sides"><div class="wb-scroll" tabindex="0" role="region" aria-label="{title}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{rest}</div>"
    )


def _side(number: int, side: Side, line: Delivery) -> str:
    why = f'<span class="wb-fault">{text(side.why)}</span>' if side.why else ""
    return (
        f"<tr{' class=wb-look' if side.why else ''}><td>{number}</td>"
        f"<td {language_attributes(line.source)}>{text(side.source)}</td>"
        f"<td {language_attributes(line.target)}>{text(side.target)}{why}</td></tr>"
    )


def report(page: str, say: Say) -> str:
    """The report of the batch in a frame that runs nothing."""
    if len(page) > MOST_REPORT:
        return f"<p>{text(say('The report is long: it is in the archive.'))}</p>"
    title = attribute(say("Report"))
    return (
        f'<details class="wb-report" open><summary>{title}</summary>'
        f'<iframe sandbox="" title="{title}" srcdoc="{attribute(page)}"></iframe></details>'
    )


def labels(lines: Sequence[Delivery], say: Say) -> list[tuple[str, int]]:
    """Choices of what to look at."""
    return [(f"{line.name} → {shown(line.target, say)}", number) for number, line in enumerate(lines)]
