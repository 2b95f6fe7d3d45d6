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
            if filled > limits.MOST_ROWS:
                raise too_large(texts.TOO_MANY_ROWS.format(sheet="csv", limit=limits.MOST_ROWS))
    except csv.Error as error:
        raise unreadable(texts.QUOTES) from error
    return RawBook("csv", (RawSheet("", tuple(rows), fields=tuple(counts)),))


def _decoded(content: bytes) -> str:
    """The text by its byte order mark, else as UTF-16 where that is plain to see, UTF-8, GB18030; never a guess."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding, texts.ENCODING)
    bare = _bare_utf16(content)
    if bare:
        return _strictly(content, bare, texts.UNKNOWN)
    if b"\0" in content:
        raise unreadable(texts.UNKNOWN)
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


def _bare_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark: half of every line end is a zero byte, and zero bytes stand always on the same side."""
    sample = content[: limits.MEGABYTE]
    low, high = sample[::2], sample[1::2]
    if len(content) % 2 or (0 in low) == (0 in high):
        return None
    encoding = "utf-16-le" if 0 in high else "utf-16-be"
    text = sample.decode(encoding, "replace")
    return encoding if "\n" in text or "\r" in text else None


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
