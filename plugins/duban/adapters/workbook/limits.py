"""How large a file may be (returns.md F08; faults.md §3.0)."""

from dataclasses import dataclass

from duban.core.gate.structure import LARGEST_RETURN

MEGABYTE = 1 << 20

LARGEST_FILE = LARGEST_RETURN
LARGEST_UNPACKED = 200 * MEGABYTE
MOST_LINES = 50_000
"""Lines with content in one sheet, of the form or not: for the reader's own safety. Which of them are rows of a table,
and whether those are too many, is known when the sheet is laid out (duban.core.gate.structure)."""

MOST_PARTS = 2_000
MOST_SHEETS = 100
STEEPEST_RATIO = 200
RATIO_MATTERS_FROM = 10 * MEGABYTE
"""A small part may be packed as tightly as it likes: blank styled rows are."""

LAST_ROW = 50_000
LAST_COLUMN = 200
"""A cell beyond these is far: no table of the form reaches there, and every line up to it costs memory."""

MOST_STRAYS = 100
MOST_CELLS = 20_000_000
"""Rows times columns that the parser may lay out."""

MOST_MERGED = 200_000
"""Rows of merged ranges in one sheet, ten for every row that a table may have; beyond, none is looked at."""

SECOND_LOOK_UP_TO = 4 * MEGABYTE
"""Packed; openpyxl needs fifty times that."""

LONGEST_FIELD = MEGABYTE
"""Characters in one field of a .csv."""

LARGEST_ANSWER = 256 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost the child that reads it: bytes of address space, CPU and wall-clock seconds."""

    memory: int = 1536 * MEGABYTE
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
