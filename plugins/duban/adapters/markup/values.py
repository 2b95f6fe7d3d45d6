"""What formulas showed: openpyxl writes a formula without its value, and previews and phones would show a blank."""

import re
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from duban.core.sheets import CellValue, RawSheet

_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>(<f[^>]*>[^<]*</f>)<v\s*(?:/>|></v>)</c>')
_TYPE = re.compile(rb'\st="[^"]*"')


def with_values(part: bytes, sheet: RawSheet, *, epoch: datetime) -> bytes:
    """The XML of a sheet with the value beside each formula that had one; `epoch` is the workbook's day nought."""

    def filled(found: re.Match[bytes]) -> bytes:
        shown = _shown(_value(sheet, *found.group(1, 2)), epoch)
        if shown is None:
            return found[0]
        kind, text = shown
        attributes = _TYPE.sub(b"", found[3]) + kind
        return b'<c r="%b%b"%b>%b<v>%b</v></c>' % (found[1], found[2], attributes, found[4], text)

    return _FORMULA.sub(filled, part)


def _value(sheet: RawSheet, letters: bytes, digits: bytes) -> CellValue:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    row = int(digits) - 1
    line = sheet.rows[row] if row < len(sheet.rows) else ()
    return line[column - 1] if column <= len(line) else None


def _shown(value: CellValue, epoch: datetime) -> tuple[bytes, bytes] | None:
    """The attribute that names the type of a value, and its text."""
    from openpyxl.utils.datetime import to_excel

    match value:
        case None:
            return None
        case bool():
            return b' t="b"', str(int(value)).encode()
        case str():
            return b' t="str"', escape(value).encode("utf-8", "replace")
        case int() | float():
            return b"", repr(value).encode()
        case datetime() | date() | time() | timedelta():
            return b"", repr(to_excel(value, epoch)).encode()  # type: ignore[no-untyped-call]  # openpyxl's stubs
