"""Files that are read whole: bounded bytes, text in its encoding, XML and zip packages without traps."""

from __future__ import annotations

import io
import re
import zipfile
from typing import BinaryIO, NamedTuple

from lxml import etree

from workbench.documents.lines import Text, sniffed
from workbench.errors import InputError
from workbench.fileformats import guess_encoding

LARGEST = 200_000_000  # bytes of a file, and of all that a package unpacks to
MEMBERS = 20_000  # files in a package
MEMBER = 100_000_000  # bytes that one of them unpacks to
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that XML 1.0 forbids
RATIO = 300  # of unpacked to packed bytes, above a megabyte: nothing that people write is so repetitive


def whole(file: BinaryIO, name: str) -> bytes:
    """InputError above the bound."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"{name}: larger than {LARGEST // 1_000_000} MB; split it first")
    return data


def text_of(data: bytes, name: str, encoding: str = "") -> tuple[Text, str]:
    """How a text is written, and the text without its byte order mark."""
    text = sniffed(data[:4096], encoding, name)
    try:
        return text, data[len(text.bom) :].decode(text.encoding)
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        likely = guess_encoding(data)
        raise InputError(
            f"{name}:{line}: not {text.encoding.upper()} (it looks like {likely}); name it: --encoding {likely}"
        ) from None


def xml(data: bytes, name: str) -> etree._Element:
    """The root. Entities that the file declares are refused, nothing is fetched, depth and size are
    bounded by libxml2 (256 levels, 10 MB of one text)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as wrong:
        raise InputError(f"{name}:{wrong.lineno or 1}: not valid XML: {wrong.msg}") from None
    except ValueError as wrong:
        raise InputError(f"{name}: not valid XML: {wrong}") from None
    dtd = root.getroottree().docinfo.internalDTD
    if next(root.iter(etree.Entity), None) is not None or (dtd is not None and any(True for _ in dtd.iterentities())):
        raise InputError(f"{name}: the file declares XML entities; write their text out")
    return root


def xml_bytes(root: etree._Element, like: bytes) -> bytes:
    """With the declaration, encoding and last line break that the file had."""
    tree = root.getroottree()
    made = etree.tostring(tree, encoding=tree.docinfo.encoding or "utf-8", xml_declaration=False)
    head = like[:3] if like.startswith(b"\xef\xbb\xbf") else b""
    start = like.find(b"<?xml")
    if 0 <= start <= 4 and not like.startswith((b"\xff\xfe", b"\xfe\xff")):
        end = like.find(b"?>", start) + 2
        after = like[end : end + len(like[end:]) - len(like[end:].lstrip())]
        made = like[start:end] + after + made
    elif like.startswith((b"\xff\xfe", b"\xfe\xff")):
        return etree.tostring(tree, encoding="utf-16", xml_declaration=True)
    tail = like[len(like.rstrip()) :]
    return head + made.rstrip() + tail


class Package(NamedTuple):
    """A zip of documents in memory: its own bytes and the list of its members."""

    data: bytes
    members: tuple[zipfile.ZipInfo, ...]
    name: str

    def names(self) -> list[str]:
        return [member.filename for member in self.members]

    def read(self, member: str) -> bytes:
        """At most what its entry promises, which `package` has bounded."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as held, held.open(member) as file:
                size = held.getinfo(member).file_size
                data = file.read(size + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as wrong:
            raise InputError(f"{self.name}: its part {member} cannot be read: {wrong}") from None
        if len(data) > size:
            raise InputError(f"{self.name}: its part {member} is larger than it says; the file is not to be trusted")
        return data

    def replaced(self, parts: dict[str, bytes]) -> bytes:
        """The package with other bytes for some members, in the old order; as it was when none differ."""
        if not parts:
            return self.data
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.data)) as held, zipfile.ZipFile(out, "w") as made:
            for member in self.members:
                info = zipfile.ZipInfo(member.filename, member.date_time)
                info.compress_type, info.external_attr = member.compress_type, member.external_attr
                info.create_system = member.create_system
                made.writestr(info, parts.get(member.filename) or held.read(member))
        return out.getvalue()


def package(data: bytes, name: str) -> Package:
    """InputError for a bomb, a locked or broken zip, doubled names, or names that leave the folder."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            members = tuple(held.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as wrong:
        raise InputError(f"{name}: not a whole zip package: {wrong}") from None
    if len(members) > MEMBERS:
        raise InputError(f"{name}: {len(members)} parts; more than {MEMBERS} is no document")
    if sum(member.file_size for member in members) > LARGEST:
        raise InputError(f"{name}: unpacks to more than {LARGEST // 1_000_000} MB; it is not read")
    names = set()
    for member in members:
        where = member.filename
        if where.startswith(("/", "\\")) or ".." in where.replace("\\", "/").split("/") or ":" in where.split("/")[0]:
            raise InputError(f"{name}: a part is called {where!a}, outside the package; it is not read")
        if where in names:
            raise InputError(f"{name}: two parts are called {where!a}; save it anew")
        names.add(where)
        if member.flag_bits & 1:
            raise InputError(f"{name}: it is locked with a password; save it without one")
        if member.file_size > MEMBER or (
            member.file_size > 1_000_000 and member.file_size > RATIO * max(1, member.compress_size)
        ):
            raise InputError(f"{name}: its part {where!a} unpacks to {member.file_size:,} bytes; it is not read")
    return Package(data, members, name)
