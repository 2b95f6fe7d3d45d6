"""What a file is, told by its content. Its name proves nothing (returns.md)."""

from enum import Enum, auto

from duban.adapters.workbook import texts
from duban.adapters.workbook.texts import unreadable

HEAD = 4096


class Wrapping(Enum):
    """The outermost layer of a file that may hold a workbook."""

    ZIP = auto()  # .xlsx .xlsm .xlsb .ods
    OLE2 = auto()  # .xls
    TEXT = auto()  # .csv


_ZIP = b"PK\x03\x04"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"%PDF": texts.PDF,
    b"PK\x05\x06": texts.DAMAGED,
    b"Rar!": texts.COMPRESSED,
    b"7z\xbc\xaf": texts.COMPRESSED,
    b"\x1f\x8b": texts.COMPRESSED,
    b"\xff\xd8\xff": texts.PICTURE,
    b"\x89PNG": texts.PICTURE,
    b"GIF8": texts.PICTURE,
    b"{\\rtf": texts.WORD,
}
_WEB_PAGE = ("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "mime-version:")
_XML_TABLE = ("urn:schemas-microsoft-com:office:spreadsheet", 'progid="excel.sheet"')


def wrapping(content: bytes) -> Wrapping:
    """The outermost layer of `content`; raises UnreadableReturnError (F01) for what cannot be a workbook."""
    if not content:
        raise unreadable(texts.EMPTY)
    if content.startswith(_ZIP):
        return Wrapping.ZIP
    if content.startswith(_OLE2):
        _refuse_other_ole2(content)
        return Wrapping.OLE2
    _refuse_foreign(content)
    return Wrapping.TEXT


def _refuse_other_ole2(content: bytes) -> None:
    """Streams of an OLE2 file are told by their names, which stand in it as UTF-16."""
    if _stream(content, "EncryptedPackage"):
        raise unreadable(texts.PASSWORD)
    if _stream(content, "Workbook") or _stream(content, "Book"):
        return
    if _stream(content, "WordDocument"):
        raise unreadable(texts.WORD)
    if _stream(content, "PowerPoint Document"):
        raise unreadable(texts.SLIDES)
    raise unreadable(texts.DAMAGED)


def _stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _refuse_foreign(content: bytes) -> None:
    for magic, found in _FOREIGN.items():
        if content.startswith(magic):
            raise unreadable(found)
    head = _head(content)
    if any(mark in head for mark in _XML_TABLE):
        raise unreadable(texts.XML_TABLE)
    if head.startswith(("<", "mime-version:")) and any(mark in head for mark in _WEB_PAGE):
        raise unreadable(texts.WEB_PAGE)
    if head.startswith("<?xml"):
        raise unreadable(texts.XML)


def _head(content: bytes) -> str:
    """The beginning in lower case, good enough to recognise markup in any encoding."""
    head = content[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip().lower()
