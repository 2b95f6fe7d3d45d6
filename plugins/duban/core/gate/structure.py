"""Faults of a workbook as a whole, before any row is judged: F02, F03, F08, F09 (returns.md, "Findings")."""

from collections.abc import Iterator

from duban.core.findings import Finding
from duban.core.messages import EXPECTED, FOUND
from duban.core.returns import Form, ReturnKind, Table
from duban.core.tables import ReadReturn, ReadTable

CSV = "csv"
MOST_ROWS = 20_000  # of a table (F08)
LARGEST_RETURN = 20 << 20  # bytes (F08)


def structure_findings(read: ReadReturn, form: Form, kind: ReturnKind | None, *, project_due: bool) -> list[Finding]:
    """What makes the file go back. `project_due` says whether the week already owes 项目台账.

    A zero report says "no change": nothing is asked of its sheets but that they hold no rows.
    """
    if is_lone_csv(read):  # that it has no cover says all that there is to say
        return []
    if kind is ReturnKind.ZERO:
        return [*_too_large(read), *_row_count(read, kind)]
    sheets = [*_sheets_missing(read, form, project_due=project_due)]
    columns = [finding for table in read.tables.values() for finding in (*_columns(table), *_copies(table))]
    return [*sheets, *columns, *_too_large(read), *([] if sheets or columns else _row_count(read, kind))]


def is_lone_csv(read: ReadReturn) -> bool:
    """Whether this is a .csv outside of a folder of its week: nothing tells whose it is, and for which week."""
    return read.container == CSV and read.cover_sheet is None


def _sheets_missing(read: ReadReturn, form: Form, *, project_due: bool) -> Iterator[Finding]:
    owed = ("work", "project") if project_due else ("work",)
    for key in owed:
        if key not in read.tables:
            header = form.table(key).sheet
            found, expected = FOUND["F02"].format(header=header), EXPECTED["F02"].format(header=header)
            yield Finding("F02", header, None, None, found, expected)


def _columns(table: ReadTable) -> Iterator[Finding]:
    for variant, headers in (("F03.missing", table.missing), ("F03.twice", table.twice)):
        for header in headers:
            found, expected = FOUND[variant].format(header=header), EXPECTED[variant].format(header=header)
            yield Finding("F03", table.sheet, None, None, found, expected, _key(table.table, header))


def _copies(table: ReadTable) -> Iterator[Finding]:
    """Of two sheets with one table nobody can say which counts: all its columns stand twice."""
    if table.copies:
        header, found = table.table.sheet, FOUND["F03.table"].format(count=table.copies + 1)
        yield Finding("F03", table.sheet, None, None, found, EXPECTED["F03.table"].format(header=header))


def _key(table: Table, header: str) -> str | None:
    return next((column.key for column in table.columns if column.header == header), None)


def _too_large(read: ReadReturn) -> Iterator[Finding]:
    for table in filter(None, (*read.tables.values(), read.reasons)):
        if len(table.rows) > MOST_ROWS:
            found = FOUND["F08"].format(sheet=table.sheet, count=len(table.rows))
            yield Finding("F08", table.sheet, None, None, found, EXPECTED["F08"].format(limit=MOST_ROWS))


def _row_count(read: ReadReturn, kind: ReturnKind | None) -> Iterator[Finding]:
    count = sum(len(table.rows) for table in read.tables.values())
    is_zero = kind is ReturnKind.ZERO
    if kind is not None and (count > 0) is is_zero:
        variant = "F09.rows" if is_zero else "F09.empty"
        yield Finding("F09", None, None, None, FOUND[variant].format(count=count), EXPECTED[variant])
