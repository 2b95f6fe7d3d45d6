"""The gate before the parser: what the zip itself gives away (faults.md §3.0, steps 4 and 5)."""

import warnings
import zipfile
from io import BytesIO

import pytest

from duban.adapters.workbook import limits, texts
from duban.adapters.workbook.parts import repack, unpack
from duban.core.errors import UnreadableReturnError
from fakes.workbooks import SHEET_PART, cell, ods, row, xlsb, xlsx, xlsx_parts, zipped

ROWS = row(1, cell("A1", "甲"))


def refusal(content: bytes) -> UnreadableReturnError:
    with pytest.raises(UnreadableReturnError) as refused:
        unpack(content)
    return refused.value


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped({**xlsx_parts(ROWS), name: content})


def flipped(content: bytes, place: bytes) -> bytes:
    """The first byte after `place` changed."""
    at = content.index(place) + len(place)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("content", "container"),
    [
        (xlsx(ROWS), "xlsx"),
        (with_part("xl/vbaProject.bin", b"macro"), "xlsm"),
        (xlsb("甲", {(0, 0): "甲"}), "xlsb"),
        (ods(""), "ods"),
        (zipped({name.replace("/", "\\"): part for name, part in xlsx_parts(ROWS).items()}), "xlsx"),
    ],
)
def test_the_container_is_told_by_the_parts(content: bytes, container: str) -> None:
    """Macros are noted and never run; backslashes in names are forgiven (B-11, B-12, B-31)."""
    assert unpack(content).container == container


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (xlsx(ROWS)[:-10], texts.DAMAGED),
        (xlsx(ROWS)[:400], texts.DAMAGED),
        (with_part("XL/Workbook.xml", "<x/>"), texts.SUSPICIOUS_PARTS),
        (with_part("../../etc/passwd", "x"), texts.SUSPICIOUS_PARTS),
        (with_part("/etc/passwd", "x"), texts.SUSPICIOUS_PARTS),
        (with_part("C:\\x", "x"), texts.SUSPICIOUS_PARTS),
        (with_part("xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'), texts.ENTITIES),
        (with_part("xl/sharedStrings.xml", "<!DOCTYPE x><sst/>".encode("utf-16")), texts.ENTITIES),
        (zipped({"word/document.xml": "<w/>"}), texts.WORD),
        (zipped({"ppt/presentation.xml": "<p/>"}), texts.SLIDES),
        (zipped({"照片.jpg": b"x"}), texts.COMPRESSED),
    ],
)
def test_a_zip_that_is_no_sound_workbook_is_refused_and_named(content: bytes, found: str) -> None:
    """F01 (B-2, B-21, B-22, B-23, B-30, B-35)."""
    refused = refusal(content)
    assert (refused.code, refused.found) == ("F01", found)


def test_a_flipped_byte_in_a_part_that_nobody_reads_damages_the_file() -> None:
    """B-3: the checksum of every part counts."""
    stored = repack({**{name: str(part).encode() for name, part in xlsx_parts(ROWS).items()}, "xl/theme.xml": b"12345"})
    assert refusal(flipped(stored, b"1234")).found == texts.DAMAGED


def test_two_parts_of_one_name_are_one_too_many() -> None:
    """B-30."""
    packed = BytesIO(xlsx(ROWS))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(SHEET_PART, "<worksheet/>")
    assert refusal(packed.getvalue()).found == texts.SUSPICIOUS_PARTS


def test_an_encrypted_part_means_a_password() -> None:
    """The flag is in both headers of the zip."""
    content = bytearray(xlsx(ROWS))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert refusal(bytes(content)).found == texts.PASSWORD


@pytest.mark.parametrize(
    "content",
    [
        with_part("xl/sharedStrings.xml", b"a" * (limits.RATIO_MATTERS_FROM + 1)),
        zipped({**xlsx_parts(ROWS), **{f"xl/media/{number}.bin": b"" for number in range(limits.MOST_PARTS)}}),
    ],
    ids=["squeezed too far", "too many parts"],
)
def test_a_bomb_is_too_large(content: bytes) -> None:
    """F08 (B-13, B-14)."""
    assert refusal(content).code == "F08"


def test_unpacked_bytes_are_counted_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """F08 over all parts together, whatever their headers say."""
    content = xlsx(ROWS)
    unpacked = sum(map(len, unpack(content).contents.values()))
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", unpacked)
    unpack(content)
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", unpacked - 1)
    assert refusal(content).code == "F08"
