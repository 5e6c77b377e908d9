"""ITS 2.0 in HTML: which elements and attributes are for translation, by global rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree, html

from workbench.documents.tags import Event
from workbench.documents.whole import xml
from workbench.errors import InputError

ITS = "{http://www.w3.org/2005/11/its}"
XHTML = "http://www.w3.org/1999/xhtml"
MARK = "data-workbench-event"
SCRIPT = re.compile(r"(?is)<script[^>]*application/its\+xml[^>]*>(.*?)</script>")
DEEP = 250  # elements within elements; libxml2 itself stops at 256


class Rules:
    """What global rules say: `elements` and `attributes` ("event name") with True for translate."""

    def __init__(self) -> None:
        self.elements: dict[int, bool] = {}
        self.attributes: dict[tuple[int, str], bool] = {}
        self.within: dict[int, bool] = {}  # True: part of the text around it


def rules(raw: str, events: Sequence[Event], outside: bytes, name: str) -> Rules:
    """Of the document's own rule scripts, then of those that came beside it; a later rule wins.

    InputError for rules that are not XML, or whose selector is no XPath.
    """
    sheets = [match[1].strip().encode() for match in SCRIPT.finditer(raw)] + ([outside] if outside.strip() else [])
    found = Rules()
    if not sheets:
        return found
    tree = _tree(raw, events)
    for sheet in sheets:
        for rule in xml(sheet, f"{name}: ITS rules").iter(f"{ITS}translateRule", f"{ITS}withinTextRule"):
            _apply(rule, tree, found, name)
    return found


def _tree(raw: str, events: Sequence[Event]) -> etree._Element:
    """The document as a tree in which each element names its event."""
    made, at = [], 0
    for number, event in enumerate(events):
        if event.kind in ("start", "empty"):
            head = event.span.start + 1 + len(event.name)
            made += [raw[at:head], f' {MARK}="{number}"']
            at = head
    tree = html.document_fromstring("".join(made) + raw[at:], parser=html.HTMLParser(huge_tree=False, no_network=True))
    for element in tree.iter(etree.Element):
        element.tag = f"{{{XHTML}}}{element.tag}"
    return tree


def _apply(rule: etree._Element, tree: etree._Element, found: Rules, name: str) -> None:
    selector = rule.get("selector", "")
    spaces = {prefix: uri for prefix, uri in rule.nsmap.items() if prefix} | {"h": XHTML}
    if rule.getparent() is not None and rule.getparent().get("queryLanguage", "xpath") != "xpath":
        raise InputError(f"{name}: ITS rules with selectors other than XPath are not read; write them in XPath")
    try:
        hits = tree.getroottree().xpath(selector, namespaces=spaces)
    except etree.XPathError as wrong:
        raise InputError(f"{name}: the ITS selector {selector!r} is no XPath: {wrong}") from None
    for hit in hits if isinstance(hits, list) else ():
        if isinstance(hit, str) and getattr(hit, "is_attribute", False):
            number = hit.getparent().get(MARK)
            if number and rule.get("translate"):
                found.attributes[int(number), hit.attrname] = rule.get("translate") == "yes"
        elif isinstance(hit, etree._Element) and hit.get(MARK):
            if rule.tag == f"{ITS}translateRule":
                found.elements[int(hit.get(MARK))] = rule.get("translate") == "yes"
            else:
                found.within[int(hit.get(MARK))] = rule.get("withinText") != "no"
