"""A base document that was filled in: its main text, its other parts ready to be packed, and what it says."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, cast

from lxml import etree

from duban.adapters.word.base import describe
from duban.core.packing import PAPERS
from duban.core.zips import Entry, entry, streamed, zipped

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.coreprops import CT_CoreProperties

    from duban.adapters.word.transcript import Transcript

BODY = "word/document.xml"
PROPERTIES = "docProps/core.xml"
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
LONGEST_PROPERTY = 255
# Stand-ins, as no property of a paper reads.
_TITLE, _AUTHOR, _CREATED = "\ufdd0", "\ufdd1", datetime(1980, 1, 1, tzinfo=UTC)
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Filled:
    """`main` gives the main text as it stands in the file, piece after piece, `entries` are the other parts but the
    properties. A long annex is never there as a whole: it is filled in while it is packed, each time it is asked for.

    `says` gives the transcript of body, headers and footers, in the order in which they are read.
    """

    entries: Mapping[str, Entry]
    main: Callable[[], Iterable[bytes]]
    properties: "Properties"
    says: "Callable[[], Transcript]"

    @property
    def body(self) -> bytes:
        """The main text as a whole; raises jinja2's TemplateError."""
        return b"".join(self.main())

    def package(self, *, title: str, author: str, created: datetime) -> bytes:
        """The .docx with these properties; the same always gives the same bytes.

        Raises jinja2's TemplateError.
        """
        properties = self.properties.written(title=title, author=author, created=created)
        return zipped((
            *self.entries.values(),
            streamed(BODY, self.main(), PAPERS),
            entry(PROPERTIES, properties, PAPERS),
        ))


class Properties:
    """The core properties of a base document, to be filled in like its text."""

    def __init__(self, part: bytes) -> None:
        self._part = part

    def written(self, *, title: str, author: str, created: datetime) -> bytes:
        """The part with these properties. Raises ValueError for one that is longer than Word reads."""
        if max(len(title), len(author)) > LONGEST_PROPERTY:
            raise ValueError(f"a property of a document has at most {LONGEST_PROPERTY} characters: {title}, {author}")
        values = {
            "title": escape(title, quote=False),
            "author": escape(author, quote=False),
            "moment": created.astimezone(UTC).strftime(_MOMENT),
        }
        return (self._form % values).encode()

    @cached_property
    def _form(self) -> str:
        """The part with a place for each of them."""
        form = described(self._part, title=_TITLE, author=_AUTHOR, created=_CREATED).decode().replace("%", "%%")
        places = {_TITLE: "%(title)s", _AUTHOR: "%(author)s", _CREATED.strftime(_MOMENT): "%(moment)s"}
        for stand_in, place in places.items():
            form = form.replace(stand_in, place)
        return form


def described(part: bytes, *, title: str, author: str, created: datetime) -> bytes:
    """The part of the core properties as python-docx writes it, with these."""
    from docx.opc.coreprops import CoreProperties
    from docx.oxml import parse_xml

    root = cast("CT_CoreProperties", parse_xml(part))
    properties = CoreProperties(root)
    describe(properties, title=title, author=author, created=created)
    properties.identifier = properties.language = ""  # as docxtpl leaves them
    return serialised(root)


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
