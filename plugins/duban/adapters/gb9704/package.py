"""Opening a foreign .docx within bounds: no entity, no network, no bomb; what cannot be read is a UserError."""

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704.xml import Element, children
from duban.core.errors import UsageError

MEGABYTE = 1 << 20
LARGEST_FILE = 50 * MEGABYTE
LARGEST_PART = 40 * MEGABYTE
LARGEST_UNPACKED = 120 * MEGABYTE
MOST_PARTS = 3_000
STEEPEST_RATIO = 300
RATIO_MATTERS_FROM = 5 * MEGABYTE
"""A small part may be packed as tightly as it likes: empty rows are."""

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1
_MARKUP = (".xml", ".rels")
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_MAIN = "/officeDocument"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""Namespaces of Strict files, read as the transitional ones."""


@dataclass(frozen=True)
class Relation:
    """One line of a .rels part; `target` is a part's name, or an address outside the package."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """A .docx taken apart: `markup` holds its XML parts by name, `names` all parts, `dates` of the zip's entries."""

    markup: Mapping[str, Element]
    names: frozenset[str]
    content: bytes

    @cached_property
    def main(self) -> str:
        """The name of the document's main part."""
        for relation in self.relations(""):
            if relation.type.endswith(_MAIN) and relation.target in self.markup:
                return relation.target
        raise UsageError(texts.NOT_WORD)

    def relations(self, part: str) -> list[Relation]:
        """The relations of a part; the empty name is the package itself."""
        root = self.markup.get(join(dirname(part), "_rels", part.rsplit("/", 1)[-1] + ".rels"))
        return [_relation(part, line) for line in children(root, "pr:Relationship")]

    def related(self, part: str, kind: str) -> str | None:
        """The part of a kind (`styles`) that `part` refers to."""
        found = (line.target for line in self.relations(part) if line.type.rsplit("/", 1)[-1] == kind)
        return next((target for target in found if target in self.markup), None)


def _relation(part: str, line: Element) -> Relation:
    target, external = line.get("Target", ""), line.get("TargetMode") == "External"
    if not external:
        target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
    return Relation(line.get("Id", ""), line.get("Type", ""), target, external)


def open_package(content: bytes) -> Package:
    """Take a .docx apart; raises UsageError, in Chinese, for anything that is none or goes beyond the bounds."""
    if len(content) > LARGEST_FILE:
        raise UsageError(texts.TOO_LARGE.format(limit=LARGEST_FILE // MEGABYTE))
    if content.startswith(_OLD_WORD):
        raise UsageError(texts.OLD_WORD)
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            parts = _unpack(archive, entries)
    except _BROKEN as error:
        raise UsageError(texts.DAMAGED) from error
    markup = {name: _parse(name, part) for name, part in parts.items()}
    package = Package(markup, frozenset(entry.filename for entry in entries), content)
    if not package.markup[package.main].tag.endswith("}document"):
        raise UsageError(texts.NOT_WORD)
    return package


def _check_directory(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise UsageError(texts.TOO_MANY_PARTS.format(limit=MOST_PARTS))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UsageError(texts.PASSWORD)
    names = {entry.filename.lower() for entry in entries}
    if len(names) < len(entries):
        raise UsageError(texts.DAMAGED)


def _unpack(archive: ZipFile, entries: list[ZipInfo]) -> dict[str, bytes]:
    """The XML parts; pictures and other parts are never unpacked."""
    parts: dict[str, bytes] = {}
    room = LARGEST_UNPACKED
    for entry in entries:
        if entry.filename.lower().endswith(_MARKUP):
            parts[entry.filename] = _read(archive, entry, min(room, LARGEST_PART))
            room -= len(parts[entry.filename])
    return parts


def _read(archive: ZipFile, entry: ZipInfo, room: int) -> bytes:
    """One part; what its header says of its size is not believed."""
    with archive.open(entry) as stream:
        part = stream.read(room + 1)
    steep = len(part) > STEEPEST_RATIO * max(entry.compress_size, 1)
    if len(part) > room or (steep and len(part) > RATIO_MATTERS_FROM):
        raise UsageError(texts.BOMB)
    return part


def _parse(name: str, part: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    for strict, transitional in _STRICT:
        part = part.replace(strict, transitional)
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(texts.BAD_MARKUP.format(part=name)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UsageError(texts.ENTITIES.format(part=name))
    return root
