"""The second look, with openpyxl: the text of formulas that share one written at another cell.

Rare (programs that write workbooks without calculating them), slow, and therefore asked for these cells alone.
"""

import io
import warnings
from collections.abc import Iterable, Mapping

from duban.adapters.workbook import limits


def shared_formulas(
    content: bytes, cells: Mapping[str, Iterable[tuple[int, int]]]
) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas at `cells` (by sheet; rows and columns from 0); nothing where openpyxl cannot read the file."""
    if len(content) > limits.SECOND_LOOK_UP_TO:
        return {}
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - openpyxl fails in every way there is; the file was read, only a text is missing
        return {}
    return {
        sheet: {(row, column): _text(book[sheet].cell(row + 1, column + 1).value) for row, column in addresses}
        for sheet, addresses in cells.items()
        if sheet in book.sheetnames
    }


def _text(value: object) -> str:
    """Array formulas are objects that hold their text."""
    return str(getattr(value, "text", value))
