"""Lines of a text with more fields than its header: a comma within a text, and all that follows is out of place.

Nobody can say from where on, so such a line is not read (B-54). A separator too many at the end of every line shifts
nothing (B-55).
"""

from collections.abc import Mapping, Sequence

from duban.core.headers import Header
from duban.core.sheets import RawSheet

_A_HABIT = 2


def surplus_fields(sheet: RawSheet, header: Header, lines: Sequence[int]) -> Mapping[int, int]:
    """Of those of `lines`, the table's data, that have more fields than its header: how many more."""
    if not sheet.fields:
        return {}
    width = max(sheet.fields[header.first : header.last + 1])
    counts = {line: sheet.fields[line] - width for line in lines}
    alike = len(counts) >= _A_HABIT and len(set(counts.values())) == 1
    if alike and not any(sheet.rows[line][width:] for line in lines):
        return {}
    return {line: count for line, count in counts.items() if count > 0}
