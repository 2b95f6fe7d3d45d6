"""Tables as text: .csv in the encodings and with the separators that offices use (returns.md; B-47 … B-61)."""

import codecs
import csv
import io
from collections import Counter

from duban.adapters.workbook import limits, texts
from duban.adapters.workbook.texts import too_large, unreadable
from duban.core.sheets import CellValue, RawBook, RawSheet

SEPARATORS = ("\t", ",", ";", "，")
SAMPLE_LINES = 20
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BYTE_ORDERS = ("utf-16-le", "utf-16-be")
_LINE_ENDS = ("\n", "\r")
_FEW_BYTES = 6
_FEWEST_COLUMNS = 3
"""No table of the form has fewer; prose has commas too."""


def read_separated(content: bytes) -> RawBook:
    """A text file as a book of one unnamed sheet of texts; raises UnreadableReturnError (F01, F08)."""
    text = _decoded(content)
    if not text.strip():
        raise unreadable(texts.BLANK_TEXT)
    if "\0" in text:
        raise unreadable(texts.ZERO_CHARACTERS)
    separator = _separator(text)
    csv.field_size_limit(limits.LONGEST_FIELD)
    rows: list[tuple[CellValue, ...]] = []
    counts: list[int] = []
    filled = 0
    try:
        for fields in csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True):
            counts.append(len(fields))
            rows.append(_row(fields))
            filled += bool(rows[-1])
            if filled > limits.MOST_LINES:
                raise too_large(texts.TOO_MANY_ROWS.format(sheet="csv", limit=limits.MOST_LINES))
    except csv.Error as error:
        raise unreadable(texts.QUOTES) from error
    return RawBook("csv", (RawSheet("", tuple(rows), fields=tuple(counts)),))


def _decoded(content: bytes) -> str:
    """The text by its byte order mark, else as UTF-16 where that is plain to see, UTF-8, GB18030; never a guess."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding, texts.ENCODING)
    if b"\0" in content:
        return _bare_utf16(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if any(_surely_utf8(line) for line in content.splitlines()):
            raise unreadable(texts.ENCODING) from None
        return _strictly(content, "gb18030", texts.UNKNOWN)


def _strictly(content: bytes, encoding: str, found: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable(found) from error


def _bare_utf16(content: bytes) -> str:
    """UTF-16 without a mark, in the byte order in which more of it is line ends and separators.

    In the wrong order these are rare characters, and what looks like them is: 开 (U+5F00) has a zero byte too.
    """
    read = [text for encoding in _BYTE_ORDERS if (text := _perhaps(content, encoding))]
    text = max(read, key=_structure, default="")
    if "\0" in text or not any(end in text for end in _LINE_ENDS):
        raise unreadable(texts.UNKNOWN)
    return text


def _perhaps(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _structure(text: str) -> int:
    return sum(map(text.count, (*_LINE_ENDS, *SEPARATORS)))


def _surely_utf8(line: bytes) -> bool:
    """Whether a line is UTF-8 and not GB18030 that happens to look so, which long runs never do (B-51)."""
    if sum(byte > 0x7F for byte in line) < _FEW_BYTES:
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: str) -> str:
    """The separator that cuts most of the first lines into the most fields."""
    lines = [line for line in text[: limits.MEGABYTE].splitlines() if line.strip()][:SAMPLE_LINES]
    widths = {separator: _usual_width(lines, separator) for separator in SEPARATORS}
    separator = max(SEPARATORS, key=lambda separator: widths[separator])
    if widths[separator] < _FEWEST_COLUMNS:
        raise unreadable(texts.NOT_A_TABLE, prose=True)
    return separator


def _usual_width(lines: list[str], separator: str) -> int:
    """The commonest number of fields above one; titles and notes have one."""
    widths = Counter(width for line in lines if (width := line.count(separator) + 1) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def _row(fields: list[str]) -> tuple[CellValue, ...]:
    while fields and not fields[-1]:
        fields.pop()
    return tuple(field or None for field in fields)
