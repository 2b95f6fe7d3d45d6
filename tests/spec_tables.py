"""Tables that an officer can read, for tests/spec: a line a case, cells between bars, the first line names them."""


def rows(table: str) -> list[tuple[str, ...]]:
    """The lines under the head of a table, cell by cell; rules of dashes and blank lines are left out."""
    lines = [line.strip() for line in table.strip().splitlines()]
    cells = [tuple(cell.strip() for cell in line.split("|")) for line in lines if line.strip("-+ ")]
    return cells[1:]
