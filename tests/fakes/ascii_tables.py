"""Tables that an officer can read, as test data."""


def rows(table: str) -> list[tuple[str, ...]]:
    """The cells of a table drawn with `|`: the heading and ruled lines are left out, `-` alone is an empty cell.

    >>> rows('''
    ...   office | state
    ...   -------+------
    ...   EA     | met
    ... ''')
    [('EA', 'met')]
    """
    lines = [line for line in table.splitlines() if "|" in line]
    return [tuple(_cell(cell) for cell in line.split("|")) for line in lines[1:]]


def _cell(text: str) -> str:
    return "" if text.strip() == "-" else text.strip()
