"""Guards on speed: ratios within one run, and what is not imported; never seconds."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from duban.adapters.word.filled import Filled
from duban.adapters.word.prepared import PreparedFilling
from duban.adapters.word.reference import DocxtplFilling
from duban.core.papers import PaperKind
from golden.test_word_prepared import CREATED, LOOP, TEMPLATES, fields, with_table

HEAVY = frozenset([
    "pandas",
    "sqlalchemy",
    "great_expectations",
    "docx",
    "docxtpl",
    "openpyxl",
    "airflow",
    "yaml",
    "pydantic",
    "rich",
    "duban.core.plan",
    "duban.core.weeks",
    "duban.wiring",
])
LEAST = 30
"""Measured 64 to 77; half of that would be a regression worth a look."""
TIMES = 8
UNEVEN = 2
"""A table of so many times the rows may cost so much more than so many times the time."""


def test_help_imports_nothing_heavy() -> None:
    """`duban --help` answers before anything but typer is there, the rules of the domain neither."""
    shown = "from duban.cli.main import app; app(['--help'], standalone_mode=False)"
    asked = f"import sys; {shown}; print([name for name in {sorted(HEAVY)!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert told.stdout.splitlines()[-1] == "[]"


def test_a_letter_is_filled_and_packed_many_times_as_quickly_as_by_docxtpl() -> None:
    """On the letter that is written most often."""
    given, path = fields(PaperKind("urge")), TEMPLATES / "urge.docx"
    prepared, reference = PreparedFilling(path), DocxtplFilling(path)
    assert prepared.possible

    quick = best(lambda: result(prepared.fill(given)), times=30)
    slow = best(lambda: result(reference.fill(given)), times=3)

    assert slow / quick > LEAST


def test_a_long_table_costs_what_its_rows_cost(tmp_path: Path) -> None:
    """No step looks at the whole again for each row."""
    path = with_table(tmp_path / "made.docx", ("一", "二", "三"), *LOOP)
    prepared = PreparedFilling(path)
    few = [str(number) for number in range(500)]

    short = best(lambda: result(prepared.fill({"found": few})), times=5)
    long = best(lambda: result(prepared.fill({"found": few * TIMES})), times=3)

    assert long / short < TIMES * UNEVEN


def result(filled: Filled) -> bytes:
    return filled.package(title="题", author="署名", created=CREATED)


def best(run: Callable[[], object], times: int) -> float:
    """The least CPU time of some runs, in seconds."""
    seconds = []
    for _ in range(times):
        begin = process_time()
        run()
        seconds.append(process_time() - begin)
    return min(seconds)
