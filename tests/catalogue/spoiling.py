"""Files spoiled as containers: zips, OLE2, XML parts, names (B-1 … B-46)."""

import io
import os
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalogue.case import Outcome, Send, Sent
from catalogue.making import (
    STRINGS,
    WORK,
    WORK_PART,
    edited,
    made,
    parts_of,
    replaced,
    spoiled,
    tweaked,
    xls,
    xlsx,
)
from duban.core.sheets import RawBook

NOTHING = (0, 0)
UNREADABLE: dict[str, Any] = {"fates": ("returned",), "codes": ("F01",), "rows": NOTHING}
TOO_LARGE: dict[str, Any] = {"fates": ("returned",), "codes": ("F08",), "rows": NOTHING}
RETURNED: dict[str, Any] = {"fates": ("returned",), "rows": (0, 5)}
ONE_ROW_LOST: dict[str, Any] = {"fates": ("partial",), "rows": (3, 2)}


def half(code: str) -> bytes:
    content = xlsx(made(code))
    return content[: len(content) // 2]


def wrong_checksum(code: str) -> bytes:
    """One byte flipped in a part that no table needs, with everything else in order."""
    content = bytearray(xlsx(made(code)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.getinfo("xl/theme/theme1.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    content[start + entry.compress_size // 2] ^= 0x01
    return bytes(content)


def encrypted_ole2(code: str) -> bytes:
    """A compound file with the stream that holds an encrypted .xlsx."""
    name, instead = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    content = bytearray(xls(made(code)))
    place = content.find(name)
    content[place : place + 64] = instead.ljust(64, b"\0")
    content[place + 64 : place + 66] = struct.pack("<H", len(instead) + 2)
    return bytes(content)


def encrypted_zip(code: str) -> bytes:
    """The encryption bit set in every header."""
    content = bytearray(xlsx(made(code)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def html(code: str) -> bytes:
    rows = "".join(f"<tr><td>{code}-001</td><td>紫荆小区</td><td>300</td></tr>" for _ in range(3))
    return f"<html><head><meta charset='gbk'></head><body><table>{rows}</table></body></html>".encode("gbk")


def spreadsheetml(_code: str) -> bytes:
    return (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
    )


def with_macros(code: str) -> bytes:
    return edited(xlsx(made(code)), lambda parts: parts.update({"xl/vbaProject.bin": b"\xcc\x61 macro"}))


def bomb(code: str) -> bytes:
    """A single string of 300 MB in a file of one third of a MB."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts_of(xlsx(made(code))).items():
            if name != STRINGS:
                archive.writestr(name, content)
                continue
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(content.removesuffix(b"</sst>") + b"<si><t>")
                for _ in range(300):
                    part.write(b"A" * (1 << 20))
                part.write(b"</t></si></sst>")
    return written.getvalue()


def row_bomb(parts: dict[str, bytes]) -> None:
    """A million rows of twenty cells."""
    row = b"<row>" + b"<c><v>1</v></c>" * 20 + b"</row>"
    parts[WORK_PART] = parts[WORK_PART].replace(b"</sheetData>", row * 1_000_000 + b"</sheetData>")


def with_cell(reference: str) -> Send:
    """One more value in 工作台账."""
    line = "".join(filter(str.isdigit, reference))
    added = f'<row r="{line}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    return spoiled(replaced(WORK_PART, "</sheetData>", added))


def blank_rows(parts: dict[str, bytes]) -> None:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(10, 1_000_010))
    parts[WORK_PART] = parts[WORK_PART].replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def dimension(reference: str) -> Send:
    return spoiled(replaced(WORK_PART, '<dimension ref="A1:O3"/>', f'<dimension ref="{reference}"/>'))


def declared(entities: str, *, part: str = STRINGS, use: str = "&a;") -> Send:
    """A part with a document type of its own, whose entity stands in a text."""

    def edit(parts: dict[str, bytes]) -> None:
        head, _, body = parts[part].partition(b"?>")
        parts[part] = head + f"?><!DOCTYPE x [{entities}]>".encode() + body.replace("紫荆小区".encode(), use.encode())

    return spoiled(edit)


LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def in_name(text: str) -> Send:
    """A text put into a name as the XML has it."""
    return spoiled(replaced(STRINGS, "紫荆小区", text))


def without_part(name: str) -> Send:
    def edit(parts: dict[str, bytes]) -> None:
        del parts[name]

    return spoiled(edit)


def string_index(index: str) -> Send:
    """The name of the first compound as another index into the shared strings."""

    def edit(parts: dict[str, bytes]) -> None:
        before, _, after = parts[WORK_PART].partition(b'<c r="B2" t="s"><v>')
        parts[WORK_PART] = before + b'<c r="B2" t="s"><v>' + index.encode() + after[after.index(b"</v>") :]

    return spoiled(edit)


def twice(code: str) -> bytes:
    written = io.BytesIO(xlsx(made(code)))
    with zipfile.ZipFile(written, "a") as archive:
        entry = zipfile.ZipInfo(WORK_PART.replace("sheet2", "sheet9"))
        archive.writestr(entry, b"<worksheet/>")
    return written.getvalue().replace(b"worksheets/sheet9.xml", b"worksheets/sheet2.xml")


def backslashes(code: str) -> bytes:
    """Entries named as a Windows path, which zipfile itself would not write."""
    content = xlsx(made(code))
    for name in parts_of(content):
        content = content.replace(name.encode(), name.replace("/", "\\").encode())
    return content


def strict(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        parts[name] = content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )


def prefixed(parts: dict[str, bytes]) -> None:
    """Every element of the sheets with a prefix."""
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet") or name == STRINGS]:
        text = parts[name].decode().replace("</", "\0").replace("<?", "\1").replace("<", "<x:")
        parts[name] = text.replace("\0", "</x:").replace("\1", "<?").replace("xmlns=", "xmlns:x=").encode()


def unstyled(parts: dict[str, bytes]) -> None:
    del parts["xl/styles.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        before, _, after = parts[name].partition(b"styles.xml")
        parts[name] = before[: before.rindex(b"<")] + after[after.index(b"/>") + 2 :]


def external(parts: dict[str, bytes]) -> None:
    """户数 as a formula on another workbook, with the value it had there."""
    parts[WORK_PART] = parts[WORK_PART].replace(b'<c r="G2"><v>', b'<c r="G2"><f>[1]Sheet1!$A$1</f><v>')
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"


def only(tweak: Any) -> Send:
    """A workbook with one sheet and no text in it."""
    return tweaked(tweak, lambda _code: RawBook("xlsx", ()))


def chart_only(file: Any, _pages: Any) -> None:
    chart = file.add_chart({"type": "line"})
    file.add_worksheet("图数据").hide()
    chart.add_series({"values": "=图数据!$A$1:$A$2"})
    sheet = file.add_chartsheet("图")
    sheet.set_chart(chart)
    sheet.activate()
    sheet.set_first_sheet()


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def many_sheets(file: Any, _pages: Any) -> None:
    for number in range(500):
        file.add_worksheet(f"表{number}")


def many_columns(_file: Any, pages: Mapping[str, Any]) -> None:
    for index in range(20, 16_384):
        pages[WORK].write_string(0, index, f"列{index}")


def rich(file: Any, pages: Mapping[str, Any]) -> None:
    pages[WORK].write_rich_string("B2", "紫", file.add_format({"bold": True}), "荆", "小区")


def phonetic(parts: dict[str, bytes]) -> None:
    old = "<si><t>翠竹苑</t></si>"
    new = '<si><t>翠竹苑</t><rPh sb="0" eb="3"><t>CUIZHUYUAN</t></rPh><phoneticPr fontId="1"/></si>'
    parts[STRINGS] = parts[STRINGS].replace(old.encode(), new.encode())


def pictures() -> Send:
    """A column of pictures as WPS keeps them: formulas that nothing else knows."""

    def write(_file: Any, pages: Mapping[str, Any]) -> None:
        pages[WORK].write_string("P1", "照片")
        pages[WORK].write_formula("P2", '=_xlfn.DISPIMG("ID_1",1)', None, '=DISPIMG("ID_1",1)')

    return tweaked(write)


def things(folder: Path) -> None:
    """A pipe, a directory and a link, each named like a workbook."""
    os.mkfifo(folder / "管道.xlsx")
    (folder / "文件夹.xlsx").mkdir()
    (folder / "链接.xlsx").symlink_to("/etc/hostname")


def paths(outcome: Outcome) -> list[str]:
    return [record.path.partition("/")[2] for record in outcome.records]


def unfinished(code: str) -> list[Sent]:
    names = ["~$周报.xlsx", ".DS_Store", "周报.xlsx.part", "Thumbs.db", "desktop.ini", ".~lock.周报.xlsx#", "周报.tmp"]
    return [Sent(name, b"not a workbook") for name in names]
