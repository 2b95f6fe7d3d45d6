"""What the workbook part of an .xlsx says: its sheets in their order, and from when it counts days."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree import ElementTree as ET

from duban.adapters.workbook import texts
from duban.adapters.workbook.texts import unreadable


@dataclass(frozen=True, slots=True)
class Outline:
    """`parts` has the part of each sheet by the sheet's name; `epoch_1904` as in RawBook."""

    parts: Mapping[str, str]
    epoch_1904: bool


def read_outline(contents: Mapping[str, bytes]) -> Outline:
    """The outline of an .xlsx from its parts (parts.py); raises UnreadableReturnError (F01)."""
    workbook = _tree(contents, "xl/workbook.xml")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in _tree(contents, _RELATIONS)}
    properties = workbook.find("{*}workbookPr")
    return Outline(
        {sheet.get("name", ""): _part(sheet, targets) for sheet in workbook.iterfind("{*}sheets/{*}sheet")},
        properties is not None and properties.get("date1904") in {"1", "true", "on"},
    )


_RELATIONS = "xl/_rels/workbook.xml.rels"


def _tree(contents: Mapping[str, bytes], part: str) -> ET.Element:
    try:
        return ET.fromstring(contents[part])  # noqa: S314 - parts.py refused every DOCTYPE and ENTITY
    except (KeyError, ET.ParseError) as error:
        raise unreadable(texts.DAMAGED) from error


def _part(sheet: ET.Element, targets: Mapping[str | None, str]) -> str:
    """Targets are relative to xl/ or start at the root."""
    relation = next((value for name, value in sheet.items() if name.endswith("}id")), None)
    target = targets.get(relation, "").replace("\\", "/")
    return normpath(join("/xl", target))[1:].lower()
