"""Guards on speed: ratios within one run, and what is not imported; never seconds."""

import subprocess
import sys
from collections.abc import Callable
from time import process_time

from duban.adapters.word.prepared import PreparedFilling
from duban.adapters.word.reference import DocxtplFilling
from duban.core.papers import PaperKind
from unit.test_word_prepared import TEMPLATES, fields

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
])
LEAST = 4
"""Measured 9; half of that would be a regression worth a look."""


def test_help_imports_nothing_heavy() -> None:
    """`duban --help` answers before anything but typer is there."""
    shown = "from duban.cli.main import app; app(['--help'], standalone_mode=False)"
    asked = f"import sys; {shown}; print([name for name in {sorted(HEAVY)!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert told.stdout.splitlines()[-1] == "[]"


def test_a_prepared_document_is_filled_several_times_as_quickly_as_by_docxtpl() -> None:
    """On the letter that is written most often."""
    kind = PaperKind("urge")
    given, path = fields(kind), TEMPLATES / "urge.docx"
    prepared, reference = PreparedFilling(path), DocxtplFilling(path)
    prepared.fill(given)

    quick = best(lambda: prepared.fill(given), times=10)
    slow = best(lambda: reference.fill(given), times=3)

    assert slow / quick > LEAST


def best(run: Callable[[], object], times: int) -> float:
    """The least CPU time of some runs, in seconds."""
    seconds = []
    for _ in range(times):
        begin = process_time()
        run()
        seconds.append(process_time() - begin)
    return min(seconds)
