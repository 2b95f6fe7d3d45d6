"""Workbooks made by hand, part by part, where no library would write such a thing."""

import io
import struct
import zipfile
from collections.abc import Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
SHEET = "工作台账"
SHEET_PART = "xl/worksheets/sheet1.xml"


def xlsx_parts(rows: str, *, before: str = "", workbook: str = "") -> dict[str, str | bytes]:
    """The parts of an .xlsx with one sheet; `rows` stands in its sheetData, `before` in front of that."""
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
            f'<Override PartName="/{SHEET_PART}" ContentType="{_CONTENT}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_RELATION}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">{workbook}'
            f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATION}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        SHEET_PART: f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>',
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a compressed zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def xlsx(rows: str, *, before: str = "", workbook: str = "") -> bytes:
    """A whole .xlsx with these rows."""
    return zipped(xlsx_parts(rows, before=before, workbook=workbook))


def cell(reference: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def ods(rows: str) -> bytes:
    """A whole .ods with one sheet."""
    return ods_book({SHEET: rows})


def ods_book(sheets: Mapping[str, str]) -> bytes:
    """A whole .ods, the rows of its sheets by their names."""
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry '
            'm:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{_OFFICE}" xmlns:table="{_TABLE}" xmlns:text="{_TEXT}">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return packed.getvalue()


def ods_cell(text: str) -> str:
    """A cell of an .ods."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_gap(*, rows: int = 0, columns: int = 0) -> str:
    """So many blank rows or, within a row, blank cells."""
    if rows:
        return f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell/></table:table-row>'
    return f'<table:table-cell table:number-columns-repeated="{columns}"/>'


Cells = Mapping[tuple[int, int], str | float]


def xlsb(name: str, cells: Cells) -> bytes:
    """A whole .xlsb with one sheet; cells by row and column from 0, in that order."""
    return xlsb_book({name: cells})


def xlsb_book(sheets: Mapping[str, Cells]) -> bytes:
    """A whole .xlsb, the cells of its sheets by their names."""
    numbered = list(enumerate(sheets, 1))
    bundles = [_record(156, struct.pack("<II", 0, n) + _wide(f"rId{n}") + _wide(name)) for n, name in numbered]
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n, _ in numbered
    )
    return zipped({
        "xl/workbook.bin": _record(131) + _record(143) + b"".join(bundles) + _record(144) + _record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        **{f"xl/worksheets/sheet{n}.bin": _binary_sheet(sheets[name]) for n, name in numbered},
    })


def _binary_sheet(cells: Cells) -> bytes:
    lines, columns = zip(*cells, strict=True)
    extent = struct.pack("<IIII", min(lines), max(lines), min(columns), max(columns))
    sheet = _record(129) + _record(148, extent) + _record(145)
    for line in sorted(set(lines)):
        sheet += _record(0, struct.pack("<I", line) + bytes(13))
        for (_, column), value in sorted(item for item in cells.items() if item[0][0] == line):
            head = struct.pack("<II", column, 0)
            if isinstance(value, str):
                sheet += _record(6, head + _wide(value))
            else:
                sheet += _record(5, head + struct.pack("<d", value))
    return sheet + _record(146) + _record(130)


def _record(kind: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook: its type and length in groups of seven bits, then its content."""
    return _groups_of_seven(kind) + _groups_of_seven(len(content)) + content


def _groups_of_seven(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
