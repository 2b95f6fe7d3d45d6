"""What the parser does not tell of an .xls (BIFF8): seen in the records of its stream, as [MS-XLS] has them."""

import io
import struct
from collections.abc import Iterator

import olefile

from duban.adapters.workbook import limits
from duban.adapters.workbook.marks import Marks, Noted

_STREAM = "Workbook"
_HEAD = struct.Struct("<HH")  # a record's type and length
_CELL = struct.Struct("<HHH")  # row, column, format
_ROW = struct.Struct("<HHHHHHH")  # row, first and last column, height, two unused, options
_COLUMNS = struct.Struct("<HHHHH")  # first and last column, width, format, options
_SHEET = struct.Struct("<IBBBB")  # place of its records, visibility, kind, length of its name, whether in UTF-16
_BOF, _EOF, _BOUNDSHEET, _COLINFO, _ROWS, _BOOLERR, _FORMULA = 0x0809, 0x0A, 0x85, 0x7D, 0x0208, 0x0205, 0x06
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

Record = tuple[int, bytes]


def survey_xls(content: bytes) -> dict[str, Marks]:
    """The marks of each sheet by its name; none of what has no sound stream of records."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            stream = container.openstream(_STREAM).read()
        return {name: _marks(stream, place) for name, place in _sheets(stream)}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the parser found the file sound; what trips over it here has nothing to tell
        return {}


def _records(stream: bytes, place: int) -> Iterator[Record]:
    """The records of the sheet that begins at `place`; those of charts within it are left out."""
    depth = 0
    while place + _HEAD.size <= len(stream):
        kind, length = _HEAD.unpack_from(stream, place)
        place += _HEAD.size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[place : place + length]
        place += length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """The name of each sheet, and where its records begin."""
    for kind, content in _records(stream, 0):
        if kind == _BOUNDSHEET:
            place, _visible, _kind, length, wide = _SHEET.unpack_from(content)
            name = content[_SHEET.size : _SHEET.size + length * (1 + (wide & 1))]
            yield name.decode("utf-16-le" if wide & 1 else "latin-1"), place


class _Sheet(Noted):
    """A sheet as far as its records have been read."""

    def take(self, kind: int, content: bytes) -> None:
        if kind == _ROWS:
            row, *_, options = _ROW.unpack_from(content)
            if options & _ROW_HIDDEN:
                self.hidden_rows.add(row)
        elif kind == _COLINFO:
            first, last, _width, _format, options = _COLUMNS.unpack_from(content)
            if options & _COLUMN_HIDDEN:
                self.hidden_columns.update(range(first, min(last + 1, limits.LAST_COLUMN)))
        elif kind in (_BOOLERR, _FORMULA) and (error := _error(kind, content)) is not None:
            row, column, _format = _CELL.unpack_from(content)
            self.faults[row, column] = _ERRORS.get(error, "#N/A")


def _error(kind: int, content: bytes) -> int | None:
    """The error that a cell holds: by itself, or as what its formula came to; None where it holds none."""
    value = content[_CELL.size :]
    if kind == _BOOLERR:
        return value[0] if value[1] else None
    return value[2] if value[0] == 2 and value[6:8] == b"\xff\xff" else None


def _marks(stream: bytes, place: int) -> Marks:
    sheet = _Sheet()
    for kind, content in _records(stream, place):
        sheet.take(kind, content)
    return sheet.marks()
