"""What a file is, told by its content (returns.md, F01; faults.md B-1 … B-12)."""

import pytest

from duban.adapters.workbook import texts
from duban.adapters.workbook.sniff import Wrapping, wrapping
from duban.core.errors import UnreadableReturnError

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    return OLE2 + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "layer"),
    [
        (b"PK\x03\x04...", Wrapping.ZIP),
        (stream("Workbook"), Wrapping.OLE2),
        (stream("Book"), Wrapping.OLE2),
        ("序号,小区编号".encode("gbk"), Wrapping.TEXT),
        (b"a < b, c > d", Wrapping.TEXT),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content: bytes, layer: Wrapping) -> None:
    """Zip, OLE2 or text; no name is asked."""
    assert wrapping(content) is layer


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", texts.EMPTY),
        (stream("EncryptedPackage"), texts.PASSWORD),
        (stream("WordDocument"), texts.WORD),
        (stream("PowerPoint Document"), texts.SLIDES),
        (OLE2, texts.DAMAGED),
        (b"\xef\xbb\xbf \n<html><table><tr><td>1", texts.WEB_PAGE),
        ("<!DOCTYPE HTML><html>".encode("utf-16"), texts.WEB_PAGE),
        (b"<table border=1><tr>", texts.WEB_PAGE),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<html", texts.WEB_PAGE),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook', texts.XML_TABLE),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', texts.XML_TABLE),
        (b'<?xml version="1.0"?><note/>', texts.XML),
        (b"%PDF-1.7", texts.PDF),
        (b"\x89PNG\r\n", texts.PICTURE),
        (b"\xff\xd8\xff\xe0", texts.PICTURE),
        (b"Rar!\x1a", texts.COMPRESSED),
        (b"{\\rtf1", texts.WORD),
        (b"PK\x05\x06" + bytes(18), texts.DAMAGED),
    ],
)
def test_what_cannot_be_a_workbook_is_called_by_its_name(content: bytes, found: str) -> None:
    """F01, and the clerk is told what was sent instead (B-1, B-4, B-6, B-7)."""
    with pytest.raises(UnreadableReturnError) as refused:
        wrapping(content)
    assert (refused.value.code, refused.value.found) == ("F01", found)
