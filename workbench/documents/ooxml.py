"""Paragraphs of Office Open XML: runs as a text with marks, and back into runs.

The formatting that most of a paragraph has is its base and no mark; every other run is one. What is
no text (pictures, notes, bookmarks) is a point between words; hard breaks and tabs end a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from workbench.documents.document import Mark, Target
from workbench.documents.whole import NOT_XML
from workbench.spans import Span

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
SETTINGS = frozenset("sdtPr smartTagPr customXmlPr".split())  # of a wrap, before its content
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names of one kind of paragraph, local to its namespace."""

    space: str
    properties: str  # of a run
    head: frozenset[str]  # of a paragraph, before its runs
    tail: frozenset[str]
    wraps: frozenset[str]
    kept: frozenset[str]  # with text that stands as it is
    breaks: frozenset[str]
    dropped: frozenset[str]
    silent: frozenset[str]  # properties and attributes of a run that no reader sees

    def name(self, local: str) -> str:
        return f"{{{self.space}}}{local}"


WORD = Dialect(
    W, "rPr", frozenset({"pPr"}), frozenset(), frozenset("hyperlink ins moveTo smartTag sdt customXml dir bdo".split()),
    frozenset({"fldSimple"}), frozenset("br cr tab ptab".split()),
    frozenset("proofErr lastRenderedPageBreak softHyphen".split()), frozenset("lang noProof rsidR rsidRPr".split()),
)  # fmt: skip
DRAWING = Dialect(
    A, "rPr", frozenset({"pPr"}), frozenset({"endParaRPr"}), frozenset(), frozenset({"fld"}), frozenset({"br"}),
    frozenset(), frozenset("lang altLang dirty err smtClean noProof".split()),
)  # fmt: skip


class Piece(NamedTuple):
    """A child of a run, which is written in a run of its own. It is moved there, not copied, for there may be
    paragraphs in it (a text box)."""

    child: etree._Element
    properties: etree._Element | None


class Atom(NamedTuple):
    """`kind`: text, break, point, keep, wrap; begin, separate and end of a field. `elements`: what
    stands in the file, as children of a paragraph; of a wrap the element that holds its content."""

    kind: str
    text: str = ""
    properties: etree._Element | None = None
    elements: tuple[etree._Element | Piece, ...] = ()
    content: etree._Element | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph that was read. `atoms`: by key of a mark; `base`: properties of unmarked runs."""

    element: etree._Element
    dialect: Dialect
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    atoms: dict[str, Atom] = field(default_factory=dict)
    ends: dict[str, Atom] = field(default_factory=dict)  # of fields
    base: etree._Element | None = None


def read(element: etree._Element, dialect: Dialect) -> Paragraph:
    made = Paragraph(element, dialect)
    atoms = list(_atoms(element, dialect))
    weights: Counter[str] = Counter()
    held: dict[str, etree._Element | None] = {}
    _weigh(atoms, dialect, weights, held)
    if weights:
        made.base = held[weights.most_common(1)[0][0]]
    _assemble(made, atoms, "")
    return made


def _weigh(atoms: Sequence[Atom], dialect: Dialect, weights: Counter[str], held: dict) -> None:
    for atom in atoms:
        if atom.kind == "text":
            key = _key(atom.properties, dialect)
            weights[key] += len(atom.text)
            held.setdefault(key, atom.properties)
        elif atom.content is not None:
            _weigh(list(_atoms(atom.content, dialect)), dialect, weights, held)


def _key(properties: etree._Element | None, dialect: Dialect) -> str:
    """Equal for runs that look alike."""
    if properties is None:
        return ""
    copy = deepcopy(properties)
    copy.tail = None
    for child in list(copy):
        if etree.QName(child).localname in dialect.silent:
            copy.remove(child)
    for name in list(copy.attrib):
        if etree.QName(name).localname in dialect.silent:
            del copy.attrib[name]
    return etree.tostring(copy, method="c14n").decode() if len(copy) or copy.attrib else ""


# -- reading -------------------------------------------------------------------------------


def _atoms(container: etree._Element, dialect: Dialect) -> Iterator[Atom]:
    for child in container:
        local = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if local in dialect.head or local in dialect.tail or local in dialect.dropped:
            continue
        if child.tag == dialect.name("r"):
            yield from _run(child, dialect)
        elif child.tag == dialect.name("br") and dialect is DRAWING:
            yield Atom("break", "\n", None, (child,))
        elif local in dialect.kept and not _is_link(child):
            yield Atom("keep", "".join(child.itertext(dialect.name("t"))), None, (child,))
        elif local in dialect.wraps or local in dialect.kept:
            content = child.find(dialect.name("sdtContent")) if local == "sdt" else child
            if content is None or content.find(f".//{dialect.name('p')}") is not None:
                yield Atom("point", "", None, (child,))
            else:
                yield Atom("wrap", "", None, (child,), content)
        else:
            yield Atom("point", "", None, (child,))


def _is_link(element: etree._Element) -> bool:
    return "HYPERLINK" in (element.get(f"{{{W}}}instr") or "")


def _run(run: etree._Element, dialect: Dialect) -> Iterator[Atom]:
    """The pieces of a run; each that is no text gets a run of its own."""
    properties = run.find(dialect.name(dialect.properties))
    for child in list(run):
        local = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if child is properties or local in dialect.dropped:
            continue
        if child.tag == dialect.name("t"):
            if child.text:
                yield Atom("text", child.text, properties)
        elif child.tag == dialect.name("noBreakHyphen"):
            yield Atom("text", "\u2011", properties)
        elif child.tag == dialect.name("instrText"):
            yield Atom("code", child.text or "", properties, (Piece(child, properties),))
        elif child.tag == dialect.name("fldChar"):
            kind = child.get(dialect.name("fldCharType"), "point")
            yield Atom(kind, "", properties, (Piece(child, properties),))
        else:
            kind = "break" if local in dialect.breaks else "point"
            yield Atom(kind, "\n" if kind == "break" else "", properties, (Piece(child, properties),))


def _assemble(made: Paragraph, atoms: Sequence[Atom], parent: str) -> None:
    base = _key(made.base, made.dialect)
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        if atom.kind == "text":
            end = at
            key = _key(atom.properties, made.dialect)
            while end < len(atoms) and atoms[end].kind == "text" and _key(atoms[end].properties, made.dialect) == key:
                end += 1
            text = "".join(a.text for a in atoms[at:end])
            if key != base:
                _mark(made, atom, text, False, parent)
            made.text += text
            at = end
            continue
        if atom.kind == "begin":
            at = _field(made, atoms, at, parent)
            continue
        if atom.kind == "wrap" and atom.content is not None:
            key = _mark(made, atom, "", False, parent)
            place, start = len(made.marks) - 1, len(made.text)
            _assemble(made, list(_atoms(atom.content, made.dialect)), key)
            made.marks[place] = Mark(key, Span(start, len(made.text)), parent=parent)
        else:
            text = atom.text if atom.kind in ("break", "keep") else ""
            _mark(made, atom, text, atom.kind in ("break", "keep"), parent)
            made.text += text
        at += 1


def _mark(made: Paragraph, atom: Atom, text: str, keep: bool, parent: str) -> str:
    key = str(len(made.atoms) + 1)
    made.atoms[key] = atom
    made.marks.append(Mark(key, Span(len(made.text), len(made.text) + len(text)), keep, parent))
    return key


def _field(made: Paragraph, atoms: Sequence[Atom], at: int, parent: str) -> int:
    """A complex field: its code is a point, a link's text is text, any other result stands as it is.
    One that ends in another paragraph is only a code here. The index behind it."""
    depth, separate, end = 0, None, None
    for i in range(at, len(atoms)):
        kind = atoms[i].kind
        depth += (kind == "begin") - (kind == "end")
        if kind == "separate" and depth == 1:
            separate = i
        if depth == 0:
            end = i
            break
    if end is None or separate is None:
        stop = (separate if separate is not None else end if end is not None else at) + 1
        _mark(made, Atom("point", "", None, _elements(atoms[at:stop])), "", False, parent)
        return stop
    code = "".join(a.text for a in atoms[at:separate] if a.kind == "code")
    inner = atoms[separate + 1 : end]
    if "HYPERLINK" in code and all(a.kind in ("text", "break", "point", "wrap") for a in inner):
        key = _mark(made, Atom("field", "", None, _elements(atoms[at : separate + 1])), "", False, parent)
        made.ends[key] = Atom("point", "", None, atoms[end].elements)
        place, start = len(made.marks) - 1, len(made.text)
        _assemble(made, inner, key)
        made.marks[place] = Mark(key, Span(start, len(made.text)), parent=parent)
    else:
        text = "".join(a.text for a in inner if a.kind == "text")
        _mark(made, Atom("keep", text, None, _elements(atoms[at : end + 1], made.dialect)), text, bool(text), parent)
        made.text += text
    return end + 1


def _elements(atoms: Sequence[Atom], dialect: Dialect = WORD) -> tuple[etree._Element | Piece, ...]:
    found: list[etree._Element | Piece] = []
    for atom in atoms:
        found += [_made_run(atom.text, atom.properties, dialect)] if atom.kind == "text" else atom.elements
    return tuple(found)


# -- writing -------------------------------------------------------------------------------


def write(paragraph: Paragraph, target: Target) -> None:
    """The paragraph with the target for its runs."""
    element, dialect = paragraph.element, paragraph.dialect
    kept = dialect.head | dialect.tail
    tail = [child for child in element if etree.QName(child).localname in dialect.tail]
    for child in list(element):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in kept or child in tail:
            element.remove(child)
    inside: dict[str, list[Mark]] = {}
    for mark in target.marks:
        inside.setdefault(mark.parent, []).append(mark)
    _write(paragraph, element, target.text, "", Span(0, len(target.text)), paragraph.base, inside)
    for child in tail:
        element.append(child)


def _write(
    paragraph: Paragraph,
    into: etree._Element,
    text: str,
    parent: str,
    room: Span,
    properties: etree._Element | None,
    inside: dict[str, list[Mark]],
) -> None:
    at = room.start
    for mark in sorted(inside.get(parent, ()), key=lambda m: m.span):
        _say(into, text[at : mark.span.start], properties, paragraph.dialect)
        at = mark.span.end
        atom = paragraph.atoms[mark.key]
        if atom.kind == "text":
            _say(into, mark.span.of(text), atom.properties, paragraph.dialect)
        elif atom.content is not None:
            for old in list(atom.content):
                if not isinstance(old.tag, str) or etree.QName(old).localname not in SETTINGS:
                    atom.content.remove(old)
            into.append(atom.elements[0])
            _write(paragraph, atom.content, text, mark.key, mark.span, properties, inside)
        else:
            _append(into, atom.elements, paragraph.dialect)
            _write(paragraph, into, text, mark.key, mark.span if not mark.keep else Span(at, at), properties, inside)
            if mark.key in paragraph.ends:
                _append(into, paragraph.ends[mark.key].elements, paragraph.dialect)
    _say(into, text[at : room.end], properties, paragraph.dialect)


def _append(into: etree._Element, elements: Sequence[etree._Element | Piece], dialect: Dialect) -> None:
    for element in elements:
        if isinstance(element, Piece):
            run = etree.SubElement(into, dialect.name("r"))
            if element.properties is not None:
                run.append(deepcopy(element.properties))
            run.append(element.child)
        else:
            element.tail = None
            into.append(element)


def _say(into: etree._Element, text: str, properties: etree._Element | None, dialect: Dialect) -> None:
    if text:
        into.append(_made_run(text, properties, dialect))


def _made_run(text: str, properties: etree._Element | None, dialect: Dialect) -> etree._Element:
    run = etree.Element(dialect.name("r"))
    if properties is not None:
        run.append(deepcopy(properties))
    said = etree.SubElement(run, dialect.name("t"))
    said.text = NOT_XML.sub("", text.replace("\n", " "))
    if dialect is WORD and said.text != said.text.strip():
        said.set(SPACE, "preserve")
    return run
