"""XML files, read without entities and without anything from outside."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from workbench.glossary.formats import fields
from workbench.glossary.formats.fields import Place


def root_of(path: Path, way_out: str = "mend it, or export the file again") -> etree._Element:
    """The root; comments and processing instructions are left out. Raises GlossaryError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    data = fields.bytes_of(path)
    if not data.strip():
        raise Place(path, 1).error("the file is empty", way_out)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Place(path, error.lineno or 1).error(f"not valid XML: {error.msg}", way_out) from None
    dtd = root.getroottree().docinfo.internalDTD
    if next(root.iter(etree.Entity), None) is not None or (dtd is not None and any(True for _ in dtd.iterentities())):
        raise Place(path, 1).error("the file declares XML entities", "write their text out")
    return root
