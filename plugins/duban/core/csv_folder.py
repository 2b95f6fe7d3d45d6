"""A folder of .csv files as one return (returns.md): its path is its cover, its files are tables told by their headers.

The ledger knows it as `<office code>/<cut-off date>/`, with the slash that no file's name can hold; the archive keeps
its files packed into one, so that equal files make equal bytes.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace

from duban.core.gate.structure import CSV
from duban.core.layout import told_by_header
from duban.core.returns import FORM_VERSION, Form, ReturnKind
from duban.core.sheets import CellValue, RawBook, RawSheet
from duban.core.zips import EARLIEST

_SLASH = "/"


def folder_of(path: str) -> str | None:
    """The folder that a file of the inbox is a part of; None for a file directly in its office's folder."""
    folder, slash, _ = path.rpartition(_SLASH)
    return folder + slash if _SLASH in folder else None


def name_of(office: str, cutoff: str) -> str:
    """The folder of an office for a week."""
    return f"{office}{_SLASH}{cutoff}{_SLASH}"


def is_folder(path: str) -> bool:
    """Whether a return is a folder of .csv files and no file."""
    return path.endswith(_SLASH)


def pack(members: Mapping[str, bytes]) -> bytes:
    """The files of a folder, by name, as one content; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), members[name])
    return packed.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """The files that `pack` packed, by name, in the order of their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def join(path: str, sheets: Iterable[RawSheet], form: Form) -> RawBook:
    """The folder at `path` as a book: a cover made of the path, and a sheet a file, named by the table it holds."""
    office, cutoff = path.split(_SLASH)[:2]
    said: Mapping[str, CellValue] = {
        "office": office,
        "week": cutoff,
        "kind": ReturnKind.NORMAL.value,
        "version": FORM_VERSION,
    }
    labels = tuple((column.header, said[column.key]) for column in form.cover if column.key in said)
    return RawBook(CSV, (RawSheet(form.cover_sheet, labels), *(_named(sheet, form) for sheet in sheets)))


def _named(sheet: RawSheet, form: Form) -> RawSheet:
    table = told_by_header(sheet, form)
    return replace(sheet, name=table.sheet) if table else sheet
