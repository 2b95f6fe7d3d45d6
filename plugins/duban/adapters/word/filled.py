"""A base document that was filled in: its parts, and the roots of those that print text."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lxml import etree

from duban.adapters.word.base import describe
from duban.core.zips import packed

if TYPE_CHECKING:
    from datetime import datetime

    from docx.document import Document
    from docx.oxml.coreprops import CT_CoreProperties

BODY = "word/document.xml"
PROPERTIES = "docProps/core.xml"
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")


@dataclass(frozen=True, slots=True)
class Filled:
    """`parts` by name as they stand; `stories` are the roots of the text parts, in the order in which they are read.

    Whoever changes a root changes the paper; those named in `constant` stay as their part stands.
    """

    parts: Mapping[str, bytes]
    stories: Mapping[str, etree._Element]
    constant: frozenset[str] = frozenset()

    @property
    def body(self) -> etree._Element:
        """The root of the main text."""
        return self.stories[BODY]

    def package(self, *, title: str, author: str, created: "datetime") -> bytes:
        """The .docx with these properties; the same always gives the same bytes."""
        written = {name: serialised(root) for name, root in self.stories.items() if name not in self.constant}
        properties = _properties(self.parts[PROPERTIES], title=title, author=author, created=created)
        return packed({**self.parts, **written, PROPERTIES: properties})


def serialised(root: etree._Element) -> bytes:
    """A part's bytes, as python-docx writes them."""
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def parts_of(document: "Document") -> Mapping[str, bytes]:
    """The parts of a document by name, as python-docx writes them."""
    package = io.BytesIO()
    document.save(package)
    with zipfile.ZipFile(package) as saved:
        return {name: saved.read(name) for name in saved.namelist()}


def stories_of(parts: Mapping[str, bytes]) -> Mapping[str, etree._Element]:
    """The roots of the text parts in the order in which they are read."""
    return {name: etree.fromstring(parts[name]) for name in sorted(parts) if TEXT_PARTS.fullmatch(name)}


def _properties(part: bytes, *, title: str, author: str, created: "datetime") -> bytes:
    from docx.opc.coreprops import CoreProperties
    from docx.oxml import parse_xml

    root = cast("CT_CoreProperties", parse_xml(part))
    properties = CoreProperties(root)
    describe(properties, title=title, author=author, created=created)
    properties.identifier = properties.language = ""  # as docxtpl leaves them
    return serialised(root)
