"""The gate before any parser: the parts of a zip, read once within bounds (faults.md §3.0, steps 4 and 5)."""

import io
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile, ZipInfo

from duban.adapters.workbook import limits, texts
from duban.adapters.workbook.texts import too_large, unreadable

_ENCRYPTED = 0x1
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, UnicodeDecodeError, ValueError)
_MARKUP = (".xml", ".rels", ".vml")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_FOREIGN = {
    "word/document.xml": texts.WORD,
    "ppt/presentation.xml": texts.SLIDES,
    "xl/workbook.xml": texts.DAMAGED,
    "content.xml": texts.OTHER_OFFICE,
    "[content_types].xml": texts.OTHER_OFFICE,
}
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Parts:
    """An unpacked workbook: `container` as returns.md names it, `contents` by name in lower case with slashes."""

    container: str
    contents: Mapping[str, bytes]


def unpack(content: bytes) -> Parts:
    """Read every part of a zip; raises UnreadableReturnError, F08 for what is too large and F01 for all else."""
    contents = {}
    unpacked = 0
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            for entry in entries:
                name = _normalised(entry.filename)
                contents[name] = _read(archive, entry, limits.LARGEST_UNPACKED - unpacked)
                unpacked += len(contents[name])
                _check_markup(name, contents[name])
    except _BROKEN as error:
        raise unreadable(texts.DAMAGED) from error
    return Parts(_container(contents), contents)


def repack(contents: Mapping[str, bytes]) -> bytes:
    """The same parts as a zip again, uncompressed."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _normalised(name: str) -> str:
    """Names as parsers compare them: some writers use backslashes, and case does not count."""
    return name.replace("\\", "/").lower()


def _check_directory(entries: list[ZipInfo]) -> None:
    if len(entries) > limits.MOST_PARTS:
        raise too_large(texts.TOO_MANY_PARTS.format(count=len(entries), limit=limits.MOST_PARTS))
    names = Counter(_normalised(entry.filename) for entry in entries)
    if any(count > 1 for count in names.values()) or any(_escapes(name) for name in names):
        raise unreadable(texts.SUSPICIOUS_PARTS)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise unreadable(texts.PASSWORD)


def _escapes(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or re.match("[a-z]:", name) is not None


def _read(archive: ZipFile, entry: ZipInfo, room: int) -> bytes:
    """One part, its checksum verified. What its header says of its size is not believed."""
    with archive.open(entry) as stream:
        content = stream.read(room + 1)
    if len(content) > room:
        raise too_large(texts.UNPACKS_TOO_BIG.format(limit=limits.LARGEST_UNPACKED // limits.MEGABYTE))
    steep = len(content) > limits.STEEPEST_RATIO * max(entry.compress_size, 1)
    if steep and len(content) > limits.RATIO_MATTERS_FROM:
        raise too_large(texts.BOMB.format(limit=limits.STEEPEST_RATIO))
    return content


def _check_markup(name: str, content: bytes) -> None:
    """Workbooks need no entities; whoever declares some is up to something (B-21, B-22, B-23)."""
    if not name.endswith(_MARKUP):
        return
    if content.startswith(_UTF16):
        content = content.replace(b"\0", b"")
    if b"<!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise unreadable(texts.ENTITIES)


def _container(contents: Mapping[str, bytes]) -> str:
    if "xl/workbook.bin" in contents:
        return "xlsb"
    if "xl/workbook.xml" in contents:
        macros = "xl/vbaproject.bin" in contents or b"macroEnabled" in contents.get("[content_types].xml", b"")
        return "xlsm" if macros else "xlsx"
    if contents.get("mimetype", b"").startswith(_SPREADSHEET):
        return "ods"
    found = next((text for name, text in _FOREIGN.items() if name in contents), texts.COMPRESSED)
    raise unreadable(found)
