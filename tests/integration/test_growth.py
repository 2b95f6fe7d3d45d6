"""Three years of weekly returns cost a week no more than the first months did (performance.md §4)."""

import pytest
from sqlalchemy import Engine

from duban.adapters.store import PostgresLedger
from duban.core.state import fold
from fakes.growing import ANSWERING, QUESTIONS, RECORDING, Growing

EARLY, LATE = 10, 150
MOST = 1.10
OFFICES = 2
# An index of three years may be a page deeper than one of ten weeks: once for each office's look-up of its pointer, and
# once for that of its rows. What is asked while one office's return is recorded looks up three times at most.
DEEPER = 2 * OFFICES
MORE_INDEXES = {"select_rows_before": 6}
"""What looks into five tables, two of them twice, may find that many pages more."""


@pytest.fixture(scope="module")
def touched(engine: Engine) -> dict[str, list[tuple[int, int]]]:
    """Rows and buffers by question: after ten weeks, after a hundred and fifty."""
    plan = "plan of growth"
    ledger = PostgresLedger(engine, plan, fold, ("aim_01", "aim_02"))
    growing = Growing(engine, ledger, plan, offices=OFFICES, compounds=10)
    found: dict[str, list[tuple[int, int]]] = {question: [] for question in QUESTIONS + RECORDING + ANSWERING}
    for weeks in (EARLY, LATE):
        growing.grow(weeks)
        growing.settle()
        for question, told in found.items():
            told.append(growing.touched(question, by_index=weeks == EARLY))
    return found


@pytest.mark.parametrize("question", QUESTIONS + RECORDING + ANSWERING)
def test_a_question_touches_no_more_after_three_years(question: str, touched: dict[str, list[tuple[int, int]]]) -> None:
    """Rows grow by a tenth at most; buffers by the deeper index alone."""
    (early_rows, early_buffers), (late_rows, late_buffers) = touched[question]

    assert late_rows <= early_rows * MOST
    assert late_buffers <= early_buffers * MOST + DEEPER + MORE_INDEXES.get(question, 0)
